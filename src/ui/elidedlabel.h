// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/roles.h"

#include <QWidget>

namespace Tagboat {

//! One line of text that gives way: cut in the middle where there is no room, whole in the tool tip, part of
//! it in bold.
class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setText(const QString& text, Emphasis bold = {});
    void setTone(Tone tone);
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int textWidth() const;

    QString m_text;
    Emphasis m_bold;
    Tone m_tone = Tone::Normal;
};

} // namespace Tagboat
