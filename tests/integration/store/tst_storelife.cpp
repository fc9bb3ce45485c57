// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judges.h"
#include "support/randomimage/checkimage.h"

#include "support/resulttest.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include <random>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::StoreTest;
using namespace Tagboat::Testing;

namespace {

constexpr int Steps = 300;

//! Images that share layers, among them some of several platforms.
QList<RandomImage> somePictures(quint64 seed)
{
    QList<RandomImage> images;
    for (quint64 i = 0; i < 12; ++i) {
        RandomImageOptions options;
        options.layerSizes = {4000, 3000, 2000};
        options.sharedLayers = static_cast<int>(i % 3);
        options.sharedSeed = seed + i % 2;
        if (i % 4 == 0) {
            for (const QString& name : {u"linux/amd64"_s, u"linux/arm64"_s})
                options.platforms.append(Platform::parse(name).value());
            options.hasAttestation = i % 8 == 0;
        }
        images.append(randomImage(seed * 100 + i, options));
    }
    return images;
}

QSet<Digest> digestsOf(const RandomImage& image)
{
    QSet<Digest> digests = {image.target.digest};
    for (const ManifestContent& manifest : image.manifests)
        digests.insert(manifest.descriptor.digest);
    for (const RandomBlob& blob : image.blobs)
        digests.insert(blob.descriptor.digest);
    return digests;
}

QSet<Digest> blobsIn(const QString& layout)
{
    QSet<Digest> digests;
    QDirIterator files(layout + u"/blobs"_s, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QFileInfo file = files.nextFileInfo();
        digests.insert(
            Digest::parse(QString(file.dir().dirName() + u':' + file.fileName())).value_or(Digest()));
    }
    return digests;
}

} // namespace

//! Hundreds of random steps, beside a plain list of what must come out of them.
class TestStoreLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomLifeKeepsEveryImageWhole_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::newRow("known seed") << quint64(20240506);
        const quint64 seed = qEnvironmentVariableIsSet("TAGBOAT_SEED")
            ? qEnvironmentVariable("TAGBOAT_SEED").toULongLong()
            : std::random_device()();
        QTest::addRow("TAGBOAT_SEED=%llu", seed) << seed;
    }

    void randomLifeKeepsEveryImageWhole()
    {
        QFETCH(const quint64, seed);
        qInfo("seed %llu", seed);
        std::mt19937_64 random(seed);
        const auto below = [&](qsizetype bound) {
            return static_cast<qsizetype>(random() % static_cast<quint64>(bound));
        };
        const QTemporaryDir folder;
        const auto opened = ImageStore::open(folder.path());
        VERIFY_RESULT(opened);
        const std::shared_ptr<ImageStore> images = *opened;
        const QList<RandomImage> pictures = somePictures(seed % 1000);

        QMap<QString, qsizetype> names; // what must be true: name → picture
        QSet<qsizetype> here;           // named or untagged
        for (int step = 0; step < Steps; ++step) {
            const qsizetype chosen = below(pictures.size());
            const RandomImage& picture = pictures.at(chosen);
            const QString name = u"registry.example:5000/life/of%1:%2"_s.arg(below(3)).arg(below(5));
            switch (below(6)) {
            case 0:
            case 1: {
                VERIFY_RESULT(store(images, picture, {name}));
                names.insert(name, chosen);
                here.insert(chosen);
                break;
            }
            case 2: {
                const auto set = images->setNames(picture.target, {name});
                QCOMPARE(set.has_value(), here.contains(chosen));
                if (!set)
                    break;
                names.insert(name, chosen);
                break;
            }
            case 3: {
                const auto removed = images->removeNames({name});
                QCOMPARE(removed.has_value(), names.contains(name));
                names.remove(name);
                break;
            }
            case 4: {
                const auto plan = images->planRemoval({}, {picture.target.digest});
                const auto removed = images->removeImages({picture.target.digest});
                QCOMPARE(removed.has_value(), here.contains(chosen));
                if (!removed)
                    break;
                VERIFY_RESULT(plan);
                QCOMPARE(removed->bytes, plan->bytesFreed);
                here.remove(chosen);
                names.removeIf([&](auto entry) { return entry.value() == chosen; });
                break;
            }
            default: {
                const bool untagged = below(2) == 0;
                VERIFY_RESULT(images->collectGarbage(false, untagged, 0s));
                const QList<qsizetype> held = names.values();
                if (untagged)
                    here = QSet<qsizetype>(held.cbegin(), held.cend());
            }
            }
            checkAgainst(*images, pictures, names, here);
            if (QTest::currentTestFailed())
                return;
        }

        const auto verified = images->verify({}, {});
        VERIFY_RESULT(verified);
        QVERIFY(verified->problems.isEmpty());
        VERIFY_RESULT(images->collectGarbage(false, true, 0s));
        QSet<Digest> needed;
        for (const qsizetype picture : std::as_const(names))
            needed.unite(digestsOf(pictures.at(picture)));
        QCOMPARE(blobsIn(folder.path()), needed);
        QCOMPARE(images->diskUsage()->reclaimable, 0);
        for (auto name = names.cbegin(); name != names.cend(); ++name) {
            QCOMPARE(checkImage(images->reader(), name.key()), QStringList());
            const auto raw =
                judge(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"oci:"_s + folder.path() + u':' + name.key()});
            VERIFY_RESULT(raw);
            QCOMPARE(*raw, pictures.at(name.value()).bytes);
        }
    }

private:
    static void checkAgainst(const ImageStore& images, const QList<RandomImage>& pictures,
                             const QMap<QString, qsizetype>& names, const QSet<qsizetype>& here)
    {
        const auto snapshot = images.snapshot();
        VERIFY_RESULT(snapshot);
        QCOMPARE(snapshot->warnings, QStringList());
        QMap<QString, Digest> listed;
        QSet<Digest> targets;
        qint64 unique = 0;
        for (const StoredImage& image : snapshot->images) {
            targets.insert(image.target.digest);
            unique += image.unique;
            for (const QString& name : image.names)
                listed.insert(name, image.target.digest);
            for (const StoredPlatform& platform : image.platforms)
                QVERIFY(platform.isPresent);
        }
        QMap<QString, Digest> expected;
        for (auto name = names.cbegin(); name != names.cend(); ++name)
            expected.insert(name.key(), pictures.at(name.value()).target.digest);
        QCOMPARE(listed, expected);
        QSet<Digest> expectedTargets;
        for (const qsizetype picture : here)
            expectedTargets.insert(pictures.at(picture).target.digest);
        QCOMPARE(targets, expectedTargets);
        const DiskUsage& usage = snapshot->usage;
        QCOMPARE(usage.unique, unique);
        QCOMPARE(usage.total, usage.unique + usage.shared + usage.unreferenced);
    }
};

QTEST_GUILESS_MAIN(TestStoreLife)
#include "tst_storelife.moc"
