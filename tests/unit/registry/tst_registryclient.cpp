// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scriptedregistry.h"
#include "support/resulttest.h"
#include "tlsfront.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! What holds for every request to a registry: how it is spoken to, and what a refusal means.
class TestRegistryClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void caHoldsWhereverTheRegistrySends();
    void requestsUnderWayChangeToTlsTogether();
    void plainHttpIsTheWayWhereTlsIsNotSpoken_data();
    void plainHttpIsTheWayWhereTlsIsNotSpoken();
    void whereItSendsDoesNotSpeakForTheRegistry();
    void missingRightIsDeniedWithoutAWordOfIt_data();
    void missingRightIsDeniedWithoutAWordOfIt();
    void refusalIsNoDenialOnceForgotten();
    void basicTakesOverWhereTokensAreNotTaken();

private:
    [[nodiscard]] static std::shared_ptr<HttpClient> httpThatTrusts(const QString& registry);
};

namespace {

const std::stop_token Go;

SourceFactory factoryOf(const QByteArray& bytes)
{
    return [bytes](qint64 offset, std::stop_token) -> Task<Result<ByteSourcePtr>> {
        return [](QByteArray rest) -> Task<Result<ByteSourcePtr>> {
            co_return memorySource(rest);
        }(bytes.mid(offset));
    };
}

} // namespace

//! As after the user has given a CA file for this one registry.
std::shared_ptr<HttpClient> TestRegistryClient::httpThatTrusts(const QString& registry)
{
    return std::make_shared<HttpClient>([registry](const QString& host) {
        HostPolicy policy;
        if (host == registry)
            policy.extraCa = {TestCertificate::forLoopback().certificate};
        return policy;
    });
}

