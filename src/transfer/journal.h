// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "transfer/job.h"

#include <memory>

namespace Tagboat {

class JournalNames;
class JournalUploads;

//! Where a tag of a registry pointed, and since when.
struct TagMove
{
    QString name;             //!< canonical reference
    Digest previous, current; //!< null: did not exist, was removed
    QDateTime when;
};

/*!
 * \brief `tagboat.db`: transfers with their layers, histories of tags and names, where which blob is known to
 * be. SQLite in WAL mode.
 *
 * Shared by window and command line. Losing it loses no image: a file that is broken is moved aside and begun
 * anew. Synchronous and quick; engine thread only.
 */
class Journal
{
public:
    [[nodiscard]] static Result<std::shared_ptr<Journal>> open(const QString& file);
    ~Journal();
    Q_DISABLE_COPY_MOVE(Journal)

    [[nodiscard]] Result<void> saveJob(const JobSnapshot& job);
    [[nodiscard]] Result<void> removeFinishedJobs();
    //! Newest first. Active jobs of processes that are gone come as Interrupted.
    [[nodiscard]] Result<QList<JobSnapshot>> jobs(int limit = 200) const;

    [[nodiscard]] Result<void> noteTagMoves(const QList<TagMove>& moves);
    [[nodiscard]] Result<QList<TagMove>> tagHistory(const QString& name, int limit = 100) const;

    //! After a push, mount or successful check: this registry's repository holds the blob.
    [[nodiscard]] Result<void> noteBlobs(const QString& registry, const QString& repository,
                                         const QList<Digest>& blobs);
    [[nodiscard]] Result<QHash<Digest, QStringList>> knownAt(const QString& registry,
                                                             const QList<Digest>& blobs) const;
    //! The upload sessions that are open, for registry clients.
    [[nodiscard]] std::shared_ptr<JournalUploads> uploads() const;
    //! What names on this computer meant.
    [[nodiscard]] JournalNames& names() const;
    //! Compressed digests that a plain layer is known to have been compressed to.
    [[nodiscard]] Result<void> noteDiffId(const Digest& diffId, const Descriptor& compressed);
    [[nodiscard]] Result<QList<Descriptor>> compressedOf(const Digest& diffId) const;

private:
    struct Private;
    explicit Journal(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
