// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "sources.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestHttpUploads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void streamedBodyArrives_data();
    void streamedBodyArrives();
    void bodyOfUnknownSizeIsChunked();
    void progressIsTold();
    void replyIsStreamed();
    void connectionIsUsedAgain();
    void connectionWithAnUnreadReplyIsNot();
    void closedConnectionIsNotUsedAgain();
    void earlyRefusalIsHeard_data();
    void earlyRefusalIsHeard();
    void earlySuccessStillSendsAll();
    void interimRepliesAreSkipped();
    void chunkLineBrokenInTwoIsReadOn();
    void whatAClosedConnectionHoldsIsRead();
    void sourceThatEndsEarlyIsCorrupt();
    void sourceThatRunsOverIsCorrupt();
    void failureOfTheSourceIsTold();
    void lineBreaksInFieldsAreRefused();

private:
    [[nodiscard]] HttpRequest upload(const QByteArray& target, qint64 size) const;
    [[nodiscard]] Result<HttpResponse> send(HttpRequest request);

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<HttpClient> m_client;
};

void TestHttpUploads::init()
{
    m_client = std::make_unique<HttpClient>();
    m_server = std::make_unique<ScriptedServer>();
    QVERIFY(m_server->listen());
    m_server->on("PUT", "/x", ScriptedAnswer::text(201, "stored").with("Location", "/there"));
}

HttpRequest TestHttpUploads::upload(const QByteArray& target, qint64 size) const
{
    HttpRequest made;
    made.method = "PUT";
    made.url = m_server->url(target);
    made.bodySource = std::make_shared<PatternSource>(size);
    made.bodySize = size;
    made.idleTimeout = 20s;
    return made;
}

Result<HttpResponse> TestHttpUploads::send(HttpRequest request)
{
    return QCoro::waitFor(m_client->send(std::move(request), {}));
}

void TestHttpUploads::streamedBodyArrives_data()
{
    QTest::addColumn<qint64>("size");
    for (const qint64 size :
         {qint64(0), qint64(1), PieceSize - 1, PieceSize, PieceSize + 1, qint64(50'000'000)})
        QTest::addRow("%lld bytes", static_cast<long long>(size)) << size;
}

void TestHttpUploads::streamedBodyArrives()
{
    QFETCH(qint64, size);
    HttpRequest made = upload("/x?digest=sha256:12", size);
    made.authorization = "Bearer abc";
    made.headers.set("Content-Range", "0-1");
    const auto response = send(made);
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 201);
    QCOMPARE(response->body, "stored"_ba);
    QCOMPARE(response->headers.value("location"), "/there"_ba);
    const auto& got = m_server->requests().constFirst();
    QCOMPARE(got.bodySize, size);
    QVERIFY(got.isBodyPattern);
    QCOMPARE(got.target, "/x?digest=sha256:12"_ba);
    QCOMPARE(got.headers.values("Content-Length"), QByteArrayList{QByteArray::number(size)});
    QCOMPARE(got.headers.values("Authorization"), QByteArrayList{"Bearer abc"});
    QCOMPARE(got.headers.values("Content-Range"), QByteArrayList{"0-1"});
    QCOMPARE(got.headers.values("Content-Type"), QByteArrayList{"application/octet-stream"});
    QCOMPARE(got.headers.values("Host"), QByteArrayList{m_server->host().toLatin1()});
    QVERIFY(got.headers.value("User-Agent").startsWith("Tagboat/"));
    QVERIFY(!got.headers.contains("Expect"));
}

void TestHttpUploads::bodyOfUnknownSizeIsChunked()
{
    HttpRequest made = upload("/x", 3'000'000);
    made.bodySize = -1;
    VERIFY_RESULT(send(made));
    const auto& got = m_server->requests().constFirst();
    QCOMPARE(got.bodySize, 3'000'000);
    QVERIFY(got.isBodyPattern);
    QVERIFY(!got.headers.contains("Content-Length"));
}

void TestHttpUploads::progressIsTold()
{
    QList<qint64> told;
    HttpRequest made = upload("/x", 3'000'000);
    made.uploadProgress = [&](qint64 done) { told += done; };
    VERIFY_RESULT(send(made));
    QVERIFY(told.size() > 3);
    QVERIFY(std::ranges::is_sorted(told));
    QCOMPARE(told.constLast(), 3'000'000);
}

