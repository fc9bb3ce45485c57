// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/replyerror.h"
#include "support/resulttest.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestReplyError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statusAndWordsBecomeACode_data();
    void statusAndWordsBecomeACode();
    void registrysOwnWordsAreKept();
    void replyWithoutWordsStillSaysSomething();
    void waitIsTakenOver();
    void serverTroubleIsTransientAndRefusalIsNot();
    void plainHttpToATlsPortIsSeen_data();
    void plainHttpToATlsPortIsSeen();
};

namespace {

HttpResponse reply(int status, const QByteArray& body = {})
{
    HttpResponse response;
    response.status = status;
    response.url = QUrl(u"https://registry.example/v2/x"_s);
    response.body = body;
    return response;
}

QByteArray errors(const QByteArray& code, const QByteArray& message = "words")
{
    return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
}

} // namespace

void TestReplyError::statusAndWordsBecomeACode_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, int status, const QByteArray& body, const char* code) {
        QTest::newRow(name) << status << body << QString::fromLatin1(code);
    };
    // distribution-spec's own
    row("blob unknown", 404, errors("BLOB_UNKNOWN"), "NotFound");
    row("upload unknown", 404, errors("BLOB_UPLOAD_UNKNOWN"), "NotFound");
    row("upload invalid", 404, errors("BLOB_UPLOAD_INVALID"), "NotFound");
    row("digest invalid", 400, errors("DIGEST_INVALID"), "DigestMismatch");
    row("manifest blob unknown", 400, errors("MANIFEST_BLOB_UNKNOWN"), "Conflict");
    row("manifest invalid", 400, errors("MANIFEST_INVALID"), "InvalidInput");
    row("manifest unknown", 404, errors("MANIFEST_UNKNOWN"), "NotFound");
    row("name invalid", 400, errors("NAME_INVALID"), "InvalidInput");
    row("name unknown", 404, errors("NAME_UNKNOWN"), "NotFound");
    row("size invalid", 400, errors("SIZE_INVALID"), "DigestMismatch");
    row("unauthorized", 401, errors("UNAUTHORIZED"), "Unauthorized");
    row("denied", 403, errors("DENIED"), "Denied");
    row("unsupported", 405, errors("UNSUPPORTED"), "Unsupported");
    row("too many requests", 429, errors("TOOMANYREQUESTS"), "RateLimited");
    // what registries make of it
    row("Harbor's unsupported", 400, errors("UNSUPPORTED"), "Unsupported");
    row("Quay read-only", 405, errors("DENIED"), "Denied");
    row("Quay pushes off", 405, errors("METHOD NOT ALLOWED"), "Unsupported");
    row("GHCR denied by 401", 401, errors("DENIED"), "Unauthorized");
    row("rate limit with another status", 503, errors("TOOMANYREQUESTS"), "RateLimited");
    row("bare 429", 429, "Too Many Requests", "RateLimited");
    row("ECR immutable tag", 400,
        errors("TAG_INVALID",
               "The image tag 'v1' already exists in the 'x' repository and cannot be overwritten because "
               "the repository is immutable."),
        "Conflict");
    row("tag invalid otherwise", 400, errors("TAG_INVALID", "too long"), "InvalidInput");
    row("Harbor immutable tag", 412, errors("PRECONDITION"), "Conflict");
    row("Quay immutable tag", 409, errors("TAG_IMMUTABLE"), "Conflict");
    row("Quay too many tags", 413, errors("TOO_MANY_TAGS_REQUESTED"), "InvalidInput");
    row("ECR expired login", 400,
        errors("DENIED", "Your authorization token has expired. Reauthenticate and try again."),
        "Unauthorized");
    row("ECR expired login, 403", 403,
        errors("DENIED", "Your authorization token has expired. Reauthenticate and try again."),
        "Unauthorized");
    row("range invalid", 416, errors("RANGE_INVALID"), "Conflict");
    row("second code decides", 400, R"({"errors":[{"code":"SOMETHING"},{"code":"NAME_UNKNOWN"}]})",
        "NotFound");
    row("unknown code", 403, errors("PROJECTPOLICYVIOLATION"), "Denied");
    // statuses alone
    row("400", 400, {}, "InvalidInput");
    row("402", 402, {}, "Denied");
    row("403 HTML", 403, "<html>forbidden</html>", "Denied");
    row("404", 404, {}, "NotFound");
    row("405", 405, {}, "Unsupported");
    row("406", 406, {}, "Unsupported");
    row("408", 408, {}, "Timeout");
    row("409", 409, {}, "Conflict");
    row("410", 410, {}, "NotFound");
    row("411", 411, {}, "Unsupported");
    row("413", 413, "<html>413</html>", "InvalidInput");
    row("415", 415, {}, "Unsupported");
    row("418", 418, {}, "InvalidInput");
    row("499", 499, {}, "Network");
    row("500", 500, errors("UNKNOWN"), "Network");
    row("501", 501, {}, "Unsupported");
    row("502", 502, "<html>Bad Gateway</html>", "Network");
    row("503", 503, errors("UNAVAILABLE"), "Network");
    row("504", 504, {}, "Timeout");
    row("522", 522, {}, "Network");
    row("redirect nobody follows", 307, {}, "Corrupt");
}

