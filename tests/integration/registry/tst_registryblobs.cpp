// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registryhelpers.h"

#include <algorithm>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Blobs up to and down from the real docker-registry, without login.
class TestRegistryBlobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void blobIsPresentOnlyAfterItsPush();
    void emptyBlobTravels();
    void progressEndsAtTheSize();
    void blobWithTheWrongBytesIsRefused_data();
    void blobWithTheWrongBytesIsRefused();
    void registryRefusesAWrongDigestToo();
    void largeBlobArrives();
    void streamOfUnknownSizeGoesUpInChunks_data();
    void streamOfUnknownSizeGoesUpInChunks();
    void blobIsMountedFromAnotherRepository();
    void mountThatFailsGoesOnAsAnUpload();
    void blobIsReadFromTheMiddle_data();
    void blobIsReadFromTheMiddle();
    void checkPushLeavesNothingBehind();
    void readOnlyRegistrySaysNo();
    void stopEndsAnUpload();

private:
    [[nodiscard]] std::shared_ptr<Repository> repository(const QString& path) const
    {
        return m_client->repository(path);
    }

    std::unique_ptr<RegistryProcess> m_registry;
    std::shared_ptr<HttpClient> m_http;
    std::shared_ptr<RegistryClient> m_client;
};

void TestRegistryBlobs::initTestCase()
{
    m_registry = std::make_unique<RegistryProcess>();
    QVERIFY(m_registry->start());
}

void TestRegistryBlobs::init()
{
    m_http = std::make_shared<HttpClient>();
    m_client = anonymousClient(m_http, m_registry->host());
}

void TestRegistryBlobs::blobIsPresentOnlyAfterItsPush()
{
    const QByteArray bytes("a blob that is pushed once");
    const Descriptor blob = blobOf(bytes);
    auto presence = QCoro::waitFor(repository(u"presence"_s)->blobPresence(blob, Go));
    VERIFY_RESULT(presence);
    QVERIFY(*presence == Presence::Absent);
    VERIFY_RESULT(pushBytes(repository(u"presence"_s), bytes));
    presence = QCoro::waitFor(repository(u"presence"_s)->blobPresence(blob, Go));
    VERIFY_RESULT(presence);
    QVERIFY(*presence == Presence::Present);
    presence = QCoro::waitFor(repository(u"elsewhere"_s)->blobPresence(blob, Go));
    VERIFY_RESULT(presence);
    QVERIFY(*presence == Presence::Absent);

    const RandomImage image = randomImage(13);
    presence = QCoro::waitFor(repository(u"presence"_s)->manifestPresence(image.target, Go));
    VERIFY_RESULT(presence);
    QVERIFY(*presence == Presence::Absent);
    VERIFY_RESULT(pushImage(repository(u"presence"_s), image, {}));
    presence = QCoro::waitFor(repository(u"presence"_s)->manifestPresence(image.target, Go));
    VERIFY_RESULT(presence);
    QVERIFY(*presence == Presence::Present);
}

void TestRegistryBlobs::emptyBlobTravels()
{
    const Descriptor blob = blobOf(QByteArray());
    VERIFY_RESULT(QCoro::waitFor(repository(u"empty"_s)->pushBlob(blob, factoryOf({}), {}, Go)));
    const auto bytes = readBack(repository(u"empty"_s), blob);
    VERIFY_RESULT(bytes);
    QCOMPARE(*bytes, QByteArray());
}

void TestRegistryBlobs::progressEndsAtTheSize()
{
    const QByteArray bytes(3'000'000, 'p');
    QList<qint64> seen;
    const auto progress = [&seen](qint64 done) { seen.append(done); };
    VERIFY_RESULT(
        QCoro::waitFor(repository(u"progress"_s)->pushBlob(blobOf(bytes), factoryOf(bytes), progress, Go)));
    QVERIFY(!seen.isEmpty());
    QVERIFY(std::ranges::is_sorted(seen));
    QCOMPARE(seen.constLast(), bytes.size());
}

void TestRegistryBlobs::blobWithTheWrongBytesIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("other bytes") << QByteArray("the wrong bytes..");
    QTest::newRow("too few") << QByteArray("the right");
    QTest::newRow("too many") << QByteArray("the right bytes!!, and more");
}

