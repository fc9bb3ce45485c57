// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storecore.h"

#include <future>
#include <mutex>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Some 300,000 entries. An index.json beyond that is no index but an attack on our memory.
constexpr qint64 MaxIndexSize = 128 * 1024 * 1024;

} // namespace

//! index.json as it was read last. Reading it again costs a hundredth of taking it apart, and its bytes say
//! for certain whether it is another one.
struct IndexMemory
{
    std::mutex mutex;
    QByteArray bytes;
    OciLayoutIndex index;
};

LayoutFiles::LayoutFiles(QString directory)
    : m_directory(std::move(directory)), m_indexMemory(std::make_shared<IndexMemory>())
{ }

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
    IndexMemory& memory = *files.indexMemory();
    const std::scoped_lock lock(memory.mutex);
    if (!memory.bytes.isEmpty() && memory.bytes == *bytes)
        return memory.index;
    auto index = OciLayoutIndex::parse(*bytes, files.indexPath());
    if (index) {
        memory.bytes = *bytes;
        memory.index = *index;
    }
    return index;
}

Result<void> writeIndex(const LayoutFiles& files, const OciLayoutIndex& index, const StoreLock& lock)
{
    Q_UNUSED(lock)
    auto written = files.replace(files.indexPath(), index.toBytes());
    if (written)
        files.names().tell(index.changes());
    return written;
}

Result<StoreView> StoreView::take(StoreCore& core, const StoreLock& lock)
{
    Q_UNUSED(lock)
    auto listing = std::async(std::launch::async, [&core] { return core.files.listBlobs(); });
    if (!core.namesAsGiven)
        core.documents.load(core.files.documentsPath());
    auto index = readIndex(core.files);
    auto blobs = listing.get();
    if (!index)
        return std::unexpected(std::move(index.error()));
    if (!blobs)
        return std::unexpected(std::move(blobs.error()));
    auto ingest = scanIngest(core.files);
    if (!ingest)
        return std::unexpected(std::move(ingest.error()));
    QList<Descriptor> roots;
    for (const OciLayoutIndex::Entry& entry : index->entries()) {
        if (entry.target && (roots.isEmpty() || roots.last().digest != entry.target->digest))
            roots.append(*entry.target);
    }
    core.documents.readAhead(roots, *blobs);
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
