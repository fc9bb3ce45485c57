// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "support/scriptedserver.h"

#include <functional>

namespace Tagboat {

//! Body of a request that is scriptedPattern(), made as it is read; in no memory and in no file.
class PatternSource : public ByteSource
{
public:
    explicit PatternSource(qint64 size) : m_size(size) { }

    //! Called before each piece with the position; an error it gives ends the source.
    std::function<Result<void>(qint64)> beforePiece;

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        if (stop.stop_requested())
            co_return cancelled();
        if (beforePiece) {
            auto allowed = beforePiece(m_position);
            if (!allowed)
                co_return std::unexpected(std::move(allowed.error()));
        }
        QByteArray piece = scriptedPattern(m_position, std::min(maxSize, m_size - m_position));
        m_position += piece.size();
        co_return Result<QByteArray>(std::move(piece));
    }

    [[nodiscard]] qint64 size() const override { return m_size - m_position; }
    [[nodiscard]] qint64 position() const { return m_position; }

private:
    qint64 m_size;
    qint64 m_position = 0;
};

} // namespace Tagboat
