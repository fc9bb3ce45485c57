// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/socketinput.h"

#include <algorithm>
#include <poll.h>
#include <sys/socket.h>

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

} // namespace Tagboat
