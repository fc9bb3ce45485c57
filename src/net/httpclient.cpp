// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"

#include "base/asyncsemaphore.h"
#include "base/logging.h"
#include "base/redact.h"
#include "net/exchange.h"
#include "net/origin.h"
#include "net/proxies.h"
#include "net/redirect.h"
#include "net/requestheaders.h"
#include "net/wireexchange.h"

#include <QElapsedTimer>
#include <QHash>
#include <QNetworkAccessManager>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! What Qt opens to one host; what is more than that would wait in its queue, where waiting looks like
//! silence.
constexpr int ConnectionsPerHost = 6;
//! Small bodies go through Qt, which can send them again on a connection that had just gone stale.
constexpr qsizetype SmallBody = 64 * 1024;
//! A redirect's body is read to its end up to here, so that its connection can be used again.
constexpr qint64 SmallRedirect = 16 * 1024;

//! Proxies change rarely, and each registry has one.
constexpr qsizetype MaxManagers = 8;

//! One of the two pools of connections.
class Lane
{
public:
    AsyncSemaphore placesFor(const Target& target)
    {
        const QString key = target.key();
        const auto known = m_places.constFind(key);
        return known != m_places.cend() ? *known : *m_places.emplace(key, ConnectionsPerHost);
    }

    //! The one for the proxy of \a target. One that is not kept any more lives as long as its exchanges.
    std::shared_ptr<QNetworkAccessManager> managerFor(const Target& target)
    {
        const QNetworkProxy proxy = target.proxy();
        const QString key = proxyKey(proxy);
        const auto known =
            std::ranges::find_if(m_managers, [&key](const auto& entry) { return entry.first == key; });
        if (known != m_managers.end()) {
            std::rotate(m_managers.begin(), known, known + 1); // the last one used comes first
            return m_managers.constFirst().second;
        }
        auto made = std::make_shared<QNetworkAccessManager>();
        made->setProxy(proxy);
        m_managers.emplaceFront(key, made);
        if (m_managers.size() > MaxManagers)
            m_managers.removeLast();
        return made;
    }

private:
    QList<std::pair<QString, std::shared_ptr<QNetworkAccessManager>>> m_managers;
    QHash<QString, AsyncSemaphore> m_places;
};

Result<void> checkTarget(const Target& target)
{
    const QString scheme = target.url.scheme();
    if (!target.unixSocket.isEmpty())
        return {};
    if (!target.url.isValid() || target.url.host().isEmpty() || (scheme != "http"_L1 && scheme != "https"_L1))
        return fail(Error::Code::InvalidInput, redactedUrl(target.url), u"this is no web address"_s);
    if (auto usable = checkProxy(hostAndPort(target.url), target.policy.proxy); !usable)
        return usable;
    // Not where a certificate has been pinned: whoever listens without it is somebody else.
    const bool isHarmless = target.isOnThisMachine() && target.policy.pinnedSha256.isEmpty();
    if (scheme == "http"_L1 && !target.policy.allowPlainHttp && !isHarmless) {
        return fail(Error::Code::PlainHttpServer, redactedUrl(target.url),
                    u"plain HTTP to %1 is not allowed"_s.arg(hostAndPort(target.url)));
    }
    return {};
}

//! Over a line of our own a request costs a third of what it does with Qt's manager, a body over TLS a
//! fourth. It also looks at the certificate of each connection itself, where Qt would use one again that was
//! made before another was pinned. Only what a proxy is to ask for us in the clear is left to Qt, which has a
//! form of request for that, but for bodies that it cannot stream.
bool goesOverLine(const HttpRequest& request, const Target& target)
{
    return request.bodySource || request.body.size() > SmallBody || !target.unixSocket.isEmpty()
        || target.isTls() || target.proxy().type() == QNetworkProxy::NoProxy;
}

//! Keeps a place until the body has been read or dropped.
class PlacedSource : public ByteSource
{
public:
    PlacedSource(ByteSourcePtr source, AsyncSemaphore::Permit permit)
        : m_source(std::move(source)), m_permit(std::move(permit))
    { }
    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return m_source->read(maxSize, std::move(stop));
    }
    [[nodiscard]] qint64 size() const override { return m_source->size(); }

