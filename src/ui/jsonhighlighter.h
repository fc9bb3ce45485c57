// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSyntaxHighlighter>

namespace Tagboat {

//! Colours the names, texts, numbers and words of JSON, in the colours of the palette in use. Whatever is no
//! JSON stays as it is.
class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit JsonHighlighter(QTextDocument* document);
    //! The palette is another.
    void updateColors();

protected:
    void highlightBlock(const QString& text) override;

private:
    QTextCharFormat m_name, m_text, m_number, m_word;
};

} // namespace Tagboat
