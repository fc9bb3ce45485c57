// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/blobupload.h"

#include "base/logging.h"
#include "base/stoppablesleep.h"
#include "content/verify.h"
#include "registry/partsource.h"
#include "registry/presence.h"
#include "registry/registryclient.h"
#include "registry/scopes.h"
#include "registry/uploadledger.h"
#include "registry/vendor.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Code = Error::Code;
using UploadPtr = std::shared_ptr<BlobUpload>;

//! What a line that breaks often is given at a time.
constexpr qint64 PoorLineChunk = 16 * 1024 * 1024;
//! What a registry or proxy that refuses the whole is given: GHCR takes so much.
constexpr qint64 SmallChunk = 4 * 1024 * 1024;
//! What nginx takes where nobody told it otherwise. Less is not tried.
constexpr qint64 SmallestChunk = 1024 * 1024;
//! What is smaller is sent again sooner than it is asked about.
constexpr qint64 WorthResuming = 1024 * 1024;
//! From so many lost sessions on the line counts as poor.
constexpr int PoorLine = 2;
//! How often the registry may disagree about the offset within one try, and how long to wait before asking
//! again, the first time: what a killed try had sent may still come in from a proxy.
constexpr int MaxDisputes = 6;
constexpr std::chrono::milliseconds DisputePause{50};
//! And forget the session.
constexpr int MaxForgotten = 3;

UploadKey keyOf(const BlobUpload& upload)
{
    return {upload.client->registry(), upload.repository, upload.blob.digest};
}

UploadLedger& ledgerOf(const BlobUpload& upload)
{
    return upload.client->uploads();
}

const VendorTraits& traitsOf(const BlobUpload& upload)
{
    return vendorTraits(upload.client->registry());
}

//! Some registries and the proxies in front of them do not take a blob in one piece, or not in pieces so
//! large (\a chunkSize; 0: one piece). The size to try in place of it; 0: none.
qint64 smallerChunk(const BlobUpload& upload, qint64 chunkSize, const Error& error)
{
    const int status = error.httpStatus;
    const bool isRefusal = status == 404 || status == 405 || status == 411 || status == 413 || status == 501;
    if (!traitsOf(upload).takesChunks)
        return 0;
    if (chunkSize == 0 || (chunkSize > SmallChunk && status == 413))
        return isRefusal ? SmallChunk : 0;
    return status == 413 && chunkSize > SmallestChunk ? SmallestChunk : 0;
}

bool isResumable(const BlobUpload& upload)
{
    return traitsOf(upload).resumesUploads && upload.blob.size >= WorthResuming;
}

//! Where to go on.
struct Start
{
    qint64 offset = 0;
    bool isThere = false; //!< the blob has arrived, and we had not heard of it
};

//! Asks a session that an earlier try left how far it got; nothing where it cannot go on.
Task<Result<std::optional<Start>>> takeUp(UploadPtr upload, QUrl left, std::stop_token stop)
{
    const UploadKey key = keyOf(*upload);
    const auto session = UploadSession::at(upload->client, upload->repository, left);
    auto there = co_await UploadSession::status(session, upload->blob.size, stop);
    if (there) {
        qCInfo(lcRegistry).noquote() << "upload of" << key.digest.toString() << "goes on at" << *there;
        const auto unused = std::exchange(upload->session, session);
        if (unused)
            co_await UploadSession::cancel(unused);
        co_return std::optional<Start>(Start{*there, false});
    }
    // With another login it may be known again.
    const bool isRefused = there.error().code == Code::Unauthorized || there.error().code == Code::Denied;
    if (stop.stop_requested() || isRefused || there.error().isTransient())
        co_return fail(std::move(there.error()));
    qCInfo(lcRegistry).noquote() << "upload of" << key.digest.toString()
                                 << "cannot go on:" << there.error().toString();
    ledgerOf(*upload).forget(key);
    ++upload->lost;
    co_return std::optional<Start>();
}

