// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imageslistmodel.h"
#include "models/imagestreemodel.h"
#include "snapshots.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

const QString Latest = u"docker.io/library/gallery:latest"_s;
const QString V1 = u"docker.io/library/gallery:v1"_s;
const QString Python = u"docker.io/library/python:3.13"_s;

TagNews moved(const QString& reference)
{
    TagNews tag;
    tag.reference = reference;
    tag.state = NewsState::MovedOn;
    tag.from = Samples::digestOf("old");
    tag.to = Samples::digestOf("new");
    tag.checked = QDateTime::fromSecsSinceEpoch(1'800'000'000);
    return tag;
}

ImageNews onOldBase()
{
    BaseNews base;
    base.name = Python;
    base.tags = {moved(Python)};
    ImageNews news;
    news.bases = {base};
    return news;
}

QStringList badgeTexts(const QModelIndex& index)
{
    QStringList texts;
    for (const Badge& badge : index.data(Role::Badges).value<QList<Badge>>())
        texts.append(badge.text);
    return texts;
}

} // namespace

class TestNewsCells : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBaseThatMovedOnStandsOnTheImagesOwnRow()
    {
        ImagesTreeModel tree;
        const QAbstractItemModelTester tester(&tree);
        const StoredImage image = Samples::image("gallery", {Latest, V1});
        const StoredImage other = Samples::image("other", {Python});
        tree.setImages({image, other});
        QSignalSpy reset(&tree, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&tree, &QAbstractItemModel::dataChanged);
        tree.setNews({{image.target.digest, onOldBase()}});
        QVERIFY(reset.isEmpty());
        const QModelIndex row = tree.indexOfImage(image.id);
        QCOMPARE(changed.size(), 2); // its row, and its names below
        QCOMPARE(changed.first().first().toModelIndex(), row);
        QVERIFY(badgeTexts(row).contains(u"base moved on"_s));
        QCOMPARE(badgeTexts(row).size(), 2); // beside "2 tags"
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().endsWith(u"base moved on"_s));
        QVERIFY(row.data(Qt::ToolTipRole).toString().contains(Samples::digestOf("new").toString()));
        QVERIFY(row.data(ImageRole::IsOutdated).toBool());
        const QModelIndex alias = tree.index(0, 0, row);
        QVERIFY(badgeTexts(alias).isEmpty());
        QVERIFY(alias.data(ImageRole::IsOutdated).toBool());
        QVERIFY(!tree.indexOfImage(other.id).data(ImageRole::IsOutdated).toBool());
        // Said again, nothing changes; taken back, it does.
        changed.clear();
        tree.setNews({{image.target.digest, onOldBase()}});
        QVERIFY(changed.isEmpty());
        tree.setNews({});
        QCOMPARE(changed.size(), 2);
        QVERIFY(!badgeTexts(row).contains(u"base moved on"_s));
        QVERIFY(!row.data(ImageRole::IsOutdated).toBool());
    }

    void aNewerOneStandsBesideItsName()
    {
        const StoredImage image = Samples::image("gallery", {Latest, V1});
        ImageNews news;
        news.tags = {moved(V1)};
        ImagesTreeModel tree;
        ImagesListModel list;
        const QAbstractItemModelTester tester(&list);
        tree.setImages({image});
        list.setImages({image});
        tree.setNews({{image.target.digest, news}});
        list.setNews({{image.target.digest, news}});
        const QModelIndex row = tree.indexOfImage(image.id);
        QVERIFY(badgeTexts(row).contains(u"newer in registry"_s));
        for (int i = 0; i < tree.rowCount(row); ++i) {
            const QModelIndex alias = tree.index(i, 0, row);
            const bool isIt = alias.data(ImageRole::CanonicalName).toString() == V1;
            QCOMPARE(badgeTexts(alias).contains(u"newer in registry"_s), isIt);
            QCOMPARE(alias.data(ImageRole::IsOutdated).toBool(), isIt);
        }
        for (const QString& name : {Latest, V1}) {
            const QModelIndex tag = list.indexOfName(name);
            QCOMPARE(badgeTexts(tag).contains(u"newer in registry"_s), name == V1);
            QCOMPARE(tag.data(ImageRole::IsOutdated).toBool(), name == V1);
        }
        // In other columns nothing is said twice.
        QVERIFY(!row.siblingAtColumn(ImageColumn::Size).data(Qt::ToolTipRole).toString().contains(V1));
        QVERIFY(row.siblingAtColumn(ImageColumn::Size).data(ImageRole::IsOutdated).toBool());
    }

    void whatIsUpToDateOrUnknownHasNoBadge()
    {
        const StoredImage image = Samples::image("gallery", {V1});
        for (const auto state :
             {NewsState::NotAsked, NewsState::UpToDate, NewsState::Gone, NewsState::Unknown}) {
            ImageNews news = onOldBase();
            news.bases[0].tags[0].state = state;
            news.tags = news.bases[0].tags;
            ImagesListModel list;
            list.setImages({image});
            QSignalSpy changed(&list, &QAbstractItemModel::dataChanged);
            list.setNews({{image.target.digest, news}});
            QVERIFY(changed.isEmpty());
            QVERIFY(badgeTexts(list.index(0, 0)).isEmpty());
            QVERIFY(!list.index(0, 0).data(ImageRole::IsOutdated).toBool());
        }
    }
};

QTEST_GUILESS_MAIN(TestNewsCells)
#include "tst_newscells.moc"
