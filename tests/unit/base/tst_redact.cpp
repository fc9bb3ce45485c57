// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/redact.h"

#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestRedact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urlLosesItsSecretsOnly_data();
    void urlLosesItsSecretsOnly();
    void headerKeepsTheSchemeWordOnly_data();
    void headerKeepsTheSchemeWordOnly();
    void bodyLosesSecrets_data();
    void bodyLosesSecrets();
    void errorBodyStaysReadable();
    void bodyIsBounded();
    void controlCharactersAreStripped();
};

void TestRedact::urlLosesItsSecretsOnly_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << "https://ghcr.io/v2/a/b/tags/list?n=100&last=v1"_ba
                           << u"https://ghcr.io/v2/a/b/tags/list?n=100&last=v1"_s;
    QTest::newRow("user info") << "https://alice:s3cret@reg.example/v2/"_ba << u"https://reg.example/v2/"_s;
    QTest::newRow("s3")
        << "https://b.s3.amazonaws.com/x?X-Amz-Date=20260101T000000Z&X-Amz-Signature=abc123&X-Amz-Credential=AKIA%2F1&X-Amz-Security-Token=qq"_ba
        << u"https://b.s3.amazonaws.com/x?X-Amz-Date=20260101T000000Z&X-Amz-Signature=…&X-Amz-Credential=…&X-Amz-Security-Token=…"_s;
    QTest::newRow("azure") << "https://x.blob.core.windows.net/l?se=2026&sp=r&sig=AbC%3D"_ba
                           << u"https://x.blob.core.windows.net/l?se=2026&sp=r&sig=…"_s;
    QTest::newRow("cloudfront")
        << "https://d.cloudfront.net/x?Expires=1&Signature=s~t&Key-Pair-Id=K1&Policy=p"_ba
        << u"https://d.cloudfront.net/x?Expires=1&Signature=…&Key-Pair-Id=…&Policy=…"_s;
    QTest::newRow("token") << "https://h/x?access_token=a.b.c&scope=repository:a:pull"_ba
                           << u"https://h/x?access_token=…&scope=repository:a:pull"_s;
    QTest::newRow("percent in name") << "https://h/x?access%5Ftoken=abc"_ba
                                     << u"https://h/x?access_token=…"_s;
    QTest::newRow("upload state") << "http://h/v2/a/blobs/uploads/1?_state=HMAC&digest=sha256:12"_ba
                                  << u"http://h/v2/a/blobs/uploads/1?_state=…&digest=sha256:12"_s;
    QTest::newRow("fragment") << "https://h/x#access_token=abc"_ba << u"https://h/x"_s;
}

void TestRedact::urlLosesItsSecretsOnly()
{
    QFETCH(QByteArray, url);
    QTEST(redactedUrl(QUrl::fromEncoded(url)), "expected");
}

void TestRedact::headerKeepsTheSchemeWordOnly_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("bearer") << "Authorization"_ba << "Bearer eyJhbGciOi.x.y"_ba << "Bearer …"_ba;
    QTest::newRow("basic") << "authorization"_ba << "Basic YTpi"_ba << "Basic …"_ba;
    QTest::newRow("no scheme") << "Authorization"_ba << "YTpi"_ba << "…"_ba;
    QTest::newRow("proxy") << "Proxy-Authorization"_ba << "Basic YTpi"_ba << "Basic …"_ba;
    QTest::newRow("cookie") << "Set-Cookie"_ba << "sid=12; Path=/"_ba << "…"_ba;
    QTest::newRow("engine") << "X-Registry-Auth"_ba << "eyJ1c2VybmFtZSI6ImEifQ=="_ba << "…"_ba;
    QTest::newRow("location") << "Location"_ba << "https://u:p@h/x?sig=1"_ba << "https://h/x?sig=…"_ba;
    QTest::newRow("relative location") << "Location"_ba << "/v2/a/blobs/uploads/1?_state=zz"_ba
                                       << "/v2/a/blobs/uploads/1?_state=…"_ba;
    QTest::newRow("link") << "Link"_ba << "</v2/_catalog?n=1&token=zz>; rel=\"next\""_ba
                          << "</v2/_catalog?n=1&token=…>; rel=\"next\""_ba;
    QTest::newRow("challenge") << "WWW-Authenticate"_ba << "Bearer realm=\"https://a/token\""_ba
                               << "Bearer realm=\"https://a/token\""_ba;
    QTest::newRow("type") << "Content-Type"_ba << "application/json"_ba << "application/json"_ba;
}

