// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"
#include "support/resulttest.h"
#include "support/testcertificate.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

using namespace Tagboat;
using namespace Qt::StringLiterals;

namespace {

double processorSeconds()
{
    rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

//! A file, of which nobody may know that it is one.
class ReadSource : public ByteSource
{
public:
    explicit ReadSource(ByteSourcePtr source) : m_source(std::move(source)) { }
    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        return m_source->read(maxSize, std::move(stop));
    }
    [[nodiscard]] qint64 size() const override { return m_source->size(); }

private:
    ByteSourcePtr m_source;
};

} // namespace

/*!
 * \brief What a GB costs the client in processor time, each way, over plain TCP and TLS, without disk and
 * digest on the way in.
 *
 * TAGBOAT_NETHTTP_SIZE (bytes) makes it smaller for a quick look.
 */
class TestNetHttp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void upload_data();
    void upload();
    void download_data();
    void download();
    void smallRequests_data();
    void smallRequests();

private:
    struct Peer
    {
        QProcess process;
        int port = 0;
        [[nodiscard]] bool start(const QStringList& arguments);
    };
    [[nodiscard]] QUrl url(bool isTls, qint64 size) const;
    static Task<Result<int>> ask(std::shared_ptr<HttpClient> client, QUrl url, bool isStreamed, int count);
    static Task<Result<qint64>> drain(std::shared_ptr<HttpClient> client, QUrl url);

    QTemporaryDir m_folder{QDir::currentPath() + u"/nethttp-XXXXXX"_s}; // not /tmp, which may be memory
    Peer m_plain;
    Peer m_tls;
    qint64 m_size = 2'000'000'000;
    std::shared_ptr<HttpClient> m_client;
};

bool TestNetHttp::Peer::start(const QStringList& arguments)
{
    process.start(QCoreApplication::applicationDirPath() + u"/nethttp_peer"_s, arguments);
    if (!process.waitForStarted() || !process.waitForReadyRead())
        return false;
    port = process.readLine().trimmed().toInt();
    return port > 0;
}

QUrl TestNetHttp::url(bool isTls, qint64 size) const
{
    return QUrl(u"%1://127.0.0.1:%2/%3"_s.arg(isTls ? u"https"_s : u"http"_s)
                    .arg(isTls ? m_tls.port : m_plain.port)
                    .arg(size));
}

void TestNetHttp::initTestCase()
{
    if (qEnvironmentVariableIsSet("TAGBOAT_NETHTTP_SIZE"))
        m_size = qEnvironmentVariable("TAGBOAT_NETHTTP_SIZE").toLongLong();
    QVERIFY(m_folder.isValid());
    const TestCertificate& certificate = TestCertificate::forLoopback();
    QFile certificateFile(m_folder.filePath(u"cert.pem"_s));
    QVERIFY(certificateFile.open(QIODevice::WriteOnly));
    certificateFile.write(certificate.certificate.toPem());
    certificateFile.close();
    QFile keyFile(m_folder.filePath(u"key.pem"_s));
    QVERIFY(keyFile.open(QIODevice::WriteOnly));
    keyFile.write(certificate.key.toPem());
    keyFile.close();
    QVERIFY(m_plain.start({}));
    QVERIFY(m_tls.start({certificateFile.fileName(), keyFile.fileName()}));
    m_client = std::make_shared<HttpClient>([](const QString&) {
        HostPolicy policy;
        policy.extraCa = {TestCertificate::forLoopback().certificate};
        return policy;
    });
    QFile body(m_folder.filePath(u"body"_s));
    QVERIFY(body.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    const QByteArray piece(1024 * 1024, 'x');
    for (qint64 done = 0; done < m_size; done += piece.size())
        QVERIFY(body.write(piece.constData(), std::min<qint64>(piece.size(), m_size - done)) > 0);
}

void TestNetHttp::cleanupTestCase()
{
    m_client.reset();
    for (Peer* const peer : {&m_plain, &m_tls}) {
        peer->process.closeWriteChannel();
        peer->process.waitForFinished();
    }
}

void TestNetHttp::upload_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::addColumn<bool>("isFile");
    QTest::newRow("plain, from a file") << false << true;
    QTest::newRow("plain, read") << false << false;
    QTest::newRow("TLS, from a file") << true << true;
}

