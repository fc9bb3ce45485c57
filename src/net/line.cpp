// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/line.h"

#include "net/failure.h"
#include "net/origin.h"
#include "net/socketinput.h"
#include "net/tlspolicy.h"

#include <QHostInfo>
#include <QLocalSocket>
#include <QSocketNotifier>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! A piece is handed on whole where it is all there is; more would be copied to be cut.
constexpr qint64 ReceiveLimit = PieceSize;
//! TLS keeps as much three times: before and after it is deciphered, and here.
constexpr qint64 TlsReceiveLimit = PieceSize / 2;

//! Asked for where the system does not tell how much is there.
constexpr qint64 LeastRead = 4096;
//! From here on room is made for as much as may come.
constexpr qint64 LargeReply = 64 * 1024;

//! So long may what was sent remain without an answer of the other side's system. A path that is gone is not
//! noticed otherwise while a reply is waited for that may take long.
constexpr auto UnheardTimeout = 60s;

//! After so long the next address of a host is tried too: of two families often one leads nowhere. As RFC
//! 8305 recommends.
constexpr auto AddressPatience = 250ms;

//! The resolver's order, but the families by turns.
QList<QHostAddress> takingTurns(QList<QHostAddress> addresses)
{
    QList<QHostAddress> ordered;
    while (!addresses.isEmpty()) {
        const auto last =
            ordered.isEmpty() ? QAbstractSocket::UnknownNetworkLayerProtocol : ordered.constLast().protocol();
        const auto other =
            std::ranges::find_if(addresses, [last](const auto& a) { return a.protocol() != last; });
        ordered += addresses.takeAt(other == addresses.end() ? 0 : std::distance(addresses.begin(), other));
    }
    return ordered;
}

} // namespace

Task<Result<std::shared_ptr<Line>>> Line::connectTo(Target target, std::shared_ptr<Activity> activity,
                                                    std::stop_token stop)
{
    const auto line = std::make_shared<Line>(target);
    line->setActivity(activity);
    if (!target.unixSocket.isEmpty())
        line->openLocal();
    else
        line->resolve();
    auto tried = co_await waitUntilUp(line, activity, stop);
    co_return tried;
}

Task<Result<std::shared_ptr<Line>>> Line::connectToAny(QList<QHostAddress> addresses, Target target,
                                                       std::shared_ptr<Activity> activity,
                                                       std::stop_token stop)
{
    const auto line = std::make_shared<Line>(target);
    line->setActivity(activity);
    line->m_addresses = addresses;
    line->openNext();
    auto tried = co_await waitUntilUp(line, activity, stop);
    co_return tried;
}

Task<Result<std::shared_ptr<Line>>>
Line::waitUntilUp(std::shared_ptr<Line> line, std::shared_ptr<Activity> activity, std::stop_token stop)
{
    while (!line->m_isUp && !line->m_isOver) {
        auto moved = co_await Activity::wait(activity, stop);
        if (!moved)
            co_return std::unexpected(std::move(moved.error()));
    }
    co_return line;
}

Line::Line(const Target& target) : m_target(target)
{
    if (target.unixSocket.isEmpty())
        m_proxy = target.proxy();
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &Line::openNext);
}

Line::~Line()
{
    for (QTcpSocket* const socket : std::as_const(m_attempts))
        socket->disconnect(this);
    m_writable.reset();
    if (m_socket)
        m_socket->disconnect(this);
    delete m_socket;
}

void Line::resolve()
{
    const QString host = m_target.connectHost();
    // A proxy looks names up itself.
    if (m_proxy.type() != QNetworkProxy::NoProxy || !QHostAddress(host).isNull()) {
        openTcp(host);
        return;
    }
    QHostInfo::lookupHost(host, this, [this](const QHostInfo& info) {
        m_addresses = takingTurns(info.addresses());
        if (m_addresses.isEmpty()) {
            const QString words = m_target.connectHost() + u": "_s + info.errorString();
            giveUp(Error::make(Error::Code::Network, {}, words).with(Error::Fault::HostNotFound));
            return;
        }
        openNext();
    });
}

