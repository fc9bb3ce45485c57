// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scratchfolder.h"
#include "tarbuilder.h"

#include "archive/layerindexfile.h"
#include "archive/layerreader.h"
#include "support/randomimage/layeredimage.h"
#include "support/randomimage/randombytes.h"
#include "support/resulttest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using Testing::layerOf;
using Compression = Testing::RandomImageOptions::Compression;

namespace {

QString pathOf(const LayerIndex& index, quint32 position)
{
    QStringList names;
    for (quint32 at = position; at > 0; at = index.entries()[at].parent)
        names.prepend(QString::fromUtf8(index.nameOf(index.entries()[at])));
    return names.join(u'/');
}

//! "usr/bin/ls f5 0755", "etc w" for a whiteout, "etc/ o" for an opaque folder, "usr/ p" for one that no
//! entry describes; sorted.
QStringList textOf(const LayerIndex& index)
{
    QStringList lines;
    for (quint32 i = 1; i < index.entries().size(); ++i) {
        const LayerEntry& entry = index.entries()[i];
        if (entry.has(LayerEntry::Dead))
            continue;
        bool isReachable = true;
        for (quint32 at = entry.parent; at > 0; at = index.entries()[at].parent)
            isReachable = isReachable && !index.entries()[at].has(LayerEntry::Dead);
        if (!isReachable)
            continue;
        QString line = pathOf(index, i) + (entry.isFolder() ? u"/"_s : QString());
        if (entry.has(LayerEntry::Own) && entry.kind == FileNode::Kind::File)
            line += u" f%1"_s.arg(entry.size);
        if (entry.isFolder() && !entry.has(LayerEntry::Own))
            line += u" p"_s;
        if (entry.linkSize > 0)
            line += u" -> "_s + QString::fromUtf8(index.linkOf(entry));
        if (entry.has(LayerEntry::Whiteout))
            line += u" w"_s;
        if (entry.has(LayerEntry::Opaque))
            line += u" o"_s;
        lines.append(line);
    }
    lines.sort();
    return lines;
}

} // namespace

//! One layer's blob, sound or hostile, as a list of names.
class LayerReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEachCompression_data();
    void readsEachCompression();
    void readsAllKinds();
    void readsAttributes();
    void takesWhiteoutsForMarks();
    void leavesOutNamesOfWhiteoutsThatHideNothing();
    void lastOfTwoCounts();
    void fileInAFoldersPlaceTakesWhatWasInItAway();
    void namesStayInside_data();
    void namesStayInside();
    void longNamesAreRead_data();
    void longNamesAreRead();
    void tooLongNamesAreLeftOut();
    void namesThatCannotBeShownAreEscaped_data();
    void namesThatCannotBeShownAreEscaped();
    void composedAndDecomposedNamesAreTwo();
    void brokenLayersGiveWhatCameBefore_data();
    void brokenLayersGiveWhatCameBefore();
    void emptyLayersAreSound_data();
    void emptyLayersAreSound();
    void whatIsNoTarSaysSo();
    void missingFileIsNotFound();
    void listsNoMoreThanAllowed_data();
    void listsNoMoreThanAllowed();
    void stopsBetweenPortions();
    void cacheFileHoldsAll();
    void brokenCacheFilesAreRefused();

private:
    LayerIndexPtr read(const QByteArray& blob, const LayerLimits& limits = {});
    LayerIndexPtr read(const TarBuilder& tar) { return read(tar.bytes()); }

    ScratchFolder m_folder;
};

LayerIndexPtr LayerReaderTest::read(const QByteArray& blob, const LayerLimits& limits)
{
    auto reader = LayerReader::open(m_folder.write(u"layer"_s, blob), limits);
    if (!reader)
        return nullptr;
    while (!(*reader)->step(20ms)) { }
    return (*reader)->finish();
}

void LayerReaderTest::readsEachCompression_data()
{
    QTest::addColumn<Compression>("compression");
    QTest::newRow("none") << Compression::None;
    QTest::newRow("gzip") << Compression::Gzip;
    QTest::newRow("zstd") << Compression::Zstd;
}

void LayerReaderTest::readsEachCompression()
{
    QFETCH(Compression, compression);
    Testing::RandomBytes random(3);
    TarBuilder tar;
    // Larger than the blocks that are read and decoded, and than what one entry needs of them.
    tar.folder("usr/").file("usr/large", random.noise(3'000'000)).file("usr/small", "hello");
    tar.file("usr/text", random.text(2'000'000)).file("last", "x").end();
    const auto index = read(layerOf(tar.bytes(), compression).bytes);
    QVERIFY(index);
    QCOMPARE(textOf(*index),
             (QStringList{u"last f1"_s, u"usr/"_s, u"usr/large f3000000"_s, u"usr/small f5"_s,
                          u"usr/text f2000000"_s}));
    QCOMPARE(index->problem(), QString());
    QVERIFY(!index->isBroken());
}

