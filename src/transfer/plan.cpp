// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/plan.h"

#include "transfer/imagegraph.h"
#include "transfer/presence.h"

#include <algorithm>

namespace Tagboat {

namespace {

qint64 bytesOf(const QList<PlannedBlob>& blobs, PlannedBlob::Action action)
{
    qint64 sum = 0;
    for (const PlannedBlob& blob : blobs) {
        if (blob.action == action)
            sum += blob.descriptor.size;
    }
    return sum;
}

} // namespace

RetryPolicy retryOf(const CopyOptions& options)
{
    return options.retry ? *options.retry : RetryPolicy::standard(options.attempts);
}

qint64 Plan::bytesToTransfer() const
{
    return bytesOf(blobs, PlannedBlob::Action::Transfer);
}

qint64 Plan::bytesPresent() const
{
    return bytesOf(blobs, PlannedBlob::Action::Present);
}

int Plan::count(PlannedBlob::Action action) const
{
    return static_cast<int>(
        std::ranges::count_if(blobs, [action](const PlannedBlob& blob) { return blob.action == action; }));
}

Task<Result<Plan>> walkSource(CopySource source, CopyOptions options, std::stop_token stop)
{
    return walkImage(std::move(source), options, retryOf(options), std::move(stop));
}

Task<Result<Plan>> planFor(Plan walked, CopySource source, CopyDestination destination, CopyOptions options,
                           std::stop_token stop)
{
    if (destination.lookUpKnown) {
        QList<Digest> digests;
        for (const PlannedBlob& blob : std::as_const(walked.blobs))
            digests.append(blob.descriptor.digest);
        const auto known = destination.lookUpKnown(digests);
        for (auto it = known.cbegin(); it != known.cend(); ++it)
            destination.knownAt[it.key()] += it.value();
    }
    return askDestination(std::move(walked), std::move(source), std::move(destination), retryOf(options),
                          std::move(stop));
}

Task<Result<Plan>> makePlan(CopySource source, CopyDestination destination, CopyOptions options,
                            std::stop_token stop)
{
    auto walked = co_await walkSource(source, options, stop);
    if (!walked)
        co_return std::unexpected(std::move(walked.error()));
    if (stop.stop_requested())
        co_return cancelled();
    auto plan = co_await planFor(std::move(*walked), source, destination, options, stop);
    co_return plan;
}

} // namespace Tagboat
