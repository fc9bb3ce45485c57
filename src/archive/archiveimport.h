// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/archiveplan.h"

namespace Tagboat {

//! One import while it runs; shared by its tasks, on the engine thread.
struct ArchiveImport
{
    OpenedArchivePtr archive;
    ArchivePlan plan;
    std::shared_ptr<ContentWriter> destination;
    ArchiveImportOptions options;
    ArchiveProgressCallback progress;

    qint64 bytesTotal = 0;
    qint64 bytesDone = 0;
    QHash<Digest, Descriptor> layers; //!< of docker images, by diff ID, once brought in

    //! \a bytes more of the archive are dealt with (less than 0: a retry begins again).
    void advance(qint64 bytes, const QString& member);
};

//! \a error as one of the archive: see ReadArchiveOperation.
[[nodiscard]] Error blamedOnArchive(Error error);

/*!
 * \brief Brings in what \a import 's plan needs, each member once: blobs as they are, plain layers
 * compressed.
 *
 * In the order of the archive where it is sequential, else several at once, the longest first.
 */
[[nodiscard]] Task<Result<void>> importBlobs(std::shared_ptr<ArchiveImport> import, std::stop_token stop);

} // namespace Tagboat
