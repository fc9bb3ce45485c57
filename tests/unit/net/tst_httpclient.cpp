// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"

#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QStringList* caughtLines = nullptr;

void catchLine(QtMsgType, const QMessageLogContext&, const QString& line)
{
    if (caughtLines)
        caughtLines->append(line);
}

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void anyStatusIsAResponse_data();
    void anyStatusIsAResponse();
    void everyRequestCarriesItsFields();
    void methodsSendTheirBodies_data();
    void methodsSendTheirBodies();
    void emptyBodyTellsItsLength_data();
    void emptyBodyTellsItsLength();
    void queryOfAPostStaysInTheAddress();
    void headHasHeadersAndNoBody();
    void repeatedFieldsStayApart();
    void encodedBodyIsNotDecoded();
    void cookiesAreNotKept();
    void challengeIsLeftToTheCaller();
    void credentialsAreNotCached();
    void chunkedReplyIsRead();
    void replyWithoutLengthEndsWithItsConnection();
    void bodyLimitHolds_data();
    void bodyLimitHolds();
    void addressIsSentAsGiven();
    void connectionIsUsedAgain();
    void blobsDoNotStarveApiCalls();
    void moreRequestsThanConnectionsAreAllAnswered();
    void connectToReplacesTheAddressOnly();
    void plainHttpNeedsLoopbackOrPermission();
    void unixSocketCarriesRequests();
    void logHoldsNoSecret();

private:
    [[nodiscard]] HttpRequest request(const QByteArray& method, const QByteArray& target) const;
    [[nodiscard]] Result<HttpResponse> send(HttpRequest request);

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<HttpClient> m_client;
};

void TestHttpClient::init()
{
    m_client = std::make_unique<HttpClient>();
    m_server = std::make_unique<ScriptedServer>();
    QVERIFY(m_server->listen());
}

HttpRequest TestHttpClient::request(const QByteArray& method, const QByteArray& target) const
{
    HttpRequest made;
    made.method = method;
    made.url = m_server->url(target);
    made.idleTimeout = 10s;
    return made;
}

Result<HttpResponse> TestHttpClient::send(HttpRequest request)
{
    return QCoro::waitFor(m_client->send(std::move(request), {}));
}

void TestHttpClient::anyStatusIsAResponse_data()
{
    QTest::addColumn<int>("status");
    for (const int status :
         {200, 201, 202, 206, 300, 304, 400, 401, 403, 404, 405, 409, 416, 429, 500, 501, 503, 522})
        QTest::addRow("%d", status) << status;
}

void TestHttpClient::anyStatusIsAResponse()
{
    QFETCH(int, status);
    m_server->on("GET", "/x", ScriptedAnswer::json(status, R"({"errors":[]})"));
    const auto response = send(request("GET", "/x"));
    VERIFY_RESULT(response);
    QCOMPARE(response->status, status);
    QCOMPARE(response->body, status == 304 ? ""_ba : R"({"errors":[]})"_ba);
    QCOMPARE(response->headers.value("content-type"), "application/json"_ba);
    QCOMPARE(response->url, m_server->url("/x"));
}

void TestHttpClient::everyRequestCarriesItsFields()
{
    HttpRequest made = request("GET", "/x");
    made.headers.add("Accept", "application/vnd.oci.image.index.v1+json");
    made.headers.add("Range", "bytes=5-");
    made.authorization = "Bearer abc";
    VERIFY_RESULT(send(made));
    const auto& got = m_server->requests().constFirst().headers;
    QCOMPARE(got.values("Accept-Encoding"), QByteArrayList{"identity"});
    QCOMPARE(got.values("Accept"), QByteArrayList{"application/vnd.oci.image.index.v1+json"});
    QCOMPARE(got.values("Range"), QByteArrayList{"bytes=5-"});
    QCOMPARE(got.values("Authorization"), QByteArrayList{"Bearer abc"});
    QCOMPARE(got.values("Host"), QByteArrayList{m_server->host().toLatin1()});
    QVERIFY(got.value("User-Agent").startsWith("Tagboat/"));
    QVERIFY(!got.contains("Cookie"));
}

