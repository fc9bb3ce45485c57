// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "sources.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"
#include "support/testcertificate.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! The bytes of another source, which a file is said to hold as well; counts what is read in spite of that.
class FileBackedSource : public ByteSource
{
public:
    FileBackedSource(ByteSourcePtr source, FileRange range)
        : m_source(std::move(source)), m_range(std::move(range))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        ++reads;
        return m_source->read(maxSize, std::move(stop));
    }
    [[nodiscard]] qint64 size() const override { return m_source->size(); }
    [[nodiscard]] std::optional<FileRange> file() const override { return m_range; }

    int reads = 0;

private:
    ByteSourcePtr m_source;
    FileRange m_range;
};

//! Clearly more than the buffers of both ends hold.
constexpr qint64 LargeSize = 24'000'000;

} // namespace

//! Bodies that lie in a plain file. Where nothing stands between them and the socket they are not read.
class TestHttpFileBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void arrive_data();
    void arrive();
    void areReadForTls();
    void areSentOneAfterTheOther();
    void progressIsToldAtAPace();
    void earlyRefusalIsHeard_data();
    void earlyRefusalIsHeard();
    void earlySuccessStillSendsAll();
    void stopIsObeyed();
    void stalledServerIsATimeout();
    void serverThatGoesIsANetworkError_data();
    void serverThatGoesIsANetworkError();
    void fileThatBecomesShorterIsCorrupt();
    void whatTheFileDoesNotGiveIsRead();
    void missingFileIsRead();
    void otherSizeThanAnnouncedIsCorrupt();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"layer"_s); }
    //! scriptedPattern() after \a before other bytes.
    void makeFile(qint64 size, qint64 before = 0) const;
    [[nodiscard]] std::shared_ptr<FileBackedSource> source(qint64 offset = 0) const;
    [[nodiscard]] HttpRequest upload(ByteSourcePtr source) const;
    [[nodiscard]] Result<HttpResponse> send(HttpRequest request);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<HttpClient> m_client;
};

void TestHttpFileBodies::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_client = std::make_unique<HttpClient>([](const QString&) {
        HostPolicy policy;
        policy.extraCa = {TestCertificate::forLoopback().certificate};
        return policy;
    });
    m_server = std::make_unique<ScriptedServer>();
    QVERIFY(m_server->listen());
    m_server->keepBodies(0);
    m_server->on("PUT", "/x", ScriptedAnswer::text(201, "stored"));
}

void TestHttpFileBodies::makeFile(qint64 size, qint64 before) const
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(QByteArray(before, '-')), before);
    for (qint64 done = 0; done < size; done += PieceSize) {
        const QByteArray piece = scriptedPattern(done, std::min(PieceSize, size - done));
        QCOMPARE(file.write(piece), piece.size());
    }
}

std::shared_ptr<FileBackedSource> TestHttpFileBodies::source(qint64 offset) const
{
    const auto opened = fileSource(path(), offset);
    if (!opened)
        return nullptr;
    return std::make_shared<FileBackedSource>(*opened, (*opened)->file().value_or(FileRange()));
}

HttpRequest TestHttpFileBodies::upload(ByteSourcePtr source) const
{
    HttpRequest made;
    made.method = "PUT";
    made.url = m_server->url("/x");
    made.bodySize = source->size();
    made.bodySource = std::move(source);
    made.idleTimeout = 20s;
    return made;
}

Result<HttpResponse> TestHttpFileBodies::send(HttpRequest request)
{
    return QCoro::waitFor(m_client->send(std::move(request), {}));
}

void TestHttpFileBodies::arrive_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<bool>("isLocal");
    for (const bool isLocal : {false, true}) {
        for (const qint64 size : {qint64(1), PieceSize, PieceSize + 1, LargeSize}) {
            for (const qint64 offset : {qint64(0), qint64(777'777)}) {
                QTest::addRow("%s, %lld bytes from %lld", isLocal ? "unix" : "TCP",
                              static_cast<long long>(size), static_cast<long long>(offset))
                    << size << offset << isLocal;
            }
        }
    }
}

void TestHttpFileBodies::arrive()
{
    QFETCH(qint64, size);
    QFETCH(qint64, offset);
    QFETCH(bool, isLocal);
    makeFile(size, offset);
    ScriptedServer local;
    const QString socket = m_folder->filePath(u"socket"_s);
    QVERIFY(local.listenOn(socket));
    local.on("PUT", "/x", ScriptedAnswer::text(201, "stored"));
    const auto body = source(offset);
    QVERIFY(body);
    HttpRequest made = upload(body);
    if (isLocal) {
        made.url = QUrl(u"http://localhost/x"_s);
        made.unixSocket = socket;
    }
    const auto response = send(made);
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 201);
    const ScriptedRequest got = (isLocal ? local : *m_server).requests().constFirst();
    QCOMPARE(got.bodySize, size);
    QVERIFY(got.isBodyPattern);
    QCOMPARE(got.headers.values("Content-Length"), QByteArrayList{QByteArray::number(size)});
    QCOMPARE(body->reads, 0);
}

