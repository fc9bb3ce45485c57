// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/registryclient.h"

#include "base/logging.h"
#include "net/origin.h"
#include "registry/hostmap.h"
#include "registry/listing.h"
#include "registry/refusals.h"
#include "registry/replyerror.h"
#include "registry/uploadledger.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 MaxErrorBody = 64 * 1024;
constexpr int MaxPages = 10'000;

HttpResponse headOf(const HttpStream& stream, QByteArray body)
{
    return HttpResponse{stream.status, stream.headers, stream.url, std::move(body)};
}

} // namespace

struct RegistryClient::Private
{
    std::shared_ptr<HttpClient> http;
    QString registry;
    Result<QUrl> base;
    std::shared_ptr<Authorizer> authorizer;
    AsyncSemaphore places;
    std::shared_ptr<UploadLedger> uploads;
    QHash<QString, AsyncSemaphore> turns; //!< "repository:tag" → one place

    Private(std::shared_ptr<HttpClient> client, QString name, Authorizer::CredentialSource credentials,
            Options options)
        : http(std::move(client)), registry(std::move(name)), base(apiUrl(registry, options.plainHttp)),
          authorizer(std::make_shared<Authorizer>(http, base.value_or(QUrl()), std::move(credentials))),
          places(std::max(1, options.parallelRequests)),
          uploads(options.uploads ? std::move(options.uploads) : std::make_shared<UploadMemory>())
    { }

    [[nodiscard]] bool isOwn(const QUrl& url) const { return base && isSameOrigin(url, *base); }

    //! \a request may have been made before the registry was found to speak https. True where it was.
    bool followToTls(HttpRequest& request) const
    {
        QUrl secure = request.url;
        secure.setScheme(u"https"_s);
        if (request.url.scheme() != "http"_L1 || !isOwn(secure))
            return false;
        request.url = secure;
        return true;
    }

    //! Loopback is spoken to by http first; a registry that has a certificate there says so, and that is the
    //! safe way to change. True where \a request is worth another try.
    bool changeToTls(const HttpResponse& reply, HttpRequest& request)
    {
        if (request.bodySource || reply.status != 400)
            return false;
        // Otherwise another request may have been told so before; to a HEAD nobody gives a reason.
        if (isOwn(request.url) && isPlainHttpRefused(reply)) {
            qCInfo(lcRegistry).noquote() << registry << "speaks https";
            base->setScheme(u"https"_s);
            authorizer->moveTo(*base);
        }
        return followToTls(request);
    }

    [[nodiscard]] Error errorOf(const HttpResponse& reply, const HttpRequest& request) const
    {
        Error error = replyError(reply, request.operation, request.subject);
        const bool isRefused = reply.status == 401 || reply.status == 403;
        if (isRefused && !isOwn(reply.url)) {
            // Where a blob lies is reached by an address that the registry signed, and that runs out: nothing
            // a login could mend, and worth another start at the registry.
            error.code = Error::Code::Network;
            error.message =
                u"%1, where the registry sent us, refuses: %2"_s.arg(hostAndPort(reply.url), error.message);
        } else if (reply.status == 401 && authorizer->hasCredential()
                   && isReasonGiven(reply.headers, "insufficient_scope"_L1)) {
            error.code = Error::Code::Denied;
        }
        return error;
    }

    //! Where nothing is left to be tried. Harbor and Quay do not say that a right is missing, they ask for a
    //! login again; where their token server has taken it, only another one may help.
    [[nodiscard]] Error finalErrorOf(const HttpResponse& reply, const HttpRequest& request) const
    {
        Error error = errorOf(reply, request);
        if (reply.status == 401 && error.code == Error::Code::Unauthorized
            && authorizer->isCredentialAccepted() && !isReasonGiven(reply.headers, "invalid_token"_L1))
            error.code = Error::Code::Denied;
        return error;
    }

