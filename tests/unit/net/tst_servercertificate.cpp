// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/servercertificate.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QCryptographicHash>
#include <QTcpServer>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

using Fault = Error::Fault;

//! What a server shows in a handshake, told before anybody trusts it.
class TestServerCertificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void factsAreTold();
    void faultsAreToldApart_data();
    void faultsAreToldApart();
    void trustedOneIsToldAsSuch();
    void pinnedOneIsTrustedWithItsFaults();
    void anotherThanThePinnedOneBreaksThePin();
    void nothingIsSaidToTheServer();
    void plainServerIsRecognised();
    void unknownNameIsToldAsSuch();
    void stopEndsIt();

private:
    [[nodiscard]] static Result<ServerCertificate> fetch(const QUrl& url, const HostPolicy& policy = {})
    {
        return QCoro::waitFor(fetchServerCertificate(url, policy, {}));
    }
    [[nodiscard]] static QByteArray fingerprint(const TestCertificate& made)
    {
        return made.certificate.digest(QCryptographicHash::Sha256);
    }

    TestCertificate m_good, m_foreign, m_over;
};

void TestServerCertificate::initTestCase()
{
    m_good = TestCertificate::forLoopback();
    m_foreign = TestCertificate::make({u"DNS:elsewhere.test"_s, u"IP:192.0.2.1"_s});
    m_over = TestCertificate::make({u"IP:127.0.0.1"_s}, TestCertificate::Validity::Over);
    for (const TestCertificate& made : {m_good, m_foreign, m_over})
        QVERIFY(!made.certificate.isNull());
}

void TestServerCertificate::factsAreTold()
{
    ScriptedServer server;
    server.useTls(m_foreign);
    QVERIFY(server.listen());
    const auto seen = fetch(server.url("/"));
    VERIFY_RESULT(seen);
    QCOMPARE(seen->chain.size(), 1);
    const CertificateFacts& own = seen->chain.constFirst();
    QCOMPARE(own.subject, u"CN=scripted server, O=Tagboat tests"_s);
    QCOMPARE(own.issuer, own.subject);
    QCOMPARE(own.names, (QStringList{u"192.0.2.1"_s, u"elsewhere.test"_s}));
    QCOMPARE(own.sha256, fingerprint(m_foreign));
    QCOMPARE(own.validFrom, m_foreign.certificate.effectiveDate());
    QCOMPARE(own.validUntil, m_foreign.certificate.expiryDate());
    QVERIFY(!seen->isTrusted);
}

void TestServerCertificate::faultsAreToldApart_data()
{
    QTest::addColumn<TestCertificate>("shown");
    QTest::addColumn<bool>("isTrustedAsCa");
    QTest::addColumn<Error::Faults>("faults");
    QTest::newRow("self-signed") << m_good << false << Error::Faults(Fault::SelfSigned);
    QTest::newRow("other name") << m_foreign << true << Error::Faults(Fault::WrongName);
    // One that is over is no authority any more, not even its own.
    QTest::newRow("expired") << m_over << true << (Fault::SelfSigned | Fault::Expired);
    QTest::newRow("all at once") << m_foreign << false << (Fault::SelfSigned | Fault::WrongName);
}

void TestServerCertificate::faultsAreToldApart()
{
    QFETCH(const TestCertificate, shown);
    QFETCH(const bool, isTrustedAsCa);
    QFETCH(const Error::Faults, faults);
    ScriptedServer server;
    server.useTls(shown);
    QVERIFY(server.listen());
    HostPolicy policy;
    if (isTrustedAsCa)
        policy.extraCa = {shown.certificate};
    const auto seen = fetch(server.url("/"), policy);
    VERIFY_RESULT(seen);
    QCOMPARE(seen->faults, faults);
    QVERIFY(!seen->isTrusted);
    // A request fails in the same words.
    HttpClient client([policy](const QString&) { return policy; });
    HttpRequest request;
    request.url = server.url("/");
    const auto answer = QCoro::waitFor(client.send(request, {}));
    COMPARE_ERROR(answer, Error::Code::Tls);
    QCOMPARE(answer.error().faults, faults);
}