void TestHttpClient::methodsSendTheirBodies_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<qint64>("size");
    for (const QByteArray& method : {"POST"_ba, "PUT"_ba, "PATCH"_ba, "DELETE"_ba}) {
        QTest::addRow("%s small", method.constData()) << method << qint64(1000);
        QTest::addRow("%s large", method.constData()) << method << qint64(300'000);
    }
}

void TestHttpClient::methodsSendTheirBodies()
{
    QFETCH(QByteArray, method);
    QFETCH(qint64, size);
    m_server->on(method, "/x", ScriptedAnswer::text(201, "made"));
    HttpRequest made = request(method, "/x");
    made.body = scriptedPattern(0, size);
    made.headers.set("Content-Type", "application/vnd.oci.image.manifest.v1+json");
    const auto response = send(made);
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 201);
    QCOMPARE(response->body, "made"_ba);
    const auto& got = m_server->requests().constFirst();
    QCOMPARE(got.method, method);
    QCOMPARE(got.bodySize, size);
    QVERIFY(got.isBodyPattern);
    QCOMPARE(got.headers.values("Content-Length"), QByteArrayList{QByteArray::number(size)});
    QCOMPARE(got.headers.values("Content-Type"),
             QByteArrayList{"application/vnd.oci.image.manifest.v1+json"});
    QCOMPARE(got.headers.values("Host"), QByteArrayList{m_server->host().toLatin1()});
    QCOMPARE(got.headers.values("Accept-Encoding"), QByteArrayList{"identity"});
}

void TestHttpClient::emptyBodyTellsItsLength_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const QByteArray& method : {"POST"_ba, "PUT"_ba, "PATCH"_ba})
        QTest::addRow("%s", method.constData()) << method;
}

void TestHttpClient::emptyBodyTellsItsLength()
{
    QFETCH(QByteArray, method);
    m_server->on(method, "/x", ScriptedAnswer::text(202, ""));
    const auto response = send(request(method, "/x"));
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 202);
    QCOMPARE(m_server->requests().constFirst().headers.values("Content-Length"), QByteArrayList{"0"});
    QCOMPARE(m_server->requests().constFirst().bodySize, 0);
}

void TestHttpClient::queryOfAPostStaysInTheAddress()
{
    m_server->on("POST", "/v2/a/blobs/uploads/", ScriptedAnswer::text(202, ""));
    VERIFY_RESULT(send(request("POST", "/v2/a/blobs/uploads/?mount=sha256:12&from=b%2Fc")));
    const auto& got = m_server->requests().constFirst();
    QCOMPARE(got.target, "/v2/a/blobs/uploads/?mount=sha256:12&from=b%2Fc"_ba);
    QCOMPARE(got.bodySize, 0);
    QVERIFY(!got.headers.value("Content-Type").contains("form"));
}

void TestHttpClient::headHasHeadersAndNoBody()
{
    m_server->on("HEAD", "/x", ScriptedAnswer::text(200, "12345").with("Docker-Content-Digest", "sha256:12"));
    const auto response = send(request("HEAD", "/x"));
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 200);
    QCOMPARE(response->body, ""_ba);
    QCOMPARE(response->headers.value("Content-Length"), "5"_ba);
    QCOMPARE(response->headers.value("Docker-Content-Digest"), "sha256:12"_ba);

    const auto stream = QCoro::waitFor(m_client->open(request("HEAD", "/x"), {}));
    VERIFY_RESULT(stream);
    QCOMPARE(stream->contentLength, 5);
    const auto piece = QCoro::waitFor(stream->body->read(PieceSize, {}));
    VERIFY_RESULT(piece);
    QVERIFY(piece->isEmpty());
}

void TestHttpClient::repeatedFieldsStayApart()
{
    const QByteArray bearer = "Bearer realm=\"http://a/t\",scope=\"x:y:pull,push\"";
    const QByteArray basic = "Basic realm=\"b\"";
    auto answer = ScriptedAnswer::text(401, "").with("WWW-Authenticate", bearer);
    m_server->on("GET", "/x", std::move(answer).with("WWW-Authenticate", basic));
    const auto response = send(request("GET", "/x"));
    VERIFY_RESULT(response);
    QCOMPARE(response->headers.values("WWW-Authenticate"), (QByteArrayList{bearer, basic}));
}

