// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/manifest.h"
#include "oci/mediatype.h"
#include "support/resulttest.h"

#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

namespace {

//! JSON in a readable form: ' stands for ". (Raw strings that end in a quote are beyond moc.)
QByteArray j(QByteArray text)
{
    return text.replace('\'', '"');
}

QByteArray digest(char c)
{
    return "sha256:" + QByteArray(64, c);
}

QByteArray descriptor(char c, const QByteArray& size = "10", const QByteArray& more = {},
                      const QByteArray& type = "application/vnd.oci.image.layer.v1.tar+gzip")
{
    return j("{'mediaType':'") + type + j("','digest':'") + digest(c) + j("','size':") + size + more + '}';
}

QByteArray config(char c = 'c')
{
    return descriptor(c, "7", {}, "application/vnd.oci.image.config.v1+json");
}

QByteArray manifest(const QByteArray& layers, const QByteArray& more = {})
{
    return j("{'schemaVersion':2,'config':") + config() + j(",'layers':[") + layers + ']' + more + '}';
}

QByteArray platform(const QByteArray& os, const QByteArray& architecture, const QByteArray& variant = {})
{
    return j(",'platform':{'os':'") + os + j("','architecture':'") + architecture + '"'
        + (variant.isEmpty() ? QByteArray() : QByteArray(j(",'variant':'") + variant + '"')) + '}';
}

QByteArray index(const QByteArray& entries, const QByteArray& more = {})
{
    return j("{'schemaVersion':2,'mediaType':'application/vnd.oci.image.index.v1+json','manifests':[")
        + entries + ']' + more + '}';
}

QByteArray entry(char c, const QByteArray& more)
{
    return descriptor(c, "10", more, "application/vnd.oci.image.manifest.v1+json");
}

const QString Subject = u"alice/ui:v1"_s;

} // namespace

class tst_Manifest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAManifest();
    void keepsTheBytes();
    void readsAnIndex();
    void typeIsTakenFromWhatIsThere();
    void contradictionsAreCorrupt_data();
    void contradictionsAreCorrupt();
    void hostileDocumentsAreCorrupt_data();
    void hostileDocumentsAreCorrupt();
    void schema1IsUnsupported_data();
    void schema1IsUnsupported();
    void unknownKindsAreUnsupported();
    void tooLargeIsInvalidInput();
    void unknownMembersAndTypesAreFine();
    void eachBlobCountsOnce();
    void artifactsAreNoImages();
    void selects_data();
    void selects();
    void selectsTheFirstOfTheBest();
    void attestationsAreNoImages();
    void mediaTypes();
    void sniffsCompression();
    void descriptorsSurviveJson();
};

void tst_Manifest::readsAManifest()
{
    const QByteArray json = manifest(
        descriptor('1', "100") + ',' + descriptor('2', "200"),
        j(",'artifactType':'application/x','annotations':{'a':'b','bad':5},'subject':") + entry('5', {}));
    const Result<Manifest> parsed =
        Manifest::parse(json, u"application/vnd.oci.image.manifest.v1+json; charset=utf-8"_s, Subject);
    VERIFY_RESULT(parsed);
    QCOMPARE(parsed->descriptor().mediaType, QString(MediaType::OciManifest));
    QCOMPARE(parsed->descriptor().size, json.size());
    QCOMPARE(parsed->descriptor().digest, Digest::ofBytes(json));
    QCOMPARE(parsed->config().digest.toString().toLatin1(), digest('c'));
    QCOMPARE(parsed->layers().size(), 2);
    QCOMPARE(parsed->layers()[0].size, 100);
    QCOMPARE(parsed->subject()->digest.toString().toLatin1(), digest('5'));
    QCOMPARE(parsed->artifactType(), u"application/x"_s);
    QCOMPARE(parsed->annotations(), (QMap<QString, QString>{{u"a"_s, u"b"_s}}));
    QCOMPARE(parsed->contentSize(), 307);
}

void tst_Manifest::keepsTheBytes()
{
    const QByteArray json = "  " + manifest(descriptor('1')) + "\n\n";
    const Result<Manifest> parsed = Manifest::parse(json, {}, Subject);
    VERIFY_RESULT(parsed);
    QCOMPARE(parsed->bytes(), json);
    QCOMPARE(parsed->descriptor().digest, Digest::ofBytes(json));
}

