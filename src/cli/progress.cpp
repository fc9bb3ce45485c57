// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/progress.h"

#include "cli/errortext.h"
#include "cli/figures.h"
#include "cli/jsonvalues.h"
#include "cli/terminal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds EventInterval{250};

QString stateText(const JobLayer& layer)
{
    switch (layer.state) {
    case BlobState::Waiting:
        return u"waiting"_s;
    case BlobState::Present:
        return u"already there"_s;
    case BlobState::Mounted:
        return layer.mountedFrom.isEmpty() ? u"taken over"_s : u"taken over from "_s + layer.mountedFrom;
    case BlobState::Running:
        return bytesText(layer.bytesDone) + u" of "_s + bytesText(layer.size);
    case BlobState::Verifying:
        return u"verifying"_s;
    case BlobState::Retrying:
        return u"trying again"_s;
    case BlobState::Done:
        return u"done, "_s + bytesText(layer.size);
    case BlobState::Failed:
        return u"failed"_s;
    }
    return {};
}

QString bar(qint64 done, qint64 total)
{
    constexpr int Width = 24;
    const int filled = total > 0 ? static_cast<int>(std::clamp<qint64>(done * Width / total, 0, Width)) : 0;
    return u'[' + QString(filled, u'=') + QString(Width - filled, u' ') + u']';
}

QString headOf(const JobSnapshot& job)
{
    QString head = toString(job.kind).toString() + u' ' + job.image;
    if (!job.targets.isEmpty())
        return head + u" to %1 destinations"_s.arg(job.targets.size());
    if (job.kind == JobKind::Push && !job.to.isEmpty()) {
        head += u" to "_s + job.to;
        if (!job.tags.isEmpty())
            head += u':' + job.tags.join(u", "_s);
    }
    return head;
}

QString totalOf(const JobSnapshot& job)
{
    QString line;
    switch (job.state) {
    case JobState::Waiting:
        return u"waiting"_s;
    case JobState::Preparing:
        return u"looking what has to be moved"_s;
    case JobState::Finishing:
        return u"finishing"_s;
    case JobState::Paused:
        return u"paused"_s;
    case JobState::Done:
        line = u"done, "_s + bytesText(job.bytesTotal) + u" moved"_s;
        return line;
    case JobState::Failed:
        return u"failed"_s;
    case JobState::Cancelled:
    case JobState::Interrupted:
        return u"cancelled"_s;
    case JobState::Running:
        break;
    }
    line = bytesText(job.bytesDone);
    if (job.trouble) {
        line += u"  waiting to try again: "_s + sentence(*job.trouble);
        return line;
    }
    if (job.bytesTotal > 0) // else nobody knows yet
        line = bar(job.bytesDone, job.bytesTotal) + u' ' + line + u" of "_s + bytesText(job.bytesTotal);
    if (const QString speed = speedText(job.bytesPerSecond); !speed.isEmpty())
        line += u"  "_s + speed;
    if (job.timeLeft)
        line += u"  %1 s left"_s.arg(job.timeLeft->count());
    if (!job.detail.isEmpty())
        line += u"  "_s + job.detail;
    return line;
}

bool isMoving(const JobLayer& layer)
{
    return layer.state == BlobState::Running || layer.state == BlobState::Verifying
        || layer.state == BlobState::Retrying;
}

QString lineOf(const JobLayer& layer)
{
    QString line = u"  "_s + layer.digest.shortHex() + u"  "_s;
    if (layer.state == BlobState::Running)
        line += bar(layer.bytesDone, layer.size) + u' ';
    line += stateText(layer);
    if (const QString speed = speedText(layer.bytesPerSecond);
        layer.state == BlobState::Running && !speed.isEmpty())
        line += u"  "_s + speed;
    return line;
}

QString nameOf(const JobTarget& target)
{
    return target.to + u':' + target.tags.join(u", "_s);
}

//! A line for each destination, and below it the layers that move there as long as there is room.
QStringList targetLinesOf(const JobSnapshot& job, qsizetype room)
{
    QStringList lines;
    qsizetype forLayers = std::max<qsizetype>(0, room - job.targets.size());
    for (qsizetype i = 0; i < job.targets.size(); ++i) {
        const JobSnapshot one = job.only(i);
        lines.append(
            u"  %1  %2"_s.arg(nameOf(job.targets[i]),
                              one.isTakingOver() ? u"taking over from another repository"_s : totalOf(one)));
        for (const JobLayer& layer : one.layers) {
            if (!isMoving(layer) || forLayers == 0)
                continue;
            --forLayers;
            lines.append(u"  "_s + lineOf(layer));
        }
    }
    return lines.mid(0, std::max<qsizetype>(0, room));
}

