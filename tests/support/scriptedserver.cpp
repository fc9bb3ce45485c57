// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/scriptedserver.h"

#include "support/scriptedconnection.h"
#include "support/testcertificate.h"

#include <QHostAddress>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSslConfiguration>
#include <QSslServer>
#include <QSslSocket>

#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace Tagboat {

ScriptedAnswer ScriptedAnswer::text(int status, QByteArray body, QByteArray type)
{
    ScriptedAnswer answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.headers.set("Content-Type", std::move(type));
    return answer;
}

ScriptedAnswer ScriptedAnswer::pattern(qint64 size)
{
    ScriptedAnswer answer;
    answer.patternSize = size;
    return answer;
}

ScriptedAnswer ScriptedAnswer::redirect(int status, QByteArray location)
{
    ScriptedAnswer answer;
    answer.status = status;
    answer.headers.set("Location", std::move(location));
    return answer;
}

ScriptedAnswer ScriptedAnswer::hang()
{
    ScriptedAnswer answer;
    answer.hangsBeforeHead = true;
    return answer;
}

ScriptedAnswer ScriptedAnswer::with(QByteArray name, QByteArray value) &&
{
    headers.add(std::move(name), std::move(value));
    return std::move(*this);
}

QByteArray scriptedPattern(qint64 offset, qint64 size)
{
    // A prime period, so that no piece size hides a shift.
    static const QByteArray period = [] {
        QByteArray bytes(1'048'573, Qt::Uninitialized);
        quint32 state = 2463534242u;
        for (char& c : bytes) {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            c = static_cast<char>(state);
        }
        return bytes;
    }();
    QByteArray bytes;
    bytes.reserve(size);
    while (bytes.size() < size) {
        const qint64 from = (offset + bytes.size()) % period.size();
        bytes += QByteArrayView(period).sliced(from, std::min(period.size() - from, size - bytes.size()));
    }
    return bytes;
}

struct ScriptedServer::Listener
{
    std::unique_ptr<QSslServer> tls;
    std::unique_ptr<QTcpServer> tcp;
    std::unique_ptr<QLocalServer> local;

    [[nodiscard]] QTcpServer* network() const { return tls ? tls.get() : tcp.get(); }
};

ScriptedServer::ScriptedServer(QObject* parent)
    : QObject(parent), m_listener(std::make_unique<Listener>()) { }

ScriptedServer::~ScriptedServer()
{
    // Before the listeners: the sockets are the listeners' children.
    dropConnections();
}

void ScriptedServer::dropConnections()
{
    qDeleteAll(findChildren<ScriptedConnection*>());
}

void ScriptedServer::useTls(const TestCertificate& certificate)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(certificate.certificate);
    configuration.setPrivateKey(certificate.key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_listener->tls = std::make_unique<QSslServer>();
    m_listener->tls->setSslConfiguration(configuration);
}

bool ScriptedServer::listen()
{
    if (!m_listener->tls)
        m_listener->tcp = std::make_unique<QTcpServer>();
    QTcpServer* const server = m_listener->network();
    connect(server, &QTcpServer::pendingConnectionAvailable, this, [this, server] {
        while (QTcpSocket* const socket = server->nextPendingConnection())
            accept(socket);
    });
    return server->listen(QHostAddress::LocalHost);
}

bool ScriptedServer::listenOn(const QString& socketPath)
{
    m_listener->local = std::make_unique<QLocalServer>();
    QLocalServer* const server = m_listener->local.get();
    connect(server, &QLocalServer::newConnection, this, [this, server] {
        while (QLocalSocket* const socket = server->nextPendingConnection())
            accept(socket);
    });
    return server->listen(socketPath);
}

void ScriptedServer::accept(QIODevice* socket)
{
    ++m_connectionCount;
    if (m_resetsNew) {
        const auto reset = [socket] {
            ScriptedConnection::reset(socket);
            socket->deleteLater();
        };
        connect(socket, &QIODevice::readyRead, this, reset, Qt::SingleShotConnection);
        if (socket->bytesAvailable() > 0)
            reset();
        return;
    }
    if (!m_ignoresNew)
        new ScriptedConnection(this, socket, m_connectionCount);
}

bool ScriptedServer::Route::matches(const ScriptedRequest& request) const
{
    if (method != "*" && method != request.method)
        return false;
    const QByteArray requested = request.path();
    return path.endsWith('*') ? requested.startsWith(path.chopped(1)) : requested == path;
}

void ScriptedServer::on(const QByteArray& method, const QByteArray& path, Handler handler)
{
    m_routes.prepend({method, path, std::move(handler), {}});
}

void ScriptedServer::on(const QByteArray& method, const QByteArray& path, ScriptedAnswer answer)
{
    on(method, path, [answer](const ScriptedRequest&) { return answer; });
}

void ScriptedServer::onHead(const QByteArray& method, const QByteArray& path, EarlyHandler handler)
{
    m_routes.prepend({method, path, {}, std::move(handler)});
}

std::optional<ScriptedAnswer> ScriptedServer::answerEarly(const ScriptedRequest& request) const
{
    for (const Route& route : m_routes) {
        if (!route.early || !route.matches(request))
            continue;
        if (auto answer = route.early(request))
            return answer;
    }
    return std::nullopt;
}

ScriptedAnswer ScriptedServer::answer(const ScriptedRequest& request) const
{
    for (const Route& route : m_routes) {
        if (route.handler && route.matches(request))
            return route.handler(request);
    }
    return ScriptedAnswer::text(404, "no route for " + request.method + ' ' + request.path());
}

void ScriptedServer::record(const ScriptedRequest& request)
{
    m_requests += request;
}

quint16 ScriptedServer::port() const
{
    return m_listener->network()->serverPort();
}

QUrl ScriptedServer::url(const QByteArray& target) const
{
    const QByteArray scheme = m_listener->tls ? "https" : "http";
    const QByteArray address = scheme + "://127.0.0.1:" + QByteArray::number(port()) + target;
    return QUrl::fromEncoded(address);
}

QString ScriptedServer::host() const
{
    return u"127.0.0.1:%1"_s.arg(port());
}

int ScriptedServer::requestCount(const QByteArray& method, const QByteArray& path) const
{
    return static_cast<int>(std::ranges::count_if(m_requests, [&](const ScriptedRequest& request) {
        return request.method == method && request.path() == path;
    }));
}

int ScriptedServer::openConnections() const
{
    return static_cast<int>(findChildren<ScriptedConnection*>().size());
}

} // namespace Tagboat