void LayerReaderTest::readsAllKinds()
{
    TarBuilder tar;
    tar.folder("d/").file("d/f", "abc").symLink("d/s", "../x").hardLink("d/h", "d/f");
    tar.header("c", '3', 0).header("b", '4', 0).header("p", '6', 0).end();
    const auto index = read(tar);
    QVERIFY(index);
    QCOMPARE(textOf(*index),
             (QStringList{u"b"_s, u"c"_s, u"d/"_s, u"d/f f3"_s, u"d/h -> d/f"_s, u"d/s -> ../x"_s, u"p"_s}));
    QHash<QString, FileNode::Kind> kinds;
    for (const LayerEntry& entry : index->entries())
        kinds.insert(QString::fromUtf8(index->nameOf(entry)), entry.kind);
    QCOMPARE(kinds.value(u"b"_s), FileNode::Kind::BlockDevice);
    QCOMPARE(kinds.value(u"c"_s), FileNode::Kind::CharacterDevice);
    QCOMPARE(kinds.value(u"p"_s), FileNode::Kind::Fifo);
    QCOMPARE(kinds.value(u"h"_s), FileNode::Kind::HardLink);
    QCOMPARE(kinds.value(u"s"_s), FileNode::Kind::SymbolicLink);
}

void LayerReaderTest::readsAttributes()
{
    TarBuilder tar;
    tar.folder("./").attributes(0711, 5, 6, 77);
    tar.file("f", "abc").attributes(04755, 1000, 65534, 1'700'000'000).end();
    const auto index = read(tar);
    QVERIFY(index);
    const LayerEntry& root = index->entries().front();
    QVERIFY(root.has(LayerEntry::Own));
    QCOMPARE(root.mode, 0711);
    QCOMPARE(root.user, 5U);
    const LayerEntry& file = index->entries().back();
    QCOMPARE(file.mode, 04755);
    QCOMPARE(file.user, 1000U);
    QCOMPARE(file.group, 65534U);
    QCOMPARE(file.modified, 1'700'000'000);
    QCOMPARE(file.ordinal, 1U);
}

void LayerReaderTest::takesWhiteoutsForMarks()
{
    TarBuilder tar;
    tar.folder("etc/").file("etc/.wh.passwd", "").file("etc/.wh..wh..opq", "").file(".wh.old", "");
    // Hidden below, and new here: in either order.
    tar.file("new", "1").file(".wh.new", "").file("a/b/.wh.c", "").end();
    const auto index = read(tar);
    QVERIFY(index);
    QCOMPARE(textOf(*index),
             (QStringList{u"a/ p"_s, u"a/b/ p"_s, u"a/b/c w"_s, u"etc/ o"_s, u"etc/passwd w"_s, u"new f1 w"_s,
                          u"old w"_s}));
    QCOMPARE(index->problem(), QString());
}

void LayerReaderTest::leavesOutNamesOfWhiteoutsThatHideNothing()
{
    TarBuilder tar;
    tar.file(".wh..", "").file(".wh...", "").file(".wh.", "").file("a/.wh.x/y", "");
    tar.file(".wh..wh.plnk", "").file(".wh..wh.aufs", "").file("ok", "").end();
    const auto index = read(tar);
    QVERIFY(index);
    QCOMPARE(textOf(*index), QStringList{u"ok f0"_s});
    QVERIFY2(index->problem().contains(u"4 names"_s), qPrintable(index->problem()));
}

void LayerReaderTest::lastOfTwoCounts()
{
    TarBuilder tar;
    tar.file("f", "12345").file("f", "1").symLink("s", "a").file("s", "22").folder("d/").folder("d/").end();
    const auto index = read(tar);
    QVERIFY(index);
    QCOMPARE(textOf(*index), (QStringList{u"d/"_s, u"f f1"_s, u"s f2"_s}));
    QCOMPARE(index->entries()[1].ordinal, 1U);
}

void LayerReaderTest::fileInAFoldersPlaceTakesWhatWasInItAway()
{
    TarBuilder tar;
    tar.file("d/x/y", "1").file("d", "22").file("e", "1").file("e/f", "333").end();
    const auto index = read(tar);
    QVERIFY(index);
    QCOMPARE(textOf(*index), (QStringList{u"d f2"_s, u"e/ p"_s, u"e/f f3"_s}));
    TarBuilder again;
    again.file("d/x/y", "1").file("d", "22").file("d/x/z", "333").end();
    const auto folder = read(again);
    QVERIFY(folder);
    QCOMPARE(textOf(*folder), (QStringList{u"d/ p"_s, u"d/x/ p"_s, u"d/x/z f3"_s}));
}

void LayerReaderTest::namesStayInside_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("listed");
    QTest::addColumn<bool>("isNoted");
    QTest::newRow("dot") << QByteArray("./a/./b") << u"a/b"_s << false;
    QTest::newRow("slashes") << QByteArray("//a///b") << u"a/b"_s << false;
    QTest::newRow("absolute") << QByteArray("/a/b") << u"a/b"_s << false;
    QTest::newRow("up and down") << QByteArray("x/../a/b") << u"a/b"_s << false;
    QTest::newRow("out") << QByteArray("../../a/b") << u"a/b"_s << true;
    QTest::newRow("out later") << QByteArray("x/../../../a/b") << u"a/b"_s << true;
}

void LayerReaderTest::namesStayInside()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, listed);
    QFETCH(bool, isNoted);
    TarBuilder tar;
    tar.file(name, "x").file("..", "").file("/", "").end();
    const auto index = read(tar);
    QVERIFY(index);
    QCOMPARE(textOf(*index), (QStringList{u"a/ p"_s, QString(listed + u" f1")}));
    QCOMPARE(index->problem().contains(u"2 names lead out"_s), isNoted);
}

