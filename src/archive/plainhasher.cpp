// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/plainhasher.h"

#include "base/worker.h"

#include <zlib.h>
#include <zstd.h>

namespace Tagboat {

using namespace Qt::StringLiterals;

class PlainHasher::Unpacker
{
public:
    virtual ~Unpacker() = default;
    //! Feeds \a into with the plain bytes of \a bytes; what is wrong with them, or nothing.
    [[nodiscard]] virtual QString unpack(QByteArrayView bytes, Hasher& into) = 0;
    //! True where the stream may end.
    [[nodiscard]] virtual bool isAtEnd() const = 0;
};

class PlainHasher::GzipUnpacker : public Unpacker
{
public:
    GzipUnpacker() { m_isReady = inflateInit2(&m_stream, 16 + MAX_WBITS) == Z_OK; }
    ~GzipUnpacker() override { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(GzipUnpacker)

    [[nodiscard]] QString unpack(QByteArrayView bytes, Hasher& into) override
    {
        if (!m_isReady)
            return u"zlib cannot start"_s;
        // zlib's interface knows no const; it does not write to its input.
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        while (m_stream.avail_in > 0 || m_isFull) {
            if (m_isAtEnd && inflateReset(&m_stream) != Z_OK) // a further member
                return u"zlib cannot go on"_s;
            m_isAtEnd = false;
            m_stream.next_out = reinterpret_cast<Bytef*>(m_plain.data());
            m_stream.avail_out = static_cast<uInt>(m_plain.size());
            const int status = inflate(&m_stream, Z_NO_FLUSH);
            if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
                return u"damaged gzip data"_s;
            m_isAtEnd = status == Z_STREAM_END;
            m_isFull = m_stream.avail_out == 0 && !m_isAtEnd;
            into.update(QByteArrayView(m_plain.data(), m_plain.size() - m_stream.avail_out));
        }
        return {};
    }

    [[nodiscard]] bool isAtEnd() const override { return m_isAtEnd; }

private:
    z_stream m_stream = {};
    QByteArray m_plain = QByteArray(PieceSize, Qt::Uninitialized);
    bool m_isReady = false;
    bool m_isAtEnd = false;
    bool m_isFull = false; // the output was too small: more comes without input
};

class PlainHasher::ZstdUnpacker : public Unpacker
{
public:
    ZstdUnpacker() : m_stream(ZSTD_createDStream()) { }
    ~ZstdUnpacker() override { ZSTD_freeDStream(m_stream); }
    Q_DISABLE_COPY_MOVE(ZstdUnpacker)

    [[nodiscard]] QString unpack(QByteArrayView bytes, Hasher& into) override
    {
        if (!m_stream)
            return u"zstd cannot start"_s;
        ZSTD_inBuffer in{bytes.data(), static_cast<size_t>(bytes.size()), 0};
        bool isFull = false;
        while (in.pos < in.size || isFull) {
            ZSTD_outBuffer out{m_plain.data(), static_cast<size_t>(m_plain.size()), 0};
            const size_t status = ZSTD_decompressStream(m_stream, &out, &in);
            if (ZSTD_isError(status))
                return u"damaged zstd data: "_s + QString::fromUtf8(ZSTD_getErrorName(status));
            m_isAtEnd = status == 0;
            isFull = out.pos == out.size && !m_isAtEnd;
            into.update(QByteArrayView(m_plain.data(), static_cast<qsizetype>(out.pos)));
        }
        return {};
    }

    [[nodiscard]] bool isAtEnd() const override { return m_isAtEnd; }

private:
    ZSTD_DStream* const m_stream;
    QByteArray m_plain = QByteArray(PieceSize, Qt::Uninitialized);
    bool m_isAtEnd = false;
};

PlainHasher::PlainHasher(MediaType::Compression compression, const QString& algorithm) : m_hasher(algorithm)
{
    if (compression == MediaType::Compression::Zstd)
        m_unpacker = std::make_unique<ZstdUnpacker>();
    else
        m_unpacker = std::make_unique<GzipUnpacker>();
}

PlainHasher::~PlainHasher() = default;

Result<void> PlainHasher::add(QByteArrayView bytes, const QString& subject)
{
    QString problem = m_unpacker->unpack(bytes, m_hasher);
    if (!problem.isEmpty())
        return fail(Error::Code::Corrupt, subject, std::move(problem));
    return {};
}

Result<Digest> PlainHasher::finish(const QString& subject)
{
    if (!m_unpacker->isAtEnd())
        return fail(Error::Code::Corrupt, subject, u"the compressed data is cut off"_s);
    return m_hasher.finish();
}

namespace {

class DiffIdChecked : public ByteSource
{
public:
    DiffIdChecked(ByteSourcePtr source, MediaType::Compression compression, Digest diffId, QString subject)
    {
        auto hasher = std::make_shared<PlainHasher>(compression, diffId.algorithm());
        m_state = std::make_shared<State>(std::move(source), std::move(diffId), std::move(subject),
                                          std::move(hasher));
    }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return m_state->source->size(); }

private:
    struct State
    {
        ByteSourcePtr source;
        Digest diffId;
        QString subject;
        std::shared_ptr<PlainHasher> hasher; // the worker's while a piece is being unpacked
        bool isDone = false;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        if (state->isDone)
            co_return QByteArray();
        auto piece = co_await state->source->read(maxSize, stop);
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (!piece->isEmpty()) {
            auto added =
                co_await onWorker([hasher = state->hasher, bytes = *piece, subject = state->subject] {
                    return hasher->add(bytes, subject);
                });
            if (!added)
                co_return std::unexpected(std::move(added.error()));
            if (stop.stop_requested())
                co_return cancelled();
            co_return Result<QByteArray>(std::move(*piece));
        }
        auto plain = state->hasher->finish(state->subject);
        if (!plain)
            co_return std::unexpected(std::move(plain.error()));
        if (*plain != state->diffId) {
            co_return fail(
                Error::Code::DigestMismatch, state->subject,
                u"unpacks to %1 where the config says %2"_s.arg(plain->toString(), state->diffId.toString()));
        }
        state->isDone = true;
        co_return QByteArray();
    }

    std::shared_ptr<State> m_state;
};

} // namespace

ByteSourcePtr diffIdChecked(ByteSourcePtr source, MediaType::Compression compression, Digest diffId,
                            QString subject)
{
    return std::make_shared<DiffIdChecked>(std::move(source), compression, std::move(diffId),
                                           std::move(subject));
}

} // namespace Tagboat
