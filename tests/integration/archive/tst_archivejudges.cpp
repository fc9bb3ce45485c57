// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "savedimage.h"
#include "storefixture.h"

#include "oci/mediatype.h"
#include "support/dockerdprocess/dockerdprocess.h"
#include "support/resulttest.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
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
const QString Familiar = u"alice/ui:v1"_s;
const QString Other = u"ghcr.io/b/web:2"_s;

RandomImage sample(quint64 seed)
{
    using Compression = RandomImageOptions::Compression;
    return randomImage(seed, {.compression = {Compression::Gzip, Compression::Zstd}});
}

} // namespace

//! Archives that others wrote come in, and what we wrote is read by others: skopeo, podman, dockerd.
class ArchiveJudgesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void bringsInWhatSkopeoWrote_data();
    void bringsInWhatSkopeoWrote();
    void bringsInWhatPodmanSaved_data();
    void bringsInWhatPodmanSaved();
    void bringsInWhatDockerSaved_data();
    void bringsInWhatDockerSaved();
    void bringsInWhatDockerBuilt();

    void isReadBySkopeo_data();
    void isReadBySkopeo();
    void indexIsReadBySkopeo();
    void isLoadedByDocker_data();
    void isLoadedByDocker();
    void isLoadedByPodman_data();
    void isLoadedByPodman();
    void severalImagesAreReadByAll_data();
    void severalImagesAreReadByAll();

private:
    //! Runs a shell script in the folder of archives; podman has a storage of its own there.
    QString run(const QString& script)
    {
        return m_fixture->run(u"export PODMAN=\"podman --root $PWD/podman/root "
                              "--runroot $PWD/podman/run --storage-driver vfs\"\n"_s
                              + script);
    }
    QByteArray output(const QString& script);
    void checkImported(const Result<QList<ArchivedImage>>& imported, const QList<Saved>& expected);

    std::unique_ptr<DockerdProcess> m_dockerd;
    std::unique_ptr<StoreFixture> m_fixture;
};

void ArchiveJudgesTest::initTestCase()
{
    m_dockerd = std::make_unique<DockerdProcess>();
    QVERIFY(m_dockerd->start());
}

void ArchiveJudgesTest::init()
{
    m_fixture = std::make_unique<StoreFixture>();
    m_dockerd->clear();
}

