// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/plan.h"
#include "transfer/retry.h"

namespace Tagboat {

/*!
 * \brief The source's half of a plan: root, manifests, blobs with their build steps, platforms, what is
 * missing.
 *
 * Every blob is a Transfer until the destination has been asked. Indexes may nest; the children of one level
 * are fetched side by side. \a options say which platform is wanted. Attestations come along when a whole
 * index is walked. Layers that may not be redistributed are left out of the blobs.
 */
[[nodiscard]] Task<Result<Plan>> walkImage(CopySource source, CopyOptions options, RetryPolicy retry,
                                           std::stop_token stop);

} // namespace Tagboat
