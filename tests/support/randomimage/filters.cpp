// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/filters.h"

#include <openssl/evp.h>

#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

#include <array>

namespace Tagboat::Testing {

using namespace Qt::StringLiterals;

struct Sha256::Private
{
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~Private() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : d(std::make_unique<Private>())
{
    if (EVP_DigestInit_ex(d->context, EVP_sha256(), nullptr) != 1)
        qFatal("OpenSSL has no SHA-256");
}

Sha256::~Sha256() = default;

void Sha256::update(QByteArrayView bytes)
{
    EVP_DigestUpdate(d->context, bytes.data(), static_cast<size_t>(bytes.size()));
    m_size += bytes.size();
}

Digest Sha256::finish()
{
    QByteArray hash(32, '\0');
    EVP_DigestFinal_ex(d->context, reinterpret_cast<unsigned char*>(hash.data()), nullptr);
    return Digest::fromRaw("sha256"_L1, hash);
}

namespace {

constexpr size_t BufferSize = 128 * 1024;

class Copy : public Filter
{
public:
    explicit Copy(BytesSink sink) : m_sink(std::move(sink)) { }
    bool write(QByteArrayView bytes) override
    {
        m_sink(bytes);
        return true;
    }
    bool finish() override { return true; }

private:
    BytesSink m_sink;
};

class Gzip : public Filter
{
public:
    Gzip(int level, BytesSink sink) : m_sink(std::move(sink))
    {
        deflateInit2(&m_stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    }
    ~Gzip() override { deflateEnd(&m_stream); }

    bool write(QByteArrayView bytes) override
    {
        run(bytes, Z_NO_FLUSH);
        return true;
    }
    bool finish() override
    {
        run({}, Z_FINISH);
        return true;
    }

private:
    void run(QByteArrayView bytes, int flush)
    {
        m_stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        do {
            m_stream.next_out = m_buffer.data();
            m_stream.avail_out = BufferSize;
            deflate(&m_stream, flush);
            m_sink(QByteArrayView(m_buffer.data(), qsizetype(BufferSize - m_stream.avail_out)));
        } while (m_stream.avail_out == 0);
    }

    BytesSink m_sink;
    z_stream m_stream = {};
    std::array<Bytef, BufferSize> m_buffer;
};

class Zstd : public Filter
{
public:
    Zstd(int level, BytesSink sink) : m_sink(std::move(sink)), m_stream(ZSTD_createCStream())
    {
        ZSTD_initCStream(m_stream, level);
    }
    ~Zstd() override { ZSTD_freeCStream(m_stream); }

    bool write(QByteArrayView bytes) override
    {
        ZSTD_inBuffer in{bytes.data(), static_cast<size_t>(bytes.size()), 0};
        while (in.pos < in.size)
            run(in, ZSTD_e_continue);
        return true;
    }
    bool finish() override
    {
        ZSTD_inBuffer in{nullptr, 0, 0};
        while (run(in, ZSTD_e_end) != 0) { }
        return true;
    }

private:
    size_t run(ZSTD_inBuffer& in, ZSTD_EndDirective directive)
    {
        ZSTD_outBuffer out{m_buffer.data(), m_buffer.size(), 0};
        const size_t left = ZSTD_compressStream2(m_stream, &out, &in, directive);
        if (ZSTD_isError(left))
            qFatal("zstd: %s", ZSTD_getErrorName(left));
        m_sink(QByteArrayView(m_buffer.data(), qsizetype(out.pos)));
        return left;
    }

    BytesSink m_sink;
    ZSTD_CStream* m_stream;
    std::array<char, BufferSize> m_buffer;
};

class Gunzip : public Filter
{
public:
    explicit Gunzip(BytesSink sink) : m_sink(std::move(sink)) { inflateInit2(&m_stream, 15 + 16); }
    ~Gunzip() override { inflateEnd(&m_stream); }

    bool write(QByteArrayView bytes) override
    {
        m_stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        for (bool isFull = false; m_stream.avail_in > 0 || isFull;) {
            if (m_isAtEnd) { // of a member; another one follows
                inflateReset(&m_stream);
                m_isAtEnd = false;
            }
            m_stream.next_out = m_buffer.data();
            m_stream.avail_out = BufferSize;
            const int state = inflate(&m_stream, Z_NO_FLUSH);
            if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
                return false;
            m_sink(QByteArrayView(m_buffer.data(), qsizetype(BufferSize - m_stream.avail_out)));
            isFull = m_stream.avail_out == 0 && state == Z_OK;
            m_isAtEnd = state == Z_STREAM_END;
        }
        return true;
    }
    bool finish() override { return m_isAtEnd; }

private:
    BytesSink m_sink;
    z_stream m_stream = {};
    bool m_isAtEnd = false;
    std::array<Bytef, BufferSize> m_buffer;
};

class Unzstd : public Filter
{
public:
    explicit Unzstd(BytesSink sink) : m_sink(std::move(sink)), m_stream(ZSTD_createDStream()) { }
    ~Unzstd() override { ZSTD_freeDStream(m_stream); }

    bool write(QByteArrayView bytes) override
    {
        ZSTD_inBuffer in{bytes.data(), static_cast<size_t>(bytes.size()), 0};
        for (bool isFull = false; in.pos < in.size || isFull;) {
            ZSTD_outBuffer out{m_buffer.data(), m_buffer.size(), 0};
            m_left = ZSTD_decompressStream(m_stream, &out, &in);
            if (ZSTD_isError(m_left))
                return false;
            m_sink(QByteArrayView(m_buffer.data(), qsizetype(out.pos)));
            isFull = out.pos == out.size && m_left != 0;
        }
        return true;
    }
    bool finish() override { return m_left == 0; }

private:
    BytesSink m_sink;
    ZSTD_DStream* m_stream;
    size_t m_left = 1;
    std::array<char, BufferSize> m_buffer;
};

//! Waits for four bytes, then decides.
class Unpack : public Filter
{
public:
    explicit Unpack(BytesSink sink) : m_sink(std::move(sink)) { }

    bool write(QByteArrayView bytes) override
    {
        if (m_inner)
            return m_inner->write(bytes);
        m_first += bytes;
        return m_first.size() < 4 || decide();
    }
    bool finish() override { return (m_inner || decide()) && m_inner->finish(); }

private:
    bool decide()
    {
        if (m_first.startsWith("\x1f\x8b"))
            m_inner = std::make_unique<Gunzip>(m_sink);
        else if (m_first.startsWith("\x28\xb5\x2f\xfd")
                 || m_first.sliced(qMin<qsizetype>(1, m_first.size())).startsWith("\x2a\x4d\x18"))
            m_inner = std::make_unique<Unzstd>(m_sink);
        else
            m_inner = std::make_unique<Copy>(m_sink);
        return m_inner->write(m_first);
    }

    BytesSink m_sink;
    QByteArray m_first;
    std::unique_ptr<Filter> m_inner;
};

} // namespace

std::unique_ptr<Filter> copyFilter(BytesSink sink)
{
    return std::make_unique<Copy>(std::move(sink));
}

std::unique_ptr<Filter> gzipFilter(int level, BytesSink sink)
{
    return std::make_unique<Gzip>(level, std::move(sink));
}

std::unique_ptr<Filter> zstdFilter(int level, BytesSink sink)
{
    return std::make_unique<Zstd>(level, std::move(sink));
}

std::unique_ptr<Filter> unpackFilter(BytesSink sink)
{
    return std::make_unique<Unpack>(std::move(sink));
}

} // namespace Tagboat::Testing
