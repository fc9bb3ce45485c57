// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/deflateblock.h"

#include <isa-l.h>
#include <zlib.h>

#include <QtEndian>

#include <vector>

namespace Tagboat {

namespace {

// Level 2 of ISA-L: a sixteenth of the time of zlib's 6, an eighth more bytes. Level 3 would take half as
// long again to save a sixtieth.
constexpr uint32_t Level = 2;
constexpr size_t LevelBufferSize = ISAL_DEF_LVL2_DEFAULT;

} // namespace

DeflatedBlock deflateBlock(QByteArray plain)
{
    // What ISA-L finds behind the input, and in what it works with, may change how it ends a block: equal
    // bytes shall give equal output.
    const qsizetype size = plain.size();
    plain.resize(size + DeflateLookAhead, '\0');
    thread_local std::vector<uint8_t> levelBuffer;
    levelBuffer.assign(LevelBufferSize, 0);

    isal_zstream stream{};
    isal_deflate_init(&stream);
    stream.level = Level;
    stream.level_buf = levelBuffer.data();
    stream.level_buf_size = LevelBufferSize;
    stream.flush = FULL_FLUSH;
    stream.next_in = reinterpret_cast<uint8_t*>(plain.data());
    stream.avail_in = static_cast<uint32_t>(size);

    DeflatedBlock block;
    block.crc = crc32_gzip_refl(0, stream.next_in, stream.avail_in);
    qsizetype used = 0;
    do {
        // Bytes that do not compress grow a little; one round is the rule.
        block.bytes.resize(used + size + size / 64 + 4096);
        const auto room = static_cast<uint32_t>(block.bytes.size() - used);
        stream.next_out = reinterpret_cast<uint8_t*>(block.bytes.data() + used);
        stream.avail_out = room;
        isal_deflate(&stream); // cannot fail with these settings
        used += room - stream.avail_out;
    } while (stream.avail_out == 0);
    block.bytes.resize(used);
    block.bytes.squeeze();
    return block;
}

QByteArray gzipHeader()
{
    return QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
}

QByteArray gzipTrailer(quint32 crc, quint64 plainSize)
{
    QByteArray trailer("\x03\x00", 2); // a last deflate block with nothing in it
    trailer.resize(10);
    qToLittleEndian(crc, trailer.data() + 2);
    qToLittleEndian(static_cast<quint32>(plainSize), trailer.data() + 6); // modulo 2^32, as gzip has it
    return trailer;
}

quint32 combinedCrc(quint32 first, quint32 second, qint64 secondSize)
{
    return static_cast<quint32>(crc32_combine(first, second, static_cast<z_off_t>(secondSize)));
}

} // namespace Tagboat
