// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"

#include <chrono>

namespace Tagboat {

//! Waits on the calling thread's event loop; a stop ends it at once with Cancelled. For back-off, never for
//! conditions.
[[nodiscard]] Task<Result<void>> sleepFor(std::chrono::milliseconds duration, std::stop_token stop);

} // namespace Tagboat
