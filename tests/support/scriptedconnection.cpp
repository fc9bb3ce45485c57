// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/scriptedconnection.h"

#include <QLocalSocket>
#include <QSslSocket>
#include <QTcpSocket>

#include <sys/socket.h>

namespace Tagboat {

namespace {

constexpr qint64 BufferLimit = 1024 * 1024;

} // namespace

ScriptedConnection::ScriptedConnection(ScriptedServer* server, QIODevice* socket, int number)
    : QObject(server), m_server(server), m_socket(socket), m_number(number)
{
    m_socket->setParent(this);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &ScriptedConnection::write);
    connect(m_socket, &QIODevice::readyRead, this, &ScriptedConnection::read);
    const auto goOn = [this] {
        if (m_state == State::Answering && !m_pause.isActive())
            write();
    };
    connect(m_socket, &QIODevice::bytesWritten, this, goOn);
    if (auto* const tls = qobject_cast<QSslSocket*>(m_socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, goOn);
    if (auto* const tcp = qobject_cast<QTcpSocket*>(m_socket)) {
        tcp->setReadBufferSize(BufferLimit);
        connect(tcp, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    } else if (auto* const local = qobject_cast<QLocalSocket*>(m_socket)) {
        local->setReadBufferSize(BufferLimit);
        connect(local, &QLocalSocket::disconnected, this, &QObject::deleteLater);
    }
    read();
}

ScriptedConnection::~ScriptedConnection()
{
    disconnect(m_socket, nullptr, this, nullptr);
    delete m_socket;
}

void ScriptedConnection::reset(QIODevice* socket)
{
    auto* const tcp = qobject_cast<QTcpSocket*>(socket);
    if (!tcp) {
        socket->close();
        return;
    }
    const linger now = {.l_onoff = 1, .l_linger = 0};
    ::setsockopt(static_cast<int>(tcp->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    tcp->abort();
}

void ScriptedConnection::read()
{
    while (m_state != State::Silent && !(m_state == State::Answering && m_answer.stopsReading)) {
        const QByteArray piece = m_socket->read(256 * 1024);
        m_buffer += piece;
        if (m_state == State::Head && !readHead())
            return;
        if (m_state != State::Head && !m_isBodyComplete)
            m_isBodyComplete = readBody();
        if (m_isBodyComplete && m_state == State::Body) {
            m_server->record(m_request);
            begin(m_server->answer(m_request));
            return; // begin() has come back here for the next request
        }
        if (m_isBodyComplete && m_state == State::Draining)
            m_state = State::Head;
        else if (piece.isEmpty())
            return;
    }
}

// False where more bytes are needed.
bool ScriptedConnection::readHead()
{
    if (!m_buffer.isEmpty() && (m_buffer.front() < 'A' || m_buffer.front() > 'Z')) {
        // As Go's server does when it is spoken to in TLS.
        m_socket->write("HTTP/1.0 400 Bad Request\r\n\r\nthis is no HTTP");
        m_state = State::Silent;
        close();
        return false;
    }
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return m_socket->bytesAvailable() > 0;
    const QByteArrayList lines = m_buffer.first(end).split('\n');
    m_buffer.slice(end + 4);
    const QByteArrayList words = lines.constFirst().trimmed().split(' ');
    m_request = {};
    m_request.connection = m_number;
    m_request.method = words.value(0);
    m_request.target = words.value(1);
    for (const QByteArray& line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        m_request.headers.add(line.first(std::max<qsizetype>(colon, 0)), line.sliced(colon + 1).trimmed());
    }
    m_bodyLeft = m_request.headers.value("Transfer-Encoding").toLower() == "chunked"
        ? -1
        : m_request.headers.value("Content-Length").toLongLong();
    m_server->m_bytesReceived = 0;
    if (m_request.headers.value("Expect").toLower() == "100-continue")
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    m_state = State::Body;
    m_isBodyComplete = false;
    if (auto answer = m_server->answerEarly(m_request)) {
        m_server->record(m_request);
        begin(std::move(*answer));
    }
    return true;
}

// True when the body is complete.
bool ScriptedConnection::readBody()
{
    while (m_bodyLeft < 0) {
        const qint64 size = takeChunk();
        if (size < 0)
            return false;
        if (size == 0)
            return true;
    }
    const qint64 size = std::min<qint64>(m_bodyLeft, m_buffer.size());
    take(m_buffer.first(size));
    m_buffer.slice(size);
    m_bodyLeft -= size;
    return m_bodyLeft == 0;
}

// The size of the chunk taken, 0 for the last; -1 where it is not complete.
qint64 ScriptedConnection::takeChunk()
{
    const qsizetype line = m_buffer.indexOf("\r\n");
    if (line < 0)
        return -1;
    const qint64 size = m_buffer.first(line).toLongLong(nullptr, 16);
    if (m_buffer.size() < line + 2 + size + 2)
        return -1;
    take(m_buffer.sliced(line + 2, size));
    m_buffer.slice(line + 2 + size + 2);
    return size;
}

void ScriptedConnection::take(QByteArray piece)
{
    if (piece.isEmpty())
        return;
    if (m_request.isBodyPattern)
        m_request.isBodyPattern = piece == scriptedPattern(m_request.bodySize, piece.size());
    const qint64 room = m_server->m_bodyLimit - m_request.body.size();
    if (room > 0)
        m_request.body += piece.first(std::min<qint64>(room, piece.size()));
    m_request.bodySize += piece.size();
    m_server->m_bytesReceived = m_request.bodySize;
}

void ScriptedConnection::begin(ScriptedAnswer answer)
{
    m_answer = std::move(answer);
    m_written = 0;
    if (m_answer.hangsBeforeHead) {
        m_state = State::Silent;
        return;
    }
    m_state = State::Answering;
    if (!m_answer.raw.isEmpty()) {
        m_socket->write(m_answer.raw);
        finish();
        return;
    }
    const bool isBodyless = m_request.method == "HEAD" || m_answer.status == 204 || m_answer.status == 304;
    const qint64 fullSize = m_answer.patternSize >= 0 ? m_answer.patternSize : m_answer.body.size();
    m_answerSize = isBodyless ? 0 : fullSize;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(m_answer.status) + " Scripted\r\n";
    for (const auto& [name, value] : m_answer.headers.fields())
        head += name + ": " + value + "\r\n";
    if (m_answer.isChunked)
        head += "Transfer-Encoding: chunked\r\n";
    else if (!m_answer.headers.contains("Content-Length") && m_answer.status != 204 && m_answer.status != 304)
        head += "Content-Length: " + QByteArray::number(fullSize) + "\r\n";
    if (m_answer.ending == ScriptedAnswer::Ending::Close)
        head += "Connection: close\r\n";
    m_socket->write(head + "\r\n");
    write();
}

qint64 ScriptedConnection::bytesToWrite() const
{
    const auto* const tls = qobject_cast<const QSslSocket*>(m_socket);
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

// Goes on as the other side takes it, so that an answer of any size needs little memory.
void ScriptedConnection::write()
{
    const qint64 until = m_answer.cutAfter >= 0 ? std::min(m_answer.cutAfter, m_answerSize) : m_answerSize;
    while (m_written < until) {
        if (bytesToWrite() >= BufferLimit)
            return;
        const qint64 size = std::min(m_answer.pieceSize, until - m_written);
        const QByteArray piece = m_answer.patternSize >= 0 ? scriptedPattern(m_written, size)
                                                           : m_answer.body.sliced(m_written, size);
        m_written += size;
        m_socket->write(m_answer.isChunked ? QByteArray::number(size, 16) + "\r\n" + piece + "\r\n" : piece);
        if (m_answer.pause.count() > 0 && m_written < until) {
            m_pause.start(m_answer.pause);
            return;
        }
    }
    const bool isCut = m_answer.cutAfter >= 0;
    if (m_answer.isChunked && !isCut)
        m_socket->write("0\r\n\r\n");
    finish();
}

void ScriptedConnection::finish()
{
    m_state = State::Silent;
    switch (m_answer.ending) {
    case ScriptedAnswer::Ending::Hang:
        return;
    case ScriptedAnswer::Ending::Close:
        close();
        return;
    case ScriptedAnswer::Ending::Reset:
        // What was said arrives, then comes the RST.
        if (auto* const tcp = qobject_cast<QTcpSocket*>(m_socket)) {
            while (bytesToWrite() > 0 && tcp->waitForBytesWritten(5000)) { }
        }
        reset(m_socket);
        return;
    case ScriptedAnswer::Ending::KeepAlive:
        m_state = m_isBodyComplete ? State::Head : State::Draining;
        read();
        return;
    }
}

void ScriptedConnection::close()
{
    if (auto* const tcp = qobject_cast<QTcpSocket*>(m_socket))
        tcp->disconnectFromHost();
    else if (auto* const local = qobject_cast<QLocalSocket*>(m_socket))
        local->disconnectFromServer();
}

} // namespace Tagboat
