// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestHttpRedirects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void getAndHeadAreFollowed_data();
    void getAndHeadAreFollowed();
    void otherMethodsGetTheReply_data();
    void otherMethodsGetTheReply();
    void followingCanBeSwitchedOff();
    void credentialsStayWithTheirOrigin_data();
    void credentialsStayWithTheirOrigin();
    void credentialsDoNotComeBackWithTheWay();
    void otherFieldsGoAlong();
    void relativeLocationIsResolved();
    void endlessRedirectsAreCorrupt();
    void tenRedirectsAreFollowed();
    void redirectWithoutLocationIsAResponse();
    void badLocationIsCorrupt();
    void redirectToAPlainHostNeedsPermission();
    void caOfTheRegistryHoldsWhereItSends();
    void plainHttpOfTheRegistryHoldsWhereItSends();
    void streamIsTheOneAtTheEnd();

private:
    [[nodiscard]] Result<HttpResponse> send(const QByteArray& method, const QByteArray& target,
                                            const QByteArray& authorization = {});

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<ScriptedServer> m_other;
    std::unique_ptr<HttpClient> m_client;
};

void TestHttpRedirects::init()
{
    m_client = std::make_unique<HttpClient>();
    m_server = std::make_unique<ScriptedServer>();
    m_other = std::make_unique<ScriptedServer>();
    QVERIFY(m_server->listen());
    QVERIFY(m_other->listen());
    m_server->on("*", "/end", ScriptedAnswer::text(200, "end"));
    m_other->on("*", "/end", ScriptedAnswer::text(200, "other end"));
}

Result<HttpResponse> TestHttpRedirects::send(const QByteArray& method, const QByteArray& target,
                                             const QByteArray& authorization)
{
    HttpRequest request;
    request.method = method;
    request.url = m_server->url(target);
    request.authorization = authorization;
    request.headers.set("Range", "bytes=7-");
    return QCoro::waitFor(m_client->send(request, {}));
}

void TestHttpRedirects::getAndHeadAreFollowed_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    for (const QByteArray& method : {"GET"_ba, "HEAD"_ba}) {
        for (const int status : {301, 302, 303, 307, 308})
            QTest::addRow("%s %d", method.constData(), status) << method << status;
    }
}

void TestHttpRedirects::getAndHeadAreFollowed()
{
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    m_server->on(method, "/start", ScriptedAnswer::redirect(status, m_other->url("/end").toEncoded()));
    const auto response = send(method, "/start");
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 200);
    QCOMPARE(response->url, m_other->url("/end"));
    QCOMPARE(response->body, method == "GET" ? "other end"_ba : ""_ba);
    QCOMPARE(m_other->requestCount(method, "/end"), 1);
}

void TestHttpRedirects::otherMethodsGetTheReply_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const QByteArray& method : {"POST"_ba, "PUT"_ba, "PATCH"_ba, "DELETE"_ba})
        QTest::addRow("%s", method.constData()) << method;
}

void TestHttpRedirects::otherMethodsGetTheReply()
{
    QFETCH(QByteArray, method);
    m_server->on(method, "/start", ScriptedAnswer::redirect(307, m_other->url("/end").toEncoded()));
    const auto response = send(method, "/start");
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 307);
    QCOMPARE(response->headers.value("Location"), m_other->url("/end").toEncoded());
    QCOMPARE(m_other->connectionCount(), 0);
}

void TestHttpRedirects::followingCanBeSwitchedOff()
{
    m_server->on("GET", "/start", ScriptedAnswer::redirect(302, "/end"));
    HttpRequest request;
    request.url = m_server->url("/start");
    request.followRedirects = false;
    const auto response = QCoro::waitFor(m_client->send(request, {}));
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 302);
    QCOMPARE(m_server->requestCount("GET", "/end"), 0);
}

