// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "savedimage.h"
#include "storefixture.h"

#include "support/resulttest.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using Testing::RandomImage;
using Testing::randomImage;

namespace {

const QString Name = u"docker.io/alice/ui:v1"_s;

//! Writes at most so many bytes into one file, while it lives.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        m_signal = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_signal);
    }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

private:
    rlimit m_before = {};
    void (*m_signal)(int) = SIG_DFL;
};

} // namespace

//! An export on its way: how it tells of itself, and what it leaves when it ends early.
class ExportStopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatCannotBeExported();
    void leavesNothingWhenStopped_data();
    void leavesNothingWhenStopped();
    void leavesTheOldFileWhenTheDiskIsFull_data();
    void leavesTheOldFileWhenTheDiskIsFull();
    void noticesDamageInTheSource_data();
    void noticesDamageInTheSource();
    void reportsProgressToTheEnd();

private:
    static void formats();
};

void ExportStopTest::formats()
{
    QTest::addColumn<ArchiveFormat>("format");
    QTest::newRow("OCI") << ArchiveFormat::OciArchive;
    QTest::newRow("docker") << ArchiveFormat::DockerArchive;
}

void ExportStopTest::refusesWhatCannotBeExported()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(51);
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    for (const auto format : {ArchiveFormat::OciArchive, ArchiveFormat::DockerArchive}) {
        const QList<ExportItem> items{{image.target, {Name}}};
        COMPARE_ERROR(fixture.exportTo(u"a.tar"_s, {}, format), Error::Code::InvalidInput);
        COMPARE_ERROR(fixture.exportTo(u"a.tar"_s, {{image.target, {u"No Name"_s}}}, format),
                      Error::Code::InvalidInput);
        COMPARE_ERROR(fixture.exportTo(u"a.tar.bz2"_s, items, format), Error::Code::InvalidInput);
        COMPARE_ERROR(fixture.exportTo(u"absent/a.tar"_s, items, format), Error::Code::NotFound);
        COMPARE_ERROR(fixture.exportTo({}, items, format), Error::Code::InvalidInput); // the folder itself
        const RandomImage absent = randomImage(52);
        COMPARE_ERROR(fixture.exportTo(u"a.tar"_s, {{absent.target, {}}}, format), Error::Code::NotFound);
    }
    QCOMPARE(fixture.files(), QStringList());
}

void ExportStopTest::leavesNothingWhenStopped_data()
{
    formats();
}

void ExportStopTest::leavesNothingWhenStopped()
{
    QFETCH(ArchiveFormat, format);
    StoreFixture fixture;
    const RandomImage image = randomImage(53, {.layerSizes = {900'000, 1'500'000}, .isCompressible = false});
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    QFile old(fixture.path(u"old.tar"_s));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("as it was");
    old.close();
    int stopped = 0;
    for (int after = 0;; ++after) {
        std::stop_source stop;
        int calls = 0;
        const auto progress = [&](const ArchiveProgress&) {
            if (calls++ == after)
                stop.request_stop();
        };
        for (const QString& name : {u"a.tar.gz"_s, u"old.tar"_s}) {
            calls = 0;
            const auto exported =
                fixture.exportTo(name, {{image.target, {Name}}}, format, {}, stop.get_token(), progress);
            if (!stop.stop_requested())
                break;
            COMPARE_ERROR(exported, Error::Code::Cancelled);
            ++stopped;
        }
        if (!stop.stop_requested())
            break;
        QCOMPARE(fixture.files(), QStringList(u"old.tar"_s));
        QCOMPARE(contentOf(old.fileName()), "as it was"_ba);
    }
    QVERIFY(stopped > 6);
}

void ExportStopTest::leavesTheOldFileWhenTheDiskIsFull_data()
{
    formats();
}

void ExportStopTest::leavesTheOldFileWhenTheDiskIsFull()
{
    QFETCH(ArchiveFormat, format);
    StoreFixture fixture;
    const RandomImage image =
        randomImage(54, {.layerSizes = {400'000, 400'000, 400'000}, .isCompressible = false});
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    QFile old(fixture.path(u"old.tar"_s));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("as it was");
    old.close();
    for (const rlim_t limit : {300'000, 1'000'000}) { // within a layer that is set aside; within the archive
        const FileSizeLimit full(limit);
        const auto exported = fixture.exportTo(u"old.tar"_s, {{image.target, {Name}}}, format);
        COMPARE_ERROR(exported, Error::Code::DiskFull);
    }
    QCOMPARE(fixture.files(), QStringList(u"old.tar"_s));
    QCOMPARE(contentOf(old.fileName()), "as it was"_ba);
}

void ExportStopTest::noticesDamageInTheSource_data()
{
    formats();
}

void ExportStopTest::noticesDamageInTheSource()
{
    QFETCH(ArchiveFormat, format);
    StoreFixture fixture;
    const RandomImage image = randomImage(55);
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    const Descriptor layer = layersOf(image).at(1).descriptor;
    const QString path = fixture.store->blobPath(layer.digest);
    QFile blob(path);
    blob.setPermissions(blob.permissions() | QFile::WriteOwner);
    QVERIFY(blob.open(QIODevice::ReadWrite));
    QVERIFY(blob.seek(layer.size / 2));
    blob.write("damage");
    blob.close();
    const auto exported = fixture.exportTo(u"a.tar"_s, {{image.target, {Name}}}, format);
    QVERIFY(!exported);
    QVERIFY2(exported.error().code == Error::Code::DigestMismatch
                 || exported.error().code == Error::Code::Corrupt,
             qPrintable(exported.error().toString()));
    QVERIFY2(exported.error().subject.contains(layer.digest.toString()),
             qPrintable(exported.error().toString()));
    QCOMPARE(fixture.files(), QStringList());
}

void ExportStopTest::reportsProgressToTheEnd()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(56, {.layerSizes = {4'000'000, 6'000'000}});
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    for (const auto format : {ArchiveFormat::OciArchive, ArchiveFormat::DockerArchive}) {
        QList<qint64> done;
        qint64 total = 0;
        const auto follow = [&](const ArchiveProgress& progress) {
            QVERIFY(progress.bytesTotal > 0 && (total == 0 || total == progress.bytesTotal));
            QVERIFY(progress.member.startsWith(u"blobs/sha256/"_s));
            total = progress.bytesTotal;
            done.append(progress.bytesDone);
        };
        VERIFY_RESULT(fixture.exportTo(u"a.tar"_s, {{image.target, {Name}}}, format, {}, {}, follow));
        QVERIFY(done.size() > 4);
        QVERIFY(std::ranges::is_sorted(done));
        QCOMPARE(done.constLast(), total);
    }
}

QTEST_GUILESS_MAIN(ExportStopTest)
#include "tst_exportstop.moc"
