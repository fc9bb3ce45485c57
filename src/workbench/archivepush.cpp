// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/archivepush.h"

#include "base/logging.h"
#include "workbench/archivetrip.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

void warnUnless(const Result<void>& noted)
{
    if (!noted)
        qCWarning(lcTransfer).noquote() << "journal:" << noted.error().toString();
}

ArchiveImportOptions optionsOf(const ArchiveTravelPtr& travel)
{
    ArchiveImportOptions options;
    options.names = travel->what.tags;
    options.namesAreTags = true;
    options.only = travel->what.only;
    options.compression = travel->what.compression.value_or(LayerCompression());
    options.trip = [travel](const Digest& digest) { return archiveTrip(travel, digest); };
    options.paced = [travel](ByteSourcePtr source) {
        return travel->what.terms ? limited(std::move(source), travel->what.terms->limits) : source;
    };
    return options;
}

//! Where the tags point now. Also what asks first whether one may push here.
Task<Result<QList<TagMove>>> tagsNow(ArchiveTravelPtr travel, std::stop_token stop)
{
    QList<TagMove> moves;
    const QStringList tags = travel->what.tags;
    for (const QString& tag : tags) {
        std::function<Task<Result<std::optional<Descriptor>>>(std::stop_token)> work =
            [travel, tag](std::stop_token inner) {
                return travel->repository->current(tag, std::move(inner));
            };
        auto current =
            co_await withRetries<std::optional<Descriptor>>(work, RetryPolicy::standard(5), {}, stop);
        if (!current)
            co_return fail(std::move(current.error()));
        TagMove move;
        move.name = u"%1/%2:%3"_s.arg(travel->what.client->registry(), travel->what.repository, tag);
        move.previous = *current ? (*current)->digest : Digest();
        moves.append(move);
    }
    co_return moves;
}

//! Members are tried again one by one; all of it only for what is no member's own: a question, the manifest.
Task<Result<Descriptor>> pushWithRetries(ArchiveTravelPtr travel, ArchiveProgressCallback progress,
                                         std::stop_token stop)
{
    RetryPolicy policy = travel->retry;
    policy.hasMoved = [travel] { return std::exchange(travel->hasMoved, false); };
    RetryCount tries;
    for (;;) {
        auto pushed =
            co_await importArchive(travel->what.file, travel->repository, optionsOf(travel), progress, stop);
        if (pushed)
            co_return pushed->constFirst().target;
        const auto delay =
            stop.stop_requested() || travel->isGivenUp ? std::nullopt : tries.next(policy, pushed.error());
        if (!delay)
            co_return fail(std::move(pushed.error()));
        qCInfo(lcTransfer).noquote() << "another try in" << delay->count()
                                     << "ms:" << pushed.error().toString();
        auto paused = co_await ArchiveTravel::pause(travel, std::move(pushed.error()), *delay, stop);
        if (!paused)
            co_return fail(std::move(paused.error()));
    }
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
    const auto travel = std::make_shared<ArchiveTravel>();
    travel->repository = what.client->repository(what.repository);
    travel->what = std::move(what);
    travel->claims = std::make_shared<LayerClaims>(travel->repository, travel->what.tags);
    travel->retry = RetryPolicy::standard(5);
    travel->retry.patience = std::chrono::minutes(10);
    // First of all: whether one may push here is learnt before anything is compressed.
    auto found = co_await tagsNow(travel, stop);
    if (!found)
        co_return fail(atDestination(std::move(found.error())));
    QList<TagMove> moves = std::move(*found);

    auto pushed = co_await pushWithRetries(travel, std::move(progress), stop);
    if (!pushed)
        co_return fail(atDestination(std::move(pushed.error())));
    const Descriptor root = *pushed;
    moves.removeIf([&root](const TagMove& move) { return move.previous == root.digest; });
    for (TagMove& move : moves) {
        move.current = root.digest;
        move.when = QDateTime::currentDateTimeUtc();
    }
    if (travel->what.journal && !moves.isEmpty())
        warnUnless(travel->what.journal->noteTagMoves(moves));
    co_return root;
}

} // namespace Tagboat