//! The lines of a job, at most \a room: layers that move come first where not all have a place.
QStringList linesOf(const JobSnapshot& job, qsizetype room)
{
    QStringList lines{headOf(job)};
    if (!job.targets.isEmpty())
        return lines + targetLinesOf(job, room - 2) + QStringList(u"  "_s + totalOf(job));
    QList<JobLayer> layers = job.layers;
    if (layers.size() > room - 2) {
        std::stable_partition(layers.begin(), layers.end(), isMoving);
        layers.resize(std::max<qsizetype>(0, room - 2));
    }
    for (const JobLayer& layer : std::as_const(layers))
        lines.append(lineOf(layer));
    lines.append(u"  "_s + totalOf(job));
    return lines;
}

//! What is to be seen first where not everything can be.
int rankOf(const JobSnapshot& job)
{
    if (job.state == JobState::Waiting)
        return 1;
    return job.isActive() ? 0 : 2;
}

//! All jobs on at most \a rows lines, so that moving back up by them never leaves the screen. Each takes two
//! lines at least; those for which there is no place are only counted.
QStringList pictureOf(QList<JobSnapshot> jobs, qsizetype rows)
{
    constexpr qsizetype Least = 2;
    qsizetype hidden = 0;
    if (jobs.size() * Least > rows) {
        const qsizetype shown = std::max<qsizetype>(1, (rows - 1) / Least);
        std::ranges::stable_sort(jobs, {}, rankOf);
        hidden = jobs.size() - shown;
        jobs.resize(shown);
    }
    QStringList lines;
    const qsizetype room = std::max(Least, (rows - (hidden > 0 ? 1 : 0)) / jobs.size());
    for (const JobSnapshot& job : std::as_const(jobs))
        lines += linesOf(job, room);
    if (hidden > 0 && lines.size() < rows)
        lines.append(u"and %1 more"_s.arg(hidden));
    return lines;
}

} // namespace

Progress::Progress(std::shared_ptr<Output> output)
    : m_output(std::move(output)), m_redraws(!m_output->isJson() && Terminal::isErrorTerminal())
{ }

void Progress::show(const JobSnapshot& job)
{
    const auto known = std::find_if(m_jobs.begin(), m_jobs.end(),
                                    [&](const JobSnapshot& other) { return other.id == job.id; });
    if (known == m_jobs.end())
        m_jobs.append(job);
    else
        *known = job;
    QList<JobState> states{job.state};
    for (const JobTarget& target : job.targets)
        states.append(target.state);
    const bool isNewState = m_states.value(job.id) != states;
    m_states.insert(job.id, states);

    if (m_redraws) {
        draw();
    } else if (m_output->isJson()) {
        const auto now = Clock::now();
        if (!isNewState && now - m_lastEvent < EventInterval)
            return;
        m_lastEvent = now;
        m_output->event("progress"_L1, jsonOf(job));
    } else {
        printEnds(job);
    }
}

void Progress::end()
{
    m_jobs.clear();
    m_linesOnScreen = 0;
}

void Progress::draw()
{
    const Terminal::Size screen = Terminal::size();
    QString text;
    if (m_linesOnScreen > 0)
        text += u"\x1b[%1A"_s.arg(m_linesOnScreen);
    int count = 0;
    const QStringList lines = pictureOf(m_jobs, screen.rows - 1);
    for (const QString& line : lines) {
        text += u"\r\x1b[K"_s + line.left(screen.columns - 1) + u'\n';
        ++count;
    }
    // A picture that became shorter leaves no old lines below it.
    if (count < m_linesOnScreen)
        text += u"\x1b[J"_s;
    m_linesOnScreen = count;
    writeError(text);
}

void Progress::printEnds(const JobSnapshot& job)
{
    QString text;
    for (const JobLayer& layer : job.layers) {
        const bool isNews = layer.state != BlobState::Waiting && layer.state != BlobState::Running
            && layer.state != BlobState::Verifying;
        auto& printed = m_printed[{job.id, layer.target}];
        if (!isNews || printed.value(layer.digest, BlobState::Waiting) == layer.state)
            continue;
        printed.insert(layer.digest, layer.state);
        if (!job.targets.isEmpty())
            text += job.targets[layer.target].to + u": "_s;
        text += layer.digest.shortHex() + u": "_s + stateText(layer) + u'\n';
    }
    if (!text.isEmpty())
        writeError(text);
}

} // namespace Tagboat
