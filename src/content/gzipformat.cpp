// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/blockformat.h"

#include <isa-l.h>
#include <zlib.h>

#include <QtEndian>

#include <vector>

namespace Tagboat {

namespace {

constexpr qsizetype BlockSize = 1024 * 1024;

// Levels 1 to 3 are ISA-L's own. Its 2 takes a sixteenth of the time of zlib's 6 for an eighth more bytes;
// its 3 half as long again to save a sixtieth. From 4 on it is zlib: libdeflate would be twice as quick, but
// can only end a stream and not flush it, and many members in place of one are not what every gunzip expects.
constexpr int HighestOfIsal = 3;
constexpr size_t LevelBufferSizes[] = {0, ISAL_DEF_LVL1_DEFAULT, ISAL_DEF_LVL2_DEFAULT,
                                       ISAL_DEF_LVL3_DEFAULT};
constexpr qsizetype IsalLookAhead = 512;
constexpr int MostMemory = 9; // 256 KB of zlib's for each block at work

//! Room for a block that does not compress: it grows a little. One round is the rule.
constexpr qsizetype roomFor(qsizetype plainSize)
{
    return plainSize + plainSize / 64 + 4096;
}

/*!
 * Calls \a deflateInto(room, size) until it leaves some of the room, and gives all that it returned.
 *
 * The room is kept from block to block, and what is given away is no larger than it must be: a block of a
 * third of its plain size that was cut out of room for all of it would leave holes too small for the next.
 */
template<typename DeflateInto>
QByteArray deflated(qsizetype plainSize, DeflateInto deflateInto)
{
    thread_local std::vector<uint8_t> room(roomFor(BlockSize));
    Q_ASSERT(plainSize <= BlockSize);
    QByteArray bytes;
    size_t used = 0;
    do {
        used = deflateInto(room.data(), static_cast<uint32_t>(room.size()));
        const auto* const made = reinterpret_cast<const char*>(room.data());
        // Appending takes up to twice the memory.
        if (bytes.isEmpty())
            bytes = QByteArray(made, static_cast<qsizetype>(used));
        else
            bytes.append(made, static_cast<qsizetype>(used));
    } while (used == room.size());
    return bytes;
}

QByteArray deflatedByIsal(QByteArray plain, int level)
{
    // What ISA-L finds behind the input, and in what it works with, may change how it ends a block: equal
    // bytes shall give equal output.
    const qsizetype size = plain.size();
    plain.resize(size + IsalLookAhead, '\0');
    thread_local std::vector<uint8_t> levelBuffer;
    levelBuffer.assign(LevelBufferSizes[level], 0);

    isal_zstream stream{};
    isal_deflate_init(&stream);
    stream.level = static_cast<uint32_t>(level);
    stream.level_buf = levelBuffer.data();
    stream.level_buf_size = static_cast<uint32_t>(levelBuffer.size());
    stream.flush = FULL_FLUSH;
    stream.next_in = reinterpret_cast<uint8_t*>(plain.data());
    stream.avail_in = static_cast<uint32_t>(size);

    return deflated(size, [&stream](uint8_t* room, uint32_t roomSize) {
        stream.next_out = room;
        stream.avail_out = roomSize;
        isal_deflate(&stream); // cannot fail with these settings
        return roomSize - stream.avail_out;
    });
}

QByteArray deflatedByZlib(QByteArray plain, int level)
{
    z_stream stream{};
    constexpr int RawDeflate = -MAX_WBITS;
    if (deflateInit2(&stream, level, Z_DEFLATED, RawDeflate, MostMemory, Z_DEFAULT_STRATEGY) != Z_OK)
        qBadAlloc(); // the only way to fail with these settings
    stream.next_in = reinterpret_cast<Bytef*>(plain.data());
    stream.avail_in = static_cast<uInt>(plain.size());

    QByteArray bytes = deflated(plain.size(), [&stream](uint8_t* room, uint32_t roomSize) {
        stream.next_out = room;
        stream.avail_out = roomSize;
        deflate(&stream, Z_FULL_FLUSH);
        return roomSize - stream.avail_out;
    });
    deflateEnd(&stream);
    return bytes;
}

class GzipFormat : public BlockFormat
{
public:
    explicit GzipFormat(int level) : m_level(level) { }

    [[nodiscard]] qsizetype blockSize() const override { return BlockSize; }
    [[nodiscard]] qsizetype lookAhead() const override { return IsalLookAhead; }

    [[nodiscard]] CompressedBlock compress(QByteArray plain) const override
    {
        CompressedBlock block;
        block.crc = crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(plain.constData()),
                                    static_cast<uint64_t>(plain.size()));
        block.bytes = m_level <= HighestOfIsal ? deflatedByIsal(std::move(plain), m_level)
                                               : deflatedByZlib(std::move(plain), m_level);
        return block;
    }

    [[nodiscard]] QByteArray head() const override
    {
        return QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
    }

    void append(const CompressedBlock& block, qint64 plainSize) override
    {
        m_crc = static_cast<quint32>(crc32_combine(m_crc, block.crc, static_cast<z_off_t>(plainSize)));
        m_plainSize += static_cast<quint64>(plainSize);
    }

    [[nodiscard]] QByteArray tail() override
    {
        QByteArray tail("\x03\x00", 2); // a last deflate block with nothing in it
        tail.resize(10);
        qToLittleEndian(m_crc, tail.data() + 2);
        qToLittleEndian(static_cast<quint32>(m_plainSize), tail.data() + 6); // modulo 2^32, as gzip has it
        return tail;
    }

private:
    const int m_level;
    quint32 m_crc = 0;
    quint64 m_plainSize = 0;
};

} // namespace

std::unique_ptr<BlockFormat> BlockFormat::gzip(int level)
{
    return std::make_unique<GzipFormat>(level);
}

} // namespace Tagboat
