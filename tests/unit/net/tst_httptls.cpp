// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QCryptographicHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestHttpTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void selfSignedCertificateIsTls_data();
    void selfSignedCertificateIsTls();
    void trustedCertificateIsAccepted_data();
    void trustedCertificateIsAccepted();
    void trustGivenLaterCountsAtOnce();
    void certificateForAnotherNameIsTls_data();
    void certificateForAnotherNameIsTls();
    void connectToStillChecksTheName_data();
    void connectToStillChecksTheName();
    void plainServerIsRecognised_data();
    void plainServerIsRecognised();
    void probeCarriesNoCredential();
    void serverThatRefusesTheHandshakeIsNoPlainServer_data();
    void serverThatRefusesTheHandshakeIsNoPlainServer();
    void serverThatHangsUpIsNoPlainServer_data();
    void serverThatHangsUpIsNoPlainServer();
    void redirectFromHttpsToHttpIsRefused();
    void largeTransfersWorkBothWays();

private:
    static void addBothWays();
    [[nodiscard]] static HttpRequest request(const QUrl& url, qint64 size);
    [[nodiscard]] static HttpClient* clientThatTrusts(const QSslCertificate& certificate,
                                                      const QString& connectTo = {});
    TestCertificate m_certificate;
};

void TestHttpTls::initTestCase()
{
    m_certificate = TestCertificate::forLoopback();
    QVERIFY(!m_certificate.certificate.isNull());
    QVERIFY(!m_certificate.key.isNull());
}

