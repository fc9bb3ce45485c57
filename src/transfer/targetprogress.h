// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"
#include "transfer/speedmeter.h"

#include <QHash>

#include <functional>
#include <optional>

namespace Tagboat {

/*!
 * \brief The picture of one destination of a job while it runs: what its copy tells becomes rows, sums and
 * speeds.
 *
 * Sums follow what really happens: a mount that is refused adds its bytes to the total, a layer that another
 * copy brought meanwhile takes its bytes off.
 */
class TargetProgress : public CopyObserver
{
public:
    using Clock = SpeedMeter::Clock;

    //! \a description may be what an earlier run left, with the rows of then.
    TargetProgress(JobTarget description, QList<JobLayer> layers, std::function<Clock::time_point()> now);
    Q_DISABLE_COPY_MOVE(TargetProgress)

    std::function<void(qint64 bytes)> onMove; //!< so many more have travelled
    std::function<void()> onProgress;         //!< often
    std::function<void()> onStateChange;      //!< state() is another
    std::function<void()> onRows;             //!< a row is in another state: isMoving(), isRetrying()

    //! With sums and speed as of now.
    [[nodiscard]] JobTarget snapshot() const;
    [[nodiscard]] QList<JobLayer> layers() const; //!< with speeds
    [[nodiscard]] JobState state() const { return m_target.state; }
    [[nodiscard]] bool isActive() const { return m_target.isActive(); }
    [[nodiscard]] const QString& registry() const { return m_target.registry; }
    //! There is a plan of this run.
    [[nodiscard]] bool isPlanned() const { return m_isPlanned; }
    //! It has this image under all its names already: an earlier run of the job brought it there.
    [[nodiscard]] bool isDoneWith(const Digest& root) const;
    [[nodiscard]] bool isMoving() const { return m_isMoving; }     //!< bytes of some row travel
    [[nodiscard]] bool isRetrying() const { return m_isRetrying; } //!< some row waits for another try
    [[nodiscard]] const std::optional<Error>& lastTrouble() const { return m_lastTrouble; } //!< of any row
    [[nodiscard]] const QDateTime& lastNextTry() const { return m_lastNextTry; }
    //! What is counted in a total: the digest, bytes, and whether its way has begun; \see JobProgress.
    void eachCounted(const std::function<void(const JobLayer& layer, bool hasBegun)>& tell) const;

    //! Back to the beginning, for another run.
    void reset();
    void enter(JobState state);
    void opened(const QString& registry, const QString& repository, const QStringList& tags);
    void planned(const Plan& plan);
    //! Stops where it is, to go on later; what is done stays so.
    void pause();
    //! What ended before keeps its end.
    void end(JobState state, std::optional<Error> error);

    void blobChanged(const Digest& digest, BlobState state, qint64 bytesDone) override;
    void blobMounted(const Digest& digest, const QString& from) override;
    void retrying(const Digest& digest, const Error& error, int attempt,
                  std::chrono::milliseconds delay) override;
    void finishing() override;

private:
    struct Row
    {
        bool isCounted = false; //!< its bytes are part of the total
        bool hasBegun = false;  //!< they have been on their way
        bool isConfig = false;
        bool isBeginning = false; //!< a try has begun, and has not told yet from where
        SpeedMeter speed;
    };
    void move(qsizetype row, qint64 bytesDone);
    void lookAtRows();
    void settleRows(BlobState unfinished);

    JobTarget m_description; //!< without what was done
    JobTarget m_target;
    QList<JobLayer> m_layers;
    QList<Row> m_rows; //!< beside m_layers, where there is a plan
    QHash<Digest, qsizetype> m_rowOf;
    SpeedMeter m_speed;
    std::function<Clock::time_point()> m_now;
    bool m_isPlanned = false;
    bool m_isMoving = false, m_isRetrying = false;
    std::optional<Error> m_lastTrouble;
    QDateTime m_lastNextTry;
};

} // namespace Tagboat
