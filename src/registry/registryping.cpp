// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/registryclientprivate.h"
#include "registry/replyerror.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace Tagboat {

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
    bool isPlain = false;
    if (!reply)
        isPlain = co_await changeToPlain(d, reply.error(), stop);
    if (reply ? d->changeToTls(*reply, request) : isPlain && d->followScheme(request)) {
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

Task<Result<RegistryStatus>> RegistryClient::ping(std::stop_token stop)
{
    return Private::ping(d, std::move(stop));
}

} // namespace Tagboat