void TestHttpClient::encodedBodyIsNotDecoded()
{
    // What a digest is over are the bytes as they come, whatever the server calls them.
    const QByteArray bytes = QByteArray::fromHex("1f8b08000000000000034b4c4a06000000ffff");
    m_server->on("GET", "/x", ScriptedAnswer::text(200, bytes).with("Content-Encoding", "gzip"));
    const auto response = send(request("GET", "/x"));
    VERIFY_RESULT(response);
    QCOMPARE(response->body, bytes);
    QCOMPARE(response->headers.value("Content-Length"), QByteArray::number(bytes.size()));
}

void TestHttpClient::cookiesAreNotKept()
{
    m_server->on("GET", "/x", ScriptedAnswer::text(200, "").with("Set-Cookie", "sid=1; Path=/"));
    VERIFY_RESULT(send(request("GET", "/x")));
    VERIFY_RESULT(send(request("GET", "/x")));
    QVERIFY(!m_server->requests().constLast().headers.contains("Cookie"));
}

void TestHttpClient::challengeIsLeftToTheCaller()
{
    m_server->on("GET", "/x", ScriptedAnswer::text(401, "no").with("WWW-Authenticate", R"(Basic realm="b")"));
    m_server->on("POST", "/x",
                 ScriptedAnswer::text(401, "no").with("WWW-Authenticate", R"(Negotiate, Basic realm="b")"));
    for (const QByteArray& method : {"GET"_ba, "POST"_ba}) {
        HttpRequest made = request(method, "/x");
        made.authorization = "Basic YTpi";
        const auto response = send(made);
        VERIFY_RESULT(response);
        QCOMPARE(response->status, 401);
        QCOMPARE(response->body, "no"_ba);
        QCOMPARE(m_server->requestCount(method, "/x"), 1);
    }
}

void TestHttpClient::credentialsAreNotCached()
{
    m_server->on("GET", "/x", [](const ScriptedRequest& got) {
        return got.headers.value("Authorization") == "Basic YTpi"
            ? ScriptedAnswer::text(200, "yes")
            : ScriptedAnswer::text(401, "no").with("WWW-Authenticate", R"(Basic realm="b")");
    });
    HttpRequest made = request("GET", "/x");
    made.authorization = "Basic YTpi";
    const auto with = send(made);
    VERIFY_RESULT(with);
    QCOMPARE(with->status, 200);
    const auto without = send(request("GET", "/x"));
    VERIFY_RESULT(without);
    QCOMPARE(without->status, 401);
    QVERIFY(!m_server->requests().constLast().headers.contains("Authorization"));

    // Nor are those that an address carries used or sent.
    HttpRequest inAddress = request("GET", "/x");
    inAddress.url.setUserInfo(u"a:b"_s);
    const auto ignored = send(inAddress);
    VERIFY_RESULT(ignored);
    QCOMPARE(ignored->status, 401);
    QVERIFY(!m_server->requests().constLast().headers.contains("Authorization"));
}

void TestHttpClient::chunkedReplyIsRead()
{
    ScriptedAnswer answer = ScriptedAnswer::pattern(1'000'000);
    answer.isChunked = true;
    m_server->on("GET", "/x", answer);
    const auto response = send(request("GET", "/x"));
    VERIFY_RESULT(response);
    QVERIFY(response->body == scriptedPattern(0, 1'000'000));
}

void TestHttpClient::replyWithoutLengthEndsWithItsConnection()
{
    ScriptedAnswer answer;
    answer.raw = "HTTP/1.1 200 OK\r\n\r\nuntil the end";
    answer.ending = ScriptedAnswer::Ending::Close;
    m_server->on("GET", "/x", answer);
    const auto response = send(request("GET", "/x"));
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "until the end"_ba);
}

void TestHttpClient::bodyLimitHolds_data()
{
    QTest::addColumn<bool>("isChunked");
    QTest::newRow("length announced") << false;
    QTest::newRow("chunked") << true;
}

