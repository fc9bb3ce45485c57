// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "savedimage.h"
#include "storefixture.h"
#include "tarbuilder.h"

#include "oci/mediatype.h"
#include "support/resulttest.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using Testing::RandomBlob;
using Testing::RandomImage;
using Testing::randomImage;
using Testing::RandomImageOptions;

namespace {

constexpr auto Corrupt = Error::Code::Corrupt;
constexpr auto Mismatch = Error::Code::DigestMismatch;
constexpr auto Unsupported = Error::Code::Unsupported;

const RandomImage& image()
{
    static const RandomImage made = randomImage(30);
    return made;
}

Members docker()
{
    return dockerArchive({{image(), {u"alice/ui:v1"_s}}});
}

Members hybrid()
{
    return hybridArchive({{image(), {u"alice/ui:v1"_s}}});
}

Members oci()
{
    return ociArchive({{image(), {u"alice/ui:v1"_s}}});
}

QString blobName(const Digest& digest)
{
    return u"blobs/sha256/"_s + digest.hex();
}

//! The member that holds the layer \a index of docker().
QString layerName(const Members& members, int index)
{
    const QJsonArray manifests = QJsonDocument::fromJson(members.value(u"manifest.json"_s)).array();
    return manifests.at(0)["Layers"_L1][index].toString();
}

void flip(Members& members, const QString& name, qsizetype at)
{
    QByteArray bytes = members.value(name);
    at = at < 0 ? bytes.size() + at : at;
    bytes[at] = static_cast<char>(bytes.at(at) ^ 0x20);
    members.set(name, bytes);
}

//! Sets \a key of the only image of manifest.json.
void setInManifest(Members& members, const QString& key, const QJsonValue& value)
{
    editManifests(members, [&](QJsonArray& manifests) {
        QJsonObject object = manifests.at(0).toObject();
        object.insert(key, value);
        manifests.replace(0, object);
    });
}

void setLayer(Members& members, int index, const QString& path)
{
    QJsonArray layers =
        QJsonDocument::fromJson(members.value(u"manifest.json"_s)).array().at(0)["Layers"_L1].toArray();
    layers.replace(index, path);
    setInManifest(members, u"Layers"_s, layers);
}

//! Replaces the config by another one, under its right digest.
QString setConfig(Members& members, const QByteArray& bytes)
{
    const QString name = Digest::ofBytes(bytes).hex() + u".json"_s;
    members.set(name, bytes);
    setInManifest(members, u"Config"_s, name);
    return name;
}

} // namespace

//! What must not come in, and what must be left when it does not: nothing.
class BrokenArchivesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void refusesEveryCutOffArchive_data();
    void refusesEveryCutOffArchive();
    void refusesEveryFlippedBlock_data();
    void refusesEveryFlippedBlock();
    void acceptsAnyNameOfAConfig();
    void refusesToFillTheMemoryWithDocuments();

private:
    void addDockerRows();
    void addOciRows();
    static void row(const char* name, const Members& members, Error::Code code, const QString& named);
};

void BrokenArchivesTest::row(const char* name, const Members& members, Error::Code code, const QString& named)
{
    QTest::newRow(name) << members.tar() << code << named;
}

void BrokenArchivesTest::refuses_data()
{
    QTest::addColumn<QByteArray>("tar");
    QTest::addColumn<Error::Code>("code");
    QTest::addColumn<QString>("named"); // must stand in the error's subject
    addDockerRows();
    addOciRows();

    Members none;
    none.set(u"readme"_s, "hello");
    row("no image archive", none, Unsupported, u"a.tar"_s);
    none.set(u"repositories"_s, "{}");
    row("only the oldest form of docker save", none, Unsupported, u"a.tar"_s);
    Members lone;
    lone.set(u"index.json"_s, R"({"schemaVersion":2,"manifests":[]})");
    row("index.json without oci-layout", lone, Unsupported, u"a.tar"_s);
    lone.set(u"oci-layout"_s, R"({"imageLayoutVersion":"1.0.0"})");
    row("layout without images", lone, Unsupported, u"a.tar"_s);
    Members empty;
    empty.set(u"manifest.json"_s, "[]");
    row("manifest.json without images", empty, Unsupported, u"a.tar"_s);
}

