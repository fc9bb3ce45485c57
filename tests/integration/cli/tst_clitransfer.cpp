// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <csignal>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Push and pull by `tagboat-cli` against a real registry, judged by skopeo.
class TestCliTransfer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void pushedImageIsPulledBySkopeoWithTheSameDigest();
    void pushedTwiceMovesNothingTheSecondTime();
    void pulledImageOfSkopeoHasTheSameBytes();
    void pullOfOnePlatformAndOfAll();
    void platformThatASingleImageIsNotForIsRefused();
    void pullByDigestIntoArchivesAndExport_data();
    void pullByDigestIntoArchivesAndExport();
    void pullIntoLayoutAndArchives_data();
    void pullIntoLayoutAndArchives();
    void pushFromLayoutAndArchives_data();
    void pushFromLayoutAndArchives();
    void archivesAreCompressedAsAsked_data();
    void archivesAreCompressedAsAsked();
    void pushOfAWrongNameNeverTakesAnotherImage();
    void severalDestinationsAndTagsInOneGo();
    void allTagsOfARepository();
    void cascadeSetsTheShorterTags();
    void planShowsWhatWouldMoveAndMovesNothing();
    void reposAndTagsAreListed();
    void everyLineOfJsonIsAnObjectAndTheLastIsTheResult();
    void plainOutputHasNoControlCharacters();
    void partlyFailedPushEndsWithThree();
    void signalsEndAPullWith130AndLeaveNothing_data();
    void signalsEndAPullWith130AndLeaveNothing();
    void interruptedPushLeavesNoTag();
    void whatAKilledProcessPassedThroughIsSweptByTheNext();
    void manyJobsNeverOutgrowTheTerminal();

private:
    [[nodiscard]] QString remote(const QString& name) const { return m_registry.host() + u'/' + name; }
    //! Digest of a name in the registry, by skopeo; empty where it is not there.
    [[nodiscard]] QString remoteDigest(const QString& name) const;
    [[nodiscard]] bool skopeoPush(const RandomImage& image, const QString& name) const;
    //! Brings an image into the store of the command line.
    void store(const RandomImage& image, const QString& name);

    RegistryProcess m_registry;
    QTemporaryDir m_files;
    RandomImage m_image = randomImage(31);
    std::unique_ptr<CliProcess> m_cli;
    int m_count = 0;
};

void TestCliTransfer::initTestCase()
{
    QVERIFY(m_registry.start());
}

void TestCliTransfer::init()
{
    m_cli = std::make_unique<CliProcess>();
}

QString TestCliTransfer::remoteDigest(const QString& name) const
{
    const QByteArray raw = runTool(
        u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s, u"docker://"_s + remote(name)});
    return raw.isEmpty() ? QString() : Digest::ofBytes(raw).toString();
}

bool TestCliTransfer::skopeoPush(const RandomImage& image, const QString& name) const
{
    const QString folder = m_files.filePath(image.id().shortHex() + u".dir"_s);
    if (!QFile::exists(folder))
        image.writeSkopeoFolder(folder);
    return !runTool(u"skopeo"_s,
                    {u"copy"_s, u"--all"_s, u"--preserve-digests"_s, u"--dest-tls-verify=false"_s,
                     u"dir:"_s + folder, u"docker://"_s + remote(name)})
                .isEmpty();
}

void TestCliTransfer::store(const RandomImage& image, const QString& name)
{
    const QString folder = m_files.filePath(u"layout%1"_s.arg(++m_count));
    image.writeLayout(folder, {u"it"_s});
    const QString file = folder + u".tar"_s;
    QVERIFY(!runTool(u"tar"_s, {u"-C"_s, folder, u"-cf"_s, file, u"."_s}).isEmpty());
    const CliRun run = m_cli->run({u"import"_s, u"--name"_s, name, file});
    COMPARE_EXIT(run, 0);
}

void TestCliTransfer::pushedImageIsPulledBySkopeoWithTheSameDigest()
{
    store(m_image, u"alice/ui:v1"_s);
    const CliRun run = m_cli->run({u"--json"_s, u"push"_s, u"alice/ui:v1"_s, remote(u"one/ui:v1"_s)});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.last().value("jobs"_L1).toArray().at(0)[u"digest"].toString(),
             m_image.target.digest.toString());
    QCOMPARE(remoteDigest(u"one/ui:v1"_s), m_image.target.digest.toString());
    const QString folder = m_cli->path(u"skopeo"_s);
    QVERIFY(!runTool(u"skopeo"_s,
                     {u"copy"_s, u"--preserve-digests"_s, u"--src-tls-verify=false"_s,
                      u"docker://"_s + remote(u"one/ui:v1"_s), u"oci:"_s + folder + u":x"_s})
                 .isEmpty());
    QCOMPARE(checkLayout(folder, m_image.target.digest), QStringList());
}

