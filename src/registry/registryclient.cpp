// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "registry/refusals.h"
#include "registry/registryclientprivate.h"
#include "registry/replyerror.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 MaxErrorBody = 64 * 1024;

HttpResponse headOf(const HttpStream& stream, QByteArray body)
{
    return HttpResponse{stream.status, stream.headers, stream.url, std::move(body)};
}

} // namespace

bool RegistryClient::Private::followScheme(HttpRequest& request) const
{
    const bool isPlain = request.url.scheme() == "http"_L1;
    QUrl moved = request.url;
    moved.setScheme(isPlain ? u"https"_s : u"http"_s);
    if ((!isPlain && !isPlainAfterAll) || !isOwn(moved))
        return false;
    request.url = moved;
    return true;
}

bool RegistryClient::Private::changeToTls(const HttpResponse& reply, HttpRequest& request)
{
    if (request.bodySource || reply.status != 400)
        return false;
    // Otherwise another request may have been told so before; to a HEAD nobody gives a reason.
    if (isOwn(request.url) && isPlainHttpRefused(reply)) {
        qCInfo(lcRegistry).noquote() << registry << "speaks https";
        base->setScheme(u"https"_s);
        authorizer->moveTo(*base);
    }
    return request.url.scheme() == "http"_L1 && followScheme(request);
}

Task<bool> RegistryClient::Private::changeToPlain(std::shared_ptr<Private> d, Error error,
                                                  std::stop_token stop)
{
    if (error.code != Error::Code::PlainHttpServer)
        co_return false;
    const auto plain = apiUrl(d->registry, true);
    if (d->isPlainAfterAll || d->base->scheme() != "https"_L1 || !plain || plain->scheme() != "http"_L1
        || !d->http->allowsPlainHttp(*plain))
        co_return d->isPlainAfterAll;
    // It may also have been where the registry sent us that no TLS is spoken.
    HttpRequest request;
    request.url = d->base->resolved(QUrl(u"/v2/"_s));
    request.policyHost = hostAndPort(*d->base);
    request.followRedirects = false;
    const auto reply = co_await d->http->send(request, stop);
    if (reply || reply.error().code != Error::Code::PlainHttpServer || d->isPlainAfterAll)
        co_return d->isPlainAfterAll;
    qCInfo(lcRegistry).noquote() << d->registry << "speaks plain HTTP, which is allowed";
    d->isPlainAfterAll = true;
    d->base = *plain;
    d->authorizer->moveTo(*plain);
    co_return true;
}

Error RegistryClient::Private::errorOf(const HttpResponse& reply, const HttpRequest& request) const
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
    if (reply.status == 401 && isOwn(reply.url))
        error.message += authorizer->accountNote();
    return error;
}

Error RegistryClient::Private::finalErrorOf(const HttpResponse& reply, const HttpRequest& request) const
{
    Error error = errorOf(reply, request);
    if (reply.status == 401 && error.code == Error::Code::Unauthorized && authorizer->isCredentialAccepted()
        && !isReasonGiven(reply.headers, "invalid_token"_L1))
        error.code = Error::Code::Denied;
    return error;
}

//! One request to this registry with up to one renewal of the authorization.
Task<Result<HttpResponse>> RegistryClient::Private::sendOwn(std::shared_ptr<Private> d, HttpRequest request,
                                                            QStringList scopes, std::stop_token stop)
{
    Refusals refusals;
    while (true) {
        auto authorization = co_await d->authorizer->authorization(scopes, stop);
        if (!authorization)
            co_return fail(std::move(authorization.error()));
        d->followScheme(request);
        request.authorization = *authorization;
        auto reply = co_await d->http->send(request, stop);
        if (!reply) {
            const bool isPlain = co_await changeToPlain(d, reply.error(), stop);
            if (isPlain && d->followScheme(request))
                continue;
            co_return fail(std::move(reply.error()));
        }
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
    d->followScheme(request);
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
        d->followScheme(request);
        if (d->isOwn(request.url)) {
            auto authorization = co_await d->authorizer->authorization(scopes, stop);
            if (!authorization)
                co_return fail(std::move(authorization.error()));
            d->followScheme(request);
            used = *authorization;
            request.authorization = used;
        }
        auto stream = co_await d->http->open(request, stop);
        if (!stream) {
            const bool isPlain = co_await changeToPlain(d, stream.error(), stop);
            if (isPlain && d->followScheme(request))
                continue;
        }
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
