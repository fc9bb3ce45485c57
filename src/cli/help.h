// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/command.h"

namespace Tagboat {

[[nodiscard]] QString generalHelp();
[[nodiscard]] QString helpOf(const Command& command);
//! "tagboat-cli push [OPTIONS] REF [DEST...]"
[[nodiscard]] QString usageOf(const Command& command);

} // namespace Tagboat