void LayerReaderTest::longNamesAreRead_data()
{
    QTest::addColumn<bool>("isPax");
    QTest::newRow("pax") << true;
    QTest::newRow("GNU") << false;
}

void LayerReaderTest::longNamesAreRead()
{
    QFETCH(bool, isPax);
    const QByteArray name = QByteArray(200, 'n') + '/' + QByteArray(250, 'm');
    const QByteArray target(300, 't');
    TarBuilder tar;
    if (isPax)
        tar.pax("path", name).file("short", "abc").pax("linkpath", target).symLink("s", "short");
    else
        tar.gnuLong('L', name).file("short", "abc").gnuLong('K', target).symLink("s", "short");
    const auto index = read(tar.end());
    QVERIFY(index);
    QCOMPARE(textOf(*index),
             (QStringList{QString::fromLatin1(QByteArray(200, 'n')) + u"/ p"_s,
                          QString::fromLatin1(name) + u" f3"_s, u"s -> "_s + QString::fromLatin1(target)}));
}

void LayerReaderTest::tooLongNamesAreLeftOut()
{
    TarBuilder tar;
    tar.pax("path", QByteArray(2000, 'a') + '/' + QByteArray(3000, 'b')).file("x", "1");
    tar.pax("linkpath", QByteArray(5000, 'c')).symLink("s", "x").file("ok", "1").end();
    const auto index = read(tar);
    QVERIFY(index);
    QCOMPARE(textOf(*index).first(), u"ok f1"_s);
    QCOMPARE(textOf(*index).size(), 2);
    QVERIFY2(index->problem().contains(u"2 names or links"_s), qPrintable(index->problem()));
}

void LayerReaderTest::namesThatCannotBeShownAreEscaped_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("shown");
    QTest::newRow("UTF-8") << QByteArray("한글-é-😀") << u"한글-é-😀"_s;
    QTest::newRow("Latin-1") << QByteArray("caf\xe9") << u"caf\\xe9"_s;
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << u"\\xc0\\xaf"_s;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << u"\\xed\\xa0\\x80"_s;
    QTest::newRow("cut off") << QByteArray("a\xe2\x82") << u"a\\xe2\\x82"_s;
    QTest::newRow("line break") << QByteArray("a\nb") << u"a\\x0ab"_s;
    QTest::newRow("escape") << QByteArray("\x1b[31mred") << u"\\x1b[31mred"_s;
    QTest::newRow("right to left override")
        << QByteArray("a\xe2\x80\xaegpj.exe") << u"a\\xe2\\x80\\xaegpj.exe"_s;
    QTest::newRow("backslash") << QByteArray("dev-x\\x2dy.device") << u"dev-x\\x2dy.device"_s;
}

