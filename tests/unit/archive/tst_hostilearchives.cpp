// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scratchfolder.h"
#include "tarbuilder.h"

#include "archive/openarchive.h"
#include "support/resulttest.h"

#include <QCoro/QCoroTask>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using ArchiveTest::ScratchFolder;
using ArchiveTest::TarBuilder;

namespace {

constexpr auto Corrupt = Error::Code::Corrupt;
constexpr auto Unsupported = Error::Code::Unsupported;

TarBuilder sound()
{
    TarBuilder tar;
    tar.file("manifest.json", "[]").folder("a/").file("a/one", QByteArray(700, '1')).symLink("b", "a/one");
    return tar;
}

} // namespace

//! What no archive may have, whatever is in it.
class HostileArchivesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesHostileMembers_data();
    void refusesHostileMembers();
    void refusesCutOffArchives();
    void refusesCutOffCompressedArchives_data();
    void refusesCutOffCompressedArchives();
    void refusesAnArchiveWithoutAnEnd();
    void refusesAnythingAfterTheEnd();
    void refusesEveryDamagedHeader();
    void refusesWhatIsNoTar_data();
    void refusesWhatIsNoTar();

private:
    QString write(const QByteArray& bytes, const QString& name = u"a.tar"_s) const
    {
        return m_folder->write(name, bytes);
    }
    [[nodiscard]] QString run(const QString& script) const { return m_folder->run(script); }
    static Result<OpenedArchivePtr> open(const QString& path)
    {
        return QCoro::waitFor(openArchive(path, {}, {}));
    }

    std::unique_ptr<ScratchFolder> m_folder;
};

void HostileArchivesTest::init()
{
    m_folder = std::make_unique<ScratchFolder>();
    // KArchive and the walk must agree on every archive that is given to KArchive.
    QTest::failOnWarning(QRegularExpression(u"KArchive"_s));
}

