// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Tagboat {

//! Where profiles and settings are: `TAGBOAT_CONFIG_DIR`, else tagboat in the XDG folder for settings.
[[nodiscard]] QString standardConfigDirectory();
//! The folder that \a variable names, else \a usual.
[[nodiscard]] QString directoryFromEnvironment(const char* variable, const QString& usual);

} // namespace Tagboat