void Line::openNext()
{
    m_patience.stop();
    if (m_socket || m_addresses.isEmpty())
        return;
    const QString address = m_addresses.takeFirst().toString();
    if (!m_addresses.isEmpty())
        m_patience.start(AddressPatience);
    openTcp(address); // last: where there is no way to an address, the next is opened from in here
}

void Line::openTcp(const QString& address)
{
    const bool isTls = m_target.isTls();
    auto* const socket = isTls ? new QSslSocket(this) : new QTcpSocket(this);
    m_attempts += socket;
    socket->setReadBufferSize(isTls ? TlsReceiveLimit : ReceiveLimit);
    socket->setProxy(m_proxy);
    connect(socket, &QTcpSocket::connected, this, [this, socket] { take(socket); });
    connect(socket, &QTcpSocket::errorOccurred, this,
            [this, socket](QAbstractSocket::SocketError error) { tcpFailed(socket, error); });
    if (!isTls) {
        // Not buffered by Qt: what comes is copied once, from the system to whoever reads it.
        socket->connectToHost(address, m_target.connectPort(), QIODevice::ReadWrite | QIODevice::Unbuffered);
        return;
    }
    auto* const tls = static_cast<QSslSocket*>(socket);
    tls->setSslConfiguration(tlsConfiguration(m_target.policy));
    connect(tls, &QSslSocket::encryptedBytesWritten, this, &Line::raise);
    connect(tls, &QSslSocket::sslErrors, this, [this, tls](const QList<QSslError>& errors) {
        if (isPinned(m_target.policy, tls->peerCertificate()))
            tls->ignoreSslErrors(errors);
        else
            m_tlsErrors = errors;
    });
    connect(tls, &QSslSocket::encrypted, this, [this, tls] {
        // Also one that nothing else is wrong with. Nothing has been sent yet.
        if (breaksPin(m_target.policy, tls->peerCertificate()))
            giveUp(pinFailure(hostAndPort(m_target.url), tls->peerCertificate()));
        else
            setUp();
    });
    tls->connectToHostEncrypted(address, m_target.connectPort(), m_target.url.host());
}

//! The first that is connected is the one; a handshake that fails then would fail at the others as well.
void Line::take(QTcpSocket* socket)
{
    m_patience.stop();
    m_addresses.clear();
    m_socket = socket;
    m_attempts.removeOne(socket);
    while (!m_attempts.isEmpty())
        drop(m_attempts.constFirst());
    endWhenUnheard(socket->socketDescriptor(), UnheardTimeout);
    keepQueueShort(socket->socketDescriptor());
    if (!m_target.isTls())
        m_spare = SpareDescriptor(socket->socketDescriptor());
    connect(socket, &QTcpSocket::readyRead, this, &Line::resumeReading);
    connect(socket, &QTcpSocket::bytesWritten, this, &Line::raise);
    connect(socket, &QTcpSocket::disconnected, this, [this] {
        resumeReading();
        giveUp(Error::make(Error::Code::Network, {}, u"the connection was closed"_s));
    });
    if (!m_target.isTls())
        setUp();
}

void Line::drop(QTcpSocket* socket)
{
    m_attempts.removeOne(socket);
    socket->disconnect(this);
    socket->deleteLater(); // this may be its own signal
}

void Line::attemptFailed(QTcpSocket* socket, QAbstractSocket::SocketError error)
{
    const QString words = socket->errorString();
    drop(socket);
    if (!m_addresses.isEmpty())
        openNext();
    else if (m_attempts.isEmpty())
        giveUp(socketFailure(error, words));
}