//! A session of an earlier try that the registry still knows, or a new one.
Task<Result<Start>> findStart(UploadPtr upload, std::stop_token stop)
{
    std::optional<QUrl> left;
    if (isResumable(*upload))
        left = ledgerOf(*upload).find(keyOf(*upload));
    if (left) {
        auto taken = co_await takeUp(upload, *left, stop);
        if (!taken)
            co_return fail(std::move(taken.error()));
        if (taken->has_value())
            co_return **taken;
    }
    if (left || upload->isForgotten) {
        // Either it is lost, or it ended well and only the reply did not get through.
        upload->isForgotten = false;
        auto presence = co_await askForBlob(upload->client, upload->repository, upload->blob, stop);
        if (!presence)
            co_return fail(std::move(presence.error()));
        if (*presence == Presence::Present)
            co_return Start{upload->blob.size, true};
    }
    if (!upload->session) {
        auto started = co_await UploadSession::start(upload->client, upload->repository, stop);
        if (!started)
            co_return fail(std::move(started.error()));
        upload->session = *started;
    }
    co_return Start{};
}

//! The registry verifies too, but only at the end, and not every one does; what lies in a file it can be left
//! to.
ByteSourcePtr checked(ByteSourcePtr source, const Descriptor& blob, qint64 offset)
{
    return offset > 0 || source->file() ? source : verified(std::move(source), blob);
}

//! All but the last chunk. Gives the source, where it can be read on, and the offset.
struct Rest
{
    ByteSourcePtr source;
    qint64 offset = 0;
};

Task<Result<Rest>> sendChunks(UploadPtr upload, qint64 offset, qint64 chunkSize, std::stop_token stop)
{
    const Descriptor blob = upload->blob;
    const qint64 largest = traitsOf(*upload).largestChunk;
    if (upload->session->minChunk() > largest) {
        co_return fail(Error::make(Code::Unsupported, upload->client->registry(),
                                   u"the registry wants pieces larger than Tagboat sends"_s)
                           .during(u"push blob"_s));
    }
    const qint64 size = std::max(std::min(chunkSize, largest), upload->session->minChunk());
    Rest rest{nullptr, offset};
    while (blob.size - rest.offset > size) {
        if (!rest.source || rest.source->file()) {
            auto opened = co_await upload->open(rest.offset, stop);
            if (!opened)
                co_return fail(std::move(opened.error()));
            rest.source = checked(std::move(*opened), blob, rest.offset);
        }
        upload->offset = rest.offset;
        const ByteSourcePtr part = firstOf(rest.source, size, blob.digest.toString());
        auto sent =
            co_await UploadSession::patch(upload->session, rest.offset, size, part, upload->progress, stop);
        if (!sent)
            co_return fail(std::move(sent.error()));
        rest.offset += size;
        if (isResumable(*upload)) // each address is of its offset
            ledgerOf(*upload).note(keyOf(*upload), upload->session->location());
        if (upload->progress)
            upload->progress(rest.offset);
    }
    if (rest.source && rest.source->file())
        rest.source.reset();
    co_return rest;
}

//! \a chunkSize 0: in one piece.
Task<Result<void>> sendFrom(UploadPtr upload, qint64 offset, qint64 chunkSize, std::stop_token stop)
{
    const Descriptor blob = upload->blob;
    Rest rest{nullptr, offset};
    if (chunkSize > 0) {
        auto sent = co_await sendChunks(upload, offset, chunkSize, stop);
        if (!sent)
            co_return fail(std::move(sent.error()));
        rest = std::move(*sent);
    }
    if (!rest.source && (rest.offset < blob.size || blob.size == 0)) {
        auto opened = co_await upload->open(rest.offset, stop);
        if (!opened)
            co_return fail(std::move(opened.error()));
        rest.source = checked(std::move(*opened), blob, rest.offset);
    }
    upload->offset = rest.offset;
    auto done =
        co_await UploadSession::put(upload->session, blob, rest.offset, rest.source, upload->progress, stop);
    co_return done;
}

//! What became of the session after \a error: kept for later, or ended.
Task<void> leaveSession(UploadPtr upload, Error error, bool isWorthKeeping)
{
    const UploadSession::Ptr session = std::exchange(upload->session, nullptr);
    const bool isKept = isWorthKeeping && isResumable(*upload);
    if (isKept)
        ledgerOf(*upload).note(keyOf(*upload), session->location());
    else if (isResumable(*upload))
        ledgerOf(*upload).forget(keyOf(*upload));
    // Where nobody answered there is nobody to be told; and who is not let in is not heard either.
    const bool isHeard = error.code != Code::Network && error.code != Code::Timeout
        && error.code != Code::Unauthorized && error.httpStatus != 404;
    if (!isKept && isHeard)
        co_await UploadSession::cancel(session);
}

} // namespace

