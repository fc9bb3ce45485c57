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

/*!
 * \brief What there is to tell of a way to one destination: of a job that has no other, or of one of several
 * targets, each of which may be Done or Failed while others run.
 */
struct JobTarget
{
    QString to;          //!< place label: "This computer" is left to the UI: empty means the embedded store
    QString profileName; //!< acting as; empty: anonymous or local
    QString user;
    QString registry, repository; //!< the remote end, for remedies ("retag", "log in", "allow plain HTTP")
    QStringList tags;             //!< names set at the destination
    JobState state = JobState::Waiting;
    std::optional<Error> error;
    //! No layer is moving and some wait for another try: what for, and when that will be.
    std::optional<Error> trouble;
    QDateTime nextTry;
    Digest rootDigest;
    qint64 bytesDone = 0;  //!< of bytesTotal, moved bytes only
    qint64 bytesTotal = 0; //!< to be moved
    double bytesPerSecond = 0;
    int layersPresent = 0, layersMounted = 0, layersMoved = 0;

    [[nodiscard]] bool isActive() const { return state < JobState::Done; }
};

/*!
 * \brief What window and command line see of a job: a value, complete at any time.
 *
 * Of a job to several places, what it has of JobTarget is the first one's as far as it says where, and their
 * sum as far as it counts; what keeps all of them from going is the job's own error.
 */
struct JobSnapshot : JobTarget
{
    QString id; //!< UUID
    JobKind kind = JobKind::Push;
    QString image; //!< familiar name: "alice/ui:v1"
    QString from;  //!< place label, as `to`
    //! Where it goes to several places: all of them, in the order asked for. Empty where there is one
    //! destination. What several of one registry need is in bytesTotal of the one that sends it.
    QList<JobTarget> targets;
    QList<Platform> platforms;
    QList<JobLayer> layers;
    QString detail; //!< what is being read or written now (import, export)
    std::optional<std::chrono::seconds> timeLeft;
    bool isRepeatable = true; //!< TransferQueue::retry() can run it
    int position = -1;        //!< in the queue of active jobs, from 0; -1: not one of them
    //! What it takes to make this job anew in another run; made and read by whoever queued it. No secrets.
    QJsonObject recipe;
    QDateTime queuedAt, startedAt, finishedAt;

    //! Every place it goes to: `targets`, or the one that it is itself.
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
