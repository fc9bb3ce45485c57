// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/repositorycreation.h"

#include "auth/ecr.h"
#include "net/origin.h"
#include "registry/replyerror.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Task<Result<void>> createHarborProject(std::shared_ptr<HttpClient> http, QUrl apiBase, QString project,
                                       Credential credential, std::stop_token stop)
{
    HttpRequest request;
    request.method = "POST";
    request.url = apiBase.resolved(QUrl(u"/api/v2.0/projects"_s));
    request.policyHost = hostAndPort(apiBase);
    request.operation = u"create project"_s;
    request.subject = hostAndPort(apiBase) + u'/' + project;
    request.authorization = basicAuthorization(credential);
    request.headers.set("Content-Type", "application/json");
    request.body = QJsonDocument(QJsonObject{{u"project_name"_s, project},
                                             {u"metadata"_s, QJsonObject{{u"public"_s, u"false"_s}}}})
                       .toJson(QJsonDocument::Compact);
    auto reply = co_await http->send(request, stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    constexpr int Created = 201;
    constexpr int Conflict = 409; // it is there
    if (reply->status == Created || reply->status == Conflict)
        co_return Result<void>();
    co_return fail(replyError(*reply, request.operation, request.subject));
}

} // namespace

bool canCreateRepository(const Profile& profile)
{
    // The API of the public one wants another name than references have.
    if (const auto ecr = EcrRegistry::fromName(profile.registry))
        return !ecr->isPublic() && isAwsAccessKeyId(profile.user);
    return profile.type == RegistryType::Harbor && !profile.isAnonymous();
}

Task<Result<void>> createRepository(std::shared_ptr<HttpClient> http, QUrl apiBase, Profile profile,
                                    QString repository, Authorizer::CredentialSource source,
                                    std::stop_token stop)
{
    if (!canCreateRepository(profile)) {
        co_return fail(Error::make(Error::Code::Unsupported, profile.registry,
                                   u"repositories are not made from here in this registry"_s)
                           .during(u"create repository"_s));
    }
    auto credential = co_await source(stop);
    if (!credential)
        co_return fail(std::move(credential.error()));
    if (!*credential)
        co_return fail(Error::Code::Unauthorized, profile.registry, u"nobody is logged in"_s);
    const Credential login = **credential;
    if (const auto ecr = EcrRegistry::fromName(profile.registry)) {
        auto made = co_await createEcrRepository(http, *ecr, awsKey(login), repository,
                                                 Clock(&QDateTime::currentDateTimeUtc), stop);
        co_return made;
    }
    auto made = co_await createHarborProject(http, apiBase, repository.section(u'/', 0, 0), login, stop);
    co_return made;
}

} // namespace Tagboat