void TestNetHttp::upload()
{
    QFETCH(const bool, isTls);
    QFETCH(const bool, isFile);
    auto source = fileSource(m_folder.filePath(u"body"_s));
    VERIFY_RESULT(source);
    HttpRequest request;
    request.method = "PUT";
    request.url = url(isTls, 0);
    request.bodySize = m_size;
    request.bodySource = isFile ? *source : std::make_shared<ReadSource>(*source);
    QElapsedTimer clock;
    clock.start();
    const double before = processorSeconds();
    const auto reply = QCoro::waitFor(m_client->send(request, {}));
    const double used = processorSeconds() - before;
    VERIFY_RESULT(reply);
    QCOMPARE(reply->status, 201);
    const double gigabytes = static_cast<double>(m_size) / 1e9;
    qInfo("upload: %.2f CPU s/GB, %.0f MB/s", used / gigabytes,
          gigabytes * 1e6 / static_cast<double>(std::max<qint64>(clock.elapsed(), 1)));
}

void TestNetHttp::download_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

Task<Result<qint64>> TestNetHttp::drain(std::shared_ptr<HttpClient> client, QUrl url)
{
    HttpRequest request;
    request.url = url;
    auto stream = co_await client->open(request, {});
    if (!stream)
        co_return std::unexpected(std::move(stream.error()));
    qint64 size = 0;
    while (true) {
        const auto piece = co_await stream->body->read(PieceSize, {});
        if (!piece)
            co_return std::unexpected(piece.error());
        if (piece->isEmpty())
            co_return size;
        size += piece->size();
    }
}

void TestNetHttp::download()
{
    QFETCH(const bool, isTls);
    QElapsedTimer clock;
    clock.start();
    const double before = processorSeconds();
    const auto size = QCoro::waitFor(drain(m_client, url(isTls, m_size)));
    const double used = processorSeconds() - before;
    VERIFY_RESULT(size);
    QCOMPARE(*size, m_size);
    const double gigabytes = static_cast<double>(m_size) / 1e9;
    qInfo("download: %.2f CPU s/GB, %.0f MB/s", used / gigabytes,
          gigabytes * 1e6 / static_cast<double>(std::max<qint64>(clock.elapsed(), 1)));
}

void TestNetHttp::smallRequests_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::addColumn<bool>("isStreamed");
    QTest::newRow("plain, sent") << false << false;
    QTest::newRow("plain, opened") << false << true;
    QTest::newRow("TLS, sent") << true << false;
    QTest::newRow("TLS, opened") << true << true;
}

Task<Result<int>> TestNetHttp::ask(std::shared_ptr<HttpClient> client, QUrl url, bool isStreamed, int count)
{
    for (int done = 0; done < count; ++done) {
        if (isStreamed) {
            const auto size = co_await drain(client, url);
            if (!size)
                co_return std::unexpected(size.error());
            continue;
        }
        HttpRequest request;
        request.url = url;
        const auto reply = co_await client->send(request, {});
        if (!reply)
            co_return std::unexpected(reply.error());
    }
    co_return count;
}

void TestNetHttp::smallRequests()
{
    QFETCH(const bool, isTls);
    QFETCH(const bool, isStreamed);
    constexpr int Count = 2000;
    QElapsedTimer clock;
    clock.start();
    const double before = processorSeconds();
    const auto done = QCoro::waitFor(ask(m_client, url(isTls, 1000), isStreamed, Count));
    const double used = processorSeconds() - before;
    VERIFY_RESULT(done);
    qInfo("small requests: %.3f CPU ms, %.3f ms each", used * 1000 / Count,
          static_cast<double>(clock.elapsed()) / Count);
}

QTEST_GUILESS_MAIN(TestNetHttp)
#include "tst_nethttp.moc"
