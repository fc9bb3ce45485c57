// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <chrono>
#include <functional>

namespace Tagboat {

/*!
 * \brief Turns a flood of pokes into calls that are at least an interval apart; the last poke is never lost.
 *
 * A poke never calls from inside itself, always from the event loop: whoever pokes may be in the middle of
 * something.
 */
class Throttle
{
public:
    Throttle(std::chrono::milliseconds interval, std::function<void()> call);

    void poke();
    //! Calls now, if anything was poked or not, and takes back the call that was due.
    void flush();
    void stop();

private:
    void fire();

    std::chrono::milliseconds m_interval;
    std::function<void()> m_call;
    QTimer m_timer;
    QElapsedTimer m_last;
};

} // namespace Tagboat
