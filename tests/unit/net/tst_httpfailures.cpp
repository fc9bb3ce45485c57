// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/stoppablesleep.h"
#include "net/httpclient.h"
#include "sources.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestHttpFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void unknownHostIsNetwork();
    void refusedConnectionIsNetwork();
    void resetConnectionIsNetwork();
    void closeBeforeTheReplyIsNetwork();
    void whatIsNoHttpIsCorrupt();
    void shortBodyIsNetwork_data();
    void shortBodyIsNetwork();
    void shortChunkedBodyIsNetwork_data();
    void shortChunkedBodyIsNetwork();
    void whatCameBeforeTheBreakIsDelivered();
    void silenceBeforeTheReplyIsTimeout_data();
    void silenceBeforeTheReplyIsTimeout();
    void serverMayTakeItsTimeOverWhatItGot_data();
    void serverMayTakeItsTimeOverWhatItGot();
    void silenceInTheBodyIsTimeout();
    void silenceWhileSendingIsTimeout();
    void slowButSteadyIsNoTimeout();
    void slowReaderIsNoTimeout();
    void slowSourceIsNoTimeout();
    void failuresTellWhatTheyAreAbout();

private:
    [[nodiscard]] HttpRequest request(const QByteArray& method, const QByteArray& target) const;
    [[nodiscard]] Result<HttpResponse> send(HttpRequest request, std::stop_token stop = {});

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<HttpClient> m_client;
};

void TestHttpFailures::init()
{
    m_client = std::make_unique<HttpClient>();
    m_server = std::make_unique<ScriptedServer>();
    QVERIFY(m_server->listen());
}

HttpRequest TestHttpFailures::request(const QByteArray& method, const QByteArray& target) const
{
    HttpRequest made;
    made.method = method;
    made.url = m_server->url(target);
    made.idleTimeout = 20s;
    return made;
}

Result<HttpResponse> TestHttpFailures::send(HttpRequest request, std::stop_token stop)
{
    return QCoro::waitFor(m_client->send(std::move(request), std::move(stop)));
}