void HostileArchivesTest::refusesHostileMembers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Error::Code>("code");
    QTest::addColumn<QString>("named"); // must stand in the error's subject
    const auto row = [](const char* name, TarBuilder tar, Error::Code code, const QString& named) {
        QTest::newRow(name) << tar.end().bytes() << code << named;
    };
    row("absolute name", sound().file("/etc/passwd", "x"), Corrupt, u"/etc/passwd"_s);
    row("name that leads out", sound().file("../evil", "x"), Corrupt, u"../evil"_s);
    row("name that leads out later", sound().file("a/../../evil", "x"), Corrupt, u"a/../../evil"_s);
    row("name with .. that stays inside", sound().file("a/../evil", "x"), Corrupt, u"a/../evil"_s);
    row("pax name that leads out", sound().pax("path", "../evil").file("good", "x"), Corrupt, u"../evil"_s);
    row("GNU name that leads out", sound().gnuLong('L', "/evil").file("good", "x"), Corrupt, u"/evil"_s);
    row("no name", sound().file("", "x"), Corrupt, u"a.tar"_s);
    row("file in the place of the root", sound().file(".", "x"), Corrupt, u"a.tar: ."_s);
    row("name that is not UTF-8", sound().file("\xff\xfe", "x"), Corrupt, u"a.tar"_s);
    row("pax name with NUL", sound().pax("path", QByteArray("a\0b", 3)).file("good", "x"), Corrupt,
        u"a.tar"_s);
    row("two members of one name", sound().file("a/one", "x"), Corrupt, u"a/one"_s);
    row("two members of one name, written differently", sound().file("./a//one", "x"), Corrupt, u"a/one"_s);
    row("file where a folder was", sound().file("a", "x"), Corrupt, u": a"_s);
    row("folder where a file was", sound().folder("a/one/"), Corrupt, u"a/one"_s);
    row("member below a file", sound().file("a/one/two", "x"), Corrupt, u"a/one/two"_s);
    row("member below a link", sound().symLink("c", "a").file("c/two", "x"), Corrupt, u"c/two"_s);
    row("link to an absolute path", sound().symLink("l", "/etc/passwd"), Corrupt, u": l"_s);
    row("link that leads out", sound().symLink("a/l", "../../x"), Corrupt, u"a/l"_s);
    row("link without target", sound().symLink("l", ""), Corrupt, u": l"_s);
    row("hard link that leads out", sound().hardLink("a/l", "../x"), Corrupt, u"a/l"_s);
    row("hard link to an absolute path", sound().hardLink("l", "/x"), Corrupt, u": l"_s);
    row("pax link that leads out", sound().pax("linkpath", "../x").symLink("l", "a"), Corrupt, u": l"_s);
    row("link with content", sound().header("l", '2', 3, "a/one").data("abc"), Corrupt, u": l"_s);
    row("folder with content", sound().header("f/", '5', 3).data("abc"), Corrupt, u": f/"_s);
    row("character device", sound().header("null", '3', 0), Corrupt, u": null"_s);
    row("block device", sound().header("sda", '4', 0), Corrupt, u": sda"_s);
    row("pipe", sound().header("pipe", '6', 0), Corrupt, u": pipe"_s);
    row("GNU sparse file", sound().header("holes", 'S', 0), Unsupported, u": holes"_s);
    row("pax sparse file", sound().pax("GNU.sparse.major", "1").file("holes", "x"), Unsupported, u"a.tar"_s);
    row("multi-volume", sound().header("rest", 'M', 0), Unsupported, u": rest"_s);
    row("unknown kind", sound().header("odd", '~', 0), Unsupported, u": odd"_s);
    row("global name", sound().pax("path", "x", 'g').file("good", "x"), Unsupported, u"a.tar"_s);
    row("negative pax size", sound().pax("size", "-1").file("good", "x"), Corrupt, u"a.tar"_s);
    row("pax size that is no number", sound().pax("size", "1x").file("good", "x"), Corrupt, u"a.tar"_s);
    row("pax record too long", sound().header("x", 'x', 9).data("99 path=a"), Corrupt, u"a.tar"_s);
    row("pax record without =", sound().header("x", 'x', 7).data("7 path\n"), Corrupt, u"a.tar"_s);
    row("pax record of length 0", sound().header("x", 'x', 9).data("0 path=a\n"), Corrupt, u"a.tar"_s);
    row("extended header of 2 MiB", sound().header("x", 'x', 2 << 20).data(QByteArray(2 << 20, ' ')), Corrupt,
        u"a.tar"_s);
    row("extended header and no member", sound().pax("path", "a"), Corrupt, u"a.tar"_s);
    row("one zero block in the middle", sound().data(QByteArray(512, '\0')).file("z", "x"), Corrupt,
        u"a.tar"_s);

    TarBuilder names = sound();
    for (char letter = 'a'; letter <= 'q'; ++letter)
        names.pax("path", QByteArray(1'000'000, letter)).file("short", "x");
    row("names that would fill the memory", names, Corrupt, u"a.tar"_s);

    QByteArray octal = TarBuilder::block("size", '0', 0);
    octal.replace(124, 11, "00000000x12");
    TarBuilder::sign(octal);
    row("size that is no number", sound().data(octal), Corrupt, u"a.tar"_s);
    QByteArray negative = TarBuilder::block("size", '0', 0);
    negative.replace(124, 12, QByteArray(12, '\xff'));
    TarBuilder::sign(negative);
    row("negative binary size", sound().data(negative), Corrupt, u"a.tar"_s);
    QByteArray enormous = TarBuilder::block("size", '0', 0);
    enormous.replace(124, 12, QByteArray(12, '\x7f').replace(0, 1, "\x80"));
    TarBuilder::sign(enormous);
    row("binary size beyond all files", sound().data(enormous), Corrupt, u"a.tar"_s);
}

void HostileArchivesTest::refusesHostileMembers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Error::Code, code);
    QFETCH(QString, named);
    const QString path = write(bytes);
    const auto archive = open(path);
    COMPARE_ERROR(archive, code);
    QVERIFY2(archive.error().subject.contains(named), qPrintable(archive.error().toString()));
    // Packed, it takes the other way in and is refused all the same.
    QCOMPARE(run(u"gzip -k a.tar"_s), QString());
    const auto packed = open(path + u".gz"_s);
    COMPARE_ERROR(packed, code);
    QCOMPARE(packed.error().message, archive.error().message);
}

void HostileArchivesTest::refusesCutOffArchives()
{
    const QByteArray whole = sound().pax("path", "long").file("x", QByteArray(1500, 'x')).end().bytes();
    VERIFY_RESULT(open(write(whole)));
    for (qsizetype size = 0; size < whole.size(); size += 128) {
        const auto archive = open(write(whole.first(size)));
        QVERIFY2(!archive, qPrintable(u"cut off at %1 and not noticed"_s.arg(size)));
        const auto expected = size < 512 ? Unsupported : Corrupt;
        COMPARE_ERROR(archive, expected);
        QVERIFY(archive.error().subject.startsWith(m_folder->path(u"a.tar"_s)));
    }
}

