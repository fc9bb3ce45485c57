// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token.h"

#include "auth/realm.h"
#include "auth/replytext.h"
#include "base/logging.h"
#include "base/redact.h"
#include "net/origin.h"
#include "net/redirect.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto ClientId = "tagboat"_L1;
constexpr qint64 MaxTokenReply = 1024 * 1024;
constexpr qint64 DefaultLifetime = 60; // distribution docs "token.md": also the least that is ever meant
constexpr qint64 MaxLifetime = 24 * 3600;
constexpr qsizetype MaxRefreshToken = 64 * 1024; // nobody gives larger ones, and keychains need not take them

using Item = std::pair<QLatin1StringView, QString>;

//! Percent-encodes everything but unreserved characters: `+`, `/`, `:` and `,` are data here.
QByteArray encoded(const QList<Item>& items)
{
    QByteArrayList parts;
    for (const auto& [name, value] : items)
        parts.append(QByteArray(name.data(), name.size()) + '=' + QUrl::toPercentEncoding(value));
    return parts.join('&');
}

//! Items appended to what the realm already asks, which stays as it is.
QUrl withQuery(const QUrl& realm, const QByteArray& items)
{
    QByteArray text = realm.toEncoded(QUrl::RemoveFragment);
    text += text.contains('?') ? '&' : '?';
    text += items;
    return QUrl::fromEncoded(text);
}

HttpRequest baseRequest(const TokenRequest& wanted)
{
    HttpRequest request;
    request.operation = u"log in"_s;
    request.subject = wanted.registry.host();
    request.maxBody = MaxTokenReply;
    request.followRedirects = false;
    request.policyHost = hostAndPort(wanted.registry);
    request.headers.set("Accept", "application/json");
    return request;
}

QList<Item> baseItems(const TokenRequest& wanted)
{
    QList<Item> items;
    if (!wanted.service.isEmpty())
        items.append({"service"_L1, wanted.service});
    items.append({"client_id"_L1, ClientId});
    return items;
}

//! The form of OAuth2, whose scopes are one item.
HttpRequest formRequest(const TokenRequest& wanted, const QString& grant, const QList<Item>& proof)
{
    HttpRequest request = baseRequest(wanted);
    QList<Item> items = baseItems(wanted);
    items.prepend({"grant_type"_L1, grant});
    if (!wanted.scopes.isEmpty())
        items.append({"scope"_L1, wanted.scopes.toList().join(u' ')});
    items.append(proof);
    request.method = "POST";
    request.isRepeatable = true;
    request.url = wanted.realm;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body = encoded(items);
    return request;
}

HttpRequest passwordRequest(const TokenRequest& wanted)
{
    return formRequest(
        wanted, u"password"_s,
        {{"username"_L1, wanted.credential->user}, {"password"_L1, wanted.credential->secret}});
}

HttpRequest toHttp(const TokenRequest& wanted)
{
    if (wanted.credential && wanted.credential->isIdentityToken)
        return formRequest(wanted, u"refresh_token"_s, {{"refresh_token"_L1, wanted.credential->secret}});

    HttpRequest request = baseRequest(wanted);
    QList<Item> items = baseItems(wanted);
    const QStringList scopes = wanted.scopes.toList();
    for (const QString& scope : scopes)
        items.append({"scope"_L1, scope});
    if (wanted.credential) {
        items.append({"account"_L1, wanted.credential->user});
        request.authorization = basicAuthorization(*wanted.credential);
    }
    request.url = withQuery(wanted.realm, encoded(items));
    return request;
}

//! Some servers say what they were given.
QString withoutSecret(QString text, const TokenRequest& wanted)
{
    if (wanted.credential && !wanted.credential->secret.isEmpty())
        text.replace(wanted.credential->secret, u"…"_s);
    return text;
}

Error refusal(const HttpResponse& reply, const TokenRequest& wanted, const QDateTime& now)
{
    Error::Code code = Error::Code::Unauthorized;
    if (reply.status == 429)
        code = Error::Code::RateLimited;
    else if (reply.status >= 500)
        code = Error::Code::Network;
    QString message = withoutSecret(replyText(reply.body).message, wanted);
    if (message.isEmpty())
        message = u"the token server answered HTTP %1"_s.arg(reply.status);
    if (code == Error::Code::Unauthorized && wanted.credential)
        message += accountNote(*wanted.credential);
    Error error = Error::make(code, wanted.registry.host(), message).during(u"log in"_s);
    error.response = withoutSecret(redactedBody(reply.body), wanted);
    error.httpStatus = reply.status;
    error.retryAfter = retryAfter(reply.headers, now);
    return error;
}