void BrokenArchivesTest::addDockerRows()
{
    Members members = docker();
    const QString layer = layerName(members, 1);
    const QString config = image().id().hex() + u".json"_s;
    const auto changed = [&](const char* name, Error::Code code, const QString& named, auto change) {
        Members broken = docker();
        change(broken);
        row(name, broken, code, named);
    };
    changed("damaged layer", Mismatch, layer, [&](Members& m) { flip(m, layer, 700); });
    changed("layer with bytes behind it", Mismatch, layer,
            [&](Members& m) { m.set(layer, m.value(layer) + "x"); });
    changed("layer that ends early", Mismatch, layer,
            [&](Members& m) { m.set(layer, m.value(layer).chopped(512)); });
    changed("empty layer", Mismatch, layer, [&](Members& m) { m.set(layer, {}); });
    changed("layers in the wrong order", Mismatch, u"layer.tar"_s, [&](Members& m) {
        const QString first = layerName(m, 0);
        setLayer(m, 0, layerName(m, 1));
        setLayer(m, 1, first);
    });
    changed("layer that is not there", Corrupt, layer, [&](Members& m) { m.remove(layer); });
    changed("layer that is a folder", Corrupt, u"dir"_s, [&](Members& m) {
        m.set(u"dir/file"_s, "x");
        m.set(u"dir/"_s, {});
        setLayer(m, 1, u"dir"_s);
    });
    changed("layer behind a circle of links", Corrupt, layer,
            [&](Members& m) { m.set(layer, "-> layer.tar"); });
    changed("layer behind a link that leads out", Corrupt, layer,
            [&](Members& m) { m.set(layer, "-> ../../x"); });
    changed("layer behind a dangling link", Corrupt, layer, [&](Members& m) { m.set(layer, "-> nothing"); });
    changed("layer at an absolute path", Corrupt, u"/etc/passwd"_s,
            [](Members& m) { setLayer(m, 1, u"/etc/passwd"_s); });
    changed("layer at a path that leads out", Corrupt, u"../layer.tar"_s,
            [](Members& m) { setLayer(m, 1, u"../layer.tar"_s); });
    changed("too few layers", Corrupt, config,
            [](Members& m) { setInManifest(m, u"Layers"_s, QJsonArray{layerName(m, 0)}); });
    changed("layers that are no list", Corrupt, u"manifest.json"_s,
            [](Members& m) { setInManifest(m, u"Layers"_s, u"all"_s); });
    changed("layer without a path", Corrupt, u"manifest.json"_s,
            [](Members& m) { setInManifest(m, u"Layers"_s, QJsonArray{1, 2, 3}); });
    changed("damaged gzip layer", Mismatch, layer, [&](Members& m) {
        // Sound gzip of other bytes.
        m.set(layer, layersOf(randomImage(31)).at(1).read());
    });
    changed("gzip layer that ends early", Corrupt, layer,
            [&](Members& m) { m.set(layer, layersOf(image()).at(1).read().chopped(20)); });
    changed("gzip layer with rubbish in it", Corrupt, layer, [&](Members& m) {
        m.set(layer, layersOf(image()).at(1).read().first(100) + QByteArray(3000, '\xff'));
    });
    changed("zstd layer that ends early", Corrupt, layer, [&](Members& m) {
        const RandomImage zstd = randomImage(30, {.compression = {RandomImageOptions::Compression::Zstd}});
        m.set(layer, layersOf(zstd).at(1).read().chopped(20));
    });
    changed("xz layer", Unsupported, layer, [&](Members& m) {
        m.set(layer,
              QByteArray("\xfd"
                         "7zXZ\0",
                         6)
                  + QByteArray(1000, 'x'));
    });
    changed("bzip2 layer", Unsupported, layer,
            [&](Members& m) { m.set(layer, "BZh91AY&SY" + QByteArray(1000, 'x')); });
    changed("plain layer that begins like bzip2", Mismatch, layer,
            [&](Members& m) { m.set(layer, "BZh9.txt" + QByteArray(1000, '\0')); });

    changed("damaged config", Mismatch, config, [&](Members& m) { flip(m, config, 10); });
    changed("config under another's name", Mismatch, QString(64, u'a'), [&](Members& m) {
        m.set(QString(64, u'a') + u".json"_s, m.value(config));
        setInManifest(m, u"Config"_s, QString(QString(64, u'a') + u".json"_s));
    });
    changed("config that is not there", Corrupt, config, [&](Members& m) { m.remove(config); });
    changed("no config", Corrupt, u"manifest.json"_s, [](Members& m) { setInManifest(m, u"Config"_s, {}); });
    changed("config that is no JSON", Corrupt, Digest::ofBytes("nonsense").hex(),
            [](Members& m) { setConfig(m, "nonsense"); });
    changed("config without layers", Corrupt, Digest::ofBytes("{}").hex(),
            [](Members& m) { setConfig(m, "{}"); });
    const QByteArray oddConfig = R"({"rootfs":{"diff_ids":["sha256:1","x","y"]}})";
    changed("diff IDs that are no digests", Corrupt, Digest::ofBytes(oddConfig).hex(),
            [&](Members& m) { setConfig(m, oddConfig); });
    const QByteArray largeConfig = "{\"x\":\"" + QByteArray(5'000'000, 'x') + "\"}";
    changed("config of 5 MB", Corrupt, Digest::ofBytes(largeConfig).hex(),
            [&](Members& m) { setConfig(m, largeConfig); });
    changed("manifest.json that is no JSON", Corrupt, u"manifest.json"_s,
            [](Members& m) { m.set(u"manifest.json"_s, "[{"); });
    changed("manifest.json that is no list", Corrupt, u"manifest.json"_s,
            [](Members& m) { m.set(u"manifest.json"_s, "{}"); });
    changed("manifest.json of other things", Corrupt, u"manifest.json"_s,
            [](Members& m) { m.set(u"manifest.json"_s, "[1,2]"); });
}

