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

class OpenArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsMembersInAnyOrder_data();
    void readsMembersInAnyOrder();
    void readsWhatTarProgramsWrite_data();
    void readsWhatTarProgramsWrite();
    void understandsLongNamesAndSizes();
    void readsWhatKArchiveSeesOtherwise();
    void followsLinksInsideTheArchive();
    void passesOverHugeMembersWithoutReadingThem();
    void noticesThatTheFileBecameShorter();
    void stopsWhenAsked();

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
    static Result<QByteArray> read(const OpenedArchivePtr& archive, QStringView name);

    std::unique_ptr<ScratchFolder> m_folder;
};

void OpenArchiveTest::init()
{
    m_folder = std::make_unique<ScratchFolder>();
    // KArchive and the walk must agree on every archive that is given to KArchive.
    QTest::failOnWarning(QRegularExpression(u"KArchive"_s));
}

Result<QByteArray> OpenArchiveTest::read(const OpenedArchivePtr& archive, QStringView name)
{
    const auto member = archive->table().file(name);
    if (!member)
        return std::unexpected(member.error());
    const auto source = QCoro::waitFor(openMember(archive, *member, 0, {}));
    if (!source)
        return std::unexpected(source.error());
    return QCoro::waitFor(readAll(*source, 64 * 1024 * 1024, name.toString(), {}));
}

void OpenArchiveTest::readsMembersInAnyOrder_data()
{
    QTest::addColumn<QString>("compressor");
    QTest::addColumn<bool>("isSequential");
    QTest::newRow("plain") << u"cp in.tar %1"_s << false;
    QTest::newRow("gzip") << u"gzip -c in.tar > %1"_s << true;
    QTest::newRow("xz") << u"xz -c in.tar > %1"_s << true;
    QTest::newRow("zstd") << u"bsdtar --format=raw --zstd -cf %1 in.tar"_s << true;
    QTest::newRow("bzip2") << u"bsdtar --format=raw --bzip2 -cf %1 in.tar"_s << true;
}

void OpenArchiveTest::readsMembersInAnyOrder()
{
    QFETCH(QString, compressor);
    QFETCH(bool, isSequential);
    const QByteArray large(3'000'000, 'L');
    TarBuilder tar;
    tar.file("first", "1").file("large", large).file("empty", "").file("last.json", "{\"a\":1}").end();
    write(tar.bytes(), u"in.tar"_s);
    QCOMPARE(run(compressor.arg(u"out"_s)), QString());

    const auto archive = open(m_folder->path(u"out"_s));
    VERIFY_RESULT(archive);
    QCOMPARE((*archive)->isSequential(), isSequential);
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(read(*archive, u"last.json").value_or("?"), QByteArray("{\"a\":1}"));
        QCOMPARE(read(*archive, u"large").value_or("?"), large);
        QCOMPARE(read(*archive, u"empty").value_or("?"), QByteArray());
        QCOMPARE(read(*archive, u"first").value_or("?"), QByteArray("1"));
    }
    const auto member = (*archive)->table().file(u"large");
    VERIFY_RESULT(member);
    const auto rest = QCoro::waitFor(openMember(*archive, *member, large.size() - 5, {}));
    VERIFY_RESULT(rest);
    QCOMPARE((*rest)->file().has_value(), !isSequential); // a sender may take plain members from the file
    QCOMPARE(QCoro::waitFor(readAll(*rest, 100, {}, {})).value_or("?"), QByteArray("LLLLL"));
    const auto document = (*archive)->table().file(u"last.json");
    VERIFY_RESULT(document);
    QCOMPARE(QCoro::waitFor(readDocument(*archive, *document, {})).value_or("?"), QByteArray("{\"a\":1}"));
}

