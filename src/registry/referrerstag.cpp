// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/referrerstag.h"

#include "base/stoppablesleep.h"
#include "oci/jsonobject.h"
#include "oci/mediatype.h"
#include "oci/referrer.h"
#include "registry/manifestrequest.h"
#include "registry/scopes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Self = std::shared_ptr<Repository>;
using Code = Error::Code;

constexpr int MaxRounds = 6;
constexpr int LongestPause = 400; // ms, times the round

//! The index as it stands; without a tag an empty one.
struct TagIndex
{
    QJsonObject object;
    QByteArray etag;
    QHash<Digest, QJsonObject> entries; // as they stand there
};

QJsonObject emptyIndex()
{
    return {{u"schemaVersion"_s, 2}, {u"mediaType"_s, MediaType::OciIndex}, {u"manifests"_s, QJsonArray()}};
}

//! Nothing where \a reply is no index.
std::optional<TagIndex> indexFrom(const HttpResponse& reply, const QString& subject)
{
    const QString type =
        MediaType::withoutParameters(QString::fromLatin1(reply.headers.value("Content-Type")));
    const auto index = Index::parse(reply.body, MediaType::isIndex(type) ? type : QString(), subject);
    auto object = parseJsonObject(reply.body, subject);
    if (!index || !object)
        return std::nullopt;
    TagIndex found;
    found.object = std::move(*object);
    found.etag = reply.headers.value("ETag");
    const QJsonArray manifests = found.object[u"manifests"].toArray();
    for (const QJsonValue& value : manifests) {
        if (const auto digest = Digest::parse(value[u"digest"].toString()))
            found.entries.insert(*digest, value.toObject());
    }
    return found;
}

