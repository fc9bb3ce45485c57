// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "net/proxies.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void schemeChoosesTheVariable();
    void formsOfAProxy_data();
    void formsOfAProxy();
    void exceptions_data();
    void exceptions();
    void loopbackIsNeverProxied();
    void lowerCaseWins();
    void requestsGoThroughTheProxy();
};

void TestProxies::schemeChoosesTheVariable()
{
    const ProxyEnvironment environment{u"http://plain:1"_s, u"http://secure:2"_s, {}};
    QCOMPARE(proxyFor(QUrl(u"http://ghcr.io/"_s), environment).hostName(), u"plain"_s);
    QCOMPARE(proxyFor(QUrl(u"https://ghcr.io/"_s), environment).hostName(), u"secure"_s);
    const ProxyEnvironment onlyPlain{u"http://plain:1"_s, {}, {}};
    QCOMPARE(proxyFor(QUrl(u"https://ghcr.io/"_s), onlyPlain).type(), QNetworkProxy::NoProxy);
}

void TestProxies::formsOfAProxy_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("full") << u"http://proxy.example:3128"_s << int(QNetworkProxy::HttpProxy)
                          << u"proxy.example"_s << 3128;
    QTest::newRow("no scheme") << u"proxy.example:3128"_s << int(QNetworkProxy::HttpProxy)
                               << u"proxy.example"_s << 3128;
    QTest::newRow("no port") << u"http://proxy.example"_s << int(QNetworkProxy::HttpProxy)
                             << u"proxy.example"_s << 80;
    QTest::newRow("slash") << u" http://proxy.example:3128/ "_s << int(QNetworkProxy::HttpProxy)
                           << u"proxy.example"_s << 3128;
    QTest::newRow("socks") << u"socks5://10.0.0.1"_s << int(QNetworkProxy::Socks5Proxy) << u"10.0.0.1"_s
                           << 1080;
    QTest::newRow("empty") << u" "_s << int(QNetworkProxy::NoProxy) << u""_s << 0;
    QTest::newRow("TLS to the proxy")
        << u"https://proxy.example"_s << int(QNetworkProxy::NoProxy) << u""_s << 0;
    QTest::newRow("nonsense") << u"://"_s << int(QNetworkProxy::NoProxy) << u""_s << 0;
}

void TestProxies::formsOfAProxy()
{
    QFETCH(QString, value);
    QFETCH(int, type);
    QFETCH(QString, host);
    QFETCH(int, port);
    const QNetworkProxy proxy = proxyFor(QUrl(u"https://ghcr.io/"_s), {{}, value, {}});
    QCOMPARE(int(proxy.type()), type);
    QCOMPARE(proxy.hostName(), host);
    QCOMPARE(int(proxy.port()), port);
}

void TestProxies::exceptions_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("without");
    QTest::addColumn<bool>("isProxied");
    const auto add = [](const char* url, const char* without, bool isProxied) {
        QTest::addRow("%s without %s", url, without)
            << QString::fromLatin1(url) << QString::fromLatin1(without) << isProxied;
    };
    add("https://ghcr.io/", "", true);
    add("https://ghcr.io/", "*", false);
    add("https://ghcr.io/", "quay.io, ghcr.io", false);
    add("https://ghcr.io/", "GHCR.IO", false);
    add("https://a.ghcr.io/", "ghcr.io", false);
    add("https://aghcr.io/", "ghcr.io", true);
    add("https://a.ghcr.io/", ".ghcr.io", false);
    add("https://ghcr.io/", ".ghcr.io", true);
    add("https://a.ghcr.io/", "*.ghcr.io", false);
    add("https://ghcr.io/", "ghcr.io:443", false);
    add("https://ghcr.io:5000/", "ghcr.io:443", true);
    add("https://10.1.2.3/", "10.0.0.0/8", false);
    add("https://11.1.2.3/", "10.0.0.0/8", true);
    add("https://10.1.2.3/", "10.1.2.3", false);
    add("https://[fd00::1]/", "fd00::/8", false);
    add("https://[fd00::1]:5000/", "[fd00::1]:5000", false);
    add("https://ghcr.io/", "10.0.0.0/8", true);
    add("https://ghcr.io/", ",,", true);
}

void TestProxies::exceptions()
{
    QFETCH(QString, url);
    QFETCH(QString, without);
    QFETCH(bool, isProxied);
    const auto proxy = proxyFor(QUrl(url), {{}, u"http://proxy.example:3128"_s, without});
    QCOMPARE(proxy.type() != QNetworkProxy::NoProxy, isProxied);
}

void TestProxies::loopbackIsNeverProxied()
{
    const ProxyEnvironment environment{u"http://proxy:1"_s, u"http://proxy:1"_s, {}};
    for (const QString& url : {u"http://localhost:5000/"_s, u"https://127.0.0.1/"_s, u"http://[::1]:5000/"_s})
        QCOMPARE(proxyFor(QUrl(url), environment).type(), QNetworkProxy::NoProxy);
}

void TestProxies::lowerCaseWins()
{
    qputenv("HTTPS_PROXY", "http://upper:1");
    QCOMPARE(ProxyEnvironment::current().https, u"http://upper:1"_s);
    qputenv("https_proxy", "http://lower:1");
    QCOMPARE(ProxyEnvironment::current().https, u"http://lower:1"_s);
    qunsetenv("HTTPS_PROXY");
    qunsetenv("https_proxy");
}

void TestProxies::requestsGoThroughTheProxy()
{
    // Both ways ask the proxy for the name, which nothing else could find: by Qt with the full address in the
    // first line, by hand through a tunnel.
    ScriptedServer proxy;
    QVERIFY(proxy.listen());
    proxy.on("GET", "http://registry.invalid/x", ScriptedAnswer::text(200, "by proxy"));
    ScriptedAnswer tunnel;
    tunnel.raw = "HTTP/1.1 200 Connection established\r\n\r\n";
    proxy.onHead("CONNECT", "registry.invalid:80", [&](const ScriptedRequest&) { return tunnel; });
    proxy.on("PUT", "/x", ScriptedAnswer::text(201, "by tunnel"));
    const QByteArray address = "http://alice:pw@" + proxy.host().toLatin1();
    qputenv("http_proxy", address);
    {
        HttpClient client([](const QString&) {
            HostPolicy policy;
            policy.allowPlainHttp = true;
            return policy;
        });
        HttpRequest request;
        request.url = QUrl(u"http://registry.invalid/x"_s);
        const auto got = QCoro::waitFor(client.send(request, {}));
        VERIFY_RESULT(got);
        QCOMPARE(got->body, "by proxy"_ba);
        request.method = "PUT";
        request.body = scriptedPattern(0, 100'000);
        const auto put = QCoro::waitFor(client.send(request, {}));
        VERIFY_RESULT(put);
        QCOMPARE(put->body, "by tunnel"_ba);
        QCOMPARE(proxy.requests().constLast().bodySize, 100'000);
    }
    qunsetenv("http_proxy");
}

QTEST_GUILESS_MAIN(TestProxies)
#include "tst_proxies.moc"
