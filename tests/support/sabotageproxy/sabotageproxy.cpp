// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sabotageproxy.h"

#include "proxyconnection.h"
#include "proxyshared.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat::Testing {

//! The server and its connections, at home in a thread of their own.
class SabotageProxy::Listener
{
public:
    explicit Listener(std::shared_ptr<Shared> shared, quint16 serverPort)
        : m_server(new Server(std::move(shared), serverPort))
    {
        m_server->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
        m_thread.start();
    }

    ~Listener()
    {
        m_thread.quit();
        m_thread.wait();
    }

    [[nodiscard]] quint16 listen()
    {
        quint16 port = 0;
        QMetaObject::invokeMethod(
            m_server,
            [this] {
                return m_server->listen(QHostAddress::LocalHost) ? m_server->serverPort() : quint16(0);
            },
            Qt::BlockingQueuedConnection, &port);
        return port;
    }

    void release()
    {
        QMetaObject::invokeMethod(m_server, [this] { m_server->release(); }, Qt::BlockingQueuedConnection);
    }

    void setServerPort(quint16 port)
    {
        QMetaObject::invokeMethod(
            m_server, [this, port] { m_server->setServerPort(port); }, Qt::BlockingQueuedConnection);
    }

private:
    class Server : public QTcpServer
    {
    public:
        Server(std::shared_ptr<Shared> shared, quint16 serverPort)
            : m_shared(std::move(shared)), m_serverPort(serverPort)
        { }

        void release()
        {
            const auto connections = findChildren<ProxyConnection*>(Qt::FindDirectChildrenOnly);
            for (ProxyConnection* connection : connections)
                connection->release();
        }

        void setServerPort(quint16 port) { m_serverPort = port; }

    protected:
        void incomingConnection(qintptr descriptor) override
        {
            new ProxyConnection(m_shared, descriptor, m_serverPort, this);
        }

    private:
        std::shared_ptr<Shared> m_shared;
        quint16 m_serverPort;
    };

    QThread m_thread;
    Server* m_server;
};

SabotageProxy::SabotageProxy(quint16 serverPort)
    : m_shared(std::make_shared<Shared>()), m_serverPort(serverPort)
{
    m_shared->clock.start();
}

SabotageProxy::~SabotageProxy() = default;

bool SabotageProxy::start()
{
    m_listener = std::make_unique<Listener>(m_shared, m_serverPort);
    m_port = m_listener->listen();
    return m_port != 0;
}

quint16 SabotageProxy::port() const
{
    return m_port;
}

QString SabotageProxy::host() const
{
    return u"127.0.0.1:%1"_s.arg(m_port);
}

QUrl SabotageProxy::url() const
{
    return QUrl(u"http://"_s + host() + u'/');
}

void SabotageProxy::add(const Sabotage& sabotage)
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->plans.append(sabotage);
    m_shared->plans.last().id = ++m_shared->lastId;
}

void SabotageProxy::cutAtRandom(const RandomCuts& cuts)
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->cuts = cuts;
    m_shared->chance.seed(static_cast<quint32>(cuts.seed));
}

void SabotageProxy::clear()
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->plans.clear();
    m_shared->cuts.count = 0;
}

void SabotageProxy::setRate(qint64 bytesPerSecond)
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->rate = bytesPerSecond;
}

void SabotageProxy::setServerPort(quint16 port)
{
    m_serverPort = port;
    if (m_listener)
        m_listener->setServerPort(port);
}

void SabotageProxy::release()
{
    {
        const QMutexLocker lock(&m_shared->mutex);
        m_shared->isReleased = true;
    }
    m_listener->release();
}

int SabotageProxy::struck() const
{
    const QMutexLocker lock(&m_shared->mutex);
    return m_shared->struck;
}

int SabotageProxy::stalled() const
{
    const QMutexLocker lock(&m_shared->mutex);
    return m_shared->stalled;
}

QList<ProxiedRequest> SabotageProxy::requests() const
{
    const QMutexLocker lock(&m_shared->mutex);
    return m_shared->requests;
}

int SabotageProxy::count(const QByteArray& method, const QByteArray& path) const
{
    const QList<ProxiedRequest> all = requests();
    return static_cast<int>(std::ranges::count_if(all, [&](const ProxiedRequest& request) {
        return (method.isEmpty() || request.method == method) && request.path().contains(path);
    }));
}

void SabotageProxy::forgetRequests()
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->requests.clear();
}

} // namespace Tagboat::Testing
