// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "filetreetext.h"
#include "scratchfolder.h"

#include "archive/layermerge.h"
#include "archive/layerreader.h"
#include "support/randomimage/layeredimage.h"
#include "support/resulttest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using namespace Tagboat::Testing;

//! What umoci unpacks from layers that tar packed is what the merged list says, name by name.
class UnpackJudgeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mergedListIsTheUnpackedTree_data();
    void mergedListIsTheUnpackedTree();
};

namespace {

//! As `find -printf '%y %m %U:%G %s %P -> %l'`, sorted.
QStringList linesOf(const FileTree& tree, const std::vector<ContentPlace>& places,
                    const QHash<std::pair<int, quint32>, qint64>& sizes)
{
    QStringList lines;
    for (int i = 1; i < static_cast<int>(tree.nodes().size()); ++i) {
        const FileNode& node = tree.node(i);
        const bool isFile = node.kind == FileNode::Kind::File || node.kind == FileNode::Kind::HardLink;
        constexpr QLatin1StringView Letters("dflfcbp");
        QString line = u"%1 %2 %3:%4"_s.arg(Letters[static_cast<qsizetype>(node.kind)])
                           .arg(QString::number(node.mode, 8))
                           .arg(node.user)
                           .arg(node.group);
        if (isFile) {
            const ContentPlace place = places[static_cast<size_t>(i)];
            line += u' ' + QString::number(sizes.value({place.layer, place.ordinal}, -1));
        }
        line += u' ' + tree.pathOf(i);
        if (node.kind == FileNode::Kind::SymbolicLink)
            line += u" -> " + node.linkTarget;
        lines.append(line);
    }
    lines.sort();
    return lines;
}

} // namespace

void UnpackJudgeTest::mergedListIsTheUnpackedTree_data()
{
    QTest::addColumn<QStringList>("layers");
    const QString base =
        u"mkdir -p usr/bin usr/lib/deep/er etc/conf.d var/cache 한글; "
        "printf 12345 > usr/bin/tool; printf x > usr/lib/deep/er/file; printf a > etc/conf.d/a; "
        "printf b > etc/conf.d/b; printf old > etc/motd; ln -s usr/bin bin; ln usr/bin/tool usr/bin/again; "
        "printf c > var/cache/c; chmod 4755 usr/bin/tool; chmod 1777 var/cache; chown 12:34 etc/motd; "
        "printf n > 한글/이름; mkfifo var/pipe; printf f > becomes-folder; mkdir becomes-file; "
        "printf g > becomes-file/gone; ln -s etc/motd becomes-file2"_s;
    const QString whiteouts =
        u"mkdir -p etc/conf.d usr/lib; touch etc/conf.d/.wh.a usr/lib/.wh.deep; printf new > etc/motd; "
        "touch .wh.bin; printf two > usr/.keep"_s;
    const QString opaque =
        u"mkdir -p var/cache usr/bin; touch var/cache/.wh..wh..opq; printf fresh > var/cache/fresh; "
        "chmod 700 var/cache; touch usr/bin/.wh.tool"_s;
    const QString kinds =
        u"mkdir -p becomes-folder; printf in > becomes-folder/in; printf file > becomes-file; "
        "printf plain > becomes-file2"_s;
    const QString again =
        u"mkdir -p usr/lib/deep var; printf back > usr/lib/deep/back; mkdir bin; printf new > bin/sh; "
        "touch var/.wh.pipe"_s;
    QTest::newRow("one layer") << QStringList{base};
    QTest::newRow("whiteouts") << QStringList{base, whiteouts};
    QTest::newRow("opaque") << QStringList{base, opaque};
    QTest::newRow("kinds") << QStringList{base, kinds};
    QTest::newRow("all") << QStringList{base, whiteouts, opaque, kinds, again};
}

void UnpackJudgeTest::mergedListIsTheUnpackedTree()
{
    QFETCH(QStringList, layers);
    ScratchFolder folder;
    QList<RandomBlob> blobs;
    for (qsizetype i = 0; i < layers.size(); ++i) {
        const QString name = u"layer%1"_s.arg(i);
        QCOMPARE(folder.run(
                     u"mkdir %1; cd %1; umask 022; %2; tar --numeric-owner --format=%3 -cf ../%1.tar ."_s.arg(
                         name, layers[i], i % 2 == 0 ? u"pax"_s : u"gnu"_s)),
                 QString());
        blobs.append(layerOf(contentOf(folder.path(name + u".tar"_s)),
                             // umoci knows no zstd.
                             i % 2 == 0 ? RandomImageOptions::Compression::Gzip
                                        : RandomImageOptions::Compression::None));
    }
    imageOf(blobs).writeLayout(folder.path(u"image"_s), {u"it"_s});
    QCOMPARE(folder.run(u"umoci unpack --image image:it bundle"_s), QString());
    QCOMPARE(
        folder.run(u"cd bundle/rootfs; find . -mindepth 1 \\( -type f -printf '%y %m %U:%G %s %P\\n' \\) -o "
                   "\\( -type l -printf '%y %m %U:%G %P -> %l\\n' \\) -o "
                   "-printf '%y %m %U:%G %P\\n' > ../../found"_s),
        QString());
    QStringList expected = QString::fromUtf8(contentOf(folder.path(u"found"_s))).trimmed().split(u'\n');
    expected.sort();

    LayerMerge merge;
    QHash<std::pair<int, quint32>, qint64> sizes;
    for (qsizetype i = 0; i < blobs.size(); ++i) {
        auto reader = LayerReader::open(folder.write(u"blob"_s, blobs[i].bytes));
        VERIFY_RESULT(reader);
        while (!(*reader)->step(20ms)) { }
        const LayerIndexPtr index = (*reader)->finish();
        QCOMPARE(index->problem(), QString());
        for (const LayerEntry& entry : index->entries())
            sizes.insert({static_cast<int>(i), entry.ordinal}, entry.size);
        merge.add(*index);
    }
    const LayerMerge::Merged merged = merge.finish();
    const QStringList listed = linesOf(*merged.files.tree, merged.files.places, sizes);
    QVERIFY2(expected.size() > 10, "umoci unpacked next to nothing");
    QCOMPARE(listed.join(u'\n'), expected.join(u'\n'));
}

QTEST_GUILESS_MAIN(UnpackJudgeTest)
#include "tst_unpackjudge.moc"
