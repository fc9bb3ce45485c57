// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Tagboat {

class Journal;

//! What a queue lends a job that moves bytes by itself (JobRequest::run), as a copy gets it by CopyOptions
//! and tells it by its observer.
struct WorkTerms
{
    QList<RateLimiterPtr> limits; //!< what its bytes are counted against
    std::function<int()> rank;    //!< CopyOptions::rank; may be empty
    //! To be told when all that could move waits for another try, which follows after \a delay; and with
    //! nothing, when something moves again. May be empty.
    std::function<void(std::optional<Error> trouble, std::chrono::milliseconds delay)> stalled;
};

//! Everything a job needs to run; made by workbench/places from references, profiles and files.
struct JobRequest
{
    JobSnapshot description; //!< kind, image, from, to, profile, registry, repository, tags as far as known
    //! For Push, Pull, Copy: opens both ends when the job's turn comes. As many destinations as the
    //! description has targets, in their order; one where it lists none.
    using OpenEnds = std::function<Task<Result<CopyEnds>>(std::stop_token stop)>;
    OpenEnds open;
    CopyOptions options;
    //! For Import and Export instead of `open`: does all the work, reporting bytes.
    using Run = std::function<Task<Result<void>>(
        std::function<void(qint64 done, qint64 total, QString what)> progress, std::stop_token stop)>;
    Run run;
    //! Set by `run`: the root of what it moved, where there is one.
    std::shared_ptr<Digest> outcome;
    //! Set for `run` before it is called, where it is there.
    std::shared_ptr<WorkTerms> terms;
};

/*!
 * \brief The running and finished jobs; lives on the engine thread.
 *
 * `changed` carries a whole snapshot, at most 20 times a second for a running job and at once when its state
 * changes; connect to it with the receiver's thread in mind (queued). For each job there is exactly one
 * `finished`, never before `add` returned, cancelled jobs included. Finished jobs are written to the journal
 * and come back after a restart; a job that was cut off by the program's end turns up then as Interrupted,
 * and retry() goes on with what it had moved, where its recipe can be read. Await shutdown() before
 * destroying a queue with running jobs.
 *
 * The targets of a job go side by side, and one that fails stops none of the others. The job is Failed then,
 * and retry() does what is missing: a target that has the image already is not asked again.
 *
 * Jobs run in their order, `parallelJobs` at once; those that wait for a line or a server to come back are
 * not counted, so that one dead host does not hold up the others. The order also says whose blobs go first
 * where running jobs want the same registry.
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
    //! Stops an active job for now; what it moved is kept where source and destination can.
    void pause(const QString& id);
    //! Lets a paused job go on, at its place in the queue.
    void resume(const QString& id);
    //! Gives an active job another place: \a position from 0, clamped.
    void move(const QString& id, int position);
    //! At most so many bytes a second over all jobs, over those of one registry, or by one job; 0: no limit.
    //! Holds at once.
    void setRate(qint64 bytesPerSecond);
    void setRegistryRate(const QString& registry, qint64 bytesPerSecond);
    void setJobRate(const QString& id, qint64 bytesPerSecond);
    //! Runs a failed, cancelled or interrupted job again, as the same job (JobSnapshot::isRepeatable).
    void retry(const QString& id);
    //! How jobs of earlier runs are made anew: from JobSnapshot::recipe. An error ends the job with it.
    using Remake = std::function<Result<JobRequest>(const JobSnapshot& job)>;
    void setRemake(Remake remake);
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
