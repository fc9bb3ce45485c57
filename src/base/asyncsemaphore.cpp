// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/asyncsemaphore.h"

#include "base/wakeup.h"

#include <deque>

namespace Tagboat {

struct AsyncSemaphore::State
{
    struct Waiter
    {
        Wakeup wakeup;
        bool hasPlace = false;
    };

    void giveBack()
    {
        if (waiters.empty()) {
            ++places;
            return;
        }
        const auto next = waiters.front();
        waiters.pop_front();
        next->hasPlace = true; // the place passes on directly, nobody can jump the queue
        next->wakeup.raise();
    }

    int places;
    std::deque<std::shared_ptr<Waiter>> waiters;
};

AsyncSemaphore::Permit::Permit(std::shared_ptr<State> state) : m_state(std::move(state)) { }

AsyncSemaphore::Permit::~Permit()
{
    release();
}

AsyncSemaphore::Permit::Permit(Permit&& other) noexcept = default;

AsyncSemaphore::Permit& AsyncSemaphore::Permit::operator=(Permit&& other) noexcept
{
    if (this != &other) {
        release();
        m_state = std::move(other.m_state);
    }
    return *this;
}

void AsyncSemaphore::Permit::release()
{
    if (const auto state = std::exchange(m_state, nullptr))
        state->giveBack();
}

AsyncSemaphore::AsyncSemaphore(int places) : m_state(std::make_shared<State>(places)) { }

Task<Result<AsyncSemaphore::Permit>> AsyncSemaphore::acquire(std::stop_token stop) const
{
    return acquireFrom(m_state, std::move(stop));
}

int AsyncSemaphore::available() const
{
    return m_state->places;
}

Task<Result<AsyncSemaphore::Permit>> AsyncSemaphore::acquireFrom(std::shared_ptr<State> state,
                                                                 std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    if (state->places > 0) {
        --state->places;
        co_return Permit(state);
    }
    const auto waiter = std::make_shared<State::Waiter>();
    state->waiters.push_back(waiter);
    {
        const std::stop_callback onStop(stop, [wakeup = waiter->wakeup] { wakeup.raise(); });
        while (!waiter->hasPlace && !stop.stop_requested())
            co_await waiter->wakeup.wait();
    }
    if (!waiter->hasPlace) {
        std::erase(state->waiters, waiter);
        co_return cancelled();
    }
    Permit permit(state);
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<Permit>(std::move(permit));
}

} // namespace Tagboat
