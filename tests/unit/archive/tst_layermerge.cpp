// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "filetreetext.h"
#include "scratchfolder.h"
#include "tarbuilder.h"

#include "archive/filecomparison.h"
#include "archive/layermerge.h"
#include "archive/layerreader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;

//! Layers on top of each other: what a container sees, what each layer does, what is wasted.
class LayerMergeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneLayerAddsAll();
    void whiteoutsDelete();
    void whiteoutOfAFolderDeletesAllInIt();
    void whiteoutsLeaveTheirOwnLayerAlone();
    void opaqueFoldersHideWhatWasThere();
    void opaqueFoldersHideInFoldersBelow();
    void filesAndFoldersReplaceEachOther();
    void foldersKeepWhatIsInThem();
    void unchangedFoldersAreNoChange();
    void hardLinksCountOnce();
    void bytesOfAHardLinkAreWastedWithItsLastName();
    void linkInheritsTheBytesOfItsFile();
    void manyLinksAreQuick();
    void wastedBytesAreWhereTheyWere();
    void missingLayersArePassedOver();
    void deletedAgainAndAgain();
    void treesAreCutOff();
    void treeIsSortedAndFound();
    void hugeSizesDoNotOverflow();
    void comparison();
    void comparisonAsksWhereItCannotKnow();

private:
    LayerIndexPtr index(TarBuilder tar);
    LayerMerge::Merged merged(const QList<TarBuilder>& layers);

    ScratchFolder m_folder;
};

LayerIndexPtr LayerMergeTest::index(TarBuilder tar)
{
    auto reader = LayerReader::open(m_folder.write(u"layer"_s, tar.end().bytes()));
    if (!reader)
        qFatal("no layer");
    while (!(*reader)->step(20ms)) { }
    return (*reader)->finish();
}

LayerMerge::Merged LayerMergeTest::merged(const QList<TarBuilder>& layers)
{
    LayerMerge merge;
    for (const TarBuilder& layer : layers)
        merge.add(*index(layer));
    return merge.finish();
}

namespace {

QStringList textOf(const PlacedTree& tree, bool withChanges = true)
{
    return ArchiveTest::textOf(*tree.tree, withChanges);
}

const FileNode& nodeAt(const PlacedTree& tree, const QString& path)
{
    const int found = tree.tree->find(path);
    if (found < 0)
        qFatal("%s is not there", qPrintable(path));
    return tree.tree->node(found);
}

} // namespace

void LayerMergeTest::oneLayerAddsAll()
{
    const auto made =
        merged({TarBuilder().folder("usr/").file("usr/a", "12").file("etc/b", "3").symLink("l", "usr/a")});
    const QStringList expected{u"etc/"_s, u"etc/b 1"_s, u"l -> usr/a"_s, u"usr/"_s, u"usr/a 2"_s};
    QCOMPARE(textOf(made.files, false), expected);
    QCOMPARE(textOf(made.layers[0]),
             QStringList(expected).replaceInStrings(QRegularExpression(u"^"_s), u"A "_s));
    QCOMPARE(made.files.tree->root().size, 3);
    QCOMPARE(made.files.tree->root().files, 3);
    QCOMPARE(nodeAt(made.files, u"usr"_s).size, 2);
    QCOMPARE(nodeAt(made.files, u"etc"_s).mode, 0755U);
    QCOMPARE(made.wasted, 0);
    const auto at = static_cast<size_t>(made.files.tree->find(u"usr/a"_s));
    QCOMPARE(made.files.places[at], (ContentPlace{0, 1}));
}

