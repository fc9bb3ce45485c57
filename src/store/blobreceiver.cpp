// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/blobreceiver.h"

#include "base/worker.h"
#include "content/verify.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

std::unexpected<Error> wrongSize(const Descriptor& expected, const QString& message)
{
    return fail(Error::make(Error::Code::DigestMismatch, expected.digest.toString(), message)
                    .during(u"write to the image store"_s));
}

bool update(Hasher& hasher, const QByteArray& piece)
{
    hasher.update(piece);
    return true;
}

} // namespace

Task<Result<ReceivedBlob>> receiveBlob(std::shared_ptr<Ingest> file, ByteSourcePtr source,
                                       Descriptor expected, ProgressCallback progress, std::stop_token stop)
{
    const auto hasher =
        std::make_shared<Hasher>(expected.digest.isNull() ? u"sha256"_s : expected.digest.algorithm());
    qint64 received = 0;
    auto next = co_await source->read(PieceSize, stop);
    while (next && !next->isEmpty()) {
        if (stop.stop_requested())
            co_return cancelled();
        const QByteArray piece = std::move(*next);
        if (expected.size >= 0 && piece.size() > expected.size - received)
            co_return wrongSize(expected, u"more than the promised %1 bytes came"_s.arg(expected.size));
        // These three run side by side, and all are awaited, whatever becomes of one of them.
        auto hashing = onWorker([hasher, piece] { return update(*hasher, piece); });
        auto writing = onWorker([file, piece] { return file->write(piece); });
        next = co_await source->read(PieceSize, stop);
        co_await hashing;
        const auto written = co_await writing;
        if (!written)
            co_return std::unexpected(written.error());
        received += piece.size();
        if (progress)
            progress(received);
    }
    if (!next)
        co_return std::unexpected(std::move(next.error()));
    if (stop.stop_requested())
        co_return cancelled();
    if (expected.size >= 0 && received != expected.size) {
        co_return wrongSize(expected,
                            u"%1 bytes came where %2 were promised"_s.arg(received).arg(expected.size));
    }
    co_return ReceivedBlob{hasher->finish(), received};
}

} // namespace Tagboat
