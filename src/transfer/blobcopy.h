// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/copy.h"
#include "transfer/retry.h"

#include <memory>

namespace Tagboat {

//! What the coroutines of one copy share.
struct CopyRun
{
    Plan plan;
    CopySource source;
    CopyDestination destination;
    CopyOptions options;
    RetryPolicy retry;
    std::shared_ptr<CopyObserver> observer; //!< never null
    CopyReport report;
};
using CopyRunPtr = std::shared_ptr<CopyRun>;

/*!
 * \brief Brings one blob to the destination: mounts it where that may be, waits for another copy that carries
 * it already, or moves its bytes, with retries.
 */
[[nodiscard]] Task<Result<void>> copyBlob(CopyRunPtr run, PlannedBlob blob, std::stop_token stop);

} // namespace Tagboat