void LayerMergeTest::whiteoutsDelete()
{
    const auto made = merged({TarBuilder().file("a/x", "12345").file("a/y", "1"),
                              TarBuilder().file("a/.wh.x", "").file("a/.wh.never", "")});
    QCOMPARE(textOf(made.files, false), (QStringList{u"a/"_s, u"a/y 1"_s}));
    QCOMPARE(textOf(made.layers[1]), (QStringList{u"  a/"_s, u"D a/never"_s, u"D a/x -5"_s}));
    QCOMPARE(made.wasted, 5);
    QCOMPARE(made.layers[0].tree->root().wasted, 5);
    QCOMPARE(nodeAt(made.layers[0], u"a/x"_s).wasted, 5);
    QCOMPARE(nodeAt(made.files, u"a"_s).wasted, 5);
    // Its bytes can still be looked at, where they were.
    const auto at = static_cast<size_t>(made.layers[1].tree->find(u"a/x"_s));
    QCOMPARE(made.layers[1].places[at], (ContentPlace{0, 0}));
}

void LayerMergeTest::whiteoutOfAFolderDeletesAllInIt()
{
    const auto made = merged({TarBuilder().file("a/b/x", "12345").file("a/c", "1").symLink("a/l", "c"),
                              TarBuilder().file("a/c", "22"), TarBuilder().file(".wh.a", "")});
    QCOMPARE(textOf(made.files, false), QStringList());
    QCOMPARE(textOf(made.layers[2]),
             (QStringList{u"D a/"_s, u"D a/b/"_s, u"D a/b/x -5"_s, u"D a/c -2"_s, u"D a/l -> c"_s}));
    QCOMPARE(nodeAt(made.layers[2], u"a"_s).sizeBefore, 7);
    QCOMPARE(nodeAt(made.layers[2], u"a"_s).files, 3);
    QCOMPARE(made.wasted, 8);
    QCOMPARE(made.files.tree->root().wasted, 8);
    QCOMPARE(made.layers[0].tree->root().wasted, 6);
    QCOMPARE(made.layers[1].tree->root().wasted, 2);
}

void LayerMergeTest::whiteoutsLeaveTheirOwnLayerAlone()
{
    const auto made =
        merged({TarBuilder().file("d/old", "12345").file("f", "1"),
                TarBuilder().file("d/new", "1").file(".wh.d", "").file("f", "22").file(".wh.f", "")});
    QCOMPARE(textOf(made.files, false), (QStringList{u"d/"_s, u"d/new 1"_s, u"f 2"_s}));
    QCOMPARE(textOf(made.layers[1]),
             (QStringList{u"  d/!"_s, u"A d/new 1"_s, u"D d/old -5"_s, u"C f 2 -1"_s}));
}

void LayerMergeTest::opaqueFoldersHideWhatWasThere()
{
    const auto made =
        merged({TarBuilder().file("d/x", "12345").file("d/e/y", "1").file("d/z", "333"),
                TarBuilder().folder("d/").file("d/z", "1").file("d/.wh..wh..opq", "").file("d/n", "")});
    QCOMPARE(textOf(made.files, false), (QStringList{u"d/"_s, u"d/n 0"_s, u"d/z 1"_s}));
    QCOMPARE(textOf(made.layers[1]),
             (QStringList{u"C d/!"_s, u"D d/e/"_s, u"D d/e/y -1"_s, u"A d/n 0"_s, u"D d/x -5"_s,
                          u"C d/z 1 -3"_s}));
    QCOMPARE(made.wasted, 9);
}

void LayerMergeTest::opaqueFoldersHideInFoldersBelow()
{
    const auto made = merged({TarBuilder().file("d/e/f/x", "1").file("d/e/y", "1"),
                              TarBuilder().file("d/.wh..wh..opq", "").file("d/e/f/new", "1")});
    QCOMPARE(textOf(made.files, false), (QStringList{u"d/"_s, u"d/e/"_s, u"d/e/f/"_s, u"d/e/f/new 1"_s}));
    QCOMPARE(textOf(made.layers[1]),
             (QStringList{u"  d/!"_s, u"  d/e/"_s, u"  d/e/f/"_s, u"A d/e/f/new 1"_s, u"D d/e/f/x -1"_s,
                          u"D d/e/y -1"_s}));
}

