// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtTypes>

#include <chrono>
#include <deque>

namespace Tagboat {

/*!
 * \brief Bytes a second over the last two seconds: quick enough to follow a line that breaks down, calm
 * enough to read.
 *
 * Time is given by the caller. The window begins with the first byte, so a young transfer shows its real
 * speed, and it runs on without bytes, so a stalled one sinks to zero.
 */
class SpeedMeter
{
public:
    using Clock = std::chrono::steady_clock;

    //! \a bytes more have been moved at \a now.
    void add(qint64 bytes, Clock::time_point now);
    [[nodiscard]] double bytesPerSecond(Clock::time_point now) const;
    //! False while there is too little to extrapolate from.
    [[nodiscard]] bool isSteady(Clock::time_point now) const;

private:
    struct Slot
    {
        Clock::time_point start;
        qint64 bytes = 0;
    };
    std::deque<Slot> m_slots;
    Clock::time_point m_begun{};
};

} // namespace Tagboat
