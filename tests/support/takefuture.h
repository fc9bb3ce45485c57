// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QSignalSpy>

namespace Tagboat::Testing {

//! The future's result, with the event loop running meanwhile as in the window; Timeout after a minute.
template<typename T>
T take(QFuture<T> future)
{
    QFutureWatcher<T> watcher;
    QSignalSpy done(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    if (!future.isFinished())
        done.wait(60'000);
    return future.isFinished()
        ? future.result()
        : T(fail(Error::Code::Timeout, {}, QStringLiteral("no answer from the engine")));
}

} // namespace Tagboat::Testing
