// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/command.h"

namespace Tagboat {

//! "--limit", of commands that move bytes.
[[nodiscard]] QList<OptionSpec> paceOptions();
//! Caps what the session moves, where that was asked for; InvalidInput for what is no rate.
[[nodiscard]] Result<void> applyPace(const ContextPtr& context);

//! Bytes a second of "500k", "2M", "1.5MB/s", "4000000"; as in everything people read, k is a thousand.
[[nodiscard]] Result<qint64> parseRate(const QString& text);

} // namespace Tagboat
