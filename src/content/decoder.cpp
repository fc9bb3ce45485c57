// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/decoder.h"

#include <isa-l.h>
#include <zstd.h>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

class GzipDecoder : public Decoder
{
public:
    GzipDecoder() { beginMember(); }

    std::expected<qsizetype, QString> stepInto(char* room, qsizetype size) override
    {
        m_state.next_out = reinterpret_cast<uint8_t*>(room);
        m_state.avail_out = static_cast<uint32_t>(size);
        // ISA-L declares its input as writable, but only reads it.
        uint8_t* const begin = const_cast<uint8_t*>(reinterpret_cast<const uint8_t*>(m_input.constData()));
        m_state.next_in = begin + m_used;
        m_state.avail_in = static_cast<uint32_t>(m_input.size() - m_used);
        while (m_state.avail_out > 0) {
            if (m_isBetweenMembers) {
                if (!skipPadding())
                    return std::unexpected(u"bytes that do not belong to it follow the gzip stream"_s);
                if (m_state.avail_in == 0)
                    break;
                isal_inflate_reset(&m_state);
                beginMember();
            }
            if (const int code = isal_inflate(&m_state); code < 0)
                return std::unexpected(nameOf(code));
            if (m_state.block_state == ISAL_BLOCK_FINISH)
                m_isBetweenMembers = true;
            else if (m_state.avail_in == 0)
                break;
        }
        m_used = m_state.next_in - begin;
        m_hasMore = m_state.avail_out == 0;
        return size - m_state.avail_out;
    }

    bool wantsInput() const override { return m_used == m_input.size() && !m_hasMore; }
    bool isComplete() const override { return m_isBetweenMembers && wantsInput(); }

private:
    void beginMember()
    {
        if (!m_isBetweenMembers)
            isal_inflate_init(&m_state);
        m_state.crc_flag = ISAL_GZIP;
        m_isBetweenMembers = false;
    }

    //! Archives of tape block size end in zero bytes; nothing else than zeros may follow them.
    bool skipPadding()
    {
        while (m_state.avail_in > 0 && *m_state.next_in == 0) {
            m_isPadded = true;
            ++m_state.next_in;
            --m_state.avail_in;
        }
        return m_state.avail_in == 0 || (!m_isPadded && *m_state.next_in == 0x1f);
    }

    static QString nameOf(int code)
    {
        switch (code) {
        case ISAL_INCORRECT_CHECKSUM:
            return u"the gzip stream's checksum does not match"_s;
        case ISAL_INVALID_WRAPPER:
        case ISAL_UNSUPPORTED_METHOD:
            return u"the gzip stream has a broken header"_s;
        default:
            return u"the gzip stream is broken"_s;
        }
    }

    inflate_state m_state = {};
    bool m_isBetweenMembers = false;
    bool m_isPadded = false;
    bool m_hasMore = false;
};

class ZstdDecoder : public Decoder
{
public:
    ZstdDecoder() : m_stream(ZSTD_createDStream(), &ZSTD_freeDStream) { }

    std::expected<qsizetype, QString> stepInto(char* room, qsizetype size) override
    {
        ZSTD_outBuffer out{room, static_cast<size_t>(size), 0};
        ZSTD_inBuffer in{m_input.constData(), static_cast<size_t>(m_input.size()),
                         static_cast<size_t>(m_used)};
        do {
            m_left = ZSTD_decompressStream(m_stream.get(), &out, &in);
            if (ZSTD_isError(m_left))
                return std::unexpected(u"the zstd stream is broken: "_s
                                       + QLatin1StringView(ZSTD_getErrorName(m_left)));
        } while (out.pos < out.size && in.pos < in.size);
        m_used = static_cast<qsizetype>(in.pos);
        m_hasMore = out.pos == out.size && m_left != 0;
        return static_cast<qsizetype>(out.pos);
    }

    bool wantsInput() const override { return m_used == m_input.size() && !m_hasMore; }
    bool isComplete() const override { return m_left == 0 && wantsInput(); }

private:
    std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream*)> m_stream;
    size_t m_left = 1; // 0: a frame has ended
    bool m_hasMore = false;
};

} // namespace

void Decoder::feed(QByteArray input)
{
    Q_ASSERT(wantsInput());
    m_input = std::move(input);
    m_used = 0;
}

std::expected<QByteArray, QString> Decoder::step(qsizetype room)
{
    QByteArray plain(room, Qt::Uninitialized);
    const auto size = stepInto(plain.data(), room);
    if (!size)
        return std::unexpected(size.error());
    plain.truncate(*size);
    return plain;
}

std::unique_ptr<Decoder> Decoder::gzip()
{
    return std::make_unique<GzipDecoder>();
}

std::unique_ptr<Decoder> Decoder::zstd()
{
    return std::make_unique<ZstdDecoder>();
}

} // namespace Tagboat
