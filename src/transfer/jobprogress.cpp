// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/jobprogress.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace Tagboat {

JobProgress::JobProgress(JobSnapshot description, std::function<Clock::time_point()> now)
    : m_description(std::move(description)), m_job(m_description), m_now(std::move(now))
{
    const QList<JobTarget> targets = m_job.destinations();
    for (int i = 0; i < targets.size(); ++i) {
        QList<JobLayer> layers;
        std::ranges::copy_if(m_job.layers, std::back_inserter(layers),
                             [i](const JobLayer& layer) { return layer.target == i; });
        auto target = std::make_unique<TargetProgress>(targets[i], std::move(layers), m_now);
        target->onMove = [this](qint64 bytes) { m_speed.add(bytes, m_now()); };
        target->onProgress = [this] {
            if (onProgress)
                onProgress();
        };
        target->onStateChange = [this] { followTargets(); };
        target->onRows = [this] { lookForStall(); };
        m_targets.push_back(std::move(target));
    }
}

std::shared_ptr<CopyObserver> JobProgress::observer(std::shared_ptr<JobProgress> progress, int target)
{
    CopyObserver* observer = &progress->target(target);
    return {std::move(progress), observer};
}

JobSnapshot JobProgress::snapshot() const
{
    JobSnapshot job = m_job;
    const auto now = m_now();
    addUp(job);
    if (!job.isActive() || job.state == JobState::Paused)
        return job;
    job.bytesPerSecond = m_speed.bytesPerSecond(now);
    const qint64 rest = job.bytesTotal - job.bytesDone;
    if (rest > 0 && job.bytesPerSecond > 0 && m_speed.isSteady(now)) {
        const double seconds = std::ceil(static_cast<double>(rest) / job.bytesPerSecond);
        job.timeLeft = std::chrono::seconds(static_cast<qint64>(std::min(seconds, 1e9)));
    }
    return job;
}

void JobProgress::addUp(JobSnapshot& job) const
{
    const QList<qint64> totals = bytesTotals();
    for (qsizetype i = 0; i < job.targets.size(); ++i) {
        job.targets[i] = m_targets[static_cast<size_t>(i)]->snapshot();
        job.targets[i].bytesTotal = totals[i];
    }
    // Else there is no more to tell than was told when it was made: of an earlier run, or of other work.
    if (std::ranges::none_of(m_targets, [](const auto& target) { return target->isPlanned(); }))
        return;
    job.layers.clear();
    job.bytesDone = job.layersPresent = job.layersMounted = job.layersMoved = 0;
    for (size_t i = 0; i < m_targets.size(); ++i) {
        const JobTarget target = m_targets[i]->snapshot();
        job.bytesDone += target.bytesDone;
        job.layersPresent += target.layersPresent;
        job.layersMounted += target.layersMounted;
        job.layersMoved += target.layersMoved;
        QList<JobLayer> layers = m_targets[i]->layers();
        for (JobLayer& layer : layers)
            layer.target = static_cast<int>(i);
        job.layers += layers;
        if (!target.rootDigest.isNull())
            job.rootDigest = target.rootDigest;
    }
    job.bytesTotal = std::accumulate(totals.cbegin(), totals.cend(), qint64(0));
}

//! Of each target. A blob that goes to several repositories of a registry travels once, whoever carries it:
//! it counts for those that really send it, and for the first of them while it waits everywhere.
QList<qint64> JobProgress::bytesTotals() const
{
    struct Share
    {
        bool hasBegun = false;
        bool isWaitedFor = false; //!< it counts for a target before
    };
    QHash<std::pair<QString, Digest>, Share> shares;
    for (const auto& target : m_targets) {
        target->eachCounted([&shares, &target](const JobLayer& layer, bool hasBegun) {
            Share& share = shares[{target->registry(), layer.digest}];
            share.hasBegun = share.hasBegun || hasBegun;
        });
    }
    QList<qint64> totals(std::ssize(m_targets), 0);
    const auto addUp = [&](bool active) {
        for (size_t i = 0; i < m_targets.size(); ++i) {
            const TargetProgress& target = *m_targets[i];
            if (target.isActive() != active)
                continue;
            qint64& sum = totals[static_cast<qsizetype>(i)];
            sum = target.isPlanned() ? 0 : target.snapshot().bytesTotal;
            target.eachCounted([&](const JobLayer& layer, bool hasBegun) {
                Share& share = shares[{target.registry(), layer.digest}];
                const bool isFirst = !share.hasBegun && !std::exchange(share.isWaitedFor, true);
                sum += hasBegun || isFirst ? layer.size : 0;
            });
        }
    };
    addUp(true);
    addUp(false); // what has ended sends nothing that others wait for
    return totals;
}

QStringList JobProgress::registries() const
{
    QStringList registries;
    for (const auto& target : m_targets)
        registries.append(target->registry());
    registries.removeAll(QString());
    registries.removeDuplicates();
    return registries;
}

