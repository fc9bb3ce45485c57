// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storefixture.h"
#include "tarbuilder.h"

#include "content/verify.h"
#include "oci/mediatype.h"
#include "support/resulttest.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;

namespace {

constexpr qint64 MiB = 1024 * 1024;
constexpr qint64 LayerSize = 1024 * MiB;
#ifdef __SANITIZE_ADDRESS__
//! AddressSanitizer keeps 256 MiB of what was freed.
constexpr qint64 AllowedGrowth = 500 * MiB;
#else
//! Buffers of three pipelines, the allocator's reserves; a layer that was held would be a hundred times that.
constexpr qint64 AllowedGrowth = 40 * MiB;
#endif

//! The highest resident memory of this process so far, or since the last reset.
qint64 peakMemory()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("VmHWM:"))
            return line.sliced(6).trimmed().split(' ').constFirst().toLongLong() * 1024;
    }
    return -1;
}

void resetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write("5") != 1)
        qFatal("cannot reset the peak");
}

#define COMPARE_GROWTH(before)                                                                               \
    do {                                                                                                     \
        const qint64 growth = peakMemory() - (before);                                                       \
        QVERIFY2(growth < AllowedGrowth, qPrintable(u"grew by %1 MiB"_s.arg(growth / MiB)));                 \
    } while (false)

} // namespace

//! A layer of 1 GiB through every way in and out.
class ArchiveMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void staysFlat_data();
    void staysFlat();
    void staysFlatWhileExporting_data();
    void staysFlatWhileExporting();

private:
    bool writeArchive(const QString& path, bool isOci);

    std::unique_ptr<StoreFixture> m_fixture;
    Descriptor m_target;
};

//! A file with a hole that reads as 1 GiB of zeros, in one of the two forms.
bool ArchiveMemoryTest::writeArchive(const QString& path, bool isOci)
{
    Hasher hasher;
    const QByteArray zeros(MiB, '\0');
    for (qint64 i = 0; i < LayerSize / MiB; ++i)
        hasher.update(zeros);
    const QByteArray layer = hasher.finish().toString().toLatin1();
    const QByteArray config =
        R"({"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[")" + layer + R"("]}})";
    const QByteArray configDigest = Digest::ofBytes(config).toString().toLatin1();
    const QByteArray blobs = "blobs/sha256/";
    const QByteArray layerPath = blobs + layer.sliced(7);
    const QByteArray manifest =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
        R"("config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":")"
        + configDigest + R"(","size":)" + QByteArray::number(config.size())
        + R"(},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":")" + layer
        + R"(","size":)" + QByteArray::number(LayerSize) + "}]}";
    const QByteArray manifestDigest = Digest::ofBytes(manifest).toString().toLatin1();
    TarBuilder head;
    head.file(blobs + configDigest.sliced(7), config);
    if (isOci) {
        head.file("oci-layout", R"({"imageLayoutVersion":"1.0.0"})")
            .file(blobs + manifestDigest.sliced(7), manifest);
        head.file("index.json",
                  R"({"schemaVersion":2,"manifests":[{"mediaType":)"
                  R"("application/vnd.oci.image.manifest.v1+json","digest":")"
                      + manifestDigest + R"(","size":)" + QByteArray::number(manifest.size())
                      + R"(,"annotations":{"org.opencontainers.image.ref.name":"large:1"}}]})");
    } else {
        head.file("manifest.json",
                  R"([{"Config":")" + blobs + configDigest.sliced(7) + R"(","RepoTags":["large:1"],)"
                      + R"("Layers":[")" + layerPath + R"("]}])");
    }
    head.header(layerPath, '0', LayerSize);
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(head.bytes()) == head.size()
        && file.resize(head.size() + LayerSize + 1024);
}

void ArchiveMemoryTest::initTestCase()
{
    // The first use of everything (threads, libraries) is not what is measured.
    m_fixture = std::make_unique<StoreFixture>();
    QVERIFY(writeArchive(m_fixture->path(u"docker.tar"_s), false));
    QVERIFY(writeArchive(m_fixture->path(u"oci.tar"_s), true));
    QCOMPARE(m_fixture->run(u"for form in docker oci; do gzip -1k $form.tar; done"_s), QString());
    VERIFY_RESULT(m_fixture->inspect(u"docker.tar.gz"_s));
    VERIFY_RESULT(m_fixture->inspect(u"oci.tar"_s));
}

void ArchiveMemoryTest::staysFlat_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& file : {u"docker.tar"_s, u"docker.tar.gz"_s, u"oci.tar"_s, u"oci.tar.gz"_s})
        QTest::addRow("%s", qPrintable(file)) << file;
}

void ArchiveMemoryTest::staysFlat()
{
    QFETCH(QString, file);
    StoreFixture fixture;
    QVERIFY(QFile::link(m_fixture->path(file), fixture.path(file)));
    resetPeak();
    const qint64 before = peakMemory();
    const auto imported = fixture.import(file);
    VERIFY_RESULT(imported);
    COMPARE_GROWTH(before);
    QCOMPARE(fixture.names(), QStringList(u"docker.io/library/large:1"_s));
}

void ArchiveMemoryTest::staysFlatWhileExporting_data()
{
    QTest::addColumn<ArchiveFormat>("format");
    QTest::addColumn<QString>("file");
    QTest::newRow("OCI") << ArchiveFormat::OciArchive << u"a.tar"_s;
    QTest::newRow("docker") << ArchiveFormat::DockerArchive << u"a.tar"_s;
    QTest::newRow("docker, gzip") << ArchiveFormat::DockerArchive << u"a.tar.gz"_s;
    QTest::newRow("docker, zstd") << ArchiveFormat::DockerArchive << u"a.tar.zst"_s;
}

void ArchiveMemoryTest::staysFlatWhileExporting()
{
    QFETCH(ArchiveFormat, format);
    QFETCH(QString, file);
    if (m_target.digest.isNull()) { // with a gzipped layer
        const auto imported = m_fixture->import(u"docker.tar"_s);
        VERIFY_RESULT(imported);
        m_target = imported->constFirst().target;
    }
    resetPeak();
    const qint64 before = peakMemory();
    VERIFY_RESULT(m_fixture->exportTo(file, {{m_target, {u"large:1"_s}}}, format));
    COMPARE_GROWTH(before);
    QVERIFY(QFile::remove(m_fixture->path(file)));
}

QTEST_GUILESS_MAIN(ArchiveMemoryTest)
#include "tst_archivememory.moc"