void TestCliTransfer::pushedTwiceMovesNothingTheSecondTime()
{
    store(m_image, u"alice/ui:v1"_s);
    COMPARE_EXIT(m_cli->run({u"push"_s, u"alice/ui:v1"_s, remote(u"two/ui:v1"_s)}), 0);
    const CliRun again = m_cli->run({u"--json"_s, u"push"_s, u"alice/ui:v1"_s, remote(u"two/ui:v1"_s)});
    COMPARE_EXIT(again, 0);
    QCOMPARE(again.last().value("jobs"_L1).toArray().at(0)[u"bytesTotal"].toInteger(), 0);
}

void TestCliTransfer::pulledImageOfSkopeoHasTheSameBytes()
{
    QVERIFY(skopeoPush(m_image, u"three/ui:v1"_s));
    const CliRun run = m_cli->run({u"--json"_s, u"pull"_s, remote(u"three/ui:v1"_s)});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.last().value("digest"_L1).toString(), m_image.target.digest.toString());
    QCOMPARE(checkLayout(m_cli->dataDirectory() + u"/images"_s, m_image.target.digest), QStringList());
    const QByteArray inspected =
        runTool(u"skopeo"_s,
                {u"inspect"_s, u"oci:%1/images:%2"_s.arg(m_cli->dataDirectory(), remote(u"three/ui:v1"_s))});
    QCOMPARE(QJsonDocument::fromJson(inspected)[u"Digest"].toString(), m_image.target.digest.toString());
    QCOMPARE(m_cli->leftovers(), QStringList());
}

void TestCliTransfer::pullOfOnePlatformAndOfAll()
{
    RandomImageOptions options;
    options.platforms = {*Platform::parse(u"linux/amd64"), *Platform::parse(u"linux/arm64/v8")};
    const RandomImage image = randomImage(32, options);
    QVERIFY(skopeoPush(image, u"four/ui:v1"_s));

    const CliRun arm =
        m_cli->run({u"--json"_s, u"pull"_s, u"--platform"_s, u"linux/arm64"_s, remote(u"four/ui:v1"_s)});
    COMPARE_EXIT(arm, 0);
    QCOMPARE(arm.last().value("digest"_L1).toString(), image.manifests.at(1).descriptor.digest.toString());
    const CliRun all =
        m_cli->run({u"--json"_s, u"pull"_s, u"--platform"_s, u"all"_s, remote(u"four/ui:v1"_s)});
    COMPARE_EXIT(all, 0);
    QCOMPARE(all.last().value("digest"_L1).toString(), image.target.digest.toString());
    QCOMPARE(checkLayout(m_cli->dataDirectory() + u"/images"_s, image.target.digest), QStringList());
    COMPARE_CODE(
        m_cli->run({u"--json"_s, u"pull"_s, u"--platform"_s, u"windows/amd64"_s, remote(u"four/ui:v1"_s)}),
        "NotFound");
}

void TestCliTransfer::platformThatASingleImageIsNotForIsRefused()
{
    QVERIFY(skopeoPush(m_image, u"single/ui:v1"_s)); // linux/amd64
    const QStringList wanted{u"--platform"_s, u"linux/s390x"_s};
    const CliRun pulled = m_cli->run(QStringList{u"--json"_s, u"pull"_s, remote(u"single/ui:v1"_s)} + wanted);
    COMPARE_CODE(pulled, "NotFound");
    QVERIFY2(pulled.last().value("message"_L1).toString().contains("linux/amd64"_L1),
             pulled.all().constData());
    COMPARE_EXIT(m_cli->run({u"pull"_s, remote(u"single/ui:v1"_s), u"--platform"_s, u"linux/amd64"_s}), 0);
    COMPARE_CODE(
        m_cli->run(QStringList{u"--json"_s, u"push"_s, remote(u"single/ui:v1"_s), remote(u"single/ui:v2"_s)}
                   + wanted),
        "NotFound");
    const QJsonObject tags = m_cli->run({u"--json"_s, u"tags"_s, remote(u"single/ui"_s)}).last();
    QCOMPARE(tags.value("tags"_L1).toArray().size(), 1);
}

