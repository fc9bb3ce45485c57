// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/streamupload.h"

#include "base/logging.h"
#include "base/stoppablesleep.h"
#include "registry/blobupload.h"
#include "registry/madestream.h"
#include "registry/partsource.h"
#include "registry/registryclient.h"
#include "registry/uploadledger.h"
#include "registry/vendor.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Code = Error::Code;

//! GHCR refuses more in one PATCH.
constexpr qint64 SmallChunk = 4 * 1024 * 1024;
//! What nginx takes where nobody told it otherwise. Less is not tried.
constexpr qint64 SmallestChunk = 1024 * 1024;
constexpr qint64 LargestChunk = 64 * 1024 * 1024;
//! So much of what was sent is mostly all that a broken line takes with it. More would save compressing
//! again, and want memory for each layer all the time.
constexpr qint64 KeptForALine = 2 * 1024 * 1024;
//! From so many lost sessions on the line counts as poor.
constexpr int PoorLine = 2;
//! See blobupload.cpp.
constexpr int MaxDisputes = 6;
constexpr std::chrono::milliseconds DisputePause{50};
constexpr int MaxForgotten = 3;

//! One push while it runs.
struct Run
{
    std::shared_ptr<StreamUpload> upload;
    MadeStreamPtr made;
    UploadSession::Ptr session;
    bool isLeft = false;    //!< the session broke off: the registry has to be asked how far it got
    bool isResumed = false; //!< it holds bytes of an earlier try
    qint64 offset = 0;      //!< of the last request with bytes
};
using RunPtr = std::shared_ptr<Run>;

UploadKey keyOf(const Run& run)
{
    return {run.upload->client->registry(), run.upload->repository, run.upload->stream.key};
}

const VendorTraits& traitsOf(const Run& run)
{
    return vendorTraits(run.upload->client->registry());
}

bool isRemembered(const Run& run)
{
    return !run.upload->stream.key.isNull() && traitsOf(run).resumesUploads;
}

void remember(const Run& run)
{
    if (isRemembered(run))
        run.upload->client->uploads().note(keyOf(run), run.session->location());
}

void forget(Run& run)
{
    if (isRemembered(run))
        run.upload->client->uploads().forget(keyOf(run));
    run.session.reset();
    run.isLeft = run.isResumed = false;
}

//! Ends the session, and tells the registry where somebody answered.
Task<void> giveUp(RunPtr run, Error error)
{
    const UploadSession::Ptr session = run->session;
    forget(*run);
    const bool isHeard = error.code != Code::Network && error.code != Code::Timeout
        && error.code != Code::Unauthorized && error.httpStatus != 404;
    if (session && isHeard)
        co_await UploadSession::cancel(session);
}

//! The session broke off. What it holds is asked before it goes on; where the registry's answer is worth
//! nothing (VendorTraits::resumesUploads) it is of no more use.
Task<void> setAside(RunPtr run, Error error)
{
    if (traitsOf(*run).resumesUploads)
        run->isLeft = run->session != nullptr;
    else
        co_await giveUp(run, std::move(error));
}

//! Where to go on.
struct Start
{
    qint64 offset = 0;
    bool isThere = false; //!< all of it has arrived, and we had not heard of it
};

//! Asks a session that broke off how far it got; nothing where it cannot go on.
Task<Result<std::optional<qint64>>> takeUp(RunPtr run, std::stop_token stop)
{
    auto there = co_await UploadSession::status(run->session, std::numeric_limits<qint64>::max(), stop);
    if (there) {
        run->isLeft = false;
        run->isResumed = run->isResumed || *there > 0;
        co_return std::optional<qint64>(*there);
    }
    // With another login it may be known again.
    const bool isRefused = there.error().code == Code::Unauthorized || there.error().code == Code::Denied;
    if (stop.stop_requested() || isRefused || there.error().isTransient())
        co_return fail(std::move(there.error()));
    qCInfo(lcRegistry).noquote() << "upload of a stream cannot go on:" << there.error().toString();
    forget(*run);
    ++run->upload->lost;
    co_return std::optional<qint64>();
}

