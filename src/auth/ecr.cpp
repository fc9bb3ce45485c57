// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/ecr.h"

#include "auth/replytext.h"
#include "base/redact.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 MaxReply = 256 * 1024;
constexpr auto AlreadyThere = "RepositoryAlreadyExistsException"_L1;

//! AWS names an error as "com.amazonaws.ecr#Name:http://…" or plainly, in the body or a header.
QString errorName(const HttpResponse& reply, const QJsonObject& object)
{
    QString name = object.value("__type"_L1).toString();
    if (name.isEmpty())
        name = QString::fromLatin1(reply.headers.value("x-amzn-ErrorType"));
    return name.section(u'#', -1).section(u':', 0, 0);
}

Error refusal(const HttpResponse& reply, const EcrRegistry& registry)
{
    const QJsonObject object = QJsonDocument::fromJson(reply.body).object();
    const QString name = errorName(reply, object);
    using Code = Error::Code;
    Code code = Code::InvalidInput;
    if (name == "AccessDeniedException"_L1)
        code = Code::Denied;
    else if (name == "ThrottlingException"_L1 || name == "LimitExceededException"_L1 || reply.status == 429)
        code = Code::RateLimited;
    else if (name == "UnrecognizedClientException"_L1 || name == "InvalidSignatureException"_L1
             || name == "ExpiredTokenException"_L1 || name == "InvalidClientTokenId"_L1
             || name == "IncompleteSignature"_L1 || name == "MissingAuthenticationTokenException"_L1
             || name == "SignatureDoesNotMatch"_L1 || reply.status == 401 || reply.status == 403)
        code = Code::Unauthorized;
    else if (reply.status >= 500)
        code = Code::Network;
    QString words = replyText(reply.body).message;
    if (words.isEmpty())
        words = object.value("Message"_L1).toString(); // some of its errors are written so
    if (words.isEmpty())
        words = name.isEmpty() ? u"AWS answered HTTP %1"_s.arg(reply.status) : name;
    Error error = Error::make(code, registry.registry, words);
    error.response = redactedBody(reply.body);
    error.httpStatus = reply.status;
    error.retryAfter = retryAfter(reply.headers, QDateTime::currentDateTimeUtc());
    return error;
}

//! One call of the API of JSON over POST, signed.
HttpRequest call(const EcrRegistry& registry, const AwsKey& key, const char* action, const QJsonObject& input,
                 const QDateTime& now)
{
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(u"https://%1/"_s.arg(registry.apiHost));
    request.policyHost = registry.registry;
    request.subject = registry.registry;
    request.maxBody = MaxReply;
    request.followRedirects = false;
    request.isRepeatable = true;
    request.headers.set("Content-Type", "application/x-amz-json-1.1");
    request.headers.set(
        "X-Amz-Target",
        (registry.isPublic() ? "SpencerFrontendService."_ba : "AmazonEC2ContainerRegistry_V20150921."_ba)
            + action);
    request.body = QJsonDocument(input).toJson(QJsonDocument::Compact);
    const QString service = registry.isPublic() ? u"ecr-public"_s : u"ecr"_s;
    signForAws(request, key, {.region = registry.region, .service = service}, now);
    return request;
}

//! An object for a public registry, else a list with one.
QJsonObject authorizationData(const QByteArray& body)
{
    const QJsonValue data = QJsonDocument::fromJson(body).object().value("authorizationData"_L1);
    return data.isArray() ? data.toArray().first().toObject() : data.toObject();
}

} // namespace

std::optional<EcrRegistry> EcrRegistry::fromName(const QString& registry)
{
    const QString name = registry.toLower();
    if (name == "public.ecr.aws"_L1) // its API is in one region only
        return EcrRegistry{.registry = name,
                           .account = {},
                           .region = u"us-east-1"_s,
                           .apiHost = u"api.ecr-public.us-east-1.amazonaws.com"_s};
    static const QRegularExpression form(
        u"^([0-9]{12})\\.dkr[.-]ecr(-fips)?\\.([a-z]{2}[a-z0-9-]*-[0-9]+)\\.(amazonaws\\.com(?:\\.cn)?|on\\.aws)$"_s);
    const auto match = form.match(name);
    if (!match.hasMatch())
        return std::nullopt;
    const QString region = match.captured(3);
    const QString domain = match.captured(4) == "amazonaws.com.cn"_L1 || region.startsWith("cn-"_L1)
        ? u"amazonaws.com.cn"_s
        : u"amazonaws.com"_s;
    const QString front = match.captured(2).isEmpty() ? u"api.ecr"_s : u"ecr-fips"_s;
    return EcrRegistry{.registry = name,
                       .account = match.captured(1),
                       .region = region,
                       .apiHost = front + u'.' + region + u'.' + domain};
}

bool isAwsAccessKeyId(QStringView user)
{
    static const QRegularExpression form(u"^A[KS]IA[A-Z0-9]{12,124}$"_s);
    return form.matchView(user).hasMatch();
}

AwsKey awsKey(const Credential& credential)
{
    const QStringList parts = credential.secret.simplified().split(u' ', Qt::SkipEmptyParts);
    return {.id = credential.user, .secret = parts.value(0), .sessionToken = parts.value(1)};
}

Task<Result<Credential>> fetchEcrLogin(std::shared_ptr<HttpClient> http, EcrRegistry registry, AwsKey key,
                                       Clock clock, std::stop_token stop)
{
    HttpRequest request = call(registry, key, "GetAuthorizationToken", {}, clock());
    request.operation = u"log in"_s;
    auto reply = co_await http->send(request, stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (reply->status != 200)
        co_return fail(refusal(*reply, registry).during(u"log in"_s));
    const QJsonObject data = authorizationData(reply->body);
    const QByteArray pair = QByteArray::fromBase64(data.value("authorizationToken"_L1).toString().toLatin1());
    const qsizetype colon = pair.indexOf(':');
    if (colon <= 0 || colon + 1 == pair.size()) {
        co_return fail(
            Error::make(Error::Code::Corrupt, registry.registry, u"the reply of AWS holds no login"_s)
                .during(u"log in"_s));
    }
    Credential login{.user = QString::fromUtf8(pair.first(colon)),
                     .secret = QString::fromUtf8(pair.sliced(colon + 1))};
    const double expires = data.value("expiresAt"_L1).toDouble();
    constexpr qint64 UsualLife = 12 * 3600;
    const QDateTime now = clock();
    const QDateTime told = QDateTime::fromSecsSinceEpoch(qint64(expires), QTimeZone::UTC);
    // A clock that differs from ours says nothing: then it lasts as long as it always does.
    login.validUntil = expires > 0 && told > now ? told : now.addSecs(UsualLife);
    co_return Result<Credential>(std::move(login));
}

Task<Result<void>> createEcrRepository(std::shared_ptr<HttpClient> http, EcrRegistry registry, AwsKey key,
                                       QString repository, Clock clock, std::stop_token stop)
{
    const QJsonObject input{{u"repositoryName"_s, repository}};
    HttpRequest request = call(registry, key, "CreateRepository", input, clock());
    request.operation = u"create repository"_s;
    request.subject = registry.registry + u'/' + repository;
    auto reply = co_await http->send(request, stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    const QJsonObject object = QJsonDocument::fromJson(reply->body).object();
    if (reply->status == 200 || errorName(*reply, object) == AlreadyThere)
        co_return Result<void>();
    Error error = refusal(*reply, registry).during(u"create repository"_s);
    error.subject = request.subject;
    co_return fail(std::move(error));
}

} // namespace Tagboat
