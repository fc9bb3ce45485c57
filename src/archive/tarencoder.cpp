// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/tarencoder.h"

#include "archive/tarheader.h"

#include <QDateTime>
#include <QTimeZone>

#include <archive.h>
#include <archive_entry.h>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 EightGiB = qint64(8) << 30;

QDateTime timeOfMembers()
{
    return QDateTime::fromSecsSinceEpoch(0, QTimeZone::UTC);
}

la_ssize_t append(archive*, void* to, const void* bytes, size_t size)
{
    static_cast<QByteArray*>(to)->append(static_cast<const char*>(bytes), static_cast<qsizetype>(size));
    return static_cast<la_ssize_t>(size);
}

Result<QByteArray> largeHeader(const QString& path, qint64 size)
{
    QByteArray bytes;
    archive* writer = archive_write_new();
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, path.toUtf8().constData());
    archive_entry_set_size(entry, size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 0, 0);
    archive_write_set_format_pax_restricted(writer);
    archive_write_set_bytes_per_block(writer, 0); // at once, no records
    const bool isWritten =
        archive_write_open2(writer, &bytes, nullptr, append, nullptr, nullptr) == ARCHIVE_OK
        && archive_write_header(writer, entry) == ARCHIVE_OK;
    const QString problem = isWritten ? QString() : QString::fromUtf8(archive_error_string(writer));
    const QByteArray header = bytes;
    archive_entry_free(entry);
    archive_write_fail(writer); // else it would write all of the member as zeros now
    archive_write_free(writer);
    if (!isWritten)
        return fail(Error::Code::Internal, path, u"no header for a large member: "_s + problem);
    return header;
}

} // namespace

TarEncoder::TarEncoder() : m_tar(&m_buffer)
{
    m_buffer.open(QIODevice::WriteOnly);
    m_tar.open(QIODevice::WriteOnly);
}

TarEncoder::~TarEncoder() = default;

QByteArray TarEncoder::take()
{
    const QByteArray bytes = m_buffer.data();
    m_buffer.buffer().clear();
    m_buffer.seek(0);
    return bytes;
}

std::unexpected<Error> TarEncoder::failed(const QString& path) const
{
    return fail(Error::Code::Internal, path, m_tar.errorString());
}

Result<QByteArray> TarEncoder::folder(const QString& path)
{
    const QDateTime time = timeOfMembers();
    if (!m_tar.writeDir(path, u"root"_s, u"root"_s, 040755, time, time, time))
        return failed(path);
    return take();
}

Result<QByteArray> TarEncoder::beginFile(const QString& path, qint64 size)
{
    if (size >= EightGiB)
        return largeHeader(path, size);
    const QDateTime time = timeOfMembers();
    if (!m_tar.prepareWriting(path, u"root"_s, u"root"_s, size, 0100644, time, time, time))
        return failed(path);
    return take();
}

Result<QByteArray> TarEncoder::endFile(qint64 size)
{
    if (!m_tar.finishWriting(size))
        return failed({});
    return take();
}

QByteArray TarEncoder::endOfArchive()
{
    return QByteArray(2 * TarBlockSize, '\0');
}

} // namespace Tagboat