void OpenArchiveTest::readsWhatTarProgramsWrite_data()
{
    QTest::addColumn<QString>("script");
    const auto row = [](const char* name, const QString& script) { QTest::newRow(name) << script; };
    row("GNU tar, GNU form", u"tar --format=gnu -cf ../out.tar ."_s);
    row("GNU tar, POSIX form", u"tar --format=posix -cf ../out.tar ."_s);
    row("GNU tar, ustar form", u"tar --format=ustar -cf ../out.tar ."_s);
    row("GNU tar, large records", u"tar -b 512 -cf ../out.tar ."_s);
    row("bsdtar, pax form", u"bsdtar --format=pax -cf ../out.tar *"_s);
    row("bsdtar, ustar form", u"bsdtar --format=ustar -cf ../out.tar *"_s);
    row("bsdtar, GNU form", u"bsdtar --format=gnutar -cf ../out.tar *"_s);
    const QString python =
        u"python3 -c 'import tarfile\nwith tarfile.open(\"../out.tar\", \"w\", format=tarfile.%1)"
        " as t: t.add(\".\")'"_s;
    row("python, pax form", python.arg(u"PAX_FORMAT"_s));
    row("python, GNU form", python.arg(u"GNU_FORMAT"_s));
}

void OpenArchiveTest::readsWhatTarProgramsWrite()
{
    QFETCH(QString, script);
    const QString setUp =
        u"mkdir in; cd in; mkdir -p folder/below; printf hello > folder/below/file;"
        "printf '{}' > top.json; ln folder/below/file hard; ln -s below/file folder/soft;"_s;
    QCOMPARE(run(setUp + script), QString());
    const auto archive = open(m_folder->path(u"out.tar"_s));
    VERIFY_RESULT(archive);
    for (const QStringView name : {u"folder/below/file", u"hard", u"folder/soft", u"./folder//below/file"})
        QCOMPARE(read(*archive, name).value_or("?"), QByteArray("hello"));
    QCOMPARE(read(*archive, u"top.json").value_or("?"), QByteArray("{}"));
    COMPARE_ERROR(read(*archive, u"absent"), Error::Code::NotFound);
    COMPARE_ERROR(read(*archive, u"folder"), Corrupt);
}

void OpenArchiveTest::understandsLongNamesAndSizes()
{
    const QByteArray longName = QByteArray(140, 'd') + '/' + QByteArray(90, 'f');
    const QByteArray prefix(120, 'p');
    QByteArray prefixed = TarBuilder::block("name", '0', 3);
    prefixed.replace(345, prefix.size(), prefix);
    TarBuilder::sign(prefixed);
    TarBuilder tar;
    tar.pax("path", longName).file("short", "pax");
    tar.gnuLong('L', longName + "2").file("short", "gnu");
    tar.pax("path", "grün/größe").file("short", "umlaut");
    tar.pax("size", "5").header("sized", '0', 0).data("sized");
    tar.gnuLong('K', longName).symLink("soft", "cut");
    tar.pax("comment", "for all", 'g').file("after-global", "x");
    tar.data(prefixed).data("pre");
    const auto archive = open(write(tar.end().bytes()));
    VERIFY_RESULT(archive);
    QVERIFY(!(*archive)->table().isSimple());
    QCOMPARE(read(*archive, QString::fromLatin1(longName)).value_or("?"), QByteArray("pax"));
    QCOMPARE(read(*archive, QString(QString::fromLatin1(longName) + u'2')).value_or("?"), QByteArray("gnu"));
    QCOMPARE(read(*archive, u"grün/größe").value_or("?"), QByteArray("umlaut"));
    QCOMPARE(read(*archive, u"sized").value_or("?"), QByteArray("sized"));
    QCOMPARE(read(*archive, u"soft").value_or("?"), QByteArray("pax"));
    QCOMPARE(read(*archive, u"after-global").value_or("?"), QByteArray("x"));
    QCOMPARE(read(*archive, QString(QString::fromLatin1(prefix) + u"/name")).value_or("?"),
             QByteArray("pre"));
}

