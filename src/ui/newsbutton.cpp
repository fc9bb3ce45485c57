// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/newsbutton.h"

#include "models/text.h"
#include "ui/actions.h"
#include "ui/badge.h"
#include "ui/icons.h"
#include "ui/newstext.h"
#include "workbench/outdated.h"
#include "workbench/workbench.h"

#include <QMenu>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

NewsButton::NewsButton(Workbench& workbench, const Actions& actions, QWidget* parent)
    : QToolButton(parent), m_workbench(workbench), m_actions(actions), m_menu(new QMenu(this)),
      m_stop(new QAction(this))
{
    setObjectName(u"newsButton"_s);
    setAutoRaise(true);
    setPopupMode(QToolButton::MenuButtonPopup);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIcon(Tagboat::icon(u"radar"_s)); // QToolButton has an icon() too
    setFont(smallFont(font()));
    m_menu->setObjectName(u"newsMenu"_s);
    m_menu->setToolTipsVisible(true);
    m_stop->setObjectName(u"stopNewsCheck"_s);
    m_menu->addActions({actions.checkNews, m_stop});
    m_menu->addSeparator();
    m_menu->addAction(actions.showOutdated);
    m_menu->addSeparator();
    m_menu->addAction(actions.checkDaily);
    setMenu(m_menu);
    connect(m_stop, &QAction::triggered, &workbench, &Workbench::stopNewsCheck);
    connect(this, &QToolButton::clicked, this, &NewsButton::act);
    connect(&workbench, &Workbench::newsChanged, this, &NewsButton::look);
    connect(&workbench, &Workbench::newsCheckChanged, this, &NewsButton::showNews);
    connect(&workbench, &Workbench::newsChecked, this, &NewsButton::showNews);
    // "just now" does not stay true.
    auto* const clock = new QTimer(this);
    connect(clock, &QTimer::timeout, this, &NewsButton::showNews);
    clock->start(1min);
    retranslate();
}

void NewsButton::act()
{
    const bool hasResult = m_outdated > 0 || m_doubts > 0 || m_workbench.newsCheckedAll().isValid();
    (hasResult || m_workbench.isCheckingForNews() ? m_actions.showOutdated : m_actions.checkNews)->trigger();
}

void NewsButton::look()
{
    const OutdatedView view = outdatedView(m_workbench.listedImages(), m_workbench.news());
    m_outdated = view.outdatedImages();
    m_doubts = int(view.doubts.size());
    showNews();
}

void NewsButton::showNews()
{
    const bool isChecking = m_workbench.isCheckingForNews();
    m_stop->setEnabled(isChecking);
    QString text;
    QString tip;
    if (isChecking) {
        text = progressText(m_workbench.newsProgress());
        tip = tr("The registries are being asked. Nothing is pulled.");
    } else if (m_outdated > 0) {
        text = tr("%n outdated", nullptr, m_outdated);
        tip = m_actions.showOutdated->toolTip();
    } else if (!m_workbench.newsCheckedAll().isValid()) {
        text = tr("Check for newer");
        tip = m_actions.checkNews->toolTip();
    } else {
        text = m_doubts > 0 ? tr("%n not known", nullptr, m_doubts) : tr("Nothing newer");
        tip = m_actions.showOutdated->toolTip();
    }
    if (const QDateTime last = m_workbench.newsCheckedAll(); last.isValid())
        tip += u'\n' + tr("All images were checked %1.").arg(formatAge(last));
    setText(text);
    setToolTip(tip);
    setAccessibleName(text);
}

void NewsButton::retranslate()
{
    m_stop->setText(tr("&Stop checking"));
    showNews();
}

} // namespace Tagboat
