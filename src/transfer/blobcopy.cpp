// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/blobcopy.h"

#include "base/logging.h"
#include "content/verify.h"
#include "transfer/flights.h"
#include "transfer/hostslots.h"
#include "transfer/markedsource.h"
#include "transfer/origin.h"
#include "transfer/presence.h"

#include <utility>
#include <vector>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using FaultPtr = std::shared_ptr<SourceFault>;

//! The way of one blob over all its tries.
struct Trip
{
    qint64 best = 0;        //!< how far it ever got; what a broken line took is not sent for nothing twice
    qint64 start = 0;       //!< the furthest offset at which a try went on: so much the other end has
    bool hasMoved = false;  //!< in this try further than ever
    bool isDamaged = false; //!< it arrived wrong once
    std::vector<std::pair<QString, HostSlots::Permit>> places; //!< by registry, while it travels

    void got(qint64 done)
    {
        if (done <= best)
            return;
        for (auto& [registry, place] : places)
            place.moved(done - best);
        best = done;
        hasMoved = true;
    }

    //! A registry may take long over the last byte: it syncs, or moves the blob to another storage. Until it
    //! answers the line is free for others.
    void pass()
    {
        for (auto& [registry, place] : places)
            place.pass();
    }

    //! What a sender hands to a connection may never arrive, and then `best` is ahead of the truth for
    //! several tries; where the next one goes on is certain.
    void goesOnAt(qint64 offset)
    {
        if (offset > start)
            hasMoved = true;
        start = std::max(start, offset);
    }
};
using TripPtr = std::shared_ptr<Trip>;

bool isRemote(const CopySource& source)
{
    return !source.registry.isEmpty();
}

//! Opens the bytes anew. What comes from another registry is checked here when it goes to a registry, so that
//! damage is laid at the right door; a folder's bytes are left to the destination's own check (hashing twice
//! is for nothing).
Task<Result<ByteSourcePtr>> openSource(CopyRunPtr run, Descriptor blob, FaultPtr fault, qint64 offset,
                                       std::stop_token stop)
{
    fault->error.reset();
    if (offset == 0) {
        const auto config = run->plan.configs.constFind(blob.digest);
        if (config != run->plan.configs.cend())
            co_return Result<ByteSourcePtr>(memorySource(*config));
    }
    auto opened = co_await run->source.reader->openBlob(blob, offset, stop);
    if (!opened) {
        if (opened.error().operation.isEmpty())
            opened.error().operation = u"read blob"_s;
        fault->note(opened.error());
        co_return std::unexpected(std::move(opened.error()));
    }
    ByteSourcePtr bytes = std::move(*opened);
    if (offset == 0 && isRemote(run->source) && !run->destination.registry.isEmpty())
        bytes = verified(std::move(bytes), blob);
    bytes = limited(std::move(bytes), run->options.limits);
    co_return Result<ByteSourcePtr>(marked(std::move(bytes), fault));
}

//! Who is to blame where a registry refused the bytes of a folder: reads them once more. The error to report.
Task<Error> blame(CopyRunPtr run, Descriptor blob, Error refused, std::stop_token stop)
{
    auto opened = co_await run->source.reader->openBlob(blob, 0, stop);
    if (!opened)
        co_return refused;
    const ByteSourcePtr bytes = verified(std::move(*opened), blob);
    for (;;) {
        auto piece = co_await bytes->read(PieceSize, stop);
        if (!piece && piece.error().code == Error::Code::DigestMismatch)
            co_return std::move(piece.error()).at(Error::Origin::Source).because(std::move(refused));
        if (!piece || piece->isEmpty())
            co_return refused;
    }
}

//! A place at each registry the bytes come from or go to.
Task<Result<void>> takePlaces(CopyRunPtr run, TripPtr trip, std::stop_token stop)
{
    QStringList registries{run->source.registry, run->destination.registry};
    registries.removeAll(QString());
    registries.removeDuplicates();
    registries.sort(); // all take them in this order, so that nobody waits in a circle
    for (const QString& registry : std::as_const(registries)) {
        auto place =
            co_await HostSlots::acquire(registry, run->options.parallelAtRegistry, run->options.rank, stop);
        if (!place)
            co_return fail(std::move(place.error()));
        trip->places.emplace_back(registry, std::move(*place));
    }
    co_return Result<void>();
}

