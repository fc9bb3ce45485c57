// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/replyerror.h"

#include "auth/challenge.h"
#include "auth/replytext.h"
#include "base/redact.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Code = Error::Code;

//! Codes that say more than the status they come with. What is absent here is told by the status.
std::optional<Code> codeOf(const QString& code)
{
    static const QHash<QString, Code> table{
        {u"TOOMANYREQUESTS"_s, Code::RateLimited},
        {u"UNSUPPORTED"_s, Code::Unsupported},
        {u"METHOD_NOT_ALLOWED"_s, Code::Unsupported}, // Quay, pushes disabled
        {u"DENIED"_s, Code::Denied},                  // Quay in read-only mode says so with 405
        {u"NAME_UNKNOWN"_s, Code::NotFound},
        {u"MANIFEST_UNKNOWN"_s, Code::NotFound},
        {u"BLOB_UNKNOWN"_s, Code::NotFound},
        {u"BLOB_UPLOAD_UNKNOWN"_s, Code::NotFound},
        {u"BLOB_UPLOAD_INVALID"_s, Code::NotFound},
        {u"DIGEST_INVALID"_s, Code::DigestMismatch},
        {u"SIZE_INVALID"_s, Code::DigestMismatch},
        {u"MANIFEST_BLOB_UNKNOWN"_s, Code::Conflict}, // it was there when asked for, and is no more
        {u"MANIFEST_INVALID"_s, Code::InvalidInput},
        {u"MANIFEST_UNVERIFIED"_s, Code::InvalidInput},
        {u"NAME_INVALID"_s, Code::InvalidInput},
        {u"TAG_INVALID"_s, Code::InvalidInput},
        {u"PAGINATION_NUMBER_INVALID"_s, Code::InvalidInput},
        {u"RANGE_INVALID"_s, Code::Conflict},
        {u"TAG_IMMUTABLE"_s, Code::Conflict},      // Quay
        {u"TAG_ALREADY_EXISTS"_s, Code::Conflict}, // Quay
        {u"PRECONDITION"_s, Code::Conflict},       // Harbor
    };
    const auto found = table.constFind(code);
    return found == table.constEnd() ? std::nullopt : std::optional(*found);
}

Code codeOf(int status)
{
    switch (status) {
    case 401:
        return Code::Unauthorized;
    case 402:
    case 403:
    case 451:
        return Code::Denied;
    case 404:
    case 410:
        return Code::NotFound;
    case 405:
    case 406:
    case 411:
    case 415:
    case 501:
    case 505:
        return Code::Unsupported;
    case 408:
    case 504:
        return Code::Timeout;
    case 409:
    case 412:
    case 416:
        return Code::Conflict;
    case 429:
        return Code::RateLimited;
    default:
        break;
    }
    if (status >= 500 || status == 499)
        return Code::Network; // trouble behind the server's door: another try may do
    return status >= 400 ? Code::InvalidInput : Code::Corrupt;
}

//! Meanings that are found in the words only.
std::optional<Code> codeOfWords(const QString& words)
{
    const auto has = [&words](QLatin1StringView part) { return words.contains(part, Qt::CaseInsensitive); };
    if (has("immutable"_L1)) // ECR gives TAG_INVALID, others a plain 400
        return Code::Conflict;
    if (has("authorization token has expired"_L1)) // ECR, with 400 or 403
        return Code::Unauthorized;
    return std::nullopt;
}

Code codeOf(const HttpResponse& reply, const ReplyText& text)
{
    if (reply.status == 401)
        return Code::Unauthorized;
    if (reply.status == 429)
        return Code::RateLimited;
    if (const auto code = codeOfWords(text.message))
        return *code;
    for (const QString& name : text.codes) {
        if (const auto code = codeOf(name))
            return *code;
    }
    return codeOf(reply.status);
}

//! For replies without a word, as all that answer a HEAD.
QString messageOf(int status)
{
    switch (status) {
    case 401:
        return u"the registry wants to know who asks"_s;
    case 403:
        return u"the registry does not allow it"_s;
    case 404:
        return u"the registry does not have it"_s;
    case 405:
        return u"the registry does not offer this"_s;
    case 413:
        return u"larger than the registry, or a proxy in front of it, takes"_s;
    case 429:
        return u"too many requests"_s;
    default:
        return u"the registry answered HTTP %1"_s.arg(status);
    }
}

} // namespace

bool isPlainHttpRefused(const HttpResponse& reply)
{
    if (reply.status != 400 || reply.url.scheme() != "http"_L1)
        return false;
    const QByteArray body = reply.body.left(4096).toLower();
    return body.contains("http request to an https server")
        || body.contains("plain http request was sent to https port")
        || body.contains("speaking plain http to an ssl-enabled server");
}

bool isReasonGiven(const HttpHeaders& headers, QLatin1StringView reason)
{
    const QList<Challenge> challenges = parseChallenges(headers.values("WWW-Authenticate"));
    return std::ranges::any_of(challenges, [reason](const Challenge& challenge) {
        return challenge.parameters.value(u"error"_s) == reason;
    });
}

bool isRegistry(const HttpResponse& reply)
{
    if (reply.headers.contains("Docker-Distribution-Api-Version"))
        return true;
    const QByteArray body = reply.body.trimmed();
    return !reply.headers.value("Content-Type").toLower().startsWith("text/html")
        && (body.isEmpty() || body.startsWith('{'));
}

Error replyError(const HttpResponse& reply, const QString& operation, const QString& subject)
{
    const ReplyText text = replyText(reply.body);
    QString message = text.message;
    if (isPlainHttpRefused(reply))
        message = u"the registry speaks https here, and was asked by plain http"_s;
    else if (message.isEmpty() && !text.codes.isEmpty())
        message = text.codes.first();
    else if (message.isEmpty())
        message = messageOf(reply.status);
    Error error = Error::make(codeOf(reply, text), subject, message).during(operation);
    error.response = redactedBody(reply.body);
    error.httpStatus = reply.status;
    error.retryAfter = retryAfter(reply.headers, QDateTime::currentDateTimeUtc());
    return error;
}

} // namespace Tagboat
