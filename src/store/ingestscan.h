// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/layoutfiles.h"

#include <QList>
#include <QSet>

#include <chrono>

namespace Tagboat {

//! Other programs (oras) use ingest/ too, without our mark of life; their files count as abandoned after this
//! long.
inline constexpr std::chrono::seconds ForeignIngestGrace = std::chrono::hours(24);
//! A download that broke off is gone on with by the next push of the same blob. One that has not grown for
//! this long counts as abandoned: nobody is coming back for it.
inline constexpr std::chrono::seconds UnfinishedGrace = std::chrono::days(3);

//! What lies in ingest/, looked at under the store's lock.
struct IngestScan
{
    struct Leftover
    {
        QString path;
        qint64 size = 0;
        Digest digest; //!< of the blob these are the first bytes of; null where nobody can go on with them
    };
    //! Of processes that are gone, and of no use; what could be gone on with once it is UnfinishedGrace old,
    //! or its blob is here; files of other programs once they are ForeignIngestGrace old.
    QList<Leftover> abandoned;
    QList<Leftover> unfinished;   //!< downloads that broke off and that a later one of the blob completes
    QSet<Digest> leasedBlobs;     //!< what running pushes of any process have found here or written
    QSet<Digest> leasedManifests; //!< the same, and all they lead to
    [[nodiscard]] qint64 abandonedBytes() const;
    [[nodiscard]] qint64 unfinishedBytes() const;
};

[[nodiscard]] Result<IngestScan> scanIngest(const LayoutFiles& files);

} // namespace Tagboat
