// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/vendors/vendorserver.h"

#include "auth/awssignature.h"
#include "support/testcertificate.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>
#include <QUrlQuery>

#include <optional>

using namespace Qt::StringLiterals;

namespace Tagboat::Testing {

namespace {

struct Pair
{
    QString user, secret;
};

std::optional<Pair> basicOf(const ScriptedRequest& request)
{
    const QByteArray value = request.headers.value("Authorization");
    if (!value.startsWith("Basic "))
        return std::nullopt;
    const QString text = QString::fromUtf8(QByteArray::fromBase64(value.sliced(6)));
    return Pair{text.section(u':', 0, 0), text.section(u':', 1)};
}

QString hostOf(const ScriptedRequest& request)
{
    return QString::fromLatin1(request.headers.value("Host")).section(u':', 0, 0);
}

ScriptedAnswer error(int status, const char* code, const QString& message)
{
    const QJsonObject one{{u"code"_s, QString::fromLatin1(code)}, {u"message"_s, message}};
    return ScriptedAnswer::json(status, QJsonDocument(QJsonObject{{u"errors"_s, QJsonArray{one}}}).toJson());
}

ScriptedAnswer awsError(const char* type, const QString& message)
{
    return ScriptedAnswer::text(
        400,
        QJsonDocument(QJsonObject{{u"__type"_s, QString::fromLatin1(type)}, {u"message"_s, message}})
            .toJson(),
        "application/x-amz-json-1.1");
}

QUrlQuery formOf(const ScriptedRequest& request)
{
    return QUrlQuery(QString::fromLatin1(request.body).replace(u'+', u' '));
}

QString item(const QUrlQuery& query, const char* name)
{
    return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

//! A key may come with other blanks than its file has.
bool isSameJson(const QByteArray& a, const QByteArray& b)
{
    const QJsonObject object = QJsonDocument::fromJson(a).object();
    return !object.isEmpty() && object == QJsonDocument::fromJson(b).object();
}

//! "team/app" of "/v2/team/app/blobs/uploads/".
QString repositoryOf(const QByteArray& path)
{
    const QString text = QString::fromLatin1(path);
    for (const QLatin1StringView part : {"/blobs/"_L1, "/manifests/"_L1, "/tags/"_L1}) {
        const qsizetype at = text.indexOf(part);
        if (text.startsWith("/v2/"_L1) && at > 4)
            return text.sliced(4, at - 4);
    }
    return {};
}

} // namespace

QString jwtWith(const QJsonObject& claims)
{
    const auto part = [](const QByteArray& json) {
        return QString::fromLatin1(
            json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    };
    return part(R"({"alg":"RS256","typ":"JWT"})") + u'.'
        + part(QJsonDocument(claims).toJson(QJsonDocument::Compact)) + u'.' + part("signature");
}

namespace {

TestCertificate forAllNames()
{
    using V = VendorServer;
    QStringList names;
    for (const char* name : {V::Ecr, V::EcrApi, V::EcrPublic, V::EcrPublicApi, V::Acr, V::Google, V::GitHub,
                             V::Quay, V::GitLab, V::GitLabSite, V::Harbor})
        names.append(u"DNS:"_s + QString::fromLatin1(name));
    return TestCertificate::make(names);
}

} // namespace

VendorServer::VendorServer()
{
    static const TestCertificate certificate = forAllNames(); // once a process: it takes its time
    m_ca = {certificate.certificate};
    QFile file(caFile());
    if (file.open(QFile::WriteOnly))
        file.write(certificate.certificate.toPem());
    m_server.useTls(certificate);
    m_server.on("*", "*", [this](const ScriptedRequest& request) { return answer(request); });
    entraToken = jwtWith({{u"aud"_s, u"https://containerregistry.azure.net"_s},
                          {u"tid"_s, u"72f988bf-tenant"_s},
                          {u"exp"_s, 4102444800.0}});
    googleKey = QString::fromUtf8(QJsonDocument(QJsonObject{{u"type"_s, u"service_account"_s},
                                                            {u"client_email"_s, u"ci@p.iam"_s},
                                                            {u"private_key"_s, u"-----BEGIN\nkey"_s}})
                                      .toJson());
}

HostPolicies VendorServer::policies() const
{
    return [ca = m_ca, address = address()](const QString&) {
        return HostPolicy{.extraCa = ca, .connectTo = address};
    };
}

QStringList VendorServer::calls() const
{
    QStringList calls;
    for (const ScriptedRequest& request : m_server.requests())
        calls.append(QString::fromLatin1(request.method + ' ') + hostOf(request)
                     + QString::fromLatin1(request.path()));
    return calls;
}

QByteArray VendorServer::everythingSentTo(const QString& host) const
{
    QByteArray all;
    for (const ScriptedRequest& request : m_server.requests()) {
        if (hostOf(request) != host)
            continue;
        all += QByteArray(request.method + ' ' + request.target + '\n');
        for (const auto& [name, value] : request.headers.fields()) {
            all += QByteArray(name + ": " + value + '\n');
            if (value.startsWith("Basic "))
                all += QByteArray(QByteArray::fromBase64(value.sliced(6)) + '\n');
        }
        all += request.body + '\n';
    }
    return all;
}

ScriptedAnswer VendorServer::answer(const ScriptedRequest& request)
{
    const QString host = hostOf(request);
    const QByteArray path = request.path();
    if (host == QLatin1StringView(EcrApi) || host == QLatin1StringView(EcrPublicApi))
        return ecrApi(request, host == QLatin1StringView(EcrPublicApi));
    if (host == QLatin1StringView(Ecr))
        return ecr(request);
    if (host == QLatin1StringView(Acr) && path.startsWith("/oauth2/"))
        return acrTokens(request);
    if (host == QLatin1StringView(Harbor) && path.startsWith("/api/v2.0/"))
        return harborApi(request);
    static const QHash<QString, QByteArray> TokenPaths{
        {QString::fromLatin1(EcrPublic), "/token/"},    {QString::fromLatin1(Google), "/v2/token"},
        {QString::fromLatin1(GitHub), "/token"},        {QString::fromLatin1(Quay), "/v2/auth"},
        {QString::fromLatin1(GitLabSite), "/jwt/auth"}, {QString::fromLatin1(Harbor), "/service/token"}};
    if (TokenPaths.value(host) == path)
        return basicTokens(request, host);
    return bearerRegistry(request, host);
}

QString VendorServer::freshEcrPassword()
{
    ++ecrLogins;
    const QDateTime until = now().addSecs(ecrSeconds);
    const QString password =
        QString::fromLatin1(QJsonDocument(QJsonObject{{u"payload"_s, u"opaque%1"_s.arg(ecrLogins)},
                                                      {u"expiration"_s, double(until.toSecsSinceEpoch())}})
                                .toJson(QJsonDocument::Compact)
                                .toBase64());
    m_ecrPasswords.insert(password, until);
    return password;
}

// AWS API "GetAuthorizationToken" and "CreateRepository": JSON over POST, signed.
ScriptedAnswer VendorServer::ecrApi(const ScriptedRequest& request, bool isPublic)
{
    const QByteArray given = request.headers.value("Authorization");
    const QString id = QString::fromLatin1(given).section(u"Credential="_s, 1).section(u'/', 0, 0);
    if (given.isEmpty())
        return awsError("MissingAuthenticationTokenException", u"Missing Authentication Token"_s);
    if (id != awsKeyId)
        return awsError("UnrecognizedClientException",
                        u"The security token included in the request is invalid."_s);
    if (QString::fromLatin1(request.headers.value("X-Amz-Security-Token")) != awsSessionToken)
        return awsError("UnrecognizedClientException",
                        u"The security token included in the request is invalid."_s);
    QDateTime signedAt = QDateTime::fromString(QString::fromLatin1(request.headers.value("X-Amz-Date")),
                                               u"yyyyMMdd'T'HHmmss'Z'"_s);
    signedAt.setTimeZone(QTimeZone::UTC);
    if (qAbs(signedAt.secsTo(now())) > 300)
        return awsError("InvalidSignatureException", u"Signature expired: it is now later than allowed"_s);
    HttpRequest again;
    again.method = request.method;
    again.url = QUrl(u"https://"_s + hostOf(request) + QString::fromLatin1(request.target));
    again.body = request.body;
    for (const char* name : {"Content-Type", "X-Amz-Target"})
        again.headers.set(name, request.headers.value(name));
    signForAws(again, {.id = awsKeyId, .secret = awsSecret, .sessionToken = awsSessionToken},
               {.region = isPublic ? u"us-east-1"_s : u"eu-west-1"_s,
                .service = isPublic ? u"ecr-public"_s : u"ecr"_s},
               signedAt);
    if (again.authorization != given)
        return awsError("InvalidSignatureException",
                        u"The request signature we calculated does not match the signature you provided."_s);

    const QByteArray target = request.headers.value("X-Amz-Target");
    const QByteArray front = isPublic ? "SpencerFrontendService." : "AmazonEC2ContainerRegistry_V20150921.";
    if (request.headers.value("Content-Type") != "application/x-amz-json-1.1" || !target.startsWith(front))
        return awsError("UnknownOperationException", {});
    const QByteArray action = target.sliced(front.size());
    const QJsonObject input = QJsonDocument::fromJson(request.body).object();
    if (action == "GetAuthorizationToken") {
        const QString password = freshEcrPassword();
        const QDateTime until = m_ecrPasswords.value(password);
        const QString token = QString::fromLatin1(QByteArray("AWS:" + password.toLatin1()).toBase64());
        const QJsonObject data{{u"authorizationToken"_s, token},
                               {u"expiresAt"_s, double(until.toSecsSinceEpoch())}};
        const QJsonObject reply{
            {u"authorizationData"_s, isPublic ? QJsonValue(data) : QJsonValue(QJsonArray{data})}};
        return ScriptedAnswer::text(200, QJsonDocument(reply).toJson(), "application/x-amz-json-1.1");
    }
    if (action == "CreateRepository") {
        const QString name = input.value("repositoryName"_L1).toString();
        if (!mayCreateRepositories)
            return awsError("AccessDeniedException",
                            u"User: arn:aws:iam::123456789012:user/ci is not authorized to perform: "
                            "ecr:CreateRepository"_s);
        if (ecrRepositories.contains(name))
            return awsError("RepositoryAlreadyExistsException", u"The repository already exists"_s);
        ecrRepositories.insert(name);
        return ScriptedAnswer::text(200, R"({"repository":{}})", "application/x-amz-json-1.1");
    }
    return awsError("UnknownOperationException", {});
}

ScriptedAnswer VendorServer::ecr(const ScriptedRequest& request)
{
    const auto pair = basicOf(request);
    if (!pair || pair->user != "AWS"_L1 || !m_ecrPasswords.contains(pair->secret)) {
        return ScriptedAnswer::text(401, "Not Authorized\n")
            .with(
                "WWW-Authenticate",
                QByteArray(QByteArray("Basic realm=\"https://") + Ecr + "/\",service=\"ecr.amazonaws.com\""));
    }
    if (m_ecrPasswords.value(pair->secret) <= now())
        return error(403, "DENIED", u"Your authorization token has expired. Reauthenticate and try again."_s);
    return registry(request, ecrRepositories,
                    u"The repository with name '%1' does not exist in the registry with id '123456789012'"_s);
}

// Azure/acr docs "AAD-OAuth.md" and "Token-BasicAuth.md".
ScriptedAnswer VendorServer::acrTokens(const ScriptedRequest& request)
{
    const auto refused = [] { return error(401, "UNAUTHORIZED", u"authentication required"_s); };
    const QUrlQuery form = formOf(request);
    if (request.path() == "/oauth2/exchange" && request.method == "POST") {
        if (item(form, "grant_type") != "access_token"_L1 || item(form, "service") != QLatin1StringView(Acr)
            || item(form, "access_token") != entraToken || item(form, "tenant") != "72f988bf-tenant"_L1)
            return refused();
        ++acrExchanges;
        const QString token = jwtWith({{u"grant_type"_s, u"refresh_token"_s},
                                       {u"aud"_s, QString::fromLatin1(Acr)},
                                       {u"jti"_s, acrExchanges},
                                       {u"exp"_s, double(now().addSecs(3 * 3600).toSecsSinceEpoch())}});
        m_acrRefreshTokens.insert(token);
        return ScriptedAnswer::json(200, QJsonDocument(QJsonObject{{u"refresh_token"_s, token}}).toJson());
    }
    if (request.path() != "/oauth2/token")
        return error(404, "NOT_FOUND", u"not found"_s);
    QStringList scopes;
    if (request.method == "POST") {
        const bool isGood = item(form, "grant_type") == "refresh_token"_L1
            && item(form, "service") == QLatin1StringView(Acr)
            && m_acrRefreshTokens.contains(item(form, "refresh_token"));
        if (!isGood)
            return refused();
        scopes = item(form, "scope").split(u' ', Qt::SkipEmptyParts);
    } else {
        const auto pair = basicOf(request);
        const bool isPrincipal = pair && pair->user == servicePrincipal && pair->secret == servicePassword;
        const bool isToken = pair && pair->user == "00000000-0000-0000-0000-000000000000"_L1
            && m_acrRefreshTokens.contains(pair->secret);
        if (!isPrincipal && !isToken)
            return refused();
        scopes = QUrlQuery(QString::fromLatin1(request.target).section(u'?', 1))
                     .allQueryItemValues(u"scope"_s, QUrl::FullyDecoded);
    }
    const QString token = tokenFor(QString::fromLatin1(Acr), scopes, true);
    return ScriptedAnswer::json(200, QJsonDocument(QJsonObject{{u"access_token"_s, token}}).toJson());
}

//! Token servers that take a name and a secret by GET.
ScriptedAnswer VendorServer::basicTokens(const ScriptedRequest& request, const QString& host)
{
    const auto pair = basicOf(request);
    const QUrlQuery query(QString::fromLatin1(request.target).section(u'?', 1));
    const auto knows = [&pair](const QMap<QString, QString>& known) {
        return pair && !pair->secret.isEmpty() && known.value(pair->user) == pair->secret;
    };
    bool isGood = false;
    bool mayWrite = true;
    QString realHost = host;
    if (host == QLatin1StringView(EcrPublic)) {
        isGood = pair && pair->user == "AWS"_L1 && m_ecrPasswords.contains(pair->secret);
    } else if (host == QLatin1StringView(Google)) {
        isGood = pair
            && ((pair->user == "_json_key"_L1 && isSameJson(pair->secret.toUtf8(), googleKey.toUtf8()))
                || (pair->user == "_json_key_base64"_L1
                    && isSameJson(QByteArray::fromBase64(pair->secret.toLatin1()), googleKey.toUtf8()))
                || (pair->user == "oauth2accesstoken"_L1 && pair->secret == googleAccessToken));
    } else if (host == QLatin1StringView(GitHub)) {
        if (pair && pair->secret.startsWith("github_pat_"_L1)) // fine-grained tokens are not for packages
            return error(403, "DENIED", u"denied: denied"_s);
        isGood = knows(githubTokens);
        mayWrite = githubTokenMayWrite;
    } else if (host == QLatin1StringView(Quay)) {
        isGood = knows(quayTokens);
    } else if (host == QLatin1StringView(GitLabSite)) {
        if (pair && pair->secret == gitlabPasswordOfTwoFactorUser)
            return error(401, "UNAUTHORIZED",
                         u"HTTP Basic: Access denied. If a password was provided for Git authentication, the "
                         "password was incorrect or you're required to use a token instead of a password."_s);
        isGood = knows(gitlabTokens) && item(query, "service") == "container_registry"_L1;
        realHost = QString::fromLatin1(GitLab);
    } else if (host == QLatin1StringView(Harbor)) {
        isGood = knows(harborSecrets);
    }
    if (!isGood)
        return error(401, "UNAUTHORIZED", u"incorrect username or password"_s);
    const QString token =
        tokenFor(realHost, query.allQueryItemValues(u"scope"_s, QUrl::FullyDecoded), mayWrite);
    return ScriptedAnswer::json(
        200, QJsonDocument(QJsonObject{{u"token"_s, token}, {u"expires_in"_s, 300}}).toJson());
}

ScriptedAnswer VendorServer::harborApi(const ScriptedRequest& request)
{
    const auto pair = basicOf(request);
    if (!pair || harborSecrets.value(pair->user) != pair->secret || pair->secret.isEmpty())
        return error(401, "UNAUTHORIZED", u"unauthorized"_s);
    if (request.method != "POST" || request.path() != "/api/v2.0/projects")
        return error(404, "NOT_FOUND", u"not found"_s);
    if (!mayCreateRepositories)
        return error(403, "FORBIDDEN", u"only system admin can create project"_s);
    const QString name = QJsonDocument::fromJson(request.body).object().value("project_name"_L1).toString();
    if (harborProjects.contains(name))
        return error(409, "CONFLICT", u"The project named %1 already exists"_s.arg(name));
    harborProjects.insert(name);
    return ScriptedAnswer::text(201, {});
}

QString VendorServer::tokenFor(const QString& host, const QStringList& scopes, bool mayWrite)
{
    const QString token = u"bearer-%1-token"_s.arg(++m_number);
    m_grants.insert(token, {.host = host, .scopes = scopes, .mayWrite = mayWrite});
    return token;
}

ScriptedAnswer VendorServer::bearerRegistry(const ScriptedRequest& request, const QString& host)
{
    static const QHash<QString, QByteArray> Challenges{
        {QString::fromLatin1(EcrPublic), R"(realm="https://public.ecr.aws/token/",service="public.ecr.aws")"},
        {QString::fromLatin1(Acr),
         R"(realm="https://tagboat.azurecr.io/oauth2/token",service="tagboat.azurecr.io")"},
        {QString::fromLatin1(Google),
         R"(realm="https://europe-west1-docker.pkg.dev/v2/token",service="europe-west1-docker.pkg.dev")"},
        {QString::fromLatin1(GitHub), R"(realm="https://ghcr.io/token",service="ghcr.io")"},
        {QString::fromLatin1(Quay), R"(realm="https://quay.io/v2/auth",service="quay.io")"},
        {QString::fromLatin1(GitLab), R"(realm="https://gitlab.com/jwt/auth",service="container_registry")"},
        {QString::fromLatin1(Harbor),
         R"(realm="https://harbor.example.com/service/token",service="harbor-registry")"}};
    if (!Challenges.contains(host))
        return error(404, "NAME_UNKNOWN", u"no such host here"_s);
    const QString repository = repositoryOf(request.path());
    const bool isWrite = request.method != "GET" && request.method != "HEAD";
    const QByteArray value = request.headers.value("Authorization");
    const Grant grant =
        m_grants.value(value.startsWith("Bearer ") ? QString::fromLatin1(value.sliced(7)) : QString());
    const auto covers = [&grant, &repository](QLatin1StringView action) {
        const QString front = u"repository:"_s + repository + u':';
        return std::ranges::any_of(grant.scopes, [&](const QString& scope) {
            return scope.startsWith(front) && scope.sliced(front.size()).split(u',').contains(action);
        });
    };
    const bool isAllowed = grant.host == host
        && (repository.isEmpty() || covers(isWrite ? "push"_L1 : "pull"_L1) || covers("delete"_L1));
    if (!isAllowed) {
        QByteArray challenge = "Bearer " + Challenges.value(host);
        if (!repository.isEmpty())
            challenge += QByteArray(",scope=\"repository:" + repository.toLatin1() + ":pull"
                                    + (isWrite ? ",push" : "") + '"');
        return error(401, "UNAUTHORIZED", u"authentication required"_s).with("WWW-Authenticate", challenge);
    }
    if (isWrite && !grant.mayWrite)
        return error(403, "DENIED",
                     u"permission_denied: The token provided does not match expected scopes."_s);
    QSet<QString> repositories{u"team/app"_s};
    if (host == QLatin1StringView(Harbor)) {
        const QString project = repository.section(u'/', 0, 0);
        if (!repository.isEmpty() && !harborProjects.contains(project))
            return error(404, "NOT_FOUND", u"project %1 not found"_s.arg(project));
        repositories.insert(repository); // a push makes it
    }
    return registry(request, repositories, u"repository name %1 not known to registry"_s);
}

ScriptedAnswer VendorServer::registry(const ScriptedRequest& request, const QSet<QString>& repositories,
                                      const QString& unknown)
{
    const QByteArray path = request.path();
    if (path == "/v2/")
        return ScriptedAnswer::json(200, "{}").with("Docker-Distribution-Api-Version", "registry/2.0");
    const QString repository = repositoryOf(path);
    if (!repositories.contains(repository))
        return error(404, "NAME_UNKNOWN", unknown.contains(u'%') ? unknown.arg(repository) : unknown);
    if (path.endsWith("/tags/list")) {
        return ScriptedAnswer::json(200, "{\"name\":\"" + repository.toLatin1() + "\",\"tags\":[\"v1\"]}");
    }
    if (request.method == "POST" && path.endsWith("/blobs/uploads/")) {
        return ScriptedAnswer::text(202, {}).with(
            "Location", QByteArray("/v2/" + repository.toLatin1() + "/blobs/uploads/session?state=s"));
    }
    if (request.method == "DELETE" && path.endsWith("/uploads/session"))
        return ScriptedAnswer::text(204, {});
    return error(404, "MANIFEST_UNKNOWN", u"manifest unknown"_s);
}

} // namespace Tagboat::Testing