void tst_Manifest::readsAnIndex()
{
    const QByteArray json =
        index(entry('1', platform("linux", "amd64")) + ',' + entry('2', platform("linux", "arm", "v7")),
              j(",'annotations':{'k':'v'}"));
    const Result<Index> parsed = Index::parse(json, {}, Subject);
    VERIFY_RESULT(parsed);
    QCOMPARE(parsed->bytes(), json);
    QCOMPARE(parsed->descriptor().mediaType, QString(MediaType::OciIndex));
    QCOMPARE(parsed->manifests().size(), 2);
    QCOMPARE(parsed->manifests()[1].platform->toString(), u"linux/arm/v7"_s);
    QCOMPARE(parsed->annotations().value(u"k"_s), u"v"_s);
    QVERIFY(!parsed->subject());
    VERIFY_RESULT(Index::parse(index({}), {}, Subject));
    const QByteArray asGoWrites = j("{'schemaVersion':2,'manifests':null}");
    VERIFY_RESULT(Index::parse(asGoWrites, MediaType::OciIndex, Subject));
}

void tst_Manifest::typeIsTakenFromWhatIsThere()
{
    const auto typeOf = [](const QByteArray& json, const QString& announced) {
        const Result<ManifestOrIndex> document = parseManifestOrIndex(json, announced, Subject);
        return document ? descriptorOf(*document).mediaType : document.error().toString();
    };
    const QString none;
    const QByteArray untypedIndex = j("{'schemaVersion':2,'manifests':[]}");
    const QByteArray docker =
        manifest({}, j(",'mediaType':'application/vnd.docker.distribution.manifest.v2+json'"));
    QCOMPARE(typeOf(manifest({}), none), QString(MediaType::OciManifest));
    QCOMPARE(typeOf(manifest({}), MediaType::DockerManifest), QString(MediaType::DockerManifest));
    QCOMPARE(typeOf(docker, none), QString(MediaType::DockerManifest));
    QCOMPARE(typeOf(index({}), none), QString(MediaType::OciIndex));
    QCOMPARE(typeOf(untypedIndex, none), QString(MediaType::OciIndex));
    QCOMPARE(typeOf(untypedIndex, MediaType::DockerList), QString(MediaType::DockerList));
    // Servers that know nothing of manifests.
    QCOMPARE(typeOf(index({}), u"application/json"_s), QString(MediaType::OciIndex));
    QCOMPARE(typeOf(manifest({}), u"text/plain; charset=utf-8"_s), QString(MediaType::OciManifest));
    QCOMPARE(typeOf(manifest({}), u"application/octet-stream"_s), QString(MediaType::OciManifest));
    QCOMPARE(typeOf(manifest({}), u"Application/VND.oci.image.manifest.v1+JSON"_s),
             QString(MediaType::OciManifest));
}

void tst_Manifest::contradictionsAreCorrupt_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("announced");
    QTest::newRow("index announced as manifest") << index({}) << QString(MediaType::OciManifest);
    QTest::newRow("OCI announced as Docker")
        << manifest({}, j(",'mediaType':'application/vnd.oci.image.manifest.v1+json'"))
        << QString(MediaType::DockerManifest);
    QTest::newRow("layers and manifests")
        << manifest(descriptor('1'), j(",'manifests':[") + entry('2', {}) + ']')
        << QString(MediaType::OciManifest);
    QTest::newRow("layers and manifests, no type")
        << manifest(descriptor('1'), j(",'manifests':[") + entry('2', {}) + ']') << QString();
    QTest::newRow("config in an index") << index({}, j(",'config':") + config()) << QString();
    QTest::newRow("a manifest's members announced as index")
        << manifest(descriptor('1')) << QString(MediaType::OciIndex);
    QTest::newRow("an index's members announced as manifest")
        << j("{'schemaVersion':2,'manifests':[") + entry('2', {}) + "]}" << QString(MediaType::OciManifest);
    QTest::newRow("a member twice") << j("{'schemaVersion':2,'layers':[],'layers':[],'config':") + config()
            + '}' << QString();
    QTest::newRow("a member twice, once escaped")
        << j("{'schemaVersion':2,'layers':[],'l\\u0061yers':[],'config':") + config() + '}' << QString();
    QTest::newRow("a digest twice in a descriptor")
        << manifest(j("{'digest':'") + digest('1') + j("','digest':'") + digest('2') + j("','size':1}"))
        << QString();
    QTest::newRow("one layer, two sizes")
        << manifest(descriptor('1', "5") + ',' + descriptor('1', "6")) << QString();
    QTest::newRow("config and layer with two sizes") << manifest(descriptor('c', "5")) << QString();
    QTest::newRow("one child, two sizes") << index(
        entry('1', {}) + ',' + descriptor('1', "11", {}, "application/vnd.oci.image.manifest.v1+json"))
                                          << QString();
    QTest::newRow("neither") << j("{'schemaVersion':2}") << QString();
    QTest::newRow("version 3") << j("{'schemaVersion':3,'manifests':[]}") << QString();
    QTest::newRow("version as text") << j("{'schemaVersion':'2','manifests':[]}") << QString();
}