//! A session of an earlier try that the registry still knows, or a new one.
Task<Result<Start>> findStart(RunPtr run, std::stop_token stop)
{
    const auto& upload = run->upload;
    if (!run->session && isRemembered(*run)) {
        if (const auto left = upload->client->uploads().find(keyOf(*run))) {
            run->session = UploadSession::at(upload->client, upload->repository, *left);
            run->isLeft = true;
        }
    }
    if (run->isLeft) {
        auto taken = co_await takeUp(run, stop);
        if (!taken)
            co_return fail(std::move(taken.error()));
        if (taken->has_value())
            co_return Start{**taken, false};
    }
    if (upload->made) {
        // Either the session is lost, or it ended well and only the reply did not get through.
        auto presence = co_await askForBlob(upload->client, upload->repository, *upload->made, stop);
        if (!presence)
            co_return fail(std::move(presence.error()));
        if (*presence == Presence::Present)
            co_return Start{upload->made->size, true};
    }
    if (!run->session) {
        auto started = co_await UploadSession::start(upload->client, upload->repository, stop);
        if (!started)
            co_return fail(std::move(started.error()));
        run->session = *started;
    }
    co_return Start{};
}

ByteSourcePtr paced(const Run& run, ByteSourcePtr source)
{
    const StreamedBlob& stream = run.upload->stream;
    return stream.paced ? stream.paced(std::move(source)) : source;
}

//! All of it from \a offset with one PATCH; nothing where nothing is left.
Task<Result<qint64>> sendAll(RunPtr run, qint64 offset, std::stop_token stop)
{
    // Some registries refuse an empty body where they have the bytes already.
    auto more = co_await makeUpTo(run->made, offset + 1, stop);
    if (!more)
        co_return fail(std::move(more.error()));
    if (offset > 0 && run->made->madeTo == offset)
        co_return offset;
    run->offset = offset;
    const ByteSourcePtr source = paced(*run, readFrom(run->made, offset));
    auto sent = co_await UploadSession::patchAll(run->session, offset, source, run->upload->progress, stop);
    if (!sent)
        co_return fail(std::move(sent.error()));
    remember(*run);
    co_return run->made->madeTo;
}

//! All but the last chunk; gives where that begins.
Task<Result<qint64>> sendChunks(RunPtr run, qint64 offset, qint64 chunkSize, std::stop_token stop)
{
    const qint64 least = run->session->minChunk();
    if (least > LargestChunk) {
        co_return fail(Error::make(Code::Unsupported, run->upload->client->registry(),
                                   u"the registry wants pieces larger than Tagboat sends"_s)
                           .during(u"push blob"_s));
    }
    const qint64 size = std::max(chunkSize, least);
    // The one that travels, and the one that is made meanwhile.
    run->made->window = std::max(run->made->window, 2 * size + 2 * PieceSize);
    auto more = co_await makeUpTo(run->made, offset + size + 1, stop);
    while (more && run->made->madeTo - offset > size) {
        run->offset = offset;
        auto ahead = makeUpTo(run->made, offset + 2 * size + 1, stop);
        const ByteSourcePtr chunk = firstOf(readFrom(run->made, offset), size, run->upload->repository);
        auto sent = co_await UploadSession::patch(run->session, offset, size, paced(*run, chunk),
                                                  run->upload->progress, stop);
        more = co_await ahead; // whatever became of the chunk
        if (!sent)
            co_return fail(std::move(sent.error()));
        offset += size;
        remember(*run); // each address is of its offset
        if (run->upload->progress)
            run->upload->progress(offset);
    }
    if (!more)
        co_return fail(std::move(more.error()));
    co_return offset;
}

Task<Result<Descriptor>> sendFrom(RunPtr run, qint64 offset, qint64 chunkSize, std::stop_token stop)
{
    auto prepared = co_await prepareFrom(run->made, offset, stop);
    if (!prepared)
        co_return fail(std::move(prepared.error()));
    if (!*prepared) {
        co_return fail(Error::make(Code::DigestMismatch, run->upload->repository,
                                   u"the upload holds more bytes than there are"_s)
                           .during(u"push blob"_s));
    }
    auto sending = chunkSize > 0 ? sendChunks(run, offset, chunkSize, stop) : sendAll(run, offset, stop);
    auto sent = co_await sending;
    if (!sent)
        co_return fail(std::move(sent.error()));
    const Descriptor blob = run->made->descriptor();
    run->upload->made = blob;
    run->offset = *sent;
    const ByteSourcePtr rest = *sent < blob.size ? paced(*run, readFrom(run->made, *sent)) : nullptr;
    auto closed = co_await UploadSession::put(run->session, blob, *sent, rest, run->upload->progress, stop);
    if (!closed)
        co_return fail(std::move(closed.error()));
    co_return blob;
}

//! Some registries and the proxies in front of them do not take a body of unknown length, or not pieces so
//! large (\a chunkSize; 0: no pieces). The size to try in place of it; 0: none.
qint64 smallerChunk(const Run& run, qint64 chunkSize, const Error& error)
{
    const int status = error.httpStatus;
    if (!traitsOf(run).takesChunks)
        return 0;
    if (chunkSize == 0) {
        const bool isRefusal = status == 405 || status == 411 || status == 413 || status == 501;
        // Out of range, where it began at the beginning: there was too much of it.
        return isRefusal || (status == 416 && run.offset == 0) ? SmallChunk : 0;
    }
    return status == 413 && chunkSize > SmallestChunk ? SmallestChunk : 0;
}

