// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "savedimage.h"
#include "storefixture.h"

#include "archive/openarchive.h"
#include "archive/tarsource.h"
#include "oci/mediatype.h"
#include "support/resulttest.h"

#include <QCoro/QCoroTask>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using Testing::RandomBlob;
using Testing::RandomImage;
using Testing::randomImage;
using Testing::RandomImageOptions;

namespace {

const QString Name = u"docker.io/alice/ui:v1"_s;
const QString Other = u"ghcr.io/b/web:2"_s;

} // namespace

class ExportArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWent_data();
    void comesBackAsItWent();
    void writesTheSameBytesTwice_data();
    void writesTheSameBytesTwice();
    void writesWhatTarProgramsRead_data();
    void writesWhatTarProgramsRead();
    void writesTheFormOfDocker();
    void writesNamesForEveryReader();
    void leavesOutNamesThatAreOnlyDigests_data();
    void leavesOutNamesThatAreOnlyDigests();
    void writesSharedLayersOnce();
    void takesOnePlatform_data();
    void takesOnePlatform();
    void takesWhatIsThereOfAnIndex();
    void writesMembersBeyondEightGiB_data();
    void writesMembersBeyondEightGiB();
};

void ExportArchiveTest::comesBackAsItWent_data()
{
    QTest::addColumn<ArchiveFormat>("format");
    QTest::addColumn<QString>("file");
    QTest::addColumn<RandomImageOptions>("options");
    using Compression = RandomImageOptions::Compression;
    const QList<std::pair<const char*, RandomImageOptions>> kinds{
        {"gzip", {}},
        {"zstd", {.compression = {Compression::Zstd}}},
        {"plain", {.compression = {Compression::None}}},
        {"all three", {.compression = {Compression::Gzip, Compression::Zstd, Compression::None}}},
        {"Docker's media types", {.format = RandomImageOptions::Format::Docker}},
        {"one layer of 0 bytes", {.layerSizes = {0}}}};
    for (const auto& [kind, options] : kinds) {
        QTest::addRow("OCI, %s", kind) << ArchiveFormat::OciArchive << u"a.tar"_s << options;
        QTest::addRow("docker, %s", kind) << ArchiveFormat::DockerArchive << u"a.tar"_s << options;
    }
    for (const QString& suffix : {u"tar.gz"_s, u"tgz"_s, u"tar.zst"_s, u"tar.xz"_s}) {
        QTest::addRow("OCI in %s", qPrintable(suffix))
            << ArchiveFormat::OciArchive << QString(u"a."_s + suffix) << RandomImageOptions{};
        QTest::addRow("docker in %s", qPrintable(suffix))
            << ArchiveFormat::DockerArchive << QString(u"a."_s + suffix) << RandomImageOptions{};
    }
}

void ExportArchiveTest::comesBackAsItWent()
{
    QFETCH(ArchiveFormat, format);
    QFETCH(QString, file);
    QFETCH(RandomImageOptions, options);
    StoreFixture from;
    const RandomImage image = randomImage(40, options);
    QCOMPARE(from.fill(image, {u"alice/ui:v1"_s}), QString());
    VERIFY_RESULT(from.exportTo(file, {{image.target, {Name, Other}}}, format));
    QCOMPARE(from.files(), QStringList(file));
    const QByteArray first = contentOf(from.path(file)).first(8);
    const auto compression = MediaType::sniffCompression(first);
    QCOMPARE(compression != MediaType::Compression::None, file != "a.tar"_L1);

    StoreFixture to;
    QVERIFY(QFile::copy(from.path(file), to.path(file)));
    const auto contents = to.inspect(file);
    VERIFY_RESULT(contents);
    QCOMPARE(contents->format, format);
    const auto imported = to.import(file);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->size(), 1);
    QCOMPARE(imported->constFirst().id, image.id());
    QCOMPARE(imported->constFirst().names, QStringList({Name, Other}));
    QCOMPARE(to.check(Name), QStringList());
    if (format == ArchiveFormat::OciArchive)
        QCOMPARE(imported->constFirst().target.digest, image.target.digest);
}

void ExportArchiveTest::writesTheSameBytesTwice_data()
{
    QTest::addColumn<ArchiveFormat>("format");
    QTest::newRow("OCI") << ArchiveFormat::OciArchive;
    QTest::newRow("docker") << ArchiveFormat::DockerArchive;
}