void tst_Manifest::contradictionsAreCorrupt()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, announced);
    const Result<ManifestOrIndex> document = parseManifestOrIndex(json, announced, Subject);
    COMPARE_ERROR(document, Error::Code::Corrupt);
    QCOMPARE(document.error().subject, Subject);
}

void tst_Manifest::hostileDocumentsAreCorrupt_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const QByteArray& json) { QTest::newRow(name) << json; };
    row("empty", {});
    row("blank", "   ");
    row("null", "null");
    row("list", "[]");
    row("text", "\"manifest\"");
    row("HTML", "<!DOCTYPE html><html></html>");
    row("cut off", manifest(descriptor('1')).chopped(1));
    row("text after it", manifest({}) + "x");
    row("two documents", manifest({}) + manifest({}));
    row("invalid UTF-8", manifest({}, ",\"a\":\"\xff\xfe\""));
    row("NUL", QByteArray("{\"schemaVersion\":2,\0}", 20));
    row("deeply nested", j("{'a':") + QByteArray(1'000'000, '[') + QByteArray(1'000'000, ']') + '}');
    row("deeply nested objects", QByteArray(j("{'a':")).repeated(200'000) + '1' + QByteArray(200'000, '}'));
    row("never closed", QByteArray(2'000'000, '['));
    row("config is a text", j("{'schemaVersion':2,'config':'x','layers':[]}"));
    row("config is null", j("{'schemaVersion':2,'config':null,'layers':[]}"));
    row("no config", j("{'schemaVersion':2,'layers':[]}"));
    row("layers are an object", j("{'schemaVersion':2,'config':") + config() + j(",'layers':{'0':1}}"));
    row("layers are a number", j("{'schemaVersion':2,'config':") + config() + j(",'layers':1}"));
    row("a layer is null", manifest("null"));
    row("a layer is a text", manifest("\"x\""));
    row("a layer is a list", manifest("[]"));
    row("an empty layer", manifest("{}"));
    row("size missing", manifest(j("{'digest':'") + digest('1') + "\"}"));
    row("size negative", manifest(descriptor('1', "-1")));
    row("size a fraction", manifest(descriptor('1', "1.5")));
    row("size beyond 64 bits", manifest(descriptor('1', "18446744073709551616")));
    row("size at 2^63", manifest(descriptor('1', "9223372036854775808")));
    row("size below 2^63", manifest(descriptor('1', "9223372036854775807")));
    row("size an enormous exponent", manifest(descriptor('1', "1e999")));
    row("size 1e300", manifest(descriptor('1', "1e300")));
    row("size a text", manifest(descriptor('1', "\"10\"")));
    row("size null", manifest(descriptor('1', "null")));
    row("size an object", manifest(descriptor('1', "{}")));
    row("digest missing", manifest(j("{'size':1}")));
    row("digest a number", manifest(j("{'digest':1,'size':1}")));
    row("digest a path", manifest(j("{'digest':'sha256:../../etc/passwd','size':1}")));
    row("digest in capitals", manifest(j("{'digest':'sha256:") + QByteArray(64, 'A') + j("','size':1}")));
    row("digest of an unknown algorithm",
        manifest(j("{'digest':'md5:") + QByteArray(32, 'a') + j("','size':1}")));
    row("media type a number", manifest(j("{'mediaType':1,'digest':'") + digest('1') + j("','size':1}")));
    row("document's media type a number", manifest({}, j(",'mediaType':7")));
    row("subject a text", manifest({}, j(",'subject':'x'")));
    row("subject broken", manifest({}, j(",'subject':{}")));
    row("manifests are a text", j("{'schemaVersion':2,'manifests':'x'}"));
    row("a child is a number", index("1"));
    row("a child without digest", index(j("{'size':1}")));
}

