// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"

#include <memory>

namespace Tagboat {

/*!
 * \brief Bounds how many coroutines of one thread are in a section, first come first served.
 *
 * \code
 * auto permit = co_await semaphore.acquire(stop);   // Result<AsyncSemaphore::Permit>
 * \endcode
 * The permit gives its place back when it is destroyed. Copies of the semaphore share the places.
 */
class AsyncSemaphore
{
    struct State;

public:
    class Permit
    {
    public:
        Permit() = default;
        explicit Permit(std::shared_ptr<State> state);
        ~Permit();
        Permit(Permit&& other) noexcept;
        Permit& operator=(Permit&& other) noexcept;
        Q_DISABLE_COPY(Permit)
        void release();

    private:
        std::shared_ptr<State> m_state;
    };

    explicit AsyncSemaphore(int places);
    [[nodiscard]] Task<Result<Permit>> acquire(std::stop_token stop) const;
    [[nodiscard]] int available() const;

private:
    [[nodiscard]] static Task<Result<Permit>> acquireFrom(std::shared_ptr<State> state, std::stop_token stop);
    std::shared_ptr<State> m_state;
};

} // namespace Tagboat
