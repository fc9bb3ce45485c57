// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/enginethread.h"

#include <mutex>

namespace Tagboat {

struct EngineThread::Private
{
    QThread thread;
    QObject anchor; // lives in the thread; what is posted goes to it
    std::stop_source source;
    std::mutex mutex; // guards acceptsWork
    bool acceptsWork = true;

    // Engine thread only.
    int running = 0;
    bool isDraining = false;
    std::function<void()> cleanUp;

    void endIfDrained()
    {
        if (!isDraining || running != 0)
            return;
        // Queued, so that the last task's frame has gone when the clean-up runs.
        QMetaObject::invokeMethod(
            &anchor,
            [this] {
                if (cleanUp)
                    std::exchange(cleanUp, {})();
                thread.quit();
            },
            Qt::QueuedConnection);
    }
};

EngineThread::EngineThread() : d(std::make_unique<Private>())
{
    d->thread.setObjectName(QStringLiteral("engine"));
    d->anchor.moveToThread(&d->thread);
    d->thread.start();
}

EngineThread::~EngineThread()
{
    shutdown();
}

bool EngineThread::post(std::function<void()> function)
{
    const std::lock_guard lock(d->mutex);
    if (!d->acceptsWork)
        return false;
    return QMetaObject::invokeMethod(&d->anchor, std::move(function), Qt::QueuedConnection);
}

void EngineThread::shutdown(std::function<void()> cleanUp)
{
    Q_ASSERT_X(!d->thread.isCurrentThread(), "EngineThread::shutdown", "called on the engine thread itself");
    {
        const std::lock_guard lock(d->mutex);
        if (!std::exchange(d->acceptsWork, false)) {
            d->thread.wait();
            return;
        }
        // Behind all that was posted before, so every accepted task has begun when draining starts.
        QMetaObject::invokeMethod(
            &d->anchor,
            [p = d.get(), cleanUp = std::move(cleanUp)] {
                p->isDraining = true;
                p->cleanUp = cleanUp;
                p->endIfDrained();
            },
            Qt::QueuedConnection);
    }
    d->source.request_stop();
    d->thread.wait();
}

std::stop_token EngineThread::token() const
{
    return d->source.get_token();
}

QThread* EngineThread::thread() const
{
    return &d->thread;
}

void EngineThread::begin()
{
    ++d->running;
}

void EngineThread::end()
{
    --d->running;
    d->endIfDrained();
}

} // namespace Tagboat
