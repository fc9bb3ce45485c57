// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storecore.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Some 300,000 entries. An index.json beyond that is no index but an attack on our memory.
constexpr qint64 MaxIndexSize = 128 * 1024 * 1024;

} // namespace

Result<OciLayoutIndex> readIndex(const LayoutFiles& files)
{
    const auto bytes =
        DiskFile::open(files.indexPath()).and_then([](DiskFile file) { return file.readAll(MaxIndexSize); });
    if (!bytes && bytes.error().code == Error::Code::NotFound)
        return fail(Error::Code::Corrupt, files.indexPath(), u"is missing from the image layout"_s);
    if (!bytes && bytes.error().code == Error::Code::InvalidInput)
        return fail(Error::Code::Corrupt, files.indexPath(), bytes.error().message);
    if (!bytes)
        return std::unexpected(bytes.error());
    return OciLayoutIndex::parse(*bytes, files.indexPath());
}

Result<void> writeIndex(const LayoutFiles& files, const OciLayoutIndex& index, const StoreLock& lock)
{
    Q_UNUSED(lock)
    return files.replace(files.indexPath(), index.toBytes());
}

Result<StoreView> StoreView::take(StoreCore& core, const StoreLock& lock)
{
    Q_UNUSED(lock)
    auto index = readIndex(core.files);
    if (!index)
        return std::unexpected(std::move(index.error()));
    auto blobs = core.files.listBlobs();
    if (!blobs)
        return std::unexpected(std::move(blobs.error()));
    auto ingest = scanIngest(core.files);
    if (!ingest)
        return std::unexpected(std::move(ingest.error()));
    StoreView view;
    view.graph = ImageGraph::build(*index, std::move(*blobs), core.documents);
    view.index = std::move(*index);
    view.ingest = std::move(*ingest);
    return view;
}

QSet<Digest> StoreView::leased(StoreCore& core) const
{
    QSet<Digest> digests = ingest.leasedBlobs;
    for (const Digest& digest : ingest.leasedManifests) {
        Descriptor manifest;
        manifest.digest = digest;
        digests.unite(reachOf(manifest, core.documents));
    }
    return digests;
}

} // namespace Tagboat