Task<Result<Presence>> askForBlob(std::shared_ptr<RegistryClient> client, QString repository, Descriptor blob,
                                  std::stop_token stop)
{
    HttpRequest request;
    request.method = "HEAD";
    request.url = client->url(u"/v2/%1/blobs/%2"_s.arg(repository, blob.digest.toString()));
    request.operation = u"look up blob"_s;
    request.subject = blob.digest.toString();
    request.followRedirects = false;
    const auto reply = co_await client->send(request, pushScopes(repository), stop);
    co_return presenceOf(reply);
}

Task<Result<void>> uploadBlob(UploadPtr upload, std::stop_token stop)
{
    const VendorTraits& traits = traitsOf(*upload);
    bool hasRenewed = false;
    qint64 renewedAt = 0;
    int disputes = 0;
    int forgotten = 0;
    while (true) {
        auto start = co_await findStart(upload, stop);
        if (!start)
            co_return fail(std::move(start.error()));
        if (upload->progress)
            upload->progress(start->offset);
        if (start->isThere)
            co_return Result<void>();
        // Remembered from the first byte on, so that even a process that is killed finds it again.
        if (isResumable(*upload))
            ledgerOf(*upload).note(keyOf(*upload), upload->session->location());
        const bool isPoorLine = upload->chunkSize == 0 && upload->lost >= PoorLine && traits.takesChunks;
        qint64 chunkSize = isPoorLine ? PoorLineChunk : upload->chunkSize;
        // Refused as out of range although it began where the registry says: then there was too much of it.
        if (disputes > 0 && chunkSize > SmallChunk && start->offset == upload->offset)
            upload->chunkSize = chunkSize = SmallChunk;
        auto done = co_await sendFrom(upload, start->offset, chunkSize, stop);
        if (done) {
            if (isResumable(*upload))
                ledgerOf(*upload).forget(keyOf(*upload));
            co_return Result<void>();
        }
        Error error = std::move(done.error());
        const bool isBroken = stop.stop_requested() || error.isTransient();
        const bool isUnauthorized = error.code == Code::Unauthorized && error.operation != "log in"_L1;
        // A token may run out in each of many chunks.
        if (upload->offset > renewedAt)
            hasRenewed = false;
        const bool isRenewable = isUnauthorized && !hasRenewed;
        // Some proxies gather a request, and ask for the login when its token has run out meanwhile: then it
        // has to be shorter.
        const bool isTooLong = isUnauthorized && hasRenewed && chunkSize == 0 && traits.takesChunks;
        const bool isDispute = error.httpStatus == 416 && disputes < MaxDisputes;
        const bool isGone = isSessionForgotten(error, chunkSize > 0);
        const qint64 smaller = isGone ? 0 : smallerChunk(*upload, chunkSize, error);
        // What came before chunks that turned out too large is there; what came before a password was
        // revoked is, too, for when another one is given.
        const bool isLoginWanted = error.code == Code::Unauthorized;
        co_await leaveSession(upload, error, isBroken || isLoginWanted || isDispute || smaller > 0);
        if (isBroken)
            co_return fail(std::move(error));

        if (isDispute) {
            auto paused = co_await sleepFor(DisputePause * (1 << disputes), stop);
            if (!paused)
                co_return fail(std::move(paused.error()));
            ++disputes;
        } else if (isRenewable) {
            hasRenewed = true; // the token ran out on the way; the client has learnt from it
            renewedAt = upload->offset;
        } else if (isTooLong) {
            hasRenewed = false;
            upload->chunkSize = PoorLineChunk;
        } else if (error.code == Code::DigestMismatch && start->offset > 0) {
            // What an earlier try had brought was damaged, or not what it seemed: nobody can tell which
            // bytes. It says nothing of what is sent now; that is judged when all of it goes in one session.
            qCInfo(lcRegistry).noquote() << "upload begins anew:" << error.toString();
        } else if (isGone && forgotten < MaxForgotten) {
            ++forgotten;
            ++upload->lost;
            upload->isForgotten = true;
        } else if (smaller > 0) {
            qCInfo(lcRegistry).noquote() << "upload refused, trying chunks of" << smaller << error.toString();
            upload->chunkSize = smaller;
        } else {
            co_return fail(std::move(error));
        }
    }
}

} // namespace Tagboat