void tst_Manifest::hostileDocumentsAreCorrupt()
{
    QFETCH(const QByteArray, json);
    const Result<ManifestOrIndex> document = parseManifestOrIndex(json, {}, Subject);
    COMPARE_ERROR(document, Error::Code::Corrupt);
    QCOMPARE(document.error().subject, Subject);
    QVERIFY(!document.error().message.isEmpty());
}

void tst_Manifest::schema1IsUnsupported_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("announced");
    const QByteArray json =
        j("{'schemaVersion':1,'name':'x','tag':'y','fsLayers':[{'blobSum':'sha256:a'}],'history':[]}");
    QTest::newRow("signed") << json << u"application/vnd.docker.distribution.manifest.v1+prettyjws"_s;
    QTest::newRow("unsigned") << json << u"application/vnd.docker.distribution.manifest.v1+json"_s;
    QTest::newRow("old registry") << json << u"text/plain; charset=utf-8"_s;
    QTest::newRow("no type") << json << QString();
    QTest::newRow("announced as schema 2") << json << QString(MediaType::DockerManifest);
}

void tst_Manifest::schema1IsUnsupported()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, announced);
    const Result<ManifestOrIndex> document = parseManifestOrIndex(json, announced, Subject);
    COMPARE_ERROR(document, Error::Code::Unsupported);
    QCOMPARE(document.error().subject, Subject);
}

void tst_Manifest::unknownKindsAreUnsupported()
{
    const QByteArray artifact = j("{'mediaType':'application/vnd.oci.artifact.manifest.v1+json','blobs':[]}");
    COMPARE_ERROR(parseManifestOrIndex(artifact, {}, Subject), Error::Code::Unsupported);
    COMPARE_ERROR(Index::parse(artifact, {}, Subject), Error::Code::Unsupported);
    COMPARE_ERROR(Manifest::parse(index({}), {}, Subject), Error::Code::Corrupt);
    COMPARE_ERROR(Index::parse(manifest({}), {}, Subject), Error::Code::Corrupt);
}

void tst_Manifest::tooLargeIsInvalidInput()
{
    QByteArray json = manifest({});
    json += QByteArray(MaxManifestSize - json.size(), ' ');
    VERIFY_RESULT(Manifest::parse(json, {}, Subject));
    json += ' ';
    const Result<Manifest> parsed = Manifest::parse(json, {}, Subject);
    COMPARE_ERROR(parsed, Error::Code::InvalidInput);
    QCOMPARE(parsed.error().subject, Subject);
}

void tst_Manifest::unknownMembersAndTypesAreFine()
{
    const Result<Manifest> parsed = Manifest::parse(
        manifest(descriptor('1', "10", j(",'data':'aGk=','x':{'y':[1,2,{}]}"), "application/x-strange"),
                 j(",'future':{'layers':[],'manifests':[1]},'manifests':null")),
        {}, Subject);
    VERIFY_RESULT(parsed);
    QCOMPARE(parsed->layers()[0].mediaType, u"application/x-strange"_s);
    const QByteArray typeless = manifest(j("{'digest':'") + digest('1') + j("','size':0}"));
    VERIFY_RESULT(Manifest::parse(typeless, {}, Subject));
    // The same name in different objects, and as a value, is no repetition.
    const QByteArray sameNames =
        manifest({}, j(",'annotations':{'a':'a','b':'a'},'c':[{'a':1},{'a':'\\'a\\''}]"));
    VERIFY_RESULT(Manifest::parse(sameNames, {}, Subject));
}

void tst_Manifest::eachBlobCountsOnce()
{
    const Result<Manifest> parsed = Manifest::parse(
        manifest(descriptor('1', "5") + ',' + descriptor('2', "6") + ',' + descriptor('1', "5")), {},
        Subject);
    VERIFY_RESULT(parsed);
    QCOMPARE(parsed->layers().size(), 3);
    QCOMPARE(parsed->blobs().size(), 3);
    QCOMPARE(parsed->blobs()[0], parsed->config());
    QCOMPARE(parsed->blobs()[1].digest.toString().toLatin1(), digest('1'));
    QCOMPARE(parsed->contentSize(), 7 + 5 + 6);
}

