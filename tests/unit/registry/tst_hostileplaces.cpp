// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scriptedregistry.h"
#include "support/resulttest.h"
#include "support/testcertificate.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;

/*!
 * A registry that one has a login at, and that names places it has no business to name: as its token server,
 * as where a manifest or blob lies, as where an upload goes on. No password, refresh token or bearer token
 * ever gets there, in a header, an address or a body; to most of them nothing goes at all.
 *
 * Names lead where the test says, and plain HTTP is allowed to all, so that it is no other rule that refuses.
 */
class TestHostilePlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void tokenServerElsewhere_data();
    void tokenServerElsewhere();
    void tokenServerThatSendsElsewhere_data();
    void tokenServerThatSendsElsewhere();
    void readsThatAreSentElsewhere_data();
    void readsThatAreSentElsewhere();
    void uploadsThatAreSentElsewhere_data();
    void uploadsThatAreSentElsewhere();
    void uploadRequestsAreNotRedirected_data();
    void uploadRequestsAreNotRedirected();
    void theSearchFindsWhatItLooksFor();

private:
    enum class Login { Basic, Bearer, IdentityToken };

    void logInBy(Login login, const QByteArray& realm = "https://registry.example/token");
    void serve(const QByteArray& method, const QByteArray& path, ScriptedServer::Handler handler);
    [[nodiscard]] QByteArray placed(QByteArray url) const;
    //! What the thieves know and should not.
    [[nodiscard]] QStringList leaks() const;
    [[nodiscard]] int thiefConnections() const
    {
        return m_thief->connectionCount() + m_plainThief->connectionCount();
    }
    [[nodiscard]] bool hasRegistryBeenTold() const;
    [[nodiscard]] Result<void> push(const QByteArray& bytes) const;

    TestCertificate m_certificate;
    std::unique_ptr<ScriptedServer> m_registry;
    std::unique_ptr<ScriptedServer> m_thief;
    std::unique_ptr<ScriptedServer> m_plainThief;
    std::shared_ptr<HttpClient> m_http;
    std::shared_ptr<Repository> m_repository;
    QByteArray m_expected;  // of the Authorization header
    QByteArray m_challenge; // to those who do not send it
};

namespace {

const std::stop_token Go;

const QByteArray Mark = "-of-alice"; // in every secret
const QString Password = u"password-of-alice"_s;
const QString RefreshToken = u"refresh-of-alice"_s;
const QByteArray BearerToken = "bearer-of-alice";

QByteArray basicOfAlice()
{
    return QByteArray("alice:" + Password.toUtf8()).toBase64();
}

SourceFactory factoryOf(const QByteArray& bytes)
{
    return [bytes](qint64 offset, std::stop_token) -> Task<Result<ByteSourcePtr>> {
        return [](QByteArray rest) -> Task<Result<ByteSourcePtr>> {
            co_return memorySource(rest);
        }(bytes.mid(offset));
    };
}

struct Place
{
    const char* name;
    const char* url; // PORT: the thief's, on loopback
    bool isAsked;    // without credentials
};

const QList<Place> Places{
    {"another host", "https://evil.example/x", true},
    {"another port", "https://registry.example:444/x", true},
    {"another host, password in the address", "https://alice:password-of-alice@evil.example/x", true},
    {"a subdomain", "https://evil.registry.example/x", true},
    {"plain HTTP", "http://plain.example/x", false},
    {"own name by plain HTTP", "http://registry.example/x", false},
    {"link-local", "https://169.254.169.254/x", false},
    {"link-local in IPv6 clothes", "https://[::ffff:169.254.169.254]/x", false},
    {"private", "https://10.0.0.7/x", false},
    {"loopback", "https://127.0.0.1:PORT/x", false},
    {"loopback by name", "https://localhost:PORT/x", false},
    {"no web address", "file:///etc/passwd", false},
};

} // namespace

