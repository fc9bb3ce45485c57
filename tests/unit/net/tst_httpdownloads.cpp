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

//! Bodies that are streamed in, over connections that serve one after the other.
class TestHttpDownloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void arrive_data();
    void arrive();
    void largePiecesSuitTheDisk_data();
    void largePiecesSuitTheDisk();
    void connectionIsUsedAgain();
    void connectionsOfParallelDownloadsAreUsedAgain();
    void redirectLeavesItsConnectionInOrder();
    void connectionGoneStaleIsReplaced();
    void newConnectionThatClosesIsNotTriedAgain();
    void breakBetweenTwoChunksIsNoticed();
    void shortBodySaysHowMuchCame();
    void unknownCertificateIsNamed();
    void plainServerIsRecognised();

private:
    [[nodiscard]] static HttpRequest get(const QUrl& url);
    [[nodiscard]] Result<QByteArray> download(const QUrl& url);
    static Task<Result<QByteArray>> download(std::shared_ptr<HttpClient> client, HttpRequest request);

    std::unique_ptr<ScriptedServer> m_server;
    std::shared_ptr<HttpClient> m_client;
};

void TestHttpDownloads::init()
{
    m_client = std::make_shared<HttpClient>([](const QString&) {
        HostPolicy policy;
        policy.extraCa = {TestCertificate::forLoopback().certificate};
        return policy;
    });
    m_server = std::make_unique<ScriptedServer>();
    QVERIFY(m_server->listen());
    m_server->on("GET", "/x", ScriptedAnswer::pattern(1'000'000));
}

HttpRequest TestHttpDownloads::get(const QUrl& url)
{
    HttpRequest made;
    made.url = url;
    made.idleTimeout = 20s;
    return made;
}

Task<Result<QByteArray>> TestHttpDownloads::download(std::shared_ptr<HttpClient> client, HttpRequest request)
{
    auto stream = co_await client->open(request, {});
    if (!stream)
        co_return std::unexpected(std::move(stream.error()));
    auto body = co_await readAll(stream->body, 100'000'000, {}, {});
    co_return body;
}

Result<QByteArray> TestHttpDownloads::download(const QUrl& url)
{
    return QCoro::waitFor(download(m_client, get(url)));
}

void TestHttpDownloads::arrive_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::addColumn<bool>("isChunked");
    for (const bool isTls : {false, true}) {
        for (const bool isChunked : {false, true})
            QTest::addRow("%s, %s", isTls ? "TLS" : "plain", isChunked ? "in chunks" : "counted")
                << isTls << isChunked;
    }
}