//! What a script writes to standard output; the reason where it fails.
QByteArray ArchiveJudgesTest::output(const QString& script)
{
    const QString problem = run(u"("_s + script + u") > output"_s);
    if (!problem.isEmpty())
        return problem.toUtf8();
    QFile file(m_fixture->path(u"output"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ArchiveJudgesTest::checkImported(const Result<QList<ArchivedImage>>& imported,
                                      const QList<Saved>& expected)
{
    VERIFY_RESULT(imported);
    QCOMPARE(imported->size(), expected.size());
    for (const Saved& saved : expected) {
        const auto found = std::ranges::find_if(
            *imported, [&](const ArchivedImage& image) { return image.id == saved.image.id(); });
        QVERIFY2(found != imported->end(), qPrintable(saved.image.id().toString()));
        QCOMPARE(QSet(found->names.begin(), found->names.end()),
                 QSet(saved.names.begin(), saved.names.end()));
        QCOMPARE(m_fixture->check(found->target.digest.toString()), QStringList());
        QVERIFY(m_fixture->store->hasBlob(configOf(saved.image).descriptor));
    }
}

void ArchiveJudgesTest::bringsInWhatSkopeoWrote_data()
{
    QTest::addColumn<QString>("archive"); // as skopeo names its destination
    QTest::addColumn<bool>("keepsDigest");
    QTest::newRow("docker-archive") << u"docker-archive:a.tar:alice/ui:v1"_s << false;
    QTest::newRow("oci-archive") << u"oci-archive:a.tar:docker.io/alice/ui:v1"_s << true;
    QTest::newRow("oci-archive, familiar name") << u"oci-archive:a.tar:alice/ui:v1"_s << true;
}

void ArchiveJudgesTest::bringsInWhatSkopeoWrote()
{
    QFETCH(QString, archive);
    QFETCH(bool, keepsDigest);
    const RandomImage image = sample(60);
    image.writeLayout(m_fixture->path(u"layout"_s), {u"x"_s});
    QCOMPARE(run(u"skopeo copy -q oci:layout:x "_s + archive), QString());
    const auto imported = m_fixture->import(u"a.tar"_s);
    checkImported(imported, {{image, {Name}}});
    if (keepsDigest && imported)
        QCOMPARE(imported->constFirst().target.digest, image.target.digest);
}

void ArchiveJudgesTest::bringsInWhatPodmanSaved_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("images");
    QTest::newRow("docker-archive") << u"--format docker-archive"_s << Familiar;
    QTest::newRow("oci-archive") << u"--format oci-archive"_s << Familiar;
    QTest::newRow("two images") << u"--format docker-archive -m"_s << QString(Familiar + u' ' + Other);
}

void ArchiveJudgesTest::bringsInWhatPodmanSaved()
{
    QFETCH(QString, options);
    QFETCH(QString, images);
    QList<Saved> saved{{sample(61), {Name}}};
    if (images.contains(Other))
        saved.append({sample(62), {Other}});
    // Of an image that came in Docker's form podman rewrites the config for an OCI archive: another ID,
    // another image.
    const bool isOci = options.contains(u"oci"_s);
    QVERIFY((isOci ? ociArchive(saved) : dockerArchive(saved)).write(m_fixture->path(u"in.tar"_s)));
    QCOMPARE(
        run(u"$PODMAN load -q -i in.tar >/dev/null; $PODMAN save -q %1 -o a.tar %2"_s.arg(options, images)),
        QString());
    checkImported(m_fixture->import(u"a.tar"_s), saved);
}

void ArchiveJudgesTest::bringsInWhatDockerSaved_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("isById");
    QTest::newRow("by name") << 1 << false;
    QTest::newRow("by ID") << 1 << true;
    QTest::newRow("two images") << 2 << false;
    QTest::newRow("one by name, one by ID") << 2 << true;
}

void ArchiveJudgesTest::bringsInWhatDockerSaved()
{
    QFETCH(int, count);
    QFETCH(bool, isById);
    QList<Saved> saved{{randomImage(63, {.sharedLayers = 1}), {Name, Other}}};
    if (count == 2)
        saved.append({randomImage(64, {.sharedLayers = 1}), {u"docker.io/library/second:1"_s}});
    QVERIFY(dockerArchive(saved).write(m_fixture->path(u"in.tar"_s)));
    const auto loaded = m_dockerd->docker({u"load"_s, u"-i"_s, m_fixture->path(u"in.tar"_s)});
    QVERIFY2(loaded.isDone(), loaded.errors.constData());

    QStringList command{u"save"_s, u"-o"_s, m_fixture->path(u"a.tar"_s)};
    for (const Saved& image : std::as_const(saved))
        command += image.names;
    if (isById) { // by ID an image is saved without its names
        for (const QString& name : std::as_const(saved.last().names))
            command.removeAll(name);
        command += saved.last().image.id().toString();
        saved.last().names.clear();
    }
    const auto done = m_dockerd->docker(command);
    QVERIFY2(done.isDone(), done.errors.constData());
    const auto imported = m_fixture->import(u"a.tar"_s);
    checkImported(imported, saved);
    VERIFY_RESULT(imported);
    for (const ArchivedImage& image : *imported) { // Docker's plain layers were compressed on the way
        const auto bytes = m_fixture->store->readBlob(image.target);
        VERIFY_RESULT(bytes);
        const auto manifest = Manifest::parse(*bytes, image.target.mediaType, {});
        VERIFY_RESULT(manifest);
        for (const Descriptor& layer : manifest->layers())
            QCOMPARE(layer.mediaType, QString(MediaType::OciLayerGzip));
    }
}

void ArchiveJudgesTest::bringsInWhatDockerBuilt()
{
    // A real build: its layers come from dockerd's own storage, its history has steps without a layer.
    const QString context = m_fixture->path(u"context"_s);
    QCOMPARE(run(u"mkdir context; head -c 300000 /dev/urandom > context/data\n"
                 "printf 'FROM scratch\\nCOPY data /data\\nENV A=b\\nCOPY data /again\\nCMD [\"/data\"]\\n' "
                 "> context/Dockerfile"_s),
             QString());
    const auto built = m_dockerd->docker({u"build"_s, u"-q"_s, u"-t"_s, u"built:1"_s, context});
    QVERIFY2(built.isDone(), built.errors.constData());
    QVERIFY(m_dockerd->docker({u"save"_s, u"-o"_s, m_fixture->path(u"a.tar"_s), u"built:1"_s}).isDone());
    const auto imported = m_fixture->import(u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->constFirst().id.toString(), m_dockerd->inspect(u"built:1"_s)["Id"_L1].toString());
    QCOMPARE(m_fixture->names(), QStringList(u"docker.io/library/built:1"_s));
    QCOMPARE(m_fixture->check(u"built:1"_s), QStringList());
}

void ArchiveJudgesTest::isReadBySkopeo_data()
{
    QTest::addColumn<ArchiveFormat>("format");
    QTest::addColumn<QString>("file");
    QTest::newRow("OCI") << ArchiveFormat::OciArchive << u"a.tar"_s;
    QTest::newRow("OCI, gzip") << ArchiveFormat::OciArchive << u"a.tar.gz"_s;
    QTest::newRow("OCI, zstd") << ArchiveFormat::OciArchive << u"a.tar.zst"_s;
    QTest::newRow("docker") << ArchiveFormat::DockerArchive << u"a.tar"_s;
    QTest::newRow("docker, gzip") << ArchiveFormat::DockerArchive << u"a.tar.gz"_s;
    QTest::newRow("docker, zstd") << ArchiveFormat::DockerArchive << u"a.tar.zst"_s;
    QTest::newRow("docker, xz") << ArchiveFormat::DockerArchive << u"a.tar.xz"_s;
}

void ArchiveJudgesTest::isReadBySkopeo()
{
    QFETCH(ArchiveFormat, format);
    QFETCH(QString, file);
    const RandomImage image = sample(65);
    QCOMPARE(m_fixture->fill(image, {Familiar}), QString());
    VERIFY_RESULT(m_fixture->exportTo(file, {{image.target, {Name, Other}}}, format));
    const bool isOci = format == ArchiveFormat::OciArchive;
    for (const QString& name : {isOci ? Name : Familiar, Other}) {
        const QString place = (isOci ? u"oci-archive:"_s : u"docker-archive:"_s) + file + u':' + name;
        // A copy checks every digest; the config comes out as it went in.
        QCOMPARE(run(u"rm -rf out; skopeo copy -q %1 dir:out"_s.arg(place)), QString());
        const QJsonObject manifest = QJsonDocument::fromJson(output(u"cat out/manifest.json"_s)).object();
        QCOMPARE(manifest["config"_L1]["digest"_L1].toString(), image.id().toString());
        QCOMPARE(manifest["layers"_L1].toArray().size(), layersOf(image).size());
        if (isOci) {
            QCOMPARE(output(u"skopeo inspect --raw "_s + place), image.bytes);
            const QByteArray digest = output(u"skopeo inspect --format '{{.Digest}}' "_s + place).trimmed();
            QCOMPARE(QString::fromLatin1(digest), image.target.digest.toString());
        }
    }
}

void ArchiveJudgesTest::indexIsReadBySkopeo()
{
    Platform arm = Platform::host();
    arm.architecture = arm.architecture == "arm64"_L1 ? u"amd64"_s : u"arm64"_s;
    const RandomImage image = randomImage(66, {.platforms = {Platform::host(), arm}});
    QCOMPARE(m_fixture->fill(image, {Familiar}), QString());
    VERIFY_RESULT(m_fixture->exportTo(u"a.tar"_s, {{image.target, {Name}}}, ArchiveFormat::OciArchive));
    const QString place = u"oci-archive:a.tar:"_s + Name;
    QCOMPARE(output(u"skopeo inspect --raw "_s + place), image.bytes);
    QCOMPARE(run(u"skopeo copy -q --all %1 oci-archive:b.tar:%2"_s.arg(place, Name)), QString());
    const auto imported = m_fixture->import(u"b.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->constFirst().target.digest, image.target.digest);
}

void ArchiveJudgesTest::isLoadedByDocker_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& file : {u"a.tar"_s, u"a.tar.gz"_s, u"a.tar.zst"_s, u"a.tar.xz"_s})
        QTest::addRow("%s", qPrintable(file)) << file;
}

