// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/layerinput.h"

#include "archive/tarheader.h"
#include "oci/mediatype.h"

#include <cerrno>

#include <fcntl.h>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! Of a compressed file: each read is one call of the system.
constexpr qsizetype CompressedBlock = 1024 * 1024;
//! What is unpacked at a time: it is looked at once, by the same processor, so it should fit its cache.
constexpr qsizetype DecodedBlock = 256 * 1024;
//! Of a plain file, of which headers are read and contents passed over.
constexpr qsizetype PlainBlock = 32 * 1024;

//! The system reads ahead further of what is read from end to end.
void announceSequence([[maybe_unused]] const QFile& file)
{
#ifdef POSIX_FADV_SEQUENTIAL
    posix_fadvise(file.handle(), 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
}

} // namespace

Result<std::unique_ptr<LayerInput>> LayerInput::open(const QString& path)
{
    std::unique_ptr<LayerInput> input(new LayerInput(path));
    if (auto started = input->start(); !started)
        return std::unexpected(std::move(started.error()));
    return input;
}

Result<void> LayerInput::start()
{
    errno = 0;
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(Error::fromErrno(errno, m_file.fileName(), u"cannot open"));
    m_size = m_file.size();
    QByteArray head(TarBlockSize, '\0');
    head.truncate(readBlock(head.data(), head.size()));
    if (!m_problem.isEmpty())
        return fail(Error::Code::Io, m_file.fileName(), m_problem);
    // A tar may begin with a name that looks like a compressor's mark, but then its checksum fits.
    const auto compression = head.size() == TarBlockSize && TarHeader::isHeader(head)
        ? MediaType::Compression::None
        : MediaType::sniffCompression(head);
    if (compression == MediaType::Compression::Gzip)
        m_decoder = Decoder::gzip();
    else if (compression == MediaType::Compression::Zstd)
        m_decoder = Decoder::zstd();
    else
        m_isForeign = compression != MediaType::Compression::None;
    m_file.seek(0);
    m_position = 0;
    if (m_decoder || m_isForeign)
        announceSequence(m_file);
    if (m_decoder)
        m_compressed.resize(CompressedBlock);
    for (Block* block : {&m_last, &m_before})
        block->bytes.resize(m_decoder ? DecodedBlock : m_isForeign ? CompressedBlock : PlainBlock);
    return {};
}

qsizetype LayerInput::readBlock(char* block, qsizetype size)
{
    errno = 0;
    const qint64 count = m_file.read(block, size);
    if (count < 0) {
        m_problem = Error::fromErrno(errno, {}, u"cannot read").message;
        return 0;
    }
    m_position += count;
    return static_cast<qsizetype>(count);
}

std::span<const char> LayerInput::read()
{
    std::swap(m_last, m_before);
    char* const bytes = m_last.bytes.data();
    const auto room = static_cast<qsizetype>(m_last.bytes.size());
    m_last.begin = m_plainBytes;
    m_last.size = m_decoder ? decode(bytes, room) : readBlock(bytes, room);
    m_plainBytes += m_last.size;
    return {bytes, static_cast<size_t>(m_last.size)};
}

qsizetype LayerInput::decode(char* plain, qsizetype room)
{
    while (m_problem.isEmpty()) {
        if (m_decoder->wantsInput()) {
            const qsizetype size = readBlock(m_compressed.data(), CompressedBlock);
            if (size == 0) {
                if (m_problem.isEmpty() && !m_decoder->isComplete())
                    m_problem = u"the compressed data ends early"_s;
                break;
            }
            m_decoder->feed(QByteArray::fromRawData(m_compressed.data(), size));
        }
        const auto size = m_decoder->stepInto(plain, room);
        if (!size) {
            m_problem = size.error();
            break;
        }
        if (*size > 0)
            return *size;
    }
    return 0;
}

QByteArray LayerInput::recent(qint64 position) const
{
    QByteArray bytes;
    for (const Block* block : {&m_before, &m_last}) {
        const qint64 from = position + bytes.size() - block->begin;
        if (from >= 0 && from < block->size)
            bytes.append(block->bytes.data() + from, block->size - from);
    }
    return bytes;
}

qint64 LayerInput::skip(qint64 size)
{
    if (m_decoder || m_isForeign)
        return 0;
    const qint64 step = std::clamp(size, qint64(0), m_size - m_position);
    if (step == 0 || !m_file.seek(m_position + step))
        return 0;
    m_position += step;
    m_plainBytes += step;
    return step;
}

} // namespace Tagboat
