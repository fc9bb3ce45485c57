// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace Tagboat {

//! How much of a foreign reply is kept in errors and logs.
inline constexpr qsizetype MaxKeptResponse = 16 * 1024;

//! A URL for logs and errors: no user info, values of query items that sign or authenticate replaced by "…".
[[nodiscard]] QString redactedUrl(const QUrl& url);
//! A header's value for logs: Authorization, Cookie, X-Registry-Auth and kin keep their scheme word only.
[[nodiscard]] QByteArray redactedHeader(const QByteArray& name, const QByteArray& value);
//! A foreign reply made safe to show: control characters stripped, at most MaxKeptResponse, values of JSON
//! members and form fields that carry secrets (token, access_token, refresh_token, password, secret, auth…)
//! replaced by "…".
[[nodiscard]] QString redactedBody(const QByteArray& body);

} // namespace Tagboat
