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

#include <algorithm>

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
    Digest digest;                      // of its bytes; null without a tag
    bool isOther = false;               // the tag names something that is no index
};

//! What is to become of an index, whatever others do to it meanwhile.
struct Change
{
    QHash<Digest, QJsonObject> wanted; // as they are to stand there
    QList<Digest> order;               // of `wanted`
    std::optional<Digest> unwanted;
    QSet<Digest> gone; // entries whose manifests were removed while nobody saw to the list

    [[nodiscard]] bool isDoneIn(const TagIndex& index) const
    {
        return !(unwanted && index.entries.contains(*unwanted))
            && std::ranges::all_of(order,
                                   [&index](const Digest& digest) { return index.entries.contains(digest); });
    }
    [[nodiscard]] bool drops(const Digest& digest) const
    {
        return digest == unwanted || gone.contains(digest);
    }
    void drop(const QSet<Digest>& digests)
    {
        gone = digests;
        order.removeIf([&digests](const Digest& digest) { return digests.contains(digest); });
    }
    //! What stands there now is to stand there afterwards.
    void keep(const TagIndex& index)
    {
        for (auto seen = index.entries.cbegin(); seen != index.entries.cend(); ++seen) {
            if (!wanted.contains(seen.key()) && !drops(seen.key())) {
                wanted.insert(seen.key(), seen.value());
                order.append(seen.key());
            }
        }
    }
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
    found.digest = Digest::ofBytes(reply.body);
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
    TagIndex index;
    index.object = emptyIndex();
    if (reply) {
        auto found = indexFrom(*reply, request->subject);
        index.isOther = !found;
        if (found)
            index = std::move(*found);
    }
    co_return Result<TagIndex>(std::move(index));
}

//! \a index without what \a change drops, and with what it lacks of what is wanted at its end.
QJsonObject changed(const TagIndex& index, const Change& change)
{
    QJsonArray manifests;
    const QJsonArray before = index.object[u"manifests"].toArray();
    for (const QJsonValue& value : before) {
        const auto digest = Digest::parse(value[u"digest"].toString());
        if (!digest || !change.drops(*digest))
            manifests.append(value);
    }
    for (const Digest& digest : change.order) {
        if (!index.entries.contains(digest))
            manifests.append(change.wanted.value(digest));
    }
    QJsonObject object = index.object;
    object.insert(u"manifests"_s, manifests);
    return object;
}

/*!
 * Removes an index that lists nobody any more; false where the registry does not do that.
 *
 * By its digest: where somebody has changed it meanwhile, the tag names another one, which stays.
 */
