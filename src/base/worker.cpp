// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/worker.h"

#include "base/workerjob.h"

#include <QCoreApplication>
#include <QRunnable>
#include <QThread>
#include <QThreadPool>

#include <atomic>

namespace Tagboat::Detail {

namespace {

void endThreads();

QThreadPool& pool()
{
    // Not the global one: libraries fill that with what they like.
    static QThreadPool pool;
    static const bool isSetUp = [] {
        pool.setMaxThreadCount(std::max(2, QThread::idealThreadCount()));
        pool.setObjectName(QStringLiteral("workers"));
        // With the application, not with the statics: OpenSSL clears up at exit, and what it keeps for a
        // thread that ends later would be lost.
        qAddPostRoutine(endThreads);
        return true;
    }();
    Q_UNUSED(isSetUp)
    return pool;
}

void endThreads()
{
    pool().waitForDone();
}

class Job : public QRunnable
{
public:
    Job(std::function<void()> job, Wakeup done) : m_job(std::move(job)), m_done(std::move(done))
    {
        m_isMade.store(true, std::memory_order_release);
    }

    void run() override
    {
        // The pool orders this thread after the maker anyway; saying so here makes it visible to
        // ThreadSanitizer, which does not see into an uninstrumented Qt.
        if (!m_isMade.load(std::memory_order_acquire))
            return;
        m_job();
        m_job = nullptr; // what it held is let go before its owner hears of the end
        m_done.raise();
    }

private:
    std::function<void()> m_job;
    Wakeup m_done;
    std::atomic<bool> m_isMade = false;
};

} // namespace

Wakeup startOnWorker(std::function<void()> job)
{
    Wakeup done;
    pool().start(new Job(std::move(job), done));
    return done;
}

Task<void> runOnWorker(std::function<void()> job)
{
    const Wakeup done = startOnWorker(std::move(job));
    co_await done.wait();
}

} // namespace Tagboat::Detail
