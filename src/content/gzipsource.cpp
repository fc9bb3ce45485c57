// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/workerjob.h"
#include "content/compression.h"
#include "content/deflateblock.h"

#include <deque>

namespace Tagboat {

namespace {

//! Blocks in the making at once; what bounds the memory of one compressor (twice a block each).
constexpr size_t BlocksAhead = 3;

//! One block at work on a worker.
struct BlockAhead
{
    explicit BlockAhead(QByteArray bytes)
        : plainSize(bytes.size()), result(std::make_shared<DeflatedBlock>()),
          done(Detail::startOnWorker([plain = std::move(bytes), into = result]() mutable {
              *into = deflateBlock(std::move(plain));
          }))
    { }

    qint64 plainSize;
    std::shared_ptr<DeflatedBlock> result; // the worker's until done is raised
    Wakeup done;
};

class GzipSource : public ByteSource
{
public:
    explicit GzipSource(ByteSourcePtr source) : m_state(std::make_shared<State>(std::move(source))) { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return -1; }

private:
    struct State
    {
        explicit State(ByteSourcePtr from) : source(std::move(from)), ready(gzipHeader()) { }

        const ByteSourcePtr source;
        bool isSourceAtEnd = false;
        std::deque<BlockAhead> blocks;
        QByteArray ready;
        quint32 crc = 0;
        qint64 plainSize = 0;
        bool isTrailerMade = false;
    };

    //! Exactly one block, less only at the end: pieces come as the source likes, blocks never.
    static Task<Result<QByteArray>> nextBlock(std::shared_ptr<State> state, std::stop_token stop)
    {
        QByteArray block;
        while (!state->isSourceAtEnd && block.size() < GzipBlockSize) {
            auto piece = co_await state->source->read(GzipBlockSize - block.size(), stop);
            if (!piece)
                co_return std::unexpected(std::move(piece.error()));
            state->isSourceAtEnd = piece->isEmpty();
            if (block.isEmpty() && !piece->isEmpty())
                block.reserve(GzipBlockSize + DeflateLookAhead);
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
            while (!state->isSourceAtEnd && state->blocks.size() < BlocksAhead) {
                auto block = co_await nextBlock(state, stop);
                if (!block)
                    co_return std::unexpected(std::move(block.error()));
                if (!block->isEmpty())
                    state->blocks.emplace_back(std::move(*block));
            }
            if (!state->blocks.empty()) {
                const Wakeup done = state->blocks.front().done;
                co_await done.wait();
                const BlockAhead& block = state->blocks.front();
                state->crc = combinedCrc(state->crc, block.result->crc, block.plainSize);
                state->plainSize += block.plainSize;
                state->ready = std::move(block.result->bytes);
                state->blocks.pop_front();
            } else if (!state->isTrailerMade) {
                state->ready = gzipTrailer(state->crc, static_cast<quint64>(state->plainSize));
                state->isTrailerMade = true;
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

ByteSourcePtr gzipped(ByteSourcePtr source)
{
    return std::make_shared<GzipSource>(std::move(source));
}

} // namespace Tagboat