void TestCliTransfer::pullByDigestIntoArchivesAndExport_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("OCI archive") << u"oci-archive:"_s;
    QTest::newRow("docker archive") << u"docker-archive:"_s;
}

void TestCliTransfer::pullByDigestIntoArchivesAndExport()
{
    QFETCH(const QString, scheme);
    QVERIFY(skopeoPush(m_image, u"digest/ui:v1"_s));
    const QString name = remote(u"digest/ui@"_s) + m_image.target.digest.toString();
    COMPARE_EXIT(m_cli->run({u"pull"_s, u"--to"_s, scheme + m_cli->path(u"pulled"_s), name}), 0);
    COMPARE_EXIT(m_cli->run({u"pull"_s, name}), 0);
    COMPARE_EXIT(m_cli->run({u"export"_s, name, scheme + m_cli->path(u"exported"_s)}), 0);
    for (const QString& file : {u"pulled"_s, u"exported"_s}) {
        const QByteArray config =
            runTool(u"skopeo"_s, {u"inspect"_s, u"--config"_s, u"--raw"_s, scheme + m_cli->path(file)});
        QCOMPARE(Digest::ofBytes(config).toString(), m_image.id().toString());
    }
    // What could not be written in the end is said before anything is fetched.
    const CliRun refused =
        m_cli->run({u"--json"_s, u"pull"_s, u"--to"_s, scheme + m_cli->path(u"bad"_s) + u":No Name"_s, name});
    COMPARE_CODE(refused, "InvalidInput");
    QCOMPARE(refused.objects().size(), 1);
}

void TestCliTransfer::pullIntoLayoutAndArchives_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QString>("name"); // by which skopeo finds it
    QTest::newRow("layout") << u"oci"_s << u":mine"_s;
    QTest::newRow("OCI archive") << u"oci-archive"_s << u""_s;
    QTest::newRow("docker archive") << u"docker-archive"_s << u":alice/mine:1"_s;
}

void TestCliTransfer::pullIntoLayoutAndArchives()
{
    QFETCH(const QString, scheme);
    QFETCH(const QString, name);
    QVERIFY(skopeoPush(m_image, u"five/ui:v1"_s));
    const QString place = scheme + u':' + m_cli->path(u"pulled"_s) + name;
    const CliRun run = m_cli->run({u"pull"_s, u"--to"_s, place, remote(u"five/ui:v1"_s)});
    COMPARE_EXIT(run, 0);
    const QByteArray config = runTool(u"skopeo"_s, {u"inspect"_s, u"--config"_s, u"--raw"_s, place});
    QCOMPARE(Digest::ofBytes(config).toString(), m_image.id().toString());
    // The store has no part in it, and what it passed through is gone.
    QCOMPARE(m_cli->run({u"--json"_s, u"images"_s}).last().value("images"_L1).toArray(), QJsonArray());
    QCOMPARE(m_cli->leftovers(), QStringList());
}

void TestCliTransfer::pushFromLayoutAndArchives_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<bool>("sameBytes");
    QTest::newRow("layout by name") << u"oci:%1:it"_s << true;
    QTest::newRow("layout with one image") << u"oci:%1"_s << true;
    QTest::newRow("OCI archive") << u"oci-archive:%1.tar"_s << true;
    QTest::newRow("docker archive") << u"docker-archive:%1-docker.tar"_s << false; // its layers are plain
}

