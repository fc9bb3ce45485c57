// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "base/stoppablesleep.h"
#include "base/taskgroup.h"
#include "content/verify.h"
#include "oci/mediatype.h"
#include "store/ingest.h"
#include "support/resulttest.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

namespace {

//! Gives some bytes and then breaks off, or waits until it is told to stop.
class BreakingSource : public ByteSource
{
public:
    BreakingSource(QByteArray bytes, std::optional<Error> error)
        : m_bytes(std::move(bytes)), m_error(std::move(error))
    { }

    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token stop) override
    {
        const QByteArray piece = m_bytes.first(std::min<qsizetype>(maxSize, m_bytes.size()));
        m_bytes.slice(piece.size());
        return next(piece, m_error, std::move(stop));
    }
    [[nodiscard]] qint64 size() const override { return -1; }

private:
    static Task<Result<QByteArray>> next(QByteArray piece, std::optional<Error> error, std::stop_token stop)
    {
        if (!piece.isEmpty())
            co_return Result<QByteArray>(std::move(piece));
        if (error)
            co_return std::unexpected(std::move(*error));
        auto slept = co_await sleepFor(std::chrono::hours(1), std::move(stop));
        if (!slept)
            co_return std::unexpected(std::move(slept.error()));
        co_return QByteArray();
    }

    QByteArray m_bytes;
    std::optional<Error> m_error;
};

Task<Result<ByteSourcePtr>> openBreaking(QByteArray bytes, std::optional<Error> error)
{
    co_return ByteSourcePtr(std::make_shared<BreakingSource>(std::move(bytes), std::move(error)));
}

Task<Result<void>> pushTwiceAtOnce(std::shared_ptr<ContentWriter> one, std::shared_ptr<ContentWriter> two,
                                   Blob blob)
{
    TaskGroup group({});
    for (const auto& writer : {one, two}) {
        group.spawn([writer, blob](std::stop_token stop) {
            return writer->pushBlob(blob.descriptor, sourceOf(blob.bytes), {}, stop);
        });
    }
    auto done = co_await group.join();
    co_return Result<void>(std::move(done));
}

} // namespace

class TestStoreWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = ImageStore::open(m_folder->path());
        VERIFY_RESULT(store);
        m_store = *store;
        m_writer = m_store->writer();
    }

    void cleanup()
    {
        m_writer.reset();
        m_store.reset();
        // Whatever happened: nothing half-written, and no lease outlives its writer.
        QCOMPARE(filesIn(m_folder->filePath(u"ingest"_s)), QStringList());
    }

    void storesABlobOfManyPieces()
    {
        const Blob blob = layerOf("large", 5 * PieceSize + 17);
        QList<qint64> progress;
        const auto pushed = QCoro::waitFor(m_writer->pushBlob(
            blob.descriptor, sourceOf(blob.bytes), [&](qint64 done) { progress.append(done); }, {}));
        VERIFY_RESULT(pushed);
        QCOMPARE(contentOf(m_store->blobPath(blob.digest())), blob.bytes);
        QVERIFY(m_store->hasBlob(blob.descriptor));
        QCOMPARE(progress.size(), 6);
        QVERIFY(std::ranges::is_sorted(progress));
        QCOMPARE(progress.last(), blob.size());
    }

    void storesAnEmptyBlob()
    {
        const Blob blob = blobOf(MediaType::OciLayer, {});
        VERIFY_RESULT(pushBlob(m_writer, blob));
        QVERIFY(m_store->hasBlob(blob.descriptor));
    }

    void storesUnderSha512()
    {
        Blob blob = layerOf("other algorithm", 1000);
        Hasher hasher(u"sha512"_s);
        hasher.update(blob.bytes);
        blob.descriptor.digest = hasher.finish();
        VERIFY_RESULT(pushBlob(m_writer, blob));
        QVERIFY(QFile::exists(m_folder->filePath(u"blobs/sha512/"_s + blob.digest().hex())));
        const auto read = m_store->readBlob(blob.descriptor);
        VERIFY_RESULT(read);
        QCOMPARE(*read, blob.bytes);
    }

    void refusesBytesThatAreNotTheOnes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray right = layerOf("right", 3 * PieceSize).bytes;
        QByteArray flipped = right;
        flipped[PieceSize + 5] = static_cast<char>(flipped[PieceSize + 5] ^ 1);
        QTest::newRow("one bit") << flipped;
        QTest::newRow("too short") << right.chopped(1);
        QTest::newRow("a byte more") << right + 'x';
        QTest::newRow("much more") << right + right;
        QTest::newRow("nothing") << QByteArray();
    }

    void refusesBytesThatAreNotTheOnes()
    {
        QFETCH(const QByteArray, bytes);
        const Blob blob = layerOf("right", 3 * PieceSize);
        const auto pushed = QCoro::waitFor(m_writer->pushBlob(blob.descriptor, sourceOf(bytes), {}, {}));
        COMPARE_ERROR(pushed, Error::Code::DigestMismatch);
        QCOMPARE(pushed.error().subject, blob.digest().toString());
        QVERIFY(!QFile::exists(m_store->blobPath(blob.digest())));
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
    }

    void secondPushMovesNothing()
    {
        const Blob blob = layerOf("twice", 1000);
        VERIFY_RESULT(pushBlob(m_writer, blob));
        QVERIFY(makeOlder(m_store->blobPath(blob.digest()), std::chrono::hours(48)));
        bool isOpened = false;
        qint64 done = 0;
        const SourceFactory open = [&](qint64, std::stop_token) {
            isOpened = true;
            return openBreaking({}, std::nullopt);
        };
        VERIFY_RESULT(QCoro::waitFor(
            m_store->writer()->pushBlob(blob.descriptor, open, [&](qint64 bytes) { done = bytes; }, {})));
        QVERIFY(!isOpened);
        QCOMPARE(done, blob.size());
        // And it is as good as new: no sweep by age takes it from under this push.
        const QFileInfo file(m_store->blobPath(blob.digest()));
        QVERIFY(file.lastModified().secsTo(QDateTime::currentDateTime()) < 3600);
    }

    void replacesABlobThatWasCutShort()
    {
        const Blob blob = layerOf("cut", 1000);
        QVERIFY(writeFile(m_store->blobPath(blob.digest()), blob.bytes.first(10)));
        const auto presence = QCoro::waitFor(m_writer->blobPresence(blob.descriptor, {}));
        VERIFY_RESULT(presence);
        QCOMPARE(*presence, Presence::Absent);
        VERIFY_RESULT(pushBlob(m_writer, blob));
        QCOMPARE(contentOf(m_store->blobPath(blob.digest())), blob.bytes);
    }

    void tellsWhatIsHere()
    {
        const Blob blob = layerOf("here", 1000);
        const Blob absent = layerOf("absent", 1000);
        VERIFY_RESULT(pushBlob(m_writer, blob));
        for (const auto& [descriptor, expected] : {std::pair(blob.descriptor, Presence::Present),
                                                   std::pair(absent.descriptor, Presence::Absent)}) {
            const auto presence = QCoro::waitFor(m_writer->blobPresence(descriptor, {}));
            VERIFY_RESULT(presence);
            QCOMPARE(*presence, expected);
            const auto mounted = QCoro::waitFor(m_writer->mountBlob(descriptor, u"alice/ui"_s, {}));
            VERIFY_RESULT(mounted);
            QCOMPARE(*mounted, expected == Presence::Present);
            const auto manifest = QCoro::waitFor(m_writer->manifestPresence(descriptor, {}));
            VERIFY_RESULT(manifest);
            QCOMPARE(*manifest, expected);
        }
    }

    void twoPushesOfOneBlobAgree()
    {
        const Blob blob = layerOf("both", 4 * PieceSize);
        VERIFY_RESULT(QCoro::waitFor(pushTwiceAtOnce(m_writer, m_writer, blob)));
        VERIFY_RESULT(
            QCoro::waitFor(pushTwiceAtOnce(m_writer, m_store->writer(), layerOf("both2", 4 * PieceSize))));
        QCOMPARE(contentOf(m_store->blobPath(blob.digest())), blob.bytes);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
    }

    // Larger parts are kept: tst_storeresume.
    void brokenSourceLeavesNoSmallPart()
    {
        const Blob blob = layerOf("broken", 3 * PieceSize);
        const SourceFactory open = [&](qint64, std::stop_token) {
            return openBreaking(blob.bytes.first(Ingest::LeastKept - 1),
                                Error::make(Error::Code::Network, u"registry.example"_s, u"line lost"_s));
        };
        const auto pushed = QCoro::waitFor(m_writer->pushBlob(blob.descriptor, open, {}, {}));
        COMPARE_ERROR(pushed, Error::Code::Network);
        QCOMPARE(pushed.error().subject, u"registry.example"_s);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
        QVERIFY(!m_store->hasBlob(blob.descriptor));
    }

    void sourceThatCannotBeOpenedLeavesNothing()
    {
        const Blob blob = layerOf("closed", 10);
        const SourceFactory open = [](qint64, std::stop_token) -> Task<Result<ByteSourcePtr>> {
            return [](std::stop_token) -> Task<Result<ByteSourcePtr>> {
                co_return fail(Error::Code::NotFound, u"blob"_s, u"gone"_s);
            }({});
        };
        COMPARE_ERROR(QCoro::waitFor(m_writer->pushBlob(blob.descriptor, open, {}, {})),
                      Error::Code::NotFound);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
    }

    void stopLeavesNoSmallPart()
    {
        const Blob blob = layerOf("stopped", 4 * PieceSize);
        std::stop_source midway;
        const SourceFactory open = [&](qint64, std::stop_token) {
            return openBreaking(blob.bytes.first(Ingest::LeastKept - 1), std::nullopt); // and then silence
        };
        const auto pushed = QCoro::waitFor(m_writer->pushBlob(
            blob.descriptor, open, [&](qint64) { midway.request_stop(); }, midway.get_token()));
        COMPARE_ERROR(pushed, Error::Code::Cancelled);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
        QVERIFY(!m_store->hasBlob(blob.descriptor));

        std::stop_source stopper;
        stopper.request_stop();
        COMPARE_ERROR(QCoro::waitFor(
                          m_writer->pushBlob(blob.descriptor, sourceOf(blob.bytes), {}, stopper.get_token())),
                      Error::Code::Cancelled);
        COMPARE_ERROR(
            QCoro::waitFor(m_writer->pushManifest({blob.descriptor, blob.bytes}, {}, stopper.get_token())),
            Error::Code::Cancelled);
    }

    //! Somebody needs the room: of the blob that did not fit, and of all that this job has begun.
    void fullDiskTakesWhatBrokeOffBefore()
    {
        const Blob blob = layerOf("broken", 3 * PieceSize);
        const SourceFactory open = [&](qint64, std::stop_token) {
            return openBreaking(blob.bytes.first(2 * PieceSize),
                                Error::make(Error::Code::Network, u"registry.example"_s, u"line lost"_s));
        };
        COMPARE_ERROR(QCoro::waitFor(m_writer->pushBlob(blob.descriptor, open, {}, {})),
                      Error::Code::Network);
        QCOMPARE(unfinishedIn(m_folder->path()).size(), 1);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit limit = {1'000'000, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
        const auto pushed = pushBlob(m_writer, layerOf("too large", 2'000'000));
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        COMPARE_ERROR(pushed, Error::Code::DiskFull);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
    }

    void streamsGetTheirDigestAtTheEnd()
    {
        const Blob blob = layerOf("stream", 3 * PieceSize + 1);
        qint64 done = 0;
        const auto pushed = QCoro::waitFor(
            m_writer->pushStream(StreamedBlob::once(MediaType::OciLayerGzip, memorySource(blob.bytes)),
                                 [&](qint64 bytes) { done = bytes; }, {}));
        VERIFY_RESULT(pushed);
        QCOMPARE(pushed->digest, blob.digest());
        QCOMPARE(pushed->size, blob.size());
        QCOMPARE(pushed->mediaType, QString(MediaType::OciLayerGzip));
        QCOMPARE(done, blob.size());
        QCOMPARE(contentOf(m_store->blobPath(blob.digest())), blob.bytes);
        // Again: the same, and nothing is left over.
        VERIFY_RESULT(QCoro::waitFor(
            m_writer->pushStream(StreamedBlob::once(MediaType::OciLayer, memorySource(blob.bytes)), {}, {})));
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());

        const auto source = std::make_shared<BreakingSource>(
            "begin", Error::make(Error::Code::Corrupt, u"archive.tar"_s, u"ends early"_s));
        COMPARE_ERROR(
            QCoro::waitFor(m_writer->pushStream(StreamedBlob::once(MediaType::OciLayer, source), {}, {})),
            Error::Code::Corrupt);
        QCOMPARE(unfinishedIn(m_folder->path()), QStringList());
    }

    void manifestGetsItsNamesAtOnce()
    {
        const Image image = imageOf({layerOf("a", 10)}, u"amd64"_s);
        VERIFY_RESULT(
            pushImage(m_writer, image, {u"docker.io/library/a:1"_s, u"docker.io/library/a:latest"_s}));
        const auto stored = m_store->image(u"a:1"_s);
        VERIFY_RESULT(stored);
        QCOMPARE(stored->names.size(), 2);
        const auto bytes = m_store->readBlob(stored->target);
        VERIFY_RESULT(bytes);
        QCOMPARE(*bytes, image.manifest.bytes);
    }

    void manifestWithoutNamesIsNoImageYet()
    {
        const Image image = imageOf({layerOf("a", 10)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_writer, image, {}));
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QVERIFY(snapshot->images.isEmpty());
        QVERIFY(m_store->hasBlob(image.manifest.descriptor));
        // What this writer holds is on its way to a name, and nothing to reclaim.
        QCOMPARE(snapshot->usage.reclaimable, 0);
        m_writer.reset();
        const auto usage = m_store->diskUsage();
        VERIFY_RESULT(usage);
        QCOMPARE(usage->reclaimable, image.size());
        VERIFY_RESULT(m_store->setNames(image.manifest.descriptor, {u"a"_s}));
        QCOMPARE(m_store->diskUsage()->reclaimable, 0);
    }

    void refusesBrokenManifests()
    {
        const Image image = imageOf({layerOf("a", 10)}, u"amd64"_s);
        const auto push = [&](const Descriptor& descriptor, const QByteArray& bytes,
                              const QStringList& names) {
            return QCoro::waitFor(m_writer->pushManifest({descriptor, bytes}, names, {}));
        };
        COMPARE_ERROR(push(image.manifest.descriptor, image.manifest.bytes + ' ', {u"a"_s}),
                      Error::Code::DigestMismatch);
        Descriptor wrongSize = image.manifest.descriptor;
        wrongSize.size += 1;
        COMPARE_ERROR(push(wrongSize, image.manifest.bytes, {u"a"_s}), Error::Code::DigestMismatch);
        const Blob large = layerOf("{", MaxManifestSize + 1);
        COMPARE_ERROR(push(large.descriptor, large.bytes, {u"a"_s}), Error::Code::InvalidInput);
        const Blob garbage = blobOf(MediaType::OciManifest, "{\"schemaVersion\":2,");
        COMPARE_ERROR(push(garbage.descriptor, garbage.bytes, {u"a"_s}), Error::Code::Corrupt);
        COMPARE_ERROR(push(image.manifest.descriptor, image.manifest.bytes, {u"Not A Name"_s}),
                      Error::Code::InvalidInput);
        QCOMPARE(filesIn(m_folder->filePath(u"blobs"_s)), QStringList());
    }

    void strangeDocumentsAreKeptAsTheyAre()
    {
        const Blob strange = blobOf("application/vnd.example.thing+json"_L1, "{\"anything\":1}");
        VERIFY_RESULT(pushManifest(m_writer, strange, {u"strange"_s}));
        const auto content = QCoro::waitFor(m_store->reader()->fetchManifest(u"strange"_s, {}));
        VERIFY_RESULT(content);
        QCOMPARE(content->bytes, strange.bytes);
        QCOMPARE(content->descriptor.mediaType, strange.descriptor.mediaType);
    }

    void noticesThatABlobWasTakenAway()
    {
        const Image image = imageOf({layerOf("a", 10)}, u"amd64"_s);
        VERIFY_RESULT(pushBlob(m_writer, image.layers.first()));
        VERIFY_RESULT(pushBlob(m_writer, image.config));
        QVERIFY(
            QFile::remove(m_store->blobPath(image.layers.first().digest()))); // by a program without manners
        const auto pushed = pushManifest(m_writer, image.manifest, {u"a"_s});
        COMPARE_ERROR(pushed, Error::Code::Conflict);
        QCOMPARE(pushed.error().subject, image.layers.first().digest().toString());
        COMPARE_ERROR(m_store->resolve(u"a"_s), Error::Code::NotFound);
        VERIFY_RESULT(pushImage(m_writer, image, {u"a"_s}));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    std::shared_ptr<ContentWriter> m_writer;
};

QTEST_GUILESS_MAIN(TestStoreWriter)
#include "tst_storewriter.moc"