void tst_Manifest::artifactsAreNoImages()
{
    QVERIFY(Manifest::parse(manifest({}), {}, Subject)->isImage());
    const QByteArray sbom = manifest({}, j(",'artifactType':'application/vnd.example.sbom'"));
    QVERIFY(!Manifest::parse(sbom, {}, Subject)->isImage());
    const auto withConfig = [](const QByteArray& type) {
        return QByteArray(j("{'schemaVersion':2,'layers':[],'config':") + descriptor('c', "2", {}, type)
                          + '}');
    };
    QVERIFY(!Manifest::parse(withConfig("application/vnd.oci.empty.v1+json"), {}, Subject)->isImage());
    QVERIFY(!Manifest::parse(withConfig("application/vnd.cncf.helm.config.v1+json"), {}, Subject)->isImage());
    QVERIFY(Manifest::parse(withConfig("application/vnd.docker.container.image.v1+json"),
                            MediaType::DockerManifest, Subject)
                ->isImage());
    // Docker 1.10 wrote this.
    QVERIFY(Manifest::parse(withConfig("application/octet-stream"), MediaType::DockerManifest, Subject)
                ->isImage());
    QVERIFY(
        !Manifest::parse(withConfig("application/octet-stream"), MediaType::OciManifest, Subject)->isImage());
}

void tst_Manifest::selects_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<int>("entry"); // -1: none
    QTest::newRow("exact") << u"linux/amd64"_s << 0;
    QTest::newRow("alias") << u"linux/x86_64"_s << 0;
    QTest::newRow("newer than needed") << u"linux/amd64/v4"_s << 0;
    QTest::newRow("arm v7") << u"linux/arm/v7"_s << 2;
    QTest::newRow("arm v6") << u"linux/arm/v6"_s << 1;
    QTest::newRow("arm v5") << u"linux/arm/v5"_s << -1;
    QTest::newRow("arm64 with variant") << u"linux/arm64/v8"_s << 3;
    QTest::newRow("another system") << u"freebsd/amd64"_s << -1;
    QTest::newRow("windows") << u"windows/amd64"_s << 4;
    QTest::newRow("s390x") << u"linux/s390x"_s << -1;
    QTest::newRow("unknown") << u"unknown/unknown"_s << -1;
}

void tst_Manifest::selects()
{
    QFETCH(const QString, wanted);
    QFETCH(const int, entry);
    const QByteArray attestation = j(",'annotations':{'vnd.docker.reference.type':'attestation-manifest'}");
    const Result<Index> parsed = Index::parse(
        index(::entry('0', platform("linux", "amd64")) + ',' + ::entry('1', platform("linux", "arm", "v6"))
              + ',' + ::entry('2', platform("linux", "arm", "v7")) + ','
              + ::entry('3', platform("linux", "arm64")) + ',' + ::entry('4', platform("windows", "amd64"))
              + ',' + ::entry('5', platform("unknown", "unknown") + attestation)),
        {}, Subject);
    VERIFY_RESULT(parsed);
    const std::optional<Descriptor> selected = parsed->select(Platform::parse(wanted).value());
    QCOMPARE(selected.has_value(), entry >= 0);
    if (selected)
        QCOMPARE(selected->digest, parsed->manifests()[entry].digest);
}

void tst_Manifest::selectsTheFirstOfTheBest()
{
    const Platform wanted = Platform::parse(u"linux/amd64"_s).value();
    const Result<Index> twice =
        Index::parse(index(entry('1', platform("linux", "386")) + ',' + entry('2', platform("linux", "amd64"))
                           + ',' + entry('3', platform("linux", "amd64"))),
                     {}, Subject);
    QCOMPARE(twice->select(wanted)->digest, twice->manifests()[1].digest);
    // An entry that names no platform is taken where nothing else runs, the first of them.
    const Result<Index> unnamed = Index::parse(index(entry('1', {}) + ',' + entry('2', j(",'platform':{}"))
                                                     + ',' + entry('3', platform("linux", "arm64"))),
                                               {}, Subject);
    QCOMPARE(unnamed->select(wanted)->digest, unnamed->manifests()[0].digest);
    QCOMPARE(unnamed->select(Platform::parse(u"linux/arm64"_s).value())->digest,
             unnamed->manifests()[2].digest);
    QVERIFY(!Index::parse(index({}), {}, Subject)->select(wanted));
}

