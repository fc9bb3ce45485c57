// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/retry.h"

#include "base/stoppablesleep.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Tagboat {

using namespace std::chrono_literals;

RetryPolicy RetryPolicy::standard(int attempts)
{
    RetryPolicy policy;
    policy.attempts = attempts;
    policy.chance = [] { return QRandomGenerator::global()->generateDouble(); };
    policy.pause = [](std::chrono::milliseconds duration, std::stop_token stop) {
        return sleepFor(duration, std::move(stop));
    };
    return policy;
}

bool RetryPolicy::allows(const Error& error, int attempt, std::chrono::milliseconds waited) const
{
    if (error.code == Error::Code::Cancelled)
        return false;
    if (error.retryAfter && *error.retryAfter > longestRetryAfter)
        return false;
    const bool isLineDown = error.code == Error::Code::Network || error.code == Error::Code::Timeout;
    if (attempt >= attempts && !(isLineDown && waited < patience))
        return false;
    return error.isTransient() || (alsoWorthwhile && alsoWorthwhile(error, attempt));
}

std::chrono::milliseconds RetryPolicy::delay(const Error& error, int attempt) const
{
    // A server that says "too many" without saying how long gets more rest than a lost line.
    const auto start = error.code == Error::Code::RateLimited ? 4 * first : first;
    auto full = std::min(start, longest);
    for (int i = 1; i < attempt && full < longest; ++i)
        full = std::min(2 * full, longest);
    // Half of the wait is certain, half is chance.
    const auto half = full / 2;
    const auto jittered = half
        + std::chrono::milliseconds(
                              static_cast<qint64>(chance() * static_cast<double>((full - half).count())));
    if (!error.retryAfter)
        return jittered;
    // Never earlier than told, and a little spread after it.
    return std::chrono::milliseconds(*error.retryAfter)
        + std::chrono::milliseconds(static_cast<qint64>(chance() * static_cast<double>(first.count())));
}

std::optional<std::chrono::milliseconds> RetryCount::next(const RetryPolicy& policy, const Error& error)
{
    ++attempt;
    if (policy.hasMoved && policy.hasMoved()) {
        attempt = 1;
        waited = {};
    }
    if (!policy.allows(error, attempt, waited))
        return std::nullopt;
    const auto delay = policy.delay(error, attempt);
    waited += delay;
    return delay;
}

} // namespace Tagboat
