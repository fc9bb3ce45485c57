// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/realm.h"
#include "auth/replytext.h"
#include "auth/scope.h"
#include "support/resulttest.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestAuthRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realmMayOnlyBeWhereThePasswordBelongs_data();
    void realmMayOnlyBeWhereThePasswordBelongs();
    void scopesOfOneResourceAreMerged();
    void scopeSetsKnowWhatTheyCover();
    void keyOfAScopeSetIgnoresOrder();
    void repliesOfAllShapesGiveTheirMessage_data();
    void repliesOfAllShapesGiveTheirMessage();
    void messagesHoldNoSecretsAndNoControlCharacters();
    void retryAfterIsReadInAllItsForms_data();
    void retryAfterIsReadInAllItsForms();
};

void TestAuthRules::realmMayOnlyBeWhereThePasswordBelongs_data()
{
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("realm");
    QTest::addColumn<QString>("expected"); // empty: refused
    const auto allowed = [](const char* name, const QString& registry, const QString& realm,
                            const QString& url = {}) {
        QTest::newRow(name) << registry << realm << (url.isEmpty() ? realm : url);
    };
    const auto refused = [](const char* name, const QString& registry, const QString& realm) {
        QTest::newRow(name) << registry << realm << QString();
    };
    const QString hub = u"https://registry-1.docker.io"_s;
    allowed("Docker Hub", hub, u"https://auth.docker.io/token"_s);
    allowed("own host, other port", u"https://reg.example"_s, u"https://reg.example:5001/auth"_s);
    allowed("relative", u"https://reg.example:5000"_s, u"/service/token"_s,
            u"https://reg.example:5000/service/token"_s);
    allowed("with a query", u"https://reg.example"_s, u"https://reg.example/t?tenant=a%2Fb"_s);
    allowed("http by choice, same host", u"http://reg.example:5000"_s, u"http://reg.example/token"_s);
    allowed("http registry, https realm", u"http://reg.example"_s, u"https://auth.example/token"_s);
    allowed("loopback both", u"http://127.0.0.1:5000"_s, u"http://localhost:5001/token"_s);
    allowed("own private address", u"https://192.168.1.5"_s, u"https://192.168.1.5:8443/token"_s);
    allowed("public address", hub, u"https://203.0.113.7/token"_s);

    refused("http realm of an https registry", hub, u"http://auth.docker.io/token"_s);
    refused("http loopback realm of an https registry", hub, u"http://localhost/token"_s);
    refused("loopback name", hub, u"https://localhost/token"_s);
    refused("loopback address", hub, u"https://127.0.0.1:8080/token"_s);
    refused("another loopback address", hub, u"https://127.1.2.3/token"_s);
    refused("loopback IPv6", hub, u"https://[::1]/token"_s);
    refused("mapped loopback", hub, u"https://[::ffff:127.0.0.1]/token"_s);
    refused("mapped private", hub, u"https://[::ffff:10.0.0.1]/token"_s);
    refused("short form of loopback", hub, u"https://127.1/token"_s);
    refused("number as an address", hub, u"https://2130706433/token"_s);
    refused("cloud metadata", hub, u"https://169.254.169.254/latest"_s);
    refused("private 10", hub, u"https://10.1.2.3/token"_s);
    refused("private 172", hub, u"https://172.16.0.1/token"_s);
    refused("private 192", hub, u"https://192.168.1.5/token"_s);
    refused("any address", hub, u"https://0.0.0.0/token"_s);
    refused("unique local IPv6", hub, u"https://[fd00::1]/token"_s);
    refused("link-local IPv6", hub, u"https://[fe80::1]/token"_s);
    refused("other private address", u"https://192.168.1.5"_s, u"https://192.168.1.6/token"_s);
    refused("file", hub, u"file:///etc/passwd"_s);
    refused("no host", hub, u"https:///token"_s);
    refused("user info", hub, u"https://a:b@auth.docker.io/token"_s);
    refused("junk", hub, u"https://[/"_s);
}