void ArchiveJudgesTest::isLoadedByDocker()
{
    QFETCH(QString, file);
    const RandomImage first = randomImage(67, {.sharedLayers = 1});
    const RandomImage second =
        randomImage(68, {.format = RandomImageOptions::Format::Docker, .sharedLayers = 1});
    QCOMPARE(m_fixture->fill(first, {Familiar}), QString());
    QCOMPARE(m_fixture->fill(second, {}), QString());
    const QList<ExportItem> items{{first.target, {Name, Other}}, {second.target, {}}};
    VERIFY_RESULT(m_fixture->exportTo(file, items, ArchiveFormat::DockerArchive));
    const auto loaded = m_dockerd->docker({u"load"_s, u"-i"_s, m_fixture->path(file)});
    QVERIFY2(loaded.isDone(), loaded.errors.constData());
    QVERIFY2(loaded.output.contains("Loaded image: alice/ui:v1"), loaded.output.constData());
    const QJsonObject named = m_dockerd->inspect(Familiar);
    QCOMPARE(named["Id"_L1].toString(), first.id().toString());
    QCOMPARE(named["RepoTags"_L1].toArray().size(), 2);
    QCOMPARE(m_dockerd->inspect(Other)["Id"_L1].toString(), first.id().toString());
    QCOMPARE(m_dockerd->inspect(second.id().toString())["RepoTags"_L1].toArray().size(), 0);
    QJsonArray diffIds;
    for (const RandomBlob& layer : layersOf(first))
        diffIds.append(layer.diffId.toString());
    QCOMPARE(named["RootFS"_L1]["Layers"_L1].toArray(), diffIds);
}

