// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "store/storecore.h"

namespace Tagboat {

/*!
 * Removing images takes their entries and then, at once, the blobs that only they lead to. A blob's youth
 * does not save it here, since these were whole images; what a running push of any process has found here or
 * written does stay (see Lease), and gc takes it later if that push comes to nothing.
 */
[[nodiscard]] Result<RemovalPlan> planImageRemoval(StoreCore& core, const QStringList& names,
                                                   const QList<Digest>& images);
[[nodiscard]] Result<GarbageReport> removeStoredImages(StoreCore& core, const QList<Digest>& ids);
[[nodiscard]] Result<GarbageReport> collectStoreGarbage(StoreCore& core, bool dryRun, bool untaggedImages,
                                                        std::chrono::seconds grace, bool unfinishedDownloads);

} // namespace Tagboat