void Line::tcpFailed(QTcpSocket* socket, QAbstractSocket::SocketError error)
{
    if (m_isLooking && error == QAbstractSocket::SocketTimeoutError)
        return; // a part of a TLS record, no more
    if (socket != m_socket) {
        attemptFailed(socket, error);
        return;
    }
    resumeReading();
    if (!m_target.isTls())
        m_received += lastInput(m_spare.descriptor());
    if (!m_tlsErrors.isEmpty()) {
        const auto* const tls = qobject_cast<const QSslSocket*>(socket);
        const QSslCertificate peer = tls->peerCertificate();
        giveUp(breaksPin(m_target.policy, peer)
                   ? pinFailure(hostAndPort(m_target.url), peer)
                   : certificateFailure(hostAndPort(m_target.url), m_tlsErrors, peer));
        return;
    }
    if (m_target.isTls() && wantsClientCertificate(socket->errorString())) {
        giveUp(clientCertificateFailure(hostAndPort(m_target.url), hasClientCertificate(m_target.policy)));
        return;
    }
    m_failedInHandshake = m_target.isTls() && !m_isUp
        && (error == QAbstractSocket::SslHandshakeFailedError
            || error == QAbstractSocket::RemoteHostClosedError);
    giveUp(socketFailure(error, socket->errorString()));
}

void Line::openLocal()
{
    auto* const socket = new QLocalSocket(this);
    m_socket = socket;
    socket->setReadBufferSize(ReceiveLimit);
    connect(socket, &QLocalSocket::readyRead, this, &Line::resumeReading);
    connect(socket, &QLocalSocket::bytesWritten, this, &Line::raise);
    connect(socket, &QLocalSocket::connected, this, &Line::setUp);
    connect(socket, &QLocalSocket::errorOccurred, this, [this, socket](QLocalSocket::LocalSocketError error) {
        if (m_isLooking && error == QLocalSocket::SocketTimeoutError)
            return;
        resumeReading();
        giveUp(localSocketFailure(error, m_target.unixSocket, socket->errorString()));
    });
    connect(socket, &QLocalSocket::disconnected, this, [this] {
        resumeReading();
        giveUp(Error::make(Error::Code::Network, {}, u"the connection was closed"_s));
    });
    socket->connectToServer(m_target.unixSocket);
}

void Line::setUp()
{
    // The last bytes of a request do not wait until those before have been acknowledged.
    if (auto* const tcp = qobject_cast<QTcpSocket*>(m_socket))
        tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_isUp = true;
    raise();
}

void Line::giveUp(Error error)
{
    if (!m_isOver)
        m_failure = std::move(error);
    m_isOver = true;
    m_isUp = false;
    m_writable.reset(); // before the descriptor is closed
    raise();
}

void Line::raise()
{
    if (m_activity)
        m_activity->raise();
}

void Line::write(const QByteArray& bytes)
{
    if (!m_isUp)
        return;
    if (m_writable)
        m_writable->setEnabled(false); // Qt's own comes in now, and there must not be two
    const qint64 written = m_socket->write(bytes);
    auto* const tcp = qobject_cast<QTcpSocket*>(m_socket);
    if (tcp && written < 0) {
        // Not buffered, so that the failure is not told in any other way.
        m_received += lastInput(m_spare.descriptor());
        giveUp(socketFailure(tcp->error(), tcp->errorString()));
        return;
    }
    // At once, for the same reason: Qt would do it from an event, whatever has come in by then.
    if (tcp)
        tcp->flush();
}

qint64 Line::bytesToWrite() const
{
    const auto* const tls = qobject_cast<const QSslSocket*>(m_socket);
    return m_isUp ? m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0) : 0;
}

bool Line::canSendFiles() const
{
    return m_isUp && !m_target.isTls() && m_proxy.type() == QNetworkProxy::NoProxy && descriptor() >= 0;
}

qintptr Line::descriptor() const
{
    if (const auto* const tcp = qobject_cast<const QTcpSocket*>(m_socket))
        return tcp->socketDescriptor();
    const auto* const local = qobject_cast<const QLocalSocket*>(m_socket);
    return local ? local->socketDescriptor() : -1;
}

