// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/errortext.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace Tagboat {

class WrappedLabel;

/*!
 * \brief A message at the top of a page or dialog with the buttons that mend what it tells; never a modal
 * box.
 *
 * Children: stripTitle, stripText, stripDetails (button), stripClose (button), stripRemedy0 … for the
 * remedies. RemedyKind::Dismiss is the strip's own: it closes it, in place of stripClose.
 */
class MessageStrip : public QFrame
{
    Q_OBJECT

public:
    explicit MessageStrip(QWidget* parent = nullptr);
    void showError(const ErrorText& text);
    void showMessage(Tone tone, const QString& title, const QString& text = {},
                     const QList<Remedy>& remedies = {});
    void clear(); //!< hides it
    [[nodiscard]] bool isClear() const { return m_text.title.isEmpty(); }

Q_SIGNALS:
    void remedyChosen(const Tagboat::Remedy& remedy);
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showText();
    void retranslate();
    void dismiss();
    void choose(const Remedy& remedy);
    ErrorText m_text;
    QLabel* m_icon;
    WrappedLabel *m_title, *m_sentence, *m_raw;
    QToolButton *m_details, *m_copy, *m_close;
    QHBoxLayout* m_buttons;
};

} // namespace Tagboat
