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
    co_return false;
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
        auto there = co_await isThere(push, candidate, stop);
        if (!there)
            co_return fail(std::move(there.error()));
        if (*there)
            co_return std::optional<Descriptor>(candidate);
    }
    co_return std::optional<Descriptor>();
}

ArchiveImportOptions optionsOf(const PushPtr& push)
{
    ArchiveImportOptions options;
    options.names = push->what.tags;
    options.namesAreTags = true;
    options.only = push->what.only;
    options.known = [push](Digest diffId, std::stop_token stop) {
        return knownLayer(push, std::move(diffId), std::move(stop));
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

//! Where the tags point now; a tag that cannot be asked for is not noted.
Task<QList<TagMove>> tagsNow(PushPtr push, std::stop_token stop)
{
    QList<TagMove> moves;
    const QStringList tags = push->what.tags;
    for (const QString& tag : tags) {
        auto current = co_await push->repository->current(tag, stop);
        if (!current)
            continue;
        TagMove move;
        move.name = u"%1/%2:%3"_s.arg(push->what.client->registry(), push->what.repository, tag);
        move.previous = *current ? (*current)->digest : Digest();
        moves.append(move);
    }
    co_return moves;
}

} // namespace

Task<Result<Descriptor>> pushArchive(ArchivePush what, ArchiveProgressCallback progress, std::stop_token stop)
{
    const auto push = std::make_shared<Push>();
    push->repository = what.client->repository(what.repository);
    push->what = std::move(what);
    push->progress = std::move(progress);
    // First of all: whether one may push here is learnt before anything is compressed.
    QList<TagMove> moves = co_await tagsNow(push, stop);

    RetryPolicy policy = RetryPolicy::standard(5);
    policy.patience = std::chrono::minutes(10);
    policy.hasMoved = [push] { return std::exchange(push->hasMoved, false); };
    // A registry that does not take a layer as it is made gets chunks the next time.
    policy.alsoWorthwhile = [](const Error& error, int attempt) {
        return attempt == 1 && (error.httpStatus == 411 || error.httpStatus == 413 || error.httpStatus == 416);
    };
    std::function<Task<Result<QList<ArchivedImage>>>(std::stop_token)> work = [push](std::stop_token inner) {
        return importArchive(push->what.file, push->repository, optionsOf(push), push->progress,
                             std::move(inner));
    };
    auto pushed = co_await withRetries<QList<ArchivedImage>>(work, policy, {}, stop);
    if (!pushed) {
        Error error = std::move(pushed.error());
        if (error.origin != Error::Origin::Source)
            error.origin = Error::Origin::Destination;
        co_return fail(std::move(error));
    }
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
