// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/blobintake.h"

#include "base/logging.h"
#include "base/worker.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using SharedPtr = std::shared_ptr<StoreWriter::Shared>;

constexpr qint64 ReadBackSize = 1024 * 1024;

std::shared_ptr<Hasher> hasherFor(const Descriptor& blob)
{
    return std::make_shared<Hasher>(blob.digest.algorithm());
}

Result<void> beginAnew(Reception& reception, const Descriptor& blob)
{
    reception.hasher = hasherFor(blob);
    reception.received = 0;
    reception.resumedAt = 0;
    return reception.file->beginAnew();
}

//! Hashes what an earlier process has left. Not its word but the disk's counts: after a power cut a file may
//! be as long as it should be, and yet not hold what was written.
Result<void> hashAgain(Reception& reception, const std::stop_token& stop)
{
    while (reception.received < reception.file->length()) {
        if (stop.stop_requested())
            return cancelled();
        const auto bytes = reception.file->readBack(ReadBackSize);
        if (!bytes)
            return std::unexpected(bytes.error());
        if (bytes->isEmpty())
            return fail(Error::Code::Corrupt, u"ingest"_s, u"a partial file is shorter than it was"_s);
        reception.hasher->update(*bytes);
        reception.received += bytes->size();
    }
    return {};
}

Result<ReceptionPtr> takePartial(const LayoutFiles& files, const Descriptor& blob,
                                 const std::stop_token& stop)
{
    const auto file = Ingest::take(files, blob.digest, blob.size);
    if (!file)
        return std::unexpected(file.error());
    auto reception = std::make_shared<Reception>(*file, hasherFor(blob));
    const auto hashed = hashAgain(*reception, stop);
    if (!hashed && hashed.error().code == Error::Code::Cancelled)
        return std::unexpected(hashed.error());
    // What cannot be read is no good as a beginning.
    const auto ready = hashed ? hashed : beginAnew(*reception, blob);
    if (!ready)
        return std::unexpected(ready.error());
    return reception;
}

Result<ReceptionPtr> begin(const LayoutFiles& files, const ReceptionPtr& brokenOff, const Descriptor& blob,
                           bool isAnew, const std::stop_token& stop)
{
    const auto taken = brokenOff ? Result<ReceptionPtr>(brokenOff) : takePartial(files, blob, stop);
    if (!taken)
        return taken;
    Reception& reception = **taken;
    reception.resumedAt = reception.received;
    const bool isTooLong = reception.received > blob.size;
    auto ready = Result<void>();
    if (reception.received > 0 && (isAnew || isTooLong))
        ready = beginAnew(reception, blob);
    else if (brokenOff)
        ready = reception.file->resume();
    if (ready)
        return taken;
    reception.file->discard();
    return std::unexpected(std::move(ready.error()));
}

//! Whether a source may well have the bytes, but not from where it was asked to begin (416: no such range).
bool canOnlyBegin(const Error& error)
{
    return error.code == Error::Code::Corrupt || error.code == Error::Code::Unsupported
        || error.code == Error::Code::InvalidInput || error.httpStatus == 416;
}

//! Brings what is missing to \a reception; all bytes are right when it returns without an error.
Task<Result<void>> complete(ReceptionPtr reception, Descriptor blob, SourceFactory open,
                            ProgressCallback progress, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    const qint64 offset = reception->received;
    if (progress && offset > 0)
        progress(offset);
    if (offset == 0 || offset != blob.size) {
        auto source = co_await open(offset, stop);
        if (!source && offset > 0 && canOnlyBegin(source.error())) {
            auto begun = co_await onWorker([reception, blob] { return beginAnew(*reception, blob); });
            if (!begun)
                co_return begun;
            source = co_await open(0, stop);
        }
        if (!source)
            co_return std::unexpected(std::move(source.error()));
        auto received = co_await receiveBlob(reception, std::move(*source), blob, progress, stop);
        if (!received)
            co_return received;
    }
    const Digest digest = reception->hasher->finish();
    if (digest != blob.digest) {
        co_return fail(Error::make(Error::Code::DigestMismatch, blob.digest.toString(),
                                   u"the bytes hash to "_s + digest.toString())
                           .during(u"write to the image store"_s));
    }
    co_return Result<void>();
}

//! Leaves what is worth it for the next try, and removes the rest.
Task<void> breakOff(SharedPtr shared, ReceptionPtr reception, Digest digest, Error error)
{
    co_await makeRoom(shared, error.code);
    // One that goes wrong at once may do so because of what is here.
    const bool isStuck = canOnlyBegin(error) && reception->received == reception->resumedAt;
    const bool isWorthIt =
        reception->isSound && !isStuck && !shared->isDiskFull && error.code != Error::Code::DigestMismatch;
    // Not left to the destructor: to let go of gigabytes takes its time.
    const bool isKept = co_await onWorker([file = reception->file, isWorthIt] {
        if (!isWorthIt)
            file->discard();
        return file->keep();
    });
    // After a stop nobody comes back to this writer, but perhaps another one wants the file.
    if (isKept && error.code != Error::Code::Cancelled)
        shared->brokenOff.insert(digest, reception);
}

} // namespace

Task<void> makeRoom(SharedPtr shared, Error::Code failure)
{
    if (failure != Error::Code::DiskFull)
        co_return;
    shared->isDiskFull = true;
    const QList<ReceptionPtr> waiting = std::exchange(shared->brokenOff, {}).values();
    co_await onWorker([waiting] {
        for (const ReceptionPtr& reception : waiting)
            reception->file->discard();
        return true;
    });
}

Task<Result<void>> takeInBlob(SharedPtr shared, Descriptor blob, SourceFactory open,
                              ProgressCallback progress, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    ReceptionPtr brokenOff = shared->brokenOff.take(blob.digest);
    auto isHere = co_await onWorker([shared, blob, brokenOff] {
        auto claimed = shared->lease.claim(blob.digest, blob.size, Lease::Kind::Blob);
        if (claimed && *claimed && brokenOff)
            brokenOff->file->discard(); // somebody else was quicker
        return claimed;
    });
    if (!isHere)
        co_return std::unexpected(std::move(isHere.error()));
    if (stop.stop_requested())
        co_return cancelled();
    if (*isHere) {
        if (progress)
            progress(blob.size);
        co_return Result<void>();
    }
    bool isAnew = false;
    while (true) {
        auto reception = co_await onWorker([shared, brokenOff, blob, isAnew, stop] {
            return begin(shared->core->files, brokenOff, blob, isAnew, stop);
        });
        if (!reception) {
            co_await makeRoom(shared, reception.error().code);
            co_return std::unexpected(std::move(reception.error()));
        }
        brokenOff.reset();
        const ReceptionPtr current = std::move(*reception);
        auto done = co_await complete(current, blob, open, progress, stop);
        if (done) {
            done = co_await onWorker([shared, current, digest = blob.digest] {
                return current->file->commit(digest, shared->pending);
            });
            co_return done;
        }
        co_await breakOff(shared, current, blob.digest, done.error());
        if (isAnew || current->resumedAt == 0 || done.error().code != Error::Code::DigestMismatch)
            co_return done;
        qCInfo(lcStore).noquote() << "once more from the beginning:" << done.error().toString();
        isAnew = true;
    }
}

} // namespace Tagboat