void TestAuthRules::realmMayOnlyBeWhereThePasswordBelongs()
{
    QFETCH(const QString, registry);
    QFETCH(const QString, realm);
    QFETCH(const QString, expected);
    const auto url = realmUrl(realm, QUrl(registry));
    if (expected.isEmpty()) {
        COMPARE_ERROR(url, Error::Code::Denied);
        return;
    }
    VERIFY_RESULT(url);
    QCOMPARE(QString::fromLatin1(url->toEncoded()), expected);
}

void TestAuthRules::scopesOfOneResourceAreMerged()
{
    ScopeSet set(
        {u"repository:alice/ui:pull"_s, u"repository:base/os:pull"_s, u"repository:alice/ui:push,pull"_s});
    QCOMPARE(set.toList(), (QStringList{u"repository:alice/ui:pull,push"_s, u"repository:base/os:pull"_s}));
    set.add(ScopeSet::fromChallenge(u"repository:localhost:5000/x:pull registry:catalog:*  junk"_s));
    QCOMPARE(set.toList(),
             (QStringList{u"repository:alice/ui:pull,push"_s, u"repository:base/os:pull"_s,
                          u"repository:localhost:5000/x:pull"_s, u"registry:catalog:*"_s}));
    QVERIFY(ScopeSet({u""_s, u"junk"_s, u":"_s, u"a:"_s}).isEmpty());
}

void TestAuthRules::scopeSetsKnowWhatTheyCover()
{
    const ScopeSet push({u"repository:a:pull,push"_s});
    QVERIFY(push.covers(ScopeSet({u"repository:a:pull"_s})));
    QVERIFY(push.covers(ScopeSet()));
    QVERIFY(!push.covers(ScopeSet({u"repository:a:delete"_s})));
    QVERIFY(!push.covers(ScopeSet({u"repository:b:pull"_s})));
    QVERIFY(!push.covers(ScopeSet({u"repository:a:pull"_s, u"repository:b:pull"_s})));
    QVERIFY(ScopeSet({u"repository:a:*"_s}).covers(ScopeSet({u"repository:a:delete"_s})));
    QVERIFY(!ScopeSet().covers(push));
}

void TestAuthRules::keyOfAScopeSetIgnoresOrder()
{
    const ScopeSet one({u"repository:b:push,pull"_s, u"repository:a:pull"_s});
    const ScopeSet other({u"repository:a:pull"_s, u"repository:b:pull,push"_s});
    QCOMPARE(one.key(), other.key());
    QVERIFY(one.key() != ScopeSet({u"repository:a:pull"_s}).key());
}