void TestServerCertificate::trustedOneIsToldAsSuch()
{
    ScriptedServer server;
    server.useTls(m_good);
    QVERIFY(server.listen());
    HostPolicy policy;
    policy.extraCa = {m_good.certificate};
    const auto seen = fetch(server.url("/"), policy);
    VERIFY_RESULT(seen);
    QVERIFY(seen->isTrusted);
    QVERIFY(!seen->faults);
    QCOMPARE(seen->chain.constFirst().sha256, fingerprint(m_good));
}

void TestServerCertificate::pinnedOneIsTrustedWithItsFaults()
{
    ScriptedServer server;
    server.useTls(m_foreign);
    QVERIFY(server.listen());
    HostPolicy policy;
    policy.pinnedSha256 = fingerprint(m_foreign);
    const auto seen = fetch(server.url("/"), policy);
    VERIFY_RESULT(seen);
    QVERIFY(seen->isTrusted);
    QVERIFY(seen->faults.testFlag(Fault::WrongName));
}

void TestServerCertificate::anotherThanThePinnedOneBreaksThePin()
{
    ScriptedServer server;
    server.useTls(m_good);
    QVERIFY(server.listen());
    HostPolicy policy;
    policy.extraCa = {m_good.certificate}; // which does not help
    policy.pinnedSha256 = fingerprint(m_foreign);
    const auto seen = fetch(server.url("/"), policy);
    VERIFY_RESULT(seen);
    QCOMPARE(seen->faults, Error::Faults(Fault::PinBroken));
    QVERIFY(!seen->isTrusted);
}

void TestServerCertificate::nothingIsSaidToTheServer()
{
    ScriptedServer server;
    server.useTls(m_good);
    QVERIFY(server.listen());
    HostPolicy policy;
    policy.extraCa = {m_good.certificate};
    policy.clientCertificates = {m_foreign.certificate};
    policy.clientKey = m_foreign.key;
    VERIFY_RESULT(fetch(server.url("/v2/"), policy));
    VERIFY_RESULT(fetch(server.url("/v2/")));
    QVERIFY(server.requests().isEmpty());
}

void TestServerCertificate::plainServerIsRecognised()
{
    ScriptedServer server;
    QVERIFY(server.listen());
    QUrl url = server.url("/");
    url.setScheme(u"https"_s);
    COMPARE_ERROR(fetch(url), Error::Code::PlainHttpServer);
}

void TestServerCertificate::unknownNameIsToldAsSuch()
{
    const auto seen = fetch(QUrl(u"https://registry.invalid:5000/"_s));
    COMPARE_ERROR(seen, Error::Code::Network);
    QVERIFY(seen.error().faults.testFlag(Fault::HostNotFound));
    QCOMPARE(seen.error().subject, u"registry.invalid:5000"_s);
    // But where it is to be reached may be said.
    ScriptedServer server;
    server.useTls(TestCertificate::make({u"DNS:registry.invalid"_s}));
    QVERIFY(server.listen());
    HostPolicy policy;
    policy.connectTo = server.host();
    const auto found = fetch(QUrl(u"https://registry.invalid:5000/"_s), policy);
    VERIFY_RESULT(found);
    QCOMPARE(found->faults, Error::Faults(Fault::SelfSigned)); // and the name is checked as ever
}

void TestServerCertificate::stopEndsIt()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    std::stop_source stop;
    connect(&silent, &QTcpServer::newConnection, this, [&stop] { stop.request_stop(); });
    const auto seen = QCoro::waitFor(fetchServerCertificate(
        QUrl(u"https://127.0.0.1:%1/"_s.arg(silent.serverPort())), {}, stop.get_token()));
    COMPARE_ERROR(seen, Error::Code::Cancelled);
}

QTEST_GUILESS_MAIN(TestServerCertificate)
#include "tst_servercertificate.moc"