void TestHostilePlaces::initTestCase()
{
    m_certificate = TestCertificate::make({u"DNS:registry.example"_s, u"DNS:evil.example"_s,
                                           u"DNS:evil.registry.example"_s, u"DNS:localhost"_s,
                                           u"IP:127.0.0.1"_s, u"IP:169.254.169.254"_s, u"IP:10.0.0.7"_s});
    QVERIFY(!m_certificate.certificate.isNull());
}

void TestHostilePlaces::init()
{
    m_registry = std::make_unique<ScriptedServer>();
    m_thief = std::make_unique<ScriptedServer>();
    m_plainThief = std::make_unique<ScriptedServer>();
    m_registry->useTls(m_certificate);
    m_thief->useTls(m_certificate);
    QVERIFY(m_registry->listen() && m_thief->listen() && m_plainThief->listen());
    m_registry->keepBodies(16 * 1024 * 1024);
    m_thief->keepBodies(16 * 1024 * 1024);
    // The thieves ask for all they can get.
    for (ScriptedServer* const thief : {m_thief.get(), m_plainThief.get()}) {
        thief->on("*", "*", [](const ScriptedRequest&) {
            return ScriptedAnswer::text(401, "")
                .with("WWW-Authenticate", "Basic realm=\"me\"")
                .with("WWW-Authenticate", "Bearer realm=\"https://evil.example/token\",service=\"me\"");
        });
    }
    m_http = std::make_shared<HttpClient>([this](const QString& host) {
        HostPolicy policy;
        policy.allowPlainHttp = true;
        policy.extraCa = {m_certificate.certificate};
        if (host == "registry.example"_L1)
            policy.connectTo = m_registry->host();
        else if (host.startsWith("plain."_L1))
            policy.connectTo = m_plainThief->host();
        else
            policy.connectTo = m_thief->host();
        return policy;
    });
}

void TestHostilePlaces::cleanup()
{
    m_repository.reset();
    m_http.reset();
}

void TestHostilePlaces::logInBy(Login login, const QByteArray& realm)
{
    const bool isBasic = login == Login::Basic;
    m_expected = isBasic ? QByteArray("Basic " + basicOfAlice()) : QByteArray("Bearer " + BearerToken);
    m_challenge = isBasic ? QByteArray("Basic realm=\"registry\"")
                          : QByteArray("Bearer realm=\"" + realm + "\",service=\"registry\"");
    m_registry->on("GET", "/token", [](const ScriptedRequest& request) {
        return request.headers.value("Authorization") == "Basic " + basicOfAlice()
            ? ScriptedAnswer::json(200, "{\"token\":\"" + BearerToken + "\"}")
            : ScriptedAnswer::text(401, "");
    });
    m_registry->on("POST", "/token", [](const ScriptedRequest& request) {
        return request.body.contains(QByteArray("refresh_token=" + RefreshToken.toUtf8()))
            ? ScriptedAnswer::json(
                  200, "{\"access_token\":\"" + BearerToken + "\",\"refresh_token\":\"refresh-of-alice-2\"}")
            : ScriptedAnswer::text(401, "");
    });
    const Credential credential = login == Login::IdentityToken ? credentialOf(u"<token>"_s, RefreshToken)
                                                                : credentialOf(u"alice"_s, Password);
    m_repository = std::make_shared<RegistryClient>(m_http, u"registry.example"_s,
                                                    fixedCredential(credential), RegistryClient::Options())
                       ->repository(u"a/b"_s);
}

//! Of the registry, for those who are logged in.
void TestHostilePlaces::serve(const QByteArray& method, const QByteArray& path,
                              ScriptedServer::Handler handler)
{
    m_registry->on(method, path, [this, handler = std::move(handler)](const ScriptedRequest& request) {
        return request.headers.value("Authorization") == m_expected
            ? handler(request)
            : ScriptedAnswer::text(401, "").with("WWW-Authenticate", m_challenge);
    });
}

QByteArray TestHostilePlaces::placed(QByteArray url) const
{
    return url.replace("PORT", QByteArray::number(m_thief->port()));
}

