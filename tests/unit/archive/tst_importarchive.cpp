// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "savedimage.h"
#include "storefixture.h"

#include "oci/mediatype.h"
#include "support/resulttest.h"

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
const QString Other = u"docker.io/library/web:2"_s;

QStringList mediaTypesOfLayers(const StoreFixture& fixture, const Descriptor& target)
{
    const auto bytes = fixture.store->readBlob(target);
    const auto manifest = Manifest::parse(bytes.value_or(QByteArray()), target.mediaType, {});
    QStringList types;
    if (manifest) {
        for (const Descriptor& layer : manifest->layers())
            types.append(layer.mediaType);
    }
    return types;
}

} // namespace

class ImportArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsInDockerArchives_data();
    void bringsInDockerArchives();
    void givesOneManifestForBothDockerForms();
    void bringsInOciArchivesByteForByte_data();
    void bringsInOciArchivesByteForByte();
    void bringsInSharedLayersOnce();
    void compressesPlainLayersAsAsked_data();
    void compressesPlainLayersAsAsked();
    void takesCompressedDockerLayersOver_data();
    void takesCompressedDockerLayersOver();
    void readsImagesTheIndexLeavesOut();
    void keepsTheDigestOfCompressedHybrids();
    void bringsInWhatIsThereOfAnIndex();
    void inspectsWithoutImporting();
    void importsAgainWithoutChange();
    void bringsInTheChosenImagesByTheirNewNames_data();
    void bringsInTheChosenImagesByTheirNewNames();
    void refusesAChoiceThatIsNotThereAnyMore();
    void readsAFolderAsAnArchive();
    void refusesAFolderThatHoldsNoImages();
};

void ImportArchiveTest::bringsInDockerArchives_data()
{
    QTest::addColumn<bool>("isHybrid");
    QTest::addColumn<QString>("pack"); // of a.tar to "out"
    const QList<std::pair<const char*, QString>> packs{
        {"plain", u"mv a.tar out"_s},
        {"gzip", u"gzip -c a.tar > out"_s},
        {"xz", u"xz -c a.tar > out"_s},
        {"zstd", u"bsdtar --format=raw --zstd -cf out a.tar"_s},
        {"bzip2", u"bsdtar --format=raw --bzip2 -cf out a.tar"_s}};
    for (const auto& [name, script] : packs) {
        QTest::addRow("old form, %s", name) << false << script;
        QTest::addRow("form of Docker 25, %s", name) << true << script;
    }
    QTest::newRow("packed again with ./")
        << false << u"mkdir t; tar -C t -xf a.tar; tar -C t -cf out --sort=name ."_s;
}

void ImportArchiveTest::bringsInDockerArchives()
{
    QFETCH(bool, isHybrid);
    QFETCH(QString, pack);
    StoreFixture fixture;
    const RandomImage image = randomImage(1, {.format = RandomImageOptions::Format::Docker});
    const QList<Saved> saved{{image, {u"alice/ui:v1"_s, u"web:2"_s}}};
    QVERIFY((isHybrid ? hybridArchive(saved) : dockerArchive(saved)).write(fixture.path(u"a.tar"_s)));
    QCOMPARE(fixture.run(pack), QString());

    const auto imported = fixture.import(u"out"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->size(), 1);
    const ArchivedImage& only = imported->constFirst();
    QCOMPARE(only.id, image.id());
    QCOMPARE(only.names, QStringList({Name, Other}));
    QCOMPARE(only.platform.toString(), u"linux/amd64"_s);
    QCOMPARE(only.target.mediaType, QString(MediaType::OciManifest));
    QCOMPARE(fixture.names(), QStringList({Name, Other}));
    QCOMPARE(fixture.check(Name), QStringList());
    const auto stored = fixture.store->image(Other);
    VERIFY_RESULT(stored);
    QCOMPARE(stored->id, image.id());
    QCOMPARE(mediaTypesOfLayers(fixture, only.target), QStringList(3, MediaType::OciLayerGzip));
    QCOMPARE(fixture.unfinished(), QStringList());
    QCOMPARE(fixture.blobCount(), 5); // manifest, config, three layers: nothing beside them
}

