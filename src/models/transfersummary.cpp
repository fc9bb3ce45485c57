// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/transfersummary.h"

#include "models/text.h"

#include <QCoreApplication>

#include <numeric>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Transfers
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Transfers)
};

} // namespace

void TransferSummary::update(const JobSnapshot& job)
{
    remove(job.id);
    if (job.state == JobState::Paused)
        m_paused.insert(job.id);
    else if (job.isActive())
        m_running.insert(job.id, {job.bytesDone, job.bytesTotal, job.bytesPerSecond, job.timeLeft});
}

void TransferSummary::remove(const QString& jobId)
{
    m_running.remove(jobId);
    m_paused.remove(jobId);
}

double TransferSummary::progress() const
{
    qint64 done = 0;
    qint64 total = 0;
    for (const Share& share : m_running) {
        if (share.total == 0)
            continue; // nobody knows yet
        done += share.done;
        total += share.total;
    }
    return total > 0 ? qBound(0.0, double(done) / double(total), 1.0) : -1.0;
}

double TransferSummary::bytesPerSecond() const
{
    return std::accumulate(m_running.begin(), m_running.end(), 0.0,
                           [](double sum, const Share& share) { return sum + share.speed; });
}

std::optional<std::chrono::seconds> TransferSummary::timeLeft() const
{
    // Jobs run side by side: the slowest one decides.
    std::optional<std::chrono::seconds> longest;
    for (const Share& share : m_running) {
        if (share.left)
            longest = longest ? std::max(*longest, *share.left) : *share.left;
    }
    return longest;
}

QString TransferSummary::text() const
{
    if (m_running.isEmpty() && m_paused.isEmpty())
        return Transfers::tr("No transfers");
    QStringList parts;
    if (!m_running.isEmpty())
        parts.append(Transfers::tr("%n transfer(s)", nullptr, running()));
    if (const QString speed = formatSpeed(bytesPerSecond()); !speed.isEmpty())
        parts.append(speed);
    if (const auto left = timeLeft())
        parts.append(Transfers::tr("%1 left").arg(formatDuration(*left)));
    if (!m_paused.isEmpty())
        parts.append(Transfers::tr("%n paused", "transfers", paused()));
    return parts.join(u" \u00b7 "_s);
}

} // namespace Tagboat
