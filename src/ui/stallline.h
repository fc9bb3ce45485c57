// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace Tagboat {

class WrappedLabel;

/*!
 * \brief What keeps a transfer waiting, and when it tries again, counting down while it can be seen.
 *
 * Children: stallText, stallTryNow.
 */
class StallLine : public QWidget
{
    Q_OBJECT

public:
    explicit StallLine(QWidget* parent = nullptr);

    //! \a sentence says what is wrong, \a details are for the tool tip. Shows the line.
    void setTrouble(const QString& sentence, const QString& details, const QDateTime& nextTry);
    void clear(); //!< hides it

Q_SIGNALS:
    void tryNowAsked();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showTime();
    void retranslate();

    QLabel* m_icon;
    WrappedLabel* m_text;
    QToolButton* m_tryNow;
    QString m_sentence;
    QDateTime m_nextTry;
    QTimer m_clock;
};

} // namespace Tagboat