void ImportArchiveTest::givesOneManifestForBothDockerForms()
{
    StoreFixture fixture;
    const QList<Saved> saved{{randomImage(2), {u"a:1"_s}}};
    QVERIFY(dockerArchive(saved).write(fixture.path(u"old"_s)));
    QVERIFY(hybridArchive(saved).write(fixture.path(u"new"_s)));
    const auto old = fixture.import(u"old"_s);
    VERIFY_RESULT(old);
    const auto recent = fixture.import(u"new"_s);
    VERIFY_RESULT(recent);
    QCOMPARE(old->constFirst().target, recent->constFirst().target);
}

void ImportArchiveTest::bringsInOciArchivesByteForByte_data()
{
    using Compression = RandomImageOptions::Compression;
    QTest::addColumn<RandomImageOptions>("options");
    QTest::addColumn<bool>("isPacked");
    for (const bool isPacked : {false, true}) {
        const auto row = [&](const char* name, const RandomImageOptions& options) {
            QTest::addRow("%s%s", name, isPacked ? ", packed" : "") << options << isPacked;
        };
        row("gzip", {});
        row("zstd", {.compression = {Compression::Zstd}});
        row("plain layers", {.compression = {Compression::None}});
        row("Docker's media types", {.format = RandomImageOptions::Format::Docker});
        row("index", {.platforms = {linuxOn(u"amd64"_s), linuxOn(u"arm64"_s)}, .hasAttestation = true});
    }
}

void ImportArchiveTest::bringsInOciArchivesByteForByte()
{
    QFETCH(RandomImageOptions, options);
    QFETCH(bool, isPacked);
    StoreFixture fixture;
    const RandomImage image = randomImage(3, options);
    QVERIFY(ociArchive({{image, {u"alice/ui:v1"_s}}}).write(fixture.path(u"a.tar"_s)));
    QCOMPARE(fixture.run(u"gzip -k a.tar"_s), QString());
    const auto imported = fixture.import(isPacked ? u"a.tar.gz"_s : u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->size(), 1);
    QCOMPARE(imported->constFirst().target.digest, image.target.digest);
    QCOMPARE(imported->constFirst().id, image.id());
    QCOMPARE(fixture.names(), QStringList(Name));
    QCOMPARE(fixture.check(Name), QStringList());
    const auto stored = fixture.store->resolve(Name);
    VERIFY_RESULT(stored);
    QCOMPARE(stored->digest, image.target.digest);
}

void ImportArchiveTest::bringsInSharedLayersOnce()
{
    StoreFixture fixture;
    const RandomImageOptions options{.sharedLayers = 2};
    const QList<Saved> saved{{randomImage(4, options), {u"alice/ui:v1"_s}},
                             {randomImage(5, options), {u"web:2"_s}}};
    const Members members = dockerArchive(saved);
    const auto isLink = [&](const QString& name) { return members.value(name).startsWith("-> "); };
    QCOMPARE(std::ranges::count_if(members.names(), isLink), 2);
    QVERIFY(members.write(fixture.path(u"a.tar"_s)));

    QStringList read;
    const auto imported = fixture.import(u"a.tar"_s, {}, {}, [&](const ArchiveProgress& progress) {
        if (!progress.member.isEmpty() && !read.contains(progress.member))
            read.append(progress.member);
    });
    VERIFY_RESULT(imported);
    QCOMPARE(imported->size(), 2);
    QCOMPARE(imported->at(0).id, saved.at(0).image.id());
    QCOMPARE(imported->at(1).id, saved.at(1).image.id());
    QCOMPARE(read.size(), 4); // 2 in common and 1 of each
    QCOMPARE(fixture.blobCount(), 4 + 2 + 2);
    QCOMPARE(fixture.names(), QStringList({Name, Other}));
    QCOMPARE(fixture.check(Name) + fixture.check(Other), QStringList());
}

