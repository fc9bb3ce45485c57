// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/bytestream.h"

#include "base/memory.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

class MemorySource : public ByteSource
{
public:
    explicit MemorySource(QByteArray bytes) : m_bytes(std::move(bytes)) { }

    // Never suspends, so it needs no guard on `this`.
    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        if (stop.stop_requested())
            co_return cancelled();
        QByteArray piece = m_bytes.mid(m_position, maxSize);
        m_position += piece.size();
        co_return Result<QByteArray>(std::move(piece));
    }

    [[nodiscard]] qint64 size() const override { return m_bytes.size() - m_position; }

private:
    const QByteArray m_bytes;
    qint64 m_position = 0;
};

} // namespace

QByteArray alignedRoom(qint64 capacity)
{
    if (capacity >= PieceSize / 2) [[maybe_unused]]
        static const bool once = (expectLargePieces(), true);
    QByteArray bytes(capacity + PieceAlignment, Qt::Uninitialized);
    const auto address = static_cast<qint64>(reinterpret_cast<quintptr>(bytes.constData()) % PieceAlignment);
    // Moves the beginning, not the bytes.
    bytes.slice(PieceAlignment - address);
    bytes.truncate(0);
    return bytes;
}

ByteSourcePtr memorySource(QByteArray bytes)
{
    return std::make_shared<MemorySource>(std::move(bytes));
}

Task<Result<QByteArray>> readAll(ByteSourcePtr source, qint64 limit, QString subject, std::stop_token stop)
{
    const auto tooLarge = [&] {
        return fail(Error::Code::InvalidInput, subject, u"larger than the %1 bytes allowed"_s.arg(limit));
    };
    if (source->size() > limit)
        co_return tooLarge();
    QByteArray all;
    if (source->size() > 0)
        all.reserve(source->size());
    while (true) {
        auto piece = co_await source->read(PieceSize, stop);
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (piece->isEmpty())
            break;
        if (piece->size() > limit - all.size())
            co_return tooLarge();
        all += *piece;
    }
    co_return Result<QByteArray>(std::move(all));
}

} // namespace Tagboat
