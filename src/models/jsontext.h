// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace Tagboat {

//! JSON indented for reading. Order, spelling of numbers and escapes stay as they are; what is no JSON comes
//! back as it is.
[[nodiscard]] QString indentedJson(const QByteArray& json);

} // namespace Tagboat