void TestHttpFailures::unknownHostIsNetwork()
{
    for (const qint64 size : {0, 100'000}) {
        HttpRequest made = request("PUT", "/x");
        made.url = QUrl(u"https://tagboat.invalid/x"_s);
        made.body = QByteArray(size, 'x');
        const auto response = send(made);
        COMPARE_ERROR(response, Error::Code::Network);
        QVERIFY(response.error().isTransient());
        QVERIFY2(response.error().message.contains(u"not found"_s), qPrintable(response.error().toString()));
    }
}

void TestHttpFailures::refusedConnectionIsNetwork()
{
    for (const qint64 size : {0, 100'000}) {
        HttpRequest made = request("PUT", "/x");
        made.body = QByteArray(size, 'x');
        m_server.reset(); // its port is free now
        const auto response = send(made);
        COMPARE_ERROR(response, Error::Code::Network);
        QVERIFY2(response.error().message.contains(u"refused"_s), qPrintable(response.error().toString()));
        init();
    }
}

void TestHttpFailures::resetConnectionIsNetwork()
{
    m_server->resetNewConnections();
    COMPARE_ERROR(send(request("GET", "/x")), Error::Code::Network);
    HttpRequest made = request("PUT", "/x");
    made.body = QByteArray(100'000, 'x');
    COMPARE_ERROR(send(made), Error::Code::Network);
}

void TestHttpFailures::closeBeforeTheReplyIsNetwork()
{
    ScriptedAnswer half;
    half.raw = "HTTP/1.1 20";
    half.ending = ScriptedAnswer::Ending::Close;
    m_server->on("GET", "/x", half);
    m_server->on("PUT", "/x", half);
    COMPARE_ERROR(send(request("GET", "/x")), Error::Code::Network);
    HttpRequest made = request("PUT", "/x");
    made.body = QByteArray(100'000, 'x');
    COMPARE_ERROR(send(made), Error::Code::Network);
}

void TestHttpFailures::whatIsNoHttpIsCorrupt()
{
    ScriptedAnswer nonsense;
    nonsense.raw = "220 mail.example ESMTP ready\r\n\r\n";
    nonsense.ending = ScriptedAnswer::Ending::Close;
    m_server->on("*", "/x", nonsense);
    HttpRequest made = request("PUT", "/x");
    made.body = QByteArray(100'000, 'x');
    COMPARE_ERROR(send(made), Error::Code::Corrupt);
    const auto response = send(request("GET", "/x"));
    QVERIFY(!response);
    // Qt tries such a reply again and then calls the connection closed.
    QVERIFY(response.error().code == Error::Code::Corrupt || response.error().code == Error::Code::Network);
}

void TestHttpFailures::shortBodyIsNetwork_data()
{
    QTest::addColumn<qint64>("cutAfter");
    QTest::addColumn<bool>("isReset");
    QTest::newRow("nothing, closed") << qint64(0) << false;
    QTest::newRow("nothing, reset") << qint64(0) << true;
    QTest::newRow("half, closed") << qint64(500'000) << false;
    QTest::newRow("half, reset") << qint64(500'000) << true;
    QTest::newRow("all but one, closed") << qint64(999'999) << false;
}

void TestHttpFailures::shortBodyIsNetwork()
{
    QFETCH(qint64, cutAfter);
    QFETCH(bool, isReset);
    ScriptedAnswer answer = ScriptedAnswer::pattern(1'000'000);
    answer.cutAfter = cutAfter;
    answer.ending = isReset ? ScriptedAnswer::Ending::Reset : ScriptedAnswer::Ending::Close;
    m_server->on("GET", "/x", answer);
    m_server->on("PUT", "/x", answer);
    const auto response = send(request("GET", "/x"));
    COMPARE_ERROR(response, Error::Code::Network);
    QVERIFY(response.error().isTransient());
    HttpRequest made = request("PUT", "/x");
    made.body = QByteArray(100'000, 'x');
    COMPARE_ERROR(send(made), Error::Code::Network);
}

void TestHttpFailures::shortChunkedBodyIsNetwork_data()
{
    QTest::addColumn<bool>("isLocal");
    QTest::newRow("reply to an upload") << false;
    QTest::newRow("engine's reply over a unix socket") << true;
}

void TestHttpFailures::shortChunkedBodyIsNetwork()
{
    QFETCH(bool, isLocal);
    const QTemporaryDir dir;
    ScriptedServer engine;
    QVERIFY(engine.listenOn(dir.filePath(u"engine.sock"_s)));
    ScriptedAnswer answer = ScriptedAnswer::pattern(1'000'000);
    answer.isChunked = true;
    answer.cutAfter = 500'000;
    answer.ending = ScriptedAnswer::Ending::Close;
    engine.on("GET", "/x", answer);
    m_server->on("PUT", "/x", answer);
    HttpRequest made = request(isLocal ? "GET" : "PUT", "/x");
    if (isLocal)
        made.unixSocket = dir.filePath(u"engine.sock"_s);
    else
        made.body = QByteArray(100'000, 'x');
    COMPARE_ERROR(send(made), Error::Code::Network);
}

void TestHttpFailures::whatCameBeforeTheBreakIsDelivered()
{
    ScriptedAnswer answer = ScriptedAnswer::pattern(1'000'000);
    answer.cutAfter = 300'000;
    answer.ending = ScriptedAnswer::Ending::Close;
    m_server->on("GET", "/x", answer);
    const auto stream = QCoro::waitFor(m_client->open(request("GET", "/x"), {}));
    VERIFY_RESULT(stream);
    QByteArray all;
    while (true) {
        const auto piece = QCoro::waitFor(stream->body->read(PieceSize, {}));
        if (!piece) {
            COMPARE_ERROR(piece, Error::Code::Network);
            break;
        }
        QVERIFY2(!piece->isEmpty(), "a short body must not end well");
        all += *piece;
    }
    QVERIFY(all == scriptedPattern(0, 300'000));
}

void TestHttpFailures::silenceBeforeTheReplyIsTimeout_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("isIgnored");
    for (const QByteArray& method : {"GET"_ba, "PUT"_ba}) {
        QTest::addRow("%s, request read", method.constData()) << method << false;
        QTest::addRow("%s, not even that", method.constData()) << method << true;
    }
}

void TestHttpFailures::silenceBeforeTheReplyIsTimeout()
{
    QFETCH(QByteArray, method);
    QFETCH(bool, isIgnored);
    m_server->ignoreNewConnections(isIgnored);
    m_server->on("*", "/x", ScriptedAnswer::hang());
    HttpRequest made = request(method, "/x");
    if (method == "PUT")
        made.body = QByteArray(100'000, 'x');
    made.idleTimeout = 300ms;
    QElapsedTimer clock;
    clock.start();
    const auto response = send(made);
    COMPARE_ERROR(response, Error::Code::Timeout);
    QVERIFY(response.error().isTransient());
    QVERIFY(clock.elapsed() >= 290);
    QVERIFY2(response.error().message.contains(u"0.3 seconds"_s), qPrintable(response.error().message));
}

void TestHttpFailures::serverMayTakeItsTimeOverWhatItGot_data()
{
    QTest::addColumn<qint64>("size");
    QTest::newRow("by Qt") << qint64(1000);
    QTest::newRow("by hand") << qint64(3'000'000);
}

void TestHttpFailures::serverMayTakeItsTimeOverWhatItGot()
{
    QFETCH(const qint64, size);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    qint64 got = 0;
    QTcpSocket* peer = nullptr;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        got = 0;
        peer = server.nextPendingConnection();
        connect(peer, &QTcpSocket::readyRead, this, [&] { got += peer->readAll().size(); });
    });
    HttpRequest made = request("PUT", "/x");
    made.url.setPort(server.serverPort());
    made.body = QByteArray(size, 'x');
    made.idleTimeout = 300ms;
    made.replyTimeout = 20s;
    auto open = m_client->open(made, {});
    QTRY_VERIFY(got > size);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 800); // the server copies the blob to another shelf
    QVERIFY(!open.isReady());
    peer->write("HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\ndo");
    const auto stream = QCoro::waitFor(std::move(open));
    VERIFY_RESULT(stream);
    QCOMPARE(stream->status, 201);
    // Once it has begun it has to go on.
    COMPARE_ERROR(QCoro::waitFor(readAll(stream->body, 100, {}, {})), Error::Code::Timeout);

    std::stop_source stop;
    auto stopped = m_client->open(made, stop.get_token());
    QTRY_VERIFY(got > size);
    stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(std::move(stopped)), Error::Code::Cancelled);
}

void TestHttpFailures::silenceInTheBodyIsTimeout()
{
    ScriptedAnswer answer = ScriptedAnswer::pattern(1'000'000);
    answer.cutAfter = 1000;
    answer.ending = ScriptedAnswer::Ending::Hang;
    m_server->on("GET", "/x", answer);
    HttpRequest made = request("GET", "/x");
    made.idleTimeout = 300ms;
    COMPARE_ERROR(send(made), Error::Code::Timeout);
}

void TestHttpFailures::silenceWhileSendingIsTimeout()
{
    m_server->onHead("PUT", "/x", [](const ScriptedRequest&) {
        ScriptedAnswer answer = ScriptedAnswer::hang(); // and reads nothing any more
        return answer;
    });
    HttpRequest made = request("PUT", "/x");
    made.bodySize = 200'000'000;
    made.bodySource = std::make_shared<PatternSource>(made.bodySize);
    made.idleTimeout = 300ms;
    made.replyTimeout = 20s; // is for who has got everything
    COMPARE_ERROR(send(made), Error::Code::Timeout);
}

void TestHttpFailures::slowButSteadyIsNoTimeout()
{
    ScriptedAnswer answer = ScriptedAnswer::pattern(10);
    answer.pieceSize = 1;
    answer.pause = 150ms;
    m_server->on("GET", "/x", answer);
    HttpRequest made = request("GET", "/x");
    made.idleTimeout = 600ms; // the whole takes 1.35 s
    const auto response = send(made);
    VERIFY_RESULT(response);
    QCOMPARE(response->body, scriptedPattern(0, 10));
}

void TestHttpFailures::slowReaderIsNoTimeout()
{
    m_server->on("GET", "/x", ScriptedAnswer::pattern(20'000'000));
    HttpRequest made = request("GET", "/x");
    made.idleTimeout = 200ms;
    const auto stream = QCoro::waitFor(m_client->open(made, {}));
    VERIFY_RESULT(stream);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 500); // we are the slow ones
    const auto body = QCoro::waitFor(readAll(stream->body, 20'000'000, {}, {}));
    VERIFY_RESULT(body);
    QVERIFY(*body == scriptedPattern(0, 20'000'000));
}

void TestHttpFailures::slowSourceIsNoTimeout()
{
    // Its own business: a copy from a slow registry may well take longer over a piece than a fast one waits.
    class SlowSource : public ByteSource
    {
    public:
        explicit SlowSource(qint64 size) : m_inner(std::make_shared<PatternSource>(size)) { }
        Task<Result<QByteArray>> read(qint64, std::stop_token stop) override
        {
            return readSlowly(m_inner, stop);
        }
        [[nodiscard]] qint64 size() const override { return m_inner->size(); }

    private:
        static Task<Result<QByteArray>> readSlowly(std::shared_ptr<PatternSource> inner, std::stop_token stop)
        {
            auto slept = co_await sleepFor(400ms, stop);
            if (!slept)
                co_return std::unexpected(std::move(slept.error()));
            auto piece = co_await inner->read(100'000, stop);
            co_return piece;
        }
        std::shared_ptr<PatternSource> m_inner;
    };
    m_server->on("PUT", "/x", ScriptedAnswer::text(201, ""));
    HttpRequest made = request("PUT", "/x");
    made.bodySize = 200'000;
    made.bodySource = std::make_shared<SlowSource>(made.bodySize);
    made.idleTimeout = 200ms;
    const auto response = send(made);
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 201);
}

void TestHttpFailures::failuresTellWhatTheyAreAbout()
{
    m_server->resetNewConnections();
    HttpRequest made = request("GET", "/x?access_token=SECRET");
    made.operation = u"list tags"_s;
    const auto plain = send(made);
    QVERIFY(!plain);
    QCOMPARE(plain.error().operation, u"list tags"_s);
    QVERIFY(plain.error().subject.startsWith(u"http://127.0.0.1:"_s));
    QVERIFY(!plain.error().toString().contains(u"SECRET"_s));
    made.subject = u"localhost/alice/ui"_s;
    const auto named = send(made);
    QVERIFY(!named);
    QCOMPARE(named.error().subject, u"localhost/alice/ui"_s);
}

QTEST_GUILESS_MAIN(TestHttpFailures)
#include "tst_httpfailures.moc"