void BrokenArchivesTest::addOciRows()
{
    const QString manifest = blobName(image().target.digest);
    const QString config = blobName(image().id());
    const QString layer = blobName(layersOf(image()).at(1).descriptor.digest);
    const auto changed = [&](const char* name, Error::Code code, const QString& named, auto change) {
        Members broken = oci();
        change(broken);
        row(name, broken, code, named);
    };
    changed("OCI: damaged layer", Mismatch, layer, [&](Members& m) { flip(m, layer, 700); });
    changed("OCI: damaged end of a layer", Mismatch, layer, [&](Members& m) { flip(m, layer, -1); });
    changed("OCI: layer of another size", Corrupt, layer,
            [&](Members& m) { m.set(layer, m.value(layer) + "x"); });
    changed("OCI: layer that is not there", Corrupt, layer, [&](Members& m) { m.remove(layer); });
    changed("OCI: damaged manifest", Mismatch, manifest, [&](Members& m) { flip(m, manifest, -2); });
    changed("OCI: manifest of another size", Mismatch, manifest,
            [&](Members& m) { m.set(manifest, m.value(manifest) + " "); });
    changed("OCI: manifest that is not there", Corrupt, manifest, [&](Members& m) { m.remove(manifest); });
    changed("OCI: damaged config", Mismatch, config, [&](Members& m) { flip(m, config, 10); });
    changed("OCI: config that is not there", Corrupt, config, [&](Members& m) { m.remove(config); });
    changed("OCI: blob that is a link that leads out", Corrupt, layer,
            [&](Members& m) { m.set(layer, "-> /x"); });
    changed("OCI: another version of the layout", Unsupported, u"oci-layout"_s,
            [](Members& m) { m.set(u"oci-layout"_s, R"({"imageLayoutVersion":"2.0.0"})"); });
    changed("OCI: layout without a version", Unsupported, u"oci-layout"_s,
            [](Members& m) { m.set(u"oci-layout"_s, "{}"); });
    changed("OCI: layout file that is no JSON", Corrupt, u"oci-layout"_s,
            [](Members& m) { m.set(u"oci-layout"_s, "1.0.0"); });
    changed("OCI: index.json that is no JSON", Corrupt, u"index.json"_s,
            [](Members& m) { m.set(u"index.json"_s, "{"); });
    changed("OCI: index.json with a digest that leads out", Corrupt, u"index.json"_s, [](Members& m) {
        m.set(u"index.json"_s,
              R"({"schemaVersion":2,"manifests":[{"mediaType":)"
              R"("application/vnd.oci.image.manifest.v1+json","digest":"sha256:../../x","size":1}]})");
    });
    changed("OCI: schema 1", Unsupported, u"blobs/"_s, [](Members& m) {
        const QByteArray old = R"({"schemaVersion":1,"name":"a","fsLayers":[{"blobSum":"x"}]})";
        m.set(blobName(Digest::ofBytes(old)), old);
        editIndex(m, [&](QJsonObject& index) {
            index.insert("manifests"_L1,
                         QJsonArray{QJsonObject{{u"mediaType"_s, QString(MediaType::OciManifest)},
                                                {u"digest"_s, Digest::ofBytes(old).toString()},
                                                {u"size"_s, old.size()}}});
        });
    });
    changed("OCI: manifest of 5 MB", Corrupt, u"blobs/"_s, [](Members& m) {
        const QByteArray large = "{\"x\":\"" + QByteArray(5'000'000, 'x') + "\"}";
        m.set(blobName(Digest::ofBytes(large)), large);
        editIndex(m, [&](QJsonObject& index) {
            index.insert("manifests"_L1,
                         QJsonArray{QJsonObject{{u"mediaType"_s, QString(MediaType::OciManifest)},
                                                {u"digest"_s, Digest::ofBytes(large).toString()},
                                                {u"size"_s, large.size()}}});
        });
    });
    changed("OCI: indexes nested without end", Corrupt, u"blobs/"_s, [](Members& m) {
        QJsonObject inner = image().target.toJson();
        for (int depth = 0; depth < 12; ++depth) {
            const QByteArray bytes = QJsonDocument(QJsonObject{{u"schemaVersion"_s, 2},
                                                               {u"mediaType"_s, QString(MediaType::OciIndex)},
                                                               {u"manifests"_s, QJsonArray{inner}}})
                                         .toJson();
            m.set(blobName(Digest::ofBytes(bytes)), bytes);
            inner = QJsonObject{{u"mediaType"_s, QString(MediaType::OciIndex)},
                                {u"digest"_s, Digest::ofBytes(bytes).toString()},
                                {u"size"_s, bytes.size()}};
        }
        editIndex(m, [&](QJsonObject& index) { index.insert("manifests"_L1, QJsonArray{inner}); });
    });

    Members broken = hybrid();
    const QString plain = blobName(layersOf(image()).at(1).diffId);
    flip(broken, plain, 600);
    row("hybrid: damaged layer", broken, Mismatch, plain);
    broken = hybrid();
    broken.remove(plain);
    row("hybrid: layer that is not there", broken, Corrupt, plain);
}

