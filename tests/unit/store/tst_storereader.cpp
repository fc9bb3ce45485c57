// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "support/resulttest.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

class TestStoreReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = ImageStore::open(m_folder->path());
        VERIFY_RESULT(store);
        m_store = *store;
        m_amd = imageOf({layerOf("amd", 3 * PieceSize)}, u"amd64"_s);
        m_arm = imageOf({layerOf("arm", 300)}, u"arm64"_s);
        m_index = indexOf({m_amd, m_arm});
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, m_amd, {}));
        VERIFY_RESULT(pushImage(writer, m_arm, {}));
        VERIFY_RESULT(pushManifest(writer, m_index, {u"multi"_s}));
        m_reader = m_store->reader();
    }

    void cleanup()
    {
        m_reader.reset();
        m_store.reset();
    }

    void resolvesAndFetchesTheRoot()
    {
        const auto target = QCoro::waitFor(m_reader->resolve(u"docker.io/library/multi:latest"_s, {}));
        VERIFY_RESULT(target);
        QCOMPARE(*target, m_index.descriptor);
        const auto content = QCoro::waitFor(m_reader->fetchManifest(u"multi"_s, {}));
        VERIFY_RESULT(content);
        QCOMPARE(content->descriptor, m_index.descriptor);
        QCOMPARE(content->bytes, m_index.bytes);
        COMPARE_ERROR(QCoro::waitFor(m_reader->resolve(u"other"_s, {})), Error::Code::NotFound);
        COMPARE_ERROR(QCoro::waitFor(m_reader->fetchManifest(u"other"_s, {})), Error::Code::NotFound);
    }

    void fetchesChildrenByTheirDigest()
    {
        const auto content = QCoro::waitFor(m_reader->fetchManifest(m_arm.manifest.digest().toString(), {}));
        VERIFY_RESULT(content);
        QCOMPARE(content->bytes, m_arm.manifest.bytes);
        QCOMPARE(content->descriptor, m_arm.manifest.descriptor);
    }

    void fetchesWhatNoImageLeadsToYet()
    {
        const Image loose = imageOf({layerOf("loose", 30)}, u"s390x"_s);
        VERIFY_RESULT(pushImage(m_store, loose, {}));
        const auto content = QCoro::waitFor(m_reader->fetchManifest(loose.manifest.digest().toString(), {}));
        VERIFY_RESULT(content);
        QCOMPARE(content->bytes, loose.manifest.bytes);
        QCOMPARE(content->descriptor.mediaType, loose.manifest.descriptor.mediaType);
    }

    void referrersAreFoundBySubject()
    {
        const Image sbom = artifactOf(layerOf("sbom", 200), m_amd.manifest.descriptor);
        const Image signature = artifactOf(layerOf("signature", 20), sbom.manifest.descriptor);
        VERIFY_RESULT(pushImage(m_store, sbom, {}));
        VERIFY_RESULT(pushImage(m_store, signature, {u"signature"_s}));
        const auto ofImage = QCoro::waitFor(m_reader->referrers(m_amd.manifest.digest(), {}));
        VERIFY_RESULT(ofImage);
        QCOMPARE(ofImage->size(), 1);
        QVERIFY(ofImage->first().isSameContent(sbom.manifest.descriptor));
        QCOMPARE(ofImage->first().artifactType, u"application/vnd.example.note"_s);
        const auto ofSbom = QCoro::waitFor(m_reader->referrers(sbom.manifest.digest(), {}));
        VERIFY_RESULT(ofSbom);
        QCOMPARE(ofSbom->size(), 1);
        QCOMPARE(ofSbom->first().digest, signature.manifest.digest());
        const auto ofIndex = QCoro::waitFor(m_reader->referrers(m_index.digest(), {}));
        VERIFY_RESULT(ofIndex);
        QVERIFY(ofIndex->isEmpty());

        // Lists say how many there are: of the index those of its platforms too.
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QHash<Digest, int> counts;
        for (const StoredImage& image : snapshot->images)
            counts.insert(image.target.digest, image.referrers);
        const auto found = std::ranges::find(snapshot->images, sbom.manifest.digest(),
                                             [](const StoredImage& image) { return image.target.digest; });
        QVERIFY(found != snapshot->images.end());
        QCOMPARE(found->subject, m_amd.manifest.digest());
        QCOMPARE(found->subjectName, u"docker.io/library/multi:latest"_s);
        QCOMPARE(counts.value(m_index.digest()), 1);
        QCOMPARE(counts.value(sbom.manifest.digest(), -1), 1);
        QCOMPARE(counts.value(signature.manifest.digest(), -1), 0);
    }

    void imageOutlivesAReferrerThatIsPushedBeforeItsName()
    {
        const Image image = imageOf({layerOf("late", 500)}, u"riscv64"_s);
        const Image signature = artifactOf(layerOf("its signature", 20), image.manifest.descriptor);
        const auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, image, {}));
        VERIFY_RESULT(pushImage(writer, signature, {}));
        const auto collected = m_store->collectGarbage(false, true, std::chrono::seconds(0));
        VERIFY_RESULT(collected);
        VERIFY_RESULT(pushManifest(writer, image.manifest, {u"late"_s}));
        QVERIFY(QFile::exists(m_store->blobPath(image.layers.first().digest())));
    }

    void neverGivesAManifestThatIsNotRight()
    {
        QByteArray changed = m_index.bytes;
        changed[5] = static_cast<char>(changed[5] ^ 1);
        QVERIFY(writeFile(m_store->blobPath(m_index.digest()), changed));
        COMPARE_ERROR(QCoro::waitFor(m_reader->fetchManifest(u"multi"_s, {})), Error::Code::DigestMismatch);
        COMPARE_ERROR(m_store->readBlob(m_index.descriptor), Error::Code::DigestMismatch);
    }

    void opensBlobsFromAnyPlace()
    {
        const Blob& layer = m_amd.layers.first();
        const auto whole = QCoro::waitFor(m_reader->openBlob(layer.descriptor, 0, {}));
        VERIFY_RESULT(whole);
        QCOMPARE((*whole)->size(), layer.size());
        const auto file = (*whole)->file();
        QVERIFY(file);
        QCOMPARE(file->path, m_store->blobPath(layer.digest()));
        QCOMPARE(file->size, layer.size());
        const auto bytes = QCoro::waitFor(readAll(*whole, layer.size(), u"layer"_s, {}));
        VERIFY_RESULT(bytes);
        QCOMPARE(*bytes, layer.bytes);

        const auto rest = QCoro::waitFor(m_reader->openBlob(layer.descriptor, layer.size() - 7, {}));
        VERIFY_RESULT(rest);
        const auto tail = QCoro::waitFor(readAll(*rest, 100, u"layer"_s, {}));
        VERIFY_RESULT(tail);
        QCOMPARE(*tail, layer.bytes.last(7));
    }

    void blobsThatAreNotRightAreNotOpened()
    {
        const Blob& layer = m_amd.layers.first();
        Descriptor wrongSize = layer.descriptor;
        wrongSize.size -= 1;
        COMPARE_ERROR(QCoro::waitFor(m_reader->openBlob(wrongSize, 0, {})), Error::Code::Corrupt);
        COMPARE_ERROR(QCoro::waitFor(m_reader->openBlob(layerOf("none", 3).descriptor, 0, {})),
                      Error::Code::NotFound);
        COMPARE_ERROR(QCoro::waitFor(m_reader->openBlob(layer.descriptor, layer.size() + 1, {})),
                      Error::Code::InvalidInput);
    }

    void readsAreBounded()
    {
        COMPARE_ERROR(m_store->readBlob(m_amd.layers.first().descriptor, 1000), Error::Code::InvalidInput);
        const auto read = m_store->readBlob(m_amd.layers.first().descriptor, PieceSize * 3);
        VERIFY_RESULT(read);
        QCOMPARE(*read, m_amd.layers.first().bytes);
    }

    void stopEndsAtOnce()
    {
        std::stop_source stopper;
        stopper.request_stop();
        COMPARE_ERROR(QCoro::waitFor(m_reader->resolve(u"multi"_s, stopper.get_token())),
                      Error::Code::Cancelled);
        COMPARE_ERROR(QCoro::waitFor(m_reader->fetchManifest(u"multi"_s, stopper.get_token())),
                      Error::Code::Cancelled);
        COMPARE_ERROR(QCoro::waitFor(m_reader->openBlob(m_index.descriptor, 0, stopper.get_token())),
                      Error::Code::Cancelled);
    }

    void verifyFindsEveryDamage()
    {
        const auto good = m_store->verify(u"multi"_s, {});
        VERIFY_RESULT(good);
        QVERIFY(good->problems.isEmpty());
        QCOMPARE(good->blobs, 7);
        QCOMPARE(good->bytes, m_index.size() + m_amd.size() + m_arm.size());

        QByteArray flipped = m_amd.layers.first().bytes;
        flipped[PieceSize] = static_cast<char>(flipped[PieceSize] ^ 1);
        QVERIFY(writeFile(m_store->blobPath(m_amd.layers.first().digest()), flipped));
        QVERIFY(writeFile(m_store->blobPath(m_amd.config.digest()), "{}"));
        QVERIFY(QFile::remove(m_store->blobPath(m_arm.layers.first().digest())));
        for (const QString& name : {u"multi"_s, QString()}) {
            const auto bad = m_store->verify(name, {});
            VERIFY_RESULT(bad);
            QCOMPARE(bad->blobs, 4);
            QMap<Digest, Error::Code> problems;
            for (const auto& problem : bad->problems) {
                problems.insert(problem.digest, problem.error.code);
                QCOMPARE(problem.error.subject, problem.digest.toString());
            }
            QCOMPARE(problems.size(), 3);
            QVERIFY(problems.value(m_amd.layers.first().digest()) == Error::Code::DigestMismatch);
            QVERIFY(problems.value(m_amd.config.digest()) == Error::Code::DigestMismatch);
            QVERIFY(problems.value(m_arm.layers.first().digest()) == Error::Code::NotFound);
        }
        COMPARE_ERROR(m_store->verify(u"other"_s, {}), Error::Code::NotFound);
    }

    void verifyTellsWhichImagesNeedADamagedBlob()
    {
        const Image other = imageOf({m_amd.layers.first(), layerOf("other", 30)}, u"amd64"_s);
        const Image healthy = imageOf({layerOf("healthy", 30)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, other, {u"other"_s}));
        VERIFY_RESULT(pushImage(m_store, healthy, {u"healthy"_s}));
        QVERIFY(writeFile(m_store->blobPath(m_amd.layers.first().digest()), "cut"));
        QVERIFY(QFile::remove(m_store->blobPath(other.layers.at(1).digest())));
        // Asked for one image: the other one shares the damage all the same.
        const auto report = m_store->verify(u"other"_s, {});
        VERIFY_RESULT(report);
        QCOMPARE(report->problems.size(), 2);
        for (const auto& problem : report->problems) {
            const QSet<Digest> images(problem.images.cbegin(), problem.images.cend());
            const bool isShared = problem.digest == m_amd.layers.first().digest();
            QCOMPARE(images,
                     isShared ? (QSet<Digest>{m_index.digest(), other.manifest.digest()})
                              : QSet<Digest>{other.manifest.digest()});
        }
    }

    void damagedBlobsMakeRoomForGoodOnes()
    {
        const Blob& layer = m_amd.layers.first();
        QVERIFY(writeFile(m_store->blobPath(layer.digest()), QByteArray(layer.size(), 'x')));
        QVERIFY(writeFile(m_store->blobPath(m_arm.manifest.digest()), "cut"));
        // To a push the layer looks as if it were here.
        VERIFY_RESULT(pushBlob(m_store->writer(), layer));
        QCOMPARE(m_store->verify({}, {})->problems.size(), 2);
        const auto removed = m_store->removeDamaged(
            {layer.digest(), m_arm.manifest.digest(), m_index.digest(), layerOf("none", 3).digest()}, {});
        VERIFY_RESULT(removed);
        QCOMPARE(removed->blobs, 2);
        QCOMPARE(removed->bytes, layer.size() + 3);
        QVERIFY(!m_store->hasBlob(layer.descriptor));
        QVERIFY(m_store->hasBlob(m_index.descriptor));
        QVERIFY(!m_store->image(u"multi"_s)->platforms.first().isPresent);
        VERIFY_RESULT(pushBlob(m_store->writer(), layer));
        VERIFY_RESULT(pushManifest(m_store->writer(), m_arm.manifest, {}));
        QVERIFY(m_store->verify({}, {})->problems.isEmpty());
        QVERIFY(m_store->image(u"multi"_s)->platforms.first().isPresent);
    }

    void verifyPassesOverPlatformsThatWereNotPulled()
    {
        QVERIFY(QFile::remove(m_store->blobPath(m_arm.manifest.digest())));
        QVERIFY(QFile::remove(m_store->blobPath(m_arm.layers.first().digest())));
        const auto fresh = ImageStore::open(m_folder->path());
        VERIFY_RESULT(fresh);
        const auto report = (*fresh)->verify(u"multi"_s, {});
        VERIFY_RESULT(report);
        QVERIFY(report->problems.isEmpty());
        QCOMPARE(report->blobs, 4);
        QVERIFY(QFile::remove(m_store->blobPath(m_index.digest())));
        const auto rootless = (*fresh)->verify(u"multi"_s, {});
        VERIFY_RESULT(rootless);
        QCOMPARE(rootless->problems.size(), 1);
    }

    void verifyStopsWhenTold()
    {
        std::stop_source stopper;
        stopper.request_stop();
        COMPARE_ERROR(m_store->verify(u"multi"_s, stopper.get_token()), Error::Code::Cancelled);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    std::shared_ptr<ContentReader> m_reader;
    Image m_amd;
    Image m_arm;
    Blob m_index;
};

QTEST_GUILESS_MAIN(TestStoreReader)
#include "tst_storereader.moc"