QStringList JobProgress::troubledRegistries() const
{
    if (m_workTrouble)
        return registries();
    QStringList registries;
    for (const auto& target : m_targets) {
        if (target->isRetrying())
            registries.append(target->registry());
    }
    registries.removeAll(QString());
    return registries;
}

void JobProgress::restart()
{
    const int position = m_job.position;
    m_job = m_description;
    m_job.position = position;
    m_job.layers.clear();
    m_isStalled = false;
    m_workTrouble.reset();
    m_speed = {};
    for (const auto& target : m_targets) {
        if (target->state() != JobState::Done)
            target->reset();
    }
}

void JobProgress::enter(JobState state)
{
    if (m_job.state == state)
        return;
    m_job.state = state;
    if (state == JobState::Preparing)
        m_job.startedAt = QDateTime::currentDateTimeUtc();
    if (onStateChange)
        onStateChange();
}

//! A job runs as soon as one of its targets does, and is finishing when all that are left are.
void JobProgress::followTargets()
{
    if (!m_job.isActive())
        return; // it is ending them itself
    const auto allLeftAre = [this](JobState state) {
        return std::ranges::all_of(m_targets, [state](const auto& target) {
            return !target->isActive() || target->state() == state;
        });
    };
    const auto any = [this](auto fits) {
        return std::ranges::any_of(m_targets, [&fits](const auto& target) { return fits(*target); });
    };
    JobState state = m_job.state;
    if (any([](const TargetProgress& target) { return target.isActive(); })) {
        const bool isUnderWay = any([](const TargetProgress& target) {
            return target.state() == JobState::Running || target.state() == JobState::Finishing;
        });
        if (allLeftAre(JobState::Finishing))
            state = JobState::Finishing;
        else if (isUnderWay)
            state = JobState::Running;
    }
    const bool isChange = std::exchange(m_job.state, state) != state;
    if ((isChange || !m_job.targets.isEmpty()) && onStateChange)
        onStateChange();
}

void JobProgress::opened(int index, const CopySource& source, const CopyDestination& destination)
{
    const bool isPush = !destination.registry.isEmpty();
    const QString& registry = isPush ? destination.registry : source.registry;
    const QString& repository = isPush ? destination.repository : source.repository;
    target(index).opened(registry, repository, destination.names);
    if (index != 0)
        return;
    if (m_job.registry.isEmpty()) {
        m_job.registry = registry;
        m_job.repository = repository;
    }
    if (m_job.tags.isEmpty())
        m_job.tags = destination.names;
}

void JobProgress::planned(int index, const Plan& plan)
{
    m_job.platforms = plan.platforms;
    target(index).planned(plan);
}

void JobProgress::worked(qint64 done, qint64 total, const QString& what)
{
    m_speed.add(done - m_job.bytesDone, m_now());
    m_job.bytesDone = done;
    m_job.bytesTotal = total > 0 ? std::max(total, done) : 0; // 0: nobody knows yet
    m_job.detail = what;
    if (onProgress)
        onProgress();
}

void JobProgress::stalled(const std::optional<Error>& trouble, std::chrono::milliseconds delay)
{
    m_workTrouble = trouble;
    m_workNextTry = QDateTime::currentDateTimeUtc().addMSecs(delay.count());
    lookForStall();
    if (onProgress)
        onProgress();
}

void JobProgress::pause()
{
    m_job.detail.clear();
    m_workTrouble.reset();
    for (const auto& target : m_targets)
        target->pause();
    lookForStall();
    enter(JobState::Paused);
}

void JobProgress::end(JobState state, std::optional<Error> error)
{
    // First, so that nobody is told of targets that end one by one in a job that goes on.
    m_job.state = state;
    m_job.error = std::move(error);
    m_job.finishedAt = QDateTime::currentDateTimeUtc();
    m_job.detail.clear();
    m_job.position = -1;
    m_workTrouble.reset();
    for (const auto& target : m_targets)
        target->end(state, std::nullopt);
    lookForStall();
}

void JobProgress::lookForStall()
{
    const TargetProgress* waiting = nullptr;
    bool isMoving = false;
    for (const auto& target : m_targets) {
        isMoving = isMoving || target->isMoving();
        if (target->isRetrying() && (!waiting || target->lastNextTry() < waiting->lastNextTry()))
            waiting = target.get();
    }
    const bool isStalled = m_workTrouble || (waiting && !isMoving);
    m_job.trouble = m_workTrouble ? m_workTrouble : isStalled ? waiting->lastTrouble() : std::nullopt;
    m_job.nextTry = m_workTrouble ? m_workNextTry : isStalled ? waiting->lastNextTry() : QDateTime();
    if (std::exchange(m_isStalled, isStalled) != isStalled && onStall)
        onStall();
}

} // namespace Tagboat
