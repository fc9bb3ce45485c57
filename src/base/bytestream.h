// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"

#include <QByteArray>

#include <functional>
#include <memory>
#include <optional>

namespace Tagboat {

//! Pieces that travel between threads and through the pipelines are at most this large.
inline constexpr qint64 PieceSize = 512 * 1024;
//! A piece that begins at a multiple of this both in memory and in its stream goes to a disk without being
//! copied.
inline constexpr qint64 PieceAlignment = 4096;

//! Empty, with room for \a capacity bytes, the first at a multiple of PieceAlignment. It stays there until
//! more is put in.
[[nodiscard]] QByteArray alignedRoom(qint64 capacity);

//! A range of a plain file that can stand in for a stream, so that a sender may read it directly.
struct FileRange
{
    QString path;
    qint64 offset = 0;
    qint64 size = 0;
};

/*!
 * \brief Bytes that are pulled piece by piece, from a file, a network reply, an archive entry, a compressor.
 *
 * The reader's pace is the only back-pressure needed: a source holds at most a few pieces ahead. One read at
 * a time; used on the thread that opened it. Held by shared_ptr; dropping the last one closes it. After an
 * error or a stop the source is only good for being dropped.
 */
class ByteSource
{
public:
    virtual ~ByteSource() = default;
    //! The next piece, 1 to \a maxSize bytes; empty at the end. A source that knows its size gives Corrupt
    //! where it ends early or runs over.
    [[nodiscard]] virtual Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) = 0;
    //! Bytes from here to the end as far as known beforehand; -1 where not.
    [[nodiscard]] virtual qint64 size() const = 0;
    //! Set where the same bytes (not yet read any) can be had from a plain file. May change its mind while
    //! they are taken from there: what is left is to be read then.
    [[nodiscard]] virtual std::optional<FileRange> file() const { return std::nullopt; }
    //! Moves on by \a bytes that were taken from file(), before any is read; false where it cannot, and
    //! begins at its beginning.
    [[nodiscard]] virtual bool skip([[maybe_unused]] qint64 bytes) { return false; }
};
using ByteSourcePtr = std::shared_ptr<ByteSource>;

//! Opens the same bytes anew from \a offset: what a retry and a resume need.
using SourceFactory = std::function<Task<Result<ByteSourcePtr>>(qint64 offset, std::stop_token stop)>;

//! Called on the engine thread with the bytes of one blob done so far (verified or acknowledged as far as
//! known); goes back when a retry starts again. Cheap: throttling is done by the listener.
using ProgressCallback = std::function<void(qint64 bytesDone)>;

//! A source over bytes in memory.
[[nodiscard]] ByteSourcePtr memorySource(QByteArray bytes);
//! A source over a plain file from \a offset; reads happen on workers.
[[nodiscard]] Result<ByteSourcePtr> fileSource(const QString& path, qint64 offset = 0);
//! Reads all of \a source into memory; more than \a limit bytes is an InvalidInput about \a subject.
[[nodiscard]] Task<Result<QByteArray>> readAll(ByteSourcePtr source, qint64 limit, QString subject,
                                               std::stop_token stop);

} // namespace Tagboat
