// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/jobtext.h"

#include "models/text.h"
#include "oci/reference.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace Tagboat::JobText {

namespace {

// NOLINTNEXTLINE(readability-identifier-naming): lupdate knows this name
struct JobText
{
    Q_DECLARE_TR_FUNCTIONS(JobText)
};

bool towardsHere(const JobSnapshot& job)
{
    return job.kind == JobKind::Pull || job.kind == JobKind::Import;
}

//! Where the tag of "host:5000/name:tag" begins; the length where there is none.
qsizetype tagStart(const QString& name)
{
    const qsizetype colon = name.lastIndexOf(u':');
    return colon > name.lastIndexOf(u'/') && colon >= 0 ? colon + 1 : name.size();
}

} // namespace

QString verb(const JobSnapshot& job)
{
    const bool done = job.state == JobState::Done;
    switch (job.kind) {
    case JobKind::Push:
        return done ? JobText::tr("Pushed") : JobText::tr("Push");
    case JobKind::Pull:
        return done ? JobText::tr("Pulled") : JobText::tr("Pull");
    case JobKind::Copy:
        return done ? JobText::tr("Copied") : JobText::tr("Copy");
    case JobKind::Import:
        return done ? JobText::tr("Imported") : JobText::tr("Import");
    case JobKind::Export:
        return done ? JobText::tr("Exported") : JobText::tr("Export");
    }
    return {};
}

QString iconName(const JobSnapshot& job)
{
    if (job.state == JobState::Done)
        return u"ok"_s;
    switch (job.kind) {
    case JobKind::Push:
    case JobKind::Copy:
        return u"push"_s;
    case JobKind::Pull:
        return u"pull"_s;
    case JobKind::Import:
        return u"import"_s;
    case JobKind::Export:
        return u"export"_s;
    }
    return {};
}

QString image(const JobSnapshot& job)
{
    if (job.kind != JobKind::Push || job.tags.isEmpty() || job.to.isEmpty() || !job.targets.isEmpty())
        return job.image;
    const QString name = job.to + u':' + job.tags.first();
    return job.tags.size() == 1 ? name : QString(name + u" +"_s + QString::number(job.tags.size() - 1));
}

Emphasis imageBold(const JobSnapshot& job)
{
    if (job.kind == JobKind::Import)
        return {0, int(job.image.size())};
    const QString name = image(job);
    const qsizetype start = tagStart(name);
    return {int(start), int(name.size() - start)};
}

QString destination(const JobSnapshot& job)
{
    QString text;
    if (!job.targets.isEmpty())
        return u"→ "_s + JobText::tr("%n destination(s)", nullptr, int(job.targets.size()));
    switch (job.kind) {
    case JobKind::Push:
    case JobKind::Copy: {
        const QString place = job.profileName.isEmpty() ? job.registry : job.profileName;
        text = job.user.isEmpty() ? u"→ "_s + place : JobText::tr("→ %1 as").arg(place);
        break;
    }
    case JobKind::Pull:
    case JobKind::Import:
        text = u"→ "_s + (job.to.isEmpty() ? JobText::tr("This computer") : job.to);
        break;
    case JobKind::Export:
        text = u"→ "_s + QFileInfo(job.to).fileName();
        break;
    }
    if (job.kind == JobKind::Pull && job.platforms.size() == 1)
        text += u" · "_s + job.platforms.first().toString();
    else if (job.platforms.size() > 1)
        text += u" · "_s + JobText::tr("%n platform(s)", nullptr, int(job.platforms.size()));
    return text;
}

Badge state(const JobSnapshot& job)
{
    switch (job.state) {
    case JobState::Waiting:
        return {JobText::tr("waiting"), Tone::Normal};
    case JobState::Preparing:
        return {JobText::tr("preparing"), Tone::Normal};
    case JobState::Finishing:
        return {JobText::tr("finishing"), Tone::Normal};
    case JobState::Paused:
        return {JobText::tr("paused"), Tone::Warning};
    case JobState::Failed: {
        const auto failed = std::ranges::count(job.targets, JobState::Failed, &JobTarget::state);
        if (failed < job.targets.size())
            return {JobText::tr("%1 of %2 failed", "destinations").arg(failed).arg(job.targets.size()),
                    Tone::Error};
        return {JobText::tr("failed"), Tone::Error};
    }
    case JobState::Cancelled:
        return {JobText::tr("cancelled"), Tone::Warning};
    case JobState::Interrupted:
        return {JobText::tr("interrupted"), Tone::Warning};
    case JobState::Running:
    case JobState::Done:
        break;
    }
    return {};
}

