// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "support/forwardproxy.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QCryptographicHash>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! TLS through a proxy, which sees that there is a connection and nothing of what it is for.
class TestProxyTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void secretsGoThroughTheTunnel_data();
    void secretsGoThroughTheTunnel();
    void aChangeOfTrustCountsAtOnce_data();
    void aChangeOfTrustCountsAtOnce();
    void noTlsIsNotAskedForAround();

private:
    [[nodiscard]] Result<HttpResponse> put(qint64 size);
    [[nodiscard]] static QByteArray pinOf(const TestCertificate& certificate)
    {
        return certificate.certificate.digest(QCryptographicHash::Sha256);
    }
    static void addSizes();

    TestCertificate m_certificate;
    HostPolicy m_policy;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<ForwardProxy> m_proxy;
    std::unique_ptr<HttpClient> m_client;
};

void TestProxyTls::initTestCase()
{
    m_certificate = TestCertificate::make({u"DNS:registry.test"_s});
    QVERIFY(!m_certificate.key.isNull());
}

void TestProxyTls::init()
{
    m_client.reset();
    m_server = std::make_unique<ScriptedServer>();
    m_proxy = std::make_unique<ForwardProxy>();
    m_server->useTls(m_certificate);
    QVERIFY(m_server->listen() && m_proxy->listen());
    m_server->on("PUT", "/SECRETPATH", ScriptedAnswer::text(201, "in secret"));
    m_proxy->lead(u"registry.test:443"_s, m_server->port());
    m_policy = {};
    m_policy.proxy = m_proxy->url();
    m_client = std::make_unique<HttpClient>([this](const QString&) { return m_policy; });
}

void TestProxyTls::addSizes()
{
    QTest::addColumn<qint64>("size");
    QTest::newRow("small") << qint64(0);
    QTest::newRow("large") << qint64(100'000);
}

Result<HttpResponse> TestProxyTls::put(qint64 size)
{
    HttpRequest request;
    request.method = "PUT";
    request.url = QUrl(u"https://registry.test/SECRETPATH"_s);
    request.authorization = "Basic SECRETLOGIN";
    request.body = scriptedPattern(0, size);
    request.idleTimeout = 20s;
    return QCoro::waitFor(m_client->send(request, {}));
}

void TestProxyTls::secretsGoThroughTheTunnel_data()
{
    addSizes();
}

void TestProxyTls::secretsGoThroughTheTunnel()
{
    QFETCH(const qint64, size);
    m_policy.extraCa = {m_certificate.certificate};
    for (const QString& proxy : {m_proxy->url(), m_proxy->socksUrl()}) {
        m_policy.proxy = proxy;
        const auto response = put(size);
        VERIFY_RESULT(response);
        QCOMPARE(response->body, "in secret"_ba);
        QCOMPARE(m_server->requests().constLast().headers.value("Authorization"), "Basic SECRETLOGIN"_ba);
        QCOMPARE(m_server->requests().constLast().bodySize, size);
    }
    QCOMPARE(m_proxy->ways(), (QStringList{u"CONNECT registry.test:443"_s, u"SOCKS registry.test:443"_s}));
    QVERIFY(!m_proxy->heard().contains("SECRET"));
}

void TestProxyTls::aChangeOfTrustCountsAtOnce_data()
{
    addSizes();
}

void TestProxyTls::aChangeOfTrustCountsAtOnce()
{
    QFETCH(const qint64, size);
    const TestCertificate other = TestCertificate::make({u"DNS:registry.test"_s});
    m_policy.extraCa = {m_certificate.certificate};
    VERIFY_RESULT(put(size));
    // As good as the connection was that is still open, another certificate is pinned now.
    m_policy.pinnedSha256 = pinOf(other);
    auto refused = put(size);
    COMPARE_ERROR(refused, Error::Code::Tls);
    QVERIFY2(refused.error().message.contains(u"another certificate"_s), qPrintable(refused.error().message));
    QCOMPARE(m_server->requests().size(), 1);

    m_policy.extraCa.clear();
    m_policy.pinnedSha256 = pinOf(m_certificate);
    VERIFY_RESULT(put(size));
    m_policy.pinnedSha256 = pinOf(other);
    COMPARE_ERROR(put(size), Error::Code::Tls);
    m_policy.pinnedSha256.clear(); // nobody has signed it
    COMPARE_ERROR(put(size), Error::Code::Tls);
    QCOMPARE(m_server->requests().size(), 2);
}

void TestProxyTls::noTlsIsNotAskedForAround()
{
    // Where TLS fails, the host is asked in the clear whether it speaks any: not past the proxy.
    ScriptedServer plain;
    QVERIFY(plain.listen());
    m_proxy->lead(plain.host(), plain.port());
    m_policy.connectTo = plain.host();
    QVERIFY(!put(0));
    QVERIFY(!put(100'000));
    QVERIFY(m_proxy->ways().contains(u"CONNECT "_s + plain.host()));
    for (const ScriptedRequest& request : plain.requests())
        QVERIFY2(request.method != "HEAD", request.target.constData());
}

QTEST_GUILESS_MAIN(TestProxyTls)
#include "tst_proxytls.moc"