void noteBreak(Trip& trip, const CopyRun& run, const Error& error)
{
    if (!error.isTransient() || error.code == Error::Code::RateLimited)
        return;
    const bool isSource = error.origin == Error::Origin::Source;
    const QString& registry = isSource ? run.source.registry : run.destination.registry;
    for (auto& [name, place] : trip.places) {
        if (name == registry)
            place.lineBroke();
    }
}

//! One try. Errors have their origin set.
Task<Result<void>> tryTransfer(CopyRunPtr run, Descriptor blob, TripPtr trip, std::stop_token stop)
{
    const auto fault = std::make_shared<SourceFault>();
    const SourceFactory open = [run, blob, fault, trip](qint64 offset, std::stop_token inner) {
        trip->goesOnAt(offset);
        return openSource(run, blob, fault, offset, std::move(inner));
    };
    const ProgressCallback progress = [run, blob, trip](qint64 done) {
        trip->got(done);
        const bool isSent = done >= blob.size;
        if (isSent)
            trip->pass();
        run->observer->blobChanged(blob.digest, isSent ? BlobState::Verifying : BlobState::Running, done);
    };
    run->observer->blobChanged(blob.digest, BlobState::Running, trip->best);
    auto pushed = co_await run->destination.writer->pushBlob(blob, open, progress, stop);
    if (pushed)
        co_return pushed;
    if (stop.stop_requested())
        co_return cancelled(u"push blob"_s);
    if (fault->error) {
        if (pushed.error().code != Error::Code::Cancelled && pushed.error().code != fault->error->code)
            co_return fail(std::move(*fault->error).because(std::move(pushed.error())));
        co_return fail(std::move(*fault->error));
    }
    if (pushed.error().code != Error::Code::DigestMismatch)
        co_return failAtDestination(std::move(pushed.error()), u"push blob"_s);
    // A folder hashes what it is given, so the source is wrong; a registry may also have been given something
    // else.
    if (run->destination.registry.isEmpty())
        co_return fail(std::move(pushed.error()).at(Error::Origin::Source));
    const Error refused = std::move(pushed.error()).at(Error::Origin::Destination);
    Error blamed = co_await blame(run, blob, refused, stop);
    co_return fail(std::move(blamed));
}

//! One try, at its turn.
Task<Result<void>> tryInTurn(CopyRunPtr run, Descriptor blob, TripPtr trip, std::stop_token stop)
{
    auto ready = co_await takePlaces(run, trip, stop);
    Result<void> done = std::move(ready);
    if (done) {
        trip->hasMoved = false;
        done = co_await tryTransfer(run, blob, trip, stop);
        if (!done)
            noteBreak(*trip, *run, done.error());
    }
    trip->places.clear(); // others may go while this one pauses
    co_return done;
}

Task<Result<void>> transfer(CopyRunPtr run, Descriptor blob, std::stop_token stop)
{
    const auto trip = std::make_shared<Trip>();
    RetryPolicy policy = run->retry;
    policy.hasMoved = [trip] {
        // What got further than ever is not what arrived wrong before.
        trip->isDamaged = trip->isDamaged && !trip->hasMoved;
        return std::exchange(trip->hasMoved, false);
    };
    // What arrived short or damaged over a line may well arrive whole the second time; a folder's bytes stay
    // wrong.
    policy.alsoWorthwhile = [run, trip](const Error& error, int) {
        const bool isDamaged =
            error.code == Error::Code::Corrupt || error.code == Error::Code::DigestMismatch;
        const QString& registry =
            error.origin == Error::Origin::Source ? run->source.registry : run->destination.registry;
        return isDamaged && !registry.isEmpty() && !std::exchange(trip->isDamaged, true);
    };
    const RetryListener listener = [run, blob](const Error& error, int attempt,
                                               std::chrono::milliseconds delay) {
        qCInfo(lcTransfer).noquote() << "another try for" << blob.digest.toString() << "in" << delay.count()
                                     << "ms:" << error.toString();
        run->observer->retrying(blob.digest, error, attempt, delay);
    };
    std::function<Task<Result<void>>(std::stop_token)> work = [run, blob, trip](std::stop_token inner) {
        return tryInTurn(run, blob, trip, std::move(inner));
    };
    auto done = co_await withRetries<void>(work, policy, listener, stop);
    if (done) {
        run->report.bytesTransferred += blob.size;
        ++run->report.blobsTransferred;
        run->observer->blobChanged(blob.digest, BlobState::Done, blob.size);
    } else if (done.error().code != Error::Code::Cancelled) {
        run->observer->blobChanged(blob.digest, BlobState::Failed, 0);
    }
    co_return done;
}