void TestCliTransfer::pushFromLayoutAndArchives()
{
    QFETCH(const QString, place);
    QFETCH(const bool, sameBytes);
    const QString folder = m_files.filePath(u"six"_s);
    if (!QFile::exists(folder)) {
        m_image.writeLayout(folder, {u"it"_s});
        QVERIFY(!runTool(u"tar"_s, {u"-C"_s, folder, u"-cf"_s, folder + u".tar"_s, u"."_s}).isEmpty());
        QVERIFY(!runTool(u"skopeo"_s,
                         {u"copy"_s, u"oci:%1:it"_s.arg(folder),
                          u"docker-archive:%1-docker.tar:some/name:1"_s.arg(folder)})
                     .isEmpty());
    }
    const QString name = u"six%1/ui:v1"_s.arg(++m_count);
    const CliRun run = m_cli->run({u"push"_s, u"--from"_s, place.arg(folder), remote(name)});
    COMPARE_EXIT(run, 0);
    const QByteArray config = runTool(
        u"skopeo"_s,
        {u"inspect"_s, u"--config"_s, u"--raw"_s, u"--tls-verify=false"_s, u"docker://"_s + remote(name)});
    QCOMPARE(Digest::ofBytes(config).toString(), m_image.id().toString());
    if (sameBytes)
        QCOMPARE(remoteDigest(name), m_image.target.digest.toString());
    QCOMPARE(m_cli->leftovers(), QStringList());
    COMPARE_CODE(
        m_cli->run({u"--json"_s, u"push"_s, u"--from"_s, u"oci:"_s + m_cli->path(u"none"_s), remote(name)}),
        "NotFound");
    QVERIFY(!QFile::exists(m_cli->path(u"none"_s)));
}

void TestCliTransfer::archivesAreCompressedAsAsked_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("mediaType");
    const QString type = u"application/vnd.oci.image.layer.v1.tar+"_s;
    QTest::newRow("straight") << QString() << QStringList{u"--compression=zstd:7"_s} << type + u"zstd"_s;
    QTest::newRow("by way of a store")
        << QString() << QStringList{u"--compression=zstd"_s, u"--platform=linux/amd64"_s} << type + u"zstd"_s;
    QTest::newRow("settings") << u"zstd:1"_s << QStringList() << type + u"zstd"_s;
    QTest::newRow("settings, by way of a store")
        << u"zstd"_s << QStringList{u"--platform=linux/amd64"_s} << type + u"zstd"_s;
    QTest::newRow("option before settings")
        << u"zstd"_s << QStringList{u"--compression=gzip:9"_s} << type + u"gzip"_s;
}

void TestCliTransfer::archivesAreCompressedAsAsked()
{
    QFETCH(const QString, setting);
    QFETCH(const QStringList, options);
    QFETCH(const QString, mediaType);
    const QString folder = m_cli->path(u"layout"_s);
    const QString archive = m_cli->path(u"saved.tar"_s);
    m_image.writeLayout(folder, {u"it"_s});
    QVERIFY(!runTool(u"skopeo"_s,
                     {u"copy"_s, u"oci:%1:it"_s.arg(folder), u"docker-archive:%1:some/name:1"_s.arg(archive)})
                 .isEmpty());
    if (!setting.isEmpty()) {
        QVERIFY(QDir().mkpath(m_cli->configDirectory()));
        QFile settings(m_cli->configDirectory() + u"/settings.ini"_s);
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write("[transfers]\ncompression=" + setting.toLatin1() + '\n');
    }
    const QString name = u"packed%1/ui:v1"_s.arg(++m_count);
    COMPARE_EXIT(m_cli->run(QStringList{u"push"_s, u"--from=docker-archive:"_s + archive} + options
                            + QStringList{remote(name)}),
                 0);
    COMPARE_EXIT(
        m_cli->run(QStringList{u"import"_s} + options.filter(u"--compression"_s) + QStringList{archive}), 0);
    const QByteArray manifest = runTool(
        u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s, u"docker://"_s + remote(name)});
    const QJsonArray layers = QJsonDocument::fromJson(manifest).object().value("layers"_L1).toArray();
    QCOMPARE(layers.size(), 3);
    for (const QJsonValue& layer : layers)
        QCOMPARE(layer["mediaType"_L1].toString(), mediaType);
    const auto stored = m_cli->run({u"--json"_s, u"inspect"_s, u"some/name:1"_s});
    COMPARE_EXIT(stored, 0);
    QVERIFY2(stored.all().contains(Digest::ofBytes(manifest).hex().toLatin1()), stored.all().constData());
}

void TestCliTransfer::pushOfAWrongNameNeverTakesAnotherImage()
{
    const QString folder = m_files.filePath(u"wrong"_s);
    m_image.writeLayout(folder, {u"it"_s});
    COMPARE_CODE(m_cli->run({u"--json"_s, u"push"_s, u"--from"_s, u"oci:%1:other"_s.arg(folder),
                             remote(u"wrong/ui:v1"_s)}),
                 "NotFound");
    store(m_image, u"alice/only:v1"_s);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"push"_s, remote(u"wrong/ui:v1"_s)}), "NotFound");
}