void LayerMergeTest::filesAndFoldersReplaceEachOther()
{
    const auto made =
        merged({TarBuilder().file("a/x", "12345").file("a/y/z", "1").file("b", "333").symLink("c", "a"),
                TarBuilder().file("a", "22").file("b/in", "1").folder("c/")});
    QCOMPARE(textOf(made.files, false), (QStringList{u"a 2"_s, u"b/"_s, u"b/in 1"_s, u"c/"_s}));
    QCOMPARE(textOf(made.layers[1]), (QStringList{u"C a 2 -6"_s, u"C b/"_s, u"A b/in 1"_s, u"C c/"_s}));
    QCOMPARE(nodeAt(made.layers[1], u"b"_s).sizeBefore, 3);
    QCOMPARE(made.wasted, 9);
    QCOMPARE(nodeAt(made.files, u"a"_s).wasted, 6);
    QCOMPARE(nodeAt(made.files, u"b"_s).wasted, 3);
}

void LayerMergeTest::foldersKeepWhatIsInThem()
{
    TarBuilder second;
    second.folder("d/").attributes(0700, 3, 4, 99).file("d/y", "22");
    const auto made = merged({TarBuilder().folder("d/").file("d/x", "1"), second});
    QCOMPARE(textOf(made.files, false), (QStringList{u"d/"_s, u"d/x 1"_s, u"d/y 2"_s}));
    QCOMPARE(nodeAt(made.files, u"d"_s).mode, 0700U);
    QCOMPARE(nodeAt(made.files, u"d"_s).layer, 1);
    QCOMPARE(nodeAt(made.files, u"d/x"_s).layer, 0);
    QCOMPARE(textOf(made.layers[1]), (QStringList{u"C d/"_s, u"A d/y 2"_s}));
}

void LayerMergeTest::unchangedFoldersAreNoChange()
{
    TarBuilder second;
    second.folder("d/").attributes(0644, 0, 0, 12345).folder("e/").attributes(0644).file("e/f", "1");
    const auto made = merged({TarBuilder().folder("d/").folder("e/"), second});
    QCOMPARE(textOf(made.layers[1]), (QStringList{u"  e/"_s, u"A e/f 1"_s}));
    QCOMPARE(nodeAt(made.files, u"d"_s).modified, 12345);
}

void LayerMergeTest::hardLinksCountOnce()
{
    const auto made = merged({TarBuilder().file("f", "12345").hardLink("g", "f").hardLink("h", "./g")});
    QCOMPARE(textOf(made.files, false), (QStringList{u"f 5"_s, u"g is f"_s, u"h is ./g"_s}));
    QCOMPARE(made.files.tree->root().size, 5);
    for (const QString& name : {u"f"_s, u"g"_s, u"h"_s})
        QCOMPARE(made.files.places[static_cast<size_t>(made.files.tree->find(name))], (ContentPlace{0, 0}));
}

void LayerMergeTest::bytesOfAHardLinkAreWastedWithItsLastName()
{
    const auto made = merged({TarBuilder().file("f", "12345").hardLink("g", "f"),
                              TarBuilder().file(".wh.g", ""), TarBuilder().file(".wh.f", "")});
    QCOMPARE(made.wasted, 5);
    QCOMPARE(nodeAt(made.layers[0], u"f"_s).wasted, 5);
    const auto first =
        merged({TarBuilder().file("f", "12345").hardLink("g", "f"), TarBuilder().file(".wh.g", "")});
    QCOMPARE(first.wasted, 0);
    QCOMPARE(first.files.tree->root().size, 5);
}

void LayerMergeTest::linkInheritsTheBytesOfItsFile()
{
    const auto made =
        merged({TarBuilder().file("a/f", "12345").hardLink("b/g", "a/f"), TarBuilder().file("a/f", "22")});
    QCOMPARE(textOf(made.files, false), (QStringList{u"a/"_s, u"a/f 2"_s, u"b/"_s, u"b/g 5"_s}));
    QCOMPARE(made.files.tree->root().size, 7);
    QCOMPARE(made.wasted, 0);
    // A link of a later layer to a file of an earlier one.
    const auto across =
        merged({TarBuilder().file("f", "12345"), TarBuilder().hardLink("g", "f").file(".wh.f", "")});
    QCOMPARE(textOf(across.files, false), QStringList{u"g is f"_s});
}

