// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/jobsmodel.h"

#include "models/roles.h"

#include <algorithm>
#include <limits>

namespace Tagboat {

namespace {

//! The place in the queue, which a job that was never told of one has behind all others.
int placeOf(const JobSnapshot& job)
{
    return job.position < 0 ? std::numeric_limits<int>::max() : job.position;
}

//! Active before ended; active in the order of the queue, ended newest first.
bool comesBefore(const JobSnapshot& a, const JobSnapshot& b)
{
    if (a.isActive() != b.isActive())
        return a.isActive();
    if (a.isActive())
        return std::pair(placeOf(a), a.queuedAt) < std::pair(placeOf(b), b.queuedAt);
    return a.finishedAt > b.finishedAt;
}

} // namespace

void JobsModel::setJobs(const QList<JobSnapshot>& jobs)
{
    std::vector<JobSnapshot> sorted(jobs.begin(), jobs.end());
    std::ranges::stable_sort(sorted, comesBefore);
    // Once, when the window opens: nothing is selected yet that a reset could lose.
    beginResetModel();
    m_jobs = std::move(sorted);
    endResetModel();
    count();
}

void JobsModel::update(const JobSnapshot& job)
{
    const QModelIndex known = indexOf(job.id);
    if (!known.isValid()) {
        const auto place = std::ranges::upper_bound(m_jobs, job, comesBefore);
        const int row = int(place - m_jobs.begin());
        beginInsertRows({}, row, row);
        m_jobs.insert(place, job);
        endInsertRows();
        count();
        return;
    }
    const int from = known.row();
    JobSnapshot& current = m_jobs[std::size_t(from)];
    const bool staysPut = current.isActive() == job.isActive() && current.position == job.position
        && current.queuedAt == job.queuedAt && current.finishedAt == job.finishedAt;
    current = job;
    if (!staysPut) {
        int to = 0;
        while (to < int(m_jobs.size()) && (to == from || comesBefore(m_jobs[std::size_t(to)], job)))
            ++to;
        // `to` counts places before the move; a row's own place and the one after it are no move.
        if (to != from && to != from + 1) {
            beginMoveRows({}, from, from, {}, to);
            const auto begin = m_jobs.begin();
            if (to > from)
                std::rotate(begin + from, begin + from + 1, begin + to);
            else
                std::rotate(begin + to, begin + from, begin + from + 1);
            endMoveRows();
        }
    }
    const QModelIndex changed = indexOf(job.id);
    Q_EMIT dataChanged(changed, changed);
    count();
}

void JobsModel::remove(const QString& id)
{
    const QModelIndex known = indexOf(id);
    if (!known.isValid())
        return;
    beginRemoveRows({}, known.row(), known.row());
    m_jobs.erase(m_jobs.begin() + known.row());
    endRemoveRows();
    count();
}

const JobSnapshot* JobsModel::job(const QModelIndex& index) const
{
    return (index.isValid() && checkIndex(index)) ? &m_jobs[std::size_t(index.row())] : nullptr;
}

QModelIndex JobsModel::indexOf(const QString& id) const
{
    const auto found = std::ranges::find(m_jobs, id, &JobSnapshot::id);
    return found == m_jobs.end() ? QModelIndex() : index(int(found - m_jobs.begin()));
}

int JobsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_jobs.size());
}

QVariant JobsModel::data(const QModelIndex& index, int role) const
{
    const JobSnapshot* row = job(index);
    if (!row)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Role::CopyText:
        return row->image;
    case Role::Progress:
        return row->bytesTotal > 0 ? double(row->bytesDone) / double(row->bytesTotal) : -1.0;
    case Role::FirstOwnRole:
        return QVariant::fromValue(*row);
    default:
        return {};
    }
}

void JobsModel::count()
{
    JobCounts counts;
    for (const JobSnapshot& job : m_jobs) {
        if (job.isActive())
            ++counts.active;
        else
            ++counts.finished;
        if (job.state == JobState::Paused)
            ++counts.paused;
        if (job.state == JobState::Failed)
            ++counts.failed;
        if (isResumable(job))
            ++counts.resumable;
    }
    if (counts == m_counts)
        return;
    m_counts = counts;
    Q_EMIT countsChanged(counts);
}

} // namespace Tagboat
