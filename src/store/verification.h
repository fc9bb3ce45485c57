// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "store/storecore.h"

namespace Tagboat {

/*!
 * Reads every blob of the image (of all images where \a nameOrId is empty) and compares it with its digest.
 * Platforms of an index that were never pulled and foreign layers may be absent; anything else that is
 * missing is a problem. The lock is not held meanwhile: an image that is removed under our eyes is no problem
 * either.
 */
[[nodiscard]] Result<VerifyReport> verifyImages(StoreCore& core, const QString& nameOrId,
                                                std::stop_token stop);

//! As ImageStore::removeDamaged.
[[nodiscard]] Result<GarbageReport> removeDamagedBlobs(StoreCore& core, const QList<Digest>& blobs,
                                                       std::stop_token stop);

} // namespace Tagboat
