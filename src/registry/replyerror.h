// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/error.h"
#include "net/httpclient.h"

namespace Tagboat {

[[nodiscard]] inline bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

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

//! Whether the challenge of a refusal gives \a reason. "insufficient_scope": a valid login without the right,
//! to which distribution answers 401 as well; "invalid_token": the token is none, or has run out.
[[nodiscard]] bool isReasonGiven(const HttpHeaders& headers, QLatin1StringView reason);

//! Many web sites answer 200 to any path; a registry does not answer with a page.
[[nodiscard]] bool isRegistry(const HttpResponse& reply);

} // namespace Tagboat
