// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "net/proxies.h"
#include "net/target.h"
#include "support/forwardproxy.h"
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
    void chosenProxies_data();
    void chosenProxies();
    void badChoicesAreRefused_data();
    void badChoicesAreRefused();
    void aChoiceComesBeforeTheEnvironment();
    void eachRegistryHasItsOwn_data();
    void eachRegistryHasItsOwn();
    void itHoldsWhereTheRegistrySends();
    void whatIsNoProxyIsNotGoneAround();
    void loopbackInClearStaysHere();
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

void TestProxies::chosenProxies_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    const int http = QNetworkProxy::HttpProxy, socks = QNetworkProxy::Socks5Proxy;
    QTest::newRow("full") << u"http://proxy.example:3128"_s << http << u"proxy.example"_s << 3128;
    QTest::newRow("slash") << u" http://proxy.example:3128/ "_s << http << u"proxy.example"_s << 3128;
    QTest::newRow("no scheme") << u"proxy.example:3128"_s << http << u"proxy.example"_s << 3128;
    QTest::newRow("IPv6") << u"http://[fd00::1]:3128"_s << http << u"fd00::1"_s << 3128;
    QTest::newRow("socks") << u"socks5://10.0.0.1"_s << socks << u"10.0.0.1"_s << 1080;
    QTest::newRow("straight") << u"None"_s << int(QNetworkProxy::NoProxy) << QString() << 0;
}

void TestProxies::chosenProxies()
{
    QFETCH(QString, value);
    const auto proxy = chosenProxy(value);
    VERIFY_RESULT(proxy);
    QTEST(int(proxy->type()), "type");
    QTEST(proxy->hostName(), "host");
    QTEST(int(proxy->port()), "port");
    VERIFY_RESULT(checkProxy(u"reg.example"_s, value));
}

void TestProxies::badChoicesAreRefused_data()
{
    QTest::addColumn<QString>("value");
    for (const char* value :
         {"http://alice:hunter2@proxy.example:3128", "alice:hunter2@proxy.example:3128",
          "http://alice@proxy.example", "http://alice:hun#ter2@proxy.example", "https://proxy.example:3128",
          "ftp://proxy.example", "http://proxy.example:99999", "http://proxy.example:0",
          "http://proxy.example/path", "http://", "://", " ", "http://proxy.example?x",
          "http://proxy.example#x"})
        QTest::newRow(value) << QString::fromLatin1(value);
}

void TestProxies::badChoicesAreRefused()
{
    QFETCH(QString, value);
    const auto checked = checkProxy(u"reg.example"_s, value);
    COMPARE_ERROR(checked, Error::Code::InvalidInput);
    QCOMPARE(checked.error().subject, u"reg.example"_s);
    QVERIFY2(!checked.error().toString().contains(u"ter2"_s), qPrintable(checked.error().toString()));
}

void TestProxies::aChoiceComesBeforeTheEnvironment()
{
    const auto wayTo = [](const QString& url, const QString& proxy) {
        Target target;
        target.url = QUrl(url);
        target.policy.proxy = proxy;
        return target.proxy().type() == QNetworkProxy::NoProxy ? u"straight"_s : target.proxy().hostName();
    };
    qputenv("https_proxy", "http://environment:1");
    qputenv("no_proxy", "ghcr.io");
    QCOMPARE(wayTo(u"https://ghcr.io/"_s, {}), u"straight"_s);
    QCOMPARE(wayTo(u"https://ghcr.io/"_s, u"http://own:2"_s), u"own"_s);
    QCOMPARE(wayTo(u"https://quay.io/"_s, {}), u"environment"_s);
    QCOMPARE(wayTo(u"https://quay.io/"_s, u"http://own:2"_s), u"own"_s);
    QCOMPARE(wayTo(u"https://quay.io/"_s, u"none"_s), u"straight"_s);
    QCOMPARE(wayTo(u"http://localhost:5000/"_s, u"http://own:2"_s), u"own"_s);
    qunsetenv("https_proxy");
    qunsetenv("no_proxy");
}

