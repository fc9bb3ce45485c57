// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/targetprogress.h"

#include <algorithm>
#include <utility>

namespace Tagboat {

namespace {

//! What is known of a target before anything was done for it.
JobTarget factsOf(const JobTarget& target)
{
    JobTarget facts;
    facts.to = target.to;
    facts.profileName = target.profileName;
    facts.user = target.user;
    facts.registry = target.registry;
    facts.repository = target.repository;
    facts.tags = target.tags;
    return facts;
}

} // namespace

TargetProgress::TargetProgress(JobTarget description, QList<JobLayer> layers,
                               std::function<Clock::time_point()> now)
    : m_description(factsOf(description)), m_target(std::move(description)), m_layers(std::move(layers)),
      m_now(std::move(now))
{ }

JobTarget TargetProgress::snapshot() const
{
    JobTarget target = m_target;
    if (m_isPlanned) {
        target.bytesDone = target.bytesTotal = 0;
        target.layersPresent = target.layersMounted = target.layersMoved = 0;
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const JobLayer& layer = m_layers[i];
        target.bytesDone += layer.bytesDone;
        target.bytesTotal += m_rows[i].isCounted ? layer.size : 0;
        if (m_rows[i].isConfig)
            continue;
        target.layersPresent += layer.state == BlobState::Present;
        target.layersMounted += layer.state == BlobState::Mounted;
        target.layersMoved += layer.state == BlobState::Done;
    }
    if (target.isActive() && target.state != JobState::Paused)
        target.bytesPerSecond = m_speed.bytesPerSecond(m_now());
    return target;
}

QList<JobLayer> TargetProgress::layers() const
{
    QList<JobLayer> layers = m_layers;
    const auto now = m_now();
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const bool isRunning = layers[i].state == BlobState::Running;
        layers[i].bytesPerSecond = isRunning ? m_rows[i].speed.bytesPerSecond(now) : 0;
    }
    return layers;
}

bool TargetProgress::isDoneWith(const Digest& root) const
{
    return m_target.state == JobState::Done && m_target.rootDigest == root;
}

void TargetProgress::eachCounted(const std::function<void(const JobLayer&, bool)>& tell) const
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].isCounted)
            tell(m_layers[i], m_rows[i].hasBegun);
    }
}

void TargetProgress::reset()
{
    m_target = m_description;
    m_layers.clear();
    m_rows.clear();
    m_rowOf.clear();
    m_speed = {};
    m_isPlanned = m_isMoving = m_isRetrying = false;
    m_lastTrouble.reset();
    m_lastNextTry = {};
}

void TargetProgress::enter(JobState state)
{
    if (std::exchange(m_target.state, state) != state && onStateChange)
        onStateChange();
}

void TargetProgress::opened(const QString& registry, const QString& repository, const QStringList& tags)
{
    if (m_target.registry.isEmpty()) {
        m_target.registry = registry;
        m_target.repository = repository;
    }
    if (m_target.tags.isEmpty())
        m_target.tags = tags;
}

void TargetProgress::planned(const Plan& plan)
{
    m_layers.clear();
    m_rows.clear();
    m_rowOf.clear();
    m_isPlanned = true;
    m_target.rootDigest = plan.root.digest;
    for (const PlannedBlob& blob : plan.blobs) {
        JobLayer layer;
        layer.digest = blob.descriptor.digest;
        layer.size = blob.descriptor.size;
        layer.step = blob.step;
        layer.state = blob.action == PlannedBlob::Action::Present ? BlobState::Present : BlobState::Waiting;
        m_rowOf.insert(layer.digest, m_layers.size());
        m_layers.append(layer);
        m_rows.append({.isCounted = blob.action == PlannedBlob::Action::Transfer,
                       .isConfig = blob.isConfig,
                       .speed = {}});
    }
    if (onProgress)
        onProgress();
}

void TargetProgress::settleRows(BlobState unfinished)
{
    for (JobLayer& layer : m_layers) {
        if (layer.state == BlobState::Running || layer.state == BlobState::Verifying
            || layer.state == BlobState::Retrying)
            layer.state = unfinished;
    }
    lookAtRows();
}

void TargetProgress::pause()
{
    if (!isActive())
        return;
    settleRows(BlobState::Waiting);
    m_target.state = JobState::Paused;
}

void TargetProgress::end(JobState state, std::optional<Error> error)
{
    if (!isActive())
        return;
    // A row may not seem to be under way where all is over.
    settleRows(state == JobState::Failed ? BlobState::Failed : BlobState::Waiting);
    m_target.error = std::move(error);
    enter(state);
}

void TargetProgress::blobChanged(const Digest& digest, BlobState state, qint64 bytesDone)
{
    const auto found = m_rowOf.constFind(digest);
    if (found == m_rowOf.cend())
        return;
    const qsizetype row = *found;
    switch (state) {
    case BlobState::Present:
    case BlobState::Mounted:
        move(row, 0);
        m_rows[row].isCounted = false;
        break;
    case BlobState::Waiting:
        move(row, 0);
        break;
    case BlobState::Running:
    case BlobState::Verifying:
    case BlobState::Done:
        m_rows[row].isCounted = true;
        m_rows[row].hasBegun = true;
        move(row, bytesDone);
        if (state == BlobState::Running && m_layers[row].state != BlobState::Running)
            m_rows[row].isBeginning = true;
        break;
    case BlobState::Retrying: // what got through is mostly kept
    case BlobState::Failed:
        break;
    }
    if (std::exchange(m_layers[row].state, state) != state)
        lookAtRows();
    if (onProgress)
        onProgress();
}

void TargetProgress::lookAtRows()
{
    m_isMoving = m_isRetrying = false;
    for (const JobLayer& layer : std::as_const(m_layers)) {
        m_isRetrying = m_isRetrying || layer.state == BlobState::Retrying;
        m_isMoving = m_isMoving || layer.state == BlobState::Running || layer.state == BlobState::Verifying;
    }
    const bool isStalled = m_isRetrying && !m_isMoving;
    m_target.trouble = isStalled ? m_lastTrouble : std::nullopt;
    m_target.nextTry = isStalled ? m_lastNextTry : QDateTime();
    if (onRows)
        onRows();
}

void TargetProgress::blobMounted(const Digest& digest, const QString& from)
{
    const auto found = m_rowOf.constFind(digest);
    if (found != m_rowOf.cend())
        m_layers[*found].mountedFrom = from;
}

void TargetProgress::retrying(const Digest& digest, const Error& error, int, std::chrono::milliseconds delay)
{
    m_lastTrouble = error;
    m_lastNextTry = QDateTime::currentDateTimeUtc().addMSecs(delay.count());
    blobChanged(digest, BlobState::Retrying, 0);
    lookAtRows();
}

void TargetProgress::finishing()
{
    enter(JobState::Finishing);
}

void TargetProgress::move(qsizetype row, qint64 bytesDone)
{
    JobLayer& layer = m_layers[row];
    const qint64 done = std::clamp<qint64>(bytesDone, 0, layer.size);
    const qint64 more = done - layer.bytesDone;
    layer.bytesDone = done;
    // A try that takes up what an earlier one left, or finds it lost, jumps; nothing has travelled by that.
    const bool isJump = std::exchange(m_rows[row].isBeginning, false) && done != layer.size;
    if (isJump)
        return;
    const auto now = m_now();
    m_rows[row].speed.add(more, now);
    m_speed.add(more, now);
    if (onMove)
        onMove(more);
}

} // namespace Tagboat
