// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profilestore.h"
#include "transfer/job.h"

namespace Tagboat {

//! What to do about a refused transfer, as a sentence with the command to type, where its likely cause is
//! known (workbench/diagnosis.h); empty where the error's own remedy says all there is.
[[nodiscard]] QString refusalAdvice(const JobSnapshot& job, const Error& error, const ProfileStore& profiles);

} // namespace Tagboat