void ExportArchiveTest::writesTheSameBytesTwice()
{
    QFETCH(ArchiveFormat, format);
    StoreFixture fixture;
    const RandomImage image = randomImage(41);
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    VERIFY_RESULT(fixture.exportTo(u"1.tar"_s, {{image.target, {Name}}}, format));
    VERIFY_RESULT(fixture.exportTo(u"2.tar"_s, {{image.target, {Name}}}, format));
    QVERIFY(contentOf(fixture.path(u"1.tar"_s)).size() > 10'000);
    QCOMPARE(fixture.run(
                 u"TZ=UTC tar --full-time -tvf 1.tar | grep -v ' 1970-01-01 00:00:00 ' || exit 0; exit 1"_s),
             QString()); // no clock got into it
    QVERIFY(contentOf(fixture.path(u"1.tar"_s)) == contentOf(fixture.path(u"2.tar"_s)));
}

void ExportArchiveTest::writesWhatTarProgramsRead_data()
{
    writesTheSameBytesTwice_data();
}

void ExportArchiveTest::writesWhatTarProgramsRead()
{
    QFETCH(ArchiveFormat, format);
    StoreFixture fixture;
    const RandomImage image = randomImage(42);
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    VERIFY_RESULT(fixture.exportTo(u"a.tar"_s, {{image.target, {Name}}}, format));
    VERIFY_RESULT(fixture.exportTo(u"a.tar.gz"_s, {{image.target, {Name}}}, format));
    VERIFY_RESULT(fixture.exportTo(u"a.tar.xz"_s, {{image.target, {Name}}}, format));
    // Blobs under names that are their digests: sha256sum can check all that was written. Warnings count as
    // errors.
    QCOMPARE(fixture.run(
                 u"mkdir gnu bsd python; tar -C gnu -xf a.tar 2>err; test ! -s err\n"
                 "bsdtar -C bsd -xf a.tar 2>err; test ! -s err\n"
                 "python3 -W error -c 'import tarfile; tarfile.open(\"a.tar\").extractall(\"python\", "
                 "filter=\"data\")'\n"
                 "diff -r gnu bsd; diff -r gnu python\n"
                 "cd gnu/blobs/sha256; for blob in *; do echo \"$blob  $blob\"; done | sha256sum --quiet -c\n"
                 "cd ../../..; gzip -dc a.tar.gz | cmp - a.tar; xz -dc a.tar.xz | cmp - a.tar\n"
                 "test $(stat -c %a gnu/blobs) = 755; test $(stat -c %a gnu/index.json) = 644\n"
                 "test $(( $(stat -c %s a.tar) % 512 )) = 0"_s),
             QString());
}

void ExportArchiveTest::writesTheFormOfDocker()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(43);
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    VERIFY_RESULT(
        fixture.exportTo(u"a.tar"_s, {{image.target, {Name, Other}}}, ArchiveFormat::DockerArchive));
    QCOMPARE(fixture.run(u"mkdir out; tar -C out -xf a.tar"_s), QString());
    const auto read = [&](const QString& member) { return contentOf(fixture.path(u"out/"_s + member)); };
    const QJsonArray manifests = QJsonDocument::fromJson(read(u"manifest.json"_s)).array();
    QCOMPARE(manifests.size(), 1);
    const QJsonObject manifest = manifests.at(0).toObject();
    QCOMPARE(manifest["RepoTags"_L1].toArray(), QJsonArray({Name, Other}));
    QCOMPARE(manifest["Config"_L1].toString(), u"blobs/sha256/"_s + image.id().hex());
    QCOMPARE(read(manifest["Config"_L1].toString()), configOf(image).read());
    const QList<RandomBlob> layers = layersOf(image);
    QCOMPARE(manifest["Layers"_L1].toArray().size(), layers.size());
    for (qsizetype i = 0; i < layers.size(); ++i) {
        const QString path = manifest["Layers"_L1][i].toString();
        QCOMPARE(path, u"blobs/sha256/"_s + layers.at(i).diffId.hex());
        QVERIFY(read(path) == plainLayer(layers.at(i)));
    }
    QCOMPARE(read(u"oci-layout"_s), R"({"imageLayoutVersion":"1.0.0"})"_ba);
}

