// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/enginethread.h"
#include "base/stoppablesleep.h"
#include "net/httpclient.h"
#include "sources.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Task<Result<void>> getOnEngine(std::shared_ptr<HttpClient> client, QUrl url, std::stop_token stop)
{
    HttpRequest request;
    request.url = url;
    auto response = co_await client->send(request, stop);
    if (!response)
        co_return std::unexpected(std::move(response.error()));
    co_return Result<void>();
}

//! Never gives a byte, but can be stopped.
class StuckSource : public ByteSource
{
public:
    Task<Result<QByteArray>> read(qint64, std::stop_token stop) override
    {
        isAsked = true;
        return wait(stop);
    }
    [[nodiscard]] qint64 size() const override { return 1'000'000; }
    bool isAsked = false;

private:
    static Task<Result<QByteArray>> wait(std::stop_token stop)
    {
        auto slept = co_await sleepFor(1h, stop);
        co_return std::unexpected(slept ? Error() : slept.error());
    }
};

} // namespace

//! A stop ends a request at once, in whatever phase it is, as Cancelled, and leaves no connection behind.
class TestHttpStop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void beforeTheStart();
    void whileWaitingForAPlace();
    void inTheHandshake_data();
    void inTheHandshake();
    void whileWaitingForTheReply_data();
    void whileWaitingForTheReply();
    void whileReadingTheBody();
    void whileSendingTheBody();
    void whileTheSourceIsWaitedFor();
    void whileReadingTheReplyToAnUpload();
    void betweenRedirects();
    void droppedStreamClosesItsConnection();
    void shutdownOfTheEngineStopsRequests();

private:
    [[nodiscard]] HttpRequest request(const QByteArray& method, const QByteArray& target) const;
    //! Stops \a task and checks that it ends at once and that the server is left alone.
    void stopAndCheck(Task<Result<HttpResponse>>& task);

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<HttpClient> m_client;
    std::stop_source m_stop;
};

void TestHttpStop::init()
{
    m_client = std::make_unique<HttpClient>();
    m_server = std::make_unique<ScriptedServer>();
    QVERIFY(m_server->listen());
    m_stop = std::stop_source();
}

HttpRequest TestHttpStop::request(const QByteArray& method, const QByteArray& target) const
{
    HttpRequest made;
    made.method = method;
    made.url = m_server->url(target);
    return made;
}