QStringList TestHostilePlaces::leaks() const
{
    QStringList found;
    const auto look = [&found](const QByteArray& place, const QByteArray& text) {
        if (text.contains(Mark) || text.contains(basicOfAlice()))
            found.append(QString::fromUtf8(place + ": " + text.left(200)));
    };
    for (const ScriptedServer* const thief : {m_thief.get(), m_plainThief.get()}) {
        for (const ScriptedRequest& request : thief->requests()) {
            if (request.headers.contains("Authorization"))
                found.append(u"an Authorization header"_s);
            for (const auto& [name, value] : request.headers.fields())
                look(name, value);
            look("target", QByteArray::fromPercentEncoding(request.target));
            look("body", request.body);
        }
    }
    return found;
}

bool TestHostilePlaces::hasRegistryBeenTold() const
{
    return std::ranges::any_of(m_registry->requests(), [this](const ScriptedRequest& request) {
        return request.headers.value("Authorization") == m_expected;
    });
}

Result<void> TestHostilePlaces::push(const QByteArray& bytes) const
{
    return QCoro::waitFor(m_repository->pushBlob(layerOf(bytes), factoryOf(bytes), {}, Go));
}

void TestHostilePlaces::tokenServerElsewhere_data()
{
    QTest::addColumn<bool>("isIdentityToken");
    QTest::addColumn<QByteArray>("realm");
    const QList<std::pair<const char*, QByteArray>> realms{
        {"plain HTTP", "http://plain.example/token"},
        {"own name by plain HTTP", "http://registry.example/token"},
        {"loopback", "https://127.0.0.1:PORT/token"},
        {"loopback by name", "https://localhost:PORT/token"},
        {"loopback by plain HTTP", "http://127.0.0.1:PORT/token"},
        {"link-local", "https://169.254.169.254/token"},
        {"link-local in IPv6 clothes", "https://[::ffff:169.254.169.254]/token"},
        {"private", "https://10.0.0.7/token"},
        {"user and password", "https://alice:x@registry.example/token"},
        {"relative to link-local", "//169.254.169.254/token"},
        {"no web address", "file:///etc/passwd"},
    };
    for (const bool isIdentityToken : {false, true}) {
        for (const auto& [name, realm] : realms)
            QTest::addRow("%s, %s", isIdentityToken ? "identity token" : "password", name)
                << isIdentityToken << realm;
    }
}

void TestHostilePlaces::tokenServerElsewhere()
{
    QFETCH(const bool, isIdentityToken);
    QFETCH(const QByteArray, realm);
    logInBy(isIdentityToken ? Login::IdentityToken : Login::Bearer, placed(realm));
    serve("*", "/v2/*", [](const ScriptedRequest&) { return ScriptedAnswer::text(200, ""); });
    COMPARE_ERROR(QCoro::waitFor(m_repository->fetchManifest(u"v1"_s, Go)), Error::Code::Denied);
    COMPARE_ERROR(QCoro::waitFor(m_repository->openBlob(layerOf("x"), 0, Go)), Error::Code::Denied);
    COMPARE_ERROR(push("x"), Error::Code::Denied);
    QCOMPARE(thiefConnections(), 0);
    for (const ScriptedRequest& request : m_registry->requests())
        QVERIFY(!request.headers.contains("Authorization"));
}

void TestHostilePlaces::tokenServerThatSendsElsewhere_data()
{
    QTest::addColumn<bool>("isIdentityToken");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("isAsked");
    for (const bool isIdentityToken : {false, true}) {
        for (const int status : {302, 307}) {
            for (const Place& place : Places) {
                // An address with a user name is no token server at all.
                const bool isAsked =
                    place.isAsked && !isIdentityToken && !QByteArray(place.url).contains('@');
                QTest::addRow("%s, %d to %s", isIdentityToken ? "identity token" : "password", status,
                              place.name)
                    << isIdentityToken << status << QByteArray(place.url) << isAsked;
            }
        }
    }
}

