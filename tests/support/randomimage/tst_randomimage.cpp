// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Tagboat::Testing::RandomImageOptions)

namespace {

using Format = RandomImageOptions::Format;
using Compression = RandomImageOptions::Compression;

Platform platform(const QString& architecture)
{
    Platform p;
    p.os = u"linux"_s;
    p.architecture = architecture;
    return p;
}

//! Runs a program; its output in the failure's words, empty where it went well.
QString complaintOf(const QString& program, const QStringList& arguments, const QString& input = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    if (!input.isEmpty())
        process.setStandardInputFile(input);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        return program + u": "_s + process.errorString();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return program + u": "_s + QString::fromUtf8(process.readAll());
    return {};
}

QString blobFile(const QTemporaryDir& folder, const Digest& digest)
{
    return folder.filePath(u"blobs/sha256/"_s + digest.hex());
}

void overwrite(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class tst_RandomImage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameSeedGivesSameBytes();
    void skopeoReadsEveryKind_data();
    void skopeoReadsEveryKind();
    void tarReadsTheLayers();
    void sharedLayersAreTheSameBlob();
    void largeLayersLieInFiles();
    void readerServesTheImage();
    void checkFindsEveryFault_data();
    void checkFindsEveryFault();
    void checkMayPassOverAbsentPlatforms();
};

void tst_RandomImage::sameSeedGivesSameBytes()
{
    const RandomImage a = randomImage(7), b = randomImage(7), c = randomImage(8);
    QCOMPARE(a.target.digest, b.target.digest);
    QCOMPARE(a.bytes, b.bytes);
    QVERIFY(a.target.digest != c.target.digest);
    for (const RandomBlob& blob : a.blobs)
        QVERIFY(!c.manifests.first().bytes.contains(blob.descriptor.digest.toString().toUtf8()));
}

void tst_RandomImage::skopeoReadsEveryKind_data()
{
    QTest::addColumn<RandomImageOptions>("options");
    RandomImageOptions options;
    options.layerSizes = {3000, 0, 50'000};
    QTest::newRow("OCI gzip") << options;
    options.compression = {Compression::Zstd, Compression::None, Compression::Gzip};
    QTest::newRow("OCI mixed") << options;
    options.compression = {Compression::Gzip}; // skopeo rewrites an index whose images have zstd layers
    options.platforms = {platform(u"amd64"_s), platform(u"arm64"_s)};
    options.hasAttestation = true;
    QTest::newRow("OCI index") << options;
    options = {};
    options.format = Format::Docker;
    options.isCompressible = false;
    QTest::newRow("Docker") << options;
    options.platforms = {platform(u"amd64"_s), platform(u"s390x"_s)};
    QTest::newRow("Docker list") << options;
}

void tst_RandomImage::skopeoReadsEveryKind()
{
    QFETCH(const RandomImageOptions, options);
    const RandomImage image = randomImage(11, options);
    QCOMPARE(image.isIndex(), !options.platforms.isEmpty());
    QTemporaryDir layout, folder;
    image.writeLayout(layout.path(), {u"v1"_s});
    QCOMPARE(checkLayout(layout.path(), image.target.digest), QStringList());

    // Copying makes skopeo read and check every blob, and the digests stay as they are.
    image.writeSkopeoFolder(folder.filePath(u"from"_s));
    QCOMPARE(
        complaintOf(u"skopeo"_s,
                    {u"--insecure-policy"_s, u"copy"_s, u"--quiet"_s, u"--all"_s, u"--preserve-digests"_s,
                     u"dir:"_s + folder.filePath(u"from"_s), u"dir:"_s + folder.filePath(u"to"_s)}),
        QString());
    if (options.format == Format::Oci)
        QCOMPARE(complaintOf(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"oci:"_s + layout.path() + u":v1"_s}),
                 QString());
    QFile manifest(folder.filePath(u"to/manifest.json"_s));
    QVERIFY(manifest.open(QIODevice::ReadOnly));
    QCOMPARE(manifest.readAll(), image.bytes);
}

void tst_RandomImage::tarReadsTheLayers()
{
    RandomImageOptions options;
    options.compression = {Compression::None};
    const RandomImage image = randomImage(3, options);
    QTemporaryDir folder;
    const RandomBlob layer = image.blobsOf().last();
    QCOMPARE(layer.bytes.size(), layer.tarSize);
    QCOMPARE(layer.descriptor.digest, layer.diffId);
    overwrite(folder.filePath(u"layer.tar"_s), layer.bytes);
    QCOMPARE(complaintOf(u"tar"_s, {u"-C"_s, folder.path(), u"-xf"_s, folder.filePath(u"layer.tar"_s)}),
             QString());
    QVERIFY(QFile::exists(folder.filePath(u"layer2/이름.txt"_s)));
    QVERIFY(QFile::exists(folder.filePath(u"layer1/.wh.readme.txt"_s)));
    QVERIFY(QFile::exists(folder.filePath(u"layer2/link"_s)));
}

void tst_RandomImage::sharedLayersAreTheSameBlob()
{
    RandomImageOptions options;
    options.sharedLayers = 2;
    const QList<RandomBlob> a = randomImage(1, options).blobsOf(), b = randomImage(2, options).blobsOf();
    QVERIFY(a[0].descriptor.digest != b[0].descriptor.digest); // the configs
    QCOMPARE(a[1].descriptor, b[1].descriptor);
    QCOMPARE(a[2].descriptor, b[2].descriptor);
    QVERIFY(a[3].descriptor.digest != b[3].descriptor.digest);
}

void tst_RandomImage::largeLayersLieInFiles()
{
    RandomImageOptions options;
    QTemporaryDir folder, layout;
    options.directory = folder.path();
    options.layerSizes = {9'000'000, 10};
    options.isCompressible = false;
    const RandomImage image = randomImage(5, options);
    const RandomBlob large = image.blobsOf()[1];
    QVERIFY(large.bytes.isEmpty());
    QVERIFY(large.path.startsWith(folder.path()));
    QCOMPARE(QFile(large.path).size(), large.descriptor.size);
    QVERIFY(large.descriptor.size > 9'000'000);
    image.writeLayout(layout.path(), {});
    QCOMPARE(checkLayout(layout.path(), image.target.digest), QStringList());
}

void tst_RandomImage::readerServesTheImage()
{
    const RandomImage image = randomImage(6);
    QCOMPARE(checkImage(image.reader({u"name"_s}), u"name"_s), QStringList());
    QCOMPARE(checkImage(image.reader({}), image.target.digest.toString()), QStringList());
    QVERIFY(!checkImage(image.reader({u"name"_s}), u"other"_s).isEmpty());
}

void tst_RandomImage::checkFindsEveryFault_data()
{
    QTest::addColumn<int>("blob");
    QTest::addColumn<QString>("fault");
    for (const char* fault : {"absent", "short", "long", "changed"}) {
        for (int blob = 0; blob < 3; ++blob)
            QTest::addRow("blob %d %s", blob, fault) << blob << QString::fromLatin1(fault);
    }
    QTest::newRow("another manifest") << -1 << u"changed"_s;
    QTest::newRow("diff ID of another layer") << -2 << QString();
}

void tst_RandomImage::checkFindsEveryFault()
{
    QFETCH(const int, blob);
    QFETCH(const QString, fault);
    RandomImageOptions options;
    options.layerSizes = {1000, 2000};
    RandomImage image = randomImage(9, options);
    QTemporaryDir layout;
    if (blob == -2) {
        RandomImageOptions other = options;
        other.sharedLayers = 1;
        // The config of one image with the layers of another: every digest right, the diff IDs not.
        const RandomImage second = randomImage(9, other);
        QByteArray manifest = image.bytes;
        const RandomBlob before = image.blobsOf()[0], after = second.blobsOf()[0];
        manifest.replace(before.descriptor.digest.toString().toUtf8(),
                         after.descriptor.digest.toString().toUtf8());
        image.blobs += second.blobs;
        image.bytes = manifest;
        image.target.digest = Digest::ofBytes(manifest);
        image.writeLayout(layout.path(), {});
        const QStringList problems = checkLayout(layout.path(), image.target.digest);
        QCOMPARE(problems.size(), 1);
        QVERIFY2(problems.first().contains("diff ID"_L1), qPrintable(problems.first()));
        return;
    }
    image.writeLayout(layout.path(), {});
    QCOMPARE(checkLayout(layout.path(), image.target.digest), QStringList());
    const Digest digest = blob < 0 ? image.target.digest : image.blobsOf()[blob].descriptor.digest;
    QByteArray bytes = blob < 0 ? image.bytes : image.blobsOf()[blob].bytes;
    if (fault == "absent"_L1) {
        QVERIFY(QFile::remove(blobFile(layout, digest)));
    } else {
        if (fault == "short"_L1)
            bytes.chop(1);
        else if (fault == "long"_L1)
            bytes.append('x');
        else
            bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        overwrite(blobFile(layout, digest), bytes);
    }
    QVERIFY(!checkLayout(layout.path(), image.target.digest).isEmpty());
}

void tst_RandomImage::checkMayPassOverAbsentPlatforms()
{
    RandomImageOptions options;
    options.platforms = {platform(u"amd64"_s), platform(u"arm64"_s)};
    const RandomImage image = randomImage(4, options);
    QTemporaryDir layout;
    image.writeLayout(layout.path(), {});
    QVERIFY(QFile::remove(blobFile(layout, image.manifests[1].descriptor.digest)));
    QVERIFY(!checkLayout(layout.path(), image.target.digest).isEmpty());
    QCOMPARE(checkLayout(layout.path(), image.target.digest, {.allPlatforms = false}), QStringList());
    QVERIFY(QFile::remove(blobFile(layout, image.manifests[0].descriptor.digest)));
    QVERIFY(!checkLayout(layout.path(), image.target.digest, {.allPlatforms = false}).isEmpty());
}

QTEST_GUILESS_MAIN(tst_RandomImage)
#include "tst_randomimage.moc"
