// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/command.h"

namespace Tagboat {

//! `gc`: the clean-up by rules, shown or done.
[[nodiscard]] Command gcCommand();

} // namespace Tagboat
