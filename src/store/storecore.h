// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/documentcache.h"
#include "store/imagegraph.h"
#include "store/ingestscan.h"
#include "store/ocilayoutindex.h"
#include "store/storelock.h"

namespace Tagboat {

//! What the parts of one opened store share. It has no state but the cache: the layout itself is the state.
struct StoreCore
{
    explicit StoreCore(const QString& directory, bool takesNamesAsGiven = false)
        : files(directory), namesAsGiven(takesNamesAsGiven), documents(files)
    { }
    const LayoutFiles files;
    const bool namesAsGiven; //!< ImageStore::Naming::AsGiven
    DocumentCache documents;
};

//! index.json as it stands; call it under the lock where more than one look is needed.
[[nodiscard]] Result<OciLayoutIndex> readIndex(const LayoutFiles& files);
[[nodiscard]] Result<void> writeIndex(const LayoutFiles& files, const OciLayoutIndex& index,
                                      const StoreLock& lock);

//! Everything that questions about images are answered from, taken under one lock.
struct StoreView
{
    OciLayoutIndex index;
    ImageGraph graph;
    IngestScan ingest;

    [[nodiscard]] static Result<StoreView> take(StoreCore& core, const StoreLock& lock);
    //! What running pushes rely on: not to be swept, whoever else lets go of it.
    [[nodiscard]] QSet<Digest> leased(StoreCore& core) const;
};

} // namespace Tagboat
