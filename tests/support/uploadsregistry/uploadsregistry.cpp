// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "uploadsregistry.h"

#include "registryconnection.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QThread>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Tagboat::Testing {

//! The server, its connections and all it holds, at home in a thread of their own.
class UploadsRegistry::Listener
{
public:
    explicit Listener(const UploadsRegistryOptions& options) : m_server(new Server)
    {
        m_server->state.options = options;
        m_server->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
        m_thread.start();
    }

    ~Listener()
    {
        m_thread.quit();
        m_thread.wait();
    }

    //! \a question is put in the registry's thread.
    template<typename Question>
    [[nodiscard]] auto ask(Question question) const
    {
        decltype(question(m_server->state)) answer{};
        QMetaObject::invokeMethod(
            m_server, [&] { answer = question(m_server->state); }, Qt::BlockingQueuedConnection);
        return answer;
    }

    template<typename Order>
    void tell(Order order) const
    {
        QMetaObject::invokeMethod(m_server, [&] { order(m_server->state); }, Qt::BlockingQueuedConnection);
    }

    [[nodiscard]] quint16 listen(quint16 port)
    {
        return ask([this, port](State&) {
            return m_server->listen(QHostAddress::LocalHost, port) ? m_server->serverPort() : quint16(0);
        });
    }

    void stop()
    {
        tell([this](State&) {
            m_server->close();
            qDeleteAll(m_server->findChildren<RegistryConnection*>(Qt::FindDirectChildrenOnly));
        });
    }

private:
    class Server : public QTcpServer
    {
    public:
        ~Server() override
        {
            // Before what they look at goes.
            qDeleteAll(findChildren<RegistryConnection*>(Qt::FindDirectChildrenOnly));
        }

        State state;

    protected:
        void incomingConnection(qintptr descriptor) override
        {
            new RegistryConnection(state, descriptor, this);
        }
    };

    QThread m_thread;
    Server* m_server;
};

UploadsRegistry::UploadsRegistry(const UploadsRegistryOptions& options)
    : m_listener(std::make_unique<Listener>(options))
{ }

UploadsRegistry::~UploadsRegistry() = default;

bool UploadsRegistry::start()
{
    const quint16 port = m_listener->listen(m_port);
    if (port == 0)
        return false;
    m_port = port;
    return true;
}

void UploadsRegistry::stop()
{
    m_listener->stop();
}

void UploadsRegistry::setOptions(const UploadsRegistryOptions& options)
{
    m_listener->tell([&](State& state) { state.options = options; });
}

void UploadsRegistry::forgetSessions()
{
    m_listener->tell([](State& state) {
        for (const RegistrySessionPtr& session : std::as_const(state.sessions))
            session->writer = nullptr;
        state.sessions.clear();
    });
}

QString UploadsRegistry::host() const
{
    return u"127.0.0.1:%1"_s.arg(m_port);
}

QUrl UploadsRegistry::url() const
{
    return QUrl(u"http://"_s + host() + u'/');
}

qint64 UploadsRegistry::bytesReceived() const
{
    return m_listener->ask([](const State& state) { return state.received; });
}

qint64 UploadsRegistry::bytesReceived(const QString& digest) const
{
    return m_listener->ask(
        [&digest](const State& state) { return state.receivedFor.value(digest.toLatin1()); });
}

int UploadsRegistry::requestCount(const QByteArray& method, const QByteArray& path) const
{
    return m_listener->ask([&](const State& state) {
        return static_cast<int>(std::ranges::count_if(state.requests, [&](const auto& request) {
            return (method.isEmpty() || request.first == method) && request.second.contains(path);
        }));
    });
}

int UploadsRegistry::openSessions() const
{
    return m_listener->ask([](const State& state) { return static_cast<int>(state.sessions.size()); });
}

qint64 UploadsRegistry::bytesInSessions() const
{
    return m_listener->ask([](const State& state) {
        return std::accumulate(
            state.sessions.cbegin(), state.sessions.cend(), qint64(0),
            [](qint64 sum, const RegistrySessionPtr& session) { return sum + session->offset(); });
    });
}

bool UploadsRegistry::hasBlob(const QString& repository, const QString& digest) const
{
    return m_listener->ask([&](const State& state) {
        return state.repositories.value(repository.toLatin1()).blobs.contains(digest.toLatin1());
    });
}

void UploadsRegistry::addBlob(const QString& repository, const QByteArray& bytes)
{
    m_listener->tell([&](State& state) {
        const QByteArray digest = Digest::ofBytes(bytes).toString().toLatin1();
        QFile file(state.blobPath(digest));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s", qPrintable(file.errorString()));
        state.repositories[repository.toLatin1()].blobs.insert(digest);
    });
}

} // namespace Tagboat::Testing
