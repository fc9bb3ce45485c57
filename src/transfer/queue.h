// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Tagboat {

class Journal;

//! Everything a job needs to run; made by workbench/places from references, profiles and files.
struct JobRequest
{
    JobSnapshot description; //!< kind, image, from, to, profile, registry, repository, tags as far as known
    //! For Push, Pull, Copy: opens both ends when the job's turn comes.
    using OpenEnds =
        std::function<Task<Result<std::pair<CopySource, CopyDestination>>>(std::stop_token stop)>;
    OpenEnds open;
    CopyOptions options;
    //! For Import and Export instead of `open`: does all the work, reporting bytes.
    using Run = std::function<Task<Result<void>>(
        std::function<void(qint64 done, qint64 total, QString what)> progress, std::stop_token stop)>;
    Run run;
};

/*!
 * \brief The running and finished jobs; lives on the engine thread.
 *
 * `changed` carries a whole snapshot, at most 20 times a second for a running job and at once when its state
 * changes; connect to it with the receiver's thread in mind (queued). For each job there is exactly one
 * `finished`, never before `add` returned, cancelled jobs included. Finished jobs are written to the journal;
 * `history` gives them back after a restart, and a job that was cut off by the program's end turns up there
 * as Interrupted. Await shutdown() before destroying a queue with running jobs.
 */
class TransferQueue : public QObject
{
    Q_OBJECT

public:
    //! \a journal may be null (tests, command line without a data folder).
    explicit TransferQueue(std::shared_ptr<Journal> journal, int parallelJobs = 3);
    ~TransferQueue() override;

    //! Queues a job and gives its id.
    QString add(JobRequest request);
    void cancel(const QString& id);
    //! Runs a failed, cancelled or interrupted job of this run again, as the same job.
    void retry(const QString& id);
    //! Forgets finished jobs, in the journal too.
    void clearFinished();
    [[nodiscard]] QList<JobSnapshot> jobs() const; //!< active first in order, then finished, newest first
    //! Stops all and waits for their ends; what was not done by then is Interrupted. Nothing runs afterwards.
    [[nodiscard]] Task<void> shutdown();

Q_SIGNALS:
    void changed(const Tagboat::JobSnapshot& job);
    void finished(const Tagboat::JobSnapshot& job);
    void removed(const QString& id);

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace Tagboat
