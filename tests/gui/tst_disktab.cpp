// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "support/takefuture.h"
#include "ui/disktab.h"
#include "ui/treemap.h"
#include "ui/treemaplayout.h"
#include "ui/usagelegend.h"
#include "windowfixture.h"

#include <QAccessible>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QToolTip>
#include <QTreeView>

#include <random>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! The Disk tab by real clicks and keys, and as a screen reader sees it.
class TestDiskTab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areasAreInProportionAndCoverAll();
    void arrowsLeadToNeighbours();

    void init();
    void cleanup();

    void figuresSayWhatADeletionFrees();
    void clicksChooseLayers();
    void keysWalkOverAllTiles();
    void screenReaderFindsEveryLayer();
    void tipsTellStepSizeAndSharers();
    void allImagesAreGroupsToChooseFrom();
    void followsTheChosenImage();

private:
    template<typename T>
    [[nodiscard]] T* find(const QString& name) const
    {
        return m_app->find<T>(name);
    }
    [[nodiscard]] Treemap* map() const { return find<Treemap>(u"treemap"_s); }
    void chooseImage(const QString& name) const;
    void click(int tile) const
    {
        QTest::mouseClick(map(), Qt::LeftButton, {}, map()->placeOf(tile).center());
    }
    [[nodiscard]] static int tileNamed(const Treemap* map, const QString& part);

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<WindowFixture> m_app;
};

namespace {

RandomImage imageOn(quint64 base, quint64 seed, const QList<qint64>& sizes)
{
    RandomImageOptions options;
    options.layerSizes = sizes;
    options.sharedLayers = 1;
    options.sharedSeed = base;
    options.isCompressible = false;
    return randomImage(seed, options);
}

} // namespace

void TestDiskTab::areasAreInProportionAndCoverAll()
{
    std::mt19937 random(5);
    for (int round = 0; round < 200; ++round) {
        const QRectF area(3, 5, 20 + random() % 800, 20 + random() % 400);
        QList<double> weights;
        double sum = 0;
        for (quint32 i = 0; i < 1 + random() % 40; ++i) {
            weights.append(i % 7 == 3 ? 0 : 1 + random() % 1000);
            sum += weights.last();
        }
        const QList<QRectF> places = squarified(weights, area);
        QCOMPARE(places.size(), weights.size());
        double covered = 0;
        for (qsizetype i = 0; i < places.size(); ++i) {
            const QRectF& place = places.at(i);
            covered += place.width() * place.height();
            const double wanted = weights.at(i) / sum * area.width() * area.height();
            QVERIFY(qAbs(place.width() * place.height() - wanted) < 0.01 * area.width() * area.height());
            if (weights.at(i) == 0) {
                QVERIFY(place.isEmpty());
                continue;
            }
            QVERIFY(area.adjusted(-0.01, -0.01, 0.01, 0.01).contains(place));
            for (qsizetype other = 0; other < i; ++other) {
                const QRectF common = places.at(other).intersected(place);
                QVERIFY(common.width() * common.height() < 0.01);
            }
        }
        QVERIFY(qAbs(covered - area.width() * area.height()) < 0.01 * covered);
    }
    QVERIFY(squarified({}, QRectF(0, 0, 9, 9)).isEmpty());
    QVERIFY(squarified({1, 2}, QRectF()).at(0).isEmpty());
}

void TestDiskTab::arrowsLeadToNeighbours()
{
    const QList<QRectF> places = {{0, 0, 50, 100}, {50, 0, 50, 40}, {50, 40, 25, 60}, {75, 40, 25, 60}, {}};
    QCOMPARE(neighbourOf(places, 0, Qt::Key_Left), -1);
    QCOMPARE(neighbourOf(places, 0, Qt::Key_Right), 2);
    QCOMPARE(neighbourOf(places, 1, Qt::Key_Left), 0);
    QCOMPARE(neighbourOf(places, 1, Qt::Key_Up), -1);
    QCOMPARE(neighbourOf(places, 2, Qt::Key_Right), 3);
    QCOMPARE(neighbourOf(places, 3, Qt::Key_Up), 1);
    QCOMPARE(neighbourOf(places, 3, Qt::Key_Left), 2);
    // From anywhere to anywhere.
    for (int from = 0; from < 4; ++from) {
        QSet<int> reached = {from};
        for (int round = 0; round < 4; ++round) {
            for (const int place : QSet<int>(reached)) {
                for (const auto key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down})
                    reached.insert(neighbourOf(places, place, key));
            }
        }
        reached.remove(-1);
        QCOMPARE(reached.size(), 4);
    }
}