Task<Result<bool>> removeIndex(Self self, Digest digest, std::stop_token stop)
{
    auto request = manifestRequest(*self, "DELETE", digest.toString(), u"remove list of referrers"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    auto reply = co_await self->client()->send(*request, removeScopes(self->path()), stop);
    if (!reply && reply.error().code == Code::NotFound) // somebody else did
        co_return true;
    const bool isRefused = !reply && reply.error().httpStatus >= 400 && reply.error().httpStatus < 500
        && reply.error().code != Code::RateLimited;
    if (!reply && !isRefused)
        co_return fail(std::move(reply.error()));
    co_return reply.has_value();
}

//! False where somebody else was faster.
Task<Result<bool>> writeIndex(Self self, QString tag, QJsonObject index, QByteArray etag,
                              std::stop_token stop)
{
    const QByteArray bytes = QJsonDocument(index).toJson(QJsonDocument::Compact);
    auto request = manifestRequest(*self, "PUT", tag, u"write list of referrers"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    if (bytes.size() > MaxManifestSize) {
        co_return fail(Error::make(Code::InvalidInput, request->subject,
                                   u"the list of referrers would be more than the 4 MiB that may be"_s)
                           .during(request->operation));
    }
    request->headers.set("Content-Type", index[u"mediaType"].toString(MediaType::OciIndex).toLatin1());
    if (etag.startsWith('"'))
        request->headers.set("If-Match", etag);
    request->body = bytes;
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

//! Those whose manifests are not there.
Task<Result<QSet<Digest>>> findGone(Self self, QList<Digest> digests, std::stop_token stop)
{
    QSet<Digest> gone;
    for (const Digest& digest : std::as_const(digests)) {
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

//! Makes the index what \a change says; false where it has to be looked at again.
Task<Result<bool>> write(Self self, QString tag, TagIndex index, std::shared_ptr<Change> change,
                         std::stop_token stop)
{
    const QJsonObject object = changed(index, *change);
    change->keep(index);
    if (object[u"manifests"].toArray().isEmpty() && !index.digest.isNull()) {
        auto removed = co_await removeIndex(self, index.digest, stop);
        if (!removed || *removed)
            co_return removed;
    }
    auto written = co_await writeIndex(self, tag, object, index.etag, stop);
    if (written || !change->gone.isEmpty() || !isAboutItsManifests(written.error()))
        co_return written;
    QList<Digest> kept = index.entries.keys();
    kept.removeIf([&change](const Digest& digest) { return change->drops(digest); });
    auto gone = co_await findGone(self, kept, stop);
    if (!gone)
        co_return fail(std::move(gone.error()));
    if (gone->isEmpty())
        co_return written;
    change->drop(*gone);
    co_return false;
}

Task<Result<void>> carryOut(Self self, QString tag, std::shared_ptr<Change> change, std::stop_token stop)
{
    const QString operation = u"write list of referrers"_s;
    const QString subject = self->client()->registry() + u'/' + self->path() + u':' + tag;
    for (int round = 1;; ++round) {
        auto index = co_await readIndex(self, tag, stop);
        if (!index)
            co_return fail(std::move(index.error()));
        if (change->isDoneIn(*index))
            co_return Result<void>();
        if (index->isOther) {
            co_return fail(Error::make(Code::Conflict, subject,
                                       u"the tag for the list of referrers names something else"_s)
                               .during(operation));
        }
        if (round > MaxRounds)
            break;
        if (round > 1) {
            const auto pause = QRandomGenerator::global()->bounded(LongestPause * round);
            auto slept = co_await sleepFor(std::chrono::milliseconds(pause), stop);
            if (!slept)
                co_return fail(std::move(slept.error()));
            index = co_await readIndex(self, tag, stop);
            if (!index)
                co_return fail(std::move(index.error()));
            if (change->isDoneIn(*index))
                co_return Result<void>();
        }
        auto written = co_await write(self, tag, *index, change, stop);
        if (!written)
            co_return fail(std::move(written.error()));
    }
    co_return fail(Error::make(Code::Conflict, subject, u"others keep changing the list of referrers"_s)
                       .during(operation));
}

Task<Result<void>> carryOutInTurn(Self self, Digest subject, std::shared_ptr<Change> change,
                                  std::stop_token stop)
{
    const QString tag = referrersTag(subject);
    auto permit = co_await self->client()->turnAt(self->path(), tag, stop);
    if (!permit)
        co_return fail(std::move(permit.error()));
    auto done = co_await carryOut(self, tag, std::move(change), stop);
    co_return done;
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
    const auto change = std::make_shared<Change>();
    change->wanted.insert(entry.digest, entry.toJson());
    change->order.append(entry.digest);
    return carryOutInTurn(std::move(repository), std::move(subject), change, std::move(stop));
}

Task<Result<void>> takeOutOfReferrersTag(std::shared_ptr<Repository> repository, Digest subject,
                                         Digest referrer, std::stop_token stop)
{
    const auto change = std::make_shared<Change>();
    change->unwanted = std::move(referrer);
    return carryOutInTurn(std::move(repository), std::move(subject), change, std::move(stop));
}

} // namespace Tagboat
