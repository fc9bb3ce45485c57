// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/filteredsource.h"

#include "base/worker.h"
#include "content/compression.h"

#include <archive.h>
#include <archive_entry.h>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! libarchive's writing side with the one member a "raw" archive has; for workers.
class Filter
{
public:
    Filter() : m_archive(archive_write_new())
    {
        const int added = archive_write_add_filter_xz(m_archive);
        archive_entry* entry = archive_entry_new();
        archive_entry_set_filetype(entry, AE_IFREG);
        m_isReady = added == ARCHIVE_OK && archive_write_set_format_raw(m_archive) == ARCHIVE_OK
            && archive_write_set_bytes_in_last_block(m_archive, 1) == ARCHIVE_OK // no padding behind the end
            && archive_write_open2(m_archive, this, nullptr, &Filter::append, nullptr, nullptr) == ARCHIVE_OK
            && archive_write_header(m_archive, entry) == ARCHIVE_OK;
        archive_entry_free(entry);
    }

    ~Filter() { archive_write_free(m_archive); }
    Q_DISABLE_COPY_MOVE(Filter)

    //! What came out for \a bytes, perhaps nothing yet; empty \a bytes are the end.
    [[nodiscard]] Result<QByteArray> pass(const QByteArray& bytes)
    {
        bool isDone = m_isReady;
        if (isDone && bytes.isEmpty())
            isDone = archive_write_close(m_archive) == ARCHIVE_OK;
        else if (isDone)
            isDone = archive_write_data(m_archive, bytes.constData(), static_cast<size_t>(bytes.size()))
                == bytes.size();
        if (!isDone) {
            return fail(Error::Code::Internal, {},
                        u"cannot compress: "_s + QString::fromUtf8(archive_error_string(m_archive)));
        }
        return std::exchange(m_out, {});
    }

private:
    static la_ssize_t append(archive*, void* self, const void* bytes, size_t size)
    {
        static_cast<Filter*>(self)->m_out.append(static_cast<const char*>(bytes),
                                                 static_cast<qsizetype>(size));
        return static_cast<la_ssize_t>(size);
    }

    archive* const m_archive;
    QByteArray m_out;
    bool m_isReady = false;
};

class FilteredSource : public ByteSource
{
public:
    explicit FilteredSource(ByteSourcePtr source)
        : m_state(std::make_shared<State>(std::move(source), std::make_shared<Filter>()))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return readFrom(m_state, maxSize, std::move(stop));
    }

    [[nodiscard]] qint64 size() const override { return -1; }

private:
    struct State
    {
        ByteSourcePtr source;
        std::shared_ptr<Filter> filter; // the worker's while it is passed a piece
        QByteArray pending;
        bool isAtEnd = false;
    };

    static Task<Result<QByteArray>> readFrom(std::shared_ptr<State> state, qint64 maxSize,
                                             std::stop_token stop)
    {
        while (state->pending.isEmpty() && !state->isAtEnd) {
            auto piece = co_await state->source->read(PieceSize, stop);
            if (!piece)
                co_return std::unexpected(std::move(piece.error()));
            state->isAtEnd = piece->isEmpty();
            auto out =
                co_await onWorker([filter = state->filter, bytes = *piece] { return filter->pass(bytes); });
            if (!out)
                co_return std::unexpected(std::move(out.error()));
            if (stop.stop_requested())
                co_return cancelled();
            state->pending = std::move(*out);
        }
        QByteArray piece = state->pending.first(std::min<qint64>(maxSize, state->pending.size()));
        state->pending.slice(piece.size());
        co_return Result<QByteArray>(std::move(piece));
    }

    std::shared_ptr<State> m_state;
};

} // namespace

Result<OuterCompression> outerCompression(const QString& path)
{
    const QString suffix = path.section(u'.', -1).toLower();
    if (suffix == "gz"_L1 || suffix == "tgz"_L1)
        return OuterCompression::Gzip;
    if (suffix == "zst"_L1 || suffix == "tzst"_L1)
        return OuterCompression::Zstd;
    if (suffix == "xz"_L1 || suffix == "txz"_L1)
        return OuterCompression::Xz;
    if (suffix == "bz2"_L1 || suffix == "tbz2"_L1 || suffix == "lz4"_L1 || suffix == "zip"_L1
        || suffix == "7z"_L1)
        return fail(Error::Code::InvalidInput, path, u"archives of kind .%1 cannot be written"_s.arg(suffix));
    return OuterCompression::None;
}

Result<OuterCompression> parseOuterCompression(const QString& text)
{
    if (text == "none"_L1)
        return OuterCompression::None;
    if (text == "gzip"_L1)
        return OuterCompression::Gzip;
    if (text == "zstd"_L1)
        return OuterCompression::Zstd;
    if (text == "xz"_L1)
        return OuterCompression::Xz;
    return fail(Error::Code::InvalidInput, text, u"an archive is compressed by none, gzip, zstd or xz"_s);
}

QString archiveSuffix(OuterCompression compression)
{
    switch (compression) {
    case OuterCompression::None:
        break;
    case OuterCompression::Gzip:
        return u".tar.gz"_s;
    case OuterCompression::Zstd:
        return u".tar.zst"_s;
    case OuterCompression::Xz:
        return u".tar.xz"_s;
    }
    return u".tar"_s;
}

QString withoutArchiveSuffix(const QString& path)
{
    for (const QLatin1StringView ending : {".tar.gz"_L1, ".tar.zst"_L1, ".tar.xz"_L1, ".tar.bz2"_L1,
                                           ".tar"_L1, ".tgz"_L1, ".tzst"_L1, ".txz"_L1, ".tbz2"_L1}) {
        if (path.endsWith(ending, Qt::CaseInsensitive))
            return path.chopped(ending.size());
    }
    return path;
}

ByteSourcePtr compressed(ByteSourcePtr source, OuterCompression compression)
{
    switch (compression) {
    case OuterCompression::None:
        break;
    case OuterCompression::Gzip:
        return gzipped(std::move(source));
    case OuterCompression::Zstd:
        return compressedBy({LayerCompression::Kind::Zstd, LayerCompression::DefaultZstdLevel},
                            std::move(source));
    case OuterCompression::Xz:
        return std::make_shared<FilteredSource>(std::move(source));
    }
    return source;
}

} // namespace Tagboat