void TestHttpRedirects::credentialsStayWithTheirOrigin_data()
{
    QTest::addColumn<bool>("isOtherPort");
    QTest::addColumn<bool>("isOtherName");
    QTest::newRow("same origin") << false << false;
    QTest::newRow("another port") << true << false;
    QTest::newRow("another host name") << false << true;
}

void TestHttpRedirects::credentialsStayWithTheirOrigin()
{
    QFETCH(bool, isOtherPort);
    QFETCH(bool, isOtherName);
    QUrl to = isOtherPort ? m_other->url("/end") : m_server->url("/end");
    if (isOtherName)
        to.setHost(u"localhost"_s);
    m_server->on("GET", "/start", ScriptedAnswer::redirect(307, to.toEncoded()));
    const auto response = send("GET", "/start", "Bearer SECRET");
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 200);
    QCOMPARE(m_server->requests().constFirst().headers.value("Authorization"), "Bearer SECRET"_ba);
    const ScriptedServer& reached = isOtherPort ? *m_other : *m_server;
    QCOMPARE(reached.requests().constLast().path(), "/end"_ba);
    const bool isKept = !isOtherPort && !isOtherName;
    QCOMPARE(reached.requests().constLast().headers.contains("Authorization"), isKept);
}

void TestHttpRedirects::credentialsDoNotComeBackWithTheWay()
{
    m_server->on("GET", "/start", ScriptedAnswer::redirect(307, m_other->url("/back").toEncoded()));
    m_other->on("GET", "/back", ScriptedAnswer::redirect(307, m_server->url("/end").toEncoded()));
    const auto response = send("GET", "/start", "Basic SECRET");
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "end"_ba);
    QVERIFY(!m_server->requests().constLast().headers.contains("Authorization"));
    QVERIFY(!m_other->requests().constLast().headers.contains("Authorization"));
}

void TestHttpRedirects::otherFieldsGoAlong()
{
    m_server->on("GET", "/start", ScriptedAnswer::redirect(307, m_other->url("/end").toEncoded()));
    VERIFY_RESULT(send("GET", "/start"));
    const auto& got = m_other->requests().constLast().headers;
    QCOMPARE(got.value("Range"), "bytes=7-"_ba);
    QCOMPARE(got.value("Accept-Encoding"), "identity"_ba);
    QCOMPARE(got.value("Host"), m_other->host().toLatin1());
}

void TestHttpRedirects::relativeLocationIsResolved()
{
    m_server->on("GET", "/a/b/start", ScriptedAnswer::redirect(302, "../../end?sig=a%2Fb"));
    const auto response = send("GET", "/a/b/start", "Bearer x");
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "end"_ba);
    QCOMPARE(m_server->requests().constLast().target, "/end?sig=a%2Fb"_ba);
    QCOMPARE(m_server->requests().constLast().headers.value("Authorization"), "Bearer x"_ba);
    QCOMPARE(m_server->connectionCount(), 1); // the redirect's own reply does not cost the connection
}

void TestHttpRedirects::endlessRedirectsAreCorrupt()
{
    m_server->on("GET", "/start", ScriptedAnswer::redirect(302, "/start"));
    const auto response = send("GET", "/start");
    COMPARE_ERROR(response, Error::Code::Corrupt);
    QCOMPARE(m_server->requestCount("GET", "/start"), 11);
}

void TestHttpRedirects::tenRedirectsAreFollowed()
{
    m_server->on("GET", "/hop/*", [](const ScriptedRequest& got) {
        const int left = got.path().sliced(5).toInt();
        return left > 1 ? ScriptedAnswer::redirect(302, "/hop/" + QByteArray::number(left - 1))
                        : ScriptedAnswer::redirect(302, "/end");
    });
    const auto response = send("GET", "/hop/10");
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "end"_ba);
}

void TestHttpRedirects::redirectWithoutLocationIsAResponse()
{
    m_server->on("GET", "/start", ScriptedAnswer::text(302, "where?"));
    const auto response = send("GET", "/start");
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 302);
    QCOMPARE(response->body, "where?"_ba);
}

