// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace Tagboat {

//! Plain bytes of one block; where blocks are cut decides the compressed bytes, so it never changes.
inline constexpr qsizetype GzipBlockSize = 1024 * 1024;

//! A block of a deflate stream that can be made apart from all others and be put together with them.
struct DeflatedBlock
{
    QByteArray bytes; //!< raw deflate up to a full flush: whole bytes, no look-back across its border
    quint32 crc = 0;  //!< of the plain bytes alone
};

//! So much is put behind the plain bytes for the compressor to look at; room for it saves a copy.
inline constexpr qsizetype DeflateLookAhead = 512;

//! Compresses one block by ISA-L; the result depends on nothing but \a plain. Any thread.
[[nodiscard]] DeflatedBlock deflateBlock(QByteArray plain);

//! What stands before the blocks: a gzip header without name and time.
[[nodiscard]] QByteArray gzipHeader();
//! What stands after them: an empty last block, checksum, size.
[[nodiscard]] QByteArray gzipTrailer(quint32 crc, quint64 plainSize);
//! The checksum of two pieces put together.
[[nodiscard]] quint32 combinedCrc(quint32 first, quint32 second, qint64 secondSize);

} // namespace Tagboat
