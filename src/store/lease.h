// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/storelock.h"

#include <QSet>

#include <mutex>

namespace Tagboat {

class PendingSync;

/*!
 * \brief What one push relies on before any name leads there: blobs it found in the store or wrote.
 *
 * A file in ingest/ under flock, a line a digest, so that sweeps and removals of every process see it; a
 * process that dies lets go of it. Thread-safe disk functions.
 */
class Lease
{
public:
    static constexpr QLatin1StringView Ending = QLatin1StringView(".lease");
    enum class Kind { Blob, Manifest }; //!< a manifest stands for all it leads to

    //! \a pending outlives the lease.
    Lease(LayoutFiles files, PendingSync& pending) : m_files(std::move(files)), m_pending(pending) { }
    ~Lease();
    Q_DISABLE_COPY_MOVE(Lease)

    //! Takes \a digest under the lease whether or not it is here yet, and tells whether it is here, of \a
    //! size bytes
    //! (-1: any). One that is here is as good as new afterwards: its time of last change is now.
    [[nodiscard]] Result<bool> claim(const Digest& digest, qint64 size, Kind kind);
    //! Everything ever claimed, to be looked for once more before a name is given.
    [[nodiscard]] QSet<Digest> claimed() const;
    //! Lets go of what a name protects from now on. \a lock is the exclusive one.
    void release(const QSet<Digest>& digests, const StoreLock& lock);

    //! Adds what a lease file of a living process holds.
    [[nodiscard]] static Result<void> read(DiskFile& file, QSet<Digest>& blobs, QSet<Digest>& manifests);

private:
    [[nodiscard]] Result<void> note(const Digest& digest, Kind kind);
    [[nodiscard]] Result<void> begin();

    const LayoutFiles m_files;
    PendingSync& m_pending;
    mutable std::mutex m_mutex;
    DiskFile m_file;
    qint64 m_size = 0;
    QHash<Digest, Kind> m_held;
    QSet<Digest> m_claimed;
};

} // namespace Tagboat