void HostileArchivesTest::refusesCutOffCompressedArchives_data()
{
    QTest::addColumn<QString>("compressor");
    QTest::newRow("gzip") << u"gzip -c in.tar > %1"_s;
    QTest::newRow("xz") << u"xz -c in.tar > %1"_s;
    QTest::newRow("zstd") << u"bsdtar --format=raw --zstd -cf %1 in.tar"_s;
    QTest::newRow("bzip2") << u"bsdtar --format=raw --bzip2 -cf %1 in.tar"_s;
}

void HostileArchivesTest::refusesCutOffCompressedArchives()
{
    QFETCH(QString, compressor);
    QByteArray noise(20'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < noise.size(); ++i)
        noise[i] = static_cast<char>((i * i * 31 + i / 7) >> 3);
    write(sound().file("noise", noise).end().bytes(), u"in.tar"_s);
    QCOMPARE(run(compressor.arg(u"whole"_s)), QString());
    QFile file(m_folder->path(u"whole"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    VERIFY_RESULT(open(file.fileName()));
    QVERIFY(whole.size() > 512);
    for (qsizetype size = 0; size < whole.size() - 32; size += 97) {
        const auto archive = open(write(whole.first(size), u"cut"_s));
        QVERIFY2(!archive, qPrintable(u"cut off at %1 of %2 and not noticed"_s.arg(size).arg(whole.size())));
    }
}

void HostileArchivesTest::refusesAnArchiveWithoutAnEnd()
{
    COMPARE_ERROR(open(write(sound().bytes())), Corrupt);
    COMPARE_ERROR(open(write(sound().bytes() + QByteArray(512, '\0'))), Corrupt);
    VERIFY_RESULT(open(write(sound().bytes() + QByteArray(1024, '\0'))));
    VERIFY_RESULT(open(write(sound().bytes() + QByteArray(10'240, '\0'))));
}

void HostileArchivesTest::refusesAnythingAfterTheEnd()
{
    const QByteArray whole = sound().end().bytes();
    COMPARE_ERROR(open(write(whole + whole)), Corrupt);
    COMPARE_ERROR(open(write(whole + "x")), Corrupt);
    COMPARE_ERROR(open(write(whole + QByteArray(100'000, '\0') + "x")), Corrupt);
}

void HostileArchivesTest::refusesEveryDamagedHeader()
{
    const QByteArray whole = sound().end().bytes();
    for (qsizetype i = 0; i < 512; ++i) {
        QByteArray damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x01);
        const auto first = open(write(damaged));
        // Only blanks and NULs around the checksum may differ without harm.
        if (i < 148 || i >= 156)
            QVERIFY2(!first, qPrintable(u"a flipped bit in byte %1 was not noticed"_s.arg(i)));
        damaged = whole;
        damaged[1024 + i] = static_cast<char>(damaged[1024 + i] ^ 0x01);
        const auto second = open(write(damaged));
        if (i < 148 || i >= 156)
            COMPARE_ERROR(second, Corrupt);
    }
}

void HostileArchivesTest::refusesWhatIsNoTar_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Error::Code>("code");
    QTest::newRow("empty") << QByteArray() << Unsupported;
    QTest::newRow("text") << QByteArray(5000, 'x') << Unsupported;
    QTest::newRow("zip") << "PK\3\4" + QByteArray(5000, 'z') << Unsupported;
    QTest::newRow("a gzip header and nothing behind it")
        << QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10) << Corrupt;
    QTest::newRow("a gzip mark alone") << QByteArray("\x1f\x8b\x08") << Unsupported;
    QTest::newRow("a zstd mark and rubbish") << "\x28\xb5\x2f\xfd" + QByteArray(600, 'r') << Corrupt;
}

void HostileArchivesTest::refusesWhatIsNoTar()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Error::Code, code);
    COMPARE_ERROR(open(write(bytes)), code);
    COMPARE_ERROR(open(m_folder->path(u"absent.tar"_s)), Error::Code::NotFound);
    COMPARE_ERROR(open(m_folder->path()), Unsupported); // a folder that is no layout
}

QTEST_GUILESS_MAIN(HostileArchivesTest)
#include "tst_hostilearchives.moc"