void LayerReaderTest::namesThatCannotBeShownAreEscaped()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, shown);
    TarBuilder plain;
    plain.file(name, "1").end();
    const auto index = read(plain);
    QVERIFY(index);
    QCOMPARE(textOf(*index), QStringList{shown + u" f1"_s});
    TarBuilder pax;
    pax.pax("path", name).file("x", "1").end();
    const auto byPax = read(pax);
    QVERIFY(byPax);
    QCOMPARE(textOf(*byPax), QStringList{shown + u" f1"_s});
}

//! They are two files to Linux; a reader that normalises would lose one.
void LayerReaderTest::composedAndDecomposedNamesAreTwo()
{
    TarBuilder tar;
    tar.pax("path", "e\xcc\x81").file("x", "1").pax("path", "\xc3\xa9").file("x", "22").end();
    const auto index = read(tar);
    QVERIFY(index);
    QCOMPARE(textOf(*index).size(), 2);
    // Also where the headers lie in two blocks of what is read, and behind what is passed over.
    TarBuilder far;
    for (int i = 0; i < 2000; ++i)
        far.file("f" + QByteArray::number(i), QByteArray(i * 7 % 3000, 'x'))
            .pax("path", "e\xcc\x81" + QByteArray::number(i))
            .file("x", "1");
    for (const Compression compression : {Compression::None, Compression::Gzip}) {
        const auto all = read(layerOf(TarBuilder(far).end().bytes(), compression).bytes);
        QVERIFY(all);
        QCOMPARE(all->entries().size(), size_t(4001));
        const auto isComposed = [&](const LayerEntry& entry) {
            return all->nameOf(entry).startsWith("\xc3\xa9");
        };
        QVERIFY(std::ranges::none_of(all->entries(), isComposed));
    }
}

