// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registryhelpers.h"
#include "support/randomimage/checkimage.h"
#include "support/registryprocess/tokenserver.h"

#include <QLoggingCategory>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Against the real docker-registry with Basic and with Bearer authentication.
class TestRegistryAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void basicPingAsksForALogin();
    void basicLoginPushesAndPulls();
    void basicWrongPasswordIsUnauthorizedEverywhere();
    void basicWithoutLoginIsUnauthorized();

    void bearerPingChecksThePassword();
    void bearerPingWithoutLoginAsksForNoToken();
    void bearerWrongPasswordIsUnauthorizedWithTheServersWords();
    void bearerLoginPushesAndPulls();
    void bearerAnonymousReadsWhatIsPublic();
    void bearerPushWithoutTheRightIsDenied();
    void bearerAnonymousPushIsUnauthorized();
    void bearerTokenComesBeforeTheBlob();
    void bearerTokenIsSharedByManyRequests();
    void bearerExpiredTokenIsRenewed();
    void bearerExpiredTokenIsRenewedForAStream();
    void bearerIdentityTokenLogsIn();
    void bearerMountAsksForBothRepositories();
    void bearerMountWithoutTheRightToReadGoesOnAsAnUpload();
    void bearerRemovingAsksForTheRightToDelete();
    void bearerRemovingWithoutTheRightIsDenied();
    void bearerCatalogNeedsItsOwnRight();
    void noSecretIsEverLogged();

private:
    enum class As { Nobody, Alice, WrongPassword, Reader };

    [[nodiscard]] std::shared_ptr<RegistryClient> client(const RegistryProcess& registry, As who) const;
    [[nodiscard]] std::shared_ptr<RegistryClient> basic(As who) const { return client(*m_basic, who); }
    [[nodiscard]] std::shared_ptr<RegistryClient> bearer(As who) const { return client(*m_bearer, who); }
    [[nodiscard]] QStringList lastScopes() const
    {
        return m_tokens.requests().constLast().allQueryItemValues(u"scope"_s, QUrl::FullyDecoded);
    }

    TokenServer m_tokens;
    std::unique_ptr<RegistryProcess> m_basic;
    std::unique_ptr<RegistryProcess> m_bearer;
    std::shared_ptr<HttpClient> m_http;
};

namespace {

const QString Password = u"pass:wörd £5"_s;
QStringList logged;

void keepMessage(QtMsgType, const QMessageLogContext&, const QString& message)
{
    logged.append(message);
}

} // namespace

void TestRegistryAuth::initTestCase()
{
    QVERIFY(m_tokens.listen());
    RegistryOptions withUsers;
    withUsers.users = {{u"alice"_s, Password}};
    m_basic = std::make_unique<RegistryProcess>(withUsers);
    QVERIFY(m_basic->start());
    RegistryOptions withTokens;
    withTokens.tokens = &m_tokens;
    m_bearer = std::make_unique<RegistryProcess>(withTokens);
    QVERIFY(m_bearer->start());
}

void TestRegistryAuth::init()
{
    m_http = std::make_shared<HttpClient>();
    m_tokens.clearRights();
    m_tokens.addUser(u"alice"_s, Password);
    m_tokens.addUser(u"reader"_s, Password);
    m_tokens.allow(u"alice"_s, u"*"_s, {u"pull"_s, u"push"_s, u"delete"_s});
    m_tokens.allow(u"reader"_s, u"*"_s, {u"pull"_s});
    m_tokens.allow(u""_s, u"public/os"_s, {u"pull"_s});
    m_tokens.forgetRequests();
}

std::shared_ptr<RegistryClient> TestRegistryAuth::client(const RegistryProcess& registry, As who) const
{
    Authorizer::CredentialSource source = noCredential();
    if (who == As::Alice)
        source = fixedCredential({u"alice"_s, Password, false});
    else if (who == As::Reader)
        source = fixedCredential({u"reader"_s, Password, false});
    else if (who == As::WrongPassword)
        source = fixedCredential({u"alice"_s, u"guess"_s, false});
    return std::make_shared<RegistryClient>(m_http, registry.host(), std::move(source),
                                            RegistryClient::Options());
}