void TestReplyError::statusAndWordsBecomeACode()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, code);
    const Error error = replyError(reply(status, body), u"push blob"_s, u"alice/ui"_s);
    QCOMPARE(QString(toString(error.code)), code);
    QCOMPARE(error.httpStatus, status);
    QCOMPARE(error.operation, u"push blob"_s);
    QCOMPARE(error.subject, u"alice/ui"_s);
    QVERIFY(!error.message.isEmpty());
}

void TestReplyError::registrysOwnWordsAreKept()
{
    const Error error = replyError(
        reply(
            403,
            R"({"errors":[{"code":"DENIED","message":"quota of 5 GiB reached","detail":{"token":"abc"}}]})"),
        u"push"_s, u"x"_s);
    QCOMPARE(error.message, u"quota of 5 GiB reached"_s);
    QVERIFY(error.response.contains(u"quota of 5 GiB reached"_s));
    QVERIFY(!error.response.contains(u"abc"_s));
    QVERIFY(replyError(reply(400, QByteArray(200'000, 'x')), {}, {}).response.size() <= 20'000);
}

void TestReplyError::replyWithoutWordsStillSaysSomething()
{
    QCOMPARE(replyError(reply(404), {}, {}).message, u"the registry does not have it"_s);
    QCOMPARE(replyError(reply(502, "<html>"), {}, {}).message, u"the registry answered HTTP 502"_s);
    QCOMPARE(replyError(reply(400, R"({"errors":[{"code":"NAME_INVALID"}]})"), {}, {}).message,
             u"NAME_INVALID"_s);
}

void TestReplyError::waitIsTakenOver()
{
    HttpResponse busy = reply(429);
    busy.headers.add("Retry-After", "12");
    const Error error = replyError(busy, {}, {});
    QVERIFY(error.retryAfter.has_value());
    QCOMPARE(error.retryAfter->count(), 12);
    QVERIFY(!replyError(reply(429), {}, {}).retryAfter.has_value());
}

void TestReplyError::serverTroubleIsTransientAndRefusalIsNot()
{
    for (const int status : {408, 429, 500, 502, 503, 504})
        QVERIFY2(replyError(reply(status), {}, {}).isTransient(), QByteArray::number(status).constData());
    for (const int status : {400, 401, 403, 404, 405, 409, 412, 413, 501})
        QVERIFY2(!replyError(reply(status), {}, {}).isTransient(), QByteArray::number(status).constData());
}

void TestReplyError::plainHttpToATlsPortIsSeen_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("Go") << QByteArray("Client sent an HTTP request to an HTTPS server.\n");
    QTest::newRow("nginx") << QByteArray(
        "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>");
    QTest::newRow("Apache") << QByteArray(
        "<p>Reason: You're speaking plain HTTP to an SSL-enabled server port.</p>");
}

void TestReplyError::plainHttpToATlsPortIsSeen()
{
    QFETCH(const QByteArray, body);
    HttpResponse refused = reply(400, body);
    refused.url.setScheme(u"http"_s);
    QVERIFY(isPlainHttpRefused(refused));
    QVERIFY(replyError(refused, {}, {}).message.contains(u"https"_s));
    refused.url.setScheme(u"https"_s);
    QVERIFY(!isPlainHttpRefused(refused));
    QVERIFY(!isPlainHttpRefused(reply(400, "something else")));
}

QTEST_GUILESS_MAIN(TestReplyError)
#include "tst_replyerror.moc"
