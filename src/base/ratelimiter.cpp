// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/ratelimiter.h"

#include "base/stoppablesleep.h"

#include <algorithm>
#include <cmath>

namespace Tagboat {

namespace {

//! Of a second's bytes: what may pass at once after a rest.
constexpr double Burst = 0.25;
//! Small pieces make an even flow.
constexpr qint64 LimitedPiece = 16 * 1024;

class LimitedSource : public ByteSource
{
public:
    LimitedSource(ByteSourcePtr source, QList<RateLimiterPtr> limiters)
        : m_state(std::make_shared<State>(std::move(source), std::move(limiters)))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->source->size(); }
    [[nodiscard]] std::optional<FileRange> file() const override
    {
        return m_state->isLimited() ? std::nullopt : m_state->source->file();
    }
    [[nodiscard]] bool skip(qint64 bytes) override { return m_state->source->skip(bytes); }

private:
    struct State
    {
        State(ByteSourcePtr from, QList<RateLimiterPtr> all)
            : source(std::move(from)), limiters(std::move(all))
        { }

        [[nodiscard]] bool isLimited() const
        {
            return std::ranges::any_of(limiters,
                                       [](const RateLimiterPtr& limiter) { return limiter->rate() > 0; });
        }

        const ByteSourcePtr source;
        const QList<RateLimiterPtr> limiters;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        const bool isLimited = state->isLimited();
        auto piece =
            co_await state->source->read(isLimited ? std::min(maxSize, LimitedPiece) : maxSize, stop);
        if (!piece || !isLimited)
            co_return piece;
        std::chrono::milliseconds pause{0};
        for (const RateLimiterPtr& limiter : state->limiters)
            pause = std::max(pause, limiter->take(piece->size()));
        if (pause.count() > 0) {
            auto slept = co_await sleepFor(pause, stop);
            if (!slept)
                co_return fail(std::move(slept.error()));
        }
        co_return piece;
    }

    std::shared_ptr<State> m_state;
};

} // namespace

RateLimiter::RateLimiter(qint64 bytesPerSecond, std::function<Clock::time_point()> now)
    : m_rate(std::max<qint64>(bytesPerSecond, 0)), m_now(std::move(now)), m_filled(m_now())
{ }

void RateLimiter::fill()
{
    const auto now = m_now();
    const double seconds = std::chrono::duration<double>(now - m_filled).count();
    m_filled = now;
    const double rate = static_cast<double>(m_rate);
    m_level = std::min(m_level + seconds * rate, rate * Burst);
}

void RateLimiter::setRate(qint64 bytesPerSecond)
{
    fill();
    m_rate = std::max<qint64>(bytesPerSecond, 0);
    // Debt at one rate says nothing at another.
    m_level = 0;
}

std::chrono::milliseconds RateLimiter::take(qint64 bytes)
{
    if (m_rate == 0)
        return std::chrono::milliseconds(0);
    fill();
    m_level -= static_cast<double>(bytes);
    if (m_level >= 0)
        return std::chrono::milliseconds(0);
    return std::chrono::milliseconds(
        static_cast<qint64>(std::ceil(-m_level * 1000 / static_cast<double>(m_rate))));
}

ByteSourcePtr limited(ByteSourcePtr source, QList<RateLimiterPtr> limiters)
{
    return limiters.isEmpty() ? source
                              : std::make_shared<LimitedSource>(std::move(source), std::move(limiters));
}

} // namespace Tagboat
