// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/imagebase.h"

#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

Digest digestOf(const QByteArray& text)
{
    return Digest::ofBytes(text);
}

//! One letter a layer.
StoredPlatform platform(const QByteArray& manifest, const QByteArray& layers,
                        const QString& architecture = u"amd64"_s)
{
    StoredPlatform made;
    made.manifest.digest = digestOf(manifest);
    made.platform.os = u"linux"_s;
    made.platform.architecture = architecture;
    for (const char layer : layers) {
        StoredLayer one;
        one.diffId = digestOf(QByteArray(1, layer));
        made.layers.append(one);
    }
    return made;
}

StoredImage image(const QByteArray& seed, const QByteArray& layers, const QStringList& names = {})
{
    StoredImage made;
    made.target.digest = digestOf(seed);
    made.id = digestOf("config of " + seed);
    made.names = names;
    made.platforms = {platform(seed, layers)};
    return made;
}

//! The place of the base of \a image's \a platform in \a images; -1: none.
qsizetype baseOf(const QList<StoredImage>& images, qsizetype image, qsizetype platform = 0)
{
    const BaseFinder finder(images);
    const auto match = finder.baseOf(images.at(image), images.at(image).platforms.at(platform));
    return match ? match->image - images.constData() : -1;
}

const QString Python = u"docker.io/library/python:3.13"_s;
const Digest Some = digestOf("some");

QMap<QString, QString> annotations(const QString& name, const QString& digest)
{
    return {{u"org.opencontainers.image.base.name"_s, name},
            {u"org.opencontainers.image.base.digest"_s, digest}};
}

} // namespace

class TestImageBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void annotationsNameIt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("digest");
        QTest::addColumn<bool>("isKnown");
        QTest::addColumn<QString>("reference");
        QTest::addColumn<bool>("hasDigest");
        const QString some = Some.toString();
        QTest::newRow("both") << u"docker.io/library/python:3.13"_s << some << true << Python << true;
        QTest::newRow("familiar") << u"python:3.13"_s << some << true << Python << true;
        QTest::newRow("no tag") << u"python"_s << some << true << u"docker.io/library/python:latest"_s
                                << true;
        QTest::newRow("no digest") << u"python:3.13"_s << QString() << true << Python << false;
        QTest::newRow("digest in the name")
            << u"python:3.13@"_s + some << QString() << true << Python << true;
        QTest::newRow("pinned") << u"python@"_s + some << QString() << true << QString() << true;
        QTest::newRow("only a digest") << QString() << some << true << QString() << true;
        QTest::newRow("nonsense") << u"no name at all"_s << u"no digest"_s << false << QString() << false;
        QTest::newRow("scratch") << u"scratch"_s << QString() << false << QString() << false;
        QTest::newRow("blank") << u" "_s << QString() << false << QString() << false;
    }

    void annotationsNameIt()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, digest);
        QFETCH(const bool, isKnown);
        const auto base = declaredBase(annotations(name, digest), BaseSource::Label);
        QCOMPARE(base.has_value(), isKnown);
        if (!base)
            return;
        QVERIFY(base->source == BaseSource::Label);
        QTEST(base->reference, "reference");
        QTEST(!base->digest.isNull(), "hasDigest");
    }

    void buildKitsProvenanceNamesIt()
    {
        const auto statement = [](const QByteArray& materials) -> QByteArray {
            return "{\"predicate\":{\"materials\":[" + materials + "]}}";
        };
        const auto material = [](const QByteArray& uri) -> QByteArray {
            return "{\"uri\":\"" + uri + "\",\"digest\":{\"sha256\":\"" + Some.hex().toLatin1() + "\"}}";
        };
        const QByteArray python = material("pkg:docker/python@3.13?platform=linux%2Famd64");
        const QByteArray frontend = material("pkg:docker/docker/dockerfile@1.7");
        const QByteArray context = material("https://github.com/alice/ui.git");
        const auto one = baseOfProvenance(statement(frontend + ',' + context + ',' + python));
        QVERIFY(one);
        QVERIFY(one->source == BaseSource::Provenance);
        QCOMPARE(one->reference, Python);
        QCOMPARE(one->digest, Some);
        // A registry other than Docker Hub, and the newer form.
        const auto newer =
            baseOfProvenance("{\"predicate\":{\"buildDefinition\":{\"resolvedDependencies\":["
                             + material("pkg:docker/registry.local%3A5000/golden/python@3.13") + "]}}}");
        QVERIFY(newer);
        QCOMPARE(newer->reference, u"registry.local:5000/golden/python:3.13"_s);
        // Of several stages nobody can tell.
        const QByteArray golang = material("pkg:docker/golang@1.24");
        QVERIFY(!baseOfProvenance(statement(python + ',' + golang)));
        // The same one twice, for two stages.
        QVERIFY(baseOfProvenance(statement(python + ',' + python)));
        QVERIFY(!baseOfProvenance("no JSON"));
        QVERIFY(!baseOfProvenance("{}"));
    }

    void theLongestPrefixWins()
    {
        const QList<StoredImage> images{image("debian", "d", {u"docker.io/library/debian:13"_s}),
                                        image("python", "dpq", {Python}), image("app", "dpqrs"),
                                        image("other", "xpq"), image("same as app", "dpqrs")};
        QCOMPARE(baseOf(images, 2), 1);
        QCOMPARE(baseOf(images, 1), 0);
        QCOMPARE(baseOf(images, 0), -1);
        QCOMPARE(baseOf(images, 3), -1);
        QCOMPARE(baseOf(images, 4), 1); // never one with all the same layers
        const BaseFinder finder(images);
        QCOMPARE(finder.baseOf(images.at(2), images.at(2).platforms.first())->layers, 3);
    }

    void ofEqualsATaggedOneWinsThenTheNewest()
    {
        QList<StoredImage> images{image("old", "dp"), image("tagged", "dp", {Python}), image("app", "dpq")};
        images[0].created = QDateTime::fromSecsSinceEpoch(2'000'000'000);
        images[1].created = QDateTime::fromSecsSinceEpoch(1'000'000'000);
        QCOMPARE(baseOf(images, 2), 1);
        images[0].names = {u"docker.io/library/python:newer"_s};
        QCOMPARE(baseOf(images, 2), 0);
        // And where nothing tells them apart, always the same one whatever the order.
        images[0].created = images[1].created;
        const Digest first = images.at(baseOf(images, 2)).target.digest;
        images.swapItemsAt(0, 1);
        QCOMPARE(images.at(baseOf(images, 2)).target.digest, first);
    }

    void platformsDoNotMix()
    {
        StoredImage base = image("base", "dp", {Python});
        base.platforms.append(platform("base for arm", "ap", u"arm64"_s));
        StoredImage app = image("app", "dpx");
        app.platforms.append(platform("app for arm", "apx", u"arm64"_s));
        app.platforms.append(platform("app for riscv", "dpx", u"riscv64"_s)); // by chance
        const QList<StoredImage> images{base, app};
        QCOMPARE(baseOf(images, 1, 0), 0);
        QCOMPARE(baseOf(images, 1, 1), 0);
        QCOMPARE(baseOf(images, 1, 2), -1);
        const BaseFinder finder(images);
        QCOMPARE(finder.baseOf(images.at(1), images.at(1).platforms.at(1))->platform->manifest.digest,
                 digestOf("base for arm"));
    }

    void whatIsNotKnownIsNoBase()
    {
        StoredImage artifact = image("signature", "d");
        artifact.isArtifact = true;
        StoredImage unknown = image("unknown", "dp");
        unknown.platforms[0].layers[0].diffId = Digest();
        const QList<StoredImage> images{artifact, unknown, image("empty", ""), image("app", "dpq")};
        for (qsizetype i = 0; i < images.size(); ++i)
            QCOMPARE(baseOf(images, i), -1);
    }

    void tenThousandImagesAreQuick()
    {
        // A hundred bases of ten layers, each with a hundred images of thirty: nothing here is looked at
        // twice.
        QList<StoredImage> images;
        const auto layers = [](StoredImage& to, const QByteArray& seed, int count) {
            for (int i = 0; i < count; ++i) {
                StoredLayer layer;
                layer.diffId = digestOf(seed + QByteArray::number(i));
                to.platforms[0].layers.append(layer);
            }
        };
        for (int base = 0; base < 100; ++base) {
            const QByteArray seed = "base " + QByteArray::number(base) + ' ';
            images.append(image(seed, "", {u"docker.io/library/base:%1"_s.arg(base)}));
            layers(images.last(), seed, 10);
            const QList<StoredLayer> below = images.constLast().platforms[0].layers;
            for (int app = 0; app < 99; ++app) {
                const QByteArray own = seed + "app " + QByteArray::number(app) + ' ';
                StoredImage made = image(own, "");
                made.platforms[0].layers = below;
                layers(made, own, 6);
                images.append(made);
            }
        }
        QCOMPARE(images.size(), 10'000);
        const std::clock_t begun = std::clock(); // of the processor: a busy machine is no slow program
        const BaseFinder finder(images);
        int found = 0;
        for (const StoredImage& one : std::as_const(images)) {
            const auto match = finder.baseOf(one, one.platforms.first());
            found += match && match->layers == 10 ? 1 : 0;
        }
        const qint64 taken = qint64(std::clock() - begun) * 1000 / CLOCKS_PER_SEC;
        QCOMPARE(found, 9'900);
        qInfo("10,000 images: %lld ms", taken);
        // With room for sanitizers; comparing each with each takes minutes.
        QVERIFY2(taken < 5'000, qPrintable(QString::number(taken)));
    }
};

QTEST_GUILESS_MAIN(TestImageBase)
#include "tst_imagebase.moc"
