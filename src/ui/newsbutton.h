// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

class QMenu;

namespace Tagboat {

class Actions;
class Workbench;

/*!
 * \brief What is known of newer images in one short line: "2 outdated", with the commands about it.
 *
 * A click does what comes next: the first check, then the view of what is outdated. Its menu has all the
 * commands (actions as in ui/actions.h, and stopNewsCheck). Object name: newsButton, its menu newsMenu.
 */
class NewsButton : public QToolButton
{
    Q_OBJECT

public:
    NewsButton(Workbench& workbench, const Actions& actions, QWidget* parent);
    void retranslate();

private:
    void look(); //!< at what is known now
    void showNews();
    void act();

    Workbench& m_workbench;
    const Actions& m_actions;
    QMenu* m_menu;
    QAction* m_stop;
    int m_outdated = 0;
    int m_doubts = 0;
};

} // namespace Tagboat