void TestRegistryBlobs::blobWithTheWrongBytesIsRefused()
{
    QFETCH(const QByteArray, bytes);
    const Descriptor promised = blobOf("the right bytes!!");
    const auto pushed = QCoro::waitFor(repository(u"wrong"_s)->pushBlob(promised, factoryOf(bytes), {}, Go));
    COMPARE_ERROR(pushed, Error::Code::DigestMismatch);
    const auto presence = QCoro::waitFor(repository(u"wrong"_s)->blobPresence(promised, Go));
    VERIFY_RESULT(presence);
    QVERIFY(*presence == Presence::Absent);
    QCOMPARE(m_registry->storedBlob(promised.digest.toString()), QByteArray());
}

void TestRegistryBlobs::registryRefusesAWrongDigestToo()
{
    // Past our own verification, as another client's mistake would come.
    HttpRequest start;
    start.method = "POST";
    start.url = m_client->url(u"/v2/wrong/blobs/uploads/"_s);
    const auto session = QCoro::waitFor(m_client->send(start, {}, Go));
    VERIFY_RESULT(session);
    HttpRequest put;
    put.method = "PUT";
    const QByteArray digest = Digest::ofBytes("something else").toString().toLatin1();
    const QByteArray location = session->headers.value("Location") + "&digest=" + digest;
    put.url = QUrl::fromEncoded(location);
    put.body = "these bytes";
    const auto answer = QCoro::waitFor(m_client->send(put, {}, Go));
    COMPARE_ERROR(answer, Error::Code::DigestMismatch);
    QCOMPARE(answer.error().httpStatus, 400);
    QVERIFY2(answer.error().response.contains(u"DIGEST_INVALID"_s), qPrintable(answer.error().response));
}

void TestRegistryBlobs::largeBlobArrives()
{
    RandomImageOptions options;
    options.layerSizes = {48 * 1024 * 1024};
    options.isCompressible = false;
    const RandomImage image = randomImage(14, options);
    const RandomBlob& layer = image.blob(image.blobsOf().constLast().descriptor.digest);
    QVERIFY(layer.descriptor.size > 40 * 1024 * 1024);
    VERIFY_RESULT(
        QCoro::waitFor(repository(u"large"_s)->pushBlob(layer.descriptor, layer.factory(), {}, Go)));
    const auto bytes = readBack(repository(u"large"_s), layer.descriptor);
    VERIFY_RESULT(bytes);
    QCOMPARE(Digest::ofBytes(*bytes), layer.descriptor.digest);
}

void TestRegistryBlobs::streamOfUnknownSizeGoesUpInChunks_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("nothing") << 0;
    QTest::newRow("one byte") << 1;
    QTest::newRow("less than a chunk") << 1'000'000;
    QTest::newRow("exactly one chunk") << 4 * 1024 * 1024;
    QTest::newRow("exactly two chunks") << 8 * 1024 * 1024;
    QTest::newRow("two and a bit") << 8 * 1024 * 1024 + 1;
}

void TestRegistryBlobs::streamOfUnknownSizeGoesUpInChunks()
{
    QFETCH(const int, size);
    QByteArray bytes(size, Qt::Uninitialized);
    for (int i = 0; i < size; ++i)
        bytes[i] = static_cast<char>((i * 7 + i / 251) & 0xff);
    QList<qint64> seen;
    const auto blob = QCoro::waitFor(repository(u"stream"_s)
                                         ->pushStream(
                                             StreamedBlob::once(MediaType::OciLayer, memorySource(bytes)),
                                             [&seen](qint64 done) { seen.append(done); }, Go));
    VERIFY_RESULT(blob);
    QCOMPARE(blob->digest, Digest::ofBytes(bytes));
    QCOMPARE(blob->size, size);
    QCOMPARE(blob->mediaType, MediaType::OciLayer);
    QCOMPARE(m_registry->storedBlob(blob->digest.toString()), bytes);
    QCOMPARE(seen.constLast(), size);
}

void TestRegistryBlobs::blobIsMountedFromAnotherRepository()
{
    const QByteArray bytes("a blob to be mounted");
    const Descriptor blob = blobOf(bytes);
    VERIFY_RESULT(pushBytes(repository(u"mount/from"_s), bytes));
    const auto mounted = QCoro::waitFor(repository(u"mount/to"_s)->mountBlob(blob, u"mount/from"_s, Go));
    VERIFY_RESULT(mounted);
    QVERIFY(*mounted);
    const auto read = readBack(repository(u"mount/to"_s), blob);
    VERIFY_RESULT(read);
    QCOMPARE(*read, bytes);
}