void BrokenArchivesTest::refuses()
{
    QFETCH(QByteArray, tar);
    QFETCH(Error::Code, code);
    QFETCH(QString, named);
    StoreFixture fixture;
    QFile file(fixture.path(u"a.tar"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(tar), tar.size());
    file.close();
    QCOMPARE(fixture.run(u"gzip -k a.tar"_s), QString());

    for (const QString& name : {u"a.tar"_s, u"a.tar.gz"_s}) {
        const auto imported = fixture.import(name);
        COMPARE_ERROR(imported, code);
        const QString subject = imported.error().subject;
        QVERIFY2(subject.contains(named) && subject.contains(name), qPrintable(imported.error().toString()));
        QVERIFY(!imported.error().message.isEmpty());
        // The archive is to blame, not the store.
        QCOMPARE(imported.error().operation, ReadArchiveOperation);
        QCOMPARE(imported.error().origin, Error::Origin::Source);
        QCOMPARE(fixture.names(), QStringList());
        QCOMPARE(fixture.unfinished(), QStringList());
    }
}

void BrokenArchivesTest::refusesEveryCutOffArchive_data()
{
    QTest::addColumn<QByteArray>("tar");
    const RandomImage small = randomImage(32, {.layerSizes = {300, 900}});
    QTest::newRow("docker") << dockerArchive({{small, {u"a:1"_s}}}).tar();
    QTest::newRow("hybrid") << hybridArchive({{small, {u"a:1"_s}}}).tar();
    QTest::newRow("OCI") << ociArchive({{small, {u"a:1"_s}}}).tar();
}

void BrokenArchivesTest::refusesEveryCutOffArchive()
{
    QFETCH(QByteArray, tar);
    StoreFixture fixture;
    const QString path = fixture.path(u"a.tar"_s);
    int tried = 0;
    for (qsizetype size = 0; size < tar.size(); size += 512, ++tried) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(tar.constData(), size);
        file.close();
        const auto imported = fixture.import(u"a.tar"_s);
        QVERIFY2(!imported, qPrintable(u"cut off at %1 of %2 and not noticed"_s.arg(size).arg(tar.size())));
    }
    QVERIFY(tried > 15);
    QCOMPARE(fixture.names(), QStringList());
    QCOMPARE(fixture.blobCount(), 0); // noticed before anything came in
}