void OpenArchiveTest::readsWhatKArchiveSeesOtherwise()
{
    // GNU's own form has times where POSIX has the first part of long names.
    QByteArray header = TarBuilder::block("file", '0', 5);
    header.replace(257, 8, QByteArray("ustar  \0", 8));
    header.replace(345, 11, "14723456701");
    TarBuilder::sign(header);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"KArchive sees .*file.* otherwise"_s));
    const auto archive = open(write(TarBuilder().data(header).data("hello").end().bytes()));
    VERIFY_RESULT(archive);
    QCOMPARE(read(*archive, u"file").value_or("?"), QByteArray("hello"));
}

void OpenArchiveTest::followsLinksInsideTheArchive()
{
    TarBuilder tar;
    tar.file("x/layer.tar", "layer").symLink("y/layer.tar", "../x/layer.tar").hardLink("z", "y/layer.tar");
    tar.symLink("round", "about").symLink("about", "round").symLink("self", "self");
    tar.symLink("dangling", "nowhere").symLink("to-folder", "x").folder("x/");
    const auto archive = open(write(tar.end().bytes()));
    VERIFY_RESULT(archive);
    QCOMPARE(read(*archive, u"y/layer.tar").value_or("?"), QByteArray("layer"));
    QCOMPARE(read(*archive, u"z").value_or("?"), QByteArray("layer"));
    for (const QStringView loop : {u"round", u"about", u"self"})
        COMPARE_ERROR(read(*archive, loop), Corrupt);
    COMPARE_ERROR(read(*archive, u"to-folder"), Corrupt);
    COMPARE_ERROR(read(*archive, u"dangling"), Error::Code::NotFound);
    COMPARE_ERROR(read(*archive, u"../x"), Corrupt);
    COMPARE_ERROR(read(*archive, u"/x/layer.tar"), Corrupt);
}

void OpenArchiveTest::passesOverHugeMembersWithoutReadingThem()
{
    // 9 GiB of nothing: binary size, which KArchive would read as 0, and a file with a hole.
    constexpr qint64 Huge = qint64(9) << 30;
    const QString path = m_folder->path(u"huge.tar"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(TarBuilder::block("huge", '0', Huge));
    QVERIFY(file.resize(512 + Huge));
    QVERIFY(file.seek(512 + Huge));
    file.write(TarBuilder().file("behind", "found").end().bytes());
    file.close();

    QElapsedTimer clock;
    clock.start();
    const auto archive = open(path);
    VERIFY_RESULT(archive);
    QVERIFY(clock.elapsed() < 2'000); // to read it would take longer anywhere
    QCOMPARE(read(*archive, u"behind").value_or("?"), QByteArray("found"));
    const auto huge = (*archive)->table().file(u"huge");
    VERIFY_RESULT(huge);
    QCOMPARE((*archive)->table().at(*huge).size, Huge);
    const auto tail = QCoro::waitFor(openMember(*archive, *huge, Huge - 3, {}));
    VERIFY_RESULT(tail);
    QCOMPARE(QCoro::waitFor(readAll(*tail, 10, {}, {})).value_or("?"), QByteArray(3, '\0'));
    COMPARE_ERROR(QCoro::waitFor(readDocument(*archive, *huge, {})), Corrupt);

    QVERIFY(QFile::resize(path, Huge));
    COMPARE_ERROR(open(path), Corrupt);
}

void OpenArchiveTest::noticesThatTheFileBecameShorter()
{
    const QString path = write(sound().file("x", QByteArray(100'000, 'x')).end().bytes());
    const auto archive = open(path);
    VERIFY_RESULT(archive);
    QVERIFY(QFile::resize(path, 50'000));
    COMPARE_ERROR(read(*archive, u"x"), Corrupt);
}

void OpenArchiveTest::stopsWhenAsked()
{
    const QString path = write(sound().end().bytes());
    std::stop_source stop;
    stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(openArchive(path, {}, stop.get_token())), Error::Code::Cancelled);
}

QTEST_GUILESS_MAIN(OpenArchiveTest)
#include "tst_openarchive.moc"
