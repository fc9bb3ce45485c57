// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/pendingsync.h"

#include <QSet>

#include <memory>

namespace Tagboat {

/*!
 * \brief A blob on its way in: a file in ingest/ that becomes a blob by rename, or vanishes.
 *
 * Its flock says that a living process writes it, so that sweeping can tell it from what a crash left behind.
 * Disk functions: call them on a worker, one at a time.
 */
class Ingest
{
public:
    //! \a size bytes are set aside at once (-1: unknown).
    [[nodiscard]] static Result<std::shared_ptr<Ingest>> create(const LayoutFiles& files, qint64 size);
    ~Ingest();
    Q_DISABLE_COPY_MOVE(Ingest)

    [[nodiscard]] Result<void> write(QByteArrayView bytes);
    //! Gives the bytes their place under \a digest, which the caller has checked. Large blobs go to disk at
    //! once, the others when \a pending is flushed.
    [[nodiscard]] Result<void> commit(const Digest& digest, PendingSync& pending);
    //! Removes the file, if it was not committed. Also done at the end of life.
    void discard();

private:
    Ingest(LayoutFiles files, DiskFile file) : m_files(std::move(files)), m_file(std::move(file)) { }
    const LayoutFiles m_files;
    DiskFile m_file;
    qint64 m_written = 0;
    bool m_isDone = false;
};

//! What lies in ingest/, looked at under the store's lock.
struct IngestScan
{
    struct Leftover
    {
        QString path;
        qint64 size = 0;
    };
    QList<Leftover>
        abandoned; //!< of processes that are gone; of other programs once they are \a foreignGrace old
    QSet<Digest> leasedBlobs;     //!< what running pushes of any process have found here or written
    QSet<Digest> leasedManifests; //!< the same, and all they lead to
    [[nodiscard]] qint64 abandonedBytes() const;
};

//! Other programs (oras) use ingest/ too, without our mark of life; their files count as abandoned after this
//! long.
inline constexpr qint64 ForeignIngestGrace = 24 * 60 * 60;

[[nodiscard]] Result<IngestScan> scanIngest(const LayoutFiles& files,
                                            qint64 foreignGrace = ForeignIngestGrace);

} // namespace Tagboat
