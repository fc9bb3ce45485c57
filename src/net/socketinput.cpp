// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/socketinput.h"

#include <algorithm>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Tagboat {

bool hasInput(qintptr descriptor)
{
    pollfd asked = {.fd = static_cast<int>(descriptor), .events = POLLIN, .revents = 0};
    return ::poll(&asked, 1, 0) > 0;
}

QByteArray lastInput(qintptr descriptor)
{
    QByteArray bytes(64 * 1024, Qt::Uninitialized);
    const ssize_t size =
        ::recv(static_cast<int>(descriptor), bytes.data(), static_cast<size_t>(bytes.size()), MSG_DONTWAIT);
    bytes.truncate(std::max<ssize_t>(size, 0));
    return bytes;
}

SpareDescriptor::SpareDescriptor(qintptr descriptor)
    : m_descriptor(::fcntl(static_cast<int>(descriptor), F_DUPFD_CLOEXEC, 0))
{ }

void SpareDescriptor::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

void endWhenUnheard(qintptr descriptor, std::chrono::milliseconds patience)
{
#ifdef TCP_USER_TIMEOUT // RFC 5482; Linux
    const auto milliseconds = static_cast<unsigned int>(patience.count());
    ::setsockopt(static_cast<int>(descriptor), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds,
                 sizeof milliseconds);
#else
    Q_UNUSED(descriptor)
    Q_UNUSED(patience)
#endif
}

void keepQueueShort(qintptr descriptor)
{
#ifdef TCP_NOTSENT_LOWAT
    const int most = 64 * 1024;
    ::setsockopt(static_cast<int>(descriptor), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &most, sizeof most);
#else
    Q_UNUSED(descriptor)
#endif
}

} // namespace Tagboat
