// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <memory>

namespace Tagboat::Testing {

//! What is to go wrong, and with which requests.
struct Sabotage
{
    enum class Action {
        CutRequest,   //!< both connections are reset after `after` bytes of the request's body
        CutReply,     //!< … of the reply's body
        CutReplyHead, //!< … of the reply's head; 0: the server has done it all, and the client hears nothing
        StallRequest, //!< no more bytes go on after so many, until SabotageProxy::release()
        StallReply,
        StallReplyHead, //!< … of the reply's head
        CorruptRequest, //!< one bit of the byte at `after` is turned
        CorruptReply,
        Answer, //!< the server never sees the request; the proxy answers with `status` and `headers`
    };

    Action action = Action::CutReply;
    QByteArray method{}; //!< empty: any
    QByteArray path{};   //!< part of the path; empty: any
    qint64 after = 0;
    int times = 1; //!< how many requests (those that reach the byte count); -1: all
    int skip = 0;  //!< so many matching requests pass first
    int status = 503;
    QByteArray headers{}; //!< lines that end in CRLF, for Answer
    //! For CutRequest and CutReply: what was passed on before the cut still arrives, and is followed by an
    //! orderly end, as when the line breaks elsewhere. A reset makes the kernel throw away what it holds.
    bool arrives = false;
    int id = 0; //!< given by the proxy
};

//! A line that breaks again and again, at places that follow from a seed.
struct RandomCuts
{
    quint64 seed = 1;
    int count = 0;                                        //!< so many cuts; then the line is good
    Sabotage::Action action = Sabotage::Action::CutReply; //!< or CutRequest
    qint64 distance = 1024 * 1024; //!< mean number of bytes of a body before a cut, evenly spread
    int inHeads = 10;  //!< of a hundred requests so many are cut in the reply's head, or before it
    QByteArray path{}; //!< part of the path; empty: any
};

//! A request that passed, or was to pass.
struct ProxiedRequest
{
    QByteArray method;
    QByteArray target;       //!< path and query
    qint64 requestBytes = 0; //!< of the body that came from the client
    qint64 replyBytes = 0;   //!< of the body that went to the client
    int status = 0;          //!< 0: no reply
    bool isSabotaged = false;

    [[nodiscard]] QByteArray path() const { return target.split('?').constFirst(); }
};

/*!
 * \brief A proxy in front of a real server on loopback that breaks what a test tells it to, at the byte it
 * tells.
 *
 * Speaks plain HTTP/1.1 and knows where messages begin and end; the Host header goes on unchanged, so a
 * registry makes its Location headers lead back here. Runs in a thread of its own: a test may block on a
 * program that talks to it.
 */
class SabotageProxy
{
public:
    explicit SabotageProxy(quint16 serverPort);
    ~SabotageProxy();
    Q_DISABLE_COPY_MOVE(SabotageProxy)

    //! Listens on a free loopback port.
    [[nodiscard]] bool start();
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString host() const; //!< "127.0.0.1:PORT", as in a reference
    [[nodiscard]] QUrl url() const;

    void add(const Sabotage& sabotage);
    //! Cuts requests that no Sabotage is meant for, so that what was passed on arrives.
    void cutAtRandom(const RandomCuts& cuts);
    void clear(); //!< forgets what was not done yet
    //! From now on no more bytes a second than this pass, both ways and all connections together; 0: any.
    void setRate(qint64 bytesPerSecond);
    //! Where new connections lead from now on: a server that came back on another port.
    void setServerPort(quint16 port);
    void release(); //!< lets go on what is stalled, and all that would stall
    //! How many requests were sabotaged.
    [[nodiscard]] int struck() const;
    //! How many connections stand still now.
    [[nodiscard]] int stalled() const;

    [[nodiscard]] QList<ProxiedRequest> requests() const;
    //! Requests by method (empty: any) and part of the path.
    [[nodiscard]] int count(const QByteArray& method, const QByteArray& path) const;
    void forgetRequests();

    struct Shared;

private:
    class Listener;

    std::shared_ptr<Shared> m_shared;
    std::unique_ptr<Listener> m_listener;
    quint16 m_serverPort;
    quint16 m_port = 0;
};

} // namespace Tagboat::Testing
