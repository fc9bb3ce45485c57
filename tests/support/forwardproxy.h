// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTcpServer>

#include <memory>

class QTcpSocket;

namespace Tagboat {

/*!
 * \brief A proxy on loopback that really passes on: CONNECT, requests with a full address (one a connection),
 * and SOCKS 5 where the first byte says so. Asks nobody who he is.
 *
 * Runs in the thread that made it, which needs an event loop. Goes only where it is told that a name leads.
 */
class ForwardProxy : public QObject
{
    Q_OBJECT

public:
    ForwardProxy();

    [[nodiscard]] bool listen();
    [[nodiscard]] QString host() const; //!< "127.0.0.1:PORT"
    [[nodiscard]] QString url() const { return QStringLiteral("http://") + host(); }
    [[nodiscard]] QString socksUrl() const { return QStringLiteral("socks5://") + host(); }
    //! "registry.test:443" is \a port on loopback.
    void lead(const QString& hostAndPort, quint16 port) { m_places.insert(hostAndPort, port); }

    //! "CONNECT registry.test:443", "GET http://registry.test:80/v2/", "SOCKS registry.test:443": one a
    //! connection.
    [[nodiscard]] const QStringList& ways() const { return m_ways; }
    //! All that clients have sent, what was passed on included.
    [[nodiscard]] const QByteArray& heard() const { return m_heard; }
    void forget();

private:
    struct Client;
    void accept(QTcpSocket* socket);
    void hear(QTcpSocket* socket, const std::shared_ptr<Client>& client);
    bool takeHttp(QTcpSocket* socket, Client& client);
    bool takeSocks(QTcpSocket* socket, Client& client);
    void open(QTcpSocket* socket, Client& client, const QString& way, const QString& place,
              const QByteArray& answer, const QByteArray& first);

    QTcpServer m_server;
    QHash<QString, quint16> m_places;
    QStringList m_ways;
    QByteArray m_heard;
};

} // namespace Tagboat
