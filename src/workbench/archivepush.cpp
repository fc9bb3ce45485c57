// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/archivepush.h"

#include "base/logging.h"
#include "transfer/retry.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! What the tries of one push share.
struct Push
{
    ArchivePush what;
    std::shared_ptr<Repository> repository;
    ArchiveProgressCallback progress;
    QHash<Digest, Descriptor> brought; //!< by diff ID, in this push
    bool hasMoved = false;             //!< since it was last asked
    RetryPolicy retry;
};
using PushPtr = std::shared_ptr<Push>;

void warnUnless(const Result<void>& noted)
{
    if (!noted)
        qCWarning(lcTransfer).noquote() << "journal:" << noted.error().toString();
}

//! Is it in the repository, or can it be taken over from one beside it?
Task<Result<bool>> isThere(PushPtr push, Descriptor blob, std::stop_token stop)
{
    auto presence = co_await push->repository->blobPresence(blob, stop);
    if (!presence)
        co_return fail(std::move(presence.error()));
    if (*presence == Presence::Present)
        co_return true;
    const auto known = push->what.journal->knownAt(push->what.client->registry(), {blob.digest});
    const QStringList repositories = known ? known->value(blob.digest).mid(0, 3) : QStringList();
    for (const QString& repository : repositories) {
        if (repository == push->what.repository)
            continue;
        auto mounted = co_await push->repository->mountBlob(blob, repository, stop);
        if (stop.stop_requested())
            co_return cancelled(u"mount blob"_s);
        if (mounted && *mounted)
            co_return true;
    }
    co_await push->repository->forgetMount(blob);
    co_return false;
}

//! Who asked for one kind shall get it, whatever was made before; at which level is only a matter of size,
//! and what is there already costs nothing.
bool isWelcome(const ArchivePush& push, const Descriptor& compressed)
{
    return !push.compression || compressed.mediaType == push.compression->mediaType();
}

Task<Result<std::optional<Descriptor>>> knownLayer(PushPtr push, Digest diffId, std::stop_token stop)
{
    if (const auto done = push->brought.constFind(diffId); done != push->brought.cend())
        co_return std::optional<Descriptor>(*done);
    if (!push->what.journal)
        co_return std::optional<Descriptor>();
    const auto compressed = push->what.journal->compressedOf(diffId);
    const QList<Descriptor> candidates = compressed ? *compressed : QList<Descriptor>();
    for (const Descriptor& candidate : candidates) {
        if (!isWelcome(push->what, candidate))
            continue;
        auto there = co_await isThere(push, candidate, stop);
        if (!there)
            co_return fail(std::move(there.error()));
        if (*there)
            co_return std::optional<Descriptor>(candidate);
    }
    co_return std::optional<Descriptor>();
}

//! True when the next try may begin.
Task<bool> pauseBefore(PushPtr push, Error error, int attempt, std::stop_token stop)
{
    // The pauses of the tries so far, for the patience.
    std::chrono::milliseconds waited{0};
    for (int i = 1; i < attempt; ++i)
        waited += push->retry.delay(error, i);
    if (!push->retry.allows(error, attempt, waited))
        co_return false;
    qCInfo(lcTransfer).noquote() << "another try after" << error.toString();
    auto paused = co_await push->retry.pause(push->retry.delay(error, attempt), stop);
    co_return paused.has_value();
}

ArchiveImportOptions optionsOf(const PushPtr& push)
{
    ArchiveImportOptions options;
    options.names = push->what.tags;
    options.namesAreTags = true;
    options.only = push->what.only;
    options.compression = push->what.compression.value_or(LayerCompression());
    options.known = [push](Digest diffId, std::stop_token stop) {
        return knownLayer(push, std::move(diffId), std::move(stop));
    };
    options.again = [push](Error error, int attempt, std::stop_token stop) {
        return pauseBefore(push, std::move(error), attempt, std::move(stop));
    };
    options.paced = [push](ByteSourcePtr source) {
        return push->what.limits ? limited(std::move(source), *push->what.limits) : source;
    };
    options.brought = [push](const Digest& diffId, const Descriptor& blob) {
        push->brought.insert(diffId, blob);
        push->hasMoved = true;
        if (!push->what.journal)
            return;
        warnUnless(push->what.journal->noteDiffId(diffId, blob));
        warnUnless(push->what.journal->noteBlobs(push->what.client->registry(), push->what.repository,
                                                 {blob.digest}));
    };
    return options;
}

//! Where the tags point now. Also what asks first whether one may push here.
Task<Result<QList<TagMove>>> tagsNow(PushPtr push, std::stop_token stop)
{
    QList<TagMove> moves;
    const QStringList tags = push->what.tags;
    for (const QString& tag : tags) {
        std::function<Task<Result<std::optional<Descriptor>>>(std::stop_token)> work =
            [push, tag](std::stop_token inner) { return push->repository->current(tag, std::move(inner)); };
        auto current =
            co_await withRetries<std::optional<Descriptor>>(work, RetryPolicy::standard(5), {}, stop);
        if (!current)
            co_return fail(std::move(current.error()));
        TagMove move;
        move.name = u"%1/%2:%3"_s.arg(push->what.client->registry(), push->what.repository, tag);
        move.previous = *current ? (*current)->digest : Digest();
        moves.append(move);
    }
    co_return moves;
}

Error atDestination(Error error)
{
    if (error.origin != Error::Origin::Source)
        error.origin = Error::Origin::Destination;
    return error;
}

} // namespace

Task<Result<Descriptor>> pushArchive(ArchivePush what, ArchiveProgressCallback progress, std::stop_token stop)
{
    const auto push = std::make_shared<Push>();
    push->repository = what.client->repository(what.repository);
    push->what = std::move(what);
    push->progress = std::move(progress);
    // First of all: whether one may push here is learnt before anything is compressed.
    auto found = co_await tagsNow(push, stop);
    if (!found)
        co_return fail(atDestination(std::move(found.error())));
    QList<TagMove> moves = std::move(*found);

    push->retry = RetryPolicy::standard(5);
    push->retry.patience = std::chrono::minutes(10);
    push->retry.alsoWorthwhile = [](const Error& error, int attempt) {
        // Refused as it is made, a layer goes in chunks the next time; and a token may have run out.
        return attempt <= 2
            && (Repository::isStreamRefused(error) || error.code == Error::Code::Unauthorized);
    };
    // Members are tried again one by one; all of it only where the archive has to be read front to back.
    RetryPolicy whole = push->retry;
    whole.hasMoved = [push] { return std::exchange(push->hasMoved, false); };
    std::function<Task<Result<QList<ArchivedImage>>>(std::stop_token)> work = [push](std::stop_token inner) {
        return importArchive(push->what.file, push->repository, optionsOf(push), push->progress,
                             std::move(inner));
    };
    auto pushed = co_await withRetries<QList<ArchivedImage>>(work, whole, {}, stop);
    if (!pushed)
        co_return fail(atDestination(std::move(pushed.error())));
    const Descriptor root = pushed->constFirst().target;
    moves.removeIf([&root](const TagMove& move) { return move.previous == root.digest; });
    for (TagMove& move : moves) {
        move.current = root.digest;
        move.when = QDateTime::currentDateTimeUtc();
    }
    if (push->what.journal && !moves.isEmpty())
        warnUnless(push->what.journal->noteTagMoves(moves));
    co_return root;
}

} // namespace Tagboat