void TestHttpFileBodies::areReadForTls()
{
    makeFile(LargeSize);
    ScriptedServer server;
    server.useTls(TestCertificate::forLoopback());
    QVERIFY(server.listen());
    server.on("PUT", "/x", ScriptedAnswer::text(201, "stored"));
    const auto body = source();
    HttpRequest made = upload(body);
    made.url = server.url("/x");
    VERIFY_RESULT(send(made));
    QCOMPARE(server.requests().constFirst().bodySize, LargeSize);
    QVERIFY(server.requests().constFirst().isBodyPattern);
    QVERIFY(body->reads > 0);
}

void TestHttpFileBodies::areSentOneAfterTheOther()
{
    makeFile(3'000'000);
    for (int i = 0; i < 5; ++i) {
        const auto body = source();
        VERIFY_RESULT(send(upload(body)));
        QCOMPARE(body->reads, 0);
        // In between one that is written, by the same socket.
        HttpRequest written = upload(std::make_shared<PatternSource>(3'000'000));
        VERIFY_RESULT(send(written));
    }
    QCOMPARE(m_server->connectionCount(), 1);
    for (const ScriptedRequest& got : m_server->requests()) {
        QCOMPARE(got.bodySize, 3'000'000);
        QVERIFY(got.isBodyPattern);
    }
}

void TestHttpFileBodies::progressIsToldAtAPace()
{
    makeFile(LargeSize);
    QList<qint64> told;
    HttpRequest made = upload(source());
    made.uploadProgress = [&](qint64 done) { told += done; };
    VERIFY_RESULT(send(made));
    QVERIFY(told.size() > 10);
    for (qsizetype i = 1; i + 1 < told.size(); ++i)
        QVERIFY(told.at(i) >= told.at(i - 1) + PieceSize);
    QCOMPARE(told.constLast(), LargeSize);
}

void TestHttpFileBodies::earlyRefusalIsHeard_data()
{
    QTest::addColumn<int>("ending");
    QTest::addColumn<bool>("stopsReading");
    QTest::newRow("server goes on reading") << int(ScriptedAnswer::Ending::KeepAlive) << false;
    QTest::newRow("server stops reading") << int(ScriptedAnswer::Ending::Hang) << true;
    QTest::newRow("server closes") << int(ScriptedAnswer::Ending::Close) << true;
    QTest::newRow("server resets") << int(ScriptedAnswer::Ending::Reset) << true;
}

void TestHttpFileBodies::earlyRefusalIsHeard()
{
    QFETCH(int, ending);
    QFETCH(bool, stopsReading);
    makeFile(LargeSize);
    m_server->onHead("PUT", "/x", [&](const ScriptedRequest&) {
        ScriptedAnswer answer = ScriptedAnswer::json(413, R"({"errors":[{"code":"SIZE_INVALID"}]})");
        answer.ending = ScriptedAnswer::Ending(ending);
        answer.stopsReading = stopsReading;
        return answer;
    });
    for (int round = 0; round < 5; ++round) {
        const auto body = source();
        qint64 sent = 0;
        HttpRequest made = upload(body);
        made.uploadProgress = [&](qint64 done) { sent = done; };
        const auto response = send(made);
        VERIFY_RESULT(response);
        QCOMPARE(response->status, 413);
        QCOMPARE(response->body, R"({"errors":[{"code":"SIZE_INVALID"}]})"_ba);
        QVERIFY2(sent < LargeSize, "what nobody wants need not be sent");
        QCOMPARE(body->reads, 0);
    }
}

void TestHttpFileBodies::earlySuccessStillSendsAll()
{
    makeFile(LargeSize);
    m_server->onHead("PUT", "/early",
                     [](const ScriptedRequest&) { return ScriptedAnswer::text(200, "fine"); });
    qint64 sent = 0;
    HttpRequest made = upload(source());
    made.url = m_server->url("/early");
    made.uploadProgress = [&](qint64 done) { sent = done; };
    const auto response = send(made);
    VERIFY_RESULT(response);
    QCOMPARE(response->body, "fine"_ba);
    QCOMPARE(sent, LargeSize);
    VERIFY_RESULT(send(upload(source())));
    QCOMPARE(m_server->connectionCount(), 1);
}

