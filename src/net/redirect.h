// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QUrl>

namespace Tagboat {

inline constexpr int MaxRedirects = 10;

//! Statuses that tell where else to look; 300 and 304 do not.
[[nodiscard]] bool isRedirect(int status);
/*!
 * \brief Where a `Location` leads, or why it is not followed.
 *
 * Refused: what is no http(s) URL; https to http; from a public host to a literal loopback, link-local or
 * private address, where an outsider has nothing to send us.
 */
[[nodiscard]] Result<QUrl> redirectTarget(const QUrl& from, const QByteArray& location);

} // namespace Tagboat
