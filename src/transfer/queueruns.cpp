// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/queueprivate.h"

#include "base/logging.h"
#include "transfer/journal.h"

#include <algorithm>
#include <utility>

namespace Tagboat {

namespace {

using namespace std::chrono_literals;

constexpr auto EmissionInterval = 50ms; // 20 a second
constexpr auto TickInterval = 500ms;    // so that a stalled job is seen to stall
constexpr auto SaveInterval = 5s;       // how old the journal's picture of a running job may be

} // namespace

void TransferQueue::Private::loadHistory()
{
    if (!journal)
        return;
    auto jobs = journal->jobs();
    if (!jobs) {
        qCWarning(lcTransfer).noquote() << "journal:" << jobs.error().toString();
        return;
    }
    for (const JobSnapshot& snapshot : std::as_const(*jobs)) {
        if (snapshot.isActive())
            continue; // runs in another program, which will tell of it itself
        const auto job = std::make_shared<QueuedJob>();
        job->id = snapshot.id;
        job->isStarted = true;
        JobSnapshot shown = snapshot;
        shown.isRepeatable = snapshot.state != JobState::Done && !snapshot.recipe.isEmpty();
        job->progress = std::make_shared<JobProgress>(std::move(shown));
        finished.append(job);
    }
}

int TransferQueue::Private::stalled() const
{
    return static_cast<int>(std::ranges::count_if(
        active, [](const JobPtr& job) { return job->isStarted && job->progress->isStalled(); }));
}

//! All its registries are such that other jobs wait for them to come back: it would only fail.
bool TransferQueue::Private::isHeldUp(const JobPtr& job) const
{
    const auto isDown = [this](const QString& registry) {
        return std::ranges::any_of(active, [&registry](const JobPtr& other) {
            return other->isStarted && other->progress->isStalled()
                && other->progress->troubledRegistries().contains(registry);
        });
    };
    const QStringList registries = job->progress->registries();
    return !registries.isEmpty() && std::ranges::all_of(registries, isDown);
}

RateLimiterPtr TransferQueue::Private::registryLimiter(const QString& registry)
{
    RateLimiterPtr& limiter = registryLimiters[registry];
    if (!limiter)
        limiter = std::make_shared<RateLimiter>();
    return limiter;
}

JobSurroundings TransferQueue::Private::surroundingsOf(const Ptr& d, const JobPtr& job)
{
    const std::weak_ptr<Private> queue = d;
    const std::weak_ptr<QueuedJob> known = job;
    JobSurroundings surroundings;
    surroundings.journal = d->journal;
    surroundings.rank = [known] {
        const auto job = known.lock();
        return job ? job->progress->position() : 0;
    };
    surroundings.limits = [queue, own = job->limiter](const QStringList& registries) {
        QList<RateLimiterPtr> limits{own};
        if (const auto d = queue.lock()) {
            limits.append(d->limiter);
            for (const QString& registry : registries)
                limits.append(d->registryLimiter(registry));
        }
        return limits;
    };
    return surroundings;
}

//! Tells every active job its place, and whoever shows them.
void TransferQueue::Private::number()
{
    for (qsizetype i = 0; i < active.size(); ++i) {
        const JobPtr& job = active[i];
        if (job->progress->position() == static_cast<int>(i))
            continue;
        job->progress->setPosition(static_cast<int>(i));
        job->throttle->poke();
    }
}

//! A job that stopped to go on later.
void TransferQueue::Private::park(const JobPtr& job)
{
    job->isPauseAsked = false;
    job->isPaused = true;
    job->isStarted = false;
    job->stop = std::stop_source();
    job->progress->pause(); // saves and shows
    if (running == 0)
        ticker.stop();
}

void TransferQueue::Private::goOn(const JobPtr& job)
{
    job->isPaused = false;
    job->progress->restart();
    save(job);
    job->throttle->poke();
}

//! Everything that starts or ends a job happens from the event loop, never inside a call of the queue's.
void TransferQueue::Private::post(const Ptr& d)
{
    if (d->q)
        QMetaObject::invokeMethod(d->q, [d] { pump(d); }, Qt::QueuedConnection);
}

void TransferQueue::Private::pump(const Ptr& d)
{
    // Slots may call the queue in between, so nothing is kept over a step.
    for (;;) {
        const auto dropped = std::ranges::find_if(std::as_const(d->active), [&d](const JobPtr& job) {
            return job->isWaiting() && (job->isCancelAsked || d->isClosing);
        });
        if (dropped == d->active.cend())
            break;
        const JobPtr job = *dropped;
        d->end(job, cancelled());
    }
    while (d->running - d->stalled() < d->parallelJobs && !d->isClosing) {
        const auto next = std::ranges::find_if(std::as_const(d->active), [&d](const JobPtr& job) {
            return job->mayStart() && !d->isHeldUp(job);
        });
        if (next == d->active.cend())
            break;
        const JobPtr job = *next;
        start(d, job);
    }
}

void TransferQueue::Private::start(const Ptr& d, const JobPtr& job)
{
    job->isStarted = true;
    ++d->running;
    if (!d->ticker.isActive())
        d->ticker.start(TickInterval);
    d->tasks->spawn([d, job](const std::stop_token&) { return drive(d, job); });
}

//! Never fails: what becomes of one job is no matter of the others.
Task<Result<void>> TransferQueue::Private::drive(Ptr d, JobPtr job)
{
    const std::stop_token stop = job->stop.get_token();
    const JobSurroundings surroundings = surroundingsOf(d, job);
    const Result<void> result = co_await runJob(job->request, job->progress, surroundings, stop);
    --d->running;
    if (!result && job->isPauseAsked && !job->isCancelAsked && !d->isClosing)
        d->park(job);
    else
        d->end(job, result);
    if (std::exchange(job->isResumeAsked, false) && job->isPaused)
        d->goOn(job);
    post(d);
    co_return Result<void>();
}

void TransferQueue::Private::watch(const Ptr& d, const JobPtr& job)
{
    const std::weak_ptr<Private> queue = d;
    const std::weak_ptr<QueuedJob> watched = job;
    job->throttle = std::make_unique<Throttle>(EmissionInterval, [queue, watched] {
        const auto d = queue.lock();
        const auto job = watched.lock();
        if (d && job)
            d->show(job);
    });
    job->progress->onProgress = [watched] {
        if (const auto job = watched.lock())
            job->throttle->poke();
    };
    job->progress->onStall = [queue] {
        if (const auto d = queue.lock())
            post(d); // another may run meanwhile
    };
    job->progress->onStateChange = [queue, watched] {
        const auto d = queue.lock();
        const auto job = watched.lock();
        if (!d || !job)
            return;
        d->save(job);
        job->throttle->flush();
    };
}

void TransferQueue::Private::end(const JobPtr& job, const Result<void>& result)
{
    // Whoever asked for the end gets it under that name, whatever broke while everything was being stopped.
    JobState state = JobState::Done;
    if (!result && job->isCancelAsked)
        state = JobState::Cancelled;
    else if (!result && isClosing && (job->stop.stop_requested() || job->isWaiting()))
        state = JobState::Interrupted;
    else if (!result)
        state = result.error().code == Error::Code::Cancelled ? JobState::Cancelled : JobState::Failed;
    std::optional<Error> error;
    if (state == JobState::Failed)
        error = result.error();

    job->throttle->stop();
    job->isStarted = true;
    active.removeOne(job);
    finished.prepend(job);
    job->progress->end(state, std::move(error));
    number();
    save(job);
    if (running == 0)
        ticker.stop();
    show(job);
    if (q)
        Q_EMIT q->finished(job->progress->snapshot());
}

void TransferQueue::Private::tick()
{
    for (const JobPtr& job : std::as_const(active)) {
        if (job->progress->state() == JobState::Running)
            job->throttle->poke();
    }
}

void TransferQueue::Private::show(const JobPtr& job)
{
    if (job->isStarted && std::chrono::steady_clock::now() - job->savedAt > SaveInterval)
        save(job);
    if (q)
        Q_EMIT q->changed(job->progress->snapshot());
}

void TransferQueue::Private::save(const JobPtr& job)
{
    if (!journal)
        return;
    job->savedAt = std::chrono::steady_clock::now();
    if (const auto saved = journal->saveJob(job->progress->snapshot()); !saved)
        qCWarning(lcTransfer).noquote() << "journal:" << saved.error().toString();
}

Task<void> TransferQueue::Private::close(Ptr d)
{
    d->isClosing = true;
    pump(d);
    const QList<JobPtr> jobs = d->active;
    for (const JobPtr& job : jobs)
        job->stop.request_stop();
    const std::unique_ptr<TaskGroup> tasks = std::move(d->tasks);
    if (!tasks)
        co_return;
    auto joined = co_await tasks->join();
    Q_ASSERT(joined);
    d->ticker.stop();
}

} // namespace Tagboat
