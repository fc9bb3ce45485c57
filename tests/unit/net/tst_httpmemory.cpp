// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "sources.h"
#include "support/resulttest.h"
#include "support/scriptedserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 Size = 300'000'000;

#ifdef TAGBOAT_SANITIZED
constexpr qint64 Allowed = 1024LL * 1024 * 1024;
#else
constexpr qint64 Allowed = 24LL * 1024 * 1024;
#endif

qint64 statusField(const QByteArray& name)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray start = name + ':';
    const QByteArrayList lines = status.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith(start))
            return line.sliced(name.size() + 1).trimmed().split(' ').constFirst().toLongLong() * 1024;
    }
    return -1;
}

//! Makes the kernel forget the peak so far.
bool resetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    return file.open(QIODevice::WriteOnly) && file.write("5") == 1;
}

//! Takes a break now and then, so that whatever can pile up in front of it does.
Task<Result<qint64>> readSlowly(ByteSourcePtr source)
{
    qint64 position = 0;
    int pieces = 0;
    while (true) {
        auto piece = co_await source->read(PieceSize, {});
        if (!piece)
            co_return std::unexpected(std::move(piece.error()));
        if (piece->isEmpty())
            co_return position;
        if (*piece != scriptedPattern(position, piece->size()))
            co_return fail(Error::Code::Corrupt, {}, u"wrong bytes"_s);
        position += piece->size();
        if (++pieces % 200 == 0)
            QThread::msleep(20); // the reader's own thread is busy, say with hashing
    }
}

} // namespace

//! Client and server share this process: what grows may be of either, and neither may grow with the body.
class TestHttpMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void downloadWithASlowReaderStaysSmall();
    void stalledReaderHoldsABufferOnly();
    void uploadStaysSmall();
    void stalledUploadHoldsABufferOnly();
    void uploadOfAFileStaysSmall();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<HttpClient> m_client;
    qint64 m_before = 0;
};

void TestHttpMemory::init()
{
    m_client = std::make_unique<HttpClient>();
    m_server = std::make_unique<ScriptedServer>();
    QVERIFY(m_server->listen());
    m_server->keepBodies(0);
    m_server->on("GET", "/x", ScriptedAnswer::pattern(Size));
    m_server->on("PUT", "/x", ScriptedAnswer::text(201, ""));
    QCOMPARE(scriptedPattern(0, 1).size(), 1); // has made its table
    QVERIFY(resetPeak());
    m_before = statusField("VmRSS");
    QVERIFY(m_before > 0);
}

void TestHttpMemory::downloadWithASlowReaderStaysSmall()
{
    HttpRequest request;
    request.url = m_server->url("/x");
    const auto stream = QCoro::waitFor(m_client->open(request, {}));
    VERIFY_RESULT(stream);
    const auto size = QCoro::waitFor(readSlowly(stream->body));
    VERIFY_RESULT(size);
    QCOMPARE(*size, Size);
    QCOMPARE_LT(statusField("VmHWM") - m_before, Allowed);
}

void TestHttpMemory::stalledReaderHoldsABufferOnly()
{
    HttpRequest request;
    request.url = m_server->url("/x");
    const auto stream = QCoro::waitFor(m_client->open(request, {}));
    VERIFY_RESULT(stream);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 1500); // the server sends what it can get rid of
    QCOMPARE_LT(statusField("VmHWM") - m_before, Allowed);
}

void TestHttpMemory::uploadStaysSmall()
{
    HttpRequest request;
    request.method = "PUT";
    request.url = m_server->url("/x");
    request.bodySize = Size;
    request.bodySource = std::make_shared<PatternSource>(Size);
    const auto response = QCoro::waitFor(m_client->send(request, {}));
    VERIFY_RESULT(response);
    QCOMPARE(response->status, 201);
    QCOMPARE(m_server->requests().constLast().bodySize, Size);
    QVERIFY(m_server->requests().constLast().isBodyPattern);
    QCOMPARE_LT(statusField("VmHWM") - m_before, Allowed);
}

void TestHttpMemory::stalledUploadHoldsABufferOnly()
{
    m_server->onHead("PUT", "/x", [](const ScriptedRequest&) { return ScriptedAnswer::hang(); });
    HttpRequest request;
    request.method = "PUT";
    request.url = m_server->url("/x");
    request.bodySize = Size;
    const auto source = std::make_shared<PatternSource>(Size);
    request.bodySource = source;
    request.idleTimeout = 1500ms;
    COMPARE_ERROR(QCoro::waitFor(m_client->send(request, {})), Error::Code::Timeout);
    QCOMPARE_LT(source->position(), 64 * 1024 * 1024); // ours and the kernel's buffers
    QCOMPARE_LT(statusField("VmHWM") - m_before, Allowed);
}

void TestHttpMemory::uploadOfAFileStaysSmall()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"layer"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    for (qint64 done = 0; done < Size; done += PieceSize)
        QVERIFY(file.write(scriptedPattern(done, std::min(PieceSize, Size - done))) > 0);
    file.close();
    const auto source = fileSource(path);
    VERIFY_RESULT(source);
    HttpRequest request;
    request.method = "PUT";
    request.url = m_server->url("/x");
    request.bodySize = Size;
    request.bodySource = *source;
    VERIFY_RESULT(QCoro::waitFor(m_client->send(request, {})));
    QCOMPARE(m_server->requests().constLast().bodySize, Size);
    QVERIFY(m_server->requests().constLast().isBodyPattern);
    QCOMPARE_LT(statusField("VmHWM") - m_before, Allowed);
}

QTEST_GUILESS_MAIN(TestHttpMemory)
#include "tst_httpmemory.moc"
