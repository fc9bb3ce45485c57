// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/vendorlogin.h"

#include "auth/acr.h"
#include "auth/ecr.h"
#include "auth/jwt.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Answer = Result<std::optional<Credential>>;

Task<Answer> made(std::shared_ptr<HttpClient> http, QString registry, Authorizer::CredentialSource source,
                  Clock clock, std::stop_token stop)
{
    auto given = co_await source.read(stop);
    if (!given || !*given)
        co_return given;
    const Credential credential = **given;
    Result<Credential> login(std::unexpect, Error());
    if (const auto ecr = EcrRegistry::fromName(registry); ecr && isAwsAccessKeyId(credential.user)) {
        login = co_await fetchEcrLogin(http, *ecr, awsKey(credential), clock, stop);
    } else if (isAcr(registry) && credential.user == AcrTokenUser) {
        if (isAcrRefreshToken(registry, credential.secret)) {
            login = credential;
            login->isIdentityToken = true;
        } else {
            login = co_await fetchAcrLogin(http, registry, credential.secret, clock, stop);
        }
    } else {
        co_return given;
    }
    if (!login)
        co_return fail(std::move(login.error()));
    Answer answer(std::in_place, std::move(*login));
    co_return answer;
}

bool isGoogle(const QString& registry)
{
    return guessRegistryType(registry) == RegistryType::Google;
}

//! A password that ECR has made is base64 of JSON, which tells when it ends.
QDateTime expiryOfEcrPassword(const QString& password)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromBase64(password.toLatin1())).object();
    const double seconds = object.value("expiration"_L1).toDouble();
    return seconds > 0 ? QDateTime::fromSecsSinceEpoch(qint64(seconds), QTimeZone::UTC) : QDateTime();
}

} // namespace

Authorizer::CredentialSource vendorLogin(std::shared_ptr<HttpClient> http, QString registry,
                                         const QString& user, Authorizer::CredentialSource source,
                                         Clock clock)
{
    const bool isKey = EcrRegistry::fromName(registry) && isAwsAccessKeyId(user);
    const bool isToken = isAcr(registry) && user == AcrTokenUser;
    if ((!isKey && !isToken) || !source.read)
        return source;
    if (!clock)
        clock = Clock(&QDateTime::currentDateTimeUtc);
    // What is made has no place in the keychain: that keeps what it is made of.
    return [http = std::move(http), registry = std::move(registry), source = std::move(source),
            clock = std::move(clock)](std::stop_token stop) {
        return made(http, registry, source, clock, std::move(stop));
    };
}

Result<void> checkSecret(const QString& registry, const Credential& credential)
{
    const bool isPlain = credential.user == "_json_key"_L1;
    if (!isGoogle(registry) || (!isPlain && credential.user != "_json_key_base64"_L1))
        return {};
    const QByteArray text = credential.secret.toUtf8();
    const QJsonObject key = QJsonDocument::fromJson(isPlain ? text : QByteArray::fromBase64(text)).object();
    if (key.value("private_key"_L1).toString().isEmpty()
        || key.value("client_email"_L1).toString().isEmpty()) {
        return fail(Error::Code::InvalidInput, credential.user,
                    u"the password of this user is the whole text of a service account's key file (JSON with "
                    "client_email and private_key)"_s);
    }
    return {};
}

QDateTime secretExpiry(const QString& registry, const Credential& credential, const QDateTime& now)
{
    if (const auto ecr = EcrRegistry::fromName(registry)) {
        if (isAwsAccessKeyId(credential.user))
            return {};
        if (credential.user == "AWS"_L1) {
            constexpr qint64 UsualLife = 12 * 3600;
            const QDateTime told = expiryOfEcrPassword(credential.secret);
            return told.isValid() ? told : now.addSecs(UsualLife);
        }
    }
    if (isGoogle(registry) && credential.user == "oauth2accesstoken"_L1)
        return now.addSecs(3600); // Google Cloud docs: the usual life of an access token
    return expiryOfJwt(credential.secret);
}

} // namespace Tagboat
