// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/credentialsource.h"
#include "auth/ecr.h"
#include "auth/vendorlogin.h"
#include "registry/registryclient.h"
#include "registry/repositorycreation.h"
#include "support/resulttest.h"
#include "support/vendors/vendorserver.h"

#include <QJsonObject>
#include <QProcess>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

namespace {
const std::stop_token Go;
} // namespace

//! The logins of hosted registries, each against a server that speaks as that vendor does.
class TestVendors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void signatureIsThatOfTheDocuments();
    void signatureIsThatOfCurl();
    void registriesOfAmazonAreKnownByName_data();
    void registriesOfAmazonAreKnownByName();

    void login_data();
    void login();
    void wrongLoginIsUnauthorized_data();
    void wrongLoginIsUnauthorized();

    void amazonKeyIsNeverSent();
    void amazonLoginIsRenewedBeforeItEnds();
    void amazonLoginThatWasTakenBackIsRenewed();
    void amazonPastedLoginIsUsedAsItIs();
    void amazonExpiredLoginSaysSo();
    void amazonWrongClockIsTold();
    void amazonMissingRepositoryIsMade();
    void amazonMissingRepositoryThatMayNotBeMadeIsDenied();
    void azureTokenIsExchangedOnceAndOnlyThere();
    void azureRefreshTokenNeedsNoExchange();
    void googleKeyIsLookedAtBeforeItIsSent();
    void githubTokenWithoutTheRightToWriteIsDenied();
    void harborProjectIsMade();
    void otherRegistriesAreNeverAskedSo();
    void expiryIsReadFromTheSecret();

private:
    [[nodiscard]] std::shared_ptr<RegistryClient> client(const QString& host, const Credential& credential)
    {
        return std::make_shared<RegistryClient>(
            m_http, host, vendorLogin(m_http, host, credential.user, fixedCredential(credential)),
            RegistryClient::Options());
    }
    [[nodiscard]] Credential amazonKey() const
    {
        return {.user = m_vendors->awsKeyId, .secret = m_vendors->awsSecret};
    }
    [[nodiscard]] Result<void> mayPush(const std::shared_ptr<RegistryClient>& client,
                                       const QString& repository = u"team/app"_s)
    {
        return QCoro::waitFor(client->repository(repository)->checkPush(Go));
    }

    std::unique_ptr<VendorServer> m_vendors;
    std::shared_ptr<HttpClient> m_http;
};

namespace {

struct Login
{
    const char* name;
    const char* host;
    QString user, secret;
};

QList<Login> goodLogins(const VendorServer& v)
{
    const QString guid = u"00000000-0000-0000-0000-000000000000"_s;
    return {
        {"ecr, access key", VendorServer::Ecr, v.awsKeyId, v.awsSecret},
        {"ecr public, access key", VendorServer::EcrPublic, v.awsKeyId, v.awsSecret},
        {"acr, service principal", VendorServer::Acr, v.servicePrincipal, v.servicePassword},
        {"acr, token of Entra", VendorServer::Acr, guid, v.entraToken},
        {"google, key", VendorServer::Google, u"_json_key"_s, v.googleKey},
        {"google, key in base64", VendorServer::Google, u"_json_key_base64"_s,
         QString::fromLatin1(v.googleKey.toUtf8().toBase64())},
        {"google, access token", VendorServer::Google, u"oauth2accesstoken"_s, v.googleAccessToken},
        {"github", VendorServer::GitHub, u"octo"_s, v.githubTokens.value(u"octo"_s)},
        {"quay, robot", VendorServer::Quay, u"team+robot"_s, v.quayTokens.value(u"team+robot"_s)},
        {"quay, oauth", VendorServer::Quay, u"$oauthtoken"_s, v.quayTokens.value(u"$oauthtoken"_s)},
        {"quay, application", VendorServer::Quay, u"$app"_s, v.quayTokens.value(u"$app"_s)},
        {"gitlab", VendorServer::GitLab, u"dev"_s, v.gitlabTokens.value(u"dev"_s)},
        {"harbor, robot", VendorServer::Harbor, u"robot$team+ci"_s,
         v.harborSecrets.value(u"robot$team+ci"_s)},
    };
}

} // namespace

