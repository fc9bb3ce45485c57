// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace Tagboat {

//! True for text that `docker image ls --filter reference=` would take as a pattern: it has *, ? or [.
[[nodiscard]] bool isGlob(QStringView text);
/*!
 * \brief Matches a familiar name ("alice/ui:v1") the way `docker image ls --filter reference=PATTERN` does.
 *
 * Go's path.Match against the name with its tag and against the name alone: `*` and `?` stop at a slash,
 * `[a-z]` and
 * `[^a-z]` are sets, `\` quotes. The whole name has to match. A broken pattern matches nothing.
 */
[[nodiscard]] bool matchesReference(QStringView pattern, QStringView familiarName);

} // namespace Tagboat