    static Task<Result<HttpResponse>> send(std::shared_ptr<Private> d, HttpRequest request,
                                           QStringList scopes, std::stop_token stop);
    static Task<Result<HttpResponse>> sendOwn(std::shared_ptr<Private> d, HttpRequest request,
                                              QStringList scopes, std::stop_token stop);
    static Task<Result<HttpStream>> open(std::shared_ptr<Private> d, HttpRequest request, QStringList scopes,
                                         std::stop_token stop);
    static Task<Result<RegistryStatus>> ping(std::shared_ptr<Private> d, std::stop_token stop);
    static Task<Result<RegistryStatus>> logIn(std::shared_ptr<Private> d, RegistryStatus status,
                                              HttpRequest request, HttpResponse refused,
                                              std::stop_token stop);
    static Task<Result<ListPage>> catalog(std::shared_ptr<Private> d, QUrl page, std::stop_token stop);
    static Task<Result<QStringList>> allRepositories(std::shared_ptr<Private> d, std::stop_token stop);
};

//! One request to this registry with up to one renewal of the authorization.
Task<Result<HttpResponse>> RegistryClient::Private::sendOwn(std::shared_ptr<Private> d, HttpRequest request,
                                                            QStringList scopes, std::stop_token stop)
{
    Refusals refusals;
    while (true) {
        auto authorization = co_await d->authorizer->authorization(scopes, stop);
        if (!authorization)
            co_return fail(std::move(authorization.error()));
        d->followToTls(request);
        request.authorization = *authorization;
        auto reply = co_await d->http->send(request, stop);
        if (!reply)
            co_return fail(std::move(reply.error()));
        if (d->changeToTls(*reply, request))
            continue;
        if (isSuccess(reply->status))
            co_return reply;
        if (reply->status != 401 || !refusals.isFirstOfItsKind(*authorization))
            co_return fail(d->finalErrorOf(*reply, request));
        auto canHelp = co_await d->authorizer->challenged(*reply, *authorization, scopes, stop);
        if (!canHelp)
            co_return fail(std::move(canHelp.error()));
        if (!*canHelp)
            co_return fail(d->finalErrorOf(*reply, request));
        // A streamed body is used up; its sender opens it anew and starts again.
        if (request.bodySource)
            co_return fail(d->errorOf(*reply, request));
    }
}

Task<Result<HttpResponse>> RegistryClient::Private::send(std::shared_ptr<Private> d, HttpRequest request,
                                                         QStringList scopes, std::stop_token stop)
{
    if (!d->base)
        co_return fail(Error(d->base.error()).during(request.operation));
    request.policyHost = hostAndPort(*d->base);
    AsyncSemaphore::Permit permit;
    if (!request.bodySource) { // a blob on its way takes minutes, and has its own bound
        auto place = co_await d->places.acquire(stop);
        if (!place)
            co_return fail(std::move(place.error()).during(request.operation));
        permit = std::move(*place);
    }
    d->followToTls(request);
    if (d->isOwn(request.url)) {
        auto own = co_await sendOwn(d, request, scopes, stop);
        co_return own;
    }
    auto reply = co_await d->http->send(request, stop); // an upload's Location elsewhere: no credentials
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (!isSuccess(reply->status))
        co_return fail(d->errorOf(*reply, request));
    co_return reply;
}

Task<Result<HttpStream>> RegistryClient::Private::open(std::shared_ptr<Private> d, HttpRequest request,
                                                       QStringList scopes, std::stop_token stop)
{
    if (!d->base)
        co_return fail(Error(d->base.error()).during(request.operation));
    request.policyHost = hostAndPort(*d->base);
    Refusals refusals;
    while (true) {
        QByteArray used;
        d->followToTls(request);
        if (d->isOwn(request.url)) {
            auto authorization = co_await d->authorizer->authorization(scopes, stop);
            if (!authorization)
                co_return fail(std::move(authorization.error()));
            d->followToTls(request);
            used = *authorization;
            request.authorization = used;
        }
        auto stream = co_await d->http->open(request, stop);
        if (!stream || isSuccess(stream->status))
            co_return stream;

        auto body = co_await readAll(stream->body, MaxErrorBody, request.subject, stop);
        if (!body && body.error().code == Error::Code::Cancelled)
            co_return fail(std::move(body.error()));
        const HttpResponse reply = headOf(*stream, body.value_or(QByteArray()));
        stream->body.reset();
        if (d->changeToTls(reply, request))
            continue;
        if (reply.status == 401 && d->isOwn(request.url) && refusals.isFirstOfItsKind(used)) {
            auto canHelp = co_await d->authorizer->challenged(reply, used, scopes, stop);
            if (!canHelp)
                co_return fail(std::move(canHelp.error()));
            if (*canHelp)
                continue;
        }
        co_return fail(d->finalErrorOf(reply, request));
    }
}