void LayerReaderTest::brokenLayersGiveWhatCameBefore_data()
{
    QTest::addColumn<QByteArray>("blob");
    QTest::addColumn<int>("least");
    Testing::RandomBytes random(5);
    TarBuilder tar;
    for (int i = 0; i < 40; ++i)
        tar.file("f" + QByteArray::number(i), random.noise(20'000));
    tar.end();
    for (const Compression compression : {Compression::None, Compression::Gzip, Compression::Zstd}) {
        const QByteArray whole = layerOf(tar.bytes(), compression).bytes;
        const QByteArray name = QByteArray::number(static_cast<int>(compression));
        QTest::addRow("cut off %s", name.constData()) << whole.first(whole.size() / 2 + 100) << 15;
        if (compression == Compression::None)
            continue;
        QByteArray damaged = whole;
        for (qsizetype i = damaged.size() / 2; i < damaged.size() / 2 + 5000; ++i)
            damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
        QTest::addRow("damaged %s", name.constData())
            << damaged << (compression == Compression::Gzip ? 0 : 15);
    }
    QByteArray header = tar.bytes();
    header[20 * (512 + 20'480) + 5] = 'X';
    QTest::newRow("damaged header") << header << 20;
}

void LayerReaderTest::brokenLayersGiveWhatCameBefore()
{
    QFETCH(QByteArray, blob);
    QFETCH(int, least);
    const auto index = read(blob);
    QVERIFY(index);
    const QStringList lines = textOf(*index);
    QVERIFY2(lines.size() >= least && lines.size() < 40, qPrintable(QString::number(lines.size())));
    // Random data that was damaged may still unpack, to something else: then only the checksum knows.
    if (least > 0) {
        QVERIFY(index->isBroken());
        QVERIFY2(!index->problem().isEmpty(), "says nothing");
    }
}

void LayerReaderTest::emptyLayersAreSound_data()
{
    QTest::addColumn<QByteArray>("tar");
    QTest::newRow("end marks") << QByteArray(1024, '\0');
    QTest::newRow("a tape block") << QByteArray(10'240, '\0');
    QTest::newRow("nothing") << QByteArray();
}

void LayerReaderTest::emptyLayersAreSound()
{
    QFETCH(QByteArray, tar);
    for (const Compression compression : {Compression::None, Compression::Gzip, Compression::Zstd}) {
        const auto index = read(layerOf(tar, compression).bytes);
        QVERIFY(index);
        QCOMPARE(textOf(*index), QStringList());
        QVERIFY2(!index->isBroken(), qPrintable(index->problem()));
    }
}

void LayerReaderTest::whatIsNoTarSaysSo()
{
    Testing::RandomBytes random(9);
    const auto index = read(random.text(100'000));
    QVERIFY(index);
    QCOMPARE(textOf(*index), QStringList());
    QVERIFY(index->isBroken());
    QVERIFY(!index->problem().isEmpty());
}

void LayerReaderTest::missingFileIsNotFound()
{
    const auto reader = LayerReader::open(m_folder.path(u"nothing"_s));
    COMPARE_ERROR(reader, Error::Code::NotFound);
}

void LayerReaderTest::listsNoMoreThanAllowed_data()
{
    QTest::addColumn<int>("entries");
    QTest::addColumn<qint64>("nameBytes");
    QTest::newRow("entries") << 50 << qint64(1'000'000);
    QTest::newRow("name bytes") << 1000 << qint64(300);
}

void LayerReaderTest::listsNoMoreThanAllowed()
{
    QFETCH(int, entries);
    QFETCH(qint64, nameBytes);
    TarBuilder tar;
    for (int i = 0; i < 100; ++i)
        tar.file("folder/file" + QByteArray::number(i), "");
    const auto index = read(tar.end().bytes(), {.entries = entries, .nameBytes = nameBytes});
    QVERIFY(index);
    QVERIFY(index->isCutOff());
    QVERIFY(!index->isBroken());
    QVERIFY(index->entries().size() > 10);
    QVERIFY(index->entries().size() <= static_cast<size_t>(entries));
    QVERIFY(index->names().size() <= nameBytes);
    QVERIFY(index->problem().contains(u"more entries than can be listed"_s));
}

void LayerReaderTest::stopsBetweenPortions()
{
    // 200 MB of zeros in one file: a portion is over long before.
    QByteArray tar = TarBuilder::block("zeros", '0', 200'000'000);
    tar.append(200'000'256 + 1024, '\0');
    const QByteArray blob = layerOf(tar).bytes;
    QVERIFY(blob.size() < 1'000'000);
    auto reader = LayerReader::open(m_folder.write(u"zeros"_s, blob));
    VERIFY_RESULT(reader);
    QVERIFY(!(*reader)->step(1ms));
    int portions = 1;
    while (!(*reader)->step(1ms))
        ++portions;
    QVERIFY2(portions > 3, qPrintable(QString::number(portions)));
    QCOMPARE(textOf(*(*reader)->finish()), QStringList{u"zeros f200000000"_s});
}

void LayerReaderTest::cacheFileHoldsAll()
{
    TarBuilder tar;
    tar.folder("d/").attributes(0700, 1, 2, 3).file("d/f", "abc").attributes(04711, 1000, 50, 1'600'000'000);
    tar.symLink("d/s", "../x").file("d/.wh.gone", "").file("d/.wh..wh..opq", "").file("../out", "").end();
    const auto index = read(tar);
    QVERIFY(index);
    const QByteArray bytes = writeLayerIndex(*index, 1234);
    const auto back = readLayerIndex(bytes, 1234);
    QVERIFY(back);
    QCOMPARE(textOf(*back), textOf(*index));
    QCOMPARE(back->problem(), index->problem());
    QVERIFY(!back->problem().isEmpty());
    QCOMPARE(back->entries().size(), index->entries().size());
    QCOMPARE(std::memcmp(back->entries().data(), index->entries().data(),
                         index->entries().size() * sizeof(LayerEntry)),
             0);
    QVERIFY2(!readLayerIndex(bytes, 1235), "of another blob");
}

void LayerReaderTest::brokenCacheFilesAreRefused()
{
    TarBuilder tar;
    for (int i = 0; i < 20; ++i)
        tar.file("folder/file" + QByteArray::number(i), "");
    const auto index = read(tar.end());
    const QByteArray bytes = writeLayerIndex(*index, 7);
    QVERIFY(readLayerIndex(bytes, 7));
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        QVERIFY2(!readLayerIndex(bytes.first(i), 7), "cut off");
        // Not every bit of a zstd frame means something, but what is read has to be right.
        QByteArray damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        if (const auto read = readLayerIndex(damaged, 7))
            QCOMPARE(textOf(*read), textOf(*index));
    }
    QVERIFY(!readLayerIndex(QByteArray(bytes + 'x'), 7));
    // A name that does not lie in the names.
    LayerIndex::Content content;
    content.entries.front().flags = LayerEntry::Parent;
    content.entries.push_back({.name = 5, .nameSize = 3, .flags = LayerEntry::Own});
    content.names = "abc";
    QVERIFY(!readLayerIndex(writeLayerIndex(LayerIndex(content), 7), 7));
    content.entries.back().name = 0;
    QVERIFY(readLayerIndex(writeLayerIndex(LayerIndex(content), 7), 7));
    content.entries.back().parent = 1;
    QVERIFY(!readLayerIndex(writeLayerIndex(LayerIndex(content), 7), 7));
}

QTEST_GUILESS_MAIN(LayerReaderTest)
#include "tst_layerreader.moc"
