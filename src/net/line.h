// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/activity.h"
#include "net/outgoingfile.h"
#include "net/socketinput.h"
#include "net/target.h"

#include <QHostAddress>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QSslError>
#include <QTimer>

class QIODevice;
class QSocketNotifier;
class QTcpSocket;

namespace Tagboat {

/*!
 * \brief A connection on which HTTP/1.1 is spoken by hand: TCP, TLS or a unix socket.
 *
 * What comes in is taken off the socket at once (up to a limit), since sockets throw it away when a write
 * fails after the other side has spoken and gone.
 *
 * Of a host with several addresses the next is tried beside the ones before when those do not answer at once,
 * and the first that answers is taken; it fails when all have failed, in the words of the last.
 */
class Line : public QObject
{
    Q_OBJECT

public:
    //! Connects, TLS handshake included.
    [[nodiscard]] static Task<Result<std::shared_ptr<Line>>>
    connectTo(Target target, std::shared_ptr<Activity> activity, std::stop_token stop);
    //! The same where the target's addresses, at least one, are known already.
    [[nodiscard]] static Task<Result<std::shared_ptr<Line>>> connectToAny(QList<QHostAddress> addresses,
                                                                          Target target,
                                                                          std::shared_ptr<Activity> activity,
                                                                          std::stop_token stop);
    explicit Line(const Target& target);
    ~Line() override;

    //! Whom to wake from now on.
    void setActivity(std::shared_ptr<Activity> activity) { m_activity = std::move(activity); }
    //! A request and its reply have passed: the server may close it any time.
    [[nodiscard]] bool hasServed() const { return m_hasServed; }
    void setServed() { m_hasServed = true; }
    void write(const QByteArray& bytes);
    //! Accepted by write(), not yet by the system.
    [[nodiscard]] qint64 bytesToWrite() const;
    //! Nothing stands between the bytes of a file and the socket: no TLS, no proxy.
    [[nodiscard]] bool canSendFiles() const;
    //! Sends the next bytes of \a file, at most \a maxSize; only while bytesToWrite() is 0. False where the
    //! file cannot give them. That the other side has gone is told by isUp().
    [[nodiscard]] bool sendFrom(OutgoingFile& file, qint64 maxSize);
    //! Raises the activity when the system takes more, once.
    void raiseWhenWritable();
    //! What came in and nobody took; take it by changing it, then call resumeReading().
    [[nodiscard]] QByteArray& received() { return m_received; }
    void resumeReading();
    //! Takes in what has come since the event loop ran last. Before a write.
    void lookForInput();
    //! Connected, and nothing is wrong with it.
    [[nodiscard]] bool isUp() const { return m_isUp; }
    //! Why it is not.
    [[nodiscard]] const Error& failure() const { return m_failure; }
    [[nodiscard]] bool failedInHandshake() const { return m_failedInHandshake; }
    void close();

private:
    [[nodiscard]] static Task<Result<std::shared_ptr<Line>>>
    waitUntilUp(std::shared_ptr<Line> line, std::shared_ptr<Activity> activity, std::stop_token stop);
    void resolve();
    void openNext();
    void openTcp(const QString& address);
    void take(QTcpSocket* socket);
    void drop(QTcpSocket* socket);
    void attemptFailed(QTcpSocket* socket, QAbstractSocket::SocketError error);
    void tcpFailed(QTcpSocket* socket, QAbstractSocket::SocketError error);
    void openLocal();
    void setUp();
    [[nodiscard]] qint64 receiveLimit() const;
    void makeRoom(qint64 size);
    [[nodiscard]] qintptr descriptor() const;
    void lookForEnd();
    void giveUp(Error error);
    void raise();

    Target m_target;
    std::shared_ptr<Activity> m_activity;
    SpareDescriptor m_spare;                     // of a plain connection
    QIODevice* m_socket = nullptr;               // child; of TCP the one that is connected
    std::unique_ptr<QSocketNotifier> m_writable; // of m_socket, beside Qt's own
    QList<QTcpSocket*> m_attempts;               // children, each on its way to another address
    QNetworkProxy m_proxy{QNetworkProxy::NoProxy};
    QList<QHostAddress> m_addresses; // still to be tried
    QTimer m_patience;
    QByteArray m_received;
    Error m_failure;
    QList<QSslError> m_tlsErrors;
    bool m_hasServed = false;
    bool m_isUp = false;
    bool m_isOver = false;
    bool m_isLooking = false;
    bool m_failedInHandshake = false;
};

} // namespace Tagboat
