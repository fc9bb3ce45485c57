// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/diskfile.h"

#include <memory>

namespace Tagboat {

/*!
 * \brief Appends pieces of any size to a file in whole, aligned blocks past the page cache.
 *
 * Blocks of a piece that is aligned itself (alignedRoom()) are written from where they are; others are copied
 * together first, for which it takes BufferSize of memory. What does not reach to the end of a block waits
 * here for the next piece, or for flush(), and is then written in the ordinary way; so is everything where
 * the file system knows no direct writing. The length of the file is always that of the bytes it truly holds.
 * Disk functions, one at a time.
 */
class BlockWriter
{
public:
    static constexpr qint64 BufferSize = PieceSize;

    //! \a position is where the file's end is.
    explicit BlockWriter(qint64 position);

    [[nodiscard]] Result<void> write(DiskFile& file, QByteArrayView bytes);
    //! Writes what makes whole blocks: less than one is waiting afterwards.
    [[nodiscard]] Result<void> writeBlocks(DiskFile& file);
    //! Writes everything.
    [[nodiscard]] Result<void> flush(DiskFile& file);

private:
    [[nodiscard]] bool isAligned(QByteArrayView bytes) const;
    [[nodiscard]] Result<void> writeWhole(DiskFile& file, QByteArrayView blocks);

    struct Free
    {
        void operator()(char* memory) const;
    };
    std::unique_ptr<char, Free> m_buffer;
    qint64 m_filled = 0;
    qint64 m_position; //!< the file's end; what waits comes there
    bool m_isDirect = true;
};

} // namespace Tagboat
