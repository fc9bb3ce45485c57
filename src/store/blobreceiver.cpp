// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/blobreceiver.h"

#include "base/worker.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! What goes to the workers at once; each turn of the event loop costs more than hashing a small piece.
constexpr qint64 BatchSize = BlockWriter::BufferSize;
//! Nor does a byte wait longer than this for others to come with it.
constexpr qint64 LongestWaitMs = 20;

struct Batch
{
    QList<QByteArray> pieces;
    qint64 size = 0;
    bool isLast = false;
    Result<void> ending; //!< of the source, where this is the last batch
};

Error wrongSize(const Descriptor& expected, const QString& message)
{
    return Error::make(Error::Code::DigestMismatch, expected.digest.toString(), message)
        .during(u"write to the image store"_s);
}

//! Reads what follows the \a received bytes that were read before. Never an error as such: what came before
//! one is worth keeping.
Task<Batch> readBatch(ByteSourcePtr source, Descriptor expected, qint64 received, ProgressCallback progress,
                      std::stop_token stop)
{
    Batch batch;
    QElapsedTimer waiting;
    while (batch.size + PieceSize <= BatchSize
           && !(waiting.isValid() && waiting.elapsed() >= LongestWaitMs)) {
        auto piece = co_await source->read(PieceSize, stop);
        batch.isLast = true;
        if (stop.stop_requested()) {
            batch.ending = cancelled();
            co_return batch;
        }
        if (!piece) {
            batch.ending = std::unexpected(std::move(piece.error()));
            co_return batch;
        }
        if (piece->isEmpty())
            co_return batch;
        if (expected.size >= 0 && piece->size() > expected.size - received - batch.size) {
            batch.ending =
                fail(wrongSize(expected, u"more than the promised %1 bytes came"_s.arg(expected.size)));
            co_return batch;
        }
        batch.isLast = false;
        if (batch.pieces.isEmpty())
            waiting.start();
        batch.size += piece->size();
        batch.pieces.append(std::move(*piece));
        if (progress)
            progress(received + batch.size);
    }
    co_return batch;
}

bool update(Hasher& hasher, const QList<QByteArray>& pieces)
{
    for (const QByteArray& piece : pieces)
        hasher.update(piece);
    return true;
}

Task<Result<void>> consume(ReceptionPtr into, QList<QByteArray> pieces)
{
    if (pieces.isEmpty())
        co_return Result<void>();
    // These run side by side, and both are awaited, whatever becomes of one of them.
    auto hashing = onWorker([into, pieces] { return update(*into->hasher, pieces); });
    auto written = co_await onWorker([into, pieces] { return into->file->write(pieces); });
    co_await hashing;
    into->isSound = written.has_value();
    if (written)
        into->received = into->file->length();
    co_return Result<void>(std::move(written));
}

} // namespace

Task<Result<void>> receiveBlob(ReceptionPtr reception, ByteSourcePtr source, Descriptor expected,
                               ProgressCallback progress, std::stop_token stop)
{
    Batch batch;
    qint64 read = reception->received;
    while (!batch.isLast) {
        auto consuming = consume(reception, std::move(batch.pieces));
        Batch following = co_await readBatch(source, expected, read, progress, stop);
        auto consumed = co_await consuming;
        if (!consumed)
            co_return consumed;
        batch = std::move(following);
        read += batch.size;
    }
    auto consumed = co_await consume(reception, std::move(batch.pieces));
    if (!consumed)
        co_return consumed;
    if (!batch.ending)
        co_return Result<void>(std::move(batch.ending));
    if (expected.size >= 0 && reception->received != expected.size) {
        co_return fail(wrongSize(
            expected, u"%1 bytes came where %2 were promised"_s.arg(reception->received).arg(expected.size)));
    }
    co_return Result<void>();
}

} // namespace Tagboat
