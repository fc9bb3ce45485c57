// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/worker.h"

#include "base/workerjob.h"

#include <QCoreApplication>
#include <QRunnable>
#include <QThread>
#include <QThreadPool>

#include <openssl/crypto.h>

#include <atomic>

namespace Tagboat::Detail {

namespace {

std::atomic<int> s_threads = 0; // that have not given back yet what OpenSSL keeps for them

//! Qt calls a thread ended before it is: what libraries keep for it is cleared up after that, at exit even
//! beside the end of the process.
struct ThreadEnd
{
    ThreadEnd() { ++s_threads; }
    ~ThreadEnd()
    {
        OPENSSL_thread_stop();
        --s_threads;
        s_threads.notify_all();
    }
    Q_DISABLE_COPY_MOVE(ThreadEnd)
};

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
    for (int left = s_threads; left > 0; left = s_threads)
        s_threads.wait(left);
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
        [[maybe_unused]] static thread_local const ThreadEnd end;
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
