// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "transfer/copy.h"
#include "transfer/retry.h"

#include <QDir>
#include <QHash>
#include <QMap>

#include <functional>

namespace Tagboat::Testing {

[[nodiscard]] inline std::shared_ptr<ImageStore> openStore(const QString& folder)
{
    auto store = ImageStore::open(folder);
    if (!store)
        qFatal("%s", qPrintable(store.error().toString()));
    return std::move(*store);
}

[[nodiscard]] inline CopySource sourceOf(std::shared_ptr<ContentReader> reader, const QString& name)
{
    CopySource source;
    source.reader = std::move(reader);
    source.name = name;
    source.label = name;
    return source;
}

[[nodiscard]] inline CopyDestination destinationOf(const std::shared_ptr<ImageStore>& store,
                                                   const QStringList& names)
{
    CopyDestination destination;
    destination.writer = store->writer();
    destination.names = names;
    destination.label = store->directory();
    return destination;
}

namespace Detail {
[[nodiscard]] inline Task<Result<void>> noPause(std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    co_return Result<void>();
}
} // namespace Detail

//! Options whose retries do not wait.
[[nodiscard]] inline CopyOptions quickOptions(int attempts = 5)
{
    RetryPolicy policy = RetryPolicy::standard(attempts);
    policy.pause = [](std::chrono::milliseconds, std::stop_token stop) {
        return Detail::noPause(std::move(stop));
    };
    CopyOptions options;
    options.attempts = attempts;
    options.retry = std::make_shared<const RetryPolicy>(std::move(policy));
    return options;
}

//! What is left over of writing: files in `ingest/` but for the lease that a living writer holds.
[[nodiscard]] inline QStringList leftovers(const std::shared_ptr<ImageStore>& store)
{
    QStringList files = QDir(store->directory() + QStringLiteral("/ingest")).entryList(QDir::Files);
    files.removeIf([](const QString& file) { return file.endsWith(QLatin1StringView(".lease")); });
    return files;
}

//! Writes down what a copy told.
class NotingObserver : public CopyObserver
{
public:
    QHash<Digest, QList<BlobState>> states;
    QList<Digest> started; //!< in the order of their first byte
    QMap<QString, QString> mountedFrom;
    QList<Error> retried;
    bool isFinishing = false;
    std::function<void(const Digest&, BlobState, qint64)> onChange;

    void blobChanged(const Digest& digest, BlobState state, qint64 bytesDone) override
    {
        QList<BlobState>& all = states[digest];
        if (state == BlobState::Running && !started.contains(digest))
            started.append(digest);
        if (all.isEmpty() || all.constLast() != state)
            all.append(state);
        if (onChange)
            onChange(digest, state, bytesDone);
    }
    void blobMounted(const Digest& digest, const QString& from) override
    {
        mountedFrom.insert(digest.toString(), from);
    }
    void retrying(const Digest&, const Error& error, int, std::chrono::milliseconds) override
    {
        retried.append(error);
    }
    void finishing() override { isFinishing = true; }

    [[nodiscard]] bool isLast(const Digest& digest, BlobState state) const
    {
        const auto all = states.value(digest);
        return !all.isEmpty() && all.constLast() == state;
    }
    [[nodiscard]] bool hasRun(const Digest& digest) const { return started.contains(digest); }
};

//! Plans and copies, as the queue does.
[[nodiscard]] inline Task<Result<CopyReport>> planAndCopy(CopySource source, CopyDestination destination,
                                                          CopyOptions options,
                                                          std::shared_ptr<CopyObserver> observer,
                                                          std::stop_token stop)
{
    auto plan = co_await makePlan(source, destination, options, stop);
    if (!plan)
        co_return std::unexpected(std::move(plan.error()));
    auto report = co_await copyImage(*plan, source, destination, options, observer, stop);
    co_return report;
}

} // namespace Tagboat::Testing