bool Line::sendFrom(OutgoingFile& file, qint64 maxSize)
{
    if (!m_isUp)
        return true;
    const auto step = file.sendTo(descriptor(), maxSize);
    if (step.outcome == OutgoingFile::Step::Outcome::SocketFailed) {
        // Qt does not know of it, and hears nothing any more that would explain it.
        resumeReading();
        m_received += lastInput(descriptor());
        giveUp(Error::make(Error::Code::Network, {}, u"the remote host closed the connection"_s));
    }
    return step.outcome != OutgoingFile::Step::Outcome::FileFailed;
}

void Line::raiseWhenWritable()
{
    if (!m_isUp)
        return;
    if (!m_writable) {
        m_writable = std::make_unique<QSocketNotifier>(descriptor(), QSocketNotifier::Write);
        connect(m_writable.get(), &QSocketNotifier::activated, this, [this] {
            m_writable->setEnabled(false);
            raise();
        });
    }
    m_writable->setEnabled(true);
}

void Line::lookForInput()
{
    // Of a socket that is ready for both, writing may come first, and fail, and with it go the words that
    // explain why.
    m_isLooking = true;
    auto* const tcp = qobject_cast<QTcpSocket*>(m_socket);
    auto* const local = qobject_cast<QLocalSocket*>(m_socket);
    if (tcp && m_isUp && hasInput(tcp->socketDescriptor())) {
        if (m_target.isTls())
            tcp->waitForReadyRead(0);
        else
            resumeReading(); // straight from the system
    }
    if (local && m_isUp && hasInput(local->socketDescriptor()))
        local->waitForReadyRead(0);
    m_isLooking = false;
}

qint64 Line::receiveLimit() const
{
    return m_target.isTls() ? TlsReceiveLimit : ReceiveLimit;
}

//! For \a size bytes behind what is there already. Begun anew after each piece that was taken: the little
//! that was left of it goes along, so that the next one is aligned too.
void Line::makeRoom(qint64 size)
{
    if (m_received.size() >= PieceAlignment && m_received.capacity() >= receiveLimit())
        return;
    // A reply of a few bytes may be kept for long; of a large one more is on the way.
    const qint64 needed = m_received.size() + size;
    QByteArray room = alignedRoom(needed < LargeReply ? needed : receiveLimit());
    room += m_received;
    m_received = std::move(room);
}

void Line::resumeReading()
{
    const qint64 room = receiveLimit() - m_received.size();
    if (room <= 0 || !m_socket->isOpen())
        return;
    // Ask also where nothing is there, or nothing is told any more.
    const qint64 wanted =
        std::clamp<qint64>(m_socket->bytesAvailable(), std::min<qint64>(LeastRead, room), room);
    makeRoom(wanted);
    const qsizetype before = m_received.size();
    m_received.resize(before + wanted);
    const qint64 count = m_socket->read(m_received.data() + before, wanted);
    m_received.truncate(before + std::max<qint64>(count, 0));
    if (count <= 0) {
        lookForEnd();
        return;
    }
    raise();
}

//! Of a socket without a buffer nobody is told that it has ended: the read that finds out just gives nothing.
void Line::lookForEnd()
{
    const auto* const tcp = qobject_cast<const QTcpSocket*>(m_socket);
    if (m_isOver || !tcp || tcp->state() == QAbstractSocket::ConnectedState
        || tcp->state() == QAbstractSocket::ClosingState)
        return;
    giveUp(tcp->error() == QAbstractSocket::UnknownSocketError
                   || tcp->error() == QAbstractSocket::RemoteHostClosedError
               ? Error::make(Error::Code::Network, {}, u"the connection was closed"_s)
               : socketFailure(tcp->error(), tcp->errorString()));
}

void Line::close()
{
    giveUp(Error::make(Error::Code::Network, {}, u"the connection was closed"_s));
    m_socket->disconnect(this);
    if (auto* const tcp = qobject_cast<QTcpSocket*>(m_socket))
        tcp->abort();
    else if (auto* const local = qobject_cast<QLocalSocket*>(m_socket))
        local->abort();
}

} // namespace Tagboat