void TestHttpFileBodies::stopIsObeyed()
{
    makeFile(LargeSize);
    m_server->onHead("PUT", "/x", [](const ScriptedRequest&) {
        ScriptedAnswer answer = ScriptedAnswer::hang();
        answer.stopsReading = true;
        return answer;
    });
    qint64 sent = 0;
    HttpRequest made = upload(source());
    made.uploadProgress = [&](qint64 done) { sent = done; };
    std::stop_source stop;
    auto task = m_client->send(made, stop.get_token());
    QTRY_VERIFY(sent > 0);
    QVERIFY(!task.isReady());
    QElapsedTimer clock;
    clock.start();
    stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(task), Error::Code::Cancelled);
    QVERIFY(clock.elapsed() < 3000);
    QVERIFY(sent < LargeSize);
    // That connection is not used again.
    HttpRequest next = upload(source());
    next.url = m_server->url("/next");
    VERIFY_RESULT(send(next));
    QCOMPARE(m_server->connectionCount(), 2);
}

void TestHttpFileBodies::stalledServerIsATimeout()
{
    makeFile(LargeSize);
    m_server->onHead("PUT", "/x", [](const ScriptedRequest&) {
        ScriptedAnswer answer = ScriptedAnswer::hang();
        answer.stopsReading = true;
        return answer;
    });
    qint64 sent = 0;
    HttpRequest made = upload(source());
    made.uploadProgress = [&](qint64 done) { sent = done; };
    made.idleTimeout = 500ms;
    made.replyTimeout = 1h; // not before all has been sent
    COMPARE_ERROR(send(made), Error::Code::Timeout);
    QVERIFY(sent < LargeSize);
}

void TestHttpFileBodies::serverThatGoesIsANetworkError_data()
{
    QTest::addColumn<bool>("isReset");
    QTest::newRow("closes") << false;
    QTest::newRow("resets") << true;
}

void TestHttpFileBodies::serverThatGoesIsANetworkError()
{
    QFETCH(bool, isReset);
    makeFile(LargeSize);
    m_server->onHead("PUT", "/x", [&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.raw = "H"; // goes in the middle of its reply
        answer.ending = isReset ? ScriptedAnswer::Ending::Reset : ScriptedAnswer::Ending::Close;
        answer.stopsReading = true;
        return answer;
    });
    for (int round = 0; round < 5; ++round) {
        const auto response = send(upload(source()));
        COMPARE_ERROR(response, Error::Code::Network);
        QVERIFY2(response.error().message.contains(u"closed"_s), qPrintable(response.error().toString()));
    }
}

void TestHttpFileBodies::fileThatBecomesShorterIsCorrupt()
{
    makeFile(LargeSize);
    const auto body = source();
    HttpRequest made = upload(body);
    made.uploadProgress = [&](qint64 done) {
        if (done < LargeSize / 2)
            QVERIFY(QFile::resize(path(), LargeSize / 2));
    };
    const auto response = send(made);
    COMPARE_ERROR(response, Error::Code::Corrupt);
    QCOMPARE(response.error().subject, path());
    QVERIFY2(body->reads > 0, "its source must have told it");
    QTRY_COMPARE(m_server->openConnections(), 0);
    QVERIFY2(m_server->requests().isEmpty(), "the server must not take it for complete");
}

void TestHttpFileBodies::whatTheFileDoesNotGiveIsRead()
{
    makeFile(LargeSize);
    const FileRange range{path(), 0, LargeSize};
    const auto body = std::make_shared<FileBackedSource>(std::make_shared<PatternSource>(LargeSize), range);
    HttpRequest made = upload(body);
    made.uploadProgress = [&](qint64 done) {
        if (done < LargeSize / 2)
            QVERIFY(QFile::resize(path(), LargeSize / 2 + 1));
    };
    VERIFY_RESULT(send(made));
    QVERIFY(body->reads > 0);
    QCOMPARE(m_server->requests().constFirst().bodySize, LargeSize);
    QVERIFY(m_server->requests().constFirst().isBodyPattern);
}

void TestHttpFileBodies::missingFileIsRead()
{
    makeFile(3'000'000);
    const auto body = source();
    QVERIFY(QFile::remove(path())); // its source has it open
    VERIFY_RESULT(send(upload(body)));
    QVERIFY(body->reads > 0);
    QCOMPARE(m_server->requests().constFirst().bodySize, 3'000'000);
    QVERIFY(m_server->requests().constFirst().isBodyPattern);
}

void TestHttpFileBodies::otherSizeThanAnnouncedIsCorrupt()
{
    makeFile(1'000'000);
    for (const qint64 size : {999'999, 1'000'001}) {
        HttpRequest made = upload(source());
        made.bodySize = size;
        COMPARE_ERROR(send(made), Error::Code::Corrupt);
        QTRY_COMPARE(m_server->openConnections(), 0);
    }
}

QTEST_GUILESS_MAIN(TestHttpFileBodies)
#include "tst_httpfilebodies.moc"
