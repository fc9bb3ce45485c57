// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/manifestrequest.h"
#include "registry/scopes.h"
#include "registry/uploadsession.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Self = std::shared_ptr<Repository>;

Task<Result<void>> removeOne(Self self, QString name, QString operation, std::stop_token stop)
{
    auto request = manifestRequest(*self, "DELETE", name, operation);
    if (!request)
        co_return fail(std::move(request.error()));
    auto reply = co_await self->client()->send(*request, removeScopes(self->path()), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    co_return Result<void>();
}

/*!
 * Removing the digest a tag points at would remove every other tag of that image with it, so where a registry
 * does not remove tags, nothing is removed.
 */
Task<Result<void>> removeTagOnly(Self self, QString tag, std::stop_token stop)
{
    const QString operation = u"remove tag"_s;
    if (!Reference::isValidTag(tag))
        co_return fail(Error::make(Error::Code::InvalidInput, tag, u"not a tag"_s).during(operation));
    auto removed = co_await removeOne(self, tag, operation, stop);
    if (removed)
        co_return Result<void>();
    Error error = std::move(removed.error());
    bool isUnsupported = error.httpStatus == 400 || error.httpStatus == 405;
    if (error.httpStatus == 404) {
        // distribution before v3 looks for a digest of this name, and finds none.
        auto there = co_await self->resolve(tag, stop);
        isUnsupported = there.has_value();
    }
    if (isUnsupported) {
        Error unsupported = Error::make(Error::Code::Unsupported, error.subject,
                                        u"the registry cannot remove a single tag"_s);
        unsupported.httpStatus = error.httpStatus;
        unsupported.response = error.response;
        co_return fail(std::move(unsupported).during(operation).because(std::move(error)));
    }
    co_return fail(std::move(error));
}

Task<Result<void>> tryPush(Self self, std::stop_token stop)
{
    auto session = co_await UploadSession::start(self->client(), self->path(), stop);
    if (!session)
        co_return fail(std::move(session.error()).during(u"check push"_s));
    co_await UploadSession::cancel(*session);
    co_return Result<void>();
}

} // namespace

Task<Result<void>> Repository::removeTag(QString tag, std::stop_token stop)
{
    return removeTagOnly(shared_from_this(), std::move(tag), std::move(stop));
}

Task<Result<void>> Repository::removeManifest(Digest digest, std::stop_token stop)
{
    return removeOne(shared_from_this(), digest.toString(), u"remove manifest"_s, std::move(stop));
}

Task<Result<void>> Repository::checkPush(std::stop_token stop)
{
    return tryPush(shared_from_this(), std::move(stop));
}

} // namespace Tagboat
