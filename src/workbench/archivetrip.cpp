// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/archivetrip.h"

#include "base/logging.h"
#include "transfer/flights.h"
#include "transfer/hostslots.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

void warnUnless(const Result<void>& noted)
{
    if (!noted)
        qCWarning(lcTransfer).noquote() << "journal:" << noted.error().toString();
}

//! Is it in the repository, or can it be taken over from one beside it?
Task<Result<bool>> isThere(ArchiveTravelPtr travel, Descriptor blob, std::stop_token stop)
{
    auto presence = co_await travel->repository->blobPresence(blob, stop);
    if (!presence)
        co_return fail(std::move(presence.error()));
    if (*presence == Presence::Present)
        co_return true;
    const auto known = travel->what.journal->knownAt(travel->what.client->registry(), {blob.digest});
    const QStringList repositories = known ? known->value(blob.digest).mid(0, 3) : QStringList();
    for (const QString& repository : repositories) {
        if (repository == travel->what.repository)
            continue;
        auto mounted = co_await travel->repository->mountBlob(blob, repository, stop);
        if (stop.stop_requested())
            co_return cancelled(u"mount blob"_s);
        if (mounted && *mounted)
            co_return true;
    }
    co_await travel->repository->forgetMount(blob);
    co_return false;
}

//! Who asked for one kind shall get it, whatever was made before; at which level is only a matter of size,
//! and what is there already costs nothing.
bool isWelcome(const ArchivePush& push, const Descriptor& compressed)
{
    return !push.compression || compressed.mediaType == push.compression->mediaType();
}

Task<Result<std::optional<Descriptor>>> knownLayer(ArchiveTravelPtr travel, Digest diffId,
                                                   std::stop_token stop)
{
    if (const auto done = travel->brought.constFind(diffId); done != travel->brought.cend())
        co_return std::optional<Descriptor>(*done);
    QList<Descriptor> compressed;
    if (travel->what.journal)
        compressed = travel->what.journal->compressedOf(diffId).value_or(QList<Descriptor>());
    for (const Descriptor& candidate : std::as_const(compressed)) {
        if (!isWelcome(travel->what, candidate))
            continue;
        auto there = co_await isThere(travel, candidate, stop);
        if (!there)
            co_return fail(std::move(there.error()));
        if (*there)
            co_return std::optional<Descriptor>(candidate);
    }
    auto claimed = co_await LayerClaims::of(travel->claims, diffId, stop);
    if (!claimed)
        co_return fail(std::move(claimed.error()));
    for (const Descriptor& candidate : std::as_const(*claimed)) {
        if (!isWelcome(travel->what, candidate))
            continue;
        auto presence = co_await travel->repository->blobPresence(candidate, stop);
        if (!presence)
            co_return fail(std::move(presence.error()));
        if (*presence == Presence::Present) {
            travel->brought.insert(diffId, candidate); // for another try; the journal shall not know
            co_return std::optional<Descriptor>(candidate);
        }
    }
    co_return std::optional<Descriptor>();
}

class ArchiveTrip : public MemberTrip
{
public:
    ArchiveTrip(ArchiveTravelPtr travel, const Digest& digest)
        : m_state(std::make_shared<State>(std::move(travel), digest))
    { }
    ~ArchiveTrip() override { m_state->rest(); }
    Q_DISABLE_COPY_MOVE(ArchiveTrip)

    Task<Result<std::optional<Descriptor>>> known(std::stop_token stop) override
    {
        return knownOrOurs(m_state, std::move(stop));
    }
    Task<Result<void>> begin(std::stop_token stop) override
    {
        return boardAndTakePlace(m_state, std::move(stop));
    }
    void sent(qint64 bytes) override { m_state->got(bytes); }
    Task<bool> again(Error error, std::stop_token stop) override
    {
        return pauseAfter(m_state, std::move(error), std::move(stop));
    }
    void brought(const Descriptor& blob) override { m_state->arrived(blob); }

private:
    struct State
    {
        State(ArchiveTravelPtr with, const Digest& of) : travel(std::move(with)), digest(of)
        {
            policy = travel->retry;
            policy.hasMoved = [this] { return std::exchange(hasMoved, false); };
            // What arrived damaged over a line may well arrive whole the second time.
            policy.alsoWorthwhile = [this](const Error& error, int) {
                return error.code == Error::Code::DigestMismatch && error.httpStatus != 0
                    && !std::exchange(isDamaged, true);
            };
        }
        Q_DISABLE_COPY_MOVE(State)
        ~State() = default;

        const ArchiveTravelPtr travel;
        const Digest digest;
        RetryPolicy policy;
        RetryCount tries;
        std::unique_ptr<Flights::Carrier> carrier;
        HostSlots::Permit place;
        bool isMoving = false;
        bool isBeginning = false; //!< a try has begun, and has not told yet from where
        qint64 best = 0;          //!< how far it ever got
        qint64 start = 0;         //!< the furthest at which a try went on: so much the other end has
        bool hasMoved = false;    //!< in this try further than ever
        bool isDamaged = false;   //!< it arrived wrong once

