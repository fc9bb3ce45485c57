// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/sweep.h"

#include <QDateTime>

#include <algorithm>

namespace Tagboat {

namespace {

Result<void> removeFiles(const LayoutFiles& files, const Sweep& sweep)
{
    for (const Digest& blob : sweep.blobs) {
        if (auto removed = Disk::remove(files.blobPath(blob)); !removed)
            return fail(files.blamed(std::move(removed.error())));
    }
    for (const IngestScan::Leftover& leftover : sweep.leftovers) {
        if (auto removed = Disk::remove(leftover.path); !removed)
            return fail(files.blamed(std::move(removed.error())));
    }
    return {};
}

} // namespace

Sweep onlyOf(const StoreView& view, StoreCore& core, const std::vector<bool>& chosen)
{
    Sweep sweep;
    if (std::ranges::find(chosen, true) == chosen.end())
        return sweep;
    const ImageGraph& graph = view.graph;
    auto remaining = chosen;
    remaining.flip();
    const auto going = graph.marksOf(chosen);
    const auto staying = graph.marksOf(remaining);
    const QSet<Digest> leased = view.leased(core);
    for (int blob = 0; blob < graph.blobCount(); ++blob) {
        const Digest& digest = graph.digestOf(blob);
        if (!going[blob] || staying[blob] || leased.contains(digest) || !graph.listing().contains(digest))
            continue;
        sweep.blobs.append(digest);
        sweep.bytes += graph.bytesOf(blob);
    }
    return sweep;
}

void addUnreferenced(Sweep& sweep, const StoreView& view, StoreCore& core, std::chrono::seconds grace)
{
    const ImageGraph& graph = view.graph;
    const auto marks = graph.marksOf(std::vector<bool>(graph.roots().size(), true));
    const QSet<Digest> leased = view.leased(core);
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const BlobListing& blobs = graph.listing();
    for (auto blob = blobs.cbegin(); blob != blobs.cend(); ++blob) {
        const int number = graph.numberOf(blob.key());
        const bool isReferenced = number >= 0 && marks[number];
        if (isReferenced || leased.contains(blob.key()) || now - blob->modified < grace.count())
            continue;
        sweep.blobs.append(blob.key());
        sweep.bytes += blob->size;
    }
}

QList<Digest> imagesAmong(const ImageGraph& graph, const std::vector<bool>& chosen)
{
    QList<Digest> images;
    for (size_t i = 0; i < chosen.size(); ++i) {
        const ImageRoot& root = graph.roots()[i];
        if (chosen[i] && !root.isPart && !images.contains(root.id))
            images.append(root.id);
    }
    return images;
}

GarbageReport reportOf(const Sweep& sweep, const QList<Digest>& images)
{
    GarbageReport report;
    report.bytes = sweep.bytes;
    report.blobs = static_cast<int>(sweep.blobs.size());
    for (const IngestScan::Leftover& leftover : sweep.leftovers)
        report.bytes += leftover.size;
    report.ingestFiles = static_cast<int>(sweep.leftovers.size());
    report.images = images;
    return report;
}

Result<GarbageReport> removeRoots(StoreView& view, StoreCore& core, const std::vector<bool>& chosen,
                                  const Sweep& sweep, const StoreLock& lock)
{
    QSet<Digest> targets;
    for (size_t i = 0; i < chosen.size(); ++i) {
        if (chosen[i])
            targets.insert(view.graph.roots()[i].target.digest);
    }
    core.documents.forget(sweep.blobs);
    if (targets.isEmpty()) {
        if (const auto removed = removeFiles(core.files, sweep); !removed)
            return std::unexpected(removed.error());
        return reportOf(sweep, {});
    }
    view.index.removeTargets(targets);
    auto written = writeIndex(core.files, view.index, lock);
    // A disk without room for a new index.json is the very reason to remove something: then the blobs go
    // first, and what a crash right now could leave is an image that is known to be incomplete.
    const bool isFull = !written && written.error().code == Error::Code::DiskFull;
    if (!written && !isFull)
        return std::unexpected(written.error());
    if (const auto removed = removeFiles(core.files, sweep); !removed)
        return std::unexpected(removed.error());
    if (isFull)
        written = writeIndex(core.files, view.index, lock);
    if (!written)
        return std::unexpected(written.error());
    return reportOf(sweep, imagesAmong(view.graph, chosen));
}

} // namespace Tagboat