void LayerMergeTest::manyLinksAreQuick()
{
    TarBuilder first, second;
    first.file("f", "12345");
    for (int i = 0; i < 20'000; ++i) {
        first.hardLink("l" + QByteArray::number(i), "f");
        second.file(".wh.l" + QByteArray::number(i), "");
    }
    const auto made = merged({first, second.file(".wh.f", "")});
    QCOMPARE(made.wasted, 5);
    QCOMPARE(textOf(made.files), QStringList());
}

void LayerMergeTest::wastedBytesAreWhereTheyWere()
{
    const auto made = merged({TarBuilder().file("a/x", "1").file("a/b/y", "22"),
                              TarBuilder().file("a/x", "333").file("a/b/.wh.y", ""),
                              TarBuilder().file("a/x", "4444"), TarBuilder().file("z", "")});
    QCOMPARE(nodeAt(made.files, u"a/x"_s).wasted, 4);
    QCOMPARE(nodeAt(made.files, u"a/b"_s).wasted, 2);
    QCOMPARE(nodeAt(made.files, u"a"_s).wasted, 6);
    QCOMPARE(made.wasted, 6);
    QCOMPARE(made.layers[0].tree->root().wasted, 3);
    QCOMPARE(made.layers[1].tree->root().wasted, 3);
    QCOMPARE(made.layers[2].tree->root().wasted, 0);
    QCOMPARE(textOf(made.layers[2]), (QStringList{u"  a/"_s, u"C a/x 4 -3"_s}));
}

void LayerMergeTest::missingLayersArePassedOver()
{
    LayerMerge merge;
    merge.addMissing();
    merge.add(*index(TarBuilder().file("a", "1")));
    merge.addMissing();
    const auto made = merge.finish();
    QCOMPARE(textOf(made.files, false), QStringList{u"a 1"_s});
    QVERIFY(!made.layers[0].tree);
    QCOMPARE(textOf(made.layers[1]), QStringList{u"A a 1"_s});
    QVERIFY(!made.layers[2].tree);
    LayerMerge nothing;
    nothing.addMissing();
    const auto empty = nothing.finish();
    QCOMPARE(empty.files.tree->nodes().size(), size_t(1));
    QCOMPARE(empty.files.tree->root().kind, FileNode::Kind::Folder);
}

void LayerMergeTest::deletedAgainAndAgain()
{
    QList<TarBuilder> layers;
    for (int i = 0; i < 50; ++i)
        layers << TarBuilder().file("d/f", "1").file("d/g", "22") << TarBuilder().file(".wh.d", "");
    layers << TarBuilder().file("d/f", "4444");
    const auto made = merged(layers);
    QCOMPARE(textOf(made.files, false), (QStringList{u"d/"_s, u"d/f 4"_s}));
    QCOMPARE(made.wasted, 150);
}

void LayerMergeTest::treesAreCutOff()
{
    LayerMerge merge({.nodes = 100});
    TarBuilder first, second;
    for (int i = 0; i < 60; ++i) {
        first.file("f" + QByteArray::number(i), "1");
        second.file("d/g" + QByteArray::number(i), "1");
    }
    merge.add(*index(first));
    merge.add(*index(second));
    merge.add(*index(TarBuilder().file(".wh.f1", "")));
    const auto made = merge.finish();
    QVERIFY(made.files.tree->isCutOff());
    QVERIFY(!made.layers[0].tree->isCutOff());
    QVERIFY(made.layers[1].tree->isCutOff());
    QVERIFY(made.files.tree->nodes().size() <= 100);
    QVERIFY2(made.files.tree->find(u"f1"_s) < 0, "what is deleted is gone even so");
}

