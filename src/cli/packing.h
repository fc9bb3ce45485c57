// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/command.h"
#include "content/compression.h"

#include <optional>

namespace Tagboat {

//! "--compression", of commands that read archives.
[[nodiscard]] QList<OptionSpec> packingOptions();
//! What it says; nothing where it is not there. InvalidInput for what is no compression.
[[nodiscard]] Result<std::optional<LayerCompression>> askedCompression(const Arguments& arguments);

} // namespace Tagboat
