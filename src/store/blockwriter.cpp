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

BlockWriter::BlockWriter(qint64 position)
    : m_buffer(static_cast<char*>(::operator new(Capacity, Alignment))), m_position(position)
{ }

Result<void> BlockWriter::write(DiskFile& file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
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
    qint64 done = 0;
    if (m_isDirect) {
        const auto direct = file.writeDirect(QByteArrayView(m_buffer.get(), whole));
        if (!direct)
            return std::unexpected(direct.error());
        done = *direct;
        m_isDirect = done == whole;
    }
    if (auto rest = file.write(QByteArrayView(m_buffer.get() + done, whole - done)); !rest)
        return rest;
    m_position += whole;
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
