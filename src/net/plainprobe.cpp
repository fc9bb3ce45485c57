// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/plainprobe.h"

#include "net/activity.h"
#include "net/origin.h"

#include <QTcpSocket>

using namespace std::chrono_literals;

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Task<bool> speaksPlainHttp(Target target, std::stop_token stop)
{
    if (target.proxy().type() != QNetworkProxy::NoProxy)
        co_return false;

    const auto activity = std::make_shared<Activity>(5s);
    const auto raise = [activity] { activity->raise(); };
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] {
        socket.write("HEAD / HTTP/1.1\r\nHost: " + hostAndPort(target.url).toLatin1()
                     + "\r\nUser-Agent: Tagboat/" TAGBOAT_VERSION "\r\nConnection: close\r\n\r\n");
    });
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, raise);
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, raise);
    socket.connectToHost(target.connectHost(), target.connectPort());

    constexpr qint64 statusSize = 12; // "HTTP/1.1 200"
    while (socket.bytesAvailable() < statusSize && socket.error() == QAbstractSocket::UnknownSocketError) {
        const auto moved = co_await Activity::wait(activity, stop);
        if (!moved)
            co_return false;
    }
    // 400 is what the TLS ports of most servers say to plain HTTP.
    const QByteArray status = socket.peek(statusSize);
    co_return status.size() == statusSize&& status.startsWith("HTTP/1.") && !status.endsWith(" 400");
}

} // namespace

Task<Error> explainHandshake(Target target, Error failure, std::stop_token stop)
{
    const bool isPlain = co_await speaksPlainHttp(target, stop);
    if (stop.stop_requested())
        co_return cancelled().error();
    if (!isPlain)
        co_return Error(failure);
    co_return Error::make(Error::Code::PlainHttpServer, {},
                          u"%1 speaks plain HTTP, not HTTPS"_s.arg(hostAndPort(target.url)));
}

} // namespace Tagboat
