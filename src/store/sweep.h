// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "store/storecore.h"

namespace Tagboat {

//! Files that are to go.
struct Sweep
{
    QList<Digest> blobs;
    qint64 bytes = 0; //!< of the blobs
    QList<IngestScan::Leftover> leftovers;
};

//! The blobs that the chosen roots lead to and nothing else does, no running push either.
[[nodiscard]] Sweep onlyOf(const StoreView& view, StoreCore& core, const std::vector<bool>& chosen);
//! Adds the blobs that no root leads to, no running push either, and that have been so for longer than \a
//! grace.
void addUnreferenced(Sweep& sweep, const StoreView& view, StoreCore& core, std::chrono::seconds grace);
//! IDs of the images among the chosen roots, each once.
[[nodiscard]] QList<Digest> imagesAmong(const ImageGraph& graph, const std::vector<bool>& chosen);
[[nodiscard]] GarbageReport reportOf(const Sweep& sweep, const QList<Digest>& images);
//! Takes the chosen roots out of index.json, durably, and then the files of \a sweep away.
[[nodiscard]] Result<GarbageReport> removeRoots(StoreView& view, StoreCore& core,
                                                const std::vector<bool>& chosen, const Sweep& sweep,
                                                const StoreLock& lock);

} // namespace Tagboat