void TestHttpRedirects::badLocationIsCorrupt()
{
    for (const QByteArray& location :
         {"file:///etc/passwd"_ba, "ftp://127.0.0.1/x"_ba, "http://"_ba, "data:,x"_ba}) {
        m_server->on("GET", "/start", ScriptedAnswer::redirect(302, location));
        COMPARE_ERROR(send("GET", "/start"), Error::Code::Corrupt);
    }
}

void TestHttpRedirects::redirectToAPlainHostNeedsPermission()
{
    m_server->on("GET", "/start", ScriptedAnswer::redirect(302, "http://cdn.invalid/blob"));
    const auto response = send("GET", "/start");
    COMPARE_ERROR(response, Error::Code::PlainHttpServer);
    QVERIFY(response.error().message.contains(u"cdn.invalid"_s));
}

void TestHttpRedirects::caOfTheRegistryHoldsWhereItSends()
{
    ScriptedServer registry;
    ScriptedServer storage;
    registry.useTls(TestCertificate::forLoopback());
    storage.useTls(TestCertificate::forLoopback());
    QVERIFY(registry.listen() && storage.listen());
    QUrl end = storage.url("/end");
    end.setHost(u"localhost"_s);
    registry.on("GET", "/start", ScriptedAnswer::redirect(302, end.toEncoded()));
    storage.on("GET", "/end", ScriptedAnswer::text(200, "storage"));
    HostPolicy own;
    own.extraCa = {TestCertificate::forLoopback().certificate};
    own.connectTo = registry.host(); // not for others
    HttpClient client([&](const QString& host) { return host == registry.host() ? own : HostPolicy(); });
    HttpRequest request;
    request.url = registry.url("/start");
    COMPARE_ERROR(QCoro::waitFor(client.send(request, {})), Error::Code::Tls);
    request.policyHost = registry.host();
    const auto response = QCoro::waitFor(client.send(request, {}));
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "storage"_ba);
}

void TestHttpRedirects::plainHttpOfTheRegistryHoldsWhereItSends()
{
    m_server->on("GET", "/start", ScriptedAnswer::redirect(302, "http://cdn.invalid/end"));
    HostPolicy own;
    own.allowPlainHttp = true;
    HostPolicy ofStorage;
    HttpClient client([&](const QString& host) {
        return host == m_server->host() ? own : host == "cdn.invalid"_L1 ? ofStorage : HostPolicy();
    });
    HttpRequest request;
    request.url = m_server->url("/start");
    request.policyHost = m_server->host();
    COMPARE_ERROR(QCoro::waitFor(client.send(request, {})), Error::Code::Network); // there is no such host
    // Its own settings count before those of who sent us.
    ofStorage.connectTo = m_other->host();
    COMPARE_ERROR(QCoro::waitFor(client.send(request, {})), Error::Code::PlainHttpServer);
    QCOMPARE(m_other->connectionCount(), 0);
    ofStorage.allowPlainHttp = true;
    const auto response = QCoro::waitFor(client.send(request, {}));
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "other end"_ba);
}

void TestHttpRedirects::streamIsTheOneAtTheEnd()
{
    m_server->on("GET", "/start", ScriptedAnswer::redirect(307, m_other->url("/blob").toEncoded()));
    m_other->on("GET", "/blob", ScriptedAnswer::pattern(1'000'000));
    HttpRequest request;
    request.url = m_server->url("/start");
    const auto stream = QCoro::waitFor(m_client->open(request, {}));
    VERIFY_RESULT(stream);
    QCOMPARE(stream->contentLength, 1'000'000);
    QCOMPARE(stream->url, m_other->url("/blob"));
    const auto body = QCoro::waitFor(readAll(stream->body, 1'000'000, {}, {}));
    VERIFY_RESULT(body);
    QVERIFY(*body == scriptedPattern(0, 1'000'000));
}

QTEST_GUILESS_MAIN(TestHttpRedirects)
#include "tst_httpredirects.moc"
