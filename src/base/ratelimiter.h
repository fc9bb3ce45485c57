// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

#include <QList>

#include <chrono>
#include <functional>
#include <memory>

namespace Tagboat {

/*!
 * \brief At most so many bytes a second, over all who share it.
 *
 * A bucket that fills at that rate and holds a quarter of a second's worth. Whoever takes more than there is
 * goes into debt and waits for it, so pieces of any size pass in turn and nobody is starved. The rate can be
 * changed at any time; 0 is no limit. Used on one thread. The clock is given by tests.
 */
class RateLimiter
{
public:
    using Clock = std::chrono::steady_clock;

    explicit RateLimiter(qint64 bytesPerSecond = 0, std::function<Clock::time_point()> now = &Clock::now);

    void setRate(qint64 bytesPerSecond);
    [[nodiscard]] qint64 rate() const { return m_rate; }
    //! Takes \a bytes and tells how long to wait before the next.
    [[nodiscard]] std::chrono::milliseconds take(qint64 bytes);

private:
    void fill();

    qint64 m_rate;
    double m_level = 0; //!< bytes; below zero: debt
    std::function<Clock::time_point()> m_now;
    Clock::time_point m_filled;
};
using RateLimiterPtr = std::shared_ptr<RateLimiter>;

/*!
 * \brief \a source at the pace that all \a limiters allow; the reader's own pace where none of them limits.
 *
 * While nothing is limited the source can be sent as a file (ByteSource::file()); from when a limit is set,
 * the rest is read.
 */
[[nodiscard]] ByteSourcePtr limited(ByteSourcePtr source, QList<RateLimiterPtr> limiters);

} // namespace Tagboat
