// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/job.h"

#include <QAbstractListModel>

#include <vector>

namespace Tagboat {

//! How many jobs there are of each kind, for the page's header. (What runs, in one line: TransferSummary.)
struct JobCounts
{
    //! Paused ones are among the active, failed ones among the finished.
    int active = 0, paused = 0, finished = 0, failed = 0;
    int resumable = 0; //!< isResumable()
    friend bool operator==(const JobCounts&, const JobCounts&) = default;
};

//! The program's end cut it off, and TransferQueue::retry() takes it up where it was.
[[nodiscard]] inline bool isResumable(const JobSnapshot& job)
{
    return job.state == JobState::Interrupted && job.isRepeatable;
}

/*!
 * \brief Jobs as the Transfers page lists them: active ones first in the order of the queue, then ended ones,
 * newest first. Snapshots come in by setJobs() once and update() from then on.
 */
class JobsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setJobs(const QList<JobSnapshot>& jobs);
    void update(const JobSnapshot& job); //!< adds it where it is not known
    void remove(const QString& id);

    [[nodiscard]] const JobSnapshot* job(const QModelIndex& index) const;
    [[nodiscard]] const JobSnapshot* job(const QString& id) const { return job(indexOf(id)); }
    //! In the order they are listed.
    [[nodiscard]] const std::vector<JobSnapshot>& jobs() const { return m_jobs; }
    [[nodiscard]] QModelIndex indexOf(const QString& id) const;
    [[nodiscard]] const JobCounts& counts() const { return m_counts; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void countsChanged(const Tagboat::JobCounts& counts);

private:
    void count();

    std::vector<JobSnapshot> m_jobs;
    JobCounts m_counts;
};

} // namespace Tagboat

Q_DECLARE_METATYPE(Tagboat::JobCounts)