void ArchiveJudgesTest::isLoadedByPodman_data()
{
    QTest::addColumn<ArchiveFormat>("format");
    QTest::addColumn<QString>("file");
    for (const QString& file : {u"a.tar"_s, u"a.tar.gz"_s, u"a.tar.zst"_s}) {
        QTest::addRow("OCI, %s", qPrintable(file)) << ArchiveFormat::OciArchive << file;
        QTest::addRow("docker, %s", qPrintable(file)) << ArchiveFormat::DockerArchive << file;
    }
}

void ArchiveJudgesTest::isLoadedByPodman()
{
    QFETCH(ArchiveFormat, format);
    QFETCH(QString, file);
    const RandomImage image = randomImage(69);
    QCOMPARE(m_fixture->fill(image, {Familiar}), QString());
    VERIFY_RESULT(m_fixture->exportTo(file, {{image.target, {Name}}}, format));
    QCOMPARE(run(u"$PODMAN load -q -i %1 > said"_s.arg(file)), QString());
    const QJsonArray inspected = QJsonDocument::fromJson(output(u"$PODMAN image inspect "_s + Name)).array();
    QCOMPARE(inspected.size(), 1);
    QCOMPARE(inspected.at(0)["Id"_L1].toString(), image.id().hex());
    QCOMPARE(inspected.at(0)["RepoTags"_L1].toArray(), QJsonArray{Name});
    if (format == ArchiveFormat::OciArchive)
        QCOMPARE(inspected.at(0)["Digest"_L1].toString(), image.target.digest.toString());
}

void ArchiveJudgesTest::severalImagesAreReadByAll_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& file : {u"a.tar"_s, u"a.tar.gz"_s, u"a.tar.zst"_s})
        QTest::addRow("%s", qPrintable(file)) << file;
}

//! What the export dialog makes of many images, for every program that its hints name.
void ArchiveJudgesTest::severalImagesAreReadByAll()
{
    QFETCH(QString, file);
    QList<RandomImage> images;
    QList<ExportItem> items;
    // Larger than one block of the compressors, so that there are several.
    for (quint64 i = 0; i < 4; ++i) {
        images.append(randomImage(170 + i, {.layerSizes = {1'500'000, 700'000}, .sharedLayers = 1}));
        QCOMPARE(m_fixture->fill(images.last(), {}), QString());
        items.append({images.last().target, {u"docker.io/alice/many:%1"_s.arg(i)}});
    }
    VERIFY_RESULT(m_fixture->exportTo(file, items, ArchiveFormat::DockerArchive));
    VERIFY_RESULT(m_fixture->exportTo(u"oci-"_s + file, items, ArchiveFormat::OciArchive));

    const auto loaded = m_dockerd->docker({u"load"_s, u"-i"_s, m_fixture->path(file)});
    QVERIFY2(loaded.isDone(), loaded.errors.constData());
    QCOMPARE(run(u"$PODMAN load -q -i %1 > said"_s.arg(file)), QString());
    for (qsizetype i = 0; i < images.size(); ++i) {
        const QString id = images[i].id().toString();
        const QString name = u"alice/many:%1"_s.arg(i);
        QCOMPARE(m_dockerd->inspect(name)["Id"_L1].toString(), id);
        const QByteArray podmans =
            output(u"$PODMAN image inspect --format '{{.Id}}' docker.io/"_s + name).trimmed();
        QCOMPARE(u"sha256:"_s + QString::fromLatin1(podmans), id);
        const QByteArray inDocker =
            output(u"skopeo inspect --config --raw docker-archive:%1:%2"_s.arg(file, name));
        QCOMPARE(Digest::ofBytes(inDocker).toString(), id);
        const QByteArray inOci =
            output(u"skopeo inspect --raw oci-archive:oci-%1:docker.io/%2"_s.arg(file, name));
        QCOMPARE(Digest::ofBytes(inOci), images[i].target.digest);
    }
}

QTEST_GUILESS_MAIN(ArchiveJudgesTest)
#include "tst_archivejudges.moc"