void TestCliTransfer::severalDestinationsAndTagsInOneGo()
{
    store(m_image, u"alice/ui:v1"_s);
    const CliRun run = m_cli->run({u"--json"_s, u"push"_s, u"alice/ui:v1"_s, remote(u"seven/a:1"_s),
                                   remote(u"seven/a:2"_s), remote(u"seven/b:1"_s)});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.last().value("jobs"_L1)[0][u"targets"].toArray().size(), 2);
    for (const QString& name : {u"seven/a:1"_s, u"seven/a:2"_s, u"seven/b:1"_s})
        QCOMPARE(remoteDigest(name), m_image.target.digest.toString());
}

void TestCliTransfer::allTagsOfARepository()
{
    const RandomImage other = randomImage(33);
    store(m_image, remote(u"eight/ui:1"_s));
    store(other, remote(u"eight/ui:2"_s));
    store(other, remote(u"eight/elsewhere:3"_s));
    COMPARE_EXIT(m_cli->run({u"push"_s, u"-a"_s, remote(u"eight/ui"_s)}), 0);
    QCOMPARE(remoteDigest(u"eight/ui:1"_s), m_image.target.digest.toString());
    QCOMPARE(remoteDigest(u"eight/ui:2"_s), other.target.digest.toString());
    const QJsonObject tags = m_cli->run({u"--json"_s, u"tags"_s, remote(u"eight/ui"_s)}).last();
    QCOMPARE(tags.value("tags"_L1).toArray().size(), 2);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"tags"_s, remote(u"eight/elsewhere"_s)}), "NotFound");
}

void TestCliTransfer::cascadeSetsTheShorterTags()
{
    store(m_image, remote(u"nine/ui:2.1.106"_s));
    COMPARE_EXIT(m_cli->run({u"push"_s, u"--cascade"_s, remote(u"nine/ui:2.1.106"_s)}), 0);
    for (const QString& tag : {u"2.1.106"_s, u"2.1"_s, u"2"_s, u"latest"_s})
        QCOMPARE(remoteDigest(u"nine/ui:"_s + tag), m_image.target.digest.toString());
}

void TestCliTransfer::planShowsWhatWouldMoveAndMovesNothing()
{
    const RandomImage other = randomImage(34);
    QVERIFY(skopeoPush(other, u"ten/ui:v1"_s));
    store(m_image, u"alice/ui:v1"_s);
    const CliRun run =
        m_cli->run({u"--json"_s, u"push"_s, u"--plan"_s, u"alice/ui:v1"_s, remote(u"ten/ui:v1"_s)});
    COMPARE_EXIT(run, 0);
    const QJsonObject plan = run.last().value("plans"_L1).toArray().at(0).toObject();
    QVERIFY(plan.value("bytesToTransfer"_L1).toInteger() > 0);
    QVERIFY(plan.value("mayPush"_L1).toBool());
    const QJsonObject name = plan.value("names"_L1).toArray().at(0).toObject();
    QVERIFY(name.value("moves"_L1).toBool());
    QCOMPARE(name.value("previous"_L1).toString(), other.target.digest.toString());
    QCOMPARE(remoteDigest(u"ten/ui:v1"_s), other.target.digest.toString());
    const CliRun text = m_cli->run({u"push"_s, u"--plan"_s, u"alice/ui:v1"_s, remote(u"ten/ui:v1"_s)});
    QVERIFY2(text.out.contains("to upload") && text.out.contains("moves from"), text.all().constData());
}

void TestCliTransfer::reposAndTagsAreListed()
{
    QVERIFY(skopeoPush(m_image, u"eleven/ui:b"_s));
    QVERIFY(skopeoPush(m_image, u"eleven/ui:a"_s));
    const CliRun repos = m_cli->run({u"repos"_s, m_registry.host()});
    COMPARE_EXIT(repos, 0);
    QVERIFY2(repos.out.split('\n').contains("eleven/ui"), repos.all().constData());
    const CliRun tags = m_cli->run({u"--json"_s, u"tags"_s, u"--digests"_s, remote(u"eleven/ui"_s)});
    COMPARE_EXIT(tags, 0);
    const QJsonArray array = tags.last().value("tags"_L1).toArray();
    QCOMPARE(array.size(), 2);
    for (const QJsonValue& tag : array)
        QCOMPARE(tag[u"digest"].toString(), m_image.target.digest.toString());
}