void BrokenArchivesTest::refusesEveryFlippedBlock_data()
{
    refusesEveryCutOffArchive_data();
}

void BrokenArchivesTest::refusesEveryFlippedBlock()
{
    // One bit in each block: either it is noticed, or the image that came in is right all the same (legacy
    // members, names, padding).
    QFETCH(QByteArray, tar);
    const Digest id = randomImage(32, {.layerSizes = {300, 900}}).id();
    int noticed = 0;
    for (qsizetype at = 130; at < tar.size(); at += 512) {
        StoreFixture fixture;
        QByteArray damaged = tar;
        damaged[at] = static_cast<char>(damaged.at(at) ^ 0x04);
        QFile file(fixture.path(u"a.tar"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(damaged);
        file.close();
        const auto imported = fixture.import(u"a.tar"_s);
        if (!imported) {
            ++noticed;
            QCOMPARE(fixture.names(), QStringList());
            continue;
        }
        QCOMPARE(imported->size(), 1);
        QCOMPARE(imported->constFirst().id, id);
        QCOMPARE(fixture.check(imported->constFirst().target.digest.toString()), QStringList());
    }
    QVERIFY(noticed > 10);
}

void BrokenArchivesTest::acceptsAnyNameOfAConfig()
{
    // Some builders call it config.json: the digest of its bytes is the ID, whatever it is called.
    StoreFixture fixture;
    Members members = docker();
    members.set(u"config.json"_s, configOf(image()).read());
    setInManifest(members, u"Config"_s, u"config.json"_s);
    QVERIFY(members.write(fixture.path(u"a.tar"_s)));
    const auto imported = fixture.import(u"a.tar"_s);
    VERIFY_RESULT(imported);
    QCOMPARE(imported->constFirst().id, image().id());
}

void BrokenArchivesTest::refusesToFillTheMemoryWithDocuments()
{
    // Each config alone is small enough, and so well packed that the file is, too.
    StoreFixture fixture;
    TarBuilder tar;
    QJsonArray manifests;
    for (int i = 0; i < 20; ++i) {
        const QByteArray config =
            "{\"number\":" + QByteArray::number(i) + ",\"x\":\"" + QByteArray(4'000'000, 'x') + "\"}";
        const QString name = Digest::ofBytes(config).hex() + u".json"_s;
        tar.file(name.toUtf8(), config);
        manifests.append(QJsonObject{{u"Config"_s, name}, {u"Layers"_s, QJsonArray()}});
    }
    tar.file("manifest.json", QJsonDocument(manifests).toJson()).end();
    QFile file(fixture.path(u"a.tar"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(tar.bytes());
    file.close();
    QCOMPARE(fixture.run(u"gzip -1k a.tar"_s), QString());
    for (const QString& name : {u"a.tar"_s, u"a.tar.gz"_s}) {
        const auto imported = fixture.import(name);
        COMPARE_ERROR(imported, Corrupt);
        QVERIFY2(imported.error().message.contains(u"documents"_s), qPrintable(imported.error().toString()));
    }
}

QTEST_GUILESS_MAIN(BrokenArchivesTest)
#include "tst_brokenarchives.moc"
