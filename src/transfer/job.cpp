// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/job.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

QLatin1StringView toString(JobKind kind)
{
    switch (kind) {
    case JobKind::Push:
        return "Push"_L1;
    case JobKind::Pull:
        return "Pull"_L1;
    case JobKind::Copy:
        return "Copy"_L1;
    case JobKind::Import:
        return "Import"_L1;
    case JobKind::Export:
        return "Export"_L1;
    }
    Q_UNREACHABLE_RETURN("Push"_L1);
}

QLatin1StringView toString(JobState state)
{
    switch (state) {
    case JobState::Waiting:
        return "Waiting"_L1;
    case JobState::Preparing:
        return "Preparing"_L1;
    case JobState::Running:
        return "Running"_L1;
    case JobState::Finishing:
        return "Finishing"_L1;
    case JobState::Paused:
        return "Paused"_L1;
    case JobState::Done:
        return "Done"_L1;
    case JobState::Failed:
        return "Failed"_L1;
    case JobState::Cancelled:
        return "Cancelled"_L1;
    case JobState::Interrupted:
        return "Interrupted"_L1;
    }
    Q_UNREACHABLE_RETURN("Failed"_L1);
}

QList<JobTarget> JobSnapshot::destinations() const
{
    return targets.isEmpty() ? QList<JobTarget>{*this} : targets;
}

JobSnapshot JobSnapshot::only(qsizetype target) const
{
    if (targets.isEmpty())
        return *this;
    const JobTarget& one = targets[target];
    JobSnapshot job = *this;
    job.targets.clear();
    job.layers.removeIf([target](const JobLayer& layer) { return layer.target != target; });
    for (JobLayer& layer : job.layers)
        layer.target = 0;
    static_cast<JobTarget&>(job) = one;
    // What keeps all of them from going is the job's own.
    if (!one.error && one.state == JobState::Failed)
        job.error = error;
    job.timeLeft.reset();
    return job;
}

bool JobSnapshot::isTakingOver() const
{
    return state == JobState::Running && bytesDone >= bytesTotal
        && std::ranges::contains(layers, BlobState::Waiting, &JobLayer::state);
}

void JobSnapshot::interrupt()
{
    state = JobState::Interrupted;
    for (JobTarget& target : targets) {
        if (target.isActive())
            target.state = JobState::Interrupted;
    }
}

} // namespace Tagboat