void TestHttpDownloads::arrive()
{
    QFETCH(const bool, isTls);
    QFETCH(const bool, isChunked);
    ScriptedServer server;
    if (isTls)
        server.useTls(TestCertificate::forLoopback());
    QVERIFY(server.listen());
    for (const qint64 size : {0, 1, 262'143, 262'144, 262'145, 20'000'000}) {
        ScriptedAnswer answer = ScriptedAnswer::pattern(size);
        answer.isChunked = isChunked;
        server.on("GET", "/x", answer);
        const auto body = download(server.url("/x"));
        VERIFY_RESULT(body);
        QVERIFY(*body == scriptedPattern(0, size));
    }
    QCOMPARE(server.connectionCount(), 1);
    QCOMPARE(server.requests().constFirst().headers.value("Accept-Encoding"), "identity"_ba);
}

void TestHttpDownloads::largePiecesSuitTheDisk_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TestHttpDownloads::largePiecesSuitTheDisk()
{
    QFETCH(const bool, isTls);
    ScriptedServer server;
    if (isTls)
        server.useTls(TestCertificate::forLoopback());
    QVERIFY(server.listen());
    constexpr qint64 Size = 20'000'000;
    server.on("GET", "/x", ScriptedAnswer::pattern(Size));
    const auto stream = QCoro::waitFor(m_client->open(get(server.url("/x")), {}));
    VERIFY_RESULT(stream);
    qint64 done = 0;
    qint64 suitable = 0;
    while (done < Size) {
        const auto piece = QCoro::waitFor(stream->body->read(PieceSize, {}));
        VERIFY_RESULT(piece);
        QVERIFY(!piece->isEmpty());
        QVERIFY(*piece == scriptedPattern(done, piece->size()));
        const auto address = reinterpret_cast<quintptr>(piece->constData());
        const bool isWhole = piece->size() % PieceAlignment == 0 || done + piece->size() == Size;
        if (address % PieceAlignment == 0 && done % PieceAlignment == 0 && isWhole)
            suitable += piece->size();
        done += piece->size();
    }
    // All but the first, which begins behind the reply's head, and what came in small bits.
    QVERIFY2(suitable > Size * 9 / 10, qPrintable(QString::number(suitable)));
}

void TestHttpDownloads::connectionIsUsedAgain()
{
    for (int i = 0; i < 20; ++i)
        VERIFY_RESULT(download(m_server->url("/x")));
    QCOMPARE(m_server->connectionCount(), 1);
}

void TestHttpDownloads::connectionsOfParallelDownloadsAreUsedAgain()
{
    for (int round = 0; round < 5; ++round) {
        std::vector<Task<Result<QByteArray>>> tasks;
        for (int i = 0; i < 8; ++i)
            tasks.push_back(download(m_client, get(m_server->url("/x"))));
        for (auto& task : tasks) {
            const auto body = QCoro::waitFor(task);
            VERIFY_RESULT(body);
            QCOMPARE(body->size(), 1'000'000);
        }
    }
    QCOMPARE(m_server->connectionCount(), 8);
}

void TestHttpDownloads::redirectLeavesItsConnectionInOrder()
{
    m_server->on("GET", "/blob", ScriptedAnswer::redirect(307, "/x"));
    for (int i = 0; i < 5; ++i) {
        const auto body = download(m_server->url("/blob"));
        VERIFY_RESULT(body);
        QCOMPARE(body->size(), 1'000'000);
    }
    QCOMPARE(m_server->connectionCount(), 1);
}

void TestHttpDownloads::connectionGoneStaleIsReplaced()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int connections = 0;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* const peer = server.nextPendingConnection();
        ++connections;
        connect(peer, &QTcpSocket::readyRead, peer, [peer] {
            peer->readAll();
            if (peer->property("hasServed").toBool()) {
                peer->close(); // its patience has run out just when the next request came
                return;
            }
            peer->setProperty("hasServed", true);
            peer->write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        });
    });
    const QUrl url(u"http://127.0.0.1:%1/x"_s.arg(server.serverPort()));
    for (int round = 1; round <= 3; ++round) {
        const auto body = download(url);
        VERIFY_RESULT(body);
        QCOMPARE(*body, "hello"_ba);
        QCOMPARE(connections, round);
    }
}

void TestHttpDownloads::newConnectionThatClosesIsNotTriedAgain()
{
    m_server->resetNewConnections();
    COMPARE_ERROR(download(m_server->url("/x")), Error::Code::Network);
    QCOMPARE(m_server->connectionCount(), 1);
}

void TestHttpDownloads::breakBetweenTwoChunksIsNoticed()
{
    ScriptedAnswer answer;
    answer.raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    answer.ending = ScriptedAnswer::Ending::Close;
    m_server->on("GET", "/x", answer);
    COMPARE_ERROR(download(m_server->url("/x")), Error::Code::Network);
}

void TestHttpDownloads::shortBodySaysHowMuchCame()
{
    ScriptedAnswer answer = ScriptedAnswer::pattern(1'000'000);
    answer.cutAfter = 300'000;
    answer.ending = ScriptedAnswer::Ending::Close;
    m_server->on("GET", "/x", answer);
    const auto body = download(m_server->url("/x"));
    COMPARE_ERROR(body, Error::Code::Network);
    QVERIFY2(body.error().message.contains(u"after 300000 of 1000000 bytes"_s),
             qPrintable(body.error().toString()));
}

void TestHttpDownloads::unknownCertificateIsNamed()
{
    ScriptedServer server;
    server.useTls(TestCertificate::forLoopback());
    QVERIFY(server.listen());
    server.on("GET", "/x", ScriptedAnswer::pattern(1000));
    m_client = std::make_shared<HttpClient>();
    const auto body = download(server.url("/x"));
    COMPARE_ERROR(body, Error::Code::Tls);
    const QString fingerprint = QString::fromLatin1(
        TestCertificate::forLoopback().certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
    QVERIFY2(body.error().message.contains(fingerprint), qPrintable(body.error().toString()));
    QVERIFY(body.error().message.contains(server.host()));
}

void TestHttpDownloads::plainServerIsRecognised()
{
    QUrl url = m_server->url("/x");
    url.setScheme(u"https"_s);
    COMPARE_ERROR(download(url), Error::Code::PlainHttpServer);
}

QTEST_GUILESS_MAIN(TestHttpDownloads)
#include "tst_httpdownloads.moc"
