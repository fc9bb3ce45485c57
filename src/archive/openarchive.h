// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/membertable.h"
#include "base/bytestream.h"

namespace Tagboat {

class SequentialPass;

/*!
 * \brief An archive that was walked over once and found sound, ready to have its members read.
 *
 * Plain tars are read in any order, straight from the file; where the walk found nothing that KArchive does
 * not understand, it is KArchive that says where each member lies. Compressed ones are unpacked front to back
 * by libarchive: members asked for in the order of their `ordinal` cost one pass together, one that lies
 * behind costs another. Used on one thread with an event loop; the work is done on workers.
 */
class OpenedArchive
{
public:
    //! Manifests, indexes and configs of one archive are no more than this together: some hundred images.
    static constexpr qint64 MaxDocumentBytes = 64 * 1024 * 1024;

    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] qint64 fileSize() const { return m_fileSize; }
    [[nodiscard]] const MemberTable& table() const { return m_table; }
    //! Members are to be read one at a time and, for speed, in the order of their ordinals.
    [[nodiscard]] bool isSequential() const { return m_isSequential; }
    //! An unpacked archive: each member is a file of its own below path().
    [[nodiscard]] bool isFolder() const { return m_isFolder; }
    //! How far into the (compressed) file reading has come since the walk.
    [[nodiscard]] qint64 fileBytesRead() const;

private:
    explicit OpenedArchive(QString path) : m_path(path), m_table(std::move(path)) { }

    QString m_path;
    qint64 m_fileSize = 0;
    MemberTable m_table;
    bool m_isSequential = false;
    bool m_isFolder = false;
    QHash<qsizetype, QByteArray> m_documents; // of a sequential archive, kept from the walk
    qint64 m_documentBytesRead = 0;
    std::shared_ptr<SequentialPass> m_pass;

    friend class ArchiveScan;
    friend Result<std::shared_ptr<OpenedArchive>> openFolder(const QString& path);
    friend Task<Result<QByteArray>> readDocument(std::shared_ptr<OpenedArchive>, qsizetype, std::stop_token);
    friend Task<Result<ByteSourcePtr>> openMember(std::shared_ptr<OpenedArchive>, qsizetype, qint64,
                                                  std::stop_token);
};
using OpenedArchivePtr = std::shared_ptr<OpenedArchive>;

/*!
 * \brief Walks over the file at \a path, checks it (TarReader, MemberTable) and decides how it is read.
 *
 * \a walked is told how far into the file the walk is. NotFound, Io, Unsupported (no tar), Corrupt.
 * A folder is opened as openFolder() does.
 */
[[nodiscard]] Task<Result<OpenedArchivePtr>> openArchive(QString path, std::function<void(qint64)> walked,
                                                         std::stop_token stop);
//! All of a small member: a manifest, an index, a config; more than MaxManifestSize is Corrupt.
[[nodiscard]] Task<Result<QByteArray>> readDocument(OpenedArchivePtr archive, qsizetype member,
                                                    std::stop_token stop);
//! A member's bytes from \a offset. Of a sequential archive only the source opened last can be read.
[[nodiscard]] Task<Result<ByteSourcePtr>> openMember(OpenedArchivePtr archive, qsizetype member,
                                                     qint64 offset, std::stop_token stop);

} // namespace Tagboat
