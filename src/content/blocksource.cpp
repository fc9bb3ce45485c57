// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/workerjob.h"
#include "content/blockformat.h"
#include "content/compression.h"

#include <QThread>

#include <algorithm>
#include <atomic>
#include <deque>

namespace Tagboat {

namespace {

/*!
 * \brief Blocks in the making at once, of all compressors together.
 *
 * As many as there are cores and one that waits for a reader, so that one layer gets all cores and several
 * take no more memory (twice a block each) than one. Each compressor may always have one.
 */
class BlocksAtOnce
{
public:
    static bool isRoomForMore()
    {
        static const int most = std::clamp(QThread::idealThreadCount() + 1, Fewest, Most);
        return s_count.load(std::memory_order_relaxed) < most;
    }

    BlocksAtOnce() { s_count.fetch_add(1, std::memory_order_relaxed); }
    ~BlocksAtOnce() { s_count.fetch_sub(1, std::memory_order_relaxed); }
    Q_DISABLE_COPY_MOVE(BlocksAtOnce)

private:
    static constexpr int Fewest = 3;
    static constexpr int Most = 12; // for the memory
    static inline std::atomic<int> s_count = 0;
};

using FormatPtr = std::shared_ptr<BlockFormat>;

//! One block at work on a worker.
struct BlockAhead
{
    BlockAhead(FormatPtr format, QByteArray bytes)
        : plainSize(bytes.size()), result(std::make_shared<CompressedBlock>()),
          done(Detail::startOnWorker(
              [format = std::move(format), plain = std::move(bytes), into = result]() mutable {
                  *into = format->compress(std::move(plain));
              }))
    { }

    BlocksAtOnce counted;
    qint64 plainSize;
    std::shared_ptr<CompressedBlock> result; // the worker's until done is raised
    Wakeup done;
};

class BlockSource : public ByteSource
{
public:
    BlockSource(FormatPtr format, ByteSourcePtr source)
        : m_state(std::make_shared<State>(std::move(format), std::move(source)))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return -1; }

private:
    struct State
    {
        State(FormatPtr made, ByteSourcePtr from)
            : format(std::move(made)), source(std::move(from)), ready(format->head())
        { }

        const FormatPtr format;
        const ByteSourcePtr source;
        bool isSourceAtEnd = false;
        std::deque<BlockAhead> blocks;
        QByteArray ready;
        bool isTailMade = false;
    };

    //! Exactly one block, less only at the end: pieces come as the source likes, blocks never.
    static Task<Result<QByteArray>> nextBlock(std::shared_ptr<State> state, std::stop_token stop)
    {
        const qsizetype size = state->format->blockSize();
        QByteArray block;
        while (!state->isSourceAtEnd && block.size() < size) {
            auto piece = co_await state->source->read(size - block.size(), stop);
            if (!piece)
                co_return std::unexpected(std::move(piece.error()));
            state->isSourceAtEnd = piece->isEmpty();
            if (block.isEmpty() && !piece->isEmpty())
                block.reserve(size + state->format->lookAhead());
            block += *piece;
        }
        co_return Result<QByteArray>(std::move(block));
    }

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (stop.stop_requested())
            co_return cancelled();
        if (state->ready.isEmpty()) {
            while (!state->isSourceAtEnd && (state->blocks.empty() || BlocksAtOnce::isRoomForMore())) {
                auto block = co_await nextBlock(state, stop);
                if (!block)
                    co_return std::unexpected(std::move(block.error()));
                if (!block->isEmpty())
                    state->blocks.emplace_back(state->format, std::move(*block));
            }
            if (!state->blocks.empty()) {
                const Wakeup done = state->blocks.front().done;
                co_await done.wait();
                const BlockAhead& block = state->blocks.front();
                state->format->append(*block.result, block.plainSize);
                state->ready = std::move(block.result->bytes);
                state->blocks.pop_front();
            } else if (!state->isTailMade) {
                state->ready = state->format->tail();
                state->isTailMade = true;
            }
            if (stop.stop_requested())
                co_return cancelled();
        }
        QByteArray piece =
            state->ready.size() <= maxSize ? std::exchange(state->ready, {}) : state->ready.first(maxSize);
        if (!state->ready.isEmpty())
            state->ready.slice(maxSize);
        co_return Result<QByteArray>(std::move(piece));
    }

    std::shared_ptr<State> m_state;
};

} // namespace

ByteSourcePtr compressedBy(const LayerCompression& compression, ByteSourcePtr source)
{
    FormatPtr format = compression.kind == LayerCompression::Kind::Gzip
        ? BlockFormat::gzip(compression.level)
        : BlockFormat::zstd(compression.level);
    return std::make_shared<BlockSource>(std::move(format), std::move(source));
}

ByteSourcePtr gzipped(ByteSourcePtr source)
{
    return compressedBy(LayerCompression(), std::move(source));
}

} // namespace Tagboat
