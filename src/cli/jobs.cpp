// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/jobs.h"

#include "base/wakeup.h"
#include "cli/progress.h"

namespace Tagboat {

namespace {

//! Collects what the queue says of some jobs.
class JobWatch : public QObject
{
public:
    JobWatch(TransferQueue& queue, const QStringList& ids, std::shared_ptr<Output> output, Wakeup wakeup)
        : m_ids(ids), m_progress(std::move(output)), m_wakeup(std::move(wakeup))
    {
        connect(&queue, &TransferQueue::changed, this, &JobWatch::note);
        connect(&queue, &TransferQueue::finished, this, [this](const JobSnapshot& job) {
            note(job);
            if (m_ids.contains(job.id))
                m_ended.insert(job.id, job);
            m_wakeup.raise();
        });
        // What ended in between is in the list, and tells nothing any more.
        const QList<JobSnapshot> jobs = queue.jobs();
        for (const JobSnapshot& job : jobs) {
            if (m_ids.contains(job.id) && !job.isActive())
                m_ended.insert(job.id, job);
        }
    }

    [[nodiscard]] bool isComplete() const { return m_ended.size() == m_ids.size(); }
    void endProgress() { m_progress.end(); }
    [[nodiscard]] QList<JobSnapshot> ended() const
    {
        QList<JobSnapshot> jobs;
        for (const QString& id : m_ids)
            jobs.append(m_ended.value(id));
        return jobs;
    }

private:
    void note(const JobSnapshot& job)
    {
        if (m_ids.contains(job.id))
            m_progress.show(job);
    }

    QStringList m_ids;
    Progress m_progress;
    Wakeup m_wakeup;
    QHash<QString, JobSnapshot> m_ended;
};

} // namespace

Task<QList<JobSnapshot>> endOfJobs(ContextPtr context, QStringList ids, std::stop_token stop)
{
    ids.removeDuplicates();
    TransferQueue& queue = context->session->queue();
    const Wakeup wakeup;
    JobWatch watch(queue, ids, context->output, wakeup);
    const std::stop_callback onStop(stop, [wakeup] { wakeup.raise(); });
    bool isStopping = false;
    while (!watch.isComplete()) {
        if (stop.stop_requested() && !isStopping) {
            isStopping = true;
            for (const QString& id : std::as_const(ids))
                queue.cancel(id);
            continue;
        }
        co_await wakeup.wait();
    }
    watch.endProgress();
    co_return watch.ended();
}

Task<void> cancelJobs(ContextPtr context, QStringList ids)
{
    std::stop_source stopped;
    stopped.request_stop();
    co_await endOfJobs(std::move(context), std::move(ids), stopped.get_token());
}

Task<Result<JobSnapshot>> endOfJob(ContextPtr context, QString id, std::stop_token stop)
{
    const QStringList ids{id};
    const QList<JobSnapshot> jobs = co_await endOfJobs(std::move(context), ids, std::move(stop));
    const JobSnapshot& job = jobs.first();
    if (job.error)
        co_return std::unexpected(*job.error);
    if (job.state == JobState::Cancelled)
        co_return cancelled();
    co_return Result<JobSnapshot>(job);
}

} // namespace Tagboat
