// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/target.h"

namespace Tagboat {

/*!
 * \brief Finds out why a TLS handshake failed: PlainHttpServer where the host speaks plain HTTP, else \a
 * failure.
 *
 * Asks once for "/" in the clear; nothing but the host's name is told. Not where a proxy stands between,
 * which would answer for the host.
 */
[[nodiscard]] Task<Error> explainHandshake(Target target, Error failure, std::stop_token stop);

} // namespace Tagboat
