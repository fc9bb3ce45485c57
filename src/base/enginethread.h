// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThread>

#include <functional>
#include <memory>
#include <stop_token>

namespace Tagboat {

/*!
 * \brief The one thread on which every coroutine below the window runs, and the door to it.
 *
 * `run` may be called from any thread; the task is made and runs on the engine thread, its result comes back
 * as a QFuture (use `.then(this, …)`, which Qt drops when the object is gone). `shutdown` asks every running
 * task to stop, waits for all of them to unwind, runs the clean-up on the engine thread and ends the thread:
 * no frame is left suspended. After it `run` answers Cancelled.
 */
class EngineThread
{
public:
    EngineThread();
    ~EngineThread();
    Q_DISABLE_COPY_MOVE(EngineThread)

    //! \a make is a plain function that returns a Task<Result<T>>; it gets the thread's stop token.
    template<typename Make>
    auto run(Make make) -> QFuture<typename std::invoke_result_t<Make, std::stop_token>::value_type>
    {
        using R = typename std::invoke_result_t<Make, std::stop_token>::value_type;
        auto promise = std::make_shared<QPromise<R>>();
        promise->start();
        auto future = promise->future();
        const bool posted = post([this, make = std::move(make), promise] {
            begin();
            drive<Make, R>(this, make, promise);
        });
        if (!posted) {
            promise->addResult(R(cancelled()));
            promise->finish();
        }
        return future;
    }

    //! Runs a plain function on the engine thread, later; false after shutdown began.
    bool post(std::function<void()> function);
    //! \a cleanUp runs on the engine thread after all tasks have ended. Blocks the caller until the thread is
    //! gone.
    void shutdown(std::function<void()> cleanUp = {});
    [[nodiscard]] std::stop_token token() const;
    [[nodiscard]] QThread* thread() const;

private:
    template<typename Make, typename R>
    static Task<void> drive(EngineThread* self, Make make, std::shared_ptr<QPromise<R>> promise)
    {
        R result = co_await make(self->token());
        promise->addResult(std::move(result));
        promise->finish();
        self->end();
    }
    void begin();
    void end();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
