// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/workerjob.h"
#include "content/verify.h"

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! So many bytes are worth a walk to another thread; network pieces are often smaller.
constexpr qint64 HashPiece = 64 * 1024;

//! Hashes on workers, always one piece behind the reader.
struct Pipeline
{
    explicit Pipeline(const QString& algorithm) : hasher(std::make_shared<Hasher>(algorithm)) { }

    std::shared_ptr<Hasher> hasher; // the worker's while hashing is set
    std::optional<Wakeup> hashing;
    QByteArrayList waiting;
    qint64 waitingSize = 0;
    qint64 seen = 0;
};

void startHashing(Pipeline& pipeline)
{
    const QByteArrayList pieces = std::exchange(pipeline.waiting, {});
    pipeline.waitingSize = 0;
    pipeline.hashing = Detail::startOnWorker([hasher = pipeline.hasher, pieces] {
        for (const QByteArray& piece : pieces)
            hasher->update(piece);
    });
}

Task<void> waitForHash(std::shared_ptr<Pipeline> pipeline)
{
    if (pipeline->hashing) {
        const Wakeup done = *pipeline->hashing;
        co_await done.wait();
        pipeline->hashing.reset();
    }
}

Task<void> add(std::shared_ptr<Pipeline> pipeline, QByteArray piece)
{
    pipeline->seen += piece.size();
    pipeline->waitingSize += piece.size();
    pipeline->waiting.append(std::move(piece));
    if (pipeline->waitingSize < HashPiece)
        co_return;
    co_await waitForHash(pipeline);
    startHashing(*pipeline);
}

Task<Digest> finish(std::shared_ptr<Pipeline> pipeline)
{
    co_await waitForHash(pipeline);
    for (const QByteArray& piece : std::as_const(pipeline->waiting)) // less than HashPiece
        pipeline->hasher->update(piece);
    pipeline->waiting.clear();
    co_return pipeline->hasher->finish();
}

class VerifiedSource : public ByteSource
{
public:
    VerifiedSource(ByteSourcePtr source, Descriptor expected)
        : m_state(std::make_shared<State>(std::move(source), std::move(expected)))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->expected.size - m_state->pipeline->seen; }

private:
    struct State
    {
        State(ByteSourcePtr from, Descriptor descriptor)
            : source(std::move(from)), expected(std::move(descriptor)),
              pipeline(std::make_shared<Pipeline>(expected.digest.algorithm()))
        { }

        [[nodiscard]] std::unexpected<Error> mismatch(QString why) const
        {
            return fail(Error::Code::DigestMismatch, expected.digest.toString(), std::move(why));
        }

        const ByteSourcePtr source;
        const Descriptor expected;
        const std::shared_ptr<Pipeline> pipeline;
        bool isRight = false; // the end was reached and all was as expected
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (state->isRight)
            co_return QByteArray();
        auto piece = co_await state->source->read(maxSize, stop);
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        const qint64 expectedSize = state->expected.size;
        if (piece->size() > expectedSize - state->pipeline->seen)
            co_return state->mismatch(u"more than the %1 bytes expected"_s.arg(expectedSize));
        if (!piece->isEmpty()) {
            co_await add(state->pipeline, *piece);
            co_return Result<QByteArray>(std::move(*piece));
        }
        if (state->pipeline->seen < expectedSize)
            co_return state->mismatch(
                u"only %1 of the %2 bytes expected"_s.arg(state->pipeline->seen).arg(expectedSize));
        const Digest actual = co_await finish(state->pipeline);
        if (actual != state->expected.digest)
            co_return state->mismatch(u"the bytes have the digest %1"_s.arg(actual.toString()));
        state->isRight = true;
        co_return QByteArray();
    }

    std::shared_ptr<State> m_state;
};

class PassingSource : public HashingSource
{
public:
    explicit PassingSource(ByteSourcePtr source) : m_state(std::make_shared<State>(std::move(source))) { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->source->size(); }
    [[nodiscard]] Digest digest() const override { return m_state->digest; }
    [[nodiscard]] qint64 bytesRead() const override { return m_state->pipeline->seen; }

private:
    struct State
    {
        explicit State(ByteSourcePtr from)
            : source(std::move(from)), pipeline(std::make_shared<Pipeline>(u"sha256"_s))
        { }
        const ByteSourcePtr source;
        const std::shared_ptr<Pipeline> pipeline;
        Digest digest;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (!state->digest.isNull())
            co_return QByteArray();
        auto piece = co_await state->source->read(maxSize, stop);
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (piece->isEmpty())
            state->digest = co_await finish(state->pipeline);
        else
            co_await add(state->pipeline, *piece);
        co_return Result<QByteArray>(std::move(*piece));
    }

    std::shared_ptr<State> m_state;
};

} // namespace

ByteSourcePtr verified(ByteSourcePtr source, Descriptor expected)
{
    return std::make_shared<VerifiedSource>(std::move(source), std::move(expected));
}

std::shared_ptr<HashingSource> hashing(ByteSourcePtr source)
{
    return std::make_shared<PassingSource>(std::move(source));
}

} // namespace Tagboat