        void got(qint64 bytes)
        {
            if (std::exchange(isBeginning, false)) {
                // What was handed to a line may never have arrived; where the next try goes on is certain.
                if (bytes > start)
                    move();
                start = std::max(start, bytes);
            }
            if (bytes <= best)
                return;
            place.moved(bytes - best);
            best = bytes;
            move();
        }

        void move() { hasMoved = travel->hasMoved = true; }

        void go(HostSlots::Permit at)
        {
            place = std::move(at);
            isMoving = isBeginning = true;
            ++travel->moving;
            travel->changed();
        }

        //! Others may go meanwhile.
        void rest()
        {
            place = {};
            if (std::exchange(isMoving, false)) {
                --travel->moving;
                travel->changed();
            }
        }

        void arrived(const Descriptor& blob)
        {
            const ArchivePush& push = travel->what;
            travel->brought.insert(digest, blob);
            travel->hasMoved = true;
            if (push.journal) {
                warnUnless(push.journal->noteDiffId(digest, blob));
                warnUnless(push.journal->noteBlobs(push.client->registry(), push.repository, {blob.digest}));
            }
            if (carrier)
                carrier->landed();
        }
    };
    using StatePtr = std::shared_ptr<State>;

    //! False where another job carried it meanwhile.
    static Task<Result<bool>> board(StatePtr state, std::stop_token stop)
    {
        const Flights::Key key{state->travel->what.client->registry(), state->digest};
        state->carrier = Flights::ofThread().board(key, state->travel->what.repository);
        if (state->carrier)
            co_return true;
        auto waited = co_await Flights::ofThread().wait(key, stop);
        if (!waited)
            co_return fail(std::move(waited.error()));
        co_return false;
    }

    static Task<Result<std::optional<Descriptor>>> knownOrOurs(StatePtr state, std::stop_token stop)
    {
        for (;;) {
            auto known = co_await knownLayer(state->travel, state->digest, stop);
            if (!known || known->has_value())
                co_return known;
            auto boarded = co_await board(state, stop);
            if (!boarded)
                co_return fail(std::move(boarded.error()));
            if (*boarded)
                co_return std::optional<Descriptor>();
        }
    }

    static Task<Result<void>> takePlace(StatePtr state, std::stop_token stop)
    {
        const ArchivePush& push = state->travel->what;
        auto place = co_await HostSlots::acquire(push.client->registry(), CopyOptions().parallelAtRegistry,
                                                 push.terms ? push.terms->rank : nullptr, stop);
        if (!place)
            co_return fail(std::move(place.error()));
        state->go(std::move(*place));
        co_return Result<void>();
    }

    static Task<Result<void>> boardAndTakePlace(StatePtr state, std::stop_token stop)
    {
        while (!state->carrier) {
            auto boarded = co_await board(state, stop);
            if (!boarded)
                co_return fail(std::move(boarded.error()));
        }
        auto taken = co_await takePlace(state, stop);
        co_return taken;
    }

    static Task<bool> pauseAfter(StatePtr state, Error error, std::stop_token stop)
    {
        const ArchiveTravelPtr travel = state->travel;
        if (error.isTransient() && error.code != Error::Code::RateLimited)
            state->place.lineBroke();
        state->rest();
        const auto delay = state->tries.next(state->policy, error);
        if (!delay) {
            travel->isGivenUp = true;
            co_return false;
        }
        qCInfo(lcTransfer).noquote() << "another try for" << state->digest.toString() << "in"
                                     << delay->count() << "ms:" << error.toString();
        auto paused = co_await ArchiveTravel::pause(travel, std::move(error), *delay, stop);
        if (!paused)
            co_return false;
        auto taken = co_await takePlace(state, stop);
        co_return taken.has_value();
    }

    StatePtr m_state;
};

} // namespace

void ArchiveTravel::changed()
{
    const bool wasStalled = std::exchange(isStalled, waiting > 0 && moving == 0);
    if (!what.terms || !what.terms->stalled || (!isStalled && !wasStalled))
        return;
    const auto left = QDateTime::currentDateTimeUtc().msecsTo(nextTry);
    what.terms->stalled(isStalled ? std::optional(trouble) : std::nullopt,
                        std::chrono::milliseconds(isStalled ? std::max<qint64>(left, 0) : 0));
}

Task<Result<void>> ArchiveTravel::pause(std::shared_ptr<ArchiveTravel> self, Error error,
                                        std::chrono::milliseconds delay, std::stop_token stop)
{
    self->trouble = std::move(error);
    self->nextTry = QDateTime::currentDateTimeUtc().addMSecs(delay.count());
    ++self->waiting;
    self->changed();
    auto paused = co_await self->retry.pause(delay, stop);
    --self->waiting;
    self->changed();
    co_return paused;
}

std::shared_ptr<MemberTrip> archiveTrip(ArchiveTravelPtr travel, const Digest& digest)
{
    return std::make_shared<ArchiveTrip>(std::move(travel), digest);
}

} // namespace Tagboat
