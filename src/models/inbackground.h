// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace Tagboat {

/*!
 * \brief Runs \a function on another thread, for what takes too long between two frames: searching and
 * summing what is in memory already. (What touches the disk goes by the Workbench.)
 *
 * \a function must own or share all it touches. Take the result with `.then(this, …)`.
 */
template<typename Function, typename R = std::invoke_result_t<Function>>
[[nodiscard]] QFuture<R> inBackground(Function function)
{
    auto promise = std::make_shared<QPromise<R>>();
    QFuture<R> future = promise->future();
    promise->start();
    QThreadPool::globalInstance()->start([promise, function = std::move(function)] {
        promise->addResult(function());
        promise->finish();
    });
    return future;
}

} // namespace Tagboat
