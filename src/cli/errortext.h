// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/error.h"

namespace Tagboat {

//! `Error::operation` of what `verify` and `verify --repair` find: the stored images themselves are at fault.
inline constexpr QLatin1StringView VerifyOperation("verify");
inline constexpr QLatin1StringView RepairOperation("repair");

//! What happened and to what, as a sentence: "localhost:5000 does not allow this: alice/ui."
[[nodiscard]] QString sentence(const Error& error);
//! What to do about it, as a sentence with the command to type; empty where there is nothing to advise.
[[nodiscard]] QString remedy(const Error& error);

} // namespace Tagboat
