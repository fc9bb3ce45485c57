// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/wakeup.h"

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <mutex>

namespace Tagboat {

struct Wakeup::State
{
    std::mutex mutex;
    bool raised = false;
    QObject* receiver = nullptr; // set while a coroutine sleeps

    // The receiver cannot go away meanwhile: it belongs to the sleeping frame, which only the posted event
    // wakes.
    void raise()
    {
        const std::lock_guard lock(mutex);
        raised = true;
        if (receiver)
            QCoreApplication::postEvent(std::exchange(receiver, nullptr), new QEvent(QEvent::User));
    }
};

//! Lives in the frame that sleeps and in its thread, so no foreign thread ever destroys it.
class Wakeup::Awaiter::Receiver : public QObject
{
public:
    explicit Receiver(std::shared_ptr<State> state, std::coroutine_handle<> waiter)
        : m_state(std::move(state)), m_waiter(waiter)
    { }

    bool event(QEvent* event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        const auto waiter = m_waiter;
        {
            const std::lock_guard lock(m_state->mutex); // raise() has let go of this object
        }
        waiter.resume(); // destroys this object
        return true;
    }

private:
    std::shared_ptr<State> m_state;
    std::coroutine_handle<> m_waiter;
};

Wakeup::Awaiter::Awaiter(std::shared_ptr<State> state) : m_state(std::move(state)) { }

Wakeup::Awaiter::~Awaiter() = default;

bool Wakeup::Awaiter::await_ready() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->raised;
}

bool Wakeup::Awaiter::await_suspend(std::coroutine_handle<> waiter)
{
    auto receiver = std::make_unique<Receiver>(m_state, waiter);
    const std::lock_guard lock(m_state->mutex);
    if (m_state->raised)
        return false;
    Q_ASSERT_X(!m_state->receiver, "Wakeup::wait", "there is a waiter already");
    m_state->receiver = receiver.get();
    m_receiver = std::move(receiver);
    return true;
}

void Wakeup::Awaiter::await_resume() const
{
    const std::lock_guard lock(m_state->mutex);
    m_state->raised = false;
}

Wakeup::Wakeup() : m_state(std::make_shared<State>()) { }

void Wakeup::raise() const
{
    // A waiter that runs on at once may drop the last Wakeup, this one included.
    const auto state = m_state;
    state->raise();
}

Wakeup::Awaiter Wakeup::wait() const
{
    return Awaiter(m_state);
}

} // namespace Tagboat
