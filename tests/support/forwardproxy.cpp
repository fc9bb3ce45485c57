// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/forwardproxy.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QUrl>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace Tagboat {

struct ForwardProxy::Client
{
    QByteArray pending; //!< not understood yet
    QTcpSocket* server = nullptr;
    bool isGreeted = false; //!< SOCKS
};

ForwardProxy::ForwardProxy()
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* const socket = m_server.nextPendingConnection())
            accept(socket);
    });
}

bool ForwardProxy::listen()
{
    return m_server.listen(QHostAddress::LocalHost);
}

QString ForwardProxy::host() const
{
    return u"127.0.0.1:%1"_s.arg(m_server.serverPort());
}

void ForwardProxy::forget()
{
    m_ways.clear();
    m_heard.clear();
}

void ForwardProxy::accept(QTcpSocket* socket)
{
    const auto client = std::make_shared<Client>();
    connect(socket, &QTcpSocket::readyRead, this, [this, socket, client] { hear(socket, client); });
    connect(socket, &QTcpSocket::disconnected, socket, [socket, client] {
        if (client->server)
            client->server->disconnectFromHost();
        socket->deleteLater();
    });
}

void ForwardProxy::hear(QTcpSocket* socket, const std::shared_ptr<Client>& client)
{
    const QByteArray bytes = socket->readAll();
    m_heard += bytes;
    if (client->server) {
        if (client->server->isOpen())
            client->server->write(bytes); // kept by Qt until it is connected
        return;
    }
    client->pending += bytes;
    const bool isSocks = client->pending.startsWith('\5');
    while (!client->pending.isEmpty() && !client->server) {
        if (!(isSocks ? takeSocks(socket, *client) : takeHttp(socket, *client)))
            break;
    }
}

//! False where more has to come first.
bool ForwardProxy::takeHttp(QTcpSocket* socket, Client& client)
{
    const qsizetype end = client.pending.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    QByteArrayList lines = client.pending.first(end).split('\n');
    const QByteArrayList request = lines.takeFirst().trimmed().split(' ');
    const QByteArray rest = client.pending.sliced(end + 4);
    client.pending.clear();
    const QString way = QString::fromLatin1(QByteArray(request.constFirst() + ' ' + request.value(1)));
    if (request.constFirst() == "CONNECT") {
        open(socket, client, way, QString::fromLatin1(request.value(1)),
             "HTTP/1.1 200 Connection established\r\n\r\n", rest);
        return true;
    }
    const QUrl url = QUrl::fromEncoded(request.value(1));
    QByteArray head = request.constFirst() + ' ' + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)
        + " HTTP/1.1\r\n";
    for (const QByteArray& line : std::as_const(lines)) {
        const QByteArray name = line.first(std::max<qsizetype>(0, line.indexOf(':'))).toLower();
        if (name != "connection" && !name.startsWith("proxy-"))
            head += line.trimmed() + "\r\n";
    }
    open(socket, client, way, u"%1:%2"_s.arg(url.host()).arg(url.port(80)), {},
         head + "Connection: close\r\n\r\n" + rest);
    return true;
}

//! RFC 1928, of its addresses the names.
bool ForwardProxy::takeSocks(QTcpSocket* socket, Client& client)
{
    const auto at = [&client](qsizetype i) { return static_cast<uchar>(client.pending.at(i)); };
    if (client.pending.size() < 2)
        return false;
    if (!client.isGreeted) {
        if (client.pending.size() < 2 + at(1))
            return false;
        client.pending.remove(0, 2 + at(1));
        client.isGreeted = true;
        socket->write(QByteArray::fromHex("0500"));
        return true;
    }
    if (client.pending.size() < 5 || client.pending.size() < 7 + at(4))
        return false;
    if (at(3) != 3) {
        socket->disconnectFromHost();
        return false;
    }
    const qsizetype end = 5 + at(4);
    const QString place =
        u"%1:%2"_s.arg(QString::fromLatin1(client.pending.sliced(5, at(4)))).arg(at(end) * 256 + at(end + 1));
    const QByteArray rest = client.pending.sliced(end + 2);
    client.pending.clear();
    open(socket, client, u"SOCKS "_s + place, place, QByteArray::fromHex("05000001000000000000"), rest);
    return true;
}

void ForwardProxy::open(QTcpSocket* socket, Client& client, const QString& way, const QString& place,
                        const QByteArray& answer, const QByteArray& first)
{
    m_ways.append(way);
    if (!m_places.contains(place)) {
        socket->write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        socket->disconnectFromHost();
        return;
    }
    auto* const server = new QTcpSocket(socket);
    client.server = server;
    connect(server, &QTcpSocket::connected, socket, [socket, answer] {
        if (!answer.isEmpty())
            socket->write(answer);
    });
    // Of an answer that is not tunnelled: the next request may be for another server.
    const auto isLast = std::make_shared<bool>(answer.isEmpty());
    connect(server, &QTcpSocket::readyRead, socket, [socket, server, isLast] {
        QByteArray bytes = server->readAll();
        if (std::exchange(*isLast, false))
            bytes.insert(bytes.indexOf("\r\n"), "\r\nConnection: close");
        if (socket->isOpen())
            socket->write(bytes);
    });
    connect(server, &QTcpSocket::disconnected, socket, [socket] { socket->disconnectFromHost(); });
    connect(server, &QTcpSocket::errorOccurred, socket, [socket] { socket->disconnectFromHost(); });
    server->setProxy(QNetworkProxy::NoProxy);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_places.value(place));
    server->write(first);
}

} // namespace Tagboat
