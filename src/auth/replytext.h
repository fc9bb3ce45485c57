// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"

#include <QDateTime>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Tagboat {

//! What a registry or token server said about why it refused, in whatever shape it said so.
struct ReplyText
{
    QStringList codes; //!< of `errors[]`, upper case, blanks as underscores: "NAME_UNKNOWN"
    QString message;   //!< one line, made safe to show; may be empty
};

//! Reads `{"errors":[…]}` (distribution-spec "Error Codes"), `{"details":"…"}`, `{"message":"…"}`, an OAuth2
//! error, plain text; an HTML page gives nothing.
[[nodiscard]] ReplyText replyText(const QByteArray& body);

//! How long the server wants to be left alone: Retry-After or X-Retry-After in seconds, as a date, or as a
//! unix time stamp (Docker Hub); at most an hour.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const HttpHeaders& headers,
                                                             const QDateTime& now);

} // namespace Tagboat
