// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/plan.h"
#include "transfer/retry.h"

namespace Tagboat {

/*!
 * \brief The destination's half of a plan: what it has, what can be mounted, where its names point.
 *
 * A registry is asked for the root first, by one HEAD beside those for the names: where it has the root it
 * has all that belongs to it, since it took nothing else. Referrers belong to nothing: each is asked for. A
 * folder may have been tampered with, and asking it costs no round trip, so there everything is looked at.
 */
[[nodiscard]] Task<Result<Plan>> askDestination(Plan plan, CopySource source, CopyDestination destination,
                                                RetryPolicy retry, std::stop_token stop);

//! Repositories of the destination's registry to try for mounting \a blob, best first; at most three.
[[nodiscard]] QStringList mountSources(const CopySource& source, const CopyDestination& destination,
                                       const PlannedBlob& blob);

} // namespace Tagboat
