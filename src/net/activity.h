// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"
#include "base/wakeup.h"

#include <chrono>
#include <memory>

namespace Tagboat {

/*!
 * \brief The pulse of one request: what it waits on, and since when nothing has moved.
 *
 * The silence that counts is the other side's. It is measured only while somebody waits, so a slow reader of
 * ours never makes a Timeout.
 */
class Activity
{
public:
    explicit Activity(std::chrono::milliseconds idleTimeout) : m_idleTimeout(idleTimeout) { }

    //! What is too long from now on; also for who waits already, unless it is shorter than before.
    void setIdleTimeout(std::chrono::milliseconds idleTimeout) { m_idleTimeout = idleTimeout; }
    //! Bytes went by: the silence begins anew.
    void moved() { m_lastMove = std::chrono::steady_clock::now(); }
    //! moved(), and the waiter shall look.
    void raise()
    {
        moved();
        m_wakeup.raise();
    }

    //! Returns when raised; Cancelled on a stop, Timeout after too long a silence.
    [[nodiscard]] static Task<Result<void>> wait(std::shared_ptr<Activity> self, std::stop_token stop);

private:
    std::chrono::milliseconds m_idleTimeout;
    std::chrono::steady_clock::time_point m_lastMove = std::chrono::steady_clock::now();
    Wakeup m_wakeup;
};

} // namespace Tagboat
