// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/redact.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr QChar Hidden = u'…';

//! "X-Amz-Security-Token" and "security_token" are one name here.
QString plainName(QStringView name)
{
    QString plain;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            plain += c.toLower();
    }
    return plain;
}

bool isSecretName(QStringView name)
{
    static constexpr std::array Exact = {
        "auth"_L1, "auths"_L1, "authorization"_L1, "pwd"_L1,    "pass"_L1,          "pat"_L1,
        "otp"_L1,  "jwt"_L1,   "assertion"_L1,     "cookie"_L1, "xregistryauth"_L1, "xregistryconfig"_L1};
    static constexpr std::array Endings = {
        "token"_L1,  "tokens"_L1,    "password"_L1,   "passwd"_L1,     "passphrase"_L1,  "secret"_L1,
        "apikey"_L1, "accesskey"_L1, "privatekey"_L1, "credential"_L1, "credentials"_L1, "signature"_L1};
    const QString plain = plainName(name);
    return std::ranges::any_of(Exact, [&](QLatin1StringView word) { return plain == word; })
        || std::ranges::any_of(Endings, [&](QLatin1StringView word) { return plain.endsWith(word); });
}

//! Signed addresses of object stores and CDNs, and the HMAC in an upload session's address.
bool isSecretQueryName(QStringView name)
{
    static constexpr std::array Exact = {
        "sig"_L1,    "policy"_L1, "keypairid"_L1, "awsaccesskeyid"_L1, "googleaccessid"_L1,
        "verify"_L1, "hmac"_L1,   "state"_L1,     "code"_L1,           "key"_L1};
    const QString plain = plainName(name);
    return isSecretName(name)
        || std::ranges::any_of(Exact, [&](QLatin1StringView word) { return plain == word; });
}

QString redactedQuery(const QString& query)
{
    QStringList items = query.split(u'&');
    for (QString& item : items) {
        const qsizetype equals = item.indexOf(u'=');
        if (equals < 0)
            continue;
        const QString name = QUrl::fromPercentEncoding(item.first(equals).toUtf8());
        if (isSecretQueryName(name))
            item = item.first(equals + 1) + Hidden;
    }
    return items.join(u'&');
}

bool isHarmful(QChar c)
{
    // Control characters forge log lines and steer terminals; direction marks make text read as what it is
    // not.
    const char16_t u = c.unicode();
    return (u < 0x20 && u != '\n' && u != '\t') || (u >= 0x7f && u < 0xa0) || (u >= 0x202a && u <= 0x202e)
        || (u >= 0x2066 && u <= 0x2069) || u == 0x2028 || u == 0x2029;
}

//! Where the JSON value that begins at \a from ends; strings may be escaped once more, and the text may be
//! cut off.
qsizetype endOfValue(const QString& text, qsizetype from)
{
    int depth = 0;
    qsizetype at = from;
    while (at < text.size()) {
        const QChar c = text.at(at);
        if (c == u'"' || c == u'\\') {
            const qsizetype quote = text.indexOf(u'"', at);
            if (quote < 0)
                return text.size();
            const QString closing = text.sliced(at, quote - at + 1); // the quote with as many backslashes
            qsizetype end = quote + 1;
            while (true) {
                end = text.indexOf(closing, end);
                if (end < 0)
                    return text.size();
                // One backslash more than the opening one had: a quote inside of the string.
                qsizetype backslashes = 0;
                while (end - backslashes > 0 && text.at(end - backslashes - 1) == u'\\')
                    ++backslashes;
                if (closing.size() == 1 ? backslashes % 2 == 0 : backslashes == 0)
                    break;
                ++end;
            }
            at = end + closing.size();
            if (depth == 0)
                return at;
            continue;
        }
        if (c == u'[' || c == u'{') {
            ++depth;
        } else if (c == u']' || c == u'}') {
            if (depth == 0)
                return at;
            if (--depth == 0)
                return at + 1;
        } else if (depth == 0 && (c == u',' || c.isSpace())) {
            return at;
        }
        ++at;
    }
    return at;
}

void redactJsonMembers(QString& text)
{
    static const QRegularExpression member(uR"re((\\*)"([A-Za-z0-9_.\-]{1,64})\1"\s*:\s*)re"_s);
    qsizetype from = 0;
    while (true) {
        const auto match = member.match(text, from);
        if (!match.hasMatch())
            return;
        from = match.capturedEnd();
        if (!isSecretName(match.capturedView(2)))
            continue;
        const QString replacement = u"\"…\""_s;
        text.replace(from, endOfValue(text, from) - from, replacement);
        from += replacement.size();
    }
}

void redactFormFields(QString& text)
{
    static const QRegularExpression field(
        uR"re((?<![A-Za-z0-9_.\-%])([A-Za-z0-9_.\-%]{1,64})=([^&\s"'<>,;…]+))re"_s);
    qsizetype from = 0;
    while (true) {
        const auto match = field.match(text, from);
        if (!match.hasMatch())
            return;
        from = match.capturedEnd();
        if (!isSecretName(match.capturedView(1)))
            continue;
        text.replace(match.capturedStart(2), match.capturedLength(2), Hidden);
        from = match.capturedStart(2) + 1;
    }
}

} // namespace

QString redactedUrl(const QUrl& url)
{
    QUrl shown = url;
    shown.setUserInfo({});
    shown.setFragment({});
    if (!shown.hasQuery())
        return shown.toString(QUrl::FullyEncoded);
    const QString query = redactedQuery(shown.query(QUrl::FullyEncoded));
    shown.setQuery(QString());
    return shown.toString(QUrl::FullyEncoded) + u'?' + query;
}

QByteArray redactedHeader(const QByteArray& name, const QByteArray& value)
{
    const QByteArray lower = name.toLower();
    const QByteArray hidden = QByteArrayLiteral("\xE2\x80\xA6");
    if (lower == "authorization" || lower == "proxy-authorization") {
        const qsizetype space = value.indexOf(' ');
        return space > 0 ? value.first(space + 1) + hidden : hidden;
    }
    if (lower == "cookie" || lower == "set-cookie" || isSecretName(QString::fromLatin1(name)))
        return hidden;
    if (lower == "location" || lower == "content-location" || lower == "referer")
        return redactedUrl(QUrl::fromEncoded(value)).toUtf8();
    if (lower == "link") {
        const qsizetype end = value.indexOf('>');
        if (value.startsWith('<') && end > 0)
            return '<' + redactedUrl(QUrl::fromEncoded(value.sliced(1, end - 1))).toUtf8()
                + value.sliced(end);
    }
    return value;
}

QString redactedBody(const QByteArray& body)
{
    QString text = QString::fromUtf8(body.first(std::min(body.size(), MaxKeptResponse)));
    text.removeIf(isHarmful);
    redactJsonMembers(text);
    redactFormFields(text);
    static const QRegularExpression scheme(uR"re(\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=\-]{20,})re"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    text.replace(scheme, u"\\1 …"_s);
    static const QRegularExpression userInfo(uR"re(://[^/\s@"'<>]+@)re"_s);
    text.replace(userInfo, u"://…@"_s);
    return text;
}

} // namespace Tagboat