void tst_Manifest::attestationsAreNoImages()
{
    const Result<Index> parsed = Index::parse(
        index(entry('1', j(",'annotations':{'vnd.docker.reference.type':'attestation-manifest'}")) + ','
              + entry('2', platform("unknown", "unknown")) + ',' + entry('3', platform("linux", "amd64"))),
        {}, Subject);
    QVERIFY(isAttestation(parsed->manifests()[0]));
    QVERIFY(!isAttestation(parsed->manifests()[1]));
    QVERIFY(!isAttestation(parsed->manifests()[2]));
    QCOMPARE(parsed->images().size(), 2);
    const QByteArray alone =
        index(entry('1', j(",'annotations':{'vnd.docker.reference.type':'attestation-manifest'}")));
    QVERIFY(!Index::parse(alone, {}, Subject)->select(Platform::host()));
}

void tst_Manifest::mediaTypes()
{
    const auto asked = [](bool (*question)(QStringView), QLatin1StringView type) {
        return question(QString(type));
    };
    QVERIFY(asked(MediaType::isIndex, MediaType::DockerList));
    QVERIFY(!asked(MediaType::isIndex, MediaType::DockerManifest));
    QVERIFY(asked(MediaType::isManifest, MediaType::OciManifest));
    QVERIFY(!asked(MediaType::isManifest, MediaType::OciIndex));
    QVERIFY(MediaType::isForeignLayer(u"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));
    QVERIFY(MediaType::isForeignLayer(u"application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"));
    QVERIFY(!asked(MediaType::isForeignLayer, MediaType::OciLayerGzip));
    QCOMPARE(MediaType::withoutParameters(u" Text/Plain ; charset=utf-8"), u"text/plain"_s);
    const QByteArrayList accepted = MediaType::manifestAccept().split(',');
    QCOMPARE(accepted.size(), 4);
    QVERIFY(!MediaType::manifestAccept().contains("v1+prettyjws"));
    for (const QByteArray& type : accepted) {
        const QString name = QString::fromLatin1(type.trimmed());
        QVERIFY(MediaType::isIndex(name) || MediaType::isManifest(name));
    }
}

void tst_Manifest::sniffsCompression()
{
    using enum MediaType::Compression;
    QVERIFY(MediaType::sniffCompression("\x1f\x8b\x08") == Gzip);
    QVERIFY(MediaType::sniffCompression("\x28\xb5\x2f\xfd\x04") == Zstd);
    QVERIFY(MediaType::sniffCompression("\x5a\x2a\x4d\x18") == Zstd);
    QVERIFY(MediaType::sniffCompression("BZh91AY") == Bzip2);
    QVERIFY(MediaType::sniffCompression(QByteArrayView("\xfd"
                                                       "7zXZ\0",
                                                       6))
            == Xz);
    for (const QByteArrayView other : {QByteArrayView(), QByteArrayView("\x1f"),
                                       QByteArrayView("\x28\xb5\x2f"), QByteArrayView("etc/passwd"),
                                       QByteArrayView("\xfd"
                                                      "7zXZ")})
        QVERIFY(MediaType::sniffCompression(other) == None);
}

void tst_Manifest::descriptorsSurviveJson()
{
    Descriptor d;
    d.mediaType = MediaType::OciManifest;
    d.digest = Digest::ofBytes("x");
    d.size = qint64(1) << 40;
    d.platform = Platform::parse(u"linux/arm/v6"_s).value();
    d.annotations = {{u"a"_s, u"b"_s}};
    d.artifactType = u"application/x"_s;
    d.urls = {u"https://example.org/x"_s};
    const Result<Descriptor> back = Descriptor::fromJson(d.toJson(), u"here"_s);
    VERIFY_RESULT(back);
    QCOMPARE(*back, d);
    QVERIFY(back->isSameContent(d));
    Descriptor plain;
    plain.digest = d.digest;
    plain.size = d.size;
    QVERIFY(plain.isSameContent(d));
    QVERIFY(plain != d);
    QCOMPARE(Descriptor::fromJson(plain.toJson(), u"here"_s).value(), plain);
}

QTEST_APPLESS_MAIN(tst_Manifest)
#include "tst_manifest.moc"
