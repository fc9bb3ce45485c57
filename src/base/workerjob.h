// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/wakeup.h"

#include <functional>

namespace Tagboat::Detail {

//! Starts \a job on the worker pool. The result is raised once when it is done, whether anybody waits for it
//! or not: unlike a task, a job that nobody awaits leaves no frame behind. \a job must own what it touches.
[[nodiscard]] Wakeup startOnWorker(std::function<void()> job);

} // namespace Tagboat::Detail
