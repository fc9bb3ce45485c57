// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/blockwriter.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace Tagboat {

namespace {

constexpr auto Alignment = static_cast<std::align_val_t>(DiskFile::DirectBlock);
// A batch that follows the rest of the one before it still goes in one write.
constexpr qint64 Capacity = BlockWriter::BufferSize + DiskFile::DirectBlock;

} // namespace

void BlockWriter::Free::operator()(char* memory) const
{
    ::operator delete(memory, Alignment);
}

BlockWriter::BlockWriter(qint64 position) : m_position(position) { }

bool BlockWriter::isAligned(QByteArrayView bytes) const
{
    const auto address = reinterpret_cast<quintptr>(bytes.data());
    return m_position % DiskFile::DirectBlock == 0 && address % DiskFile::DirectBlock == 0;
}

//! Whole blocks, from the beginning of one on.
Result<void> BlockWriter::writeWhole(DiskFile& file, QByteArrayView blocks)
{
    qint64 done = 0;
    if (m_isDirect && !blocks.isEmpty()) {
        const auto direct = file.writeDirect(blocks);
        if (!direct)
            return std::unexpected(direct.error());
        done = *direct;
        m_isDirect = done == blocks.size();
    }
    if (auto rest = file.write(blocks.sliced(done)); !rest)
        return rest;
    m_position += blocks.size();
    return {};
}

Result<void> BlockWriter::write(DiskFile& file, QByteArrayView bytes)
{
    if (m_filled == 0 && isAligned(bytes)) {
        const qint64 whole = bytes.size() - bytes.size() % DiskFile::DirectBlock;
        if (const auto written = writeWhole(file, bytes.first(whole)); !written)
            return written;
        bytes = bytes.sliced(whole);
    }
    while (!bytes.isEmpty()) {
        if (!m_buffer)
            m_buffer.reset(static_cast<char*>(::operator new(Capacity, Alignment)));
        // After a resume in the middle of a block: up to its end, so that the next one can go directly.
        const qint64 offset = m_position % DiskFile::DirectBlock;
        const qint64 room = offset == 0 ? Capacity : DiskFile::DirectBlock - offset;
        const qint64 count = std::min<qint64>(bytes.size(), room - m_filled);
        std::memcpy(m_buffer.get() + m_filled, bytes.data(), static_cast<size_t>(count));
        m_filled += count;
        bytes = bytes.sliced(count);
        if (m_filled < room)
            continue;
        const auto written = offset == 0 ? writeBlocks(file) : flush(file);
        if (!written)
            return written;
    }
    return {};
}

Result<void> BlockWriter::writeBlocks(DiskFile& file)
{
    const qint64 whole = m_filled - m_filled % DiskFile::DirectBlock;
    if (whole == 0 || m_position % DiskFile::DirectBlock != 0)
        return {};
    if (auto written = writeWhole(file, QByteArrayView(m_buffer.get(), whole)); !written)
        return written;
    m_filled -= whole;
    std::memmove(m_buffer.get(), m_buffer.get() + whole, static_cast<size_t>(m_filled));
    return {};
}

Result<void> BlockWriter::flush(DiskFile& file)
{
    if (auto written = writeBlocks(file); !written)
        return written;
    if (auto rest = file.write(QByteArrayView(m_buffer.get(), m_filled)); !rest)
        return rest;
    m_position += std::exchange(m_filled, 0);
    return {};
}

} // namespace Tagboat
