// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/workerjob.h"
#include "content/compression.h"
#include "content/decoder.h"
#include "oci/mediatype.h"

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! Plain bytes of one step; with the one that is being read and the one in the making, what a decompressor
//! holds.
constexpr qsizetype StepSize = 512 * 1024;

//! One step of the decoder on a worker.
struct StepAhead
{
    explicit StepAhead(std::shared_ptr<Decoder> decoder)
        : result(std::make_shared<std::expected<QByteArray, QString>>()),
          done(Detail::startOnWorker([decoder, into = result] { *into = decoder->step(StepSize); }))
    { }

    std::shared_ptr<std::expected<QByteArray, QString>> result; // the worker's until done is raised
    Wakeup done;
};

class PlainSource : public ByteSource
{
public:
    PlainSource(ByteSourcePtr source, QString subject, qint64 limit)
        : m_state(std::make_shared<State>(std::move(source), std::move(subject), limit))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return -1; }

private:
    struct State
    {
        State(ByteSourcePtr from, QString what, qint64 most)
            : source(std::move(from)), subject(std::move(what)), limit(most)
        { }

        [[nodiscard]] Error corrupt(QString why) const
        {
            return Error::make(Error::Code::Corrupt, subject, std::move(why));
        }

        const ByteSourcePtr source;
        const QString subject;
        const qint64 limit;
        bool isDecided = false;
        bool isSourceAtEnd = false;
        bool isAtEnd = false;
        std::shared_ptr<Decoder> decoder; // none: the bytes are plain; the worker's while ahead is set
        std::optional<StepAhead> ahead;
        std::optional<Error> failure; // met while working ahead, told at the next read
        QByteArray ready;
        qint64 produced = 0;
    };

    //! Reads until the first bytes tell what this is.
    static Task<Result<void>> decide(std::shared_ptr<State> state, std::stop_token stop)
    {
        constexpr qsizetype LongestMagic = 4;
        QByteArray first;
        while (first.size() < LongestMagic && !state->isSourceAtEnd) {
            auto piece = co_await state->source->read(PieceSize, stop);
            if (!piece)
                co_return std::unexpected(std::move(piece.error()));
            state->isSourceAtEnd = piece->isEmpty();
            first += *piece;
        }
        const MediaType::Compression compression = MediaType::sniffCompression(first);
        if (compression == MediaType::Compression::Gzip)
            state->decoder = Decoder::gzip();
        else if (compression == MediaType::Compression::Zstd)
            state->decoder = Decoder::zstd();
        if (state->decoder)
            state->decoder->feed(std::move(first));
        else
            state->ready = std::move(first);
        state->isDecided = true;
        co_return Result<void>();
    }

    //! Keeps a worker busy with the next step, unless there is none.
    static Task<void> workAhead(std::shared_ptr<State> state, std::stop_token stop)
    {
        if (state->isAtEnd || state->failure || state->ahead)
            co_return;
        if (state->decoder->wantsInput()) {
            if (!state->isSourceAtEnd) {
                auto piece = co_await state->source->read(PieceSize, stop);
                if (!piece) {
                    state->failure = std::move(piece.error());
                    co_return;
                }
                state->isSourceAtEnd = piece->isEmpty();
                state->decoder->feed(std::move(*piece));
            }
            if (state->isSourceAtEnd) {
                if (state->decoder->isComplete())
                    state->isAtEnd = true;
                else
                    state->failure = state->corrupt(u"the compressed stream ends too early"_s);
                co_return;
            }
        }
        state->ahead.emplace(state->decoder);
    }

    static Task<Result<void>> decode(std::shared_ptr<State> state, std::stop_token stop)
    {
        while (state->ready.isEmpty()) {
            co_await workAhead(state, stop);
            if (state->failure)
                co_return std::unexpected(*state->failure);
            if (state->isAtEnd)
                co_return Result<void>();
            const Wakeup done = state->ahead->done;
            co_await done.wait();
            std::expected<QByteArray, QString> plain = std::move(*state->ahead->result);
            state->ahead.reset();
            if (!plain)
                co_return std::unexpected(state->corrupt(std::move(plain.error())));
            state->ready = std::move(*plain);
        }
        co_return Result<void>();
    }

    static Task<Result<void>> passOn(std::shared_ptr<State> state, qint64 maxSize, std::stop_token stop)
    {
        if (state->isSourceAtEnd)
            co_return Result<void>();
        auto piece = co_await state->source->read(maxSize, stop);
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        state->isSourceAtEnd = piece->isEmpty();
        state->ready = std::move(*piece);
        co_return Result<void>();
    }

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (stop.stop_requested())
            co_return cancelled();
        if (!state->isDecided) {
            auto decided = co_await decide(state, stop);
            if (!decided)
                co_return std::unexpected(std::move(decided.error()));
        }
        if (state->ready.isEmpty()) {
            Result<void> more;
            if (state->decoder)
                more = co_await decode(state, stop);
            else
                more = co_await passOn(state, maxSize, stop);
            if (!more)
                co_return std::unexpected(std::move(more.error()));
            if (state->decoder && !state->ready.isEmpty())
                co_await workAhead(state, stop); // the worker goes on while the reader does
            if (stop.stop_requested())
                co_return cancelled();
        }
        QByteArray piece =
            state->ready.size() <= maxSize ? std::exchange(state->ready, {}) : state->ready.first(maxSize);
        if (!state->ready.isEmpty())
            state->ready.slice(maxSize);
        state->produced += piece.size();
        if (state->limit >= 0 && state->produced > state->limit)
            co_return std::unexpected(state->corrupt(u"more than the %1 bytes allowed"_s.arg(state->limit)));
        co_return Result<QByteArray>(std::move(piece));
    }

    std::shared_ptr<State> m_state;
};

} // namespace

ByteSourcePtr decompressed(ByteSourcePtr source, QString subject, qint64 limit)
{
    return std::make_shared<PlainSource>(std::move(source), std::move(subject), limit);
}

} // namespace Tagboat