void TestRedact::headerKeepsTheSchemeWordOnly()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QTEST(redactedHeader(name, value), "expected");
}

void TestRedact::bodyLosesSecrets_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("token") << R"({"token":"SECRET","expires_in":300})"_ba;
    QTest::newRow("blanks and case") << R"({ "Access_Token" : "SECRET" })"_ba;
    QTest::newRow("refresh") << R"({"refresh_token":"SECRET","scope":"a"})"_ba;
    QTest::newRow("escaped quote in value") << R"({"password":"a\"SECRET","x":1})"_ba;
    QTest::newRow("backslash at the end") << R"({"x":{"password":"SECRET\\"},"y":"z"})"_ba;
    QTest::newRow("cut off") << R"({"identitytoken":"SECR SECRET)"_ba;
    QTest::newRow("number") << R"({"otp":123456SECRET,"a":1})"_ba;
    QTest::newRow("array") << R"({"tokens":["SECRET","SECRET"],"a":1})"_ba;
    QTest::newRow("object") << R"({"auths":{"h":{"x":"SECRET"}},"a":1})"_ba;
    QTest::newRow("nested") << R"({"a":{"b":[{"client_secret":"SECRET"}]}})"_ba;
    QTest::newRow("JSON in a string") << R"({"message":"got {\"token\":\"SECRET\"} from it"})"_ba;
    QTest::newRow("form") << "grant_type=password&username=a&password=SECRET"_ba;
    QTest::newRow("refresh form") << "refresh_token=SECRET&service=x"_ba;
    QTest::newRow("echoed header") << "bad header: Authorization: Bearer SECRETSECRETSECRETSECRET"_ba;
    QTest::newRow("address in text") << "cannot reach https://alice:SECRET@h/x"_ba;
    QTest::newRow("signed address in text") << "see https://h/x?X-Amz-Signature=SECRET&a=b"_ba;
}

void TestRedact::bodyLosesSecrets()
{
    QFETCH(QByteArray, body);
    QVERIFY(body.contains("SECRET"));
    const QString shown = redactedBody(body);
    QVERIFY2(!shown.contains(u"SECRET"_s), qPrintable(shown));
    QVERIFY2(shown.contains(u'…'), qPrintable(shown));
}

void TestRedact::errorBodyStaysReadable()
{
    const auto body =
        R"({"errors":[{"code":"DENIED","message":"Basic authentication required by author=bob","detail":[{"Type":"repository","Name":"a/b"}]}],"token_type":"x"})"_ba;
    QCOMPARE(redactedBody(body), QString::fromUtf8(body));
    // What follows a redacted member is kept.
    QCOMPARE(redactedBody(R"({"token":"abc","expires_in":300})"_ba), uR"({"token":"…","expires_in":300})"_s);
}

void TestRedact::bodyIsBounded()
{
    const QString shown = redactedBody(QByteArray(10 * MaxKeptResponse, 'x'));
    QCOMPARE(shown.size(), MaxKeptResponse);
}

void TestRedact::controlCharactersAreStripped()
{
    QCOMPARE(redactedBody("a\x1b[31mred\r\nb\x07\tc\x7f"_ba), u"a[31mred\nb\tc"_s);
    QCOMPARE(redactedBody(u"safe\u202Etxt.exe"_s.toUtf8()), u"safetxt.exe"_s);
}

QTEST_GUILESS_MAIN(TestRedact)
#include "tst_redact.moc"