private:
    ByteSourcePtr m_source;
    AsyncSemaphore::Permit m_permit;
};

//! Tells a failure of the client in the terms of what was asked.
Error about(Error error, const HttpRequest& request)
{
    if (error.operation.isEmpty())
        error.operation = request.operation;
    if (error.subject.isEmpty())
        error.subject = request.subject.isEmpty() ? redactedUrl(request.url) : request.subject;
    return error;
}

void logOutcome(const HttpRequest& request, const QUrl& url, const Result<HttpStream>& stream,
                qint64 milliseconds)
{
    if (!lcNet().isDebugEnabled())
        return;
    const QString line = QString::fromLatin1(request.method) + u' ' + redactedUrl(url);
    if (!stream) {
        qCDebug(lcNet).noquote() << line << "failed after" << milliseconds
                                 << "ms:" << stream.error().toString();
        return;
    }
    qCDebug(lcNet).noquote() << line << "->" << stream->status << "after" << milliseconds << "ms";
    for (const auto& [name, value] : stream->headers.fields())
        qCDebug(lcNet).noquote() << "  " << name + ": " + redactedHeader(name, value);
}

//! Reads the rest of a redirect's reply where that is cheap; dropping it would close the connection.
Task<void> finishSmall(HttpStream stream, std::stop_token stop)
{
    if (stream.contentLength < 0 || stream.contentLength > SmallRedirect)
        co_return;
    while (true) {
        const auto piece = co_await stream.body->read(SmallRedirect, stop);
        if (!piece || piece->isEmpty())
            co_return;
    }
}

} // namespace

struct HttpClient::Private
{
    explicit Private(HostPolicies given) : policies(std::move(given)) { }

    HostPolicies policies;
    Lane api;
    Lane blobs;
    std::shared_ptr<LinePool> lines = std::make_shared<LinePool>();

    [[nodiscard]] HostPolicy policyFor(const HttpRequest& request, const QUrl& url) const
    {
        if (!policies || !request.unixSocket.isEmpty())
            return {};
        HostPolicy policy = policies(hostAndPort(url));
        if (policy != HostPolicy() || request.policyHost.isEmpty())
            return policy;
        const HostPolicy registrys = policies(request.policyHost);
        policy.allowPlainHttp = registrys.allowPlainHttp;
        policy.extraCa = registrys.extraCa;
        policy.proxy = registrys.proxy;
        return policy; // without connectTo, which is where the registry itself is
    }

    [[nodiscard]] Target targetFor(const HttpRequest& request, const QUrl& url) const
    {
        return {url, policyFor(request, url), request.unixSocket};
    }

    enum class Use { Api, Blob };
    static Task<Result<HttpStream>> sendOnce(std::shared_ptr<Private> self, HttpRequest request,
                                             Target target, Use use, std::stop_token stop);
    static Task<Result<HttpStream>> follow(std::shared_ptr<Private> self, HttpRequest request, Use use,
                                           std::stop_token stop);
    static Task<Result<HttpStream>> open(std::shared_ptr<Private> self, HttpRequest request,
                                         std::stop_token stop);
    static Task<Result<HttpResponse>> send(std::shared_ptr<Private> self, HttpRequest request,
                                           std::stop_token stop);
};

//! One request to one address, by Qt or by hand.
Task<Result<HttpStream>> HttpClient::Private::sendOnce(std::shared_ptr<Private> self, HttpRequest request,
                                                       Target target, Use use, std::stop_token stop)
{
    const bool isLine = goesOverLine(request, target);
    if (isLine && (use == Use::Blob || request.bodySource)) { // whoever moves blobs bounds them himself
        auto stream = co_await sendOverLine(self->lines, request, target, stop);
        co_return stream;
    }
    Lane& lane = use == Use::Api ? self->api : self->blobs;
    const AsyncSemaphore places = lane.placesFor(target);
    auto permit = co_await places.acquire(stop);
    if (!permit)
        co_return std::unexpected(std::move(permit.error()));
    if (isLine) {
        auto stream = co_await sendOverLine(self->lines, request, target, stop);
        if (stream)
            stream->body = std::make_shared<PlacedSource>(std::move(stream->body), std::move(*permit));
        co_return stream;
    }
    const auto exchange =
        std::make_shared<Exchange>(lane.managerFor(target), request, target, std::move(*permit));
    auto answered = co_await Exchange::waitForHead(exchange, stop);
    if (!answered)
        co_return std::unexpected(std::move(answered.error()));
    HttpStream stream;
    stream.status = exchange->status();
    stream.headers = exchange->headers();
    stream.url = target.url;
    stream.contentLength = announcedLength(stream.headers);
    stream.body = replySource(exchange);
    co_return Result<HttpStream>(std::move(stream));
}

