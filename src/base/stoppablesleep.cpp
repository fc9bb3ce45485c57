// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/stoppablesleep.h"

#include "base/wakeup.h"

#include <QTimer>

namespace Tagboat {

Task<Result<void>> sleepFor(std::chrono::milliseconds duration, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    const Wakeup wakeup;
    bool isOver = false;
    QTimer timer;
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, &timer, [&isOver, wakeup] {
        isOver = true;
        wakeup.raise();
    });
    timer.start(duration);
    const std::stop_callback onStop(stop, [wakeup] { wakeup.raise(); });
    while (!isOver && !stop.stop_requested())
        co_await wakeup.wait();
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<void>();
}

} // namespace Tagboat
