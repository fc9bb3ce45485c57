// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/streamupload.h"

#include "base/worker.h"
#include "content/verify.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! GHCR refuses more in one PATCH.
constexpr qint64 ChunkSize = 4 * 1024 * 1024;
constexpr qint64 MaxChunkSize = 64 * 1024 * 1024;
constexpr int ChunkAttempts = 3;

//! Reads until \a size bytes are here or the source ends.
Task<Result<QByteArray>> readChunk(ByteSourcePtr source, qint64 size, std::stop_token stop)
{
    QByteArray chunk;
    while (chunk.size() < size) {
        const qint64 wanted = std::min(PieceSize, size - chunk.size());
        auto piece = co_await source->read(wanted, stop);
        if (!piece)
            co_return fail(std::move(piece.error()));
        if (piece->isEmpty())
            break;
        chunk += *piece;
    }
    co_return chunk;
}

//! What follows \a chunk; nothing where that was too short to be followed.
Task<Result<QByteArray>> readAfter(ByteSourcePtr source, QByteArray chunk, qint64 size, std::stop_token stop)
{
    if (chunk.size() < size)
        co_return QByteArray();
    auto next = co_await readChunk(source, size, stop);
    co_return next;
}

Task<void> hashChunk(std::shared_ptr<Hasher> hasher, QByteArray chunk)
{
    co_await onWorker([hasher, chunk] {
        hasher->update(chunk);
        return true;
    });
}

//! One chunk. After a lost connection or a dispute about the offset the registry is asked what it has.
Task<Result<void>> sendChunk(UploadSession::Ptr session, qint64 start, QByteArray chunk, std::stop_token stop)
{
    const qint64 end = start + chunk.size();
    qint64 position = start;
    for (int attempt = 1;; ++attempt) {
        const QByteArray rest = chunk.sliced(position - start);
        auto sent =
            co_await UploadSession::patch(session, position, rest.size(), memorySource(rest), {}, stop);
        if (sent)
            co_return Result<void>();
        const bool isWorthAsking = sent.error().isTransient() || sent.error().httpStatus == 416;
        if (!isWorthAsking || attempt == ChunkAttempts)
            co_return fail(std::move(sent.error()));
        auto there = co_await UploadSession::status(session, end, stop);
        if (!there || *there < start)
            co_return fail(std::move(sent.error()));
        if (*there == end)
            co_return Result<void>();
        position = *there;
    }
}

} // namespace

bool isStreamRefused(const Error& error)
{
    const int status = error.httpStatus;
    return status == 405 || status == 411 || status == 413 || status == 416 || status == 501;
}

Task<Result<Descriptor>> uploadStream(UploadSession::Ptr session, ByteSourcePtr source,
                                      ProgressCallback progress, std::stop_token stop)
{
    const auto passing = hashing(std::move(source));
    auto sent = co_await UploadSession::patchAll(session, passing, progress, stop);
    if (!sent)
        co_return fail(std::move(sent.error()));
    Descriptor blob;
    blob.digest = passing->digest();
    blob.size = passing->bytesRead();
    auto closed = co_await UploadSession::put(session, blob, blob.size, nullptr, std::move(progress), stop);
    if (!closed)
        co_return fail(std::move(closed.error()));
    co_return blob;
}

Task<Result<Descriptor>> uploadInChunks(UploadSession::Ptr session, QString registry, ByteSourcePtr source,
                                        ProgressCallback progress, std::stop_token stop)
{
    if (session->minChunk() > MaxChunkSize) {
        co_return fail(Error::make(Error::Code::Unsupported, registry,
                                   u"the registry wants pieces larger than Tagboat sends"_s)
                           .during(u"push blob"_s));
    }
    const qint64 chunkSize = std::max(ChunkSize, session->minChunk());
    const auto hasher = std::make_shared<Hasher>();
    qint64 sent = 0;
    // Two chunks are held: the last one there is goes with the PUT, so it must be known which that is.
    auto chunk = co_await readChunk(source, chunkSize, stop);
    if (!chunk)
        co_return fail(std::move(chunk.error()));
    auto next = co_await readAfter(source, *chunk, chunkSize, stop);
    while (next && !next->isEmpty()) {
        // While this chunk travels it is hashed, and the one after the next is made. All three are awaited,
        // whatever becomes of one.
        auto hashing = hashChunk(hasher, *chunk);
        auto reading = readAfter(source, *next, chunkSize, stop);
        auto done = co_await sendChunk(session, sent, *chunk, stop);
        co_await hashing;
        auto following = co_await reading;
        if (!done)
            co_return fail(std::move(done.error()));
        sent += chunk->size();
        if (progress)
            progress(sent);
        chunk = std::move(next);
        next = std::move(following);
    }
    if (!next)
        co_return fail(std::move(next.error()));
    co_await hashChunk(hasher, *chunk);

    Descriptor blob;
    blob.digest = hasher->finish();
    blob.size = sent + chunk->size();
    auto closed =
        co_await UploadSession::put(session, blob, sent, memorySource(*chunk), std::move(progress), stop);
    if (!closed)
        co_return fail(std::move(closed.error()));
    co_return blob;
}

} // namespace Tagboat
