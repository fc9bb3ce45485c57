// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

#include <QString>

namespace Tagboat::Testing {

//! Gives \a bytes in pieces of \a pieceSize, whatever is asked for; fails with \a failure, if any, where they
//! end.
[[nodiscard]] ByteSourcePtr choppedSource(QByteArray bytes, qsizetype pieceSize,
                                          std::optional<Error> failure = {});

//! \a size bytes that exist nowhere as a whole, the same text again and again.
[[nodiscard]] ByteSourcePtr endlessText(qint64 size);

//! Passes \a source through and counts in \a taken what has been taken from it.
[[nodiscard]] ByteSourcePtr counted(ByteSourcePtr source, std::shared_ptr<qint64> taken);

//! Reads to the end in pieces of \a maxSize; nothing is kept, \a seen is told each piece.
[[nodiscard]] Result<qint64> drain(ByteSourcePtr source,
                                   const std::function<void(const QByteArray&)>& seen = {},
                                   qint64 maxSize = PieceSize);
//! Reads to the end and gives all bytes.
[[nodiscard]] Result<QByteArray> readWhole(ByteSourcePtr source, qint64 maxSize = PieceSize);

//! Bytes the process holds: its peak since forgetPeak(), or under a sanitizer, whose own memory would hide
//! ours, what is allocated at this moment.
[[nodiscard]] qint64 memoryHeld();
void forgetPeak();

} // namespace Tagboat::Testing
