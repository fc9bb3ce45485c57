// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "support/resulttest.h"

#include <QJsonDocument>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;

class TestStoreNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = ImageStore::open(m_folder->path());
        VERIFY_RESULT(store);
        m_store = *store;
        m_first = imageOf({layerOf("base", 5000), layerOf("first", 700)}, u"amd64"_s);
        m_second = imageOf({layerOf("base", 5000), layerOf("second", 900)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, m_first, {u"docker.io/alice/ui:1"_s}));
        VERIFY_RESULT(pushImage(m_store, m_second, {u"localhost:5000/alice/ui:2"_s}));
    }

    void cleanup() { m_store.reset(); }

    void findsAnImageByAllItsNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("canonical") << u"docker.io/alice/ui:1"_s;
        QTest::newRow("familiar") << u"alice/ui:1"_s;
        QTest::newRow("manifest digest") << u"manifest"_s;
        QTest::newRow("image ID") << u"id"_s;
        QTest::newRow("bare hex") << u"hex"_s;
        QTest::newRow("twelve digits") << u"short"_s;
        QTest::newRow("four digits") << u"prefix"_s;
        QTest::newRow("name with digest") << u"digested"_s;
    }

    void findsAnImageByAllItsNames()
    {
        QFETCH(QString, name);
        const Digest id = m_first.config.digest();
        const QMap<QString, QString> special = {
            {u"manifest"_s, m_first.manifest.digest().toString()},
            {u"id"_s, id.toString()},
            {u"hex"_s, id.hex()},
            {u"short"_s, id.shortHex()},
            {u"prefix"_s, id.hex().first(4)},
            {u"digested"_s, u"other/name:x@"_s + m_first.manifest.digest().toString()}};
        const auto target = m_store->resolve(special.value(name, name));
        VERIFY_RESULT(target);
        QCOMPARE(target->digest, m_first.manifest.digest());
        QCOMPARE(target->size, m_first.manifest.size());
        QCOMPARE(target->mediaType, m_first.manifest.descriptor.mediaType);
        const auto image = m_store->image(special.value(name, name));
        VERIFY_RESULT(image);
        QCOMPARE(image->id, id);
        QCOMPARE(image->names, QStringList{u"docker.io/alice/ui:1"_s});
    }

    void unknownNamesAreNotFound_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("tag") << u"alice/ui:2"_s;
        QTest::newRow("registry") << u"localhost:5000/alice/ui:1"_s;
        QTest::newRow("three digits") << u"id"_s;
        QTest::newRow("digest") << QString(u"sha256:"_s + QString(64, u'0'));
        QTest::newRow("no name at all") << u"UPPER CASE"_s;
    }

    void unknownNamesAreNotFound()
    {
        QFETCH(QString, name);
        if (name == u"id"_s)
            name = m_first.config.digest().hex().first(3);
        const auto target = m_store->resolve(name);
        COMPARE_ERROR(target, Error::Code::NotFound);
        QCOMPARE(target.error().subject, name);
        COMPARE_ERROR(m_store->resolve(QString()), Error::Code::InvalidInput);
    }

    void ambiguousPrefixListsItsCandidates()
    {
        // Two manifests of one config: one image ID, two images.
        Image twin = m_first;
        twin.manifest = blobOf("application/vnd.oci.image.manifest.v1+json"_L1,
                               m_first.manifest.bytes.chopped(1) + R"(,"annotations":{"a":"b"}})");
        VERIFY_RESULT(pushImage(m_store, twin, {u"twin"_s}));
        const auto target = m_store->resolve(m_first.config.digest().shortHex());
        COMPARE_ERROR(target, Error::Code::Conflict);
        for (const QString& part : {m_first.manifest.digest().toString(), twin.manifest.digest().toString(),
                                    u"docker.io/alice/ui:1"_s, u"docker.io/library/twin:latest"_s})
            QVERIFY2(target.error().message.contains(part), qPrintable(target.error().message));
        VERIFY_RESULT(m_store->resolve(twin.manifest.digest().toString()));
    }

    void findsThePlatformsOfAnIndex()
    {
        const Image arm = imageOf({layerOf("arm", 300)}, u"arm64"_s);
        const Blob index = indexOf({m_first, arm});
        auto writer = m_store->writer();
        VERIFY_RESULT(pushImage(writer, arm, {}));
        VERIFY_RESULT(pushManifest(writer, index, {u"multi"_s}));
        for (const QString& name : {arm.manifest.digest().toString(), arm.config.digest().toString(),
                                    arm.config.digest().shortHex()}) {
            const auto target = m_store->resolve(name);
            VERIFY_RESULT(target);
            QCOMPARE(target->digest, arm.manifest.digest());
            QCOMPARE(target->size, arm.manifest.size());
            const auto image = m_store->image(name);
            VERIFY_RESULT(image);
            QCOMPARE(image->target.digest, index.digest());
        }
    }

    void namesAreKeptCanonical()
    {
        const auto before = m_store->setNames(m_first.manifest.descriptor, {u"nginx"_s, u"alice/ui:1"_s});
        VERIFY_RESULT(before);
        QCOMPARE(before->keys(), QStringList{u"alice/ui:1"_s});
        const auto image = m_store->image(u"nginx"_s);
        VERIFY_RESULT(image);
        QCOMPARE(image->names, (QStringList{u"docker.io/alice/ui:1"_s, u"docker.io/library/nginx:latest"_s}));
    }

    void movingANameTellsWhereItWas()
    {
        const auto before =
            m_store->setNames(m_second.manifest.descriptor, {u"docker.io/alice/ui:1"_s, u"new:1"_s});
        VERIFY_RESULT(before);
        QCOMPARE(before->size(), 1);
        QCOMPARE(before->value(u"docker.io/alice/ui:1"_s).digest, m_first.manifest.digest());
        const auto target = m_store->resolve(u"alice/ui:1"_s);
        VERIFY_RESULT(target);
        QCOMPARE(target->digest, m_second.manifest.digest());
        // The image that lost its last name is still here, untagged.
        const auto image = m_store->image(m_first.config.digest().toString());
        VERIFY_RESULT(image);
        QVERIFY(image->names.isEmpty());
    }

    void nameNeedsAnImageThatIsHere()
    {
        const Image other = imageOf({layerOf("other", 10)}, u"amd64"_s);
        COMPARE_ERROR(m_store->setNames(other.manifest.descriptor, {u"x"_s}), Error::Code::NotFound);
        Descriptor wrongSize = m_first.manifest.descriptor;
        wrongSize.size += 1;
        COMPARE_ERROR(m_store->setNames(wrongSize, {u"x"_s}), Error::Code::NotFound);
    }

    void badNameNamesNothing()
    {
        const QByteArray before = contentOf(m_folder->filePath(u"index.json"_s));
        const auto set = m_store->setNames(m_first.manifest.descriptor, {u"good:1"_s, u"Bad Name"_s});
        COMPARE_ERROR(set, Error::Code::InvalidInput);
        QVERIFY2(set.error().toString().contains(u"Bad Name"_s), qPrintable(set.error().toString()));
        QCOMPARE(contentOf(m_folder->filePath(u"index.json"_s)), before);
    }

    void removingTheLastNameLeavesTheImage()
    {
        VERIFY_RESULT(m_store->removeNames({u"alice/ui:1"_s}));
        COMPARE_ERROR(m_store->resolve(u"alice/ui:1"_s), Error::Code::NotFound);
        const auto image = m_store->image(m_first.manifest.digest().toString());
        VERIFY_RESULT(image);
        QVERIFY(image->names.isEmpty());
        // A new name makes it an image like any other again.
        VERIFY_RESULT(m_store->setNames(image->target, {u"again:1"_s}));
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->images.size(), 2);
        QCOMPARE(snapshot->usage.reclaimable, 0);
    }

    void imageCanBeKeptWithoutAName()
    {
        const Image image = imageOf({layerOf("third", 700)}, u"amd64"_s);
        VERIFY_RESULT(pushImage(m_store, image, {}));
        const auto before = m_store->setNames(image.manifest.descriptor, {});
        VERIFY_RESULT(before);
        QVERIFY(before->isEmpty());
        const auto stored = m_store->image(image.config.digest().toString());
        VERIFY_RESULT(stored);
        QVERIFY(stored->names.isEmpty());
        QVERIFY(makeBlobsOlder(m_folder->path(), std::chrono::hours(48)));
        QCOMPARE(m_store->collectGarbage(false, false)->blobs, 0);
        // An image with a name gains nothing by it.
        VERIFY_RESULT(m_store->setNames(m_first.manifest.descriptor, {}));
        QCOMPARE(m_store->snapshot()->images.size(), 3);
    }

    void unknownNameRemovesNone()
    {
        const auto removed = m_store->removeNames({u"alice/ui:1"_s, u"alice/ui:9"_s});
        COMPARE_ERROR(removed, Error::Code::NotFound);
        QCOMPARE(removed.error().subject, u"alice/ui:9"_s);
        VERIFY_RESULT(m_store->resolve(u"alice/ui:1"_s));
    }

    void readsNamesOfOtherPrograms()
    {
        const auto entry = [](const Blob& manifest, const QByteArray& annotations) {
            QJsonObject json = manifest.descriptor.toJson();
            json.insert("annotations"_L1, QJsonDocument::fromJson(annotations).object());
            return QJsonDocument(json).toJson();
        };
        const QByteArray first = entry(m_first.manifest, R"({"org.opencontainers.image.ref.name":"v1"})");
        const QByteArray second =
            entry(m_second.manifest, R"({"io.containerd.image.name":"docker.io/library/b:7",
                                                               "org.opencontainers.image.ref.name":"7"})");
        QVERIFY(writeFile(m_folder->filePath(u"index.json"_s),
                          R"({"schemaVersion":2,"manifests":[)" + first + ',' + second + "]}"));
        const auto snapshot = m_store->snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(findImage(*snapshot, m_first.manifest.digest())->names, QStringList{u"v1"_s});
        QCOMPARE(findImage(*snapshot, m_second.manifest.digest())->names,
                 QStringList{u"docker.io/library/b:7"_s});
        for (const auto& [name, digest] :
             {std::pair(u"v1"_s, m_first.manifest.digest()), std::pair(u"b:7"_s, m_second.manifest.digest()),
              std::pair(u"7"_s, m_second.manifest.digest())}) {
            const auto target = m_store->resolve(name);
            VERIFY_RESULT(target);
            QCOMPARE(target->digest, digest);
        }
        VERIFY_RESULT(m_store->removeNames({u"v1"_s}));
        VERIFY_RESULT(m_store->setNames(m_first.manifest.descriptor, {u"b:7"_s}));
        const auto target = m_store->resolve(u"docker.io/library/b:7"_s);
        VERIFY_RESULT(target);
        QCOMPARE(target->digest, m_first.manifest.digest());
    }

    void currentTellsWhereANamePoints()
    {
        const auto writer = m_store->writer();
        const auto known = QCoro::waitFor(writer->current(u"alice/ui:1"_s, {}));
        VERIFY_RESULT(known);
        QVERIFY(known->has_value());
        QCOMPARE((*known)->digest, m_first.manifest.digest());
        // By name only: an ID is no name that a push could move.
        const auto byId = QCoro::waitFor(writer->current(m_first.config.digest().hex(), {}));
        VERIFY_RESULT(byId);
        QVERIFY(!byId->has_value());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    Image m_first;
    Image m_second;
};

QTEST_GUILESS_MAIN(TestStoreNames)
#include "tst_storenames.moc"
