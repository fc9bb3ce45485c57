// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/partsource.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

class PartSource : public ByteSource
{
public:
    PartSource(ByteSourcePtr source, qint64 size, QString subject)
        : m_state(std::make_shared<State>(std::move(source), size, std::move(subject)))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->left; }

    [[nodiscard]] std::optional<FileRange> file() const override
    {
        auto range = m_state->source->file();
        if (!range || range->size < m_state->left)
            return std::nullopt;
        range->size = m_state->left;
        return range;
    }

private:
    struct State
    {
        State(ByteSourcePtr from, qint64 size, QString about)
            : source(std::move(from)), left(size), subject(std::move(about))
        { }
        const ByteSourcePtr source;
        qint64 left;
        const QString subject;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (state->left == 0)
            co_return QByteArray();
        auto piece = co_await state->source->read(std::min(maxSize, state->left), stop);
        if (!piece)
            co_return fail(std::move(piece.error()));
        if (piece->isEmpty())
            co_return fail(Error::Code::Corrupt, state->subject,
                           u"ended %1 bytes too early"_s.arg(state->left));
        state->left -= piece->size();
        co_return piece;
    }

    std::shared_ptr<State> m_state;
};

class UnbrokenSource : public ByteSource
{
public:
    UnbrokenSource(ByteSourcePtr source, qint64 size, QString subject)
        : m_state(std::make_shared<State>(std::move(source), size, std::move(subject)))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->source->size(); }

private:
    struct State
    {
        State(ByteSourcePtr from, qint64 size, QString about)
            : source(std::move(from)), expected(size), subject(std::move(about))
        { }
        const ByteSourcePtr source;
        const qint64 expected;
        qint64 seen = 0;
        const QString subject;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        auto piece = co_await state->source->read(maxSize, stop);
        if (!piece)
            co_return fail(std::move(piece.error()));
        if (piece->isEmpty() && state->seen < state->expected) {
            co_return fail(
                Error::Code::Network, state->subject,
                u"the connection ended after %1 of %2 bytes"_s.arg(state->seen).arg(state->expected));
        }
        state->seen += piece->size();
        co_return piece;
    }

    std::shared_ptr<State> m_state;
};

} // namespace

ByteSourcePtr unbroken(ByteSourcePtr source, qint64 size, QString subject)
{
    return std::make_shared<UnbrokenSource>(std::move(source), size, std::move(subject));
}

ByteSourcePtr firstOf(ByteSourcePtr source, qint64 size, QString subject)
{
    return std::make_shared<PartSource>(std::move(source), size, std::move(subject));
}

} // namespace Tagboat
