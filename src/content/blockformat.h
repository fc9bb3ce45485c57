// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <memory>

namespace Tagboat {

//! A block of a compressed stream, made apart from all others, to be put together with them.
struct CompressedBlock
{
    QByteArray bytes;
    quint32 crc = 0; //!< of the plain bytes alone, where the format wants it
};

/*!
 * \brief A format whose streams are a head, blocks that know nothing of each other, and a tail.
 *
 * One object makes one stream: compress() comes from any number of threads at once, all else in order from
 * one.
 */
class BlockFormat
{
public:
    virtual ~BlockFormat() = default;
    //! Plain bytes of a block; where blocks are cut decides the compressed bytes, so it never changes.
    [[nodiscard]] virtual qsizetype blockSize() const = 0;
    //! Room that compress() wants behind the plain bytes; it is a copy cheaper where it is there.
    [[nodiscard]] virtual qsizetype lookAhead() const { return 0; }
    //! Depends on nothing but \a plain.
    [[nodiscard]] virtual CompressedBlock compress(QByteArray plain) const = 0;
    [[nodiscard]] virtual QByteArray head() const { return {}; }
    //! \a block, of \a plainSize bytes, is the next in the stream.
    virtual void append(const CompressedBlock& block, qint64 plainSize) = 0;
    [[nodiscard]] virtual QByteArray tail() = 0;

    //! One gzip member (RFC 1952) without name and time; each block ends in a full flush. \a level 1 to 9.
    [[nodiscard]] static std::unique_ptr<BlockFormat> gzip(int level);
    //! A zstd frame (RFC 8878) with size and checksum for each block. \a level 1 to 19.
    [[nodiscard]] static std::unique_ptr<BlockFormat> zstd(int level);
};

} // namespace Tagboat