//! What was learnt of the failures of one push.
struct Failures
{
    bool hasRenewed = false;
    qint64 renewedAt = 0;
    int disputes = 0;
    int forgotten = 0;
};

//! After a try failed: whether there is to be another, at once or after a pause. What is left of the session
//! is in \a run.
Task<Result<void>> recover(RunPtr run, std::shared_ptr<Failures> so, qint64 chunkSize, Error error,
                           std::stop_token stop)
{
    StreamUpload& upload = *run->upload;
    if (run->made->fault) {
        co_await giveUp(run, error);
        co_return fail(*run->made->fault);
    }
    const bool isBroken = stop.stop_requested() || error.isTransient();
    if (isBroken) {
        co_await setAside(run, error);
        bool again = false;
        if (!stop.stop_requested() && upload.stream.again)
            again = co_await upload.stream.again(error, stop);
        if (again)
            co_return Result<void>();
        if (!isRemembered(*run))
            co_await giveUp(run, error);
        co_return fail(std::move(error));
    }
    const bool isUnauthorized = error.code == Code::Unauthorized && error.operation != "log in"_L1;
    // A token may run out in each of many chunks.
    if (run->offset > so->renewedAt)
        so->hasRenewed = false;
    if (isUnauthorized && run->session && !so->hasRenewed) {
        so->hasRenewed = true; // the token ran out on the way; the client has learnt from it
        so->renewedAt = run->offset;
        co_await setAside(run, error);
        co_return Result<void>();
    }
    if (!run->session || run->isLeft) // not even begun
        co_return fail(std::move(error));
    // What came before a password was revoked is there for when another one is given.
    if (error.code == Code::Unauthorized && isRemembered(*run))
        co_return fail(std::move(error));
    const qint64 smaller = smallerChunk(*run, chunkSize, error);
    if (smaller > 0) {
        qCInfo(lcRegistry).noquote() << "stream refused, trying chunks of" << smaller << error.toString();
        upload.chunkSize = smaller;
        // What came before is there.
        if (run->offset > 0)
            co_await setAside(run, error);
        else
            co_await giveUp(run, error);
        co_return Result<void>();
    }
    if (error.httpStatus == 416 && so->disputes < MaxDisputes) {
        co_await setAside(run, error);
        auto paused = co_await sleepFor(DisputePause * (1 << so->disputes++), stop);
        co_return paused;
    }
    if (isSessionForgotten(error, chunkSize > 0) && so->forgotten++ < MaxForgotten) {
        forget(*run);
        ++upload.lost;
        co_return Result<void>();
    }
    // What an earlier try sent, or another process, is not what was made now.
    const bool isAnother = error.code == Code::DigestMismatch && run->isResumed;
    co_await giveUp(run, error);
    upload.made.reset();
    bool again = isAnother;
    if (!again && error.code == Code::DigestMismatch && upload.stream.again) // or a poor line turned a bit
        again = co_await upload.stream.again(error, stop);
    if (!again)
        co_return fail(std::move(error));
    qCInfo(lcRegistry).noquote() << "stream begins anew:" << error.toString();
    co_return Result<void>();
}

} // namespace

Task<Result<Descriptor>> uploadStream(std::shared_ptr<StreamUpload> upload, std::stop_token stop)
{
    const auto run = std::make_shared<Run>();
    run->upload = upload;
    run->made = std::make_shared<MadeStream>(upload->stream, KeptForALine);
    const auto failures = std::make_shared<Failures>();
    for (;;) {
        Result<Descriptor> sent;
        auto start = co_await findStart(run, stop);
        qint64 chunkSize = upload->chunkSize;
        if (chunkSize == 0 && upload->lost >= PoorLine && traitsOf(*run).takesChunks)
            chunkSize = SmallChunk;
        if (start) {
            if (upload->progress)
                upload->progress(start->offset);
            if (start->isThere)
                co_return *upload->made;
            // Remembered from the first byte on, so that even a process that is killed finds it again.
            remember(*run);
            sent = co_await sendFrom(run, start->offset, chunkSize, stop);
        } else {
            sent = fail(std::move(start.error()));
        }
        if (sent) {
            forget(*run);
            co_return sent;
        }
        auto recovered = co_await recover(run, failures, chunkSize, std::move(sent.error()), stop);
        if (!recovered)
            co_return fail(std::move(recovered.error()));
    }
}

} // namespace Tagboat
