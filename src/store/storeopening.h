// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/layoutfiles.h"

namespace Tagboat {

/*!
 * Sees to it that \a files is a layout that we read: checks an existing one (Corrupt, Unsupported version),
 * makes one in an absent or empty folder. What a creation that was cut off left behind counts as empty;
 * anything else is InvalidInput and stays untouched.
 */
[[nodiscard]] Result<void> openLayout(const LayoutFiles& files);

} // namespace Tagboat
