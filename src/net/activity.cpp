// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/activity.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace Tagboat {

Task<Result<void>> Activity::wait(std::shared_ptr<Activity> self, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    self->moved();
    bool isOver = false;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        const auto silence = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - self->m_lastMove);
        if (silence < self->m_idleTimeout) {
            timer.start(self->m_idleTimeout - silence);
            return;
        }
        isOver = true;
        self->m_wakeup.raise();
    });
    timer.start(self->m_idleTimeout);
    {
        const std::stop_callback onStop(stop, [wakeup = self->m_wakeup] { wakeup.raise(); });
        co_await self->m_wakeup.wait();
    }
    if (stop.stop_requested())
        co_return cancelled();
    if (isOver) {
        const double seconds = std::chrono::duration<double>(self->m_idleTimeout).count();
        co_return fail(Error::Code::Timeout, {}, u"no byte for %1 seconds"_s.arg(seconds));
    }
    co_return Result<void>();
}

} // namespace Tagboat