void TestRegistryAuth::basicPingAsksForALogin()
{
    const auto nobody = QCoro::waitFor(basic(As::Nobody)->ping(Go));
    VERIFY_RESULT(nobody);
    QVERIFY(nobody->needsLogin);
    QVERIFY(!nobody->isLoggedIn);
    const auto alice = QCoro::waitFor(basic(As::Alice)->ping(Go));
    VERIFY_RESULT(alice);
    QVERIFY(alice->needsLogin);
    QVERIFY(alice->isLoggedIn);
}

void TestRegistryAuth::basicLoginPushesAndPulls()
{
    const RandomImage image = randomImage(31);
    const auto repository = basic(As::Alice)->repository(u"team/app"_s);
    VERIFY_RESULT(pushImage(repository, image, {u"v1"_s}));
    QCOMPARE(checkImage(basic(As::Alice)->repository(u"team/app"_s), u"v1"_s), QStringList());
    const auto repositories = QCoro::waitFor(basic(As::Alice)->allRepositories(Go));
    VERIFY_RESULT(repositories);
    QCOMPARE(*repositories, QStringList{u"team/app"_s});
}

void TestRegistryAuth::basicWrongPasswordIsUnauthorizedEverywhere()
{
    const auto client = basic(As::WrongPassword);
    const auto repository = client->repository(u"team/app"_s);
    const auto ping = QCoro::waitFor(client->ping(Go));
    COMPARE_ERROR(ping, Error::Code::Unauthorized);
    QVERIFY2(ping.error().response.contains(u"UNAUTHORIZED"_s), qPrintable(ping.error().response));
    COMPARE_ERROR(QCoro::waitFor(repository->resolve(u"v1"_s, Go)), Error::Code::Unauthorized);
    COMPARE_ERROR(QCoro::waitFor(repository->allTags(Go)), Error::Code::Unauthorized);
    COMPARE_ERROR(QCoro::waitFor(repository->checkPush(Go)), Error::Code::Unauthorized);
    COMPARE_ERROR(QCoro::waitFor(repository->blobPresence(blobOf("x"), Go)), Error::Code::Unauthorized);
    COMPARE_ERROR(QCoro::waitFor(client->allRepositories(Go)), Error::Code::Unauthorized);
}

void TestRegistryAuth::basicWithoutLoginIsUnauthorized()
{
    const auto client = basic(As::Nobody);
    const auto manifest = QCoro::waitFor(client->repository(u"team/app"_s)->fetchManifest(u"v1"_s, Go));
    COMPARE_ERROR(manifest, Error::Code::Unauthorized);
    QCOMPARE(manifest.error().httpStatus, 401);
    COMPARE_ERROR(QCoro::waitFor(client->allRepositories(Go)), Error::Code::Unauthorized);
}

