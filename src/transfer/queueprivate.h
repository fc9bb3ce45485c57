// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/taskgroup.h"
#include "transfer/jobprogress.h"
#include "transfer/jobrunner.h"
#include "transfer/queue.h"
#include "transfer/throttle.h"

#include <QHash>
#include <QTimer>

namespace Tagboat {

//! One job of a queue, from its queueing until it is forgotten.
struct QueuedJob
{
    QString id;
    JobRequest request; //!< empty for jobs of earlier runs
    std::shared_ptr<JobProgress> progress;
    std::stop_source stop;
    bool isCancelAsked = false;
    bool isPauseAsked = false;
    bool isPaused = false;
    bool isResumeAsked = false; //!< while it was still stopping for a pause
    bool isStarted = false;
    RateLimiterPtr limiter = std::make_shared<RateLimiter>();
    std::unique_ptr<Throttle> throttle;
    std::chrono::steady_clock::time_point savedAt{};

    [[nodiscard]] bool isWaiting() const { return !isStarted; }
    [[nodiscard]] bool canRun() const { return request.open || request.run; }
    [[nodiscard]] bool mayStart() const { return !isStarted && !isPaused; }
};
using JobPtr = std::shared_ptr<QueuedJob>;

//! What a queue is made of, and how it runs its jobs (queueruns.cpp); what it offers stands in queue.cpp.
struct TransferQueue::Private
{
    TransferQueue* q = nullptr; //!< null once the queue is gone
    std::shared_ptr<Journal> journal;
    int parallelJobs = 1;
    QList<JobPtr> active;   //!< in order
    QList<JobPtr> finished; //!< newest first
    TransferQueue::Remake remake;
    RateLimiterPtr limiter = std::make_shared<RateLimiter>();
    QHash<QString, RateLimiterPtr> registryLimiters;
    int running = 0;
    bool isClosing = false;
    std::unique_ptr<TaskGroup> tasks = std::make_unique<TaskGroup>(std::stop_token());
    QTimer ticker;

    using Ptr = std::shared_ptr<Private>;

    void loadHistory();
    [[nodiscard]] int stalled() const;
    [[nodiscard]] bool isHeldUp(const JobPtr& job) const;
    void goOn(const JobPtr& job);
    [[nodiscard]] RateLimiterPtr registryLimiter(const QString& registry);
    [[nodiscard]] static JobSurroundings surroundingsOf(const Ptr& d, const JobPtr& job);
    void number();
    void park(const JobPtr& job);
    static void post(const Ptr& d);
    static void pump(const Ptr& d);
    static void start(const Ptr& d, const JobPtr& job);
    static Task<Result<void>> drive(Ptr d, JobPtr job);
    static Task<void> close(Ptr d);
    static void watch(const Ptr& d, const JobPtr& job);
    void end(const JobPtr& job, const Result<void>& result);
    void tick();
    void show(const JobPtr& job);
    void save(const JobPtr& job);
};

} // namespace Tagboat
