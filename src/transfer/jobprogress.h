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
 * \brief Keeps the picture of one job up to date while it runs: what the copy tells becomes rows, sums and
 * speeds.
 *
 * Sums follow what really happens: a mount that is refused adds its bytes to the total, a layer that another
 * job brought meanwhile takes its bytes off.
 */
class JobProgress : public CopyObserver
{
public:
    using Clock = SpeedMeter::Clock;

    explicit JobProgress(JobSnapshot description, std::function<Clock::time_point()> now = &Clock::now);

    std::function<void()> onProgress;    //!< often
    std::function<void()> onStateChange; //!< job.state is another
    std::function<void()> onStall;       //!< isStalled() is another

    //! The picture now, complete with speeds and sums.
    [[nodiscard]] JobSnapshot snapshot() const;
    [[nodiscard]] JobState state() const { return m_job.state; }
    //! All that could move waits for its line or server to come back.
    [[nodiscard]] bool isStalled() const { return m_isStalled; }
    //! The order of the queue has changed.
    void setPosition(int position) { m_job.position = position; }
    [[nodiscard]] const QString& registry() const { return m_job.registry; }
    [[nodiscard]] int position() const { return m_job.position; }

    //! Back to the beginning, for another run of the same job.
    void restart();
    void enter(JobState state);
    void opened(const CopySource& source, const CopyDestination& destination);
    void planned(const Plan& plan);
    void setRoot(const Digest& digest) { m_job.rootDigest = digest; }
    void worked(qint64 done, qint64 total, const QString& what);
    //! Stops where it is, to go on later by restart().
    void pause();
    //! Sets the final state and what belongs to it.
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
        bool isConfig = false;
        bool isBeginning = false; //!< a try has begun, and has not told yet from where
        SpeedMeter speed;
    };
    void count(qsizetype row, bool counted);
    void move(qsizetype row, qint64 bytesDone);
    void progressed() const;
    void lookForStall();
    void settleRows(BlobState unfinished);

    bool m_isStalled = false;
    std::optional<Error> m_lastTrouble; //!< of any layer
    QDateTime m_lastNextTry;
    JobSnapshot m_description; //!< as it was given
    JobSnapshot m_job;
    QList<Row> m_rows; //!< beside m_job.layers
    QHash<Digest, qsizetype> m_rowOf;
    SpeedMeter m_speed;
    std::function<Clock::time_point()> m_now;
};

} // namespace Tagboat
