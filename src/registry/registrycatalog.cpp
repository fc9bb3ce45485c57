// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/listing.h"
#include "registry/registryclientprivate.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

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

Task<Result<ListPage>> RegistryClient::catalog(QUrl page, std::stop_token stop)
{
    return Private::catalog(d, std::move(page), std::move(stop));
}

Task<Result<QStringList>> RegistryClient::allRepositories(std::stop_token stop)
{
    return everyPage(
        [d = d](QUrl page, std::stop_token inner) {
            return Private::catalog(d, std::move(page), std::move(inner));
        },
        std::move(stop));
}

} // namespace Tagboat
