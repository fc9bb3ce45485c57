// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/ratelimiter.h"
#include "filebodies.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Bodies that lie in a plain file. Where nothing stands between them and the socket they are not read.
class TestHttpFileBodies : public QObject, private FileBodiesBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(setUp()); }

    void arrive_data();
    void arrive();
    void areReadForTls();
    void areSentOneAfterTheOther();
    void progressIsToldAtAPace();
    void fileThatBecomesShorterIsCorrupt();
    void whatTheFileDoesNotGiveIsRead();
    void missingFileIsRead();
    void otherSizeThanAnnouncedIsCorrupt();
    void limitThatIsSetOnTheWayHoldsForTheRest();
};

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

void TestHttpFileBodies::limitThatIsSetOnTheWayHoldsForTheRest()
{
    makeFile(LargeSize);
    const auto body = source();
    const auto limiter = std::make_shared<RateLimiter>();
    const auto limitedBody = limited(body, {limiter});
    HttpRequest made = upload(limitedBody);
    made.uploadProgress = [&](qint64) { limiter->setRate(1'000'000'000); };
    VERIFY_RESULT(send(made));
    QVERIFY2(body->skipped > 0, "what had been sent was read again");
    QVERIFY(body->skipped < LargeSize / 2);
    QVERIFY(body->reads > 0);
    QCOMPARE(m_server->requests().constFirst().bodySize, LargeSize);
    QVERIFY(m_server->requests().constFirst().isBodyPattern);
}

QTEST_GUILESS_MAIN(TestHttpFileBodies)
#include "tst_httpfilebodies.moc"
