// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Tagboat {

/*!
 * \brief The image name inside what people paste: a command line, an address with a scheme, a page of Docker
 * Hub.
 *
 * Gives the text itself, trimmed, where it is none of these. The result is not checked; that is
 * Reference::parse().
 */
[[nodiscard]] QString referenceInPastedText(QStringView text);

} // namespace Tagboat