//! Only a stop is an error: whatever else keeps a mount from happening, the blob can still be pushed.
Task<Result<bool>> mount(CopyRunPtr run, Descriptor blob, QStringList repositories, std::stop_token stop)
{
    for (const QString& repository : repositories) {
        auto mounted = co_await run->destination.writer->mountBlob(blob, repository, stop);
        if (stop.stop_requested())
            co_return cancelled(u"mount blob"_s);
        if (!mounted) {
            qCInfo(lcTransfer).noquote() << "no mount from" << repository << mounted.error().toString();
            continue;
        }
        if (!*mounted)
            continue;
        ++run->report.blobsMounted;
        run->observer->blobChanged(blob.digest, BlobState::Mounted, 0);
        run->observer->blobMounted(blob.digest, repository);
        co_return Result<bool>(true);
    }
    co_return Result<bool>(false);
}

//! Another copy brought the blob to \a repository of this place: is it where we need it, too?
Task<Result<bool>> takeLanded(CopyRunPtr run, Descriptor blob, QString repository, std::stop_token stop)
{
    if (repository != run->destination.repository) {
        auto mounted = co_await mount(run, blob, {repository}, stop);
        co_return mounted;
    }
    auto presence = co_await run->destination.writer->blobPresence(blob, stop);
    if (stop.stop_requested())
        co_return cancelled(u"check blob"_s);
    if (!presence || *presence != Presence::Present)
        co_return Result<bool>(false); // the transfer will tell what is wrong
    ++run->report.blobsPresent;
    run->observer->blobChanged(blob.digest, BlobState::Present, 0);
    co_return Result<bool>(true);
}

} // namespace

Task<Result<void>> copyBlob(CopyRunPtr run, PlannedBlob blob, std::stop_token stop)
{
    const Descriptor what = blob.descriptor;
    if (blob.action == PlannedBlob::Action::Mount) {
        QStringList repositories = mountSources(run->source, run->destination, blob);
        repositories.removeAll(blob.mountFrom);
        repositories.prepend(blob.mountFrom);
        auto mounted = co_await mount(run, what, repositories, stop);
        if (!mounted)
            co_return std::unexpected(std::move(mounted.error()));
        if (*mounted)
            co_return Result<void>();
    }

    const CopyDestination& to = run->destination;
    const Flights::Key key{to.registry.isEmpty() ? to.label : to.registry, what.digest};
    bool isLandingTried = false;
    for (;;) {
        // What landed since the plan was made is looked at once; a blob that is gone again is carried anew.
        const auto landed = Flights::ofThread().landedAt(key);
        if (landed && !isLandingTried) {
            isLandingTried = true;
            auto taken = co_await takeLanded(run, what, *landed, stop);
            if (!taken)
                co_return std::unexpected(std::move(taken.error()));
            if (*taken)
                co_return Result<void>();
        }
        if (const auto carrier = Flights::ofThread().board(key, to.repository)) {
            auto done = co_await transfer(run, what, stop);
            if (done)
                carrier->landed();
            co_return done;
        }
        auto waited = co_await Flights::ofThread().wait(key, stop);
        if (!waited)
            co_return std::unexpected(std::move(waited.error()));
        isLandingTried = false;
    }
}

} // namespace Tagboat
