// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <utility>

namespace Tagboat {

/*!
 * \brief A TLS server that tells those who come by plain HTTP so, as registries do: "127.0.0.1:PORT" leads to
 * https by way of http.
 *
 * In front of a ScriptedServer, to which it hands on what is TLS. HEAD is refused when others have
 * understood.
 */
class TlsFront : public QObject
{
public:
    [[nodiscard]] bool listen()
    {
        server.useTls(TestCertificate::forLoopback());
        connect(&m_door, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* const guest = m_door.nextPendingConnection();
            connect(guest, &QTcpSocket::readyRead, this, [this, guest] { sort(guest); });
        });
        return server.listen() && m_door.listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] QString host() const { return QStringLiteral("127.0.0.1:%1").arg(m_door.serverPort()); }
    //! Requests by plain HTTP, all of them refused.
    [[nodiscard]] int refusals() const { return m_refusals; }

    ScriptedServer server;

private:
    void sort(QTcpSocket* guest)
    {
        if (guest->peek(1) == "\x16") {
            guest->disconnect(this);
            pass(guest);
            for (QTcpSocket* const waiting : std::exchange(m_waiting, {}))
                refuse(waiting);
        } else if (guest->peek(64 * 1024).endsWith("\r\n\r\n")) {
            if (guest->readAll().startsWith("HEAD "))
                m_waiting.append(guest);
            else
                refuse(guest);
        }
    }
    void refuse(QTcpSocket* guest)
    {
        ++m_refusals;
        guest->write("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
        guest->disconnectFromHost();
    }
    void pass(QTcpSocket* guest)
    {
        auto* const inside = new QTcpSocket(guest);
        const auto inwards = [guest, inside] { inside->write(guest->readAll()); };
        connect(inside, &QTcpSocket::readyRead, guest, [guest, inside] { guest->write(inside->readAll()); });
        connect(inside, &QTcpSocket::disconnected, guest, [guest] { guest->disconnectFromHost(); });
        connect(guest, &QTcpSocket::disconnected, inside, [inside] { inside->disconnectFromHost(); });
        connect(guest, &QTcpSocket::readyRead, inside, inwards);
        inside->connectToHost(QHostAddress::LocalHost, server.port());
        inwards();
    }

    QTcpServer m_door;
    QList<QTcpSocket*> m_waiting;
    int m_refusals = 0;
};

} // namespace Tagboat
