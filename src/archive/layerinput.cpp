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
    m_block.resize(CompressedBlock);
    const qsizetype size = readBlock(TarBlockSize);
    if (!m_problem.isEmpty())
        return fail(Error::Code::Io, m_file.fileName(), m_problem);
    const QByteArrayView head(m_block.data(), size);
    // A tar may begin with a name that looks like a compressor's mark, but then its checksum fits.
    const auto compression = size == TarBlockSize && TarHeader::isHeader(head)
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
        m_plain.resize(DecodedBlock);
    return {};
}

qsizetype LayerInput::readBlock(qsizetype size)
{
    errno = 0;
    const qint64 count = m_file.read(m_block.data(), size);
    if (count < 0) {
        m_problem = Error::fromErrno(errno, {}, u"cannot read").message;
        return 0;
    }
    m_position += count;
    return static_cast<qsizetype>(count);
}

std::span<const char> LayerInput::read()
{
    if (m_decoder)
        return decode();
    const qsizetype size = readBlock(m_isForeign ? CompressedBlock : PlainBlock);
    m_plainBytes += size;
    return {m_block.data(), static_cast<size_t>(size)};
}

std::span<const char> LayerInput::decode()
{
    while (m_problem.isEmpty()) {
        if (m_decoder->wantsInput()) {
            const qsizetype size = readBlock(CompressedBlock);
            if (size == 0) {
                if (m_problem.isEmpty() && !m_decoder->isComplete())
                    m_problem = u"the compressed data ends early"_s;
                break;
            }
            m_decoder->feed(QByteArray::fromRawData(m_block.data(), size));
        }
        const auto size = m_decoder->stepInto(m_plain.data(), static_cast<qsizetype>(m_plain.size()));
        if (!size) {
            m_problem = size.error();
            break;
        }
        if (*size > 0) {
            m_plainBytes += *size;
            return {m_plain.data(), static_cast<size_t>(*size)};
        }
    }
    return {};
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
