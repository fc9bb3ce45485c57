// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/usage.h"

namespace Tagboat {

UsageCount::UsageCount(const StoreView& view, const QSet<Digest>& leased)
    : m_owners(static_cast<size_t>(view.graph.blobCount()))
{
    const ImageGraph& graph = view.graph;
    const auto& roots = graph.roots();
    for (size_t i = 0; i < roots.size(); ++i) {
        if (roots[i].isPart)
            continue;
        const int image = static_cast<int>(m_images.size());
        m_images.push_back(static_cast<int>(i));
        for (const int blob : roots[i].blobs)
            m_owners[blob].push_back(image);
        m_total.names += static_cast<int>(roots[i].names.size());
    }
    m_total.images = static_cast<int>(m_images.size());
    std::vector<bool> isOwned(m_owners.size());
    for (size_t blob = 0; blob < m_owners.size(); ++blob)
        isOwned[blob] = !m_owners[blob].empty();
    for (size_t image = 0; image < m_images.size(); ++image) {
        for (const int blob : roots[m_images[image]].subjects) {
            if (!isOwned[blob])
                m_owners[blob].push_back(static_cast<int>(image));
        }
    }

    m_sizes.resize(m_images.size());
    m_unique.resize(m_images.size());
    qint64 sumOfSizes = 0;
    for (size_t blob = 0; blob < m_owners.size(); ++blob) {
        const qint64 bytes = graph.bytesOf(static_cast<int>(blob));
        for (const int image : m_owners[blob])
            m_sizes[image] += bytes;
        sumOfSizes += bytes * static_cast<qint64>(m_owners[blob].size());
        if (m_owners[blob].size() == 1) {
            m_unique[m_owners[blob].front()] += bytes;
            m_total.unique += bytes;
        } else if (!m_owners[blob].empty()) {
            m_total.shared += bytes;
        }
    }
    m_total.saved = sumOfSizes - m_total.unique - m_total.shared;

    const auto held = graph.marksOf(graph.heldRoots());
    const auto kept = graph.marksOf(std::vector<bool>(roots.size(), true));
    const BlobListing& blobs = graph.listing();
    for (auto blob = blobs.cbegin(); blob != blobs.cend(); ++blob) {
        m_total.total += blob->size;
        if (leased.contains(blob.key()))
            continue;
        const int number = graph.numberOf(blob.key());
        if (number < 0 || !held[number])
            m_total.reclaimable += blob->size;
        if (number < 0 || !kept[number])
            m_total.unreferenced += blob->size;
    }
    const qint64 leftovers = view.ingest.abandonedBytes();
    m_total.total += leftovers;
    m_total.reclaimable += leftovers;
    m_total.unreferenced += leftovers;
    m_total.unfinished = view.ingest.unfinishedBytes();
    m_total.total += m_total.unfinished;
}

} // namespace Tagboat