void TestProxies::eachRegistryHasItsOwn_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<bool>("isSocks");
    QTest::newRow("small, http") << qint64(0) << false;
    QTest::newRow("large, http") << qint64(100'000) << false;
    QTest::newRow("small, socks") << qint64(0) << true;
    QTest::newRow("large, socks") << qint64(100'000) << true;
}

void TestProxies::eachRegistryHasItsOwn()
{
    QFETCH(const qint64, size);
    QFETCH(const bool, isSocks);
    ScriptedServer server;
    ForwardProxy one, two, environment;
    QVERIFY(server.listen() && one.listen() && two.listen() && environment.listen());
    server.on("PUT", "/x", ScriptedAnswer::text(201, "there"));
    one.lead(u"one.test:80"_s, server.port());
    two.lead(u"two.test:80"_s, server.port());
    qputenv("http_proxy", environment.url().toLatin1());
    {
        HttpClient client([&](const QString& host) {
            HostPolicy policy;
            policy.allowPlainHttp = true;
            const ForwardProxy& own = host == "one.test"_L1 ? one : two;
            policy.proxy = host == "three.test"_L1 ? u"none"_s : isSocks ? own.socksUrl() : own.url();
            if (host == "three.test"_L1)
                policy.connectTo = server.host();
            return policy;
        });
        for (const QString& host : {u"one.test"_s, u"two.test"_s, u"three.test"_s, u"one.test"_s}) {
            HttpRequest request;
            request.method = "PUT";
            request.url = QUrl(u"http://%1/x"_s.arg(host));
            request.body = scriptedPattern(0, size);
            const auto put = QCoro::waitFor(client.send(request, {}));
            VERIFY_RESULT(put);
            QCOMPARE(put->body, "there"_ba);
            QCOMPARE(server.requests().constLast().bodySize, size);
            QCOMPARE(server.requests().constLast().headers.value("Host"), host.toLatin1());
        }
    }
    qunsetenv("http_proxy");
    QVERIFY(!one.ways().isEmpty() && !two.ways().isEmpty());
    for (const QString& way : one.ways() + two.ways())
        QVERIFY2(way.startsWith("SOCKS "_L1) == isSocks, qPrintable(way));
    QVERIFY(!one.heard().contains("two.test") && !two.heard().contains("one.test"));
    QCOMPARE(environment.heard(), QByteArray());
}

void TestProxies::itHoldsWhereTheRegistrySends()
{
    ScriptedServer server;
    ForwardProxy proxy;
    QVERIFY(server.listen() && proxy.listen());
    proxy.lead(u"registry.test:80"_s, server.port());
    proxy.lead(u"storage.test:80"_s, server.port());
    server.on("GET", "/x", ScriptedAnswer::redirect(307, "http://storage.test/y"));
    server.on("GET", "/y", ScriptedAnswer::text(200, "stored"));
    HttpClient client([&](const QString& host) {
        HostPolicy policy;
        if (host == "registry.test"_L1) {
            policy.allowPlainHttp = true;
            policy.proxy = proxy.url();
        }
        return policy;
    });
    HttpRequest request;
    request.url = QUrl(u"http://registry.test/x"_s);
    request.policyHost = u"registry.test"_s;
    const auto got = QCoro::waitFor(client.send(request, {}));
    VERIFY_RESULT(got);
    QCOMPARE(got->body, "stored"_ba);
    QCOMPARE(proxy.ways(), (QStringList{u"GET http://registry.test/x"_s, u"GET http://storage.test/y"_s}));
}

void TestProxies::whatIsNoProxyIsNotGoneAround()
{
    ScriptedServer server;
    QVERIFY(server.listen());
    HttpClient client([&](const QString&) {
        HostPolicy policy;
        policy.proxy = u"http://alice:hunter2@proxy.test"_s; // written into the file by hand
        return policy;
    });
    HttpRequest request;
    request.url = server.url("/x");
    const auto got = QCoro::waitFor(client.send(request, {}));
    COMPARE_ERROR(got, Error::Code::InvalidInput);
    QVERIFY(!got.error().toString().contains(u"hunter2"_s));
    QCOMPARE(server.connectionCount(), 0);
}

void TestProxies::loopbackInClearStaysHere()
{
    // By its name alone it needs no permission; but this is not the way to this machine's own.
    HostPolicy policy;
    const HttpClient client([&](const QString&) { return policy; });
    const QUrl url(u"http://localhost:5000/"_s);
    QVERIFY(client.allowsPlainHttp(url));
    policy.proxy = u"http://proxy.test:3128"_s;
    QVERIFY(!client.allowsPlainHttp(url));
    policy.proxy = u"socks5://127.0.0.1:1080"_s; // an ssh tunnel, say
    QVERIFY(client.allowsPlainHttp(url));
    policy.proxy.clear();
    policy.connectTo = u"10.0.0.9"_s;
    QVERIFY(!client.allowsPlainHttp(url));
    policy.allowPlainHttp = true;
    QVERIFY(client.allowsPlainHttp(url));
    policy = {};
    policy.pinnedSha256 = QByteArray(32, 'x');
    QVERIFY(!client.allowsPlainHttp(url));
}

QTEST_GUILESS_MAIN(TestProxies)
#include "tst_proxies.moc"