Task<Result<RegistryStatus>> RegistryClient::Private::logIn(std::shared_ptr<Private> d, RegistryStatus status,
                                                            HttpRequest request, HttpResponse refused,
                                                            std::stop_token stop)
{
    status.needsLogin = true;
    auto hasCredential = co_await d->authorizer->findCredential(stop);
    if (!hasCredential)
        co_return fail(std::move(hasCredential.error()));
    if (!*hasCredential)
        co_return status; // nothing to be tried, nothing refused
    auto canHelp = co_await d->authorizer->challenged(refused, request.authorization, {}, stop);
    if (!canHelp)
        co_return fail(std::move(canHelp.error()));
    if (!*canHelp)
        co_return fail(d->errorOf(refused, request));
    auto authorization = co_await d->authorizer->authorization({}, stop);
    if (!authorization)
        co_return fail(std::move(authorization.error()));
    request.authorization = *authorization;
    auto reply = co_await d->http->send(request, stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (!isSuccess(reply->status))
        co_return fail(d->errorOf(*reply, request));
    status.isLoggedIn = true;
    co_return status;
}

Task<Result<RegistryStatus>> RegistryClient::Private::ping(std::shared_ptr<Private> d, std::stop_token stop)
{
    HttpRequest request;
    request.operation = u"ask registry"_s;
    request.subject = d->registry;
    if (!d->base)
        co_return fail(Error(d->base.error()).during(request.operation));
    request.url = d->base->resolved(QUrl(u"/v2/"_s)); // the trailing slash matters
    request.policyHost = hostAndPort(*d->base);
    QElapsedTimer timer;
    timer.start();
    auto reply = co_await d->http->send(request, stop);
    if (reply && d->changeToTls(*reply, request)) {
        timer.restart();
        reply = co_await d->http->send(request, stop);
    }
    if (!reply)
        co_return fail(std::move(reply.error()));

    RegistryStatus status;
    status.url = *d->base;
    status.isPlainHttp = status.url.scheme() == "http"_L1;
    status.latency = std::chrono::milliseconds(timer.elapsed());
    if (reply->status == 401) {
        auto loggedIn = co_await logIn(d, status, request, *reply, stop);
        co_return loggedIn;
    }
    if (!isSuccess(reply->status) && reply->status != 404)
        co_return fail(d->errorOf(*reply, request));
    if (reply->status == 404 || !isRegistry(*reply)) {
        Error error = Error::make(Error::Code::Unsupported, d->registry,
                                  u"a web server answers here, but no registry"_s);
        error.httpStatus = reply->status;
        co_return fail(std::move(error).during(request.operation));
    }
    co_return status;
}

Task<Result<ListPage>> RegistryClient::Private::catalog(std::shared_ptr<Private> d, QUrl page,
                                                        std::stop_token stop)
{
    HttpRequest request;
    request.operation = u"list repositories"_s;
    request.subject = d->registry;
    const Error notOffered =
        Error::make(Error::Code::Unsupported, d->registry, u"the registry does not list its repositories"_s)
            .during(request.operation);
    if (d->base && d->base->host() == "registry-1.docker.io"_L1)
        co_return fail(Error(notOffered));
    if (d->base)
        request.url = page.isEmpty() ? d->base->resolved(QUrl(u"/v2/_catalog?n=1000"_s)) : page;
    const QStringList scopes{u"registry:catalog:*"_s};
    auto reply = co_await send(d, request, scopes, stop);
    if (!reply && reply.error().httpStatus == 400
        && page.isEmpty()) { // a smaller page than asked for is the most it gives
        request.url = d->base->resolved(QUrl(u"/v2/_catalog"_s));
        reply = co_await send(d, request, scopes, stop);
    }
    if (!reply) {
        Error error = std::move(reply.error());
        if (error.code == Error::Code::Unauthorized) {
            // A wrong password, no login, or nothing that anybody may list: the front door knows.
            auto status = co_await ping(d, stop);
            if (!status)
                co_return fail(std::move(status.error()));
            if (status->needsLogin && !status->isLoggedIn)
                co_return fail(std::move(error));
        }
        const bool isRefused = error.httpStatus == 401 || error.httpStatus == 403 || error.httpStatus == 404
            || error.httpStatus == 405;
        co_return fail(isRefused ? Error(notOffered).because(std::move(error)) : std::move(error));
    }
    auto names = listOf(*reply, "repositories"_L1, d->registry);
    if (!names)
        co_return fail(std::move(names.error()).during(request.operation));
    auto next = nextPage(*reply, *d->base);
    if (!next)
        co_return fail(std::move(next.error()).during(request.operation));
    names->removeIf([](const QString& name) { return !Reference::isValidRepository(name); });
    co_return ListPage{std::move(*names), std::move(*next)};
}

Task<Result<QStringList>> RegistryClient::Private::allRepositories(std::shared_ptr<Private> d,
                                                                   std::stop_token stop)
{
    QStringList all;
    QUrl next;
    for (int page = 0; page < MaxPages; ++page) {
        auto found = co_await catalog(d, next, stop);
        if (!found)
            co_return fail(std::move(found.error()));
        const qsizetype before = all.size();
        all += found->items;
        all.removeDuplicates();
        next = found->next;
        if (next.isEmpty() || all.size() == before) // a page with nothing new: some registries never end
            break;
    }
    co_return all;
}

RegistryClient::RegistryClient(std::shared_ptr<HttpClient> http, QString registry,
                               Authorizer::CredentialSource credentials, Options options)
    : d(std::make_shared<Private>(std::move(http), std::move(registry), std::move(credentials),
                                  std::move(options)))
{ }

RegistryClient::~RegistryClient() = default;

const QString& RegistryClient::registry() const
{
    return d->registry;
}

Task<Result<RegistryStatus>> RegistryClient::ping(std::stop_token stop)
{
    return Private::ping(d, std::move(stop));
}

Task<Result<ListPage>> RegistryClient::catalog(QUrl page, std::stop_token stop)
{
    return Private::catalog(d, std::move(page), std::move(stop));
}

Task<Result<QStringList>> RegistryClient::allRepositories(std::stop_token stop)
{
    return Private::allRepositories(d, std::move(stop));
}

std::shared_ptr<Repository> RegistryClient::repository(const QString& path)
{
    return std::make_shared<Repository>(shared_from_this(), path);
}

Task<Result<HttpResponse>> RegistryClient::send(HttpRequest request, QStringList scopes, std::stop_token stop)
{
    return Private::send(d, std::move(request), std::move(scopes), std::move(stop));
}

Task<Result<HttpStream>> RegistryClient::open(HttpRequest request, QStringList scopes, std::stop_token stop)
{
    return Private::open(d, std::move(request), std::move(scopes), std::move(stop));
}

QUrl RegistryClient::url(const QString& path) const
{
    QUrl url = d->base.value_or(QUrl());
    url.setPath(path, QUrl::DecodedMode);
    return url;
}

UploadLedger& RegistryClient::uploads() const
{
    return *d->uploads;
}

Task<Result<AsyncSemaphore::Permit>> RegistryClient::turnAt(const QString& repository, const QString& tag,
                                                            std::stop_token stop)
{
    d->turns.removeIf([](const auto& turn) { return turn.value().available() > 0; });
    const QString name = repository + u':' + tag;
    auto turn = d->turns.find(name);
    if (turn == d->turns.end())
        turn = d->turns.insert(name, AsyncSemaphore(1));
    return turn->acquire(std::move(stop));
}

void RegistryClient::forgetCredentials()
{
    d->authorizer->forget();
}

} // namespace Tagboat