void TestHostilePlaces::tokenServerThatSendsElsewhere()
{
    QFETCH(const bool, isIdentityToken);
    QFETCH(const int, status);
    QFETCH(const QByteArray, url);
    QFETCH(const bool, isAsked);
    logInBy(isIdentityToken ? Login::IdentityToken : Login::Bearer);
    m_registry->on("*", "/token", ScriptedAnswer::redirect(status, placed(url)));
    // One that knows no GET shall not be told the password by POST either.
    m_thief->on("GET", "*", ScriptedAnswer::text(405, ""));
    serve("*", "/v2/*", [](const ScriptedRequest&) { return ScriptedAnswer::text(200, ""); });
    QVERIFY(!QCoro::waitFor(m_repository->fetchManifest(u"v1"_s, Go)));
    QVERIFY(!push("x"));
    QCOMPARE(leaks(), QStringList());
    QCOMPARE(thiefConnections() > 0, isAsked);
    for (const ScriptedRequest& request : m_thief->requests())
        QCOMPARE(request.method, "GET");
    QVERIFY(m_registry->requestCount(isIdentityToken ? "POST" : "GET", "/token") > 0);
}

void TestHostilePlaces::readsThatAreSentElsewhere_data()
{
    QTest::addColumn<int>("login");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("isAsked");
    const QList<std::pair<Login, const char*>> logins{
        {Login::Basic, "Basic"}, {Login::Bearer, "Bearer"}, {Login::IdentityToken, "identity token"}};
    for (const auto& [login, name] : logins) {
        for (const Place& place : Places)
            QTest::addRow("%s, %s", name, place.name)
                << static_cast<int>(login) << QByteArray(place.url) << place.isAsked;
    }
}

void TestHostilePlaces::readsThatAreSentElsewhere()
{
    QFETCH(const int, login);
    QFETCH(const QByteArray, url);
    QFETCH(const bool, isAsked);
    logInBy(static_cast<Login>(login));
    serve("*", "/v2/*",
          [this, url](const ScriptedRequest&) { return ScriptedAnswer::redirect(307, placed(url)); });
    QVERIFY(!QCoro::waitFor(m_repository->resolve(u"v1"_s, Go)));
    QVERIFY(!QCoro::waitFor(m_repository->fetchManifest(u"v1"_s, Go)));
    QVERIFY(!QCoro::waitFor(m_repository->openBlob(layerOf("x"), 0, Go)));
    QVERIFY(!QCoro::waitFor(m_repository->openBlob(layerOf("xyz"), 1, Go)));
    QVERIFY(!QCoro::waitFor(m_repository->allTags(Go)));
    QCOMPARE(leaks(), QStringList());
    QCOMPARE(thiefConnections() > 0, isAsked);
    QCOMPARE(m_plainThief->connectionCount(), 0);
    QVERIFY(hasRegistryBeenTold());
}

void TestHostilePlaces::uploadsThatAreSentElsewhere_data()
{
    QTest::addColumn<int>("login");
    QTest::addColumn<bool>("isAfterChunk"); // else at once, as the reply to the POST
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("isAsked");
    const QList<std::pair<Login, const char*>> logins{
        {Login::Basic, "Basic"}, {Login::Bearer, "Bearer"}, {Login::IdentityToken, "identity token"}};
    for (const auto& [login, name] : logins) {
        for (const bool isAfterChunk : {false, true}) {
            if (isAfterChunk && login != Login::Bearer) // what is large is slow
                continue;
            for (const Place& place : Places)
                QTest::addRow("%s, %s, %s", name, isAfterChunk ? "after a chunk" : "at once", place.name)
                    << static_cast<int>(login) << isAfterChunk << QByteArray(place.url) << place.isAsked;
        }
    }
}