void TestAuthRules::repliesOfAllShapesGiveTheirMessage_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QByteArray& body, const QStringList& codes,
                        const QString& message) { QTest::newRow(name) << body << codes << message; };
    row("empty", "", {}, u""_s);
    row("HTML", "<html><body>502 Bad Gateway</body></html>", {}, u""_s);
    row("plain text", "Client sent an HTTP request to an HTTPS server.\n", {},
        u"Client sent an HTTP request to an HTTPS server."_s);
    row("OCI", R"({"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry"}]})",
        {u"NAME_UNKNOWN"_s}, u"repository name not known to registry"_s);
    row("detail as text", R"({"errors":[{"code":"DENIED","message":"denied","detail":"quota exceeded"}]})",
        {u"DENIED"_s}, u"denied: quota exceeded"_s);
    row("detail as an object", R"({"errors":[{"code":"DENIED","message":"denied","detail":{"name":"x"}}]})",
        {u"DENIED"_s}, u"denied"_s);
    row("detail null", R"({"errors":[{"code":"DENIED","message":"denied","detail":null}]})", {u"DENIED"_s},
        u"denied"_s);
    row("first with a message", R"({"errors":[{"code":"A"},{"code":"B","message":"second"}]})",
        {u"A"_s, u"B"_s}, u"second"_s);
    row("Quay's blanks", R"({"errors":[{"code":"METHOD NOT ALLOWED","message":"off"}]})",
        {u"METHOD_NOT_ALLOWED"_s}, u"off"_s);
    row("lower case code", R"({"errors":[{"code":"toomanyrequests","message":"m"}]})", {u"TOOMANYREQUESTS"_s},
        u"m"_s);
    row("texts in place of objects", R"({"errors":["just words"]})", {}, u"just words"_s);
    row("null entries", R"({"errors":[null,5,{"code":"X","message":null}]})", {u"X"_s}, u""_s);
    row("an object in place of a list", R"({"errors":{"code":"X","message":"m"}})", {u"X"_s}, u"m"_s);
    row("Docker Hub's token server", R"({"details":"incorrect username or password"})", {},
        u"incorrect username or password"_s);
    row("message alone", R"({"message":"no such thing"})", {}, u"no such thing"_s);
    row("OAuth2", R"({"error":"invalid_grant","error_description":"token revoked"})", {}, u"token revoked"_s);
    row("JSON cut off", R"({"errors":[{"code":"X","mess)", {}, u""_s);
    row("JSON list", R"([1,2])", {}, u"[1,2]"_s);
}

void TestAuthRules::repliesOfAllShapesGiveTheirMessage()
{
    QFETCH(const QByteArray, body);
    const ReplyText text = replyText(body);
    QTEST(text.codes, "codes");
    QTEST(text.message, "message");
}

void TestAuthRules::messagesHoldNoSecretsAndNoControlCharacters()
{
    const QString message = replyText(R"({"message":"bad\u001b[31m line\nbreak"})").message;
    QVERIFY(!message.contains(QChar(0x1b)));
    QVERIFY(!message.contains(u'\n'));
    QVERIFY(replyText("x" + QByteArray(100'000, 'y')).message.size() < 1000);
}

void TestAuthRules::retryAfterIsReadInAllItsForms_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("seconds"); // -1: nothing
    QTest::newRow("seconds") << QByteArray("Retry-After") << QByteArray("17") << 17;
    QTest::newRow("lower case") << QByteArray("retry-after") << QByteArray(" 17 ") << 17;
    QTest::newRow("zero") << QByteArray("Retry-After") << QByteArray("0") << 0;
    QTest::newRow("negative") << QByteArray("Retry-After") << QByteArray("-5") << 0;
    QTest::newRow("date") << QByteArray("Retry-After") << QByteArray("Wed, 04 Mar 2026 05:07:07 GMT") << 60;
    QTest::newRow("date that is over")
        << QByteArray("Retry-After") << QByteArray("Wed, 04 Mar 2026 05:00:00 GMT") << 0;
    QTest::newRow("unix time") << QByteArray("X-Retry-After") << QByteArray("1772600797") << 30;
    QTest::newRow("unix time in the plain field")
        << QByteArray("Retry-After") << QByteArray("1772600797") << 30;
    QTest::newRow("capped") << QByteArray("Retry-After") << QByteArray("999999") << 3600;
    QTest::newRow("junk") << QByteArray("Retry-After") << QByteArray("soon") << -1;
    QTest::newRow("empty") << QByteArray("Retry-After") << QByteArray("") << -1;
    QTest::newRow("another field") << QByteArray("X-Other") << QByteArray("17") << -1;
}

void TestAuthRules::retryAfterIsReadInAllItsForms()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    QFETCH(const int, seconds);
    const QDateTime now = QDateTime::fromString(u"2026-03-04T05:06:07Z"_s, Qt::ISODate);
    HttpHeaders headers;
    headers.add(name, value);
    const auto wait = retryAfter(headers, now);
    QCOMPARE(wait ? static_cast<int>(wait->count()) : -1, seconds);
}

QTEST_GUILESS_MAIN(TestAuthRules)
#include "tst_authrules.moc"