void ExportArchiveTest::writesNamesForEveryReader()
{
    StoreFixture fixture;
    const RandomImage named = randomImage(44);
    const RandomImage unnamed = randomImage(45);
    QCOMPARE(fixture.fill(named, {u"alice/ui:v1"_s}), QString());
    QCOMPARE(fixture.fill(unnamed, {}), QString());
    for (const auto format : {ArchiveFormat::OciArchive, ArchiveFormat::DockerArchive}) {
        // The same image twice becomes one, a name twice becomes one.
        const QList<ExportItem> items{
            {named.target, {u"alice/ui:v1"_s, Name}}, {unnamed.target, {}}, {named.target, {Other}}};
        VERIFY_RESULT(fixture.exportTo(u"a.tar"_s, items, format));
        QCOMPARE(fixture.run(u"rm -rf out; mkdir out; tar -C out -xf a.tar"_s), QString());
        const QJsonArray entries =
            QJsonDocument::fromJson(contentOf(fixture.path(u"out/index.json"_s)))["manifests"_L1].toArray();
        QCOMPARE(entries.size(), 3);
        const QStringList expected{Name, Other, QString()};
        for (qsizetype i = 0; i < 3; ++i) {
            const QJsonObject annotations = entries.at(i)["annotations"_L1].toObject();
            QCOMPARE(annotations["org.opencontainers.image.ref.name"_L1].toString(), expected.at(i));
            QCOMPARE(annotations["io.containerd.image.name"_L1].toString(), expected.at(i));
        }
        if (format == ArchiveFormat::DockerArchive) {
            const QJsonArray manifests =
                QJsonDocument::fromJson(contentOf(fixture.path(u"out/manifest.json"_s))).array();
            QCOMPARE(manifests.size(), 2);
            QVERIFY(manifests.at(1)["RepoTags"_L1].isNull());
        }
    }
}

void ExportArchiveTest::leavesOutNamesThatAreOnlyDigests_data()
{
    writesTheSameBytesTwice_data();
}

void ExportArchiveTest::leavesOutNamesThatAreOnlyDigests()
{
    QFETCH(ArchiveFormat, format);
    StoreFixture fixture;
    const RandomImage image = randomImage(51);
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    const QString byDigest = u"docker.io/alice/ui@"_s + image.target.digest.toString();
    for (const QStringList& names : {QStringList{byDigest}, QStringList{byDigest, Name}}) {
        VERIFY_RESULT(fixture.exportTo(u"a.tar"_s, {{image.target, names}}, format));
        const auto contents = fixture.inspect(u"a.tar"_s);
        VERIFY_RESULT(contents);
        QCOMPARE(contents->images.size(), 1);
        QCOMPARE(contents->images.constFirst().id, image.id());
        QCOMPARE(contents->images.constFirst().names, names.sliced(1));
    }
    COMPARE_ERROR(fixture.exportTo(u"b.tar"_s, {{image.target, {u"No Name"_s}}}, format),
                  Error::Code::InvalidInput);
}

void ExportArchiveTest::writesSharedLayersOnce()
{
    StoreFixture fixture;
    const RandomImage first = randomImage(46, {.sharedLayers = 2});
    const RandomImage second = randomImage(47, {.sharedLayers = 2});
    QCOMPARE(fixture.fill(first, {u"alice/ui:v1"_s}), QString());
    QCOMPARE(fixture.fill(second, {u"ghcr.io/b/web:2"_s}), QString());
    for (const auto format : {ArchiveFormat::OciArchive, ArchiveFormat::DockerArchive}) {
        const QList<ExportItem> items{{first.target, {Name}}, {second.target, {Other}}};
        VERIFY_RESULT(fixture.exportTo(u"a.tar"_s, items, format));
        QCOMPARE(fixture.run(
                     u"test $(tar -tf a.tar | sort | uniq -d | wc -l) = 0\n"
                     "test $(tar -tf a.tar | grep -c '^blobs/sha256/.') = 8"_s), // 4 layers, 2 × 2 documents
                 QString());
        StoreFixture to;
        QVERIFY(QFile::copy(fixture.path(u"a.tar"_s), to.path(u"a.tar"_s)));
        const auto imported = to.import(u"a.tar"_s);
        VERIFY_RESULT(imported);
        QCOMPARE(imported->size(), 2);
        QCOMPARE(to.check(Name) + to.check(Other), QStringList());
    }
}

void ExportArchiveTest::takesOnePlatform_data()
{
    writesTheSameBytesTwice_data();
}

void ExportArchiveTest::takesOnePlatform()
{
    QFETCH(ArchiveFormat, format);
    StoreFixture fixture;
    const Platform arm = linuxOn(u"arm64"_s);
    const Platform power = linuxOn(u"ppc64le"_s);
    const RandomImage image = randomImage(48, {.platforms = {Platform::host(), arm}, .hasAttestation = true});
    QCOMPARE(fixture.fill(image, {u"alice/ui:v1"_s}), QString());
    const QList<ExportItem> items{{image.target, {Name}}};

    VERIFY_RESULT(fixture.exportTo(u"arm.tar"_s, items, format, arm));
    auto contents = fixture.inspect(u"arm.tar"_s);
    VERIFY_RESULT(contents);
    QCOMPARE(contents->images.size(), 1);
    QCOMPARE(contents->images.constFirst().platform.architecture, u"arm64"_s);
    QCOMPARE(contents->images.constFirst().names, QStringList(Name));

    VERIFY_RESULT(fixture.exportTo(u"default.tar"_s, items, format));
    contents = fixture.inspect(u"default.tar"_s);
    VERIFY_RESULT(contents);
    if (format == ArchiveFormat::OciArchive)
        QCOMPARE(contents->images.constFirst().target.digest, image.target.digest); // all of it
    else
        QCOMPARE(contents->images.constFirst().platform.architecture, Platform::host().architecture);

    const auto absent = fixture.exportTo(u"power.tar"_s, items, format, power);
    COMPARE_ERROR(absent, Error::Code::NotFound);
    QVERIFY2(absent.error().message.contains(u"linux/arm64"_s), qPrintable(absent.error().message));

    // A single image is not for every platform either.
    const RandomImage single = randomImage(49, {.platforms = {}});
    QCOMPARE(fixture.fill(single, {u"single:1"_s}), QString());
    COMPARE_ERROR(fixture.exportTo(u"power.tar"_s, {{single.target, {}}}, format, power),
                  Error::Code::NotFound);
    QCOMPARE(fixture.files(), QStringList({u"arm.tar"_s, u"default.tar"_s}));
}

