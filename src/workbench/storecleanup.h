// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"
#include "store/cleanup.h"

#include <memory>

namespace Tagboat {

class Session;

//! ImageStore::cleanUp() on a worker; the names that vanish are noted in the journal.
[[nodiscard]] Task<Result<CleanUpReport>> cleanUpImages(std::shared_ptr<Session> session, CleanUpPlan plan,
                                                        std::vector<bool> chosen, std::stop_token stop);

} // namespace Tagboat
