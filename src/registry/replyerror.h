// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/error.h"
#include "net/httpclient.h"

namespace Tagboat {

/*!
 * \brief What a reply with a bad status means to the person at the screen (distribution-spec "Error Codes",
 * and what the well-known registries make of them).
 *
 * The error carries the registry's own words in `response`, the first of them in `message`, the status, and
 * how long to wait.
 */
[[nodiscard]] Error replyError(const HttpResponse& reply, const QString& operation, const QString& subject);

//! The server speaks TLS here and got plain HTTP (Go, nginx and Apache each say so in a 400).
[[nodiscard]] bool isPlainHttpRefused(const HttpResponse& reply);

} // namespace Tagboat