void LayerMergeTest::treeIsSortedAndFound()
{
    TarBuilder tar;
    const QList<QByteArray> names{
        "zeta", "alpha", "Beta", "dir/x", "a.d/y", "한글", "\xf0\x9f\x98\x80", "\xef\xbf\xbd"};
    for (const QByteArray& name : names)
        tar.file(name, name);
    const auto made = merged({tar});
    const FileTree& tree = *made.files.tree;
    for (int i = 1; i < static_cast<int>(tree.nodes().size()); ++i) {
        QCOMPARE(tree.find(tree.pathOf(i)), i);
        QCOMPARE(tree.find(QString(u'/' + tree.pathOf(i))), i);
    }
    QCOMPARE(tree.node(1).name, u"a.d"_s);
    QCOMPARE(tree.node(2).name, u"dir"_s);
    QCOMPARE(tree.node(3).name, u"Beta"_s);
    QCOMPARE(tree.find(QString()), 0);
    QCOMPARE(tree.find(u"dir/none"_s), -1);
    QCOMPARE(tree.find(u"zeta/x"_s), -1);
    QCOMPARE(tree.pathOf(0), QString());
}

void LayerMergeTest::hugeSizesDoNotOverflow()
{
    LayerIndex::Content content;
    content.entries.front().flags = LayerEntry::Parent;
    content.names = "ab";
    for (quint32 i = 0; i < 2; ++i) {
        content.entries.push_back({.size = std::numeric_limits<qint64>::max() - 5,
                                   .name = i,
                                   .nameSize = 1,
                                   .kind = FileNode::Kind::File,
                                   .flags = LayerEntry::Own});
    }
    LayerMerge merge;
    merge.add(LayerIndex(content));
    merge.add(LayerIndex(content));
    const auto made = merge.finish();
    QCOMPARE(made.files.tree->root().size, std::numeric_limits<qint64>::max());
    QCOMPARE(made.wasted, std::numeric_limits<qint64>::max());
}

void LayerMergeTest::comparison()
{
    TarBuilder other;
    other.file("a/same", "1").file("a/changed", "333").file("b/new", "1").symLink("l", "b");
    other.file("m", "1").attributes(0755).file("d", "now a file").file("f/in", "1").file("time", "1");
    const auto left = merged({TarBuilder()
                                  .file("a/same", "1")
                                  .file("a/changed", "22")
                                  .file("gone/x", "55555")
                                  .symLink("l", "a")
                                  .file("m", "1")
                                  .file("d/was", "1")
                                  .file("f", "22")
                                  .file("time", "1")});
    const auto right = merged({other.attributes(0644, 0, 0, 1'000'000)});
    FileComparison comparison(left.files, right.files, [](const auto&, const auto&) { return false; });
    for (const FileComparison::Doubt& doubt : comparison.doubts())
        comparison.settle(doubt, true);
    QCOMPARE(
        textOf(comparison.finish()),
        (QStringList{u"  a/"_s, u"C a/changed 3 -2"_s, u"A b/"_s, u"A b/new 1"_s, u"C d 10 -1"_s, u"C f/"_s,
                     u"A f/in 1"_s, u"D gone/"_s, u"D gone/x -5"_s, u"C l -> b"_s, u"C m 1 -1"_s}));
}

void LayerMergeTest::comparisonAsksWhereItCannotKnow()
{
    const auto left = merged({TarBuilder().file("base", "1").file("x", "12").file("y", "12").file("z", "1")});
    const auto right = merged(
        {TarBuilder().file("base", "1"), TarBuilder().file("x", "34").file("y", "12").file("z", "22")});
    FileComparison comparison(left.files, right.files, [](const ContentPlace& a, const ContentPlace& b) {
        return a.layer == 0 && b.layer == 0 && a.ordinal == b.ordinal;
    });
    QCOMPARE(comparison.doubts().size(), size_t(2));
    for (const FileComparison::Doubt& doubt : comparison.doubts()) {
        QCOMPARE(doubt.size, 2);
        comparison.settle(doubt, doubt.left.ordinal == 2);
    }
    QCOMPARE(textOf(comparison.finish()), (QStringList{u"C x 2 -2"_s, u"C z 2 -1"_s}));
}

QTEST_GUILESS_MAIN(LayerMergeTest)
#include "tst_layermerge.moc"
