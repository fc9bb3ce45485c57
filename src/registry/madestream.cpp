// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/madestream.h"

#include <algorithm>

namespace Tagboat {

namespace {

Task<Result<void>> makeMore(MadeStreamPtr stream, std::stop_token stop)
{
    auto piece = co_await stream->source->read(PieceSize, stop);
    if (!piece) {
        if (piece.error().code != Error::Code::Cancelled)
            stream->fault = piece.error();
        stream->source.reset(); // good for nothing any more
        co_return fail(std::move(piece.error()));
    }
    if (piece->isEmpty()) {
        stream->isAtEnd = true;
        co_return Result<void>();
    }
    stream->madeTo += piece->size();
    stream->kept.push_back(std::move(*piece));
    while (stream->madeTo - stream->keptFrom - stream->kept.front().size() >= stream->window) {
        stream->keptFrom += stream->kept.front().size();
        stream->kept.pop_front();
    }
    co_return Result<void>();
}

class MadeReader : public ByteSource
{
public:
    MadeReader(MadeStreamPtr stream, qint64 offset)
        : m_state(std::make_shared<State>(std::move(stream), offset))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readNext(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return -1; }

private:
    struct State
    {
        MadeStreamPtr stream;
        qint64 offset;
    };

    static Task<Result<QByteArray>> readNext(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        const MadeStreamPtr stream = state->stream;
        if (state->offset == stream->madeTo && !stream->isAtEnd) {
            auto made = co_await makeMore(stream, stop);
            if (!made)
                co_return fail(std::move(made.error()));
        }
        if (state->offset == stream->madeTo)
            co_return QByteArray();
        // Mostly it is the last one.
        qint64 begin = stream->madeTo;
        auto piece = stream->kept.cend();
        do {
            --piece;
            begin -= piece->size();
        } while (begin > state->offset);
        const qint64 from = state->offset - begin;
        const qint64 size = std::min(maxSize, piece->size() - from);
        state->offset += size;
        co_return size == piece->size() ? *piece : piece->sliced(from, size);
    }

    std::shared_ptr<State> m_state;
};

} // namespace

Descriptor MadeStream::descriptor() const
{
    Descriptor blob;
    blob.mediaType = what.mediaType;
    blob.digest = source->digest();
    blob.size = madeTo;
    return blob;
}

Task<Result<void>> makeUpTo(MadeStreamPtr stream, qint64 end, std::stop_token stop)
{
    while (stream->madeTo < end && !stream->isAtEnd) {
        auto made = co_await makeMore(stream, stop);
        if (!made)
            co_return fail(std::move(made.error()));
    }
    co_return Result<void>();
}

Task<Result<bool>> prepareFrom(MadeStreamPtr stream, qint64 offset, std::stop_token stop)
{
    if (!stream->source || offset < stream->keptFrom) {
        stream->source.reset(); // of an archive that is read front to back two cannot be open
        stream->kept.clear();
        stream->keptFrom = stream->madeTo = 0;
        stream->isAtEnd = false;
        auto made = co_await stream->what.make(stop);
        if (!made) {
            if (made.error().code != Error::Code::Cancelled)
                stream->fault = made.error();
            co_return fail(std::move(made.error()));
        }
        stream->source = hashing(std::move(*made));
    }
    auto reached = co_await makeUpTo(stream, offset, stop);
    if (!reached)
        co_return fail(std::move(reached.error()));
    co_return stream->madeTo >= offset;
}

ByteSourcePtr readFrom(MadeStreamPtr stream, qint64 offset)
{
    return std::make_shared<MadeReader>(std::move(stream), offset);
}

} // namespace Tagboat
