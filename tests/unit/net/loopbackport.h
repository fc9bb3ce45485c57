// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Tagboat {

/*!
 * \brief A port on one of the many addresses of loopback that does not answer, as behind a firewall or on a
 * busy host: its queue is full, and the kernel drops what comes on top of it.
 *
 * Who tries goes on trying by himself (after 1, 3, 7 s): answer() and refuse() decide what comes of it.
 */
class LoopbackPort
{
public:
    //! \a address is 127.0.0.x; \a port 0: any free one.
    explicit LoopbackPort(const char* address, quint16 port = 0) : m_listener(newSocket())
    {
        sockaddr_in name = {};
        name.sin_family = AF_INET;
        name.sin_port = htons(port);
        m_isSilent = ::inet_pton(AF_INET, address, &name.sin_addr) == 1
            && ::bind(m_listener, reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0
            && ::listen(m_listener, 0) == 0;
        socklen_t size = sizeof name;
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&name), &size);
        m_port = ntohs(name.sin_port);
        for (int& filler : m_fillers) {
            filler = newSocket();
            const int begun = ::connect(filler, reinterpret_cast<const sockaddr*>(&name), sizeof name);
            m_isSilent = m_isSilent && (begun == 0 || errno == EINPROGRESS);
        }
    }
    ~LoopbackPort()
    {
        refuse();
        for (const int filler : m_fillers)
            ::close(filler);
    }
    Q_DISABLE_COPY_MOVE(LoopbackPort)

    [[nodiscard]] bool isSilent() const { return m_isSilent; }
    [[nodiscard]] quint16 port() const { return m_port; }
    //! Makes room: the next that knocks comes in.
    void answer() const
    {
        const int taken = ::accept(m_listener, nullptr, nullptr);
        if (taken >= 0)
            ::close(taken);
        for (const int filler : m_fillers)
            ::shutdown(filler, SHUT_RDWR);
    }
    //! Closes the port.
    void refuse()
    {
        if (m_listener >= 0)
            ::close(m_listener);
        m_listener = -1;
    }

private:
    static int newSocket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

    int m_listener;
    int m_fillers[2] = {-1, -1};
    quint16 m_port = 0;
    bool m_isSilent = false;
};

} // namespace Tagboat
