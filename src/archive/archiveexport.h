// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/archive.h"
#include "archive/tarsource.h"

#include <QJsonArray>

namespace Tagboat {

//! One export while it runs; shared by its steps, on the engine thread.
struct ArchiveExport
{
    std::shared_ptr<ContentReader> source;
    std::optional<Platform> platform; //!< the one asked for
    QString folder;                   //!< of the archive: where temporary files may be
    ArchiveProgressCallback progress;
    qint64 bytesTotal = 0;
    qint64 bytesDone = 0;

    void advance(qint64 bytes, const QString& member);
};
using ArchiveExportPtr = std::shared_ptr<ArchiveExport>;

/*!
 * \brief The image manifest that is meant by \a target: itself, or the child of an index for \a platform.
 *
 * NotFound where there is none for it, saying what there is. Without \a platform the host's, and where an
 * index has one image only, that one. A single image that is for another platform than the one asked for is
 * NotFound, too.
 */
[[nodiscard]] Task<Result<Manifest>> chooseImage(ArchiveExportPtr job, Descriptor target,
                                                 std::optional<Platform> platform, std::stop_token stop);
//! Bytes of a blob, verified and counted as progress; errors name the blob.
[[nodiscard]] Task<Result<ByteSourcePtr>> openVerified(ArchiveExportPtr job, Descriptor blob,
                                                       std::stop_token stop);
//! Bytes of a small blob: a config.
[[nodiscard]] Task<Result<QByteArray>> readVerified(ArchiveExportPtr job, Descriptor blob,
                                                    std::stop_token stop);

//! The members of an OCI archive of \a items, whose names are canonical.
[[nodiscard]] Task<Result<QList<TarStep>>> ociSteps(ArchiveExportPtr job, QList<ExportItem> items,
                                                    std::stop_token stop);
//! The members of a docker-archive with an OCI layout beside it, as Docker since version 25 writes.
[[nodiscard]] Task<Result<QList<TarStep>>> dockerSteps(ArchiveExportPtr job, QList<ExportItem> items,
                                                       std::stop_token stop);

// Members both kinds have.
[[nodiscard]] TarStep layoutFile();
//! Entries of index.json for one image: one for each name, so that every reader finds them all.
void appendEntries(QJsonArray& entries, Descriptor target, const QStringList& names);
[[nodiscard]] QByteArray indexDocument(const QJsonArray& entries);

} // namespace Tagboat
