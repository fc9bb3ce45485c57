// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/acr.h"

#include "auth/jwt.h"
#include "auth/replytext.h"
#include "base/redact.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 MaxReply = 256 * 1024;
constexpr std::array Domains{".azurecr.io"_L1, ".azurecr.cn"_L1, ".azurecr.us"_L1};

QByteArray formItem(const char* name, const QString& value)
{
    return QByteArray(QByteArray(name) + '=' + QUrl::toPercentEncoding(value));
}

} // namespace

bool isAcr(const QString& registry)
{
    return std::ranges::any_of(Domains, [&registry](QLatin1StringView domain) {
        return registry.endsWith(domain, Qt::CaseInsensitive) && registry.size() > domain.size();
    });
}

bool isAcrRefreshToken(const QString& registry, const QString& secret)
{
    const QJsonObject claims = claimsOf(secret);
    return claims.value("grant_type"_L1).toString() == "refresh_token"_L1
        || claims.value("aud"_L1).toString().compare(registry, Qt::CaseInsensitive) == 0;
}

Task<Result<Credential>> fetchAcrLogin(std::shared_ptr<HttpClient> http, QString registry,
                                       QString accessToken, Clock clock, std::stop_token stop)
{
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(u"https://%1/oauth2/exchange"_s.arg(registry));
    request.policyHost = registry;
    request.operation = u"log in"_s;
    request.subject = registry;
    request.maxBody = MaxReply;
    request.followRedirects = false;
    request.isRepeatable = true;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    QByteArrayList items{"grant_type=access_token", formItem("service", registry)};
    const QString tenant = claimsOf(accessToken).value("tid"_L1).toString();
    if (!tenant.isEmpty())
        items.append(formItem("tenant", tenant));
    items.append(formItem("access_token", accessToken));
    request.body = items.join('&');
    auto reply = co_await http->send(request, stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (reply->status != 200) {
        QString words = replyText(reply->body).message;
        if (words.isEmpty())
            words = u"the registry answered HTTP %1"_s.arg(reply->status);
        const auto code = reply->status == 429 ? Error::Code::RateLimited
            : reply->status >= 500             ? Error::Code::Network
                                               : Error::Code::Unauthorized;
        Error error = Error::make(code, registry, words).during(u"log in"_s);
        error.response = redactedBody(reply->body);
        error.httpStatus = reply->status;
        error.retryAfter = retryAfter(reply->headers, clock());
        co_return fail(std::move(error));
    }
    Credential login{.user = QString(AcrTokenUser),
                     .secret =
                         QJsonDocument::fromJson(reply->body).object().value("refresh_token"_L1).toString(),
                     .isIdentityToken = true};
    if (login.secret.isEmpty()) {
        co_return fail(Error::make(Error::Code::Corrupt, registry, u"the reply holds no refresh token"_s)
                           .during(u"log in"_s));
    }
    login.validUntil = expiryOfJwt(login.secret);
    co_return Result<Credential>(std::move(login));
}

} // namespace Tagboat