Task<Result<TagIndex>> readIndex(Self self, QString tag, std::stop_token stop)
{
    auto request = manifestRequest(*self, "GET", tag, u"read list of referrers"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    request->maxBody = MaxManifestSize;
    auto reply = co_await self->client()->send(*request, pushScopes(self->path()), stop);
    if (!reply && reply.error().code != Code::NotFound)
        co_return fail(std::move(reply.error()));
    if (!reply)
        co_return TagIndex{.object = emptyIndex(), .etag = {}, .entries = {}};
    auto found = indexFrom(*reply, request->subject);
    if (!found) {
        co_return fail(Error::make(Code::Conflict, request->subject,
                                   u"the tag for the list of referrers names something else"_s)
                           .during(request->operation));
    }
    co_return Result<TagIndex>(std::move(*found));
}

//! \a index without what is \a gone, and with what it lacks of \a wanted at its end.
QByteArray extended(TagIndex index, const QList<Digest>& order, const QHash<Digest, QJsonObject>& wanted,
                    const QSet<Digest>& gone)
{
    QJsonArray manifests;
    const QJsonArray before = index.object[u"manifests"].toArray();
    for (const QJsonValue& value : before) {
        const auto digest = Digest::parse(value[u"digest"].toString());
        if (!digest || !gone.contains(*digest))
            manifests.append(value);
    }
    for (const Digest& digest : order) {
        if (!index.entries.contains(digest))
            manifests.append(wanted.value(digest));
    }
    index.object.insert(u"manifests"_s, manifests);
    return QJsonDocument(index.object).toJson(QJsonDocument::Compact);
}

//! False where somebody else was faster.
Task<Result<bool>> writeIndex(Self self, QString tag, QByteArray bytes, QString mediaType, QByteArray etag,
                              std::stop_token stop)
{
    auto request = manifestRequest(*self, "PUT", tag, u"write list of referrers"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    if (bytes.size() > MaxManifestSize) {
        co_return fail(Error::make(Code::InvalidInput, request->subject,
                                   u"the list of referrers would be more than the 4 MiB that may be"_s)
                           .during(request->operation));
    }
    request->headers.set("Content-Type", mediaType.toLatin1());
    if (etag.startsWith('"'))
        request->headers.set("If-Match", etag);
    request->body = std::move(bytes);
    auto reply = co_await self->client()->send(*request, pushScopes(self->path()), stop);
    if (!reply && reply.error().httpStatus == 412)
        co_return false;
    if (!reply)
        co_return fail(std::move(reply.error()));
    co_return true;
}

//! What registries say that take no index whose manifests they lack.
bool isAboutItsManifests(const Error& error)
{
    return error.httpStatus == 400 || error.httpStatus == 404 || error.httpStatus == 422;
}

//! Entries of manifests that were removed while nobody saw to the list.
Task<Result<QSet<Digest>>> findGone(Self self, QHash<Digest, QJsonObject> entries, std::stop_token stop)
{
    QSet<Digest> gone;
    const QList<Digest> digests = entries.keys();
    for (const Digest& digest : digests) {
        Descriptor manifest;
        manifest.digest = digest;
        auto presence = co_await self->manifestPresence(manifest, stop);
        if (!presence)
            co_return fail(std::move(presence.error()));
        if (*presence == Presence::Absent)
            gone.insert(digest);
    }
    co_return Result<QSet<Digest>>(std::move(gone));
}

bool hasAll(const TagIndex& index, const QList<Digest>& wanted)
{
    return std::ranges::all_of(wanted, [&](const Digest& digest) { return index.entries.contains(digest); });
}

Task<Result<void>> enter(Self self, QString tag, Descriptor entry, std::stop_token stop)
{
    QHash<Digest, QJsonObject> wanted{{entry.digest, entry.toJson()}};
    QList<Digest> order{entry.digest};
    QSet<Digest> gone;
    for (int round = 1; round <= MaxRounds; ++round) {
        auto index = co_await readIndex(self, tag, stop);
        if (!index)
            co_return fail(std::move(index.error()));
        if (hasAll(*index, order))
            co_return Result<void>();
        if (round > 1) {
            const auto pause = QRandomGenerator::global()->bounded(LongestPause * round);
            auto slept = co_await sleepFor(std::chrono::milliseconds(pause), stop);
            if (!slept)
                co_return fail(std::move(slept.error()));
            index = co_await readIndex(self, tag, stop);
            if (!index)
                co_return fail(std::move(index.error()));
            if (hasAll(*index, order))
                co_return Result<void>();
        }
        const QByteArray bytes = extended(*index, order, wanted, gone);
        for (auto seen = index->entries.cbegin(); seen != index->entries.cend(); ++seen) {
            if (!wanted.contains(seen.key()) && !gone.contains(seen.key())) {
                wanted.insert(seen.key(), seen.value());
                order.append(seen.key());
            }
        }
        const QString type = index->object[u"mediaType"].toString(MediaType::OciIndex);
        auto written = co_await writeIndex(self, tag, bytes, type, index->etag, stop);
        if (!written && gone.isEmpty() && isAboutItsManifests(written.error())) {
            auto found = co_await findGone(self, index->entries, stop);
            if (!found)
                co_return fail(std::move(found.error()));
            gone = std::move(*found);
            order.removeIf([&gone](const Digest& digest) { return gone.contains(digest); });
            if (!gone.isEmpty())
                continue;
        }
        if (!written)
            co_return fail(std::move(written.error()));
    }
    auto last = co_await readIndex(self, tag, stop);
    if (!last)
        co_return fail(std::move(last.error()));
    if (hasAll(*last, order))
        co_return Result<void>();
    co_return fail(Error::make(Code::Conflict, self->client()->registry() + u'/' + self->path() + u':' + tag,
                               u"others keep changing the list of referrers"_s)
                       .during(u"write list of referrers"_s));
}

Task<Result<void>> enterInTurn(Self self, Digest subject, Descriptor entry, std::stop_token stop)
{
    const QString tag = referrersTag(subject);
    auto permit = co_await self->client()->turnAt(self->path(), tag, stop);
    if (!permit)
        co_return fail(std::move(permit.error()));
    auto entered = co_await enter(self, tag, std::move(entry), stop);
    co_return entered;
}

Task<Result<QList<Descriptor>>> read(Self self, Digest subject, std::stop_token stop)
{
    auto content = co_await self->fetchManifest(referrersTag(subject), stop);
    if (!content) {
        const Code code = content.error().code;
        const bool isNone = code == Code::NotFound || code == Code::Corrupt || code == Code::Unsupported;
        if (!isNone)
            co_return fail(std::move(content.error()));
        co_return QList<Descriptor>();
    }
    const auto index = Index::parse(content->bytes, content->descriptor.mediaType, subject.toString());
    co_return index ? index->manifests() : QList<Descriptor>();
}

} // namespace

Task<Result<QList<Descriptor>>> readReferrersTag(std::shared_ptr<Repository> repository, Digest subject,
                                                 std::stop_token stop)
{
    return read(std::move(repository), std::move(subject), std::move(stop));
}

Task<Result<void>> enterInReferrersTag(std::shared_ptr<Repository> repository, Digest subject,
                                       Descriptor entry, std::stop_token stop)
{
    return enterInTurn(std::move(repository), std::move(subject), std::move(entry), std::move(stop));
}

} // namespace Tagboat
