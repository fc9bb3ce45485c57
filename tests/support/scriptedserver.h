// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"

#include <QObject>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <optional>

namespace Tagboat {

struct TestCertificate;

//! What the server got.
struct ScriptedRequest
{
    QByteArray method;
    QByteArray target; //!< as sent, query included
    HttpHeaders headers;
    QByteArray body; //!< as far as kept, see ScriptedServer::keepBodies
    qint64 bodySize = 0;
    bool isBodyPattern = true; //!< the body is scriptedPattern() as far as it came
    int connection = 0;        //!< number of the connection, from 1

    [[nodiscard]] QByteArray path() const { return target.split('?').constFirst(); }
};

//! What the server does about it.
struct ScriptedAnswer
{
    enum class Ending {
        KeepAlive,
        Close, //!< in an orderly way
        Reset, //!< RST
        Hang,  //!< says no more, keeps the connection
    };

    int status = 200;
    HttpHeaders headers; //!< Content-Length is added where neither it nor `isChunked` is set
    QByteArray body;
    qint64 patternSize = -1; //!< in place of `body`: so many bytes of scriptedPattern(), streamed
    bool isChunked = false;
    qint64 cutAfter = -1; //!< so many bytes of the body are sent, then comes `ending`
    bool hangsBeforeHead = false;
    std::chrono::milliseconds pause{0}; //!< between pieces of `pieceSize`
    qint64 pieceSize = 64 * 1024;
    QByteArray raw; //!< sent as it is in place of all of the above but `ending`
    Ending ending = Ending::KeepAlive;
    bool stopsReading = false; //!< for early answers: takes no more of the request's body

    [[nodiscard]] static ScriptedAnswer text(int status, QByteArray body, QByteArray type = "text/plain");
    [[nodiscard]] static ScriptedAnswer json(int status, QByteArray body)
    {
        return text(status, body, "application/json");
    }
    [[nodiscard]] static ScriptedAnswer pattern(qint64 size);
    [[nodiscard]] static ScriptedAnswer redirect(int status, QByteArray location);
    [[nodiscard]] static ScriptedAnswer hang();
    //! Header by header: `ScriptedAnswer::text(200, "x").with("ETag", "y")`.
    [[nodiscard]] ScriptedAnswer with(QByteArray name, QByteArray value) &&;
};

//! Bytes that anybody can make for any offset, and that no encoder makes small.
[[nodiscard]] QByteArray scriptedPattern(qint64 offset, qint64 size);

/*!
 * \brief A real HTTP/1.1 server on loopback that does what a test tells it: answers, breaks, hangs,
 * truncates, redirects.
 *
 * Runs in the thread that made it, which needs an event loop. Routes go by method and path (no query); "*" is
 * any method, and a path that ends in "*" any path that begins so. The last route added wins; no route is a
 * 404.
 */
class ScriptedServer : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<ScriptedAnswer(const ScriptedRequest&)>;
    //! Called when the head is here, the body still to come; an answer ends the request early.
    using EarlyHandler = std::function<std::optional<ScriptedAnswer>(const ScriptedRequest&)>;

    explicit ScriptedServer(QObject* parent = nullptr);
    ~ScriptedServer() override;

    //! Before listen().
    void useTls(const TestCertificate& certificate);
    //! A free port chosen by the system on 127.0.0.1.
    [[nodiscard]] bool listen();
    //! The same on a unix socket.
    [[nodiscard]] bool listenOn(const QString& socketPath);

    void on(const QByteArray& method, const QByteArray& path, Handler handler);
    void on(const QByteArray& method, const QByteArray& path, ScriptedAnswer answer);
    void onHead(const QByteArray& method, const QByteArray& path, EarlyHandler handler);
    //! How much of a request's body is kept for looking at; 4 MiB if not set.
    void keepBodies(qint64 limit) { m_bodyLimit = limit; }
    //! New connections are dropped with RST at their first byte.
    void resetNewConnections(bool on = true) { m_resetsNew = on; }
    //! New connections are accepted and then ignored; without useTls() a TLS hello is not answered either.
    void ignoreNewConnections(bool on = true) { m_ignoresNew = on; }

    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QUrl url(const QByteArray& target = "/") const;
    //! "127.0.0.1:PORT", as in a reference.
    [[nodiscard]] QString host() const;
    //! In the order in which they were complete (or answered early).
    [[nodiscard]] const QList<ScriptedRequest>& requests() const { return m_requests; }
    [[nodiscard]] int requestCount(const QByteArray& method, const QByteArray& path) const;
    void forgetRequests() { m_requests.clear(); }
    [[nodiscard]] int connectionCount() const { return m_connectionCount; }
    [[nodiscard]] int openConnections() const;
    //! Closes them all, whatever they are doing.
    void dropConnections();
    //! Bytes of the body that is being received right now.
    [[nodiscard]] qint64 bytesReceived() const { return m_bytesReceived; }

private:
    friend class ScriptedConnection;
    struct Route
    {
        QByteArray method;
        QByteArray path;
        Handler handler;
        EarlyHandler early;
        [[nodiscard]] bool matches(const ScriptedRequest& request) const;
    };

    void accept(QIODevice* socket);
    [[nodiscard]] std::optional<ScriptedAnswer> answerEarly(const ScriptedRequest& request) const;
    [[nodiscard]] ScriptedAnswer answer(const ScriptedRequest& request) const;
    void record(const ScriptedRequest& request);

    struct Listener;
    std::unique_ptr<Listener> m_listener;
    QList<Route> m_routes;
    QList<ScriptedRequest> m_requests;
    qint64 m_bodyLimit = 4 * 1024 * 1024;
    qint64 m_bytesReceived = 0;
    int m_connectionCount = 0;
    bool m_resetsNew = false;
    bool m_ignoresNew = false;
};

} // namespace Tagboat
