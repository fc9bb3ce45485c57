// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"
#include "transfer/targetprogress.h"

#include <functional>
#include <memory>
#include <vector>

namespace Tagboat {

/*!
 * \brief Keeps the picture of one job up to date while it runs: that of each of its destinations, and what
 * they come to together.
 *
 * A job has one target at least, whether its description lists targets or not. Where it is run again, targets
 * that are done stay so.
 */
class JobProgress
{
public:
    using Clock = SpeedMeter::Clock;

    explicit JobProgress(JobSnapshot description, std::function<Clock::time_point()> now = &Clock::now);
    Q_DISABLE_COPY_MOVE(JobProgress)

    std::function<void()> onProgress;    //!< often
    std::function<void()> onStateChange; //!< the state of the job, or of a target, is another
    std::function<void()> onStall;       //!< isStalled() is another

    //! The picture now, complete with speeds and sums.
    [[nodiscard]] JobSnapshot snapshot() const;
    [[nodiscard]] JobState state() const { return m_job.state; }
    //! All that could move waits for its line or server to come back.
    [[nodiscard]] bool isStalled() const { return m_isStalled; }
    //! The order of the queue has changed.
    void setPosition(int position) { m_job.position = position; }
    [[nodiscard]] int position() const { return m_job.position; }
    //! The registries of its targets, each once; those that it waits for to come back.
    [[nodiscard]] QStringList registries() const;
    [[nodiscard]] QStringList troubledRegistries() const;

    [[nodiscard]] int targets() const { return static_cast<int>(m_targets.size()); }
    [[nodiscard]] TargetProgress& target(int index) { return *m_targets[static_cast<size_t>(index)]; }
    //! What the copy to a target reports to; keeps \a progress.
    [[nodiscard]] static std::shared_ptr<CopyObserver> observer(std::shared_ptr<JobProgress> progress,
                                                                int target);

    //! Back to the beginning, for another run of the same job.
    void restart();
    void enter(JobState state);
    //! \a destination of the target at \a index is known now.
    void opened(int index, const CopySource& source, const CopyDestination& destination);
    void planned(int index, const Plan& plan);
    void setRoot(const Digest& digest) { m_job.rootDigest = digest; }
    void worked(qint64 done, qint64 total, const QString& what);
    //! Of a job that does its work by itself: WorkTerms::stalled.
    void stalled(const std::optional<Error>& trouble, std::chrono::milliseconds delay);
    //! Stops where it is, to go on later by restart().
    void pause();
    //! Sets the final state and what belongs to it, also of targets that have not come to an end.
    void end(JobState state, std::optional<Error> error);

private:
    void addUp(JobSnapshot& job) const;
    [[nodiscard]] QList<qint64> bytesTotals() const;
    void followTargets();
    void lookForStall();

    JobSnapshot m_description; //!< as it was given
    JobSnapshot m_job;         //!< but for what the targets know
    std::vector<std::unique_ptr<TargetProgress>> m_targets;
    SpeedMeter m_speed;
    bool m_isStalled = false;
    std::optional<Error> m_workTrouble; //!< stalled()
    QDateTime m_workNextTry;
    std::function<Clock::time_point()> m_now;
};

} // namespace Tagboat
