// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "base/task.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace Tagboat {

//! Header fields in order, repeated ones kept apart; names compare without case.
class HttpHeaders
{
public:
    void add(QByteArray name, QByteArray value) { m_fields.emplace_back(std::move(name), std::move(value)); }
    void set(const QByteArray& name, QByteArray value);
    [[nodiscard]] QByteArray value(QByteArrayView name) const; //!< the first, or empty
    [[nodiscard]] QByteArrayList values(QByteArrayView name) const;
    [[nodiscard]] bool contains(QByteArrayView name) const;
    [[nodiscard]] const QList<std::pair<QByteArray, QByteArray>>& fields() const { return m_fields; }

private:
    QList<std::pair<QByteArray, QByteArray>> m_fields;
};

struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    HttpHeaders headers; //!< without Authorization
    //! Value of the Authorization header; goes to the scheme, host and port of `url` only, never along a
    //! redirect.
    QByteArray authorization;
    QByteArray body; //!< small bodies
    //! Large bodies, streamed. Where ByteSource::file() says that its bytes lie in a plain file and nothing
    //! stands between that and the socket (TLS, a proxy), the system sends them and the source is not read.
    //! Where the file does not give them all the source is, so that it can tell what is wrong.
    ByteSourcePtr bodySource;
    qint64 bodySize = -1; //!< of bodySource; -1: not known, sent in chunks
    //! Bytes of the body handed to the connection: about every PieceSize and at the end.
    ProgressCallback uploadProgress;
    //! May be sent again where it is not known whether the first was heard: besides GET and HEAD, which
    //! always may, what does the same twice. Concerns requests whose body is in memory.
    bool isRepeatable = false;
    bool followRedirects = true;                   //!< GET and HEAD only; other methods get the 3xx reply
    std::chrono::milliseconds idleTimeout{60'000}; //!< no byte either way for this long is Timeout
    //! In place of idleTimeout, where that is shorter, from when the whole request has been sent until the
    //! reply begins: for what a server does not answer before it has stored it.
    std::chrono::milliseconds replyTimeout{0};
    qint64 maxBody = 8 * 1024 * 1024; //!< for send(): a larger reply is Corrupt
    //! Path of a unix socket to speak through; `url` is then "http://localhost/…", and no policy is asked.
    QString unixSocket;
    //! The registry (host:port) on whose behalf this is asked. Its CA certificates, its permission of plain
    //! HTTP and its proxy hold as well for every host on the way that has no settings of its own: its token
    //! server, and where its blobs lie.
    QString policyHost;
    QString operation; //!< for errors: "push blob"
    QString subject;   //!< for errors: the reference or digest; the redacted URL where empty
};

struct HttpResponse
{
    int status = 0;
    HttpHeaders headers;
    QUrl url; //!< after redirects
    QByteArray body;
};

//! A reply whose body is still to be read; bounded memory (read buffer of a few pieces) however large.
struct HttpStream
{
    int status = 0;
    HttpHeaders headers;
    QUrl url;
    qint64 contentLength = -1;
    ByteSourcePtr body; //!< dropping it aborts the rest
};

//! How one host (host:port as in a reference's registry) is to be spoken to.
struct HostPolicy
{
    //! http URLs to it are an error otherwise, but for loopback of which no certificate is pinned.
    bool allowPlainHttp = false;
    QList<QSslCertificate> extraCa = {};
    QString connectTo = {}; //!< "address[:port]" in place of name resolution
    //! What a server gets that asks who we are: ours first, then what leads to a CA that it knows.
    QList<QSslCertificate> clientCertificates = {};
    QSslKey clientKey = {};
    //! SHA-256 (32 bytes) of the one certificate that is accepted, whatever its name, issuer and dates; no
    //! other is, however well it is signed. Empty: certificates are judged as usual.
    QByteArray pinnedSha256 = {};
    //! "none", or the URL of a proxy (net/proxies.h, chosenProxy()) that holds whatever NO_PROXY says. Empty:
    //! as the environment says.
    QString proxy = {};
    friend bool operator==(const HostPolicy&, const HostPolicy&) = default;
};
using HostPolicies = std::function<HostPolicy(const QString& hostAndPort)>;

/*!
 * \brief The only maker of HTTP requests.
 *
 * An HTTP status of any kind is a response, not an Error, be it early: a server that refuses a body while it
 * is still being sent is heard. Errors are what kept a response from arriving: Network (a body shorter than
 * announced too, since trying again may help), Timeout, Tls (the message names host, issuer and SHA-256
 * fingerprint of the certificate), PlainHttpServer (the server answered a TLS hello in plain HTTP, or a plain
 * http URL of a host for which that is not allowed), Cancelled, Corrupt (no HTTP, body over the limit,
 * redirects without end), Unsupported (a redirect that is refused), or what the source of the request's body
 * failed with, InvalidInput (no web address, or a policy's proxy that is none). Rules kept for every request:
 * redirects by hand, at most 10, never https→http, never from a public host to a loopback, link-local or
 * private address literal, Authorization dropped when scheme, host or port change; `Accept-Encoding:
 * identity`; no cookies; no cached authentication; own User-Agent; HTTP/1.1;
 * idle timeout always; log lines (category tagboat.net) redacted.
 *
 * One thing is not noticed: a chunked reply in the clear through a proxy that breaks off between two chunks.
 * Who reads one checks what it got, by digest or by parsing it.
 *
 * Lives on the engine thread. API calls have a bounded number of connections to each host, which blob
 * transfers do not use up. Destroying it while a request is awaited is a bug: stop, await, then destroy.
 */
class HttpClient
{
public:
    explicit HttpClient(HostPolicies policies = {});
    ~HttpClient();
    Q_DISABLE_COPY_MOVE(HttpClient)

    //! Sends and reads the whole reply (up to maxBody).
    [[nodiscard]] Task<Result<HttpResponse>> send(HttpRequest request, std::stop_token stop);
    //! Sends and returns when the headers are here.
    [[nodiscard]] Task<Result<HttpStream>> open(HttpRequest request, std::stop_token stop);

    //! Loopback hosts ("localhost", 127.0.0.0/8, ::1) are spoken to by plain HTTP without asking.
    [[nodiscard]] static bool isLoopback(const QString& host);
    //! An http \a url would be sent to, as things stand now.
    [[nodiscard]] bool allowsPlainHttp(const QUrl& url) const;

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace Tagboat