qint64 lifetimeOf(const QJsonObject& object)
{
    const qint64 seconds = object.value("expires_in"_L1).toVariant().toLongLong(); // some servers quote it
    return std::clamp(seconds, DefaultLifetime, MaxLifetime);
}

Result<Token> parseToken(const HttpResponse& reply, const TokenRequest& wanted, const QDateTime& now)
{
    const QJsonObject object = QJsonDocument::fromJson(reply.body).object();
    QString value = object.value("token"_L1).toString();
    if (value.isEmpty())
        value = object.value("access_token"_L1).toString();
    const bool isHeaderSafe = std::ranges::all_of(value, [](QChar c) { return c > u' ' && c < u'\x7f'; });
    if (value.isEmpty() || !isHeaderSafe) {
        Error error = Error::make(Error::Code::Corrupt, wanted.registry.host(),
                                  u"the token server's reply holds no token"_s);
        error.httpStatus = reply.status;
        return fail(std::move(error).during(u"log in"_s));
    }
    Token token;
    token.value = value.toLatin1();
    token.scopes = wanted.scopes;
    token.obtained = now;
    token.refreshToken = object.value("refresh_token"_L1).toString();
    if (token.refreshToken.size() > MaxRefreshToken)
        token.refreshToken.clear();
    const qint64 lifetime = lifetimeOf(object);
    const QDateTime issued =
        QDateTime::fromString(object.value("issued_at"_L1).toString(), Qt::ISODateWithMs);
    // A clock that differs from ours says nothing: then our own time of receipt counts.
    const bool isPlausible = issued.isValid() && issued <= now && issued.addSecs(lifetime) > now;
    token.expires = (isPlausible ? issued : now).addSecs(lifetime);
    return token;
}

//! Servers that know OAuth2 alone are rare; one that may be of them is told the password no other way than it
//! was told before.
bool isWorthAPost(const HttpResponse& reply, const HttpRequest& request, const TokenRequest& wanted)
{
    return (reply.status == 404 || reply.status == 405) && request.method == "GET"
        && !request.authorization.isEmpty() && isSameOrigin(reply.url, wanted.realm);
}

} // namespace

QString accountNote(const Credential& credential)
{
    return credential.isIdentityToken ? u" (with an identity token)"_s
                                      : u" (account %1)"_s.arg(credential.user);
}

QByteArray basicAuthorization(const Credential& credential)
{
    const QByteArray pair = credential.user.toUtf8() + ':' + credential.secret.toUtf8();
    return "Basic " + pair.toBase64();
}

Task<Result<Token>> fetchToken(std::shared_ptr<HttpClient> http, TokenRequest wanted, Clock clock,
                               std::stop_token stop)
{
    if (auto allowed = checkRealm(wanted.realm, wanted.registry); !allowed)
        co_return fail(std::move(allowed.error()));
    HttpRequest request = toHttp(wanted);
    std::optional<Error> refusedGet;
    for (int hop = 0; hop <= MaxRedirects; ++hop) {
        auto reply = co_await http->send(request, stop);
        if (!reply)
            co_return fail(std::move(reply.error()));
        if (reply->status == 200) {
            Result<Token> token = parseToken(*reply, wanted, clock());
            co_return token;
        }
        if (isWorthAPost(*reply, request, wanted)) {
            refusedGet = refusal(*reply, wanted, clock());
            request = passwordRequest(wanted);
            continue;
        }
        const QByteArray location = reply->headers.value("Location");
        if (!isRedirect(reply->status) || location.isEmpty() || request.method != "GET") {
            const bool isNoServer = reply->status == 404 || reply->status == 405;
            co_return fail(refusedGet && isNoServer ? *refusedGet : refusal(*reply, wanted, clock()));
        }

        const QUrl next = request.url.resolved(QUrl::fromEncoded(location));
        if (auto allowed = checkRealm(next, wanted.registry); !allowed)
            co_return fail(std::move(allowed.error()));
        if (!isSameOrigin(next, request.url))
            request.authorization.clear();
        qCDebug(lcAuth).noquote() << "token server redirects to" << redactedUrl(next);
        request.url = next;
    }
    co_return fail(
        Error::make(Error::Code::Network, wanted.registry.host(), u"the token server redirects without end"_s)
            .during(u"log in"_s));
}

} // namespace Tagboat
