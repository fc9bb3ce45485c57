// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/referrer.h"
#include "registry/manifestrequest.h"
#include "registry/referrerstag.h"
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

/*!
 * What the manifest is about, as far as it can be told: one that is not there is for the registry to refuse,
 * and one that cannot be read is removed like any other.
 */
Task<Result<std::optional<Descriptor>>> subjectOfStored(Self self, Digest digest, std::stop_token stop)
{
    auto manifest = co_await self->fetchManifest(digest.toString(), stop);
    if (!manifest) {
        const Error& error = manifest.error();
        const bool mayBeThere = stop.stop_requested() || error.isTransient();
        if (mayBeThere)
            co_return fail(std::move(manifest.error()));
        co_return std::optional<Descriptor>();
    }
    const auto document =
        parseManifestOrIndex(manifest->bytes, manifest->descriptor.mediaType, digest.toString());
    co_return document ? subjectOf(*document) : std::nullopt;
}

//! The list of referrers is changed last: where nothing is removed it stays true.
Task<Result<void>> removeManifestAndEntry(Self self, Digest digest, std::stop_token stop)
{
    const QString operation = u"remove manifest"_s;
    auto subject = co_await subjectOfStored(self, digest, stop);
    if (!subject)
        co_return fail(std::move(subject.error()).during(operation));
    auto removed = co_await removeOne(self, digest.toString(), operation, stop);
    if (!removed || !*subject)
        co_return removed;
    auto takenOut = co_await takeOutOfReferrersTag(self, (*subject)->digest, digest, stop);
    co_return takenOut;
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
    return removeManifestAndEntry(shared_from_this(), std::move(digest), std::move(stop));
}

Task<Result<void>> Repository::checkPush(std::stop_token stop)
{
    return tryPush(shared_from_this(), std::move(stop));
}

} // namespace Tagboat