void ImportArchiveTest::compressesPlainLayersAsAsked_data()
{
    QTest::addColumn<QString>("compression");
    for (const char* text : {"gzip:1", "gzip:9", "zstd:3", "zstd:12"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void ImportArchiveTest::compressesPlainLayersAsAsked()
{
    QFETCH(const QString, compression);
    StoreFixture fixture;
    const RandomImage image = randomImage(5, {.layerSizes = {3'000'000, 60'000}});
    QVERIFY(dockerArchive({{image, {u"alice/ui:v1"_s}}}).write(fixture.path(u"a.tar"_s)));
    const LayerCompression asked = *LayerCompression::parse(compression);
    const auto imported = fixture.importAs(u"a.tar"_s, {.compression = asked});
    VERIFY_RESULT(imported);
    const ArchivedImage& only = imported->constFirst();
    QCOMPARE(only.id, image.id());
    QCOMPARE(only.target.mediaType, QString(MediaType::OciManifest)); // Docker's own cannot name zstd
    QCOMPARE(mediaTypesOfLayers(fixture, only.target), QStringList(2, asked.mediaType()));
    QCOMPARE(fixture.check(Name), QStringList()); // diff IDs, too
    // Another program judges what the layers are.
    const auto manifest = Manifest::parse(fixture.store->readBlob(only.target).value_or(QByteArray()),
                                          only.target.mediaType, {});
    VERIFY_RESULT(manifest);
    for (const Descriptor& layer : manifest->layers()) {
        const QString program = compression.section(u':', 0, 0);
        QCOMPARE(fixture.run(u"%1 -t < %2/blobs/sha256/%3"_s.arg(program, fixture.store->directory(),
                                                                 layer.digest.hex())),
                 QString());
    }
    // Equal bytes give equal digests.
    StoreFixture other;
    QVERIFY(hybridArchive({{image, {u"alice/ui:v1"_s}}}).write(other.path(u"a.tar"_s)));
    const auto again = other.importAs(u"a.tar"_s, {.compression = asked});
    VERIFY_RESULT(again);
    QCOMPARE(again->constFirst().target, only.target);
}

void ImportArchiveTest::takesCompressedDockerLayersOver_data()
{
    QTest::addColumn<bool>("isZstd");
    QTest::addColumn<bool>("isPacked");
    QTest::newRow("gzip") << false << false;
    QTest::newRow("zstd") << true << false;
    QTest::newRow("gzip in gzip") << false << true;
    QTest::newRow("zstd in gzip") << true << true;
}

void ImportArchiveTest::takesCompressedDockerLayersOver()
{
    QFETCH(bool, isZstd);
    QFETCH(bool, isPacked);
    StoreFixture fixture;
    using Compression = RandomImageOptions::Compression;
    const RandomImage image =
        randomImage(6, {.compression = {isZstd ? Compression::Zstd : Compression::Gzip}});
    Members members = dockerArchive({{image, {u"alice/ui:v1"_s}}});
    const QList<RandomBlob> layers = layersOf(image);
    editManifests(members,
                  [&](QJsonArray& manifests) { // as crane writes: <hex>.tar.gz, and the config by its digest
                      QJsonObject manifest = manifests.at(0).toObject();
                      QJsonArray paths;
                      for (const RandomBlob& layer : layers) {
                          paths.append(QString(layer.descriptor.digest.hex() + u".tar.gz"_s));
                          members.set(paths.last().toString(), layer.read());
                      }
                      members.set(image.id().toString(), configOf(image).read());
                      manifest.insert("Layers"_L1, paths);
                      manifest.insert("Config"_L1, image.id().toString());
                      manifests.replace(0, manifest);
                  });
    QVERIFY(members.write(fixture.path(u"a.tar"_s)));
    QCOMPARE(fixture.run(u"gzip -k a.tar"_s), QString());
    const auto imported = fixture.import(isPacked ? u"a.tar.gz"_s : u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->constFirst().id, image.id());
    QCOMPARE(fixture.check(Name), QStringList());
    for (const RandomBlob& layer : layers)
        QVERIFY(fixture.store->hasBlob(layer.descriptor));
    QCOMPARE(mediaTypesOfLayers(fixture, imported->constFirst().target),
             QStringList(3, isZstd ? MediaType::OciLayerZstd : MediaType::OciLayerGzip));
}

void ImportArchiveTest::readsImagesTheIndexLeavesOut()
{
    // Docker's quirk: of a tagged and an untagged image saved together index.json names only one.
    StoreFixture fixture;
    const QList<Saved> saved{{randomImage(7), {u"alice/ui:v1"_s}}, {randomImage(8), {}}};
    const Members members = hybridArchive(saved);
    QVERIFY(members.write(fixture.path(u"a.tar"_s)));
    const auto imported = fixture.import(u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->size(), 2);
    QCOMPARE(imported->at(0).id, saved.at(0).image.id());
    QCOMPARE(imported->at(1).id, saved.at(1).image.id());
    QCOMPARE(imported->at(1).names, QStringList());
    QCOMPARE(fixture.check(Name), QStringList());
    QCOMPARE(fixture.check(imported->at(1).target.digest.toString()), QStringList());
}

void ImportArchiveTest::keepsTheDigestOfCompressedHybrids()
{
    // As containerd's image store saves: the layout as it was pulled, manifest.json for those who know no
    // layout.
    StoreFixture fixture;
    const RandomImage image = randomImage(9);
    Members members = ociArchive({{image, {u"v1"_s}}});
    QJsonArray layers;
    for (const RandomBlob& layer : layersOf(image))
        layers.append(QString(u"blobs/sha256/"_s + layer.descriptor.digest.hex()));
    const QJsonObject manifest{{u"Config"_s, QString(u"blobs/sha256/"_s + image.id().hex())},
                               {u"RepoTags"_s, QJsonArray{u"alice/ui:v1"_s}},
                               {u"Layers"_s, layers}};
    members.set(u"manifest.json"_s, QJsonDocument(QJsonArray{manifest}).toJson());
    QVERIFY(members.write(fixture.path(u"a.tar"_s)));
    const auto imported = fixture.import(u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->size(), 1);
    QCOMPARE(imported->constFirst().target.digest, image.target.digest);
    QCOMPARE(imported->constFirst().names,
             QStringList(Name)); // of manifest.json, the tag alone says too little

    // Where the layout lacks a layer under its name, manifest.json still may know where it is.
    StoreFixture second;
    const QString lacking = u"blobs/sha256/"_s + layersOf(image).constFirst().descriptor.digest.hex();
    members.set(u"elsewhere.tar.gz"_s, members.value(lacking));
    members.remove(lacking);
    editManifests(members, [&](QJsonArray& manifests) {
        QJsonObject only = manifests.at(0).toObject();
        QJsonArray paths = only["Layers"_L1].toArray();
        paths.replace(0, u"elsewhere.tar.gz"_s);
        only.insert("Layers"_L1, paths);
        manifests.replace(0, only);
    });
    QVERIFY(members.write(second.path(u"a.tar"_s)));
    const auto again = second.import(u"a.tar"_s);
    VERIFY_RESULT(again);
    QCOMPARE(again->size(), 1);
    QCOMPARE(again->constFirst().id, image.id());
    QCOMPARE(second.check(Name), QStringList());
}

void ImportArchiveTest::bringsInWhatIsThereOfAnIndex()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(10, {.platforms = {linuxOn(u"amd64"_s), linuxOn(u"arm64"_s)}});
    Members members = ociArchive({{image, {u"alice/ui:v1"_s}}});
    members.remove(u"blobs/sha256/"_s + image.manifests.at(1).descriptor.digest.hex());
    QVERIFY(members.write(fixture.path(u"a.tar"_s)));
    const auto imported = fixture.import(u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->constFirst().target.digest, image.target.digest);
    QCOMPARE(fixture.check(Name, false), QStringList());

    members.remove(u"blobs/sha256/"_s + image.manifests.at(0).descriptor.digest.hex());
    QVERIFY(members.write(fixture.path(u"none.tar"_s)));
    COMPARE_ERROR(fixture.import(u"none.tar"_s), Error::Code::Corrupt);
}

void ImportArchiveTest::inspectsWithoutImporting()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(16);
    const RandomImage index = randomImage(17, {.platforms = {linuxOn(u"amd64"_s), linuxOn(u"s390x"_s)}});
    QVERIFY(dockerArchive({{image, {u"alice/ui:v1"_s}}}).write(fixture.path(u"docker.tar"_s)));
    QVERIFY(
        ociArchive({{image, {u"alice/ui:v1"_s}}, {index, {u"web:2"_s}}}).write(fixture.path(u"oci.tar"_s)));

    const auto docker = fixture.inspect(u"docker.tar"_s);
    VERIFY_RESULT(docker);
    QCOMPARE(docker->format, ArchiveFormat::DockerArchive);
    QCOMPARE(docker->images.size(), 1);
    QCOMPARE(docker->images.constFirst().id, image.id());
    QVERIFY(docker->images.constFirst().target.digest.isNull());
    QCOMPARE(docker->images.constFirst().names, QStringList(Name));
    qint64 size = configOf(image).descriptor.size;
    for (const RandomBlob& layer : layersOf(image))
        size += layer.tarSize;
    QCOMPARE(docker->images.constFirst().size, size);

    const auto oci = fixture.inspect(u"oci.tar"_s);
    VERIFY_RESULT(oci);
    QCOMPARE(oci->format, ArchiveFormat::OciArchive);
    QCOMPARE(oci->images.size(), 2);
    QCOMPARE(oci->images.at(0).target.digest, image.target.digest);
    QCOMPARE(oci->images.at(0).platform.toString(), u"linux/amd64"_s);
    QCOMPARE(oci->images.at(1).target.digest, index.target.digest);
    QCOMPARE(oci->images.at(1).id, index.target.digest);
    QCOMPARE(fixture.blobCount(), 0);
}

void ImportArchiveTest::importsAgainWithoutChange()
{
    StoreFixture fixture;
    const QList<Saved> saved{{randomImage(21), {u"alice/ui:v1"_s}}};
    for (const auto& make : {dockerArchive, ociArchive}) {
        QVERIFY(make(saved).write(fixture.path(u"a.tar"_s)));
        const auto first = fixture.import(u"a.tar"_s);
        VERIFY_RESULT(first);
        const int blobs = fixture.blobCount();
        const auto second = fixture.import(u"a.tar"_s);
        VERIFY_RESULT(second);
        QCOMPARE(second->constFirst().target, first->constFirst().target);
        QCOMPARE(fixture.blobCount(), blobs);
        QCOMPARE(fixture.check(Name), QStringList());
    }
}

void ImportArchiveTest::bringsInTheChosenImagesByTheirNewNames_data()
{
    QTest::addColumn<bool>("isOci");
    QTest::newRow("docker") << false;
    QTest::newRow("OCI") << true;
}

void ImportArchiveTest::bringsInTheChosenImagesByTheirNewNames()
{
    QFETCH(bool, isOci);
    StoreFixture fixture;
    const QList<Saved> saved{{randomImage(71), {Name}}, {randomImage(72), {Other}}, {randomImage(73), {}}};
    QVERIFY((isOci ? ociArchive(saved) : dockerArchive(saved)).write(fixture.path(u"a.tar"_s)));
    const auto contents = fixture.inspect(u"a.tar"_s);
    VERIFY_RESULT(contents);
    QCOMPARE(contents->images.size(), 3);
    ArchiveImportOptions options;
    for (qsizetype i = 0; i < 3; ++i) {
        const Digest id = contents->images.at(i).id;
        if (id == saved[1].image.id())
            options.images.append({i, id, {u"alice/new:1"_s, u"alice/new:latest"_s}});
        else if (id == saved[2].image.id())
            options.images.append({i, id, {u"docker.io/alice/third:1"_s}});
    }
    const auto imported = fixture.importAs(u"a.tar"_s, options);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->size(), 2);
    QCOMPARE(fixture.names(),
             (QStringList{u"docker.io/alice/new:1"_s, u"docker.io/alice/new:latest"_s,
                          u"docker.io/alice/third:1"_s}));
    QCOMPARE(fixture.store->image(u"alice/new:1"_s)->id, saved[1].image.id());
    QVERIFY(!fixture.store->hasBlob(configOf(saved[0].image).descriptor)); // what was not chosen stays out
    QCOMPARE(fixture.check(u"alice/third:1"_s), QStringList());
}

void ImportArchiveTest::refusesAChoiceThatIsNotThereAnyMore()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(71);
    QVERIFY(ociArchive({{image, {Name}}}).write(fixture.path(u"a.tar"_s)));
    for (const ChosenImage& chosen : {ChosenImage{0, randomImage(72).id(), {}},
                                      ChosenImage{1, image.id(), {}}, ChosenImage{-1, image.id(), {}}}) {
        ArchiveImportOptions options;
        options.images = {chosen};
        const auto imported = fixture.importAs(u"a.tar"_s, options);
        COMPARE_ERROR(imported, Error::Code::Conflict);
        QCOMPARE(fixture.blobCount(), 0);
    }
    ArchiveImportOptions options;
    options.images = {{0, image.id(), {u"No Name"_s}}};
    COMPARE_ERROR(fixture.importAs(u"a.tar"_s, options), Error::Code::InvalidInput);
}

void ImportArchiveTest::readsAFolderAsAnArchive()
{
    StoreFixture fixture;
    const RandomImage image = randomImage(74);
    image.writeLayout(fixture.path(u"layout"_s), {Name});
    // Links are no members, and what does not belong to a layout is not looked at.
    QCOMPARE(fixture.run(u"echo secret > outside; ln -s ../../../outside layout/blobs/sha256/"
                         "0000000000000000000000000000000000000000000000000000000000000000;"
                         "mkdir layout/ingest; echo x > layout/ingest/half"_s),
             QString());
    for (const QString& path : {u"layout"_s, u"layout/"_s}) {
        const auto contents = fixture.inspect(path);
        VERIFY_RESULT(contents);
        QCOMPARE(contents->images.size(), 1);
        QCOMPARE(contents->images.first().names, QStringList(Name));
    }
    const auto imported = fixture.import(u"layout"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->constFirst().target.digest, image.target.digest);
    QCOMPARE(fixture.check(Name), QStringList());
    // A damaged one is told by its file.
    const Digest layer = image.blobsOf().last().descriptor.digest;
    StoreFixture other;
    image.writeLayout(other.path(u"layout"_s), {Name});
    QCOMPARE(other.run(u"printf x | dd of=layout/blobs/sha256/%1 conv=notrunc"_s.arg(layer.hex())),
             QString());
    const auto damaged = other.import(u"layout"_s);
    COMPARE_ERROR(damaged, Error::Code::DigestMismatch);
    QVERIFY(damaged.error().subject.contains(layer.hex()));
    QCOMPARE(other.names(), QStringList());
}

void ImportArchiveTest::refusesAFolderThatHoldsNoImages()
{
    StoreFixture fixture;
    QCOMPARE(fixture.run(u"mkdir -p photos/blobs; echo x > photos/a.jpg"_s), QString());
    COMPARE_ERROR(fixture.inspect(u"photos"_s), Error::Code::Unsupported);
}

QTEST_GUILESS_MAIN(ImportArchiveTest)
#include "tst_importarchive.moc"
