// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/errortext.h"

#include <optional>

namespace Tagboat {

//! A registry's refusal whose likely cause is known (workbench/diagnosis.h), with what mends it; nothing
//! where the error's code says all there is.
[[nodiscard]] std::optional<ErrorText> refusalText(const Error& error, const ErrorContext& context);

} // namespace Tagboat
