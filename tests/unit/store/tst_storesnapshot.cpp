// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "oci/mediatype.h"
#include "support/resulttest.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

class TestStoreSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = ImageStore::open(m_folder->path());
        VERIFY_RESULT(store);
        m_store = *store;
    }

    void cleanup() { m_store.reset(); }

    void showsWhatAnImageIs()
    {
        const Image image = imageOf({layerOf("base", 5000), layerOf("top", 700)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, image, {u"b:1"_s, u"a:1"_s}));
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->warnings, QStringList());
        QCOMPARE(snapshot->images.size(), 1);
        const StoredImage& stored = snapshot->images.first();
        QCOMPARE(stored.target, image.manifest.descriptor);
        QCOMPARE(stored.id, image.config.digest());
        QCOMPARE(stored.names, (QStringList{u"docker.io/library/a:1"_s, u"docker.io/library/b:1"_s}));
        QCOMPARE(stored.created, QDateTime::fromString(u"2024-05-06T07:08:09Z"_s, Qt::ISODate));
        QVERIFY(!stored.isArtifact);
        QCOMPARE(stored.size, image.size());
        QCOMPARE(stored.unique, image.size());
        QCOMPARE(stored.platforms.size(), 1);
        const StoredPlatform& platform = stored.platforms.first();
        QCOMPARE(platform.platform.toString(), u"linux/amd64"_s);
        QCOMPARE(platform.configDigest, image.config.digest());
        QCOMPARE(platform.size, image.size());
        QVERIFY(platform.isPresent);
        QCOMPARE(platform.layers.size(), 2);
        QCOMPARE(platform.layers.at(1).descriptor, image.layers.at(1).descriptor);
        QCOMPARE(platform.layers.at(1).diffId, image.layers.at(1).digest());
        QCOMPARE(platform.layers.at(1).step, u"COPY step1 /"_s);
        QCOMPARE(platform.layers.at(1).sharerCount, 0);
        QCOMPARE(snapshot->usage.images, 1);
        QCOMPARE(snapshot->usage.names, 2);
    }

    void countsEveryByteOnce()
    {
        const Blob base = layerOf("base", 5000);
        const Blob middle = layerOf("middle", 300);
        const Image first = imageOf({base, middle, layerOf("first", 700)}, u"amd64"_s);
        const Image second = imageOf({base, layerOf("second", 900)}, u"amd64"_s);
        const Image third = imageOf({base, middle, layerOf("third", 40)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, first, {u"first"_s, u"first:also"_s}));
        VERIFY_RESULT(pushImage(m_store, second, {u"second"_s}));
        VERIFY_RESULT(pushImage(m_store, third, {u"third"_s}));
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        const StoredImage* one = findImage(*snapshot, first.manifest.digest());
        const StoredImage* two = findImage(*snapshot, second.manifest.digest());
        QVERIFY(one && two);
        QCOMPARE(one->size, first.size());
        QCOMPARE(one->shared, 5300);
        QCOMPARE(one->unique, first.size() - 5300);
        QCOMPARE(two->shared, 5000);
        QCOMPARE(two->unique, second.size() - 5000);

        const DiskUsage& usage = snapshot->usage;
        const qint64 sum = first.size() + second.size() + third.size();
        QCOMPARE(usage.total, bytesOfBlobs(m_folder->path()));
        QCOMPARE(usage.shared, 5300);
        QCOMPARE(usage.saved, 2 * 5000 + 300);
        QCOMPARE(usage.unique + usage.shared, usage.total);
        QCOMPARE(sum - usage.saved, usage.total);
        QCOMPARE(usage.reclaimable, 0);
        QCOMPARE(usage.unreferenced, 0);
        QCOMPARE(usage.names, 4);

        const StoredLayer& shared = one->platforms.first().layers.first();
        QCOMPARE(shared.sharerCount, 2);
        QCOMPARE(QSet<Digest>(shared.sharedWith.cbegin(), shared.sharedWith.cend()),
                 (QSet<Digest>{second.config.digest(), third.config.digest()}));
        QCOMPARE(one->platforms.first().layers.at(1).sharedWith, QList<Digest>{third.config.digest()});
        const auto alone = m_store->diskUsage();
        VERIFY_RESULT(alone);
        QCOMPARE(alone->saved, usage.saved);
        QCOMPARE(alone->total, usage.total);
    }

    void untaggedImagesAndStrayBlobsAreReclaimable()
    {
        const Blob base = layerOf("base", 5000);
        const Image kept = imageOf({base}, u"amd64"_s);
        const Image untagged = imageOf({base, layerOf("old", 700)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, kept, {u"a"_s}));
        VERIFY_RESULT(pushImage(m_store, untagged, {u"b"_s}));
        VERIFY_RESULT(m_store->removeNames({u"b"_s}));
        const Blob stray = layerOf("stray", 123);
        QVERIFY(writeFile(m_store->blobPath(stray.digest()), stray.bytes));
        QVERIFY(writeFile(m_folder->filePath(u"ingest/tagboat-dead.part"_s), QByteArray(77, 'x')));
        // Files of strangers beside blobs are none of ours.
        QVERIFY(writeFile(m_folder->filePath(u"blobs/sha256/README"_s), "hello"));
        QVERIFY(writeFile(m_folder->filePath(u"manifest.json"_s), "hello"));

        const auto usage = m_store->diskUsage();
        VERIFY_RESULT(usage);
        QCOMPARE(usage->reclaimable, untagged.size() - 5000 + 123 + 77);
        QCOMPARE(usage->unreferenced, 123 + 77);
        QCOMPARE(usage->total, kept.size() + untagged.size() - 5000 + 123 + 77);
        QCOMPARE(usage->images, 2);
        QCOMPARE(usage->names, 1);
    }

    void platformsThatWereNotPulledAreMarked()
    {
        const Image amd = imageOf({layerOf("amd", 400)}, u"amd64"_s, 2023);
        const Image arm = imageOf({layerOf("arm", 300)}, u"arm64"_s);
        const Image half = imageOf({layerOf("half", 200), layerOf("gone", 100)}, u"riscv64"_s);
        const Blob index = indexOf({amd, arm, half});
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, amd, {}));
        VERIFY_RESULT(pushBlob(writer, half.layers.first()));
        VERIFY_RESULT(pushBlob(writer, half.config));
        VERIFY_RESULT(pushManifest(writer, half.manifest, {}));
        VERIFY_RESULT(pushManifest(writer, index, {u"multi"_s}));
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->warnings, QStringList());
        QCOMPARE(snapshot->images.size(), 1);
        const StoredImage& image = snapshot->images.first();
        QCOMPARE(image.id, index.digest());
        QCOMPARE(image.size, index.size() + amd.size() + half.size() - 100);
        QCOMPARE(image.platforms.size(), 3);
        QVERIFY(image.platforms.at(0).isPresent);
        QCOMPARE(image.platforms.at(0).platform.toString(), u"linux/amd64"_s);
        QVERIFY(!image.platforms.at(1).isPresent);
        QCOMPARE(image.platforms.at(1).platform.toString(), u"linux/arm64"_s);
        QCOMPARE(image.platforms.at(1).size, arm.manifest.size());
        QVERIFY(!image.platforms.at(2).isPresent);
        QVERIFY(image.platforms.at(2).layers.at(0).isPresent);
        QVERIFY(!image.platforms.at(2).layers.at(1).isPresent);
        QCOMPARE(image.platforms.at(2).size, half.size());
        QCOMPARE(image.created.date().year(), 2024);
    }

    void foreignLayersMayBeAbsent()
    {
        Blob foreign = layerOf("foreign", 4000);
        foreign.descriptor.mediaType = u"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"_s;
        const Image image = imageOf({foreign, layerOf("own", 50)}, u"amd64"_s);
        auto writer = m_store->writer();
        VERIFY_RESULT(pushBlob(writer, image.layers.at(1)));
        VERIFY_RESULT(pushBlob(writer, image.config));
        VERIFY_RESULT(pushManifest(writer, image.manifest, {u"windows"_s}));
        const auto stored = m_store->image(u"windows"_s);
        VERIFY_RESULT(stored);
        QVERIFY(stored->platforms.first().isPresent);
        QVERIFY(!stored->platforms.first().layers.first().isPresent);
        QCOMPARE(stored->size, image.size() - 4000);
        const auto verified = m_store->verify(u"windows"_s, {});
        VERIFY_RESULT(verified);
        QVERIFY(verified->problems.isEmpty());
    }

    void artifactsGoByTheirManifest()
    {
        const Image note = artifactOf(layerOf("note", 20), {});
        const Image other = artifactOf(layerOf("other", 30), {});
        VERIFY_RESULT(pushImage(m_store, note, {u"note"_s}));
        VERIFY_RESULT(pushImage(m_store, other, {u"other"_s}));
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        const StoredImage* stored = findImage(*snapshot, note.manifest.digest());
        QVERIFY(stored);
        QVERIFY(stored->isArtifact);
        QCOMPARE(stored->artifactType, u"application/vnd.example.note"_s);
        // All artifacts share the empty config: as an ID it would stand for all of them.
        QCOMPARE(stored->id, note.manifest.digest());
        QCOMPARE(stored->shared, 2);
    }

    void damageIsShownAndNeverFatal()
    {
        const Image good = imageOf({layerOf("good", 10)}, u"amd64"_s);
        const Image bad = imageOf({layerOf("bad", 20)}, u"amd64"_s);
        const Image configless = imageOf({layerOf("c", 30)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, good, {u"good"_s}));
        VERIFY_RESULT(pushImage(m_store, bad, {u"bad"_s}));
        VERIFY_RESULT(pushImage(m_store, configless, {u"configless"_s}));
        QVERIFY(writeFile(m_store->blobPath(bad.manifest.digest()), QByteArray(bad.manifest.size(), 'x')));
        QVERIFY(writeFile(m_store->blobPath(configless.config.digest()),
                          QByteArray(configless.config.size(), 'x')));
        auto fresh = ImageStore::open(m_folder->path()); // whose memory knows nothing of better days
        VERIFY_RESULT(fresh);
        const auto snapshot = (*fresh)->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->images.size(), 3);
        QCOMPARE(snapshot->warnings.size(), 2);
        QVERIFY(snapshot->warnings.join(u' ').contains(bad.manifest.digest().toString()));
        QVERIFY(snapshot->warnings.join(u' ').contains(configless.config.digest().toString()));
        QVERIFY(!findImage(*snapshot, bad.manifest.digest())->platforms.first().isPresent);
        QVERIFY(findImage(*snapshot, good.manifest.digest())->platforms.first().isPresent);
    }

    void listsManySharersWithoutGrowingBeyondMeasure()
    {
        const Blob base = layerOf("base", 500);
        auto writer = m_store->writer();
        VERIFY_RESULT(pushBlob(writer, base));
        constexpr int Count = StoredLayer::MaxSharersListed + 20;
        Image image;
        for (int i = 0; i < Count; ++i) {
            image = imageOf({base}, u"arch%1"_s.arg(i));
            VERIFY_RESULT(pushImage(writer, image, {u"many:%1"_s.arg(i)}));
        }
        const auto stored = m_store->image(image.manifest.digest().toString());
        VERIFY_RESULT(stored);
        QCOMPARE(stored->platforms.first().layers.first().sharerCount, Count - 1);
        QCOMPARE(stored->platforms.first().layers.first().sharedWith.size(), StoredLayer::MaxSharersListed);
        QCOMPARE(stored->shared, 500);
    }

    void seesWhatAnotherInstanceDid()
    {
        const auto other = ImageStore::open(m_folder->path());
        VERIFY_RESULT(other);
        VERIFY_RESULT(m_store->snapshot());
        const Image image = imageOf({layerOf("a", 10)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(*other, image, {u"a"_s}));
        VERIFY_RESULT(m_store->resolve(u"a"_s));
        VERIFY_RESULT((*other)->removeImages({image.config.digest()}));
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QVERIFY(snapshot->images.isEmpty());
        QCOMPARE(snapshot->usage.total, 0);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
};

QTEST_GUILESS_MAIN(TestStoreSnapshot)
#include "tst_storesnapshot.moc"
