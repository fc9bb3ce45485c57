// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registryconnection.h"

#include <algorithm>

namespace Tagboat::Testing {

namespace {
constexpr qint64 PieceSize = 128 * 1024;
} // namespace

RegistryConnection::RegistryConnection(UploadsRegistry::State& state, qintptr descriptor, QObject* parent)
    : QObject(parent), m_state(state)
{
    m_framer.onHead = [this](const QByteArray& bytes) { return head(bytes); };
    m_framer.onPayload = [this](const QByteArray& bytes) { payload(bytes); };
    m_framer.onFraming = [](const QByteArray&) { };
    m_framer.onEnd = [this] { end(); };
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] {
        // Whoever tries TLS first must not wait for an answer in it.
        if (std::exchange(m_isNew, false) && m_socket.peek(1) == "\x16") {
            m_socket.abort();
            return;
        }
        // In pieces, so that no backlog is taken into memory at once.
        while (m_socket.bytesAvailable() > 0)
            m_framer.feed(m_socket.read(PieceSize));
    });
    connect(&m_socket, &QTcpSocket::bytesWritten, this, &RegistryConnection::sendMore);
    connect(&m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    m_socket.setReadBufferSize(4 * PieceSize);
    m_socket.setSocketDescriptor(descriptor);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

RegistryConnection::~RegistryConnection()
{
    m_socket.disconnect(this);
    if (m_work.session && m_work.session->writer == this)
        m_work.session->writer = nullptr;
}

HttpFramer::Framing RegistryConnection::head(const QByteArray& head)
{
    const QList<QByteArray> words = head.left(head.indexOf('\r')).split(' ');
    m_request = {words.value(0), words.value(1), head};
    m_body.clear();
    m_work = beginRequest(m_state, m_request, m_request.field("Host"), this);
    HttpFramer::Framing framing;
    framing.length = m_request.field("Content-Length").toLongLong();
    if (m_request.field("Transfer-Encoding").compare("chunked", Qt::CaseInsensitive) == 0)
        framing.body = HttpFramer::Body::Chunked;
    else if (framing.length > 0)
        framing.body = HttpFramer::Body::Length;
    // As Go's server does: what is refused by its head is answered while the body is still under way, and the
    // connection is not used again.
    m_isRefused = m_work.reply && framing.body != HttpFramer::Body::None;
    if (m_isRefused)
        send(*std::exchange(m_work.reply, std::nullopt));
    return framing;
}

void RegistryConnection::payload(const QByteArray& bytes)
{
    if (!m_work.session) {
        if (!m_isRefused)
            m_body += bytes;
        return;
    }
    m_state.received += bytes.size();
    RegistrySession& session = *m_work.session;
    (m_work.digest.isEmpty() ? session.unnamed : m_state.receivedFor[m_work.digest]) += bytes.size();
    if (!m_isRefused && session.writer == this && !session.append(bytes))
        qWarning("%s", qPrintable(session.file.errorString()));
}

void RegistryConnection::end()
{
    if (m_isRefused) {
        m_socket.disconnectFromHost();
        return;
    }
    RegistryReply reply = m_work.reply
        ? *m_work.reply
        : endRequest(m_state, m_request, m_work, m_request.field("Host"), m_body);
    m_work = {};
    send(std::move(reply));
}

void RegistryConnection::send(RegistryReply reply)
{
    const bool isFile = !reply.file.isEmpty();
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + " As told\r\n"
        + "Docker-Distribution-Api-Version: registry/2.0\r\n";
    for (const auto& [name, value] : std::as_const(reply.headers))
        head += name + ": " + value + "\r\n";
    if (reply.status != 204)
        head += "Content-Length: " + QByteArray::number(isFile ? reply.size : reply.body.size()) + "\r\n";
    if (m_isRefused)
        head += "Connection: close\r\n";
    m_socket.write(head + "\r\n");
    if (m_request.method == "HEAD" || reply.status == 204)
        return;
    if (!isFile) {
        m_socket.write(reply.body);
        return;
    }
    m_file.close();
    m_file.setFileName(reply.file);
    if (!m_file.open(QIODevice::ReadOnly) || !m_file.seek(reply.offset)) {
        m_socket.abort();
        return;
    }
    m_left = reply.size;
    sendMore();
}

void RegistryConnection::sendMore()
{
    while (m_left > 0 && m_socket.bytesToWrite() < PieceSize) {
        const QByteArray piece = m_file.read(std::min(m_left, PieceSize));
        if (piece.isEmpty()) {
            m_socket.abort();
            return;
        }
        m_left -= piece.size();
        m_socket.write(piece);
    }
}

} // namespace Tagboat::Testing
