// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/copy.h"

#include "base/taskgroup.h"
#include "oci/mediatype.h"
#include "transfer/blobcopy.h"
#include "transfer/origin.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr int ParallelManifests = 4;

class NobodyWatches : public CopyObserver
{
public:
    void blobChanged(const Digest&, BlobState, qint64) override { }
    void blobMounted(const Digest&, const QString&) override { }
    void retrying(const Digest&, const Error&, int, std::chrono::milliseconds) override { }
};

Task<Result<void>> pushManifest(CopyRunPtr run, ManifestContent manifest, QStringList names,
                                std::stop_token stop)
{
    std::function<Task<Result<void>>(std::stop_token)> work = [run, manifest, names](std::stop_token inner) {
        return run->destination.writer->pushManifest(manifest, names, std::move(inner));
    };
    auto pushed = co_await withRetries<void>(work, run->retry, {}, stop);
    if (!pushed)
        co_return failAtDestination(std::move(pushed.error()), u"push manifest"_s);
    co_return pushed;
}

//! Largest first: the longest way must not be the last one begun.
QList<PlannedBlob> missingBlobs(const Plan& plan)
{
    QList<PlannedBlob> blobs;
    std::ranges::copy_if(plan.blobs, std::back_inserter(blobs),
                         [](const PlannedBlob& blob) { return blob.action != PlannedBlob::Action::Present; });
    std::ranges::stable_sort(blobs, std::ranges::greater(),
                             [](const PlannedBlob& blob) { return blob.descriptor.size; });
    return blobs;
}

Task<Result<void>> copyBlobs(CopyRunPtr run, int parallel, std::stop_token stop)
{
    for (const PlannedBlob& blob : std::as_const(run->plan.blobs)) {
        if (blob.action != PlannedBlob::Action::Present)
            continue;
        ++run->report.blobsPresent;
        run->observer->blobChanged(blob.descriptor.digest, BlobState::Present, 0);
    }
    TaskGroup group(stop, std::max(parallel, 1));
    const QList<PlannedBlob> blobs = missingBlobs(run->plan);
    for (const PlannedBlob& blob : blobs)
        group.spawn([run, blob](std::stop_token inner) { return copyBlob(run, blob, std::move(inner)); });
    auto joined = co_await group.join();
    co_return joined;
}

//! Images side by side, then indexes in the plan's order, which has children before parents.
Task<Result<void>> pushChildren(CopyRunPtr run, std::stop_token stop)
{
    TaskGroup images(stop, ParallelManifests);
    QList<ManifestContent> indexes;
    for (const ManifestContent& manifest : std::as_const(run->plan.manifests)) {
        if (manifest.descriptor.digest == run->plan.root.digest)
            continue;
        if (MediaType::isIndex(manifest.descriptor.mediaType)) {
            indexes.append(manifest);
            continue;
        }
        images.spawn([run, manifest](std::stop_token inner) {
            return pushManifest(run, manifest, {}, std::move(inner));
        });
    }
    auto joined = co_await images.join();
    if (!joined)
        co_return std::unexpected(std::move(joined.error()));
    for (const ManifestContent& index : std::as_const(indexes)) {
        auto pushed = co_await pushManifest(run, index, {}, stop);
        if (!pushed)
            co_return std::unexpected(std::move(pushed.error()));
    }
    co_return Result<void>();
}

//! The root with \a names; without any under its digest only.
Task<Result<void>> pushRootAs(CopyRunPtr run, QStringList names, std::stop_token stop)
{
    const auto root = std::ranges::find_if(run->plan.manifests, [&run](const ManifestContent& manifest) {
        return manifest.descriptor.digest == run->plan.root.digest;
    });
    if (root == run->plan.manifests.cend())
        co_return fail(Error::Code::Internal, run->plan.root.digest.toString(),
                       u"the plan has no root manifest"_s);
    auto pushed = co_await pushManifest(run, *root, names, stop);
    co_return pushed;
}

//! Each after what it refers to. Those that are there already, too: their manifests are small, and a list of
//! referrers that a client has to keep may lack them (registry/referrerstag.h).
Task<Result<void>> pushReferrers(CopyRunPtr run, std::stop_token stop)
{
    if (!run->plan.rootIsPresent) {
        auto root = co_await pushRootAs(run, {}, stop);
        if (!root)
            co_return std::unexpected(std::move(root.error()));
    }
    const QList<PlannedReferrer> referrers = run->plan.referrers;
    for (const PlannedReferrer& referrer : referrers) {
        auto pushed = co_await pushManifest(run, referrer.manifest, {}, stop);
        if (!pushed)
            co_return std::unexpected(std::move(pushed.error()));
        if (stop.stop_requested())
            co_return cancelled(u"copy image"_s);
    }
    co_return Result<void>();
}

//! The root with the names that do not point at it yet: an immutable tag that is right already must not be
//! touched.
Task<Result<void>> pushRoot(CopyRunPtr run, std::stop_token stop)
{
    QStringList names;
    for (const PlannedName& name : std::as_const(run->plan.names)) {
        if (!run->plan.rootIsPresent || !name.previous || name.moves(run->plan.root))
            names.append(name.name);
    }
    if (run->plan.rootIsPresent && names.isEmpty())
        co_return Result<void>();
    auto pushed = co_await pushRootAs(run, names, stop);
    co_return pushed;
}

} // namespace

Task<Result<CopyReport>> copyImage(Plan plan, CopySource source, CopyDestination destination,
                                   CopyOptions options, std::shared_ptr<CopyObserver> observer,
                                   std::stop_token stop)
{
    const auto start = std::chrono::steady_clock::now();
    const auto run = std::make_shared<CopyRun>();
    run->plan = std::move(plan);
    run->source = std::move(source);
    run->destination = std::move(destination);
    run->retry = retryOf(options);
    if (!options.retry)
        run->retry.patience = options.patience;
    run->options = options;
    run->observer = observer ? std::move(observer) : std::make_shared<NobodyWatches>();

    auto blobs = co_await copyBlobs(run, options.parallelBlobs, stop);
    if (!blobs)
        co_return std::unexpected(std::move(blobs.error()));
    if (stop.stop_requested())
        co_return cancelled(u"copy image"_s);
    run->observer->finishing();
    if (!run->plan.rootIsPresent) {
        auto children = co_await pushChildren(run, stop);
        if (!children)
            co_return std::unexpected(std::move(children.error()));
        if (stop.stop_requested())
            co_return cancelled(u"copy image"_s);
    }
    if (!run->plan.referrers.isEmpty()) {
        auto referrers = co_await pushReferrers(run, stop);
        if (!referrers)
            co_return std::unexpected(std::move(referrers.error()));
    }
    auto root = co_await pushRoot(run, stop);
    if (!root)
        co_return std::unexpected(std::move(root.error()));

    CopyReport report = std::move(run->report);
    report.root = run->plan.root;
    report.names = run->plan.names;
    report.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    co_return Result<CopyReport>(std::move(report));
}

} // namespace Tagboat