void TestRegistryBlobs::mountThatFailsGoesOnAsAnUpload()
{
    const QByteArray bytes("a blob that was nowhere to be mounted from");
    const Descriptor blob = blobOf(bytes);
    const auto to = repository(u"mount/fails"_s);
    const qsizetype before = m_registry->log().count("http.request.method=POST");
    const auto mounted = QCoro::waitFor(to->mountBlob(blob, u"mount/nowhere"_s, Go));
    VERIFY_RESULT(mounted);
    QVERIFY(!*mounted);
    VERIFY_RESULT(QCoro::waitFor(to->pushBlob(blob, factoryOf(bytes), {}, Go)));
    QCOMPARE(m_registry->storedBlob(blob.digest.toString()), bytes);
    // The session that the registry opened in place of the mount was used: no second POST.
    QTRY_COMPARE(m_registry->log().count("http.request.method=POST") - before, 1);
}

void TestRegistryBlobs::blobIsReadFromTheMiddle_data()
{
    QTest::addColumn<int>("offset");
    QTest::newRow("start") << 0;
    QTest::newRow("second byte") << 1;
    QTest::newRow("middle") << 500'000;
    QTest::newRow("last byte") << 999'999;
    QTest::newRow("end") << 1'000'000;
}

void TestRegistryBlobs::blobIsReadFromTheMiddle()
{
    QFETCH(const int, offset);
    QByteArray bytes(1'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>((i * 31 + i / 253) & 0xff);
    const Descriptor blob = blobOf(bytes);
    VERIFY_RESULT(pushBytes(repository(u"middle"_s), bytes));
    const auto rest = readBack(repository(u"middle"_s), blob, offset);
    VERIFY_RESULT(rest);
    QCOMPARE(*rest, bytes.mid(offset));
}

void TestRegistryBlobs::checkPushLeavesNothingBehind()
{
    VERIFY_RESULT(QCoro::waitFor(repository(u"check"_s)->checkPush(Go)));
    QCOMPARE(openUploads(*m_registry, u"check"_s), 0);
    HttpRequest start; // what is not cancelled is seen
    start.method = "POST";
    start.url = m_client->url(u"/v2/check/blobs/uploads/"_s);
    VERIFY_RESULT(QCoro::waitFor(m_client->send(start, {}, Go)));
    QCOMPARE(openUploads(*m_registry, u"check"_s), 1);
}

void TestRegistryBlobs::readOnlyRegistrySaysNo()
{
    RegistryOptions options;
    options.isReadOnly = true;
    RegistryProcess registry(options);
    QVERIFY(registry.start());
    const auto client = anonymousClient(m_http, registry.host());
    const auto check = QCoro::waitFor(client->repository(u"x"_s)->checkPush(Go));
    COMPARE_ERROR(check, Error::Code::Unsupported);
    const auto pushed =
        QCoro::waitFor(client->repository(u"x"_s)->pushBlob(blobOf("x"), factoryOf("x"), {}, Go));
    COMPARE_ERROR(pushed, Error::Code::Unsupported);
}

void TestRegistryBlobs::stopEndsAnUpload()
{
    const QByteArray bytes(20 * 1024 * 1024, 's');
    std::stop_source stop;
    const auto progress = [&stop](qint64 done) {
        if (done > 0)
            stop.request_stop();
    };
    const auto pushed = QCoro::waitFor(
        repository(u"stop"_s)->pushBlob(blobOf(bytes), factoryOf(bytes), progress, stop.get_token()));
    COMPARE_ERROR(pushed, Error::Code::Cancelled);
    const auto presence = QCoro::waitFor(repository(u"stop"_s)->blobPresence(blobOf(bytes), Go));
    VERIFY_RESULT(presence);
    QVERIFY(*presence == Presence::Absent);
    // docker-registry 2.8 cannot forget an upload that broke off (it takes no address whose offset is not the
    // right one, and tells none); what is cancelled between two requests it can.
}

QTEST_GUILESS_MAIN(TestRegistryBlobs)
#include "tst_registryblobs.moc"