void TestCliTransfer::everyLineOfJsonIsAnObjectAndTheLastIsTheResult()
{
    QVERIFY(skopeoPush(m_image, u"twelve/ui:v1"_s));
    const CliRun run = m_cli->run({u"--json"_s, u"pull"_s, remote(u"twelve/ui:v1"_s)});
    COMPARE_EXIT(run, 0);
    const QList<QJsonObject> objects = run.objects();
    QVERIFY(objects.size() >= 2);
    qsizetype results = 0;
    for (const QJsonObject& object : objects) {
        QVERIFY2(object.contains("type"_L1), run.all().constData());
        results += object.value("type"_L1) == "result"_L1;
    }
    QCOMPARE(results, 1);
    QCOMPARE(objects.last().value("type"_L1).toString(), u"result"_s);
    QCOMPARE(objects.first().value("type"_L1).toString(), u"progress"_s);
    QVERIFY2(run.error.isEmpty(), run.all().constData());
}

void TestCliTransfer::plainOutputHasNoControlCharacters()
{
    QVERIFY(skopeoPush(m_image, u"thirteen/ui:v1"_s));
    const CliRun run = m_cli->run({u"pull"_s, remote(u"thirteen/ui:v1"_s)});
    COMPARE_EXIT(run, 0);
    QVERIFY2(!run.all().contains('\x1b') && !run.all().contains('\r'), run.all().constData());
    QVERIFY2(run.error.contains(": done, "), run.all().constData()); // a line for each layer
    QVERIFY2(run.out.contains(m_image.target.digest.toString().toLatin1()), run.all().constData());
}

void TestCliTransfer::partlyFailedPushEndsWithThree()
{
    store(m_image, u"alice/ui:v1"_s);
    RegistryProcess readOnly({.isReadOnly = true});
    QVERIFY(readOnly.start());
    const CliRun run = m_cli->run({u"--json"_s, u"push"_s, u"alice/ui:v1"_s, remote(u"fourteen/ui:v1"_s),
                                   readOnly.host() + u"/fourteen/ui:v1"_s});
    COMPARE_EXIT(run, 3);
    QVERIFY(run.last().value("partly"_L1).toBool());
    QCOMPARE(remoteDigest(u"fourteen/ui:v1"_s), m_image.target.digest.toString());
}

void TestCliTransfer::signalsEndAPullWith130AndLeaveNothing_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestCliTransfer::signalsEndAPullWith130AndLeaveNothing()
{
    QFETCH(const int, signal);
    RandomImageOptions options;
    options.layerSizes = {20'000'000};
    options.isCompressible = false;
    static const RandomImage image = randomImage(35, options);
    QVERIFY(skopeoPush(image, u"fifteen/ui:v1"_s));
    // The registry stops in the middle, so that there is a middle to be interrupted in.
    const CliRun run = m_cli->interrupt(
        {u"--json"_s, u"pull"_s, remote(u"fifteen/ui:v1"_s)}, signal, [this](const QByteArray& out) {
            if (!out.contains("\"state\":\"Running\"") && !out.contains("\"state\":\"running\""))
                return false;
            m_registry.pause();
            return true;
        });
    m_registry.resume();
    COMPARE_EXIT(run, 130);
    QCOMPARE(run.code(), u"Cancelled"_s);
    // What came of the layer waits for the next pull.
    QStringList leftovers = m_cli->leftovers();
    leftovers.removeIf(
        [](const QString& file) { return file.startsWith("images/ingest/tagboat-sha256-"_L1); });
    QCOMPARE(leftovers, QStringList());
    QCOMPARE(m_cli->run({u"--json"_s, u"images"_s}).last().value("images"_L1).toArray(), QJsonArray());
    COMPARE_EXIT(m_cli->run({u"pull"_s, remote(u"fifteen/ui:v1"_s)}), 0);
    QCOMPARE(checkLayout(m_cli->dataDirectory() + u"/images"_s, image.target.digest), QStringList());
    QCOMPARE(m_cli->leftovers(), QStringList());
}