void TestHttpUploads::replyIsStreamed()
{
    m_server->on("PUT", "/load", ScriptedAnswer::pattern(5'000'000));
    ScriptedAnswer chunked = ScriptedAnswer::pattern(5'000'000);
    chunked.isChunked = true;
    m_server->on("PUT", "/chunked", chunked);
    for (const QByteArray& target : {"/load"_ba, "/chunked"_ba}) {
        const auto stream = QCoro::waitFor(m_client->open(upload(target, 1'000'000), {}));
        VERIFY_RESULT(stream);
        QCOMPARE(stream->contentLength, target == "/load" ? 5'000'000 : -1);
        const auto body = QCoro::waitFor(readAll(stream->body, 5'000'000, {}, {}));
        VERIFY_RESULT(body);
        QVERIFY(*body == scriptedPattern(0, 5'000'000));
    }
}

void TestHttpUploads::connectionIsUsedAgain()
{
    for (int i = 0; i < 5; ++i)
        VERIFY_RESULT(send(upload("/x", 100'000)));
    QCOMPARE(m_server->connectionCount(), 1);
}

void TestHttpUploads::connectionWithAnUnreadReplyIsNot()
{
    m_server->on("PUT", "/load", ScriptedAnswer::pattern(5'000'000));
    {
        const auto stream = QCoro::waitFor(m_client->open(upload("/load", 1000), {}));
        VERIFY_RESULT(stream);
        VERIFY_RESULT(QCoro::waitFor(stream->body->read(1000, {})));
    }
    const auto response = send(upload("/x", 1000));
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "stored"_ba);
    QCOMPARE(m_server->connectionCount(), 2);
}

void TestHttpUploads::closedConnectionIsNotUsedAgain()
{
    ScriptedAnswer once = ScriptedAnswer::text(201, "bye");
    once.ending = ScriptedAnswer::Ending::Close;
    m_server->on("PUT", "/x", once);
    for (int i = 1; i <= 3; ++i) {
        const auto response = send(upload("/x", 100'000));
        VERIFY_RESULT(response);
        QCOMPARE(response->body, "bye"_ba);
        QCOMPARE(m_server->connectionCount(), i);
    }
    // The server goes without having said so.
    once.ending = ScriptedAnswer::Ending::KeepAlive;
    m_server->on("PUT", "/x", once);
    VERIFY_RESULT(send(upload("/x", 100'000)));
    m_server->dropConnections();
    VERIFY_RESULT(send(upload("/x", 100'000)));
}

void TestHttpUploads::earlyRefusalIsHeard_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::addColumn<int>("ending");
    QTest::addColumn<bool>("stopsReading");
    for (const bool isTls : {false, true}) {
        const char* const name = isTls ? "TLS" : "plain";
        QTest::addRow("%s, server goes on reading", name)
            << isTls << int(ScriptedAnswer::Ending::KeepAlive) << false;
        QTest::addRow("%s, server stops reading", name) << isTls << int(ScriptedAnswer::Ending::Hang) << true;
        QTest::addRow("%s, server closes", name) << isTls << int(ScriptedAnswer::Ending::Close) << true;
        QTest::addRow("%s, server resets", name) << isTls << int(ScriptedAnswer::Ending::Reset) << true;
    }
}

void TestHttpUploads::earlyRefusalIsHeard()
{
    QFETCH(bool, isTls);
    QFETCH(int, ending);
    QFETCH(bool, stopsReading);
    ScriptedServer server;
    if (isTls)
        server.useTls(TestCertificate::forLoopback());
    QVERIFY(server.listen());
    server.onHead("PUT", "/x", [&](const ScriptedRequest&) {
        ScriptedAnswer answer = ScriptedAnswer::json(413, R"({"errors":[{"code":"SIZE_INVALID"}]})");
        answer.ending = ScriptedAnswer::Ending(ending);
        answer.stopsReading = stopsReading;
        return answer;
    });
    HttpClient client([](const QString&) {
        HostPolicy policy;
        policy.extraCa = {TestCertificate::forLoopback().certificate};
        return policy;
    });
    for (int round = 0; round < 10; ++round) {
        HttpRequest made = upload("/x", 100'000'000);
        const auto source = std::static_pointer_cast<PatternSource>(made.bodySource);
        made.url = server.url("/x");
        const auto response = QCoro::waitFor(client.send(made, {}));
        VERIFY_RESULT(response);
        QCOMPARE(response->status, 413);
        QCOMPARE(response->body, R"({"errors":[{"code":"SIZE_INVALID"}]})"_ba);
        QVERIFY2(source->position() < 100'000'000, "what nobody wants need not be sent");
    }
}

void TestHttpUploads::earlySuccessStillSendsAll()
{
    m_server->onHead("PUT", "/early",
                     [](const ScriptedRequest&) { return ScriptedAnswer::text(200, "fine"); });
    HttpRequest made = upload("/early", 20'000'000);
    const auto source = std::static_pointer_cast<PatternSource>(made.bodySource);
    const auto response = send(made);
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "fine"_ba);
    QCOMPARE(source->position(), 20'000'000);
    // The connection is in order afterwards.
    VERIFY_RESULT(send(upload("/x", 1000)));
    QCOMPARE(m_server->connectionCount(), 1);
}

void TestHttpUploads::interimRepliesAreSkipped()
{
    ScriptedAnswer answer;
    answer.raw = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                 "HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\ndone";
    m_server->on("PUT", "/x", answer);
    const auto response = send(upload("/x", 100'000));
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 201);
    QCOMPARE(response->body, "done"_ba);
    QVERIFY(!response->headers.contains("Link"));
}

void TestHttpUploads::chunkLineBrokenInTwoIsReadOn()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket* peer = nullptr;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        peer = server.nextPendingConnection();
        peer->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r");
    });
    HttpRequest made = upload("/x", 1000);
    made.url.setPort(server.serverPort());
    const auto stream = QCoro::waitFor(m_client->open(made, {}));
    VERIFY_RESULT(stream);
    auto reading = readAll(stream->body, 1000, {}, {});
    QVERIFY(!reading.isReady());
    peer->write("\nhello\r\n0\r\n\r\n");
    const auto body = QCoro::waitFor(std::move(reading));
    VERIFY_RESULT(body);
    QCOMPARE(*body, "hello"_ba);
}

void TestHttpUploads::whatAClosedConnectionHoldsIsRead()
{
    // More than the client takes in unasked, and nothing but the end says how much it is.
    const QByteArray all = scriptedPattern(0, 1'500'000);
    ScriptedAnswer answer;
    answer.raw = "HTTP/1.1 200 OK\r\n\r\n" + all;
    answer.ending = ScriptedAnswer::Ending::Close;
    m_server->on("PUT", "/x", answer);
    const auto stream = QCoro::waitFor(m_client->open(upload("/x", 1000), {}));
    VERIFY_RESULT(stream);
    QTRY_COMPARE(m_server->openConnections(), 0);
    VERIFY_RESULT(send(upload("/other", 1000))); // by now its end has been seen
    const auto body = QCoro::waitFor(readAll(stream->body, all.size(), {}, {}));
    VERIFY_RESULT(body);
    QVERIFY(*body == all);
}

void TestHttpUploads::sourceThatEndsEarlyIsCorrupt()
{
    HttpRequest made = upload("/x", 1'000'000);
    made.bodySize = 1'000'001;
    COMPARE_ERROR(send(made), Error::Code::Corrupt);
    QTRY_COMPARE(m_server->openConnections(), 0);
    QVERIFY2(m_server->requests().isEmpty(), "the server must not take it for complete");
}

void TestHttpUploads::sourceThatRunsOverIsCorrupt()
{
    HttpRequest made = upload("/x", 1'000'000);
    made.bodySize = 999'999;
    COMPARE_ERROR(send(made), Error::Code::Corrupt);
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestHttpUploads::failureOfTheSourceIsTold()
{
    HttpRequest made = upload("/x", 10'000'000);
    std::static_pointer_cast<PatternSource>(made.bodySource)->beforePiece =
        [](qint64 position) -> Result<void> {
        if (position > 2'000'000)
            return fail(Error::Code::DigestMismatch, u"layer"_s, u"bytes on the way are wrong"_s);
        return {};
    };
    made.operation = u"push blob"_s;
    const auto response = send(made);
    COMPARE_ERROR(response, Error::Code::DigestMismatch);
    QCOMPARE(response.error().subject, u"layer"_s);
    QCOMPARE(response.error().operation, u"push blob"_s);
    QTRY_COMPARE(m_server->openConnections(), 0);
    QVERIFY(m_server->requests().isEmpty());
}

void TestHttpUploads::lineBreaksInFieldsAreRefused()
{
    HttpRequest made = upload("/x", 1000);
    made.headers.set("X-Field", "a\r\nX-Smuggled: b");
    COMPARE_ERROR(send(made), Error::Code::InvalidInput);
    QCOMPARE(m_server->connectionCount(), 0);
}

QTEST_GUILESS_MAIN(TestHttpUploads)
#include "tst_httpuploads.moc"
