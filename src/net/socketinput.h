// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <chrono>
#include <utility>

/*
 * What Qt's sockets do not tell, asked of the system. Beside outgoingfile.cpp the only place of this floor
 * that is POSIX.
 */
namespace Tagboat {

//! True when bytes, or the other side's end, are there to be read at once.
[[nodiscard]] bool hasInput(qintptr descriptor);
//! What is still to be read of a connection that has failed; Qt throws it away.
[[nodiscard]] QByteArray lastInput(qintptr descriptor);

//! A second descriptor of a socket: Qt closes the first as soon as a write fails, and with it goes what came
//! in before. The connection ends with the last of them.
class SpareDescriptor
{
public:
    SpareDescriptor() = default;
    explicit SpareDescriptor(qintptr descriptor);
    ~SpareDescriptor() { close(); }
    SpareDescriptor(SpareDescriptor&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1)) { }
    SpareDescriptor& operator=(SpareDescriptor&& other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    Q_DISABLE_COPY(SpareDescriptor)

    [[nodiscard]] qintptr descriptor() const { return m_descriptor; }
    void close();

private:
    int m_descriptor = -1;
};

//! The connection ends where what was sent on it is not acknowledged for that long. Where the system cannot
//! do that, it goes on waiting.
void endWhenUnheard(qintptr descriptor, std::chrono::milliseconds patience);

//! No more than a little waits in the system that has not been sent: a receiver on this machine finds it in
//! the processor's cache, and what is sent next is still to be chosen when the line is slow.
void keepQueueShort(qintptr descriptor);

} // namespace Tagboat
