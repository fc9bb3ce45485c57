// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/diagnosis.h"

#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

using Cause = Diagnosis::Cause;
using Code = Error::Code;
using Doing = RefusalFacts::Doing;

Q_DECLARE_METATYPE(Tagboat::RefusalFacts)
Q_DECLARE_METATYPE(Tagboat::Error)
Q_DECLARE_METATYPE(Tagboat::Diagnosis::Cause)

//! From what a registry answers, and who asked for what, to the likely cause.
class TestDiagnosis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void causeIsFound_data();
    void causeIsFound();
    void ownNameIsProposedWhereAccountsHaveNamespaces_data();
    void ownNameIsProposedWhereAccountsHaveNamespaces();
    void accountThatFitsIsFound();
    void expiryOfTheSecretCounts();
};

namespace {

Error refusal(Code code, int status, const QString& message = {}, const QString& response = {})
{
    Error error = Error::make(code, u"registry"_s, message);
    error.httpStatus = status;
    error.response = response;
    return error;
}

Profile account(const QString& registry, const QString& user)
{
    Profile profile;
    profile.id = user + u'@' + registry;
    profile.name = user;
    profile.registry = registry;
    profile.user = user;
    profile.type = guessRegistryType(registry);
    return profile;
}

} // namespace

void TestDiagnosis::causeIsFound_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<RefusalFacts>("facts");
    QTest::addColumn<Cause>("cause");
    const auto push = [](const QString& registry, const QString& repository, const QString& user) {
        return RefusalFacts{
            .doing = Doing::Push, .registry = registry, .repository = repository, .user = user};
    };
    const Error denied = refusal(Code::Denied, 403, u"requested access to the resource is denied"_s);
    const QString hub = u"docker.io"_s;
    QTest::newRow("library") << denied << push(hub, u"library/nginx"_s, u"alice"_s) << Cause::Library;
    QTest::newRow("library, nobody") << refusal(Code::Unauthorized, 401) << push(hub, u"library/nginx"_s, {})
                                     << Cause::Library;
    QTest::newRow("bob's") << denied << push(hub, u"bob/ui"_s, u"alice"_s) << Cause::Elsewhere;
    QTest::newRow("own") << denied << push(hub, u"alice/ui"_s, u"Alice"_s) << Cause::LoginReadsOnly;
    QTest::newRow("robot's own") << denied << push(u"quay.io"_s, u"team/ui"_s, u"team+robot"_s)
                                 << Cause::LoginReadsOnly;
    QTest::newRow("nobody") << refusal(Code::Unauthorized, 401) << push(u"ghcr.io"_s, u"octo/ui"_s, {})
                            << Cause::NotLoggedIn;
    QTest::newRow("pull, nobody") << denied
                                  << RefusalFacts{.doing = Doing::Pull,
                                                  .registry = hub,
                                                  .repository = u"bob/ui"_s}
                                  << Cause::NotLoggedIn;
    QTest::newRow("pull, not allowed")
        << denied
        << RefusalFacts{.doing = Doing::Pull, .registry = hub, .repository = u"bob/ui"_s, .user = u"alice"_s}
        << Cause::Unknown;
    QTest::newRow("login, wrong password")
        << refusal(Code::Unauthorized, 401)
        << RefusalFacts{.doing = Doing::LogIn, .registry = hub, .user = u"alice"_s} << Cause::Unknown;
    const QString ecr = u"123456789012.dkr.ecr.eu-west-1.amazonaws.com"_s;
    QTest::newRow("ecr, expired") << refusal(
        Code::Unauthorized, 403, u"Your authorization token has expired. Reauthenticate and try again."_s)
                                  << push(ecr, u"team/ui"_s, u"AWS"_s) << Cause::LoginExpired;
    QTest::newRow("ecr, no repository")
        << refusal(Code::NotFound, 404,
                   u"The repository with name 'x' does not exist in the registry with id '123456789012'"_s)
        << push(ecr, u"x"_s, u"AWS"_s) << Cause::NoRepository;
    QTest::newRow("aws, clock") << refusal(Code::Unauthorized, 400,
                                           u"Signature expired: 20260101T000000Z is now earlier than …"_s)
                                << push(ecr, u"x"_s, u"AKIAIOSFODNN7EXAMPLE"_s) << Cause::ClockWrong;
    QTest::newRow("github, fine-grained")
        << refusal(Code::Unauthorized, 403, u"denied: denied"_s)
        << push(u"ghcr.io"_s, u"octo/ui"_s, u"octo"_s) << Cause::ClassicToken;
    QTest::newRow("gitlab, two factors")
        << refusal(Code::Unauthorized, 401,
                   u"HTTP Basic: Access denied. … you're required to use a token instead of a password."_s)
        << push(u"registry.gitlab.com"_s, u"dev/app"_s, u"dev"_s) << Cause::TokenWanted;
    RefusalFacts harbor = push(u"harbor.example.com"_s, u"fresh/app"_s, u"robot$ci"_s);
    harbor.type = RegistryType::Harbor;
    QTest::newRow("harbor, no project")
        << refusal(Code::NotFound, 404, u"project fresh not found"_s) << harbor << Cause::NoProject;
    QTest::newRow("harbor, quota") << refusal(
        Code::Denied, 403, u"adding 3.0 MiB of storage resource, which … will exceed the configured quota"_s)
                                   << harbor << Cause::QuotaReached;
    QTest::newRow("harbor, policy") << refusal(Code::Conflict, 412,
                                               u"current image with 3 vulnerabilities cannot be pulled"_s)
                                    << harbor << Cause::Policy;
    QTest::newRow("quay, read-only") << refusal(Code::Denied, 405,
                                                u"System is currently read-only. Pulls will succeed …"_s)
                                     << push(u"quay.io"_s, u"team/ui"_s, u"team+robot"_s)
                                     << Cause::RegistryReadsOnly;
    QTest::newRow("cause within") << refusal(Code::Denied, 403)
                                         .during(u"push"_s)
                                         .because(refusal(Code::Denied, 403, u"quota exceeded"_s))
                                  << push(u"registry.example.com"_s, u"a/b"_s, u"me"_s)
                                  << Cause::QuotaReached;
    QTest::newRow("name of words") << refusal(Code::Denied, 403,
                                              u"requested access to the resource is denied"_s,
                                              u"{\"detail\":[{\"Name\":\"alice/read-only-quota\"}]}"_s)
                                   << push(hub, u"alice/read-only-quota"_s, u"alice"_s)
                                   << Cause::LoginReadsOnly;
    QTest::newRow("asked to wait") << refusal(Code::RateLimited, 429, u"quota exceeded"_s)
                                   << push(hub, u"alice/ui"_s, u"alice"_s) << Cause::Unknown;
    QTest::newRow("server trouble") << refusal(Code::Network, 502, u"bad gateway"_s)
                                    << push(hub, u"alice/ui"_s, u"alice"_s) << Cause::Unknown;
}

