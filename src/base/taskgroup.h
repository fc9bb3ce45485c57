// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace Tagboat {

/*!
 * \brief Owner of tasks that run side by side on one thread; nothing outlives its join.
 *
 * `spawn` takes a function that makes the task from the group's own stop token. The first task that fails
 * requests a stop of all others; `join` waits for **every** task and then gives that first error (a Cancelled
 * that was only the consequence of another task's error never hides it). A stop of the parent token stops the
 * group. Destroying a group before `join` returned is a bug that asserts.
 *
 * \code
 * TaskGroup group(stop);
 * for (const Descriptor& layer : layers)
 *     group.spawn([=](std::stop_token inner) { return copyLayer(source, layer, inner); });
 * auto done = co_await group.join();
 * \endcode
 * (The lambda itself is no coroutine: it calls one with values and returns its task.)
 */
class TaskGroup
{
public:
    using Work = std::function<Task<Result<void>>(std::stop_token)>;

    //! \a limit is how many run at once (0: no limit); the rest start in the order they were spawned.
    explicit TaskGroup(std::stop_token parent, int limit = 0);
    ~TaskGroup();
    Q_DISABLE_COPY_MOVE(TaskGroup)

    void spawn(Work work);
    [[nodiscard]] Task<Result<void>> join();
    //! Asks every task to stop; `join` still has to be awaited.
    void requestStop();
    [[nodiscard]] std::stop_token token() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace Tagboat