//! Small bodies go through Qt, large ones over our own line.
void TestHttpTls::addBothWays()
{
    QTest::addColumn<qint64>("size");
    QTest::newRow("by Qt") << qint64(0);
    QTest::newRow("by hand") << qint64(100'000);
}

HttpRequest TestHttpTls::request(const QUrl& url, qint64 size)
{
    HttpRequest made;
    made.method = "PUT";
    made.url = url;
    made.body = scriptedPattern(0, size);
    made.idleTimeout = 20s;
    return made;
}

HttpClient* TestHttpTls::clientThatTrusts(const QSslCertificate& certificate, const QString& connectTo)
{
    return new HttpClient([=](const QString&) {
        HostPolicy policy;
        policy.extraCa = {certificate};
        policy.connectTo = connectTo;
        return policy;
    });
}

void TestHttpTls::selfSignedCertificateIsTls_data()
{
    addBothWays();
}

void TestHttpTls::selfSignedCertificateIsTls()
{
    QFETCH(qint64, size);
    ScriptedServer server;
    server.useTls(m_certificate);
    QVERIFY(server.listen());
    HttpClient client;
    const auto response = QCoro::waitFor(client.send(request(server.url("/x"), size), {}));
    COMPARE_ERROR(response, Error::Code::Tls);
    const QString message = response.error().message;
    const QString fingerprint = QString::fromLatin1(
        m_certificate.certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
    QVERIFY2(message.contains(server.host()), qPrintable(message));
    QVERIFY2(message.contains(fingerprint), qPrintable(message));
    QVERIFY2(message.contains(u"\"scripted server\""_s), qPrintable(message));
    QVERIFY2(message.contains(u"self-signed"_s), qPrintable(message));
    QVERIFY(server.requests().isEmpty());
}

void TestHttpTls::trustedCertificateIsAccepted_data()
{
    addBothWays();
}

void TestHttpTls::trustedCertificateIsAccepted()
{
    QFETCH(qint64, size);
    ScriptedServer server;
    server.useTls(m_certificate);
    QVERIFY(server.listen());
    server.on("PUT", "/x", ScriptedAnswer::text(201, "in secret"));
    const std::unique_ptr<HttpClient> client(clientThatTrusts(m_certificate.certificate));
    for (const QString& host : {u"127.0.0.1"_s, u"localhost"_s}) {
        QUrl url = server.url("/x");
        url.setHost(host);
        const auto response = QCoro::waitFor(client->send(request(url, size), {}));
        VERIFY_RESULT(response);
        QCOMPARE(response->body, "in secret"_ba);
        QCOMPARE(server.requests().constLast().bodySize, size);
    }
}

void TestHttpTls::trustGivenLaterCountsAtOnce()
{
    ScriptedServer server;
    server.useTls(m_certificate);
    QVERIFY(server.listen());
    server.on("PUT", "/x", ScriptedAnswer::text(201, ""));
    bool isTrusted = false;
    HttpClient client([&](const QString&) {
        HostPolicy policy;
        if (isTrusted)
            policy.extraCa = {m_certificate.certificate};
        return policy;
    });
    for (const qint64 size : {0, 100'000}) {
        isTrusted = false;
        COMPARE_ERROR(QCoro::waitFor(client.send(request(server.url("/x"), size), {})), Error::Code::Tls);
        isTrusted = true;
        VERIFY_RESULT(QCoro::waitFor(client.send(request(server.url("/x"), size), {})));
        isTrusted = false; // and trust taken back, too
        COMPARE_ERROR(QCoro::waitFor(client.send(request(server.url("/x"), size), {})), Error::Code::Tls);
    }
}

void TestHttpTls::certificateForAnotherNameIsTls_data()
{
    addBothWays();
}

void TestHttpTls::certificateForAnotherNameIsTls()
{
    QFETCH(qint64, size);
    const TestCertificate other = TestCertificate::make({u"DNS:registry.example"_s});
    ScriptedServer server;
    server.useTls(other);
    QVERIFY(server.listen());
    const std::unique_ptr<HttpClient> client(clientThatTrusts(other.certificate));
    const auto response = QCoro::waitFor(client->send(request(server.url("/x"), size), {}));
    COMPARE_ERROR(response, Error::Code::Tls);
    QVERIFY2(response.error().message.contains(u"host name"_s), qPrintable(response.error().message));
    QVERIFY(server.requests().isEmpty());
}

void TestHttpTls::connectToStillChecksTheName_data()
{
    addBothWays();
}

void TestHttpTls::connectToStillChecksTheName()
{
    QFETCH(qint64, size);
    const TestCertificate other = TestCertificate::make({u"DNS:registry.example"_s});
    ScriptedServer server;
    server.useTls(other);
    QVERIFY(server.listen());
    server.on("PUT", "/x", ScriptedAnswer::text(201, ""));
    const std::unique_ptr<HttpClient> client(clientThatTrusts(other.certificate, server.host()));
    const auto right = QCoro::waitFor(client->send(request(QUrl(u"https://registry.example/x"_s), size), {}));
    VERIFY_RESULT(right);
    QCOMPARE(server.requests().constLast().headers.value("Host"), "registry.example"_ba);
    const auto wrong = QCoro::waitFor(client->send(request(QUrl(u"https://other.example/x"_s), size), {}));
    COMPARE_ERROR(wrong, Error::Code::Tls);
    QVERIFY(wrong.error().message.contains(u"other.example"_s));
}

void TestHttpTls::plainServerIsRecognised_data()
{
    addBothWays();
}

void TestHttpTls::plainServerIsRecognised()
{
    QFETCH(qint64, size);
    ScriptedServer server;
    QVERIFY(server.listen());
    QUrl url = server.url("/v2/");
    url.setScheme(u"https"_s);
    HttpClient client;
    const auto response = QCoro::waitFor(client.send(request(url, size), {}));
    COMPARE_ERROR(response, Error::Code::PlainHttpServer);
    QVERIFY(response.error().message.contains(server.host()));
    QVERIFY(!response.error().isTransient());
}

void TestHttpTls::probeCarriesNoCredential()
{
    ScriptedServer server;
    QVERIFY(server.listen());
    QUrl url = server.url("/v2/SECRETPATH?access_token=SECRET");
    url.setScheme(u"https"_s);
    HttpClient client;
    HttpRequest made = request(url, 0);
    made.authorization = "Basic SECRET";
    made.headers.set("X-Registry-Auth", "SECRET");
    COMPARE_ERROR(QCoro::waitFor(client.send(made, {})), Error::Code::PlainHttpServer);
    const auto& probe = server.requests().constLast();
    QCOMPARE(probe.method, "HEAD"_ba);
    QCOMPARE(probe.target, "/"_ba);
    for (const auto& got : server.requests()) {
        QVERIFY(!got.target.contains("SECRET"));
        for (const auto& [name, value] : got.headers.fields())
            QVERIFY(!value.contains("SECRET"));
    }
}

void TestHttpTls::serverThatRefusesTheHandshakeIsNoPlainServer_data()
{
    addBothWays();
}

void TestHttpTls::serverThatRefusesTheHandshakeIsNoPlainServer()
{
    // One that wants a certificate of the client, say; asked in the clear, it answers in the clear.
    QFETCH(qint64, size);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int probes = 0;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* const peer = server.nextPendingConnection();
        connect(peer, &QTcpSocket::readyRead, this, [peer, &probes] {
            const QByteArray asked = peer->readAll();
            probes += asked.startsWith("HEAD / ") ? 1 : 0;
            peer->write(asked.startsWith('\x16') ? QByteArray::fromHex("15030100020228") // handshake_failure
                                                 : "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP "
                                                   "request to an HTTPS server.\n"_ba);
            peer->disconnectFromHost();
        });
    });
    QUrl url(u"https://127.0.0.1/v2/"_s);
    url.setPort(server.serverPort());
    HttpClient client;
    COMPARE_ERROR(QCoro::waitFor(client.send(request(url, size), {})), Error::Code::Tls);
    QCOMPARE(probes, 1);
}

void TestHttpTls::serverThatHangsUpIsNoPlainServer_data()
{
    addBothWays();
}

void TestHttpTls::serverThatHangsUpIsNoPlainServer()
{
    QFETCH(qint64, size);
    ScriptedServer server;
    QVERIFY(server.listen());
    server.resetNewConnections();
    QUrl url = server.url("/v2/");
    url.setScheme(u"https"_s);
    HttpClient client;
    const auto response = QCoro::waitFor(client.send(request(url, size), {}));
    QVERIFY(!response);
    QVERIFY2(response.error().code == Error::Code::Network || response.error().code == Error::Code::Tls,
             qPrintable(response.error().toString()));
}

void TestHttpTls::redirectFromHttpsToHttpIsRefused()
{
    ScriptedServer plain;
    QVERIFY(plain.listen());
    ScriptedServer server;
    server.useTls(m_certificate);
    QVERIFY(server.listen());
    server.on("GET", "/x", ScriptedAnswer::redirect(302, plain.url("/end").toEncoded()));
    const std::unique_ptr<HttpClient> client(clientThatTrusts(m_certificate.certificate));
    HttpRequest made;
    made.url = server.url("/x");
    const auto response = QCoro::waitFor(client->send(made, {}));
    COMPARE_ERROR(response, Error::Code::Unsupported);
    QVERIFY(response.error().message.contains(u"https to plain http"_s));
    QCOMPARE(plain.connectionCount(), 0);
}

void TestHttpTls::largeTransfersWorkBothWays()
{
    constexpr qint64 Size = 20'000'000;
    ScriptedServer server;
    server.useTls(m_certificate);
    QVERIFY(server.listen());
    server.on("PUT", "/x", ScriptedAnswer::text(201, ""));
    server.on("GET", "/x", ScriptedAnswer::pattern(Size));
    const std::unique_ptr<HttpClient> client(clientThatTrusts(m_certificate.certificate));
    const auto sent = QCoro::waitFor(client->send(request(server.url("/x"), Size), {}));
    VERIFY_RESULT(sent);
    QCOMPARE(server.requests().constLast().bodySize, Size);
    QVERIFY(server.requests().constLast().isBodyPattern);
    HttpRequest made;
    made.url = server.url("/x");
    const auto stream = QCoro::waitFor(client->open(made, {}));
    VERIFY_RESULT(stream);
    const auto got = QCoro::waitFor(readAll(stream->body, Size, {}, {}));
    VERIFY_RESULT(got);
    QVERIFY(*got == scriptedPattern(0, Size));
}

QTEST_GUILESS_MAIN(TestHttpTls)
#include "tst_httptls.moc"
