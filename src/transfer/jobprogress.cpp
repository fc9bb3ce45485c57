// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/jobprogress.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace Tagboat {

JobProgress::JobProgress(JobSnapshot description, std::function<Clock::time_point()> now)
    : m_description(std::move(description)), m_job(m_description), m_now(std::move(now))
{ }

JobSnapshot JobProgress::snapshot() const
{
    JobSnapshot job = m_job;
    const auto now = m_now();
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        JobLayer& layer = job.layers[i];
        layer.bytesPerSecond = layer.state == BlobState::Running ? m_rows[i].speed.bytesPerSecond(now) : 0;
        if (m_rows[i].isConfig)
            continue;
        job.layersPresent += layer.state == BlobState::Present;
        job.layersMounted += layer.state == BlobState::Mounted;
        job.layersMoved += layer.state == BlobState::Done;
    }
    if (!job.isActive())
        return job;
    job.bytesPerSecond = m_speed.bytesPerSecond(now);
    const qint64 rest = job.bytesTotal - job.bytesDone;
    if (rest > 0 && job.bytesPerSecond > 0 && m_speed.isSteady(now)) {
        const double seconds = std::ceil(static_cast<double>(rest) / job.bytesPerSecond);
        job.timeLeft = std::chrono::seconds(static_cast<qint64>(std::min(seconds, 1e9)));
    }
    return job;
}

void JobProgress::restart()
{
    const int position = m_job.position;
    m_job = m_description;
    m_job.position = position;
    m_isStalled = false;
    m_rows.clear();
    m_rowOf.clear();
    m_speed = {};
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

void JobProgress::opened(const CopySource& source, const CopyDestination& destination)
{
    if (m_job.registry.isEmpty()) {
        const bool isPush = !destination.registry.isEmpty();
        m_job.registry = isPush ? destination.registry : source.registry;
        m_job.repository = isPush ? destination.repository : source.repository;
    }
    if (m_job.tags.isEmpty())
        m_job.tags = destination.names;
}

void JobProgress::planned(const Plan& plan)
{
    m_job.layers.clear();
    m_rows.clear();
    m_rowOf.clear();
    m_job.bytesTotal = 0;
    m_job.bytesDone = 0;
    m_job.rootDigest = plan.root.digest;
    m_job.platforms = plan.platforms;
    for (const PlannedBlob& blob : plan.blobs) {
        JobLayer layer;
        layer.digest = blob.descriptor.digest;
        layer.size = blob.descriptor.size;
        layer.step = blob.step;
        layer.state = blob.action == PlannedBlob::Action::Present ? BlobState::Present : BlobState::Waiting;
        m_rowOf.insert(layer.digest, m_job.layers.size());
        m_job.layers.append(layer);
        m_rows.append({.isConfig = blob.isConfig, .speed = {}});
        if (blob.action == PlannedBlob::Action::Transfer)
            count(m_rows.size() - 1, true);
    }
    progressed();
}

void JobProgress::worked(qint64 done, qint64 total, const QString& what)
{
    m_speed.add(done - m_job.bytesDone, m_now());
    m_job.bytesDone = done;
    m_job.bytesTotal = total > 0 ? std::max(total, done) : 0; // 0: nobody knows yet
    m_job.detail = what;
    progressed();
}

void JobProgress::settleRows(BlobState unfinished)
{
    for (JobLayer& layer : m_job.layers) {
        if (layer.state == BlobState::Running || layer.state == BlobState::Verifying
            || layer.state == BlobState::Retrying)
            layer.state = unfinished;
    }
    m_job.trouble.reset();
    m_job.nextTry = {};
    m_isStalled = false;
}

void JobProgress::pause()
{
    m_job.detail.clear();
    settleRows(BlobState::Waiting);
    enter(JobState::Paused);
}

void JobProgress::end(JobState state, std::optional<Error> error)
{
    m_job.state = state;
    m_job.error = std::move(error);
    m_job.finishedAt = QDateTime::currentDateTimeUtc();
    m_job.detail.clear();
    m_job.position = -1;
    // A row may not seem to be under way in a job that is over.
    settleRows(state == JobState::Failed ? BlobState::Failed : BlobState::Waiting);
}

void JobProgress::blobChanged(const Digest& digest, BlobState state, qint64 bytesDone)
{
    const auto found = m_rowOf.constFind(digest);
    if (found == m_rowOf.cend())
        return;
    const qsizetype row = *found;
    switch (state) {
    case BlobState::Present:
    case BlobState::Mounted:
        move(row, 0);
        count(row, false);
        break;
    case BlobState::Waiting:
        move(row, 0);
        break;
    case BlobState::Running:
    case BlobState::Verifying:
    case BlobState::Done:
        count(row, true);
        move(row, bytesDone);
        if (state == BlobState::Running && m_job.layers[row].state != BlobState::Running)
            m_rows[row].isBeginning = true;
        break;
    case BlobState::Retrying: // what got through is mostly kept
    case BlobState::Failed:
        break;
    }
    const bool isChange = std::exchange(m_job.layers[row].state, state) != state;
    if (isChange)
        lookForStall();
    progressed();
}

void JobProgress::lookForStall()
{
    bool isWaiting = false;
    bool isMoving = false;
    for (const JobLayer& layer : std::as_const(m_job.layers)) {
        isWaiting = isWaiting || layer.state == BlobState::Retrying;
        isMoving = isMoving || layer.state == BlobState::Running || layer.state == BlobState::Verifying;
    }
    const bool isStalled = isWaiting && !isMoving;
    m_job.trouble = isStalled ? m_lastTrouble : std::nullopt;
    m_job.nextTry = isStalled ? m_lastNextTry : QDateTime();
    if (std::exchange(m_isStalled, isStalled) != isStalled && onStall)
        onStall();
}

void JobProgress::blobMounted(const Digest& digest, const QString& from)
{
    const auto found = m_rowOf.constFind(digest);
    if (found != m_rowOf.cend())
        m_job.layers[*found].mountedFrom = from;
}

void JobProgress::retrying(const Digest& digest, const Error& error, int, std::chrono::milliseconds delay)
{
    m_lastTrouble = error;
    m_lastNextTry = QDateTime::currentDateTimeUtc().addMSecs(delay.count());
    blobChanged(digest, BlobState::Retrying, 0);
    lookForStall();
}

void JobProgress::finishing()
{
    enter(JobState::Finishing);
}

void JobProgress::count(qsizetype row, bool counted)
{
    if (m_rows[row].isCounted == counted)
        return;
    m_rows[row].isCounted = counted;
    m_job.bytesTotal += counted ? m_job.layers[row].size : -m_job.layers[row].size;
}

void JobProgress::move(qsizetype row, qint64 bytesDone)
{
    JobLayer& layer = m_job.layers[row];
    const qint64 done = std::clamp<qint64>(bytesDone, 0, layer.size);
    const qint64 more = done - layer.bytesDone;
    layer.bytesDone = done;
    m_job.bytesDone += more;
    // A try that takes up what an earlier one left, or finds it lost, jumps; nothing has travelled by that.
    const bool isJump = std::exchange(m_rows[row].isBeginning, false) && done != layer.size;
    if (isJump)
        return;
    const auto now = m_now();
    m_rows[row].speed.add(more, now);
    m_speed.add(more, now);
}

void JobProgress::progressed() const
{
    if (onProgress)
        onProgress();
}

} // namespace Tagboat