void TestDiskTab::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    const QString store = WindowFixture::storeOf(m_home->path());
    imageOn(1, 11, {400'000, 250'000, 90'000}).writeLayout(store, {u"docker.io/library/app:1.0"_s});
    imageOn(1, 12, {400'000, 150'000}).writeLayout(store, {u"docker.io/library/web:1.0"_s});
    imageOn(2, 13, {300'000}).writeLayout(store, {u"docker.io/library/alone:1.0"_s});
    m_app = std::make_unique<WindowFixture>(m_home->path());
    m_app->window().resize(1200, 900);
    QVERIFY(m_app->show());
    QTRY_COMPARE(find<QTreeView>(u"tree"_s)->model()->rowCount(), 3);
    chooseImage(u"app:1.0"_s);
    auto* const tabs = find<QTabWidget>(u"tabs"_s);
    const int tab = tabs->indexOf(find<DiskTab>(u"diskTab"_s));
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(tab).center());
    QTRY_VERIFY(map()->isVisible() && !map()->tiles().isEmpty());
}

void TestDiskTab::cleanup()
{
    m_app.reset();
}

void TestDiskTab::chooseImage(const QString& name) const
{
    auto* const tree = find<QTreeView>(u"tree"_s);
    const auto found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, name, 1,
                                            Qt::MatchStartsWith | Qt::MatchRecursive);
    QVERIFY2(!found.isEmpty(), qPrintable(name));
    tree->scrollTo(found.first());
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(found.first()).center());
}

int TestDiskTab::tileNamed(const Treemap* map, const QString& part)
{
    for (int i = 0; i < map->tiles().size(); ++i) {
        if (map->tiles().at(i).accessibleName.contains(part))
            return i;
    }
    return -1;
}

void TestDiskTab::figuresSayWhatADeletionFrees()
{
    auto* const figures = find<UsageLegend>(u"diskFigures"_s);
    QTRY_VERIFY2(figures->accessibleName().contains(u"deleting this image frees 34"_s),
                 qPrintable(figures->accessibleName()));
    QVERIFY(figures->accessibleName().contains(u"shared 40"_s));
    auto* const stays = find<QLabel>(u"diskStays"_s);
    QVERIFY(stays->isVisible());
    QVERIFY2(stays->text().contains(u"web:1.0"_s), qPrintable(stays->text()));
    chooseImage(u"alone:1.0"_s);
    QTRY_VERIFY2(figures->accessibleName().contains(u"deleting this image frees 30"_s),
                 qPrintable(figures->accessibleName()));
    QVERIFY(!stays->isVisible());
}

void TestDiskTab::clicksChooseLayers()
{
    QCOMPARE(map()->tiles().size(), 4); // three layers and the documents
    QCOMPARE(map()->tiles().at(0).kind, TreemapTile::Kind::Shared);
    QCOMPARE(map()->tiles().at(1).kind, TreemapTile::Kind::Own);
    const QRect base = map()->placeOf(0);
    const QRect second = map()->placeOf(1);
    QVERIFY(base.width() * base.height() > second.width() * second.height());
    QSignalSpy chosen(find<DiskTab>(u"diskTab"_s), &DiskTab::layerChosen);
    click(1);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toInt(), 1);
    QCOMPARE(map()->current(), 1);
    auto* const layers = find<QTreeView>(u"layersTab"_s);
    QTRY_COMPARE(layers->currentIndex().siblingAtColumn(3).data().toString(), u"251 kB"_s);
    // A double click shows it there.
    QTest::mouseDClick(map(), Qt::LeftButton, {}, map()->placeOf(2).center());
    QCOMPARE(find<QTabWidget>(u"tabs"_s)->currentWidget(), layers);
    QVERIFY(layers->currentIndex().siblingAtColumn(3).data().toString().startsWith(u"9"_s));
}

void TestDiskTab::keysWalkOverAllTiles()
{
    QSignalSpy chosen(map(), &Treemap::chosen);
    map()->setFocus();
    QTest::keyClick(map(), Qt::Key_Home);
    QCOMPARE(map()->current(), 0);
    QTest::keyClick(map(), Qt::Key_End);
    QCOMPARE(map()->current(), 3);
    QTest::keyClick(map(), Qt::Key_Home);
    QSet<int> seen = {0};
    for (const auto key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_Right, Qt::Key_Right, Qt::Key_Down,
                           Qt::Key_Left, Qt::Key_Up, Qt::Key_Left, Qt::Key_Down, Qt::Key_Right, Qt::Key_Up}) {
        QTest::keyClick(map(), key);
        seen.insert(map()->current());
    }
    QVERIFY2(seen.size() >= 3, qPrintable(QString::number(seen.size())));
    QVERIFY(chosen.isEmpty());
    QTest::keyClick(map(), Qt::Key_Home);
    QTest::keyClick(map(), Qt::Key_Return);
    QTest::keyClick(map(), Qt::Key_Space);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen.first().first().toInt(), 0);
    const QImage focused = map()->grab().toImage();
    find<QToolButton>(u"thisImageButton"_s)->setFocus();
    QVERIFY(map()->grab().toImage() != focused); // the ring is to be seen
}

