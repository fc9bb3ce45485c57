// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace Tagboat {

namespace Detail {
//! Runs \a job on the worker pool and completes on the calling thread's event loop.
[[nodiscard]] Task<void> runOnWorker(std::function<void()> job);
} // namespace Detail

/*!
 * \brief Runs \a function on a worker thread (hashing, compression, tar, disk) and resumes on the calling
 * thread.
 *
 * \a function must own or share all it touches: it may still run after its caller was asked to stop, and the
 * caller always waits for it. Long work checks a stop token of its own. The calling thread needs an event
 * loop.
 */
template<typename Function, typename R = std::invoke_result_t<Function>>
[[nodiscard]] Task<R> onWorker(Function function)
{
    auto shared = std::make_shared<std::pair<Function, std::optional<R>>>(std::move(function), std::nullopt);
    co_await Detail::runOnWorker([shared] { shared->second.emplace(shared->first()); });
    co_return R(std::move(*shared->second));
}

} // namespace Tagboat
