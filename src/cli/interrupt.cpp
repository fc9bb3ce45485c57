// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/interrupt.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Tagboat {

namespace {

constexpr std::array Signals{SIGINT, SIGTERM, SIGHUP};
std::array<int, 2> wakePipe{-1, -1};

// Only what is allowed in a signal handler: a byte to the event loop, and back to the default for the next
// time.
extern "C" void noteSignal(int number)
{
    const int before = errno;
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(wakePipe[1], &byte, 1);
    std::signal(number, SIG_DFL);
    errno = before;
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe2(wakePipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(wakePipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        m_source.request_stop();
    });
    for (const int number : Signals) {
        struct sigaction action{};
        if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN)
            continue; // nohup
        action = {};
        action.sa_handler = noteSignal; // no SA_RESTART: a prompt that waits for a line has to give up
        ::sigaction(number, &action, nullptr);
    }
}

Interrupt::~Interrupt()
{
    for (const int number : Signals) {
        struct sigaction action{};
        if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler == noteSignal)
            std::signal(number, SIG_DFL);
    }
    m_notifier.reset();
    for (int& end : wakePipe) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

} // namespace Tagboat