void TestCliTransfer::interruptedPushLeavesNoTag()
{
    RandomImageOptions options;
    options.layerSizes = {20'000'000};
    options.isCompressible = false;
    store(randomImage(36, options), u"alice/big:v1"_s);
    const CliRun run = m_cli->interrupt(
        {u"--json"_s, u"push"_s, u"alice/big:v1"_s, remote(u"sixteen/big:v1"_s)}, SIGINT,
        [this](const QByteArray& out) {
            if (!out.contains("\"state\":\"Running\"") && !out.contains("\"state\":\"running\""))
                return false;
            m_registry.pause();
            return true;
        });
    m_registry.resume();
    COMPARE_EXIT(run, 130);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"tags"_s, remote(u"sixteen/big"_s)}), "NotFound");
    COMPARE_EXIT(m_cli->run({u"verify"_s}), 0);
}

void TestCliTransfer::whatAKilledProcessPassedThroughIsSweptByTheNext()
{
    RandomImageOptions options;
    options.layerSizes = {20'000'000};
    options.isCompressible = false;
    QVERIFY(skopeoPush(randomImage(37, options), u"seventeen/ui:v1"_s));
    const QString folder = m_files.filePath(u"seventeen"_s);
    m_image.writeLayout(folder, {u"it"_s});
    QVERIFY(!runTool(u"tar"_s, {u"-C"_s, folder, u"-cf"_s, folder + u".tar"_s, u"."_s}).isEmpty());
    // Goes through a scratch store of its own, to find that the image is another.
    const QStringList another{u"--json"_s, u"push"_s, u"--from"_s, u"oci-archive:%1.tar:other"_s.arg(folder),
                              remote(u"seventeen/b:1"_s)};
    const auto scratches = [this] {
        return QDir(m_cli->dataDirectory()).entryList({u"scratch-*"_s}, QDir::Dirs);
    };
    // Somebody's own folder that happens to be called so.
    const QString foreign = m_cli->dataDirectory() + u"/scratch-book/images"_s;
    QVERIFY(QDir().mkpath(foreign));

    bool isBusy = false;
    QStringList whileAlive;
    const CliRun killed =
        m_cli->interrupt({u"--json"_s, u"pull"_s, u"--to"_s, u"oci-archive:"_s + m_cli->path(u"out.tar"_s),
                          remote(u"seventeen/ui:v1"_s)},
                         SIGKILL, [&](const QByteArray& out) {
                             if (isBusy || !out.toLower().contains("\"state\":\"running\""))
                                 return false;
                             m_registry.pause();
                             isBusy = true;
                             std::ignore = m_cli->run(another);
                             whileAlive = scratches();
                             return true;
                         });
    m_registry.resume();
    QCOMPARE(killed.exitCode, -1);
    QCOMPARE(whileAlive.size(), 2);
    QCOMPARE(scratches(), whileAlive);
    COMPARE_CODE(m_cli->run(another), "NotFound");
    QCOMPARE(scratches(), QStringList{u"scratch-book"_s});
    QVERIFY(QFile::exists(foreign));
}

void TestCliTransfer::manyJobsNeverOutgrowTheTerminal()
{
    constexpr int Rows = 24;
    const QString folder = m_files.filePath(u"eighteen"_s);
    for (int i = 0; i < 14; ++i)
        randomImage(200 + quint64(i), {.layerSizes = {100}})
            .writeLayout(folder, {remote(u"eighteen/ui:%1"_s.arg(i))});
    QVERIFY(!runTool(u"tar"_s, {u"-C"_s, folder, u"-cf"_s, folder + u".tar"_s, u"."_s}).isEmpty());
    COMPARE_EXIT(m_cli->run({u"import"_s, folder + u".tar"_s}), 0);

    const CliRun run = m_cli->runOnTerminal({u"push"_s, u"-a"_s, remote(u"eighteen/ui"_s)}, Rows);
    COMPARE_EXIT(run, 0);
    QVERIFY2(run.error.contains("and 3 more"), run.all().constData());
    const QRegularExpression upwards(u"\x1b\\[(\\d+)A"_s);
    int highest = 0;
    auto matches = upwards.globalMatch(QString::fromUtf8(run.error));
    while (matches.hasNext())
        highest = std::max(highest, matches.next().captured(1).toInt());
    QVERIFY(highest > 2);
    QVERIFY2(highest < Rows, qPrintable(u"moved up %1 lines"_s.arg(highest)));
    QCOMPARE(run.out.count("Pushed "), 14);
}

QTEST_GUILESS_MAIN(TestCliTransfer)
#include "tst_clitransfer.moc"
