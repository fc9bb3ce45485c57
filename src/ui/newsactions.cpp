// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/newsactions.h"

#include "ui/actions.h"
#include "ui/dialogs.h"
#include "ui/uisettings.h"
#include "workbench/workbench.h"

#include <QTimer>
#include <QWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

constexpr auto DailyFlag = "news/daily"_L1;
//! How often it is looked whether a day has passed: a computer may have slept in between.
constexpr auto LookEvery = 15min;

bool isDue(const Workbench& workbench)
{
    const QDateTime last = workbench.newsCheckedAll();
    return !last.isValid() || last.addDays(1) <= QDateTime::currentDateTimeUtc();
}

} // namespace

void connectNewsActions(const Actions& actions, Workbench& workbench, UiSettings& settings, QWidget* window,
                        const std::function<void(const QString&)>& show)
{
    QObject::connect(actions.checkNews, &QAction::triggered, window,
                     [&workbench] { workbench.checkForNews(); });
    QObject::connect(actions.showOutdated, &QAction::triggered, window,
                     [&workbench, window, show] { openOutdatedDialog(workbench, window, show); });

    QAction* const daily = actions.checkDaily;
    daily->setChecked(settings.flag(DailyFlag, false));
    const auto checkIfDue = [&workbench, daily] {
        if (daily->isChecked() && isDue(workbench) && !workbench.isCheckingForNews())
            workbench.checkForNews();
    };
    auto* const clock = new QTimer(window);
    clock->setInterval(LookEvery);
    QObject::connect(clock, &QTimer::timeout, window, checkIfDue);
    clock->start();
    // When the last check was is known with the first news.
    auto* const first = new QObject(window);
    QObject::connect(&workbench, &Workbench::newsChanged, first, [first, checkIfDue] {
        first->deleteLater();
        checkIfDue();
    });
    QObject::connect(daily, &QAction::toggled, window, [&settings, checkIfDue](bool isOn) {
        settings.setFlag(DailyFlag, isOn);
        if (isOn)
            checkIfDue();
    });
}

} // namespace Tagboat
