// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace Tagboat {

/*!
 * \brief Which errors are worth another try, and how long to wait before it.
 *
 * The wait doubles from `first` up to `longest` and is jittered, so that many clients that failed together do
 * not come back together. A Retry-After is obeyed; one beyond `longestRetryAfter` ends the tries at once,
 * since whoever is told to come back in six hours wants to know it now. Chance and pause are members so that
 * tests need not wait.
 */
struct RetryPolicy
{
    int attempts = 5; //!< in a row, none of which got anything further
    //! A line that is down is waited for until the pauses add up to this, whatever `attempts` says.
    std::chrono::milliseconds patience{0};
    std::chrono::milliseconds first{250};
    std::chrono::milliseconds longest{20'000};
    std::chrono::milliseconds longestRetryAfter{120'000};
    std::function<double()> chance;                                                      //!< 0 to 1
    std::function<Task<Result<void>>(std::chrono::milliseconds, std::stop_token)> pause; //!< sleepFor
    //! Errors worth a try beyond Error::isTransient(); \a attempt counts from 1. May be empty.
    std::function<bool(const Error& error, int attempt)> alsoWorthwhile;
    //! Asked after each failure: did this try get further than all before it? Then attempts and patience are
    //! counted anew, so that no number of breaks ends what goes on. May be empty.
    std::function<bool()> hasMoved;

    [[nodiscard]] static RetryPolicy standard(int attempts);

    //! Whether to try again after \a error ended the \a attempt-th try; \a waited is the sum of the pauses.
    [[nodiscard]] bool allows(const Error& error, int attempt,
                              std::chrono::milliseconds waited = std::chrono::milliseconds(0)) const;
    //! How long to wait after the \a attempt-th try.
    [[nodiscard]] std::chrono::milliseconds delay(const Error& error, int attempt) const;
};

//! Counts the tries of one thing under a policy.
struct RetryCount
{
    int attempt = 0; //!< that have failed in a row
    std::chrono::milliseconds waited{0};

    //! Another try has failed: how long to wait before the next; nothing where there shall be none.
    [[nodiscard]] std::optional<std::chrono::milliseconds> next(const RetryPolicy& policy,
                                                                const Error& error);
};

//! Told that the \a attempt-th try failed and the next follows after \a delay.
using RetryListener = std::function<void(const Error& error, int attempt, std::chrono::milliseconds delay)>;

//! Does \a work until it succeeds, fails for good, or \a policy has enough. \a work is a plain function that
//! makes a task.
template<typename T>
[[nodiscard]] Task<Result<T>> withRetries(std::function<Task<Result<T>>(std::stop_token)> work,
                                          RetryPolicy policy, RetryListener listener, std::stop_token stop)
{
    RetryCount count;
    for (;;) {
        Result<T> result = co_await work(stop);
        if (result || stop.stop_requested())
            co_return result;
        const auto delay = count.next(policy, result.error());
        if (!delay)
            co_return result;
        if (listener)
            listener(result.error(), count.attempt, *delay);
        auto paused = co_await policy.pause(*delay, stop);
        if (!paused)
            co_return std::unexpected(std::move(paused.error()));
    }
}

} // namespace Tagboat
