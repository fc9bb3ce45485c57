// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/queue.h"

#include "base/logging.h"
#include "transfer/journal.h"
#include "transfer/queueprivate.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace Tagboat {

namespace {

JobPtr findIn(const QList<JobPtr>& jobs, const QString& id)
{
    const auto found = std::ranges::find(jobs, id, [](const JobPtr& job) { return job->id; });
    return found == jobs.cend() ? nullptr : *found;
}

//! Targets that \a left brought its image to are not gone to again by the job made anew of it.
void takeOverDone(const JobSnapshot& left, JobSnapshot& description)
{
    for (qsizetype i = 0; i < description.targets.size(); ++i) {
        JobTarget& target = description.targets[i];
        const auto done = std::ranges::find_if(left.targets, [&target](const JobTarget& before) {
            return before.state == JobState::Done && before.to == target.to
                && before.registry == target.registry && before.repository == target.repository
                && before.tags == target.tags;
        });
        if (done == left.targets.cend())
            continue;
        target = *done;
        for (JobLayer layer : left.layers) {
            if (layer.target != done - left.targets.cbegin())
                continue;
            layer.target = static_cast<int>(i);
            description.layers.append(layer);
        }
    }
}

} // namespace

TransferQueue::TransferQueue(std::shared_ptr<Journal> journal, int parallelJobs)
    : d(std::make_shared<Private>())
{
    qRegisterMetaType<JobSnapshot>();
    d->q = this;
    d->journal = std::move(journal);
    d->parallelJobs = std::max(parallelJobs, 1);
    connect(&d->ticker, &QTimer::timeout, this, [this] { d->tick(); });
    d->loadHistory();
}

TransferQueue::~TransferQueue()
{
    d->q = nullptr;
    d->isClosing = true;
    d->ticker.stop();
    for (const JobPtr& job : std::as_const(d->active))
        job->stop.request_stop();
}

QString TransferQueue::add(JobRequest request)
{
    const auto job = std::make_shared<QueuedJob>();
    job->id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    JobSnapshot description = request.description;
    description.id = job->id;
    description.state = JobState::Waiting;
    description.queuedAt = QDateTime::currentDateTimeUtc();
    job->request = std::move(request);
    job->progress = std::make_shared<JobProgress>(std::move(description));
    Private::watch(d, job);
    d->active.append(job);
    d->number();
    d->save(job);
    job->throttle->poke();
    Private::post(d);
    return job->id;
}

void TransferQueue::cancel(const QString& id)
{
    const JobPtr job = findIn(d->active, id);
    if (!job || job->isCancelAsked)
        return;
    job->isCancelAsked = true;
    job->stop.request_stop();
    if (job->isWaiting())
        Private::post(d);
}

void TransferQueue::pause(const QString& id)
{
    const JobPtr job = findIn(d->active, id);
    if (!job || job->isCancelAsked || job->isPaused)
        return;
    job->isResumeAsked = false;
    if (job->isPauseAsked)
        return;
    if (job->isWaiting()) {
        d->park(job);
        return;
    }
    job->isPauseAsked = true;
    job->stop.request_stop();
}

void TransferQueue::resume(const QString& id)
{
    const JobPtr job = findIn(d->active, id);
    if (job && job->isPauseAsked)
        job->isResumeAsked = true; // once it has stopped
    if (!job || !job->isPaused)
        return;
    d->goOn(job);
    Private::post(d);
}

void TransferQueue::move(const QString& id, int position)
{
    const JobPtr job = findIn(d->active, id);
    if (!job)
        return;
    const qsizetype from = d->active.indexOf(job);
    d->active.move(from, std::clamp<qsizetype>(position, 0, d->active.size() - 1));
    d->number();
    Private::post(d);
}

void TransferQueue::setRate(qint64 bytesPerSecond)
{
    d->limiter->setRate(bytesPerSecond);
}

void TransferQueue::setRegistryRate(const QString& registry, qint64 bytesPerSecond)
{
    d->registryLimiter(registry)->setRate(bytesPerSecond);
}

void TransferQueue::setJobRate(const QString& id, qint64 bytesPerSecond)
{
    if (const JobPtr job = findIn(d->active, id))
        job->limiter->setRate(bytesPerSecond);
}

void TransferQueue::setRemake(Remake remake)
{
    d->remake = std::move(remake);
}

void TransferQueue::retry(const QString& id)
{
    const JobPtr job = findIn(d->finished, id);
    if (!job || job->progress->state() == JobState::Done)
        return;
    if (!job->canRun()) {
        const JobSnapshot left = job->progress->snapshot();
        if (!left.isRepeatable || !d->remake)
            return;
        auto made = d->remake(left);
        if (!made) {
            job->progress->end(JobState::Failed, made.error());
            d->save(job);
            d->show(job);
            return;
        }
        job->request = std::move(*made);
        JobSnapshot description = job->request.description;
        takeOverDone(left, description);
        description.id = job->id;
        description.queuedAt = left.queuedAt;
        job->progress = std::make_shared<JobProgress>(std::move(description));
        Private::watch(d, job);
    }
    d->finished.removeOne(job);
    job->stop = std::stop_source();
    job->isCancelAsked = false;
    job->isPauseAsked = false;
    job->isPaused = false;
    job->isResumeAsked = false;
    job->isStarted = false;
    job->progress->restart();
    d->active.append(job);
    d->number();
    d->save(job);
    job->throttle->poke();
    Private::post(d);
}

void TransferQueue::clearFinished()
{
    const QList<JobPtr> gone = std::exchange(d->finished, {});
    if (d->journal) {
        if (const auto removed = d->journal->removeFinishedJobs(); !removed)
            qCWarning(lcTransfer).noquote() << "journal:" << removed.error().toString();
    }
    for (const JobPtr& job : gone)
        Q_EMIT this->removed(job->id);
}

QList<JobSnapshot> TransferQueue::jobs() const
{
    QList<JobSnapshot> snapshots;
    for (const JobPtr& job : std::as_const(d->active))
        snapshots.append(job->progress->snapshot());
    for (const JobPtr& job : std::as_const(d->finished))
        snapshots.append(job->progress->snapshot());
    return snapshots;
}

Task<void> TransferQueue::shutdown()
{
    return Private::close(d);
}

} // namespace Tagboat
