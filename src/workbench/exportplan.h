// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/requests.h"

#include <QStringList>

namespace Tagboat {

class ImageStore;

//! What an export would write, before anything is written.
struct ExportPlan
{
    //! Of all archives. Estimated where layers have to be unpacked or the archive is compressed.
    qint64 bytes = 0;
    qint64 scratch = 0;   //!< needed besides while it is written: the largest layer, unpacked
    qint64 free = -1;     //!< bytes on the disk of the first archive's folder; -1: not known
    QStringList existing; //!< files that would be replaced
    QString noFolder;     //!< a folder that is not there, or cannot be written to
    QList<Digest>
        artifacts; //!< targets that only an OCI archive can hold, where a docker-archive is asked for
    QList<Digest> incomplete;  //!< targets of which nothing that is asked for is whole here
    QList<Platform> platforms; //!< all that are whole here, of any of the images, each once

    [[nodiscard]] bool fits() const { return free < 0 || bytes + scratch <= free; }
};

/*!
 * \brief Looks at what \a requests would write: how large, where to, what stands in their way.
 *
 * Blocking, for workers; it looks at the last bytes of gzip layers, which tell their plain size. Errors:
 * those of ImageStore::snapshot(), and NotFound for an image that is gone.
 */
[[nodiscard]] Result<ExportPlan> planExport(const ImageStore& store, const QList<ExportRequest>& requests);

} // namespace Tagboat
