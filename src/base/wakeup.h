// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtClassHelperMacros>

#include <coroutine>
#include <memory>

namespace Tagboat {

/*!
 * \brief What a leaf coroutine sleeps on: any thread raises it, the one waiter goes on in its own thread's
 * event loop.
 *
 * \code
 * const Wakeup wakeup;
 * const std::stop_callback onStop(stop, [wakeup] { wakeup.raise(); });
 * QObject::connect(reply, &QNetworkReply::readyRead, &guard, [wakeup] { wakeup.raise(); });
 * while (!condition())
 *     co_await wakeup.wait();
 * \endcode
 * A raise that comes before the wait is kept, several of them count as one; the wait takes it away. The
 * waiter is never resumed from inside `raise()`, always from its event loop: no caller of `raise` sees state
 * change under its hands, and a stop may be requested from anywhere. Copies share the flag. One waiter at a
 * time.
 */
class Wakeup
{
    struct State;

public:
    class Awaiter
    {
    public:
        explicit Awaiter(std::shared_ptr<State> state);
        ~Awaiter();
        Q_DISABLE_COPY_MOVE(Awaiter)

        [[nodiscard]] bool await_ready() const;
        [[nodiscard]] bool await_suspend(std::coroutine_handle<> waiter);
        void await_resume() const;

    private:
        class Receiver;

        std::shared_ptr<State> m_state;
        std::unique_ptr<Receiver> m_receiver;
    };

    Wakeup();
    void raise() const;
    [[nodiscard]] Awaiter wait() const;

private:
    std::shared_ptr<State> m_state;
};

} // namespace Tagboat
