// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/command.h"

#include <QList>

namespace Tagboat {

//! Waits until every job of \a ids has ended, showing them; a stop cancels them, and their ends are waited
//! for. Gives them in the order of \a ids.
[[nodiscard]] Task<QList<JobSnapshot>> endOfJobs(ContextPtr context, QStringList ids, std::stop_token stop);
//! Cancels the jobs of \a ids and waits for their ends.
[[nodiscard]] Task<void> cancelJobs(ContextPtr context, QStringList ids);
//! One job: its error, where it has one.
[[nodiscard]] Task<Result<JobSnapshot>> endOfJob(ContextPtr context, QString id, std::stop_token stop);

} // namespace Tagboat
