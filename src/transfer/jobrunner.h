// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/jobprogress.h"
#include "transfer/queue.h"

#include <memory>

namespace Tagboat {

//! What a queue lends the jobs it runs.
struct JobSurroundings
{
    std::shared_ptr<Journal> journal; //!< may be null
    std::function<int()> rank;        //!< CopyOptions::rank
    //! CopyOptions::limits of a copy between these registries.
    std::function<QList<RateLimiterPtr>(const QStringList& registries)> limits;
};

/*!
 * \brief Does all of one job, from opening its ends to noting in the journal what is now known.
 *
 * The source is walked once; then every target goes its own way, side by side with the others, and a job that
 * has failed targets names them in its error. The one catch-all stands here: an exception becomes an Internal
 * error of this job, or of the target it happened for, and ends no other.
 */
[[nodiscard]] Task<Result<void>> runJob(JobRequest request, std::shared_ptr<JobProgress> progress,
                                        JobSurroundings surroundings, std::stop_token stop);

} // namespace Tagboat