void TestHostilePlaces::uploadsThatAreSentElsewhere()
{
    QFETCH(const int, login);
    QFETCH(const bool, isAfterChunk);
    QFETCH(const QByteArray, url);
    QFETCH(const bool, isAsked);
    logInBy(static_cast<Login>(login));
    const QByteArray elsewhere = placed(url);
    serve("POST", "/v2/a/b/blobs/uploads/", [isAfterChunk, elsewhere](const ScriptedRequest&) {
        return ScriptedAnswer::text(202, "").with("Location", isAfterChunk ? "/upload/1" : elsewhere);
    });
    serve("PUT", "/upload/*", [](const ScriptedRequest&) { return ScriptedAnswer::text(413, ""); });
    serve("PATCH", "/upload/*", [elsewhere](const ScriptedRequest&) {
        return ScriptedAnswer::text(202, "").with("Location", elsewhere);
    });
    serve("GET", "/upload/*", [](const ScriptedRequest&) {
        return ScriptedAnswer::text(204, "").with("Location", "/upload/1").with("Range", "0-0");
    });
    serve("DELETE", "/upload/*", [](const ScriptedRequest&) { return ScriptedAnswer::text(204, ""); });
    m_thief->on("PUT", "*", ScriptedAnswer::text(201, ""));

    const QByteArray bytes = scriptedPattern(0, isAfterChunk ? 5'000'000 : 5'000);
    const auto pushed = push(bytes);
    QCOMPARE(leaks(), QStringList());
    QVERIFY(hasRegistryBeenTold());
    QCOMPARE(m_plainThief->connectionCount(), 0);
    if (!isAsked) {
        QVERIFY(!pushed);
        QCOMPARE(m_thief->connectionCount(), 0);
        return;
    }
    // Some registries do take uploads at another host: the bytes go there, and nothing else does.
    VERIFY_RESULT(pushed);
    QCOMPARE(m_thief->requests().constLast().method, "PUT");
    QCOMPARE(m_thief->requests().constLast().body, isAfterChunk ? bytes.mid(4 * 1024 * 1024) : bytes);

    // It wants more than that: then it gets none of it.
    m_thief->on("*", "*", [](const ScriptedRequest&) {
        return ScriptedAnswer::text(401, "").with(
            "WWW-Authenticate", "Bearer realm=\"https://evil.example/token\",service=\"me\"");
    });
    QVERIFY(!push(bytes + "more"));
    QCOMPARE(leaks(), QStringList());
}

void TestHostilePlaces::uploadRequestsAreNotRedirected_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("url");
    for (const QByteArray& method : {"POST"_ba, "PATCH"_ba, "PUT"_ba}) {
        for (const Place& place : Places)
            QTest::addRow("%s, %s", method.constData(), place.name) << method << QByteArray(place.url);
    }
}

void TestHostilePlaces::uploadRequestsAreNotRedirected()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, url);
    logInBy(Login::Bearer);
    const QByteArray elsewhere = placed(url);
    const auto redirect = [elsewhere](const ScriptedRequest&) {
        return ScriptedAnswer::redirect(307, elsewhere);
    };
    serve("POST", "/v2/a/b/blobs/uploads/",
          [](const ScriptedRequest&) { return ScriptedAnswer::text(202, "").with("Location", "/upload/1"); });
    serve("PUT", "/upload/*", [](const ScriptedRequest&) { return ScriptedAnswer::text(413, ""); });
    serve("DELETE", "/upload/*", [](const ScriptedRequest&) { return ScriptedAnswer::text(204, ""); });
    serve(method, method == "POST" ? "/v2/a/b/blobs/uploads/"_ba : "/upload/*"_ba, redirect);
    QVERIFY(!push(scriptedPattern(0, method == "PATCH" ? 5'000'000 : 5'000)));
    QCOMPARE(thiefConnections(), 0);
    QVERIFY(m_registry->requestCount(method, method == "POST" ? "/v2/a/b/blobs/uploads/" : "/upload/1") > 0);
}

void TestHostilePlaces::theSearchFindsWhatItLooksFor()
{
    HttpRequest careless;
    careless.url = QUrl(u"https://evil.example/x?refresh_token=refresh%2Dof%2Dalice"_s);
    careless.headers.set("X-Login", basicOfAlice());
    VERIFY_RESULT(QCoro::waitFor(m_http->send(careless, Go)));
    QCOMPARE(leaks().size(), 2);
    QCOMPARE(thiefConnections(), 1);
}

QTEST_GUILESS_MAIN(TestHostilePlaces)
#include "tst_hostileplaces.moc"