void ExportArchiveTest::takesWhatIsThereOfAnIndex()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(50, {.platforms = {linuxOn(u"amd64"_s), linuxOn(u"arm64"_s)}});
    Members members = ociArchive({{image, {u"alice/ui:v1"_s}}});
    members.remove(u"blobs/sha256/"_s + image.manifests.at(0).descriptor.digest.hex());
    QVERIFY(members.write(fixture.path(u"in.tar"_s)));
    VERIFY_RESULT(fixture.import(u"in.tar"_s));
    VERIFY_RESULT(fixture.exportTo(u"a.tar"_s, {{image.target, {Name}}}, ArchiveFormat::OciArchive));
    StoreFixture to;
    QVERIFY(QFile::copy(fixture.path(u"a.tar"_s), to.path(u"a.tar"_s)));
    const auto imported = to.import(u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->constFirst().target.digest, image.target.digest);
    QCOMPARE(to.check(Name, false), QStringList());
}

namespace {

class Zeros : public ByteSource
{
public:
    explicit Zeros(qint64 size) : m_left(size) { }
    Task<Result<QByteArray>> read(qint64 maxSize, std::stop_token) override
    {
        const qint64 size = std::min(maxSize, m_left);
        m_left -= size;
        return zeros(size);
    }
    [[nodiscard]] qint64 size() const override { return m_left; }

private:
    static Task<Result<QByteArray>> zeros(qint64 size) { co_return QByteArray(size, '\0'); }
    qint64 m_left;
};

Task<Result<TarContent>> hugeMember(qint64 size)
{
    co_return TarContent{u"huge"_s, std::make_shared<Zeros>(size), size};
}

} // namespace

void ExportArchiveTest::writesMembersBeyondEightGiB_data()
{
    QTest::addColumn<qint64>("size");
    QTest::newRow("the largest KArchive writes") << (qint64(8) << 30) - 1;
    QTest::newRow("the smallest it does not") << (qint64(8) << 30);
    QTest::newRow("9 GiB and some") << (qint64(9) << 30) + 77;
}

void ExportArchiveTest::writesMembersBeyondEightGiB()
{
    QFETCH(qint64, size);
    StoreFixture fixture;
    // The header is what matters: the data behind it is a hole here, the end is put there by hand.
    const auto member = [size](std::stop_token) { return hugeMember(size); };
    const ByteSourcePtr tar = tarSource({tarFile(u"before"_s, "first"), member});
    QByteArray start;
    while (start.size() < 64 * 1024) {
        const auto piece = QCoro::waitFor(tar->read(PieceSize, {}));
        VERIFY_RESULT(piece);
        start += *piece;
    }
    const qsizetype dataOffset = start.lastIndexOf("ustar") - 257 + 512;
    QFile file(fixture.path(u"a.tar"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(start.first(dataOffset));
    QVERIFY(file.resize((dataOffset + size + 511) / 512 * 512 + 1024));
    file.close();

    const QString expected = QString::number(size);
    QCOMPARE(fixture.run(u"tar -tvf a.tar > list; grep -q ' %1 .* huge$' list"_s.arg(expected)), QString());
    QCOMPARE(fixture.run(u"bsdtar -tvf a.tar > list; grep -q ' %1 .* huge$' list"_s.arg(expected)),
             QString());
    const auto archive = QCoro::waitFor(openArchive(file.fileName(), {}, {}));
    VERIFY_RESULT(archive);
    const auto huge = (*archive)->table().file(u"huge");
    VERIFY_RESULT(huge);
    QCOMPARE((*archive)->table().at(*huge).size, size);
    QCOMPARE((*archive)->table().at(*huge).dataOffset, dataOffset);
}

QTEST_GUILESS_MAIN(ExportArchiveTest)
#include "tst_exportarchive.moc"
