// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMenu>

class QActionGroup;

namespace Tagboat {

/*!
 * \brief The choice of a speed limit: none, a few usual ones, or any other.
 *
 * It stands in the menu bar, in context menus and below a button; whoever has it applies what is chosen and
 * tells it by setRate(). It is called limitAllMenu, limitRegistryMenu or limitOneMenu, its actions limit0
 * limit512000 limit1000000 … limitOther; the question for another one is limitDialog.
 */
class SpeedLimitMenu : public QMenu
{
    Q_OBJECT

public:
    enum class Of { AllTransfers, OneRegistry, OneTransfer };
    SpeedLimitMenu(Of what, QWidget* parent);

    //! Bytes a second; 0: none.
    void setRate(qint64 bytesPerSecond);
    [[nodiscard]] qint64 rate() const { return m_rate; }
    //! "5 MB/s", "No limit".
    [[nodiscard]] static QString textOf(qint64 bytesPerSecond);

Q_SIGNALS:
    void rateChosen(qint64 bytesPerSecond);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void ask();

    Of m_what;
    QActionGroup* m_choices;
    QAction* m_other;
    qint64 m_rate = 0;
};

} // namespace Tagboat