void TestHttpStop::stopAndCheck(Task<Result<HttpResponse>>& task)
{
    QVERIFY(!task.isReady());
    QElapsedTimer clock;
    clock.start();
    m_stop.request_stop();
    const auto response = QCoro::waitFor(task);
    COMPARE_ERROR(response, Error::Code::Cancelled);
    QVERIFY(clock.elapsed() < 3000);
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestHttpStop::beforeTheStart()
{
    m_stop.request_stop();
    for (const qint64 size : {0, 100'000}) {
        HttpRequest made = request("PUT", "/x");
        made.body = QByteArray(size, 'x');
        auto task = m_client->send(made, m_stop.get_token());
        QVERIFY(task.isReady());
        COMPARE_ERROR(QCoro::waitFor(task), Error::Code::Cancelled);
    }
    QCOMPARE(m_server->connectionCount(), 0);
}

void TestHttpStop::whileWaitingForAPlace()
{
    m_server->on("GET", "/x", ScriptedAnswer::hang());
    std::stop_source others;
    std::vector<Task<Result<HttpResponse>>> busy;
    for (int i = 0; i < 6; ++i)
        busy.push_back(m_client->send(request("GET", "/x"), others.get_token()));
    auto waiting = m_client->send(request("GET", "/x"), m_stop.get_token());
    QTRY_COMPARE(m_server->requests().size(), 6);
    m_stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(waiting), Error::Code::Cancelled);
    others.request_stop();
    for (auto& task : busy)
        COMPARE_ERROR(QCoro::waitFor(task), Error::Code::Cancelled);
    QCOMPARE(m_server->requests().size(), 6);
}

void TestHttpStop::inTheHandshake_data()
{
    QTest::addColumn<qint64>("size");
    QTest::newRow("by Qt") << qint64(0);
    QTest::newRow("by hand") << qint64(100'000);
}

void TestHttpStop::inTheHandshake()
{
    QFETCH(qint64, size);
    m_server->ignoreNewConnections();
    HttpRequest made = request("PUT", "/x");
    made.url.setScheme(u"https"_s);
    made.body = QByteArray(size, 'x');
    auto task = m_client->send(made, m_stop.get_token());
    QTRY_COMPARE(m_server->connectionCount(), 1);
    stopAndCheck(task);
}

void TestHttpStop::whileWaitingForTheReply_data()
{
    inTheHandshake_data();
}

void TestHttpStop::whileWaitingForTheReply()
{
    QFETCH(qint64, size);
    m_server->on("PUT", "/x", ScriptedAnswer::hang());
    HttpRequest made = request("PUT", "/x");
    made.body = QByteArray(size, 'x');
    auto task = m_client->send(made, m_stop.get_token());
    QTRY_COMPARE(m_server->requests().size(), 1);
    stopAndCheck(task);
}

void TestHttpStop::whileReadingTheBody()
{
    ScriptedAnswer answer = ScriptedAnswer::pattern(1'000'000);
    answer.cutAfter = 1000;
    answer.ending = ScriptedAnswer::Ending::Hang;
    m_server->on("GET", "/x", answer);
    auto stream = QCoro::waitFor(m_client->open(request("GET", "/x"), m_stop.get_token()));
    VERIFY_RESULT(stream);
    const auto first = QCoro::waitFor(stream->body->read(1000, m_stop.get_token()));
    VERIFY_RESULT(first);
    {
        auto reading = stream->body->read(PieceSize, m_stop.get_token());
        QVERIFY(!reading.isReady());
        m_stop.request_stop();
        COMPARE_ERROR(QCoro::waitFor(reading), Error::Code::Cancelled);
    }
    stream->body.reset();
    QTRY_COMPARE(m_server->openConnections(), 0);

    m_stop = {};
    auto whole = m_client->send(request("GET", "/x"), m_stop.get_token());
    QTRY_COMPARE(m_server->requests().size(), 2);
    stopAndCheck(whole);
}

void TestHttpStop::whileSendingTheBody()
{
    m_server->onHead("PUT", "/x", [](const ScriptedRequest&) { return ScriptedAnswer::hang(); });
    HttpRequest made = request("PUT", "/x");
    made.bodySize = 200'000'000;
    const auto source = std::make_shared<PatternSource>(made.bodySize);
    made.bodySource = source;
    auto task = m_client->send(made, m_stop.get_token());
    qint64 before = -1;
    // Until nothing moves any more: the server takes no byte, and the buffers between are full.
    QTRY_VERIFY(std::exchange(before, source->position()) == source->position() && before > 0);
    QVERIFY(source->position() < made.bodySize);
    m_stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(task), Error::Code::Cancelled);
    // (A server that reads nothing does not see the connection go either.)
}

void TestHttpStop::whileTheSourceIsWaitedFor()
{
    HttpRequest made = request("PUT", "/x");
    const auto source = std::make_shared<StuckSource>();
    made.bodySource = source;
    made.bodySize = source->size();
    auto task = m_client->send(made, m_stop.get_token());
    QTRY_VERIFY(source->isAsked);
    stopAndCheck(task);
}

void TestHttpStop::whileReadingTheReplyToAnUpload()
{
    ScriptedAnswer answer = ScriptedAnswer::pattern(1'000'000);
    answer.cutAfter = 1000;
    answer.ending = ScriptedAnswer::Ending::Hang;
    m_server->on("PUT", "/x", answer);
    HttpRequest made = request("PUT", "/x");
    made.body = QByteArray(100'000, 'x');
    auto stream = QCoro::waitFor(m_client->open(made, m_stop.get_token()));
    VERIFY_RESULT(stream);
    {
        auto reading = readAll(stream->body, 1'000'000, {}, m_stop.get_token());
        QVERIFY(!reading.isReady());
        m_stop.request_stop();
        COMPARE_ERROR(QCoro::waitFor(reading), Error::Code::Cancelled);
    }
    stream->body.reset();
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestHttpStop::betweenRedirects()
{
    m_server->on("GET", "/x", [this](const ScriptedRequest&) {
        m_stop.request_stop();
        return ScriptedAnswer::redirect(302, "/end");
    });
    auto task = m_client->send(request("GET", "/x"), m_stop.get_token());
    COMPARE_ERROR(QCoro::waitFor(task), Error::Code::Cancelled);
    QCOMPARE(m_server->requestCount("GET", "/end"), 0);
}

void TestHttpStop::droppedStreamClosesItsConnection()
{
    m_server->on("GET", "/x", ScriptedAnswer::pattern(1'000'000'000));
    m_server->on("PUT", "/x", ScriptedAnswer::pattern(1'000'000'000));
    for (const qint64 size : {0, 100'000}) {
        HttpRequest made = request(size > 0 ? "PUT" : "GET", "/x");
        made.body = QByteArray(size, 'x');
        auto stream = QCoro::waitFor(m_client->open(made, {}));
        VERIFY_RESULT(stream);
        VERIFY_RESULT(QCoro::waitFor(stream->body->read(PieceSize, {})));
        QCOMPARE(m_server->openConnections(), 1);
        stream->body.reset();
        QTRY_COMPARE(m_server->openConnections(), 0);
    }
}

void TestHttpStop::shutdownOfTheEngineStopsRequests()
{
    m_server->on("GET", "/x", ScriptedAnswer::hang());
    EngineThread engine;
    std::shared_ptr<HttpClient> client;
    QVERIFY(engine.post([&] { client = std::make_shared<HttpClient>(); }));
    const QUrl url = m_server->url("/x");
    QList<QFuture<Result<void>>> futures;
    for (int i = 0; i < 10; ++i)
        futures +=
            engine.run([&client, url](std::stop_token stop) { return getOnEngine(client, url, stop); });
    QTRY_COMPARE(m_server->requests().size(), 6);
    engine.shutdown([&] { client.reset(); });
    for (auto& future : futures) {
        QVERIFY(future.isFinished());
        COMPARE_ERROR(future.result(), Error::Code::Cancelled);
    }
    QTRY_COMPARE(m_server->openConnections(), 0);
}

QTEST_GUILESS_MAIN(TestHttpStop)
#include "tst_httpstop.moc"
