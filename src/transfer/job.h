// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/error.h"
#include "transfer/copy.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace Tagboat {

enum class JobKind { Push, Pull, Copy, Import, Export };
//! Paused is active: it keeps its place in the queue, and goes on when it is told to.
enum class JobState { Waiting, Preparing, Running, Finishing, Paused, Done, Failed, Cancelled, Interrupted };
[[nodiscard]] QLatin1StringView toString(JobKind kind);
[[nodiscard]] QLatin1StringView toString(JobState state);

//! One layer row of a job.
struct JobLayer
{
    Digest digest;
    qint64 size = 0;
    qint64 bytesDone = 0;
    BlobState state = BlobState::Waiting;
    QString step; //!< build step, "config"
    QString mountedFrom;
    double bytesPerSecond = 0;
    int target = 0; //!< whose row this is: place in JobSnapshot::targets
};

//! One of several destinations of a job. What a field means is what it means in JobSnapshot.
struct JobTarget
{
    QString to, profileName, user;
    QString registry, repository;
    QStringList tags;
    //! Each goes its own way: one may be Done or Failed while others run.
    JobState state = JobState::Waiting;
    std::optional<Error> error; //!< what this one failed with
    std::optional<Error> trouble;
    QDateTime nextTry;
    Digest rootDigest;
    qint64 bytesDone = 0, bytesTotal = 0;
    double bytesPerSecond = 0;
    int layersPresent = 0, layersMounted = 0, layersMoved = 0;

    [[nodiscard]] bool isActive() const { return state < JobState::Done; }
};

/*!
 * \brief What window and command line see of a job: a value, complete at any time.
 */
struct JobSnapshot
{
    QString id; //!< UUID
    JobKind kind = JobKind::Push;
    JobState state = JobState::Waiting;
    QString image;       //!< familiar name: "alice/ui:v1"
    QString from, to;    //!< place labels: "This computer" is left to the UI: empty means the embedded store
    QString profileName; //!< acting as; empty: anonymous or local
    QString user;
    QString registry, repository; //!< the remote end, for remedies ("retag", "log in", "allow plain HTTP")
    QStringList tags;             //!< names set at the destination
    //! Where it goes to several places: all of them, in the order asked for; the fields above are then those
    //! of the first. Empty where there is one destination. Sums below are over all targets; what several of
    //! one registry need is in bytesTotal of the one that sends it.
    QList<JobTarget> targets;
    QList<Platform> platforms;
    QList<JobLayer> layers;
    QString detail;        //!< what is being read or written now (import, export)
    qint64 bytesDone = 0;  //!< of bytesTotal, moved bytes only
    qint64 bytesTotal = 0; //!< to be moved
    double bytesPerSecond = 0;
    std::optional<std::chrono::seconds> timeLeft;
    int layersPresent = 0, layersMounted = 0, layersMoved = 0;
    Digest rootDigest;
    std::optional<Error> error;
    bool isRepeatable = true; //!< TransferQueue::retry() can run it
    //! No layer is moving and some wait for another try: what for, and when that will be.
    std::optional<Error> trouble;
    QDateTime nextTry;
    int position = -1; //!< in the queue of active jobs, from 0; -1: not one of them
    //! What it takes to make this job anew in another run; made and read by whoever queued it. No secrets.
    QJsonObject recipe;
    QDateTime queuedAt, startedAt, finishedAt;

    [[nodiscard]] bool isActive() const { return state < JobState::Done; }
    //! Every place it goes to: `targets`, or the one that the job's own fields tell of.
    [[nodiscard]] QList<JobTarget> destinations() const;
    //! As if the target at this place were the only one: for words and remedies about it.
    [[nodiscard]] JobSnapshot only(qsizetype target) const;
    //! Of one destination: it has sent what it had to, and the rest is on its way to another repository.
    [[nodiscard]] bool isTakingOver() const;
    //! The process that ran it is gone: what was active is Interrupted.
    void interrupt();
};

} // namespace Tagboat

Q_DECLARE_METATYPE(Tagboat::JobSnapshot)
