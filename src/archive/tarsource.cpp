// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/tarsource.h"

#include "archive/tarencoder.h"

#include <algorithm>
#include <deque>
#include <iterator>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

class TarSource : public ByteSource
{
public:
    explicit TarSource(QList<TarStep> steps) : m_state(std::make_shared<State>())
    {
        m_state->steps.assign(std::make_move_iterator(steps.begin()), std::make_move_iterator(steps.end()));
    }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return -1; }

private:
    struct State
    {
        TarEncoder encoder;
        std::deque<TarStep> steps;
        QByteArray pending; // made, not yet read
        QString path;       // of the file being written
        ByteSourcePtr data;
        qint64 size = 0;
        qint64 left = 0;
        bool isAtEnd = false;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        while (state->pending.isEmpty()) {
            if (stop.stop_requested())
                co_return cancelled();
            if (state->isAtEnd)
                co_return QByteArray();
            if (state->data) {
                auto done = co_await continueFile(state, maxSize, stop);
                if (!done)
                    co_return std::unexpected(std::move(done.error()));
            } else if (!state->steps.empty()) {
                auto done = co_await beginMember(state, stop);
                if (!done)
                    co_return std::unexpected(std::move(done.error()));
            } else {
                state->pending = TarEncoder::endOfArchive();
                state->isAtEnd = true;
            }
        }
        QByteArray piece = state->pending.first(std::min<qint64>(maxSize, state->pending.size()));
        state->pending.slice(piece.size());
        co_return Result<QByteArray>(std::move(piece));
    }

    static Task<Result<void>> beginMember(std::shared_ptr<State> state, std::stop_token stop)
    {
        const TarStep step = std::move(state->steps.front());
        state->steps.pop_front();
        auto content = co_await step(std::move(stop));
        if (!content)
            co_return std::unexpected(std::move(content.error()));
        auto header = content->source ? state->encoder.beginFile(content->path, content->size)
                                      : state->encoder.folder(content->path);
        if (!header)
            co_return std::unexpected(std::move(header.error()));
        state->pending = std::move(*header);
        state->path = std::move(content->path);
        state->data = std::move(content->source);
        state->size = state->left = content->size;
        co_return Result<void>();
    }

    static Task<Result<void>> continueFile(std::shared_ptr<State> state, qint64 maxSize, std::stop_token stop)
    {
        auto piece = co_await state->data->read(std::min(maxSize, PieceSize), std::move(stop));
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        state->left -= piece->size();
        if (state->left < 0 || (piece->isEmpty() && state->left > 0)) {
            co_return fail(Error::Code::Corrupt, state->path,
                           u"does not have the %1 bytes it should have"_s.arg(state->size));
        }
        if (!piece->isEmpty()) {
            state->pending = std::move(*piece);
            co_return Result<void>();
        }
        state->data.reset();
        auto padding = state->encoder.endFile(state->size);
        if (!padding)
            co_return std::unexpected(std::move(padding.error()));
        state->pending = std::move(*padding);
        co_return Result<void>();
    }

    std::shared_ptr<State> m_state;
};

Task<Result<TarContent>> contentOf(QString path, QByteArray bytes)
{
    const qint64 size = bytes.size();
    co_return TarContent{std::move(path), memorySource(std::move(bytes)), size};
}

Task<Result<TarContent>> folderOf(QString path)
{
    co_return TarContent{std::move(path), {}, 0};
}

} // namespace

ByteSourcePtr tarSource(QList<TarStep> steps)
{
    return std::make_shared<TarSource>(std::move(steps));
}

TarStep tarFile(QString path, QByteArray bytes)
{
    return [path, bytes](std::stop_token) { return contentOf(path, bytes); };
}

TarStep tarFolder(QString path)
{
    return [path](std::stop_token) { return folderOf(path); };
}

} // namespace Tagboat
