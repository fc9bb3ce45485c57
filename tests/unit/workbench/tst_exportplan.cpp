// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/exportplan.h"

#include "storefixture.h"
#include "support/resulttest.h"

#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using Testing::RandomImage;
using Testing::randomImage;
using Testing::RandomImageOptions;

//! What an export is said to need before it is what it then takes.
class TestExportPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizeIsThatOfTheArchive_data();
    void sizeIsThatOfTheArchive();
    void whatStandsInTheWayIsTold();
    void platformsOfAllImagesAreListed();
};

void TestExportPlan::sizeIsThatOfTheArchive_data()
{
    QTest::addColumn<ArchiveFormat>("format");
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("isZstd");
    QTest::newRow("OCI") << ArchiveFormat::OciArchive << u"a.tar"_s << false;
    QTest::newRow("docker") << ArchiveFormat::DockerArchive << u"a.tar"_s << false;
    QTest::newRow("docker, gzip") << ArchiveFormat::DockerArchive << u"a.tar.gz"_s << false;
    QTest::newRow("OCI, zstd layers") << ArchiveFormat::OciArchive << u"a.tar"_s << true;
}

void TestExportPlan::sizeIsThatOfTheArchive()
{
    QFETCH(ArchiveFormat, format);
    QFETCH(QString, file);
    QFETCH(bool, isZstd);
    using Compression = RandomImageOptions::Compression;
    const auto sample = [isZstd](quint64 seed) {
        return randomImage(seed,
                           {.layerSizes = {900'000, 400'000},
                            .compression = {isZstd ? Compression::Zstd : Compression::Gzip},
                            .sharedLayers = 1});
    };
    StoreFixture fixture;
    const RandomImage first = sample(81);
    const RandomImage second = sample(82);
    QCOMPARE(fixture.fill(first, {u"alice/a:1"_s}), QString());
    QCOMPARE(fixture.fill(second, {u"alice/b:1"_s}), QString());
    const ExportRequest request{
        .items = {{first.target, {}}, {second.target, {}}}, .file = fixture.path(file), .format = format};
    const auto plan = planExport(*fixture.store, {request});
    VERIFY_RESULT(plan);
    VERIFY_RESULT(fixture.exportTo(file, request.items, format));
    const qint64 real = QFileInfo(request.file).size();
    const double ratio = double(plan->bytes) / double(real);
    // A file that is not compressed can be told to a few blocks, whatever is inside.
    const double tolerance = file.endsWith(u".gz"_s) ? 0.35 : 0.03;
    QVERIFY2(std::abs(ratio - 1) < tolerance,
             qPrintable(u"%1 planned, %2 written"_s.arg(plan->bytes).arg(real)));
    QVERIFY(plan->free > 0 && plan->fits());
    QVERIFY(plan->existing.isEmpty() && plan->artifacts.isEmpty() && plan->incomplete.isEmpty());
    QCOMPARE(plan->scratch > 0, format == ArchiveFormat::DockerArchive);
    QCOMPARE(planExport(*fixture.store, {request})->existing, QStringList(request.file));
}

void TestExportPlan::whatStandsInTheWayIsTold()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(83);
    QCOMPARE(fixture.fill(image, {u"alice/a:1"_s}), QString());
    ExportRequest request{.items = {{image.target, {}}}, .file = fixture.path(u"no/where/a.tar"_s)};
    auto plan = planExport(*fixture.store, {request});
    VERIFY_RESULT(plan);
    QVERIFY(plan->noFolder.endsWith(u"no/where"_s));
    request.file = fixture.path(u"a.tar"_s);
    request.platform = *Platform::parse(u"windows/amd64");
    plan = planExport(*fixture.store, {request});
    VERIFY_RESULT(plan);
    QCOMPARE(plan->incomplete, QList<Digest>{image.target.digest});
    request.items = {{randomImage(84).target, {}}};
    COMPARE_ERROR(planExport(*fixture.store, {request}), Error::Code::NotFound);
}

void TestExportPlan::platformsOfAllImagesAreListed()
{
    StoreFixture fixture;
    const Platform amd = *Platform::parse(u"linux/amd64");
    const Platform arm = *Platform::parse(u"linux/arm64");
    const RandomImage both = randomImage(85, {.platforms = {amd, arm}});
    QCOMPARE(fixture.fill(both, {u"alice/a:1"_s}), QString());
    ExportRequest request{
        .items = {{both.target, {}}}, .file = fixture.path(u"a.tar"_s), .format = ArchiveFormat::OciArchive};
    const auto all = planExport(*fixture.store, {request});
    VERIFY_RESULT(all);
    QCOMPARE(all->platforms, (QList<Platform>{amd, arm}));
    request.platform = arm;
    const auto one = planExport(*fixture.store, {request});
    VERIFY_RESULT(one);
    QVERIFY(one->bytes < all->bytes);
}

QTEST_GUILESS_MAIN(TestExportPlan)
#include "tst_exportplan.moc"