Badge targetState(const JobSnapshot& job)
{
    if (job.state == JobState::Done)
        return {JobText::tr("done"), Tone::Ok};
    if (job.isActive() && job.trouble)
        return {JobText::tr("trying again"), Tone::Warning, job.trouble->message};
    return state(job);
}

QString figures(const JobSnapshot& job)
{
    QStringList parts;
    if (job.isActive()) {
        if (job.bytesTotal > 0)
            parts.append(formatBytesOf(job.bytesDone, job.bytesTotal));
        if (job.bytesPerSecond > 0)
            parts.append(formatSpeed(job.bytesPerSecond));
        if (job.timeLeft)
            parts.append(JobText::tr("%1 left").arg(formatDuration(*job.timeLeft)));
        return parts.join(u" · "_s);
    }
    if (job.state == JobState::Done) {
        const auto took = std::chrono::seconds(job.startedAt.secsTo(job.finishedAt));
        if (job.bytesTotal == 0 && job.kind != JobKind::Export && job.kind != JobKind::Import)
            parts.append(towardsHere(job) ? JobText::tr("all was here already")
                                          : JobText::tr("all was there already"));
        else if (took.count() > 0)
            parts.append(JobText::tr("%1 in %2").arg(formatBytes(job.bytesDone), formatDuration(took)));
        else
            parts.append(formatBytes(job.bytesDone));
    }
    if (job.finishedAt.isValid()) {
        const QDateTime local = job.finishedAt.toLocalTime();
        const bool today = local.date() == QDate::currentDate();
        parts.append(today ? QLocale().toString(local.time(), QLocale::ShortFormat)
                           : QLocale().toString(local, QLocale::ShortFormat));
    }
    return parts.join(u" · "_s);
}

QString targetFigures(const JobSnapshot& job)
{
    if (job.isTakingOver())
        return JobText::tr("taking over from another repository");
    if (job.isActive())
        return figures(job);
    if (job.state != JobState::Done)
        return {};
    if (job.bytesTotal > 0)
        return formatBytes(job.bytesDone);
    return job.layersMounted > 0 ? JobText::tr("taken over from another repository")
                                 : JobText::tr("all was there already");
}

QString layersSummary(const JobSnapshot& job)
{
    if (job.layers.isEmpty())
        return job.detail;
    // In the order in which a layer goes through them; std::map keeps it.
    std::map<BlobState, int> counts;
    for (const JobLayer& layer : job.layers)
        ++counts[layer.state];
    QStringList parts;
    for (const BlobState state :
         {BlobState::Done, BlobState::Present, BlobState::Mounted, BlobState::Running, BlobState::Verifying,
          BlobState::Retrying, BlobState::Failed, BlobState::Waiting}) {
        const auto found = counts.find(state);
        if (found == counts.end())
            continue;
        JobLayer sample;
        sample.state = state;
        parts.append(JobText::tr("%1 %2", "number and state of layers, '4 uploading'")
                         .arg(found->second)
                         .arg(layerState(job, sample).text));
    }
    return formatLayerCount(int(job.layers.size())) + u": "_s + parts.join(u", "_s);
}

Badge layerState(const JobSnapshot& job, const JobLayer& layer)
{
    switch (layer.state) {
    case BlobState::Waiting:
        return {JobText::tr("waiting"), Tone::Normal};
    case BlobState::Present:
        return {towardsHere(job) ? JobText::tr("already here") : JobText::tr("already there"), Tone::Ok};
    case BlobState::Mounted:
        return {JobText::tr("mounted"), Tone::Ok};
    case BlobState::Running:
        return {towardsHere(job) ? JobText::tr("downloading") : JobText::tr("uploading"), Tone::Info};
    case BlobState::Verifying:
        return {JobText::tr("verifying"), Tone::Info};
    case BlobState::Retrying:
        return {JobText::tr("trying again"), Tone::Warning};
    case BlobState::Done:
        return {JobText::tr("done"), Tone::Ok};
    case BlobState::Failed:
        return {JobText::tr("failed"), Tone::Error};
    }
    return {};
}

} // namespace Tagboat::JobText
