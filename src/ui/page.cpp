// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/page.h"

#include <QEvent>

namespace Tagboat {

Page::Page(Actions& actions, QWidget* parent) : QWidget(parent), m_actions(actions)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void Page::bind(const QAction* action, std::function<void()> run, std::function<bool()> can)
{
    m_bindings.insert(action, {std::move(run), std::move(can)});
}

bool Page::canRun(const QAction* action) const
{
    const auto found = m_bindings.constFind(action);
    return found != m_bindings.constEnd() && (!found->can || found->can());
}

bool Page::run(const QAction* action)
{
    if (!canRun(action))
        return false;
    const auto run = m_bindings.value(action).run; // a copy: the page may rebind or go while it runs
    run();
    return true;
}

void Page::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace Tagboat