void TestRegistryClient::caHoldsWhereverTheRegistrySends()
{
    // GitLab and its kind: tokens come from another port, blobs lie at another name.
    TlsFront registry;
    ScriptedServer tokens;
    ScriptedServer storage;
    tokens.useTls(TestCertificate::forLoopback());
    storage.useTls(TestCertificate::forLoopback());
    QVERIFY(registry.listen() && tokens.listen() && storage.listen());
    QUrl bucket = storage.url("/bucket/x");
    bucket.setHost(u"localhost"_s);
    const QByteArray challenge = "Bearer realm=\"" + tokens.url("/token").toEncoded() + "\",service=\"x\"";
    const auto withToken = [challenge](const ScriptedAnswer& answer) {
        return [challenge, answer](const ScriptedRequest& request) {
            return request.headers.value("Authorization") == "Bearer t"
                ? answer
                : ScriptedAnswer::text(401, "").with("WWW-Authenticate", challenge);
        };
    };
    const QByteArray bytes("a blob that lies in a bucket");
    tokens.on("GET", "/token", ScriptedAnswer::json(200, "{\"token\":\"t\"}"));
    registry.server.on("GET", "/v2/", withToken(ScriptedAnswer::json(200, "{}")));
    registry.server.on("GET", "/v2/a/b/blobs/*",
                       withToken(ScriptedAnswer::redirect(307, bucket.toEncoded())));
    registry.server.on("POST", "/v2/a/b/blobs/uploads/",
                       withToken(ScriptedAnswer::text(202, "").with("Location", bucket.toEncoded())));
    storage.on("GET", "/bucket/x", ScriptedAnswer::text(200, bytes, "application/octet-stream"));
    storage.on("PUT", "/bucket/x", ScriptedAnswer::text(201, ""));

    const auto client = std::make_shared<RegistryClient>(httpThatTrusts(registry.host()), registry.host(),
                                                         alice(), RegistryClient::Options());
    const auto status = QCoro::waitFor(client->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(status->isLoggedIn);
    const auto repository = client->repository(u"a/b"_s);
    const auto source = QCoro::waitFor(repository->openBlob(layerOf(bytes), 0, Go));
    VERIFY_RESULT(source);
    const auto read = QCoro::waitFor(readAll(*source, 1000, u"blob"_s, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, bytes);
    VERIFY_RESULT(QCoro::waitFor(repository->pushBlob(layerOf(bytes), factoryOf(bytes), {}, Go)));
    for (const ScriptedRequest& request : storage.requests())
        QVERIFY(!request.headers.contains("Authorization"));
}

void TestRegistryClient::requestsUnderWayChangeToTlsTogether()
{
    TlsFront registry;
    QVERIFY(registry.listen());
    const ManifestContent manifest = smallManifest();
    const auto withLogin = [](const ScriptedAnswer& answer) {
        return [answer](const ScriptedRequest& request) {
            return request.headers.value("Authorization") == "Basic YWxpY2U6c2VjcmV0"
                ? answer
                : ScriptedAnswer::text(401, "").with("WWW-Authenticate", "Basic realm=\"scripted\"");
        };
    };
    registry.server.on("HEAD", "/v2/a/b/blobs/*", withLogin(ScriptedAnswer::text(200, "x")));
    registry.server.on(
        "GET", "/v2/a/b/manifests/*",
        withLogin(ScriptedAnswer::text(200, manifest.bytes, manifest.descriptor.mediaType.toLatin1())));
    registry.server.on("GET", "/v2/", withLogin(ScriptedAnswer::json(200, "{}")));
    const auto client = std::make_shared<RegistryClient>(httpThatTrusts(registry.host()), registry.host(),
                                                         alice(), RegistryClient::Options());
    const auto repository = client->repository(u"a/b"_s);
    std::vector<Task<Result<Presence>>> looked;
    std::vector<Task<Result<ManifestContent>>> fetched;
    for (int i = 0; i < 10; ++i) { // more than go at once: some are sent when it is known already
        looked.push_back(repository->blobPresence(layerOf("blob " + QByteArray::number(i)), Go));
        fetched.push_back(repository->fetchManifest(u"v%1"_s.arg(i), Go));
    }
    auto pinged = client->ping(Go);
    for (auto& task : looked) {
        const auto presence = QCoro::waitFor(std::move(task));
        VERIFY_RESULT(presence);
        QVERIFY(*presence == Presence::Present);
    }
    for (auto& task : fetched) {
        const auto content = QCoro::waitFor(std::move(task));
        VERIFY_RESULT(content);
        QCOMPARE(content->bytes, manifest.bytes);
    }
    const auto status = QCoro::waitFor(std::move(pinged));
    VERIFY_RESULT(status);
    QVERIFY(status->isLoggedIn && !status->isPlainHttp);
    QVERIFY2(registry.refusals() > 1, "this is about more than one");
}

void TestRegistryClient::plainHttpIsTheWayWhereTlsIsNotSpoken_data()
{
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("allowed") << true;
    QTest::newRow("not allowed") << false;
}

void TestRegistryClient::plainHttpIsTheWayWhereTlsIsNotSpoken()
{
    QFETCH(const bool, isAllowed);
    ScriptedRegistry registry;
    QVERIFY(registry.start());
    const ManifestContent manifest = smallManifest();
    const auto answer = [](const ScriptedAnswer& given) {
        return [given](const ScriptedRequest&) { return given; };
    };
    registry.onWithLogin("HEAD", "/v2/a/b/blobs/*", answer(ScriptedAnswer::text(200, "x")));
    registry.onWithLogin(
        "GET", "/v2/a/b/manifests/*",
        answer(ScriptedAnswer::text(200, manifest.bytes, manifest.descriptor.mediaType.toLatin1())));
    registry.onWithLogin("GET", "/v2/", answer(ScriptedAnswer::json(200, "{}")));
    const QString address = registry.server.host();
    const auto http = std::make_shared<HttpClient>([=](const QString&) {
        HostPolicy policy;
        policy.allowPlainHttp = isAllowed;
        policy.connectTo = address;
        return policy;
    });
    const auto client =
        std::make_shared<RegistryClient>(http, u"registry.test:5000"_s, alice(), RegistryClient::Options());
    const auto repository = client->repository(u"a/b"_s);
    std::vector<Task<Result<Presence>>> looked;
    std::vector<Task<Result<ManifestContent>>> fetched;
    for (int i = 0; i < 10; ++i) {
        looked.push_back(repository->blobPresence(layerOf("blob " + QByteArray::number(i)), Go));
        fetched.push_back(repository->fetchManifest(u"v%1"_s.arg(i), Go));
    }
    auto pinged = client->ping(Go);
    for (auto& task : looked) {
        const auto presence = QCoro::waitFor(std::move(task));
        if (isAllowed)
            VERIFY_RESULT(presence);
        else
            COMPARE_ERROR(presence, Error::Code::PlainHttpServer);
    }
    for (auto& task : fetched) {
        const auto content = QCoro::waitFor(std::move(task));
        if (isAllowed)
            VERIFY_RESULT(content);
        else
            COMPARE_ERROR(content, Error::Code::PlainHttpServer);
    }
    const auto status = QCoro::waitFor(std::move(pinged));
    if (!isAllowed) {
        COMPARE_ERROR(status, Error::Code::PlainHttpServer);
        for (const ScriptedRequest& request : registry.server.requests())
            QVERIFY(!request.headers.contains("Authorization"));
        return;
    }
    VERIFY_RESULT(status);
    QVERIFY(status->isLoggedIn && status->isPlainHttp);
}

void TestRegistryClient::whereItSendsDoesNotSpeakForTheRegistry()
{
    const TestCertificate certificate = TestCertificate::make({u"DNS:registry.test"_s});
    ScriptedServer registry, storage;
    registry.useTls(certificate);
    QVERIFY(registry.listen() && storage.listen());
    registry.on("GET", "/v2/", ScriptedAnswer::json(200, "{}"));
    registry.on("GET", "/v2/a/b/blobs/*", ScriptedAnswer::redirect(307, "https://storage.test/x"));
    const auto http = std::make_shared<HttpClient>([&](const QString& host) {
        HostPolicy policy;
        policy.allowPlainHttp = true;
        policy.extraCa = {certificate.certificate};
        policy.connectTo = host == "storage.test"_L1 ? storage.host() : registry.host();
        return policy;
    });
    const auto client =
        std::make_shared<RegistryClient>(http, u"registry.test"_s, alice(), RegistryClient::Options());
    COMPARE_ERROR(QCoro::waitFor(client->repository(u"a/b"_s)->openBlob(layerOf("blob"), 0, Go)),
                  Error::Code::PlainHttpServer);
    const auto status = QCoro::waitFor(client->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(!status->isPlainHttp);
}

void TestRegistryClient::missingRightIsDeniedWithoutAWordOfIt_data()
{
    QTest::addColumn<bool>("isKnown");         // there is a login, and the token server takes it
    QTest::addColumn<QByteArray>("complaint"); // of the challenge
    QTest::addColumn<QString>("expected");
    QTest::newRow("Harbor, Quay") << true << QByteArray() << u"Denied"_s;
    QTest::newRow("distribution") << true << QByteArray(",error=\"insufficient_scope\"") << u"Denied"_s;
    QTest::newRow("token that is none")
        << true << QByteArray(",error=\"invalid_token\"") << u"Unauthorized"_s;
    QTest::newRow("nobody") << false << QByteArray() << u"Unauthorized"_s;
}

void TestRegistryClient::missingRightIsDeniedWithoutAWordOfIt()
{
    QFETCH(const bool, isKnown);
    QFETCH(const QByteArray, complaint);
    QFETCH(const QString, expected);
    ScriptedRegistry registry;
    QVERIFY(registry.start(isKnown ? alice() : noCredential()));
    registry.server.on("GET", "/token", ScriptedAnswer::json(200, "{\"token\":\"t\"}"));
    registry.server.on("*", "/v2/*", [&](const ScriptedRequest& request) {
        return ScriptedAnswer::json(401, R"({"errors":[{"code":"UNAUTHORIZED"}]})")
            .with("WWW-Authenticate",
                  "Bearer realm=\"/token\",service=\"x\",scope=\"repository:a/b:pull,push\""
                      + (request.headers.contains("Authorization") ? complaint : QByteArray()));
    });
    const auto code = [](const auto& result) {
        return result ? QString() : QString(toString(result.error().code));
    };
    const auto repository = registry.repository();
    QCOMPARE(code(QCoro::waitFor(repository->checkPush(Go))), expected);
    QCOMPARE(code(QCoro::waitFor(repository->fetchManifest(u"v1"_s, Go))), expected);
    QCOMPARE(code(QCoro::waitFor(repository->blobPresence(layerOf("x"), Go))), expected);
    QCOMPARE(code(QCoro::waitFor(repository->pushBlob(layerOf("x"), factoryOf("x"), {}, Go))), expected);
    // At the front door no right is wanted: what is refused there is the login.
    if (isKnown && !complaint.contains("scope"))
        QCOMPARE(code(QCoro::waitFor(registry.client->ping(Go))), u"Unauthorized"_s);
}

void TestRegistryClient::refusalIsNoDenialOnceForgotten()
{
    std::optional<Credential> current = Credential{u"alice"_s, u"secret"_s, false};
    ScriptedRegistry registry;
    QVERIFY(registry.start([&current](std::stop_token stop) {
        return current ? fixedCredential(*current)(stop) : noCredential()(stop);
    }));
    registry.server.on("GET", "/token", [](const ScriptedRequest& request) {
        const QByteArray who = request.headers.value("Authorization");
        return who.isEmpty() || who == "Basic YWxpY2U6c2VjcmV0"
            ? ScriptedAnswer::json(200, "{\"token\":\"t\"}")
            : ScriptedAnswer::text(401, "");
    });
    registry.server.on("*", "/v2/*",
                       ScriptedAnswer::text(401, "").with("WWW-Authenticate", "Bearer realm=\"/token\""));
    const auto repository = registry.repository();
    COMPARE_ERROR(QCoro::waitFor(repository->checkPush(Go)), Error::Code::Denied);
    current->secret = u"revoked"_s;
    registry.client->forgetCredentials();
    COMPARE_ERROR(QCoro::waitFor(repository->checkPush(Go)), Error::Code::Unauthorized);
    current.reset();
    registry.client->forgetCredentials();
    COMPARE_ERROR(QCoro::waitFor(repository->checkPush(Go)), Error::Code::Unauthorized);
}

void TestRegistryClient::basicTakesOverWhereTokensAreNotTaken()
{
    // Harbor takes no token for removing.
    ScriptedRegistry registry;
    QVERIFY(registry.start(alice()));
    registry.server.on("GET", "/token", ScriptedAnswer::json(200, "{\"token\":\"t\"}"));
    registry.server.on("DELETE", "/v2/*", [](const ScriptedRequest& request) {
        const QByteArray authorization = request.headers.value("Authorization");
        if (authorization == "Basic YWxpY2U6c2VjcmV0")
            return ScriptedAnswer::text(202, "");
        return ScriptedAnswer::text(401, "").with(
            "WWW-Authenticate", authorization.isEmpty() ? "Bearer realm=\"/token\"" : "Basic realm=\"x\"");
    });
    VERIFY_RESULT(QCoro::waitFor(registry.repository()->removeManifest(Digest::ofBytes("x"), Go)));
}

QTEST_GUILESS_MAIN(TestRegistryClient)
#include "tst_registryclient.moc"
