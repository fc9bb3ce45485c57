// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <openssl/ssl.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The cheapest HTTP/1.1 server there can be: a body is thrown away and answered with 201, GET /N gives N
 * bytes. With the files of a certificate and a key as arguments it speaks TLS. Prints its port; ends with its
 * standard input.
 */
namespace {

//! A connection, TLS or not.
class Stream
{
public:
    Stream(int socket, SSL* tls) : m_socket(socket), m_tls(tls) { }
    long read(char* into, size_t size) const
    {
        return m_tls ? SSL_read(m_tls, into, static_cast<int>(size)) : ::recv(m_socket, into, size, 0);
    }
    //! Reads what nobody looks at.
    long skip(char* into, size_t size) const
    {
        return m_tls ? read(into, size) : ::recv(m_socket, nullptr, size, MSG_TRUNC);
    }
    bool write(const char* bytes, size_t size) const
    {
        while (size > 0) {
            const long done = m_tls ? SSL_write(m_tls, bytes, static_cast<int>(size))
                                    : ::send(m_socket, bytes, size, MSG_NOSIGNAL);
            if (done <= 0)
                return false;
            bytes += done;
            size -= static_cast<size_t>(done);
        }
        return true;
    }

private:
    int m_socket;
    SSL* m_tls;
};

void serve(const Stream& stream)
{
    std::vector<char> buffer(1024 * 1024);
    std::string pending;
    while (true) {
        size_t end = 0;
        while ((end = pending.find("\r\n\r\n")) == std::string::npos) {
            const long size = stream.read(buffer.data(), 64 * 1024);
            if (size <= 0)
                return;
            pending.append(buffer.data(), static_cast<size_t>(size));
        }
        const std::string head = pending.substr(0, end);
        pending.erase(0, end + 4);
        if (head.starts_with("GET /")) {
            size_t left = std::strtoull(head.c_str() + 5, nullptr, 10);
            const std::string reply =
                "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(left) + "\r\n\r\n";
            if (!stream.write(reply.data(), reply.size()))
                return;
            for (size_t size = 0; left > 0; left -= size) {
                size = std::min(left, buffer.size());
                if (!stream.write(buffer.data(), size))
                    return;
            }
            continue;
        }
        const size_t field = head.find("Content-Length: ");
        size_t left = field == std::string::npos ? 0 : std::strtoull(head.c_str() + field + 16, nullptr, 10);
        left -= std::min(left, pending.size());
        pending.clear();
        while (left > 0) {
            const long size = stream.skip(buffer.data(), std::min(left, buffer.size()));
            if (size <= 0)
                return;
            left -= static_cast<size_t>(size);
        }
        const std::string reply = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
        if (!stream.write(reply.data(), reply.size()))
            return;
    }
}

} // namespace

int main(int argc, char** argv)
{
    SSL_CTX* context = nullptr;
    if (argc > 2) {
        context = SSL_CTX_new(TLS_server_method());
        if (SSL_CTX_use_certificate_file(context, argv[1], SSL_FILETYPE_PEM) != 1
            || SSL_CTX_use_PrivateKey_file(context, argv[2], SSL_FILETYPE_PEM) != 1)
            return 1;
    }
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in name = {};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&name), size) != 0 || ::listen(listener, 64) != 0
        || ::getsockname(listener, reinterpret_cast<sockaddr*>(&name), &size) != 0)
        return 1;
    std::printf("%d\n", ntohs(name.sin_port));
    std::fflush(stdout);
    std::thread([] {
        char byte = 0;
        while (::read(STDIN_FILENO, &byte, 1) > 0) { }
        std::_Exit(0);
    }).detach();
    while (true) {
        const int socket = ::accept(listener, nullptr, nullptr);
        if (socket < 0)
            continue;
        std::thread([socket, context] {
            const int on = 1;
            ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            SSL* tls = nullptr;
            if (context) {
                tls = SSL_new(context);
                SSL_set_fd(tls, socket);
            }
            if (!tls || SSL_accept(tls) == 1)
                serve(Stream(socket, tls));
            SSL_free(tls);
            ::close(socket);
        }).detach();
    }
}