void TestVendors::init()
{
    m_vendors = std::make_unique<VendorServer>();
    QVERIFY(m_vendors->listen());
    m_http = std::make_shared<HttpClient>(m_vendors->policies());
}

// AWS General Reference, "Examples of the complete Signature Version 4 signing process".
void TestVendors::signatureIsThatOfTheDocuments()
{
    HttpRequest request;
    request.url = QUrl(u"https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"_s);
    request.headers.set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    const QDateTime then = QDateTime::fromString(u"2015-08-30T12:36:00Z"_s, Qt::ISODate);
    signForAws(request, {.id = u"AKIDEXAMPLE"_s, .secret = u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"_s},
               {.region = u"us-east-1"_s, .service = u"iam"_s}, then);
    QCOMPARE(request.headers.value("X-Amz-Date"), QByteArray("20150830T123600Z"));
    QCOMPARE(request.authorization,
             QByteArray("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                        "SignedHeaders=content-type;host;x-amz-date, "
                        "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"));
}

//! What another program signs, with a body and with headers of Amazon's own, we sign alike.
void TestVendors::signatureIsThatOfCurl()
{
    ScriptedServer server;
    QVERIFY(server.listen());
    server.on("*", "*", ScriptedAnswer::text(200, "fine"));
    QProcess curl;
    curl.start(u"curl"_s,
               {u"-s"_s, u"--noproxy"_s, u"*"_s, u"--aws-sigv4"_s, u"aws:amz:eu-west-1:ecr"_s, u"-u"_s,
                m_vendors->awsKeyId + u':' + m_vendors->awsSecret, u"-H"_s,
                u"Content-Type: application/x-amz-json-1.1"_s, u"-H"_s, u"X-Amz-Target: A_B.GetIt"_s, u"-d"_s,
                u"{\"a\":\"b\"}"_s, server.url("/").toString()});
    QVERIFY(curl.waitForStarted());
    QTRY_COMPARE_WITH_TIMEOUT(curl.state(), QProcess::NotRunning, 20'000);
    QCOMPARE(server.requests().size(), 1);
    const ScriptedRequest& sent = server.requests().constFirst();
    HttpRequest request;
    request.method = "POST";
    request.url = server.url("/");
    request.body = sent.body;
    request.headers.set("Content-Type", sent.headers.value("Content-Type"));
    request.headers.set("X-Amz-Target", sent.headers.value("X-Amz-Target"));
    QDateTime then = QDateTime::fromString(QString::fromLatin1(sent.headers.value("X-Amz-Date")),
                                           u"yyyyMMdd'T'HHmmss'Z'"_s);
    QVERIFY(then.isValid());
    then.setTimeZone(QTimeZone::UTC);
    signForAws(request, awsKey(amazonKey()), {.region = u"eu-west-1"_s, .service = u"ecr"_s}, then);
    const auto signatureOf = [](const QByteArray& authorization) {
        return authorization.sliced(authorization.indexOf("SignedHeaders")).replace(" ", "");
    };
    QCOMPARE(signatureOf(request.authorization), signatureOf(sent.headers.value("Authorization")));
}

void TestVendors::registriesOfAmazonAreKnownByName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("apiHost");
    QTest::newRow("usual") << u"123456789012.dkr.ecr.eu-west-1.amazonaws.com"_s << u"eu-west-1"_s
                           << u"api.ecr.eu-west-1.amazonaws.com"_s;
    QTest::newRow("china") << u"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"_s << u"cn-north-1"_s
                           << u"api.ecr.cn-north-1.amazonaws.com.cn"_s;
    QTest::newRow("fips") << u"123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com"_s << u"us-gov-west-1"_s
                          << u"ecr-fips.us-gov-west-1.amazonaws.com"_s;
    QTest::newRow("dual") << u"123456789012.dkr-ecr.eu-west-1.on.aws"_s << u"eu-west-1"_s
                          << u"api.ecr.eu-west-1.amazonaws.com"_s;
    QTest::newRow("public") << u"public.ecr.aws"_s << u"us-east-1"_s
                            << u"api.ecr-public.us-east-1.amazonaws.com"_s;
    QTest::newRow("somebody else's") << u"123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example"_s
                                     << QString() << QString();
    QTest::newRow("no account") << u"x.dkr.ecr.eu-west-1.amazonaws.com"_s << QString() << QString();
    QTest::newRow("with a port") << u"123456789012.dkr.ecr.eu-west-1.amazonaws.com:5000"_s << QString()
                                 << QString();
}

void TestVendors::registriesOfAmazonAreKnownByName()
{
    QFETCH(const QString, name);
    QFETCH(const QString, region);
    QFETCH(const QString, apiHost);
    const auto known = EcrRegistry::fromName(name);
    QCOMPARE(known.has_value(), !region.isEmpty());
    if (known) {
        QCOMPARE(known->region, region);
        QCOMPARE(known->apiHost, apiHost);
    }
}

void TestVendors::login_data()
{
    QTest::addColumn<int>("row");
    const VendorServer vendors;
    const QList<Login> all = goodLogins(vendors);
    for (int i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << i;
}

void TestVendors::login()
{
    QFETCH(const int, row);
    const Login login = goodLogins(*m_vendors)[row];
    const auto registry =
        client(QString::fromLatin1(login.host), {.user = login.user, .secret = login.secret});
    const auto status = QCoro::waitFor(registry->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(status->needsLogin);
    QVERIFY(status->isLoggedIn);
    VERIFY_RESULT(mayPush(registry));
    const auto tags = QCoro::waitFor(registry->repository(u"team/app"_s)->allTags(Go));
    VERIFY_RESULT(tags);
    QCOMPARE(*tags, QStringList{u"v1"_s});
}

void TestVendors::wrongLoginIsUnauthorized_data()
{
    login_data();
}

void TestVendors::wrongLoginIsUnauthorized()
{
    QFETCH(const int, row);
    const Login login = goodLogins(*m_vendors)[row];
    QString wrong = login.secret;
    wrong[wrong.size() / 2] = wrong[wrong.size() / 2] == u'x' ? u'y' : u'x';
    const QString host = QString::fromLatin1(login.host);
    const auto status = QCoro::waitFor(client(host, {.user = login.user, .secret = wrong})->ping(Go));
    COMPARE_ERROR(status, Error::Code::Unauthorized);
    QVERIFY(!status.error().message.contains(wrong));
    QVERIFY(!status.error().response.contains(wrong));
}

void TestVendors::amazonKeyIsNeverSent()
{
    const auto registry = client(QString::fromLatin1(VendorServer::Ecr), amazonKey());
    VERIFY_RESULT(mayPush(registry));
    QCOMPARE(m_vendors->ecrLogins, 1);
    for (const char* host : {VendorServer::Ecr, VendorServer::EcrApi}) {
        const QByteArray sent = m_vendors->everythingSentTo(QString::fromLatin1(host));
        QVERIFY(!sent.isEmpty());
        QVERIFY2(!sent.contains(m_vendors->awsSecret.toUtf8()), host);
    }
    // Nor does the registry learn which key it was.
    QVERIFY(!m_vendors->everythingSentTo(QString::fromLatin1(VendorServer::Ecr)).contains("AKIA"));
}

void TestVendors::amazonLoginIsRenewedBeforeItEnds()
{
    QDateTime now = QDateTime::currentDateTimeUtc();
    m_vendors->clock = [&now] { return now; };
    const QString host = QString::fromLatin1(VendorServer::Ecr);
    const auto clock = [&now] { return now; };
    const QUrl base(u"https://"_s + host + u'/');
    const auto authorizer = std::make_shared<Authorizer>(
        m_http, base, vendorLogin(m_http, host, amazonKey().user, fixedCredential(amazonKey()), clock),
        clock);
    HttpResponse refused;
    refused.status = 401;
    refused.url = base.resolved(QUrl(u"/v2/"_s));
    refused.headers.add("WWW-Authenticate", "Basic realm=\"https://aws/\"");
    VERIFY_RESULT(QCoro::waitFor(authorizer->challenged(refused, {}, {}, Go)));
    const auto first = QCoro::waitFor(authorizer->authorization({}, Go));
    VERIFY_RESULT(first);
    now = now.addSecs(11 * 3600);
    const auto same = QCoro::waitFor(authorizer->authorization({}, Go));
    VERIFY_RESULT(same);
    QCOMPARE(*same, *first);
    now = now.addSecs(3600 - 60);
    const auto second = QCoro::waitFor(authorizer->authorization({}, Go));
    VERIFY_RESULT(second);
    QVERIFY(*second != *first);
    QCOMPARE(m_vendors->ecrLogins, 2);
}

void TestVendors::amazonLoginThatWasTakenBackIsRenewed()
{
    QDateTime now = QDateTime::currentDateTimeUtc();
    const QString host = QString::fromLatin1(VendorServer::Ecr);
    const auto clock = [&now] { return now; };
    m_vendors->clock = clock;
    const QUrl base(u"https://"_s + host + u'/');
    const auto authorizer = std::make_shared<Authorizer>(
        m_http, base, vendorLogin(m_http, host, amazonKey().user, fixedCredential(amazonKey()), clock),
        clock);
    HttpResponse refused;
    refused.status = 401;
    refused.url = base.resolved(QUrl(u"/v2/"_s));
    refused.headers.add("WWW-Authenticate", "Basic realm=\"https://aws/\"");
    VERIFY_RESULT(QCoro::waitFor(authorizer->challenged(refused, {}, {}, Go)));
    const auto first = QCoro::waitFor(authorizer->authorization({}, Go));
    VERIFY_RESULT(first);
    now = now.addSecs(600);
    const auto helps = QCoro::waitFor(authorizer->challenged(refused, *first, {}, Go));
    VERIFY_RESULT(helps);
    QVERIFY(*helps);
    const auto second = QCoro::waitFor(authorizer->authorization({}, Go));
    VERIFY_RESULT(second);
    QVERIFY(*second != *first);
}

void TestVendors::amazonPastedLoginIsUsedAsItIs()
{
    const auto ecr = EcrRegistry::fromName(QString::fromLatin1(VendorServer::Ecr));
    const auto made =
        QCoro::waitFor(fetchEcrLogin(m_http, *ecr, awsKey(amazonKey()), &QDateTime::currentDateTimeUtc, Go));
    VERIFY_RESULT(made);
    QCOMPARE(made->user, u"AWS"_s);
    const auto registry = client(ecr->registry, {.user = made->user, .secret = made->secret});
    VERIFY_RESULT(mayPush(registry));
    QCOMPARE(m_vendors->ecrLogins, 1);
}

void TestVendors::amazonExpiredLoginSaysSo()
{
    QDateTime now = QDateTime::currentDateTimeUtc();
    m_vendors->clock = [&now] { return now; };
    const auto ecr = EcrRegistry::fromName(QString::fromLatin1(VendorServer::Ecr));
    const auto made =
        QCoro::waitFor(fetchEcrLogin(m_http, *ecr, awsKey(amazonKey()), &QDateTime::currentDateTimeUtc, Go));
    VERIFY_RESULT(made);
    now = now.addSecs(13 * 3600);
    const auto pushed = mayPush(client(ecr->registry, {.user = made->user, .secret = made->secret}));
    COMPARE_ERROR(pushed, Error::Code::Unauthorized);
    QVERIFY2(pushed.error().message.contains("expired"_L1), qPrintable(pushed.error().toString()));
}

void TestVendors::amazonWrongClockIsTold()
{
    m_vendors->clock = [] { return QDateTime::currentDateTimeUtc().addSecs(3600); };
    const auto pushed = mayPush(client(QString::fromLatin1(VendorServer::Ecr), amazonKey()));
    COMPARE_ERROR(pushed, Error::Code::Unauthorized);
    QVERIFY2(pushed.error().message.contains("Signature expired"_L1), qPrintable(pushed.error().toString()));
}

void TestVendors::amazonMissingRepositoryIsMade()
{
    const QString host = QString::fromLatin1(VendorServer::Ecr);
    const auto registry = client(host, amazonKey());
    const auto pushed = mayPush(registry, u"new/thing"_s);
    COMPARE_ERROR(pushed, Error::Code::NotFound);
    Profile profile;
    profile.registry = host;
    profile.user = m_vendors->awsKeyId;
    profile.type = RegistryType::Amazon;
    QVERIFY(canCreateRepository(profile));
    for (int time = 0; time < 2; ++time) { // it may be there already
        VERIFY_RESULT(QCoro::waitFor(createRepository(m_http, QUrl(u"https://"_s + host), profile,
                                                      u"new/thing"_s, fixedCredential(amazonKey()), Go)));
    }
    VERIFY_RESULT(mayPush(registry, u"new/thing"_s));
    profile.user = u"AWS"_s; // a login that was pasted may push, but cannot sign
    QVERIFY(!canCreateRepository(profile));
}

void TestVendors::amazonMissingRepositoryThatMayNotBeMadeIsDenied()
{
    m_vendors->mayCreateRepositories = false;
    Profile profile;
    profile.registry = QString::fromLatin1(VendorServer::Ecr);
    profile.user = m_vendors->awsKeyId;
    const auto made = QCoro::waitFor(createRepository(m_http, QUrl(u"https://"_s + profile.registry), profile,
                                                      u"new/thing"_s, fixedCredential(amazonKey()), Go));
    COMPARE_ERROR(made, Error::Code::Denied);
    QVERIFY(made.error().subject.endsWith("/new/thing"_L1));
    QVERIFY(made.error().message.contains("not authorized"_L1));
}

void TestVendors::azureTokenIsExchangedOnceAndOnlyThere()
{
    const auto registry =
        client(QString::fromLatin1(VendorServer::Acr),
               {.user = u"00000000-0000-0000-0000-000000000000"_s, .secret = m_vendors->entraToken});
    VERIFY_RESULT(mayPush(registry));
    VERIFY_RESULT(QCoro::waitFor(registry->repository(u"team/app"_s)->allTags(Go)));
    QCOMPARE(m_vendors->acrExchanges, 1);
    QCOMPARE(m_vendors->calls().filter(u"/oauth2/exchange"_s),
             QStringList{u"POST tagboat.azurecr.io/oauth2/exchange"_s});
    // The registry's own pages get bearer tokens, never one that makes others.
    for (const ScriptedRequest& request : m_vendors->http().requests()) {
        if (request.path().startsWith("/v2/"))
            QVERIFY(!request.headers.value("Authorization").contains(m_vendors->entraToken.toLatin1()));
    }
}

void TestVendors::azureRefreshTokenNeedsNoExchange()
{
    const QString host = QString::fromLatin1(VendorServer::Acr);
    const auto made =
        QCoro::waitFor(vendorLogin(m_http, host, u"00000000-0000-0000-0000-000000000000"_s,
                                   fixedCredential({.user = u"00000000-0000-0000-0000-000000000000"_s,
                                                    .secret = m_vendors->entraToken}))(Go));
    VERIFY_RESULT(made);
    const QString refresh = (*made)->secret;
    QVERIFY(refresh != m_vendors->entraToken);
    VERIFY_RESULT(
        mayPush(client(host, {.user = u"00000000-0000-0000-0000-000000000000"_s, .secret = refresh})));
    QCOMPARE(m_vendors->acrExchanges, 1);
}

void TestVendors::googleKeyIsLookedAtBeforeItIsSent()
{
    const QString host = QString::fromLatin1(VendorServer::Google);
    VERIFY_RESULT(checkSecret(host, {.user = u"_json_key"_s, .secret = m_vendors->googleKey}));
    const auto wrong = checkSecret(host, {.user = u"_json_key"_s, .secret = u"/home/me/key.json"_s});
    COMPARE_ERROR(wrong, Error::Code::InvalidInput);
    QCOMPARE(wrong.error().subject, u"_json_key"_s);
    QVERIFY(!wrong.error().toString().contains("key.json"_L1));
    VERIFY_RESULT(checkSecret(u"registry.example.com"_s, {.user = u"_json_key"_s, .secret = u"x"_s}));
}

void TestVendors::githubTokenWithoutTheRightToWriteIsDenied()
{
    m_vendors->githubTokenMayWrite = false;
    const auto registry = client(QString::fromLatin1(VendorServer::GitHub),
                                 {.user = u"octo"_s, .secret = m_vendors->githubTokens.value(u"octo"_s)});
    COMPARE_ERROR(mayPush(registry), Error::Code::Denied);
    VERIFY_RESULT(QCoro::waitFor(registry->repository(u"team/app"_s)->allTags(Go)));
}

void TestVendors::harborProjectIsMade()
{
    const QString host = QString::fromLatin1(VendorServer::Harbor);
    Profile profile;
    profile.registry = host;
    profile.user = u"robot$team+ci"_s;
    profile.type = RegistryType::Harbor;
    const Credential robot{.user = profile.user, .secret = m_vendors->harborSecrets.value(profile.user)};
    const auto registry = client(host, robot);
    COMPARE_ERROR(mayPush(registry, u"fresh/app"_s), Error::Code::NotFound);
    QVERIFY(canCreateRepository(profile));
    for (int time = 0; time < 2; ++time) {
        VERIFY_RESULT(QCoro::waitFor(createRepository(m_http, QUrl(u"https://"_s + host), profile,
                                                      u"fresh/app"_s, fixedCredential(robot), Go)));
    }
    VERIFY_RESULT(mayPush(registry, u"fresh/app"_s));
}

//! A registry that only calls itself so gets no signature and no token to exchange.
void TestVendors::otherRegistriesAreNeverAskedSo()
{
    for (const QString& host : {u"123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example"_s,
                                u"azurecr.io.evil.example"_s, u"harbor.example.com"_s}) {
        const Credential given{.user = m_vendors->awsKeyId, .secret = u"secret"_s};
        const auto left = QCoro::waitFor(vendorLogin(m_http, host, given.user, fixedCredential(given))(Go));
        VERIFY_RESULT(left);
        QCOMPARE((*left)->user, given.user);
        QCOMPARE((*left)->secret, given.secret);
    }
    QVERIFY(m_vendors->calls().isEmpty());
}

void TestVendors::expiryIsReadFromTheSecret()
{
    const QDateTime now = QDateTime::fromString(u"2026-01-01T00:00:00Z"_s, Qt::ISODate);
    const auto expiry = [&now](const char* host, const QString& user, const QString& secret) {
        return secretExpiry(QString::fromLatin1(host), {.user = user, .secret = secret}, now);
    };
    QVERIFY(!expiry(VendorServer::Ecr, m_vendors->awsKeyId, m_vendors->awsSecret).isValid());
    QCOMPARE(expiry(VendorServer::Ecr, u"AWS"_s, u"opaque"_s), now.addSecs(12 * 3600));
    const QByteArray told = R"({"payload":"x","expiration":1767250000})";
    QCOMPARE(expiry(VendorServer::Ecr, u"AWS"_s, QString::fromLatin1(told.toBase64())),
             QDateTime::fromSecsSinceEpoch(1767250000, QTimeZone::UTC));
    QCOMPARE(expiry(VendorServer::Google, u"oauth2accesstoken"_s, u"ya29"_s), now.addSecs(3600));
    QVERIFY(!expiry(VendorServer::Google, u"_json_key"_s, m_vendors->googleKey).isValid());
    QCOMPARE(expiry("registry.example.com", u"me"_s, jwtWith({{u"exp"_s, 1767250000}})),
             QDateTime::fromSecsSinceEpoch(1767250000, QTimeZone::UTC));
    QVERIFY(!expiry("registry.example.com", u"me"_s, u"a.b.c"_s).isValid());
    QVERIFY(!expiry("docker.io", u"me"_s, u"dckr_pat_abc"_s).isValid());
}

QTEST_GUILESS_MAIN(TestVendors)
#include "tst_vendors.moc"