Task<Result<HttpStream>> HttpClient::Private::follow(std::shared_ptr<Private> self, HttpRequest request,
                                                     Use use, std::stop_token stop)
{
    QUrl url = request.url;
    for (int hops = 0; hops <= MaxRedirects; ++hops) {
        if (stop.stop_requested())
            co_return cancelled();
        const Target target = self->targetFor(request, url);
        auto allowed = checkTarget(target);
        if (!allowed)
            co_return std::unexpected(std::move(allowed.error()));
        QElapsedTimer clock;
        clock.start();
        auto stream = co_await sendOnce(self, request, target, use, stop);
        logOutcome(request, url, stream, clock.elapsed());
        if (!stream)
            co_return std::unexpected(std::move(stream.error()));
        const QByteArray location = stream->headers.value("Location");
        const bool mayFollow =
            request.followRedirects && (request.method == "GET" || request.method == "HEAD");
        if (!mayFollow || !isRedirect(stream->status) || location.isEmpty())
            co_return stream;
        auto next = redirectTarget(url, location);
        if (!next)
            co_return std::unexpected(std::move(next.error()));
        co_await finishSmall(std::move(*stream), stop);
        if (!isSameOrigin(url, *next))
            request.authorization.clear(); // for good: coming back later does not earn it again
        url = *next;
    }
    co_return fail(Error::Code::Corrupt, redactedUrl(request.url),
                   u"redirected more than %1 times"_s.arg(MaxRedirects));
}

Task<Result<HttpStream>> HttpClient::Private::open(std::shared_ptr<Private> self, HttpRequest request,
                                                   std::stop_token stop)
{
    auto stream = co_await follow(self, request, Use::Blob, stop);
    if (!stream)
        co_return std::unexpected(about(std::move(stream.error()), request));
    co_return stream;
}

Task<Result<HttpResponse>> HttpClient::Private::send(std::shared_ptr<Private> self, HttpRequest request,
                                                     std::stop_token stop)
{
    auto stream = co_await follow(self, request, Use::Api, stop);
    if (!stream)
        co_return std::unexpected(about(std::move(stream.error()), request));
    HttpResponse response;
    response.status = stream->status;
    response.headers = std::move(stream->headers);
    response.url = stream->url;
    while (true) {
        if (response.body.size() + std::max<qint64>(stream->body->size(), 0) > request.maxBody) {
            const auto tooLarge = u"the reply is larger than the %1 bytes allowed"_s.arg(request.maxBody);
            co_return fail(about(Error::make(Error::Code::Corrupt, {}, tooLarge), request));
        }
        auto piece = co_await stream->body->read(PieceSize, stop);
        if (!piece)
            co_return std::unexpected(about(std::move(piece.error()), request));
        if (piece->isEmpty())
            break;
        response.body += *piece;
    }
    co_return Result<HttpResponse>(std::move(response));
}

HttpClient::HttpClient(HostPolicies policies) : d(std::make_shared<Private>(std::move(policies))) { }

HttpClient::~HttpClient() = default;

bool HttpClient::allowsPlainHttp(const QUrl& url) const
{
    return checkTarget(d->targetFor({}, url)).has_value();
}

Task<Result<HttpResponse>> HttpClient::send(HttpRequest request, std::stop_token stop)
{
    return Private::send(d, std::move(request), std::move(stop));
}

Task<Result<HttpStream>> HttpClient::open(HttpRequest request, std::stop_token stop)
{
    return Private::open(d, std::move(request), std::move(stop));
}

} // namespace Tagboat