void TestHttpClient::bodyLimitHolds()
{
    QFETCH(bool, isChunked);
    m_server->on("GET", "/fits", ScriptedAnswer::pattern(100'000));
    ScriptedAnswer answer = ScriptedAnswer::pattern(isChunked ? 1'000'000'000'000 : 100'001);
    answer.isChunked = isChunked;
    m_server->on("GET", "/large", answer);
    HttpRequest made = request("GET", "/fits");
    made.maxBody = 100'000;
    VERIFY_RESULT(send(made));
    made.url = m_server->url("/large");
    made.operation = u"read manifest"_s;
    const auto response = send(made);
    COMPARE_ERROR(response, Error::Code::Corrupt);
    QCOMPARE(response.error().operation, u"read manifest"_s);
    QCOMPARE(response.error().subject, made.url.toString());
    QVERIFY(response.error().message.contains(u"100000"_s));
}

void TestHttpClient::addressIsSentAsGiven()
{
    for (const QByteArray& target : {"/v2/a/b/tags/list?n=100&last=v1%2B2"_ba, "/v2/a/manifests/sha256:12"_ba,
                                     "/x?sig=a%2Bb%2F%3D%3D&x=+y"_ba}) {
        VERIFY_RESULT(send(request("GET", target)));
        QCOMPARE(m_server->requests().constLast().target, target);
    }
}

void TestHttpClient::connectionIsUsedAgain()
{
    m_server->on("GET", "/x", ScriptedAnswer::text(200, "abc"));
    for (int i = 0; i < 5; ++i)
        VERIFY_RESULT(send(request("GET", "/x")));
    QCOMPARE(m_server->connectionCount(), 1);
}

void TestHttpClient::blobsDoNotStarveApiCalls()
{
    ScriptedAnswer endless = ScriptedAnswer::pattern(1'000'000'000);
    endless.cutAfter = 10;
    endless.ending = ScriptedAnswer::Ending::Hang;
    m_server->on("GET", "/blob", endless);
    m_server->on("GET", "/tags", ScriptedAnswer::text(200, "[]"));
    QList<HttpStream> streams;
    for (int i = 0; i < 6; ++i) {
        auto stream = QCoro::waitFor(m_client->open(request("GET", "/blob"), {}));
        VERIFY_RESULT(stream);
        streams += std::move(*stream);
    }
    const auto response = send(request("GET", "/tags"));
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "[]"_ba);
}

void TestHttpClient::moreRequestsThanConnectionsAreAllAnswered()
{
    // Waiting for a place is no silence of the server: with 30 of them one after the other the last ones wait
    // longer than the idle timeout.
    ScriptedAnswer slow = ScriptedAnswer::pattern(4);
    slow.pieceSize = 1;
    slow.pause = 60ms;
    m_server->on("GET", "/x", slow);
    std::vector<Task<Result<HttpResponse>>> tasks;
    for (int i = 0; i < 30; ++i) {
        HttpRequest made = request("GET", "/x");
        made.idleTimeout = 500ms;
        tasks.push_back(m_client->send(made, {}));
    }
    for (auto& task : tasks) {
        const auto response = QCoro::waitFor(task);
        VERIFY_RESULT(response);
        QCOMPARE(response->body.size(), 4);
    }
    QVERIFY(m_server->connectionCount() <= 6);
}

void TestHttpClient::connectToReplacesTheAddressOnly()
{
    m_server->on("*", "/x", ScriptedAnswer::text(200, "here"));
    const QString address = m_server->host();
    HttpClient client([address](const QString& host) {
        HostPolicy policy;
        policy.allowPlainHttp = host == u"registry.invalid:5000"_s;
        policy.connectTo = policy.allowPlainHttp ? address : QString();
        return policy;
    });
    HttpRequest made;
    made.url = QUrl(u"http://registry.invalid:5000/x"_s);
    for (const qint64 size : {0, 100'000}) {
        made.method = size > 0 ? "PUT" : "GET";
        made.body = scriptedPattern(0, size);
        const auto response = QCoro::waitFor(client.send(made, {}));
        VERIFY_RESULT(response);
        QCOMPARE(response->body, "here"_ba);
        QCOMPARE(response->url, made.url);
        QCOMPARE(m_server->requests().constLast().headers.values("Host"),
                 QByteArrayList{"registry.invalid:5000"});
        QCOMPARE(m_server->requests().constLast().bodySize, size);
    }
}

void TestHttpClient::plainHttpNeedsLoopbackOrPermission()
{
    HttpRequest made;
    made.url = QUrl(u"http://registry.invalid/v2/"_s);
    const auto refused = send(made);
    COMPARE_ERROR(refused, Error::Code::PlainHttpServer);
    QVERIFY(refused.error().message.contains(u"registry.invalid"_s));
    made.method = "PUT";
    made.body = scriptedPattern(0, 100'000);
    COMPARE_ERROR(send(made), Error::Code::PlainHttpServer);

    for (const QString& address :
         {u"ftp://localhost/x"_s, u"http:///x"_s, u"/x"_s, u"file:///etc/passwd"_s}) {
        made.url = QUrl(address);
        COMPARE_ERROR(send(made), Error::Code::InvalidInput);
    }
}

void TestHttpClient::unixSocketCarriesRequests()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"engine.sock"_s);
    ScriptedServer engine;
    QVERIFY(engine.listenOn(path));
    engine.on("GET", "/version", ScriptedAnswer::json(200, "{}"));
    engine.on("POST", "/images/load", ScriptedAnswer::text(200, "loaded"));
    engine.on("GET", "/images/get", ScriptedAnswer::pattern(3'000'000));
    HttpRequest made;
    made.unixSocket = path;
    made.url = QUrl(u"http://localhost/version"_s);
    const auto version = send(made);
    VERIFY_RESULT(version);
    QCOMPARE(version->body, "{}"_ba);
    QVERIFY(!engine.requests().constLast().headers.contains("Content-Length"));
    QCOMPARE(engine.requests().constLast().headers.value("Host"), "localhost"_ba);

    made.url.setPath(u"/images/get"_s);
    const auto image = QCoro::waitFor(m_client->open(made, {}));
    VERIFY_RESULT(image);
    const auto bytes = QCoro::waitFor(readAll(image->body, 3'000'000, {}, {}));
    VERIFY_RESULT(bytes);
    QVERIFY(*bytes == scriptedPattern(0, 3'000'000));

    made.method = "POST";
    made.url.setPath(u"/images/load"_s);
    made.bodySource = memorySource(scriptedPattern(0, 3'000'000));
    made.bodySize = 3'000'000;
    const auto loaded = send(made);
    VERIFY_RESULT(loaded);
    QCOMPARE(loaded->body, "loaded"_ba);
    QCOMPARE(engine.requests().constLast().bodySize, 3'000'000);
    QVERIFY(engine.requests().constLast().isBodyPattern);

    engine.on("POST", "/tag", ScriptedAnswer::text(201, ""));
    made.bodySource.reset();
    made.url.setPath(u"/tag"_s);
    VERIFY_RESULT(send(made));
    QCOMPARE(engine.requests().constLast().headers.values("Content-Length"), QByteArrayList{"0"});
    QCOMPARE(engine.connectionCount(), 1);

    // A server that restarts meanwhile is found again.
    engine.dropConnections();
    VERIFY_RESULT(send(made));

    made = {};
    made.unixSocket = dir.filePath(u"nowhere.sock"_s);
    made.url = QUrl(u"http://localhost/version"_s);
    COMPARE_ERROR(send(made), Error::Code::Network);
}

void TestHttpClient::logHoldsNoSecret()
{
    m_server->on("GET", "/x", ScriptedAnswer::text(200, "SECRET").with("Set-Cookie", "sid=SECRET"));
    QStringList lines;
    caughtLines = &lines;
    QLoggingCategory::setFilterRules(u"tagboat.*=true"_s);
    const auto previous = qInstallMessageHandler(catchLine);
    HttpRequest made = request("GET", "/x?access_token=SECRET&n=1");
    made.authorization = "Bearer SECRET";
    made.url.setUserInfo(u"alice:SECRET"_s);
    const auto response = send(made);
    qInstallMessageHandler(previous);
    QLoggingCategory::setFilterRules({});
    caughtLines = nullptr;
    VERIFY_RESULT(response);
    const QString log = lines.join(u'\n');
    QVERIFY2(log.contains(u"GET "_s) && log.contains(u"200"_s) && log.contains(u"n=1"_s), qPrintable(log));
    QVERIFY2(!log.contains(u"SECRET"_s), qPrintable(log));
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