void TestDiskTab::screenReaderFindsEveryLayer()
{
    QAccessibleInterface* const access = QAccessible::queryAccessibleInterface(map());
    QVERIFY(access);
    QCOMPARE(access->role(), QAccessible::List);
    QCOMPARE(access->text(QAccessible::Name), u"Layers by size"_s);
    QCOMPARE(access->childCount(), 4);
    QAccessibleInterface* const base = access->child(0);
    QVERIFY2(base->text(QAccessible::Name).startsWith(u"Layer 1, 401 kB, shared with 1 other image"_s),
             qPrintable(base->text(QAccessible::Name)));
    QCOMPARE(access->child(1)->text(QAccessible::Name), u"Layer 2, 251 kB, only here"_s);
    QCOMPARE(base->role(), QAccessible::ListItem);
    QCOMPARE(access->indexOfChild(base), 0);
    QCOMPARE(base->parent(), access);
    const QRect place = base->rect();
    QCOMPARE(place, QRect(map()->mapToGlobal(map()->placeOf(0).topLeft()), map()->placeOf(0).size()));
    QCOMPARE(access->childAt(place.center().x(), place.center().y()), base);
    map()->setFocus();
    QTest::keyClick(map(), Qt::Key_Home);
    QVERIFY(base->state().focused);
    QCOMPARE(access->focusChild(), base);
    QSignalSpy chosen(map(), &Treemap::chosen);
    access->child(2)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(chosen.size(), 1);
    QVERIFY(access->child(2)->state().selected);
    QVERIFY(!base->state().focused);
    // Those of an image with fewer layers are gone.
    QAccessibleInterface* const last = access->child(3);
    chooseImage(u"alone:1.0"_s);
    QTRY_COMPARE(access->childCount(), 2);
    QVERIFY(!last->isValid());
    QCOMPARE(access->child(3), nullptr);
}

void TestDiskTab::tipsTellStepSizeAndSharers()
{
    const TreemapTile tile = map()->tiles().at(0);
    QVERIFY2(tile.toolTip.contains(u"401 kB"_s) && tile.toolTip.contains(u"web:1.0"_s)
                 && tile.toolTip.contains(u"sha256:"_s),
             qPrintable(tile.toolTip));
    QHelpEvent help(QEvent::ToolTip, map()->placeOf(0).center(),
                    map()->mapToGlobal(map()->placeOf(0).center()));
    QApplication::sendEvent(map(), &help);
    QCOMPARE(QToolTip::text(), tile.toolTip);
    QToolTip::hideText();
}

void TestDiskTab::allImagesAreGroupsToChooseFrom()
{
    QTest::mouseClick(find<QToolButton>(u"allImagesButton"_s), Qt::LeftButton);
    QTRY_VERIFY(tileNamed(map(), u"shared by 2 image"_s) >= 0);
    QCOMPARE(find<UsageLegend>(u"diskFigures"_s)->accessibleName().contains(u"3 images"_s), true);
    double sum = 0;
    for (const TreemapTile& tile : map()->tiles())
        sum += tile.weight;
    const auto store = take(m_app->workbench().images());
    VERIFY_RESULT(store);
    QCOMPARE(qint64(sum), store->usage.total);
    const int tile = tileNamed(map(), u"alone:1.0, Layer 1"_s);
    QVERIFY(tile >= 0);
    click(tile);
    auto* const tree = find<QTreeView>(u"tree"_s);
    QTRY_VERIFY(tree->currentIndex().siblingAtColumn(0).data().toString().startsWith(u"alone"_s));
    // A double click shows that image alone.
    QTest::mouseDClick(map(), Qt::LeftButton, {}, map()->placeOf(tile).center());
    QVERIFY(find<QToolButton>(u"thisImageButton"_s)->isChecked());
    QTRY_COMPARE(map()->tiles().size(), 2);
    // What nobody needs is told, too.
    VERIFY_RESULT(take(m_app->workbench().images()));
}

void TestDiskTab::followsTheChosenImage()
{
    chooseImage(u"web:1.0"_s);
    QTRY_COMPARE(map()->tiles().size(), 3);
    QCOMPARE(map()->tiles().at(0).kind, TreemapTile::Kind::Shared);
    const Digest other = imageOn(1, 11, {400'000, 250'000, 90'000}).target.digest;
    VERIFY_RESULT(take(m_app->workbench().removeImages({other})));
    // Nobody else has its base now.
    QTRY_COMPARE(map()->tiles().at(0).kind, TreemapTile::Kind::Own);
    QTRY_VERIFY(find<UsageLegend>(u"diskFigures"_s)->accessibleName().contains(u"frees 55"_s));
}

QTEST_MAIN(TestDiskTab)
#include "tst_disktab.moc"