void TestRegistryAuth::bearerPingChecksThePassword()
{
    const auto status = QCoro::waitFor(bearer(As::Alice)->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(status->needsLogin);
    QVERIFY(status->isLoggedIn);
    QCOMPARE(lastScopes(), QStringList());
}

void TestRegistryAuth::bearerPingWithoutLoginAsksForNoToken()
{
    const auto status = QCoro::waitFor(bearer(As::Nobody)->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(status->needsLogin);
    QVERIFY(!status->isLoggedIn);
    QCOMPARE(m_tokens.requests().size(), 0);
}

void TestRegistryAuth::bearerWrongPasswordIsUnauthorizedWithTheServersWords()
{
    const auto ping = QCoro::waitFor(bearer(As::WrongPassword)->ping(Go));
    COMPARE_ERROR(ping, Error::Code::Unauthorized);
    QCOMPARE(ping.error().message, u"incorrect username or password (account alice)"_s);
    const auto repository = bearer(As::WrongPassword)->repository(u"team/app"_s);
    COMPARE_ERROR(QCoro::waitFor(repository->fetchManifest(u"v1"_s, Go)), Error::Code::Unauthorized);
    m_tokens.forgetRequests();
    COMPARE_ERROR(QCoro::waitFor(repository->resolve(u"v1"_s, Go)), Error::Code::Unauthorized);
    QCOMPARE(m_tokens.requests().size(), 1); // not tried again and again: accounts get locked by that
}

void TestRegistryAuth::bearerLoginPushesAndPulls()
{
    const RandomImage image = randomImage(32);
    VERIFY_RESULT(pushImage(bearer(As::Alice)->repository(u"team/app"_s), image, {u"v1"_s, u"latest"_s}));
    QCOMPARE(checkImage(bearer(As::Reader)->repository(u"team/app"_s), u"latest"_s), QStringList());
}

void TestRegistryAuth::bearerAnonymousReadsWhatIsPublic()
{
    const RandomImage image = randomImage(33);
    VERIFY_RESULT(pushImage(bearer(As::Alice)->repository(u"public/os"_s), image, {u"v1"_s}));
    VERIFY_RESULT(pushImage(bearer(As::Alice)->repository(u"private/os"_s), image, {u"v1"_s}));
    QCOMPARE(checkImage(bearer(As::Nobody)->repository(u"public/os"_s), u"v1"_s), QStringList());
    const auto hidden =
        QCoro::waitFor(bearer(As::Nobody)->repository(u"private/os"_s)->fetchManifest(u"v1"_s, Go));
    COMPARE_ERROR(hidden, Error::Code::Unauthorized); // logging in may help
}

void TestRegistryAuth::bearerPushWithoutTheRightIsDenied()
{
    const auto repository = bearer(As::Reader)->repository(u"team/app"_s);
    const auto check = QCoro::waitFor(repository->checkPush(Go));
    COMPARE_ERROR(check, Error::Code::Denied); // known who asks: another login, not the same one again
    QCOMPARE(check.error().httpStatus, 401);
    COMPARE_ERROR(QCoro::waitFor(repository->pushBlob(blobOf("x"), factoryOf("x"), {}, Go)),
                  Error::Code::Denied);
    COMPARE_ERROR(QCoro::waitFor(repository->pushManifest(randomImage(34).root(), {u"v1"_s}, Go)),
                  Error::Code::Denied);
    QCOMPARE(m_bearer->storedBlob(blobOf("x").digest.toString()), QByteArray());
}

void TestRegistryAuth::bearerAnonymousPushIsUnauthorized()
{
    const auto check = QCoro::waitFor(bearer(As::Nobody)->repository(u"public/os"_s)->checkPush(Go));
    COMPARE_ERROR(check, Error::Code::Unauthorized);
}

void TestRegistryAuth::bearerTokenComesBeforeTheBlob()
{
    const QByteArray bytes(2'000'000, 'b');
    QList<qint64> seen;
    const auto pushed = QCoro::waitFor(
        bearer(As::Reader)
            ->repository(u"team/app"_s)
            ->pushBlob(blobOf(bytes), factoryOf(bytes), [&seen](qint64 done) { seen.append(done); }, Go));
    COMPARE_ERROR(pushed, Error::Code::Denied);
    QVERIFY2(seen.isEmpty(), "bytes were sent before it was known whether they may be");
    QCOMPARE(lastScopes(), QStringList{u"repository:team/app:pull,push"_s});
}

void TestRegistryAuth::bearerTokenIsSharedByManyRequests()
{
    const auto repository = bearer(As::Alice)->repository(u"team/app"_s);
    std::vector<Task<Result<Presence>>> tasks;
    for (int i = 0; i < 25; ++i)
        tasks.push_back(repository->blobPresence(blobOf("blob " + QByteArray::number(i)), Go));
    for (auto& task : tasks) {
        const auto presence = QCoro::waitFor(std::move(task));
        VERIFY_RESULT(presence);
        QVERIFY(*presence == Presence::Absent);
    }
    QCOMPARE(m_tokens.requests().size(), 1);
}

void TestRegistryAuth::bearerExpiredTokenIsRenewed()
{
    const auto repository = bearer(As::Alice)->repository(u"team/app"_s);
    m_tokens.issueExpired(1);
    VERIFY_RESULT(QCoro::waitFor(repository->blobPresence(blobOf("x"), Go)));
    QCOMPARE(m_tokens.requests().size(), 2);
    // Two in a row are final: no endless loop with a server whose clock is wrong.
    m_tokens.issueExpired(2);
    const auto other = bearer(As::Alice)->repository(u"team/app"_s);
    m_tokens.forgetRequests();
    COMPARE_ERROR(QCoro::waitFor(other->checkPush(Go)), Error::Code::Unauthorized);
    QCOMPARE(m_tokens.requests().size(), 2);
}

void TestRegistryAuth::bearerExpiredTokenIsRenewedForAStream()
{
    const QByteArray bytes("read with a token that had run out");
    const auto repository = bearer(As::Alice)->repository(u"team/stream"_s);
    VERIFY_RESULT(QCoro::waitFor(repository->pushBlob(blobOf(bytes), factoryOf(bytes), {}, Go)));
    const auto reader = bearer(As::Reader)->repository(u"team/stream"_s);
    m_tokens.issueExpired(1);
    const auto source = QCoro::waitFor(reader->openBlob(blobOf(bytes), 0, Go));
    VERIFY_RESULT(source);
    const auto read = QCoro::waitFor(readAll(*source, 1000, u"blob"_s, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, bytes);
}

void TestRegistryAuth::bearerIdentityTokenLogsIn()
{
    m_tokens.addIdentityToken(u"refresh/+me="_s, u"alice"_s);
    const auto client = std::make_shared<RegistryClient>(
        m_http, m_bearer->host(), fixedCredential({u"<token>"_s, u"refresh/+me="_s, true}),
        RegistryClient::Options());
    const auto status = QCoro::waitFor(client->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(status->isLoggedIn);
    VERIFY_RESULT(QCoro::waitFor(client->repository(u"team/app"_s)->checkPush(Go)));
    for (const ScriptedRequest& request : m_tokens.rawRequests())
        QCOMPARE(request.method, "POST");
}

void TestRegistryAuth::bearerMountAsksForBothRepositories()
{
    const QByteArray bytes("mounted with a token for two repositories");
    const auto client = bearer(As::Alice);
    VERIFY_RESULT(
        QCoro::waitFor(client->repository(u"base/os"_s)->pushBlob(blobOf(bytes), factoryOf(bytes), {}, Go)));
    const auto mounted =
        QCoro::waitFor(client->repository(u"team/app"_s)->mountBlob(blobOf(bytes), u"base/os"_s, Go));
    VERIFY_RESULT(mounted);
    QVERIFY(*mounted);
    QCOMPARE(lastScopes(), (QStringList{u"repository:team/app:pull,push"_s, u"repository:base/os:pull"_s}));
}

void TestRegistryAuth::bearerMountWithoutTheRightToReadGoesOnAsAnUpload()
{
    const QByteArray bytes("nobody but alice reads this where it lies");
    VERIFY_RESULT(QCoro::waitFor(
        bearer(As::Alice)->repository(u"secret/base"_s)->pushBlob(blobOf(bytes), factoryOf(bytes), {}, Go)));
    m_tokens.clearRights();
    m_tokens.allow(u"alice"_s, u"team/app"_s, {u"pull"_s, u"push"_s});
    const auto repository = bearer(As::Alice)->repository(u"team/app"_s);
    const auto mounted = QCoro::waitFor(repository->mountBlob(blobOf(bytes), u"secret/base"_s, Go));
    VERIFY_RESULT(mounted);
    QVERIFY(!*mounted);
    VERIFY_RESULT(QCoro::waitFor(repository->pushBlob(blobOf(bytes), factoryOf(bytes), {}, Go)));
}

void TestRegistryAuth::bearerRemovingAsksForTheRightToDelete()
{
    const RandomImage image = randomImage(35);
    const auto repository = bearer(As::Alice)->repository(u"team/remove"_s);
    VERIFY_RESULT(pushImage(repository, image, {u"v1"_s}));
    VERIFY_RESULT(QCoro::waitFor(repository->removeManifest(image.target.digest, Go)));
    QVERIFY2(lastScopes().constFirst().contains(u"delete"_s), qPrintable(lastScopes().join(u' ')));
    COMPARE_ERROR(QCoro::waitFor(repository->resolve(u"v1"_s, Go)), Error::Code::NotFound);
}

void TestRegistryAuth::bearerRemovingWithoutTheRightIsDenied()
{
    const RandomImage image = randomImage(36);
    VERIFY_RESULT(pushImage(bearer(As::Alice)->repository(u"team/kept"_s), image, {u"v1"_s}));
    const auto removed = QCoro::waitFor(
        bearer(As::Reader)->repository(u"team/kept"_s)->removeManifest(image.target.digest, Go));
    COMPARE_ERROR(removed, Error::Code::Denied);
    VERIFY_RESULT(QCoro::waitFor(bearer(As::Reader)->repository(u"team/kept"_s)->resolve(u"v1"_s, Go)));
}

void TestRegistryAuth::bearerCatalogNeedsItsOwnRight()
{
    COMPARE_ERROR(QCoro::waitFor(bearer(As::Alice)->allRepositories(Go)), Error::Code::Unsupported);
    COMPARE_ERROR(QCoro::waitFor(bearer(As::Nobody)->allRepositories(Go)), Error::Code::Unauthorized);
    m_tokens.allow(u"alice"_s, u"registry:catalog"_s, {u"*"_s});
    const auto repositories = QCoro::waitFor(bearer(As::Alice)->allRepositories(Go));
    VERIFY_RESULT(repositories);
    QVERIFY(repositories->contains(u"team/app"_s));
}

void TestRegistryAuth::noSecretIsEverLogged()
{
    logged.clear();
    QLoggingCategory::setFilterRules(u"tagboat.*=true"_s);
    const auto previous = qInstallMessageHandler(keepMessage);
    const auto basicStatus = QCoro::waitFor(basic(As::Alice)->ping(Go));
    const auto bearerStatus = QCoro::waitFor(bearer(As::Alice)->ping(Go));
    const auto check = QCoro::waitFor(bearer(As::Alice)->repository(u"team/app"_s)->checkPush(Go));
    const auto refused = QCoro::waitFor(bearer(As::WrongPassword)->ping(Go));
    qInstallMessageHandler(previous);
    QLoggingCategory::setFilterRules({});
    VERIFY_RESULT(basicStatus);
    VERIFY_RESULT(bearerStatus);
    VERIFY_RESULT(check);
    QVERIFY(!refused);

    const QString everything = logged.join(u'\n') + refused.error().toString() + refused.error().response;
    QVERIFY2(everything.contains(u"/v2/"_s), "nothing was logged at all");
    const QString pair = QString::fromLatin1(QByteArray("alice:" + Password.toUtf8()).toBase64());
    for (const QString& secret : {Password, QString::fromLatin1(QUrl::toPercentEncoding(Password)), pair,
                                  u"guess"_s, u"eyJ"_s /* how every JSON web token begins */})
        QVERIFY2(!everything.contains(secret), qPrintable(secret));
}

QTEST_GUILESS_MAIN(TestRegistryAuth)
#include "tst_registryauth.moc"
