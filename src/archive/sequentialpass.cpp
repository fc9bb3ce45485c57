// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/sequentialpass.h"

#include "archive/memberpath.h"
#include "base/worker.h"

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 StepBytes = 8 * 1024 * 1024;

class SequentialSource : public ByteSource
{
public:
    SequentialSource(std::shared_ptr<SequentialPass> pass, qint64 size)
        : m_state(std::make_shared<State>(pass, pass->turn(), size))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->left; }

private:
    struct State
    {
        std::shared_ptr<SequentialPass> pass;
        quint64 turn;
        qint64 left;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (stop.stop_requested())
            co_return cancelled();
        if (state->left == 0)
            co_return QByteArray();
        if (state->turn != state->pass->turn()) {
            co_return fail(Error::Code::Internal, {},
                           u"a member of a compressed archive is read after another one was opened"_s);
        }
        const qint64 size = std::min({maxSize, PieceSize, state->left});
        auto piece = co_await onWorker([pass = state->pass, size] { return pass->read(size); });
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (stop.stop_requested())
            co_return cancelled();
        state->left -= piece->size();
        co_return Result<QByteArray>(std::move(*piece));
    }

    std::shared_ptr<State> m_state;
};

} // namespace

Result<void> SequentialPass::begin(const ArchiveMember& member)
{
    ++m_turn;
    const bool isBehind = m_ordinal > member.ordinal || (m_ordinal == member.ordinal && !m_isFresh);
    if (m_reader && !isBehind)
        return {};
    auto input = openCompressedInput(m_path);
    if (!input)
        return std::unexpected(std::move(input.error()));
    m_reader = std::make_unique<TarReader>(std::move(*input), m_path);
    m_ordinal = -1;
    return {};
}

Result<bool> SequentialPass::approach(const ArchiveMember& member)
{
    for (qint64 budget = StepBytes; budget > 0;) {
        if (m_ordinal == member.ordinal) {
            m_isFresh = false;
            return true;
        }
        if (const qint64 before = m_reader->remaining(); before > 0) {
            if (auto done = m_reader->skip(budget); !done)
                return std::unexpected(std::move(done.error()));
            budget -= before - m_reader->remaining();
            continue;
        }
        auto entry = m_reader->next();
        if (!entry)
            return std::unexpected(std::move(entry.error()));
        ++m_ordinal;
        m_isFresh = true;
        const bool isSame = *entry
            && (m_ordinal < member.ordinal
                || ((*entry)->path == member.path && (*entry)->size == member.size));
        if (!isSame)
            return fail(Error::Code::Corrupt, memberSubject(m_path, member.path),
                        u"the archive changed while it was read"_s);
        budget -= 16 * 1024;
    }
    return false;
}

ByteSourcePtr sequentialSource(std::shared_ptr<SequentialPass> pass, qint64 size)
{
    return std::make_shared<SequentialSource>(std::move(pass), size);
}

} // namespace Tagboat
