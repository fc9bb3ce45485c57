// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxyconnection.h"

#include <QHostAddress>
#include <QTimer>

#include <algorithm>
#include <sys/socket.h>

namespace Tagboat::Testing {

namespace {

// A proxy that takes all at once would hide how a sender behaves on a slow line.
constexpr qint64 BufferSize = 256 * 1024;

using Action = Sabotage::Action;

HttpFramer::Framing framingOf(const QByteArray& head, HttpFramer::Body otherwise)
{
    HttpFramer::Framing framing;
    const QByteArray length = HttpFramer::field(head, "Content-Length");
    if (HttpFramer::field(head, "Transfer-Encoding").compare("chunked", Qt::CaseInsensitive) == 0) {
        framing.body = HttpFramer::Body::Chunked;
    } else if (!length.isEmpty()) {
        framing.body = HttpFramer::Body::Length;
        framing.length = length.toLongLong();
    } else {
        framing.body = otherwise;
    }
    return framing;
}

} // namespace

ProxyConnection::ProxyConnection(std::shared_ptr<SabotageProxy::Shared> shared, qintptr client,
                                 quint16 serverPort, QObject* parent)
    : QObject(parent), m_shared(std::move(shared))
{
    m_request.from = m_reply.to = &m_client;
    m_request.to = m_reply.from = &m_server;
    m_request.framer.onHead = [this](const QByteArray& head) { return requestHead(head); };
    m_request.framer.onEnd = [this] { requestEnd(); };
    m_reply.framer.onHead = [this](const QByteArray& head) { return replyHead(head); };
    m_reply.framer.onEnd = [] { };
    for (Way* way : {&m_request, &m_reply}) {
        way->framer.onPayload = [this, way](QByteArray bytes) { payload(*way, std::move(bytes)); };
        way->framer.onFraming = [this, way](const QByteArray& bytes) { pass(*way, bytes); };
        way->from->setReadBufferSize(BufferSize);
        connect(way->from, &QTcpSocket::readyRead, this, [this, way] { readFrom(*way); });
        connect(way->to, &QTcpSocket::bytesWritten, this, [this, way] { readFrom(*way); });
        connect(way->from, &QTcpSocket::disconnected, this, &ProxyConnection::sideClosed);
    }
    connect(&m_server, &QTcpSocket::connected, this, [this] { readFrom(m_request); });
    connect(&m_server, &QTcpSocket::errorOccurred, this, [this] { sideClosed(); });
    m_client.setSocketDescriptor(client);
    m_client.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_server.connectToHost(QHostAddress(QHostAddress::LocalHost), serverPort);
    m_server.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

ProxyConnection::~ProxyConnection()
{
    m_isCut = true;
    release();
    m_client.disconnect(this);
    m_server.disconnect(this);
}

void ProxyConnection::readFrom(Way& way)
{
    while (!m_isCut && !way.isStalled && !way.isPaced && way.to->state() == QAbstractSocket::ConnectedState
           && way.to->bytesToWrite() < BufferSize) {
        const QByteArray bytes = way.from->read(16 * 1024);
        if (bytes.isEmpty())
            break;
        way.framer.feed(bytes);
        // Timers know no less than a millisecond; so the line may run ahead a little.
        if (const int pause = m_shared->pause(bytes.size()); pause > 5) {
            way.isPaced = true;
            QTimer::singleShot(pause, Qt::PreciseTimer, this, [this, &way] {
                way.isPaced = false;
                readFrom(way);
            });
        }
    }
}

void ProxyConnection::pass(Way& way, const QByteArray& bytes)
{
    if (m_isCut || (m_isAnswering && &way == &m_request))
        return;
    if (way.isStalled)
        way.held.append(bytes);
    else
        way.to->write(bytes);
}

bool ProxyConnection::concerns(const Way& way) const
{
    if (!m_exchange.sabotage)
        return false;
    switch (m_exchange.sabotage->action) {
    case Action::CutRequest:
    case Action::StallRequest:
    case Action::CorruptRequest:
        return &way == &m_request;
    case Action::CutReply:
    case Action::StallReply:
    case Action::CorruptReply:
        return &way == &m_reply;
    case Action::CutReplyHead:
    case Action::StallReplyHead:
    case Action::Answer:
        return false;
    }
    return false;
}

void ProxyConnection::payload(Way& way, QByteArray bytes)
{
    if (m_isCut)
        return;
    const qint64 start = way.passed;
    way.passed += bytes.size();
    m_shared->update(m_exchange.number, [&way, this](ProxiedRequest& request) {
        (&way == &m_request ? request.requestBytes : request.replyBytes) = way.passed;
    });
    if (!concerns(way) || m_exchange.sabotage->after >= way.passed) {
        pass(way, bytes);
        return;
    }
    const Sabotage sabotage = *std::exchange(m_exchange.sabotage, std::nullopt);
    if (!m_shared->strike(sabotage, m_exchange.number)) {
        pass(way, bytes);
        return;
    }
    const auto at = static_cast<qsizetype>(sabotage.after - start);
    const Action action = sabotage.action;
    if (action == Action::CorruptRequest || action == Action::CorruptReply) {
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        pass(way, bytes);
        return;
    }
    pass(way, bytes.first(at));
    if (action == Action::CutRequest || action == Action::CutReply) {
        way.passed = sabotage.after;
        m_shared->update(m_exchange.number, [&way, this](ProxiedRequest& request) {
            (&way == &m_request ? request.requestBytes : request.replyBytes) = way.passed;
        });
        if (sabotage.arrives)
            cutAfterArrival(way);
        else
            cut();
        return;
    }
    stall(way);
    pass(way, bytes.sliced(at));
}

HttpFramer::Framing ProxyConnection::requestHead(const QByteArray& head)
{
    const QList<QByteArray> words = head.left(head.indexOf('\r')).split(' ');
    ProxiedRequest request;
    request.method = words.value(0);
    request.target = words.value(1);
    m_exchange = {};
    m_exchange.method = request.method;
    m_exchange.sabotage = m_shared->begin(request, &m_exchange.number);
    m_request.passed = 0;
    m_isAnswering = m_exchange.sabotage && m_exchange.sabotage->action == Action::Answer
        && m_shared->strike(*m_exchange.sabotage, m_exchange.number);
    pass(m_request, head);
    return framingOf(head, HttpFramer::Body::None);
}

HttpFramer::Framing ProxyConnection::replyHead(const QByteArray& head)
{
    if (m_isCut)
        return {HttpFramer::Body::UntilClose};
    const int status = head.split(' ').value(1).toInt();
    if (m_exchange.sabotage && m_exchange.sabotage->action == Action::CutReplyHead
        && m_shared->strike(*m_exchange.sabotage, m_exchange.number)) {
        pass(m_reply, head.first(std::min<qsizetype>(m_exchange.sabotage->after, head.size() - 1)));
        cut();
        return {HttpFramer::Body::UntilClose};
    }
    m_shared->update(m_exchange.number, [status](ProxiedRequest& request) { request.status = status; });
    if (m_exchange.sabotage && m_exchange.sabotage->action == Action::StallReplyHead
        && m_shared->strike(*m_exchange.sabotage, m_exchange.number)) {
        const auto at = std::min<qsizetype>(m_exchange.sabotage->after, head.size());
        pass(m_reply, head.first(at));
        stall(m_reply);
        pass(m_reply, head.sliced(at));
    } else {
        pass(m_reply, head);
    }
    m_reply.passed = 0;
    if (status >= 100 && status < 200)
        return {HttpFramer::Body::None, 0, true};
    if (m_exchange.method == "HEAD" || status == 204 || status == 304)
        return {};
    return framingOf(head, HttpFramer::Body::UntilClose);
}

void ProxyConnection::requestEnd()
{
    if (m_isAnswering)
        answer();
}

void ProxyConnection::answer()
{
    const Sabotage sabotage = *std::exchange(m_exchange.sabotage, std::nullopt);
    m_isAnswering = false;
    m_shared->update(m_exchange.number,
                     [&sabotage](ProxiedRequest& request) { request.status = sabotage.status; });
    m_client.write("HTTP/1.1 " + QByteArray::number(sabotage.status) + " Sabotage\r\n" + sabotage.headers
                   + "Content-Length: 0\r\n\r\n");
}

void ProxyConnection::cut()
{
    m_client.flush();
    m_server.flush();
    m_isCut = true;
    // Later, since we stand in the middle of reading from one of them.
    QMetaObject::invokeMethod(this, &ProxyConnection::abort, Qt::QueuedConnection);
}

void ProxyConnection::abort()
{
    m_client.abort();
    m_server.abort();
    deleteLater();
}

//! The receiver's side ends in order, after all that was passed on; only then the sender's breaks, so that
//! whoever comes back finds what arrived.
void ProxyConnection::cutAfterArrival(const Way& way)
{
    m_isCut = true;
    connect(way.to, &QTcpSocket::disconnected, this, &ProxyConnection::abort, Qt::QueuedConnection);
    if (&way == &m_reply) {
        QMetaObject::invokeMethod(&m_client, &QTcpSocket::disconnectFromHost, Qt::QueuedConnection);
        return;
    }
    m_isEndingRequests = true;
    connect(&m_server, &QTcpSocket::readyRead, this, [this] { m_server.readAll(); }); // whatever it says
    connect(&m_server, &QTcpSocket::bytesWritten, this, &ProxyConnection::endRequests);
    QMetaObject::invokeMethod(this, &ProxyConnection::endRequests, Qt::QueuedConnection);
}

void ProxyConnection::endRequests()
{
    // The server has to be heard further on: it closes when it has read to the end. Qt knows no such half
    // end.
    if (m_server.state() != QAbstractSocket::ConnectedState)
        abort();
    else if (m_server.bytesToWrite() == 0 && std::exchange(m_isEndingRequests, false))
        ::shutdown(static_cast<int>(m_server.socketDescriptor()), SHUT_WR);
}

void ProxyConnection::stall(Way& way)
{
    const QMutexLocker lock(&m_shared->mutex);
    if (m_shared->isReleased)
        return;
    way.isStalled = true;
    ++m_shared->stalled;
}

void ProxyConnection::release()
{
    for (Way* way : {&m_request, &m_reply}) {
        if (!std::exchange(way->isStalled, false))
            continue;
        {
            const QMutexLocker lock(&m_shared->mutex);
            --m_shared->stalled;
        }
        pass(*way, std::exchange(way->held, {}));
        readFrom(*way);
    }
}

void ProxyConnection::sideClosed()
{
    if (m_isCut)
        return;
    // What had come before the end still goes through.
    for (Way* way : {&m_request, &m_reply}) {
        if (way->isStalled)
            continue;
        while (way->from->bytesAvailable() > 0 && way->to->state() == QAbstractSocket::ConnectedState)
            way->framer.feed(way->from->readAll());
    }
    m_isCut = true;
    m_client.disconnectFromHost();
    m_server.disconnectFromHost();
    deleteLater();
}

} // namespace Tagboat::Testing
