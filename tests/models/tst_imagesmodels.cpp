// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagefilterproxy.h"
#include "models/imageslistmodel.h"
#include "models/imagestreemodel.h"
#include "snapshots.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

const QString Latest = u"docker.io/library/image-gallery:latest"_s;
const QString OfTheDay = u"docker.io/alice/image-of-the-day:v1"_s;
const QString Nginx = u"docker.io/library/nginx:1.27"_s;

StoredImage gallery(const QStringList& names = {Latest, OfTheDay})
{
    return Samples::image("gallery", names);
}

StoredImage nginx()
{
    return Samples::image("nginx", {Nginx});
}

StoredImage untagged()
{
    return Samples::image("untagged", {});
}

//! The SBOM of an image.
StoredImage attached(const QString& to)
{
    StoredImage image = Samples::image("sbom", {});
    image.isArtifact = true;
    image.artifactType = u"application/spdx+json"_s;
    image.subject = gallery().target.digest;
    image.subjectName = to;
    return image;
}

QStringList shownRows(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        rows.append(QString(depth * 2, u' ') + index.data().toString());
        rows += shownRows(model, index, depth + 1);
    }
    return rows;
}

QStringList badgeTexts(const QModelIndex& index)
{
    QStringList texts;
    for (const Badge& badge : index.data(Role::Badges).value<QList<Badge>>())
        texts.append(badge.text);
    return texts;
}

} // namespace

class TestImagesModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatBelongsToAnImageIsNotCalledUntagged()
    {
        ImagesTreeModel tree;
        tree.setImages({gallery(), attached(OfTheDay)});
        const QModelIndex row = tree.index(1, ImageColumn::Name);
        QCOMPARE(row.data().toString(), u"SBOM of alice/image-of-the-day:v1"_s);
        QCOMPARE(row.data(Role::TextTone).value<Tone>(), Tone::Muted);
        tree.setImages({gallery(), attached({})});
        QCOMPARE(row.data().toString(), u"SBOM"_s);
        ImagesListModel list;
        list.setImages({attached(OfTheDay)});
        QCOMPARE(shownRows(list), QStringList{u"SBOM of alice/image-of-the-day:v1"_s});
    }

    void namesOfOneImageStandBelowIt()
    {
        ImagesTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setImages({gallery(), nginx(), untagged()});
        QCOMPARE(shownRows(model),
                 (QStringList{u"image-gallery"_s, u"  image-gallery:latest"_s,
                              u"  alice/image-of-the-day:v1"_s, u"nginx:1.27"_s, u"untagged"_s}));
        const QModelIndex top = model.index(0, 0);
        QCOMPARE(badgeTexts(top), QStringList{u"2 tag(s), one image"_s});
        QCOMPARE(model.index(0, ImageColumn::ImageId, top).data().toString(), u"same"_s);
        QVERIFY(!model.index(0, ImageColumn::Size, top).data().isValid()); // the size counts once
        QCOMPARE(model.index(1, 0, top).data(Role::BoldRange).value<Emphasis>(), (Emphasis{23, 2}));
        QCOMPARE(model.index(1, 0).data(ImageRole::CanonicalName).toString(), Nginx);
        QCOMPARE(top.data(ImageRole::CanonicalName).toString(), QString());
    }

    void aNewSnapshotIsMergedWithoutReset()
    {
        ImagesTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setImages({gallery(), nginx(), untagged()});
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex keptName = model.indexOfName(OfTheDay);
        const QPersistentModelIndex keptImage = model.indexOfName(Nginx);
        const QPersistentModelIndex goneImage = model.index(2, 0);

        const QString added = u"localhost:5000/gallery/ui:2.1"_s;
        model.setImages({Samples::image("new", {u"docker.io/library/alpine:3"_s}), nginx(),
                         gallery({Latest, OfTheDay, added})});
        QVERIFY(keptName.isValid());
        QCOMPARE(keptName.data().toString(), u"alice/image-of-the-day:v1"_s);
        QCOMPARE(QModelIndex(keptName), model.indexOfName(OfTheDay));
        QCOMPARE(keptImage.row(), 1);
        QVERIFY(!goneImage.isValid());
        QVERIFY(model.indexOfName(added).parent().isValid());
        QCOMPARE(resets.size(), 0);
    }

    void anImageThatKeepsOneNameHasNoRowsBelow()
    {
        ImagesTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setImages({gallery()});
        model.setImages({gallery({OfTheDay})});
        QCOMPARE(shownRows(model), QStringList{u"alice/image-of-the-day:v1"_s});
        model.setImages({gallery({})});
        QCOMPARE(shownRows(model), QStringList{u"untagged"_s});
        model.setImages({gallery()});
        QCOMPARE(model.rowCount(model.index(0, 0)), 2);
        model.setImages({});
        QCOMPARE(model.rowCount(), 0);
    }

    void anUnchangedSnapshotSaysNothing()
    {
        ImagesTreeModel tree;
        ImagesListModel list;
        tree.setImages({gallery(), nginx()});
        list.setImages({gallery(), nginx()});
        const QSignalSpy treeChanges(&tree, &QAbstractItemModel::dataChanged);
        const QSignalSpy listChanges(&list, &QAbstractItemModel::dataChanged);
        tree.setImages({gallery(), nginx()});
        list.setImages({gallery(), nginx()});
        QCOMPARE(treeChanges.size(), 0);
        QCOMPARE(listChanges.size(), 0);
    }

    void theFlatListHasARowForEachName()
    {
        ImagesListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setImages({gallery(), untagged()});
        QCOMPARE(shownRows(model),
                 (QStringList{u"image-gallery:latest"_s, u"alice/image-of-the-day:v1"_s, u"untagged"_s}));
        QCOMPARE(badgeTexts(model.index(0, 0)), QStringList{u"+1 other name(s)"_s});
        QCOMPARE(model.image(model.index(1, 0))->id, gallery().id);
        model.setImages({gallery({OfTheDay})});
        QCOMPARE(shownRows(model), QStringList{u"alice/image-of-the-day:v1"_s});
    }

    void figuresAndPlatforms()
    {
        StoredImage multi = gallery({Latest});
        multi.size = 26'100'000;
        multi.unique = 18'400'000;
        multi.shared = 7'700'000;
        StoredPlatform arm = multi.platforms.front();
        arm.platform.architecture = u"arm64"_s;
        StoredPlatform absent = arm;
        absent.platform.architecture = u"s390x"_s;
        absent.isPresent = false;
        multi.platforms += {arm, absent};
        ImagesTreeModel model;
        model.setImages({multi});
        QCOMPARE(model.index(0, ImageColumn::Size).data().toString(), u"26.1 MB"_s);
        QCOMPARE(model.index(0, ImageColumn::Unique).data().toString(), u"18.4 MB"_s);
        QCOMPARE(model.index(0, ImageColumn::Shared).data().toString(), u"7.7 MB"_s);
        QCOMPARE(model.index(0, ImageColumn::Size).data(Role::SortKey).toLongLong(), 26'100'000);
        QVERIFY(model.index(0, ImageColumn::Platform).data().toString().endsWith(u" +1"_s));
        QVERIFY(model.index(0, ImageColumn::Platform)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(u"linux/s390x (not on"_s));
    }

    void incompleteImagesAndArtifactsSaySo()
    {
        StoredImage broken = gallery({Latest});
        broken.platforms.front().isPresent = false;
        StoredImage artifact = Samples::image("artifact", {Nginx});
        artifact.isArtifact = true;
        ImagesTreeModel model;
        model.setImages({broken, artifact});
        QCOMPARE(badgeTexts(model.index(0, 0)), QStringList{u"incomplete"_s});
        QCOMPARE(badgeTexts(model.index(1, 0)), QStringList{u"artifact"_s});
    }

    void theFilterKeepsAnImageWithItsMatchingNames_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QStringList>("rows");
        const QStringList all{u"image-gallery"_s, u"  alice/image-of-the-day:v1"_s,
                              u"  image-gallery:latest"_s, u"nginx:1.27"_s, u"untagged"_s};
        QTest::newRow("empty") << u"  "_s << all;
        QTest::newRow("word") << u"GALLERY"_s << QStringList{u"image-gallery"_s, u"  image-gallery:latest"_s};
        QTest::newRow("all words") << u"image alice"_s
                                   << QStringList{u"image-gallery"_s, u"  alice/image-of-the-day:v1"_s};
        QTest::newRow("platform") << u"linux/amd64"_s << all;
        QTest::newRow("id") << nginx().id.shortHex() << QStringList{u"nginx:1.27"_s};
        QTest::newRow("untagged") << u"untagged"_s << QStringList{u"untagged"_s};
        QTest::newRow("glob with slash")
            << u"*/image*"_s << QStringList{u"image-gallery"_s, u"  alice/image-of-the-day:v1"_s};
        QTest::newRow("star stops at slash") << u"*-of-the-day"_s << QStringList{};
        QTest::newRow("glob with tag") << u"nginx:1.*"_s << QStringList{u"nginx:1.27"_s};
        QTest::newRow("glob is anchored") << u"ngin?x"_s << QStringList{};
        QTest::newRow("nothing") << u"nowhere"_s << QStringList{};
    }

    void theFilterKeepsAnImageWithItsMatchingNames()
    {
        QFETCH(const QString, filter);
        QFETCH(const QStringList, rows);
        ImagesTreeModel model;
        model.setImages({untagged(), nginx(), gallery()});
        ImageFilterProxy proxy;
        proxy.setSourceModel(&model);
        const QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        proxy.sort(ImageColumn::Name);
        proxy.setFilter(filter);
        QCOMPARE(shownRows(proxy), rows);
    }

    void sortingKnowsVersionsAndKeepsUntaggedLast()
    {
        ImagesListModel model;
        model.setImages(
            {untagged(), gallery({u"docker.io/library/a:2.10"_s, u"docker.io/library/a:2.9"_s}), nginx()});
        ImageFilterProxy proxy;
        proxy.setSourceModel(&model);
        proxy.sort(ImageColumn::Name, Qt::AscendingOrder);
        QCOMPARE(shownRows(proxy), (QStringList{u"a:2.9"_s, u"a:2.10"_s, u"nginx:1.27"_s, u"untagged"_s}));
        proxy.sort(ImageColumn::Name, Qt::DescendingOrder);
        QCOMPARE(shownRows(proxy), (QStringList{u"nginx:1.27"_s, u"a:2.10"_s, u"a:2.9"_s, u"untagged"_s}));
    }

    void aThousandImagesMergeQuickly()
    {
        QList<StoredImage> images;
        for (int i = 0; i < 2000; ++i)
            images.append(Samples::image(
                "image " + QByteArray::number(i),
                {u"docker.io/library/image:%1"_s.arg(i), u"docker.io/library/other:%1"_s.arg(i)}));
        ImagesTreeModel model;
        model.setImages(images);
        const QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        images.removeAt(1000);
        images.insert(500, Samples::image("fresh", {}));
        QElapsedTimer timer;
        timer.start();
        model.setImages(images);
        QCOMPARE(inserts.size(), 1);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestImagesModels)
#include "tst_imagesmodels.moc"
