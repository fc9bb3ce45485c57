// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/blobreceiver.h"

#include "base/worker.h"

#include <atomic>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! What goes to the workers at once. Of several blobs one is read while others are hashed and written, and
//! more would only drive their bytes out of the processor's cache.
constexpr qint64 BatchSize = PieceSize;
//! Of a blob that comes alone: the fewer the batches, the less often one side waits for the other.
constexpr qint64 LoneBatchSize = 2 * PieceSize;

//! Counts the blobs that are being received in this process.
class Turn
{
public:
    Turn() { ++s_count; }
    ~Turn() { --s_count; }
    Q_DISABLE_COPY_MOVE(Turn)

    [[nodiscard]] static bool isOnlyOne() { return s_count == 1; }

private:
    static inline std::atomic<int> s_count = 0;
};

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
    const qint64 enough = Turn::isOnlyOne() ? LoneBatchSize : BatchSize;
    // Where a large piece came, more is there already. What comes little by little does not wait for company:
    // it would be lost with a killed process.
    bool isFast = true;
    while (isFast && batch.size + PieceSize <= enough) {
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
        isFast = piece->size() >= PieceSize / 2;
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
    const Turn turn;
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