void TestDiagnosis::causeIsFound()
{
    QFETCH(const Error, error);
    QFETCH(const RefusalFacts, facts);
    QFETCH(const Cause, cause);
    QCOMPARE(int(diagnose(error, facts).cause), int(cause));
}

void TestDiagnosis::ownNameIsProposedWhereAccountsHaveNamespaces_data()
{
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("repository");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("name");
    QTest::newRow("hub") << u"docker.io"_s << u"library/nginx"_s << u"Alice"_s << u"alice/nginx:v1"_s;
    QTest::newRow("hub, deep") << u"docker.io"_s << u"bob/nginx"_s << u"alice"_s << u"alice/nginx:v1"_s;
    QTest::newRow("github") << u"ghcr.io"_s << u"bob/nginx"_s << u"Octo"_s << u"ghcr.io/octo/nginx:v1"_s;
    QTest::newRow("quay robot") << u"quay.io"_s << u"bob/nginx"_s << u"team+ci"_s
                                << u"quay.io/team/nginx:v1"_s;
    QTest::newRow("quay token") << u"quay.io"_s << u"bob/nginx"_s << u"$oauthtoken"_s << QString();
    QTest::newRow("self-hosted") << u"registry.example.com"_s << u"bob/nginx"_s << u"alice"_s << QString();
}

void TestDiagnosis::ownNameIsProposedWhereAccountsHaveNamespaces()
{
    QFETCH(const QString, registry);
    QFETCH(const QString, repository);
    QFETCH(const QString, user);
    const Diagnosis found = diagnose(
        refusal(Code::Denied, 403),
        {.doing = Doing::Push, .registry = registry, .repository = repository, .tag = u"v1"_s, .user = user});
    QTEST(found.ownName, "name");
}

void TestDiagnosis::accountThatFitsIsFound()
{
    RefusalFacts facts{.doing = Doing::Push,
                       .registry = u"docker.io"_s,
                       .repository = u"bob/ui"_s,
                       .user = u"alice"_s,
                       .accounts = {account(u"ghcr.io"_s, u"bob"_s), account(u"docker.io"_s, u"alice"_s),
                                    account(u"docker.io"_s, u"bob"_s)}};
    const Error denied = refusal(Code::Denied, 403);
    QVERIFY(diagnose(denied, facts).better);
    QCOMPARE(diagnose(denied, facts).better->id, u"bob@docker.io"_s);
    facts.repository = u"carol/ui"_s;
    QVERIFY(!diagnose(denied, facts).better);
    facts.user.clear(); // somebody has to: anybody who has an account there
    QCOMPARE(diagnose(denied, facts).better->id, u"alice@docker.io"_s);
}

void TestDiagnosis::expiryOfTheSecretCounts()
{
    RefusalFacts facts{.doing = Doing::Pull, .registry = u"x.azurecr.io"_s, .user = u"me"_s};
    facts.secretExpires = facts.now.addSecs(-60);
    QCOMPARE(diagnose(refusal(Code::Unauthorized, 401), facts).cause, Cause::LoginExpired);
    facts.secretExpires = facts.now.addSecs(60);
    QCOMPARE(diagnose(refusal(Code::Unauthorized, 401), facts).cause, Cause::Unknown);
}

QTEST_GUILESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
