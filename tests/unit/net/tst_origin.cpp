// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "net/origin.h"
#include "net/redirect.h"
#include "support/resulttest.h"

#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestOrigin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesAreSorted_data();
    void addressesAreSorted();
    void hostAndPortIsAsInAReference_data();
    void hostAndPortIsAsInAReference();
    void originIsSchemeHostAndPort_data();
    void originIsSchemeHostAndPort();
    void redirectTargets_data();
    void redirectTargets();
    void userInfoIsNotFollowed();
};

void TestOrigin::addressesAreSorted_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isLoopback");
    QTest::addColumn<bool>("isLocal");
    const auto add = [](const char* host, bool isLoopback, bool isLocal) {
        QTest::newRow(host) << QString::fromLatin1(host) << isLoopback << isLocal;
    };
    add("localhost", true, true);
    add("LOCALHOST", true, true);
    add("localhost.", true, true);
    add("127.0.0.1", true, true);
    add("127.255.0.9", true, true);
    add("::1", true, true);
    add("[::1]", true, true);
    add("::ffff:127.0.0.1", true, true);
    add("10.0.0.1", false, true);
    add("172.16.0.1", false, true);
    add("172.31.255.255", false, true);
    add("192.168.1.1", false, true);
    add("169.254.169.254", false, true);
    add("::ffff:169.254.169.254", false, true);
    add("0.0.0.0", false, true);
    add("::", false, true);
    add("fe80::1", false, true);
    add("fd00::1", false, true);
    add("172.32.0.1", false, false);
    add("8.8.8.8", false, false);
    add("2001:db8::1", false, false);
    add("ghcr.io", false, false);
    add("localhost.example.com", false, false);
    add("127.0.0.1.example.com", false, false);
    add("", false, false);
}

void TestOrigin::addressesAreSorted()
{
    QFETCH(QString, host);
    QTEST(HttpClient::isLoopback(host), "isLoopback");
    QTEST(isLocalAddress(host), "isLocal");
}

void TestOrigin::hostAndPortIsAsInAReference_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("expected");
    QTest::newRow("default") << u"https://ghcr.io/v2/"_s << u"ghcr.io"_s;
    QTest::newRow("written default") << u"https://ghcr.io:443/v2/"_s << u"ghcr.io"_s;
    QTest::newRow("port") << u"http://localhost:5000/"_s << u"localhost:5000"_s;
    QTest::newRow("other scheme's port") << u"http://h:443/"_s << u"h:443"_s;
    QTest::newRow("IPv6") << u"http://[::1]:5000/"_s << u"[::1]:5000"_s;
    QTest::newRow("IPv6 default") << u"http://[::1]/"_s << u"[::1]"_s;
}

void TestOrigin::hostAndPortIsAsInAReference()
{
    QFETCH(QString, url);
    QTEST(hostAndPort(QUrl(url)), "expected");
}

void TestOrigin::originIsSchemeHostAndPort_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("expected");
    QTest::newRow("path differs") << u"https://h/a"_s << u"https://h/b?c"_s << true;
    QTest::newRow("default port") << u"https://h/"_s << u"https://h:443/"_s << true;
    QTest::newRow("case") << u"https://H/"_s << u"https://h/"_s << true;
    QTest::newRow("port") << u"https://h/"_s << u"https://h:444/"_s << false;
    QTest::newRow("scheme") << u"https://h:80/"_s << u"http://h:80/"_s << false;
    QTest::newRow("sub-domain") << u"https://h.io/"_s << u"https://a.h.io/"_s << false;
    QTest::newRow("name and address") << u"http://localhost/"_s << u"http://127.0.0.1/"_s << false;
}

void TestOrigin::originIsSchemeHostAndPort()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QTEST(isSameOrigin(QUrl(a), QUrl(b)), "expected");
}

void TestOrigin::redirectTargets_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("expected"); // empty: refused
    const QString hub = u"https://registry-1.docker.io/v2/a/blobs/x"_s;
    QTest::newRow("other host") << hub << "https://cdn.example/b?s=1"_ba << u"https://cdn.example/b?s=1"_s;
    QTest::newRow("absolute path") << hub << "/v2/b"_ba << u"https://registry-1.docker.io/v2/b"_s;
    QTest::newRow("without scheme") << hub << "//cdn.example/b"_ba << u"https://cdn.example/b"_s;
    QTest::newRow("fragment") << hub << "https://cdn.example/b#f"_ba << u"https://cdn.example/b"_s;
    QTest::newRow("downgrade") << hub << "http://cdn.example/b"_ba << QString();
    QTest::newRow("upgrade") << u"http://reg.example/x"_s << "https://reg.example/y"_ba
                             << u"https://reg.example/y"_s;
    QTest::newRow("public to loopback") << hub << "https://127.0.0.1/b"_ba << QString();
    QTest::newRow("public to localhost") << hub << "https://localhost:5000/b"_ba << QString();
    QTest::newRow("public to metadata service")
        << hub << "https://169.254.169.254/latest/meta-data"_ba << QString();
    QTest::newRow("public to private") << hub << "https://10.1.2.3/b"_ba << QString();
    QTest::newRow("public to IPv6 loopback") << hub << "https://[::1]/b"_ba << QString();
    QTest::newRow("public to mapped loopback") << hub << "https://[::ffff:127.0.0.1]/b"_ba << QString();
    QTest::newRow("public to loopback in disguise") << hub << "https://0x7f.1/b"_ba << QString();
    QTest::newRow("public to loopback as a number") << hub << "https://2130706433/b"_ba << QString();
    QTest::newRow("private to private")
        << u"http://10.0.0.1:5000/x"_s << "http://10.0.0.2:9000/b"_ba << u"http://10.0.0.2:9000/b"_s;
    QTest::newRow("loopback to loopback")
        << u"http://localhost:5000/x"_s << "http://127.0.0.1:9000/b"_ba << u"http://127.0.0.1:9000/b"_s;
    QTest::newRow("file") << u"http://localhost:5000/x"_s << "file:///etc/passwd"_ba << QString();
    QTest::newRow("no host") << u"http://localhost:5000/x"_s << "http:///x"_ba << QString();
    QTest::newRow("empty") << hub << ""_ba << QString();
}

void TestOrigin::redirectTargets()
{
    QFETCH(QString, from);
    QFETCH(QByteArray, location);
    QFETCH(QString, expected);
    const auto target = redirectTarget(QUrl(from), location);
    if (expected.isEmpty()) {
        QVERIFY2(!target, target ? qPrintable(target->toString()) : "");
        return;
    }
    VERIFY_RESULT(target);
    QCOMPARE(target->toString(), expected);
}

void TestOrigin::userInfoIsNotFollowed()
{
    const auto target = redirectTarget(QUrl(u"https://reg.example/x"_s), "https://a:b@cdn.example/y");
    VERIFY_RESULT(target);
    QCOMPARE(target->toString(), u"https://cdn.example/y"_s);
}

QTEST_GUILESS_MAIN(TestOrigin)
#include "tst_origin.moc"
