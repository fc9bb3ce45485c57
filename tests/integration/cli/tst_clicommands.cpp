// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"

#include <QJsonArray>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Commands that need no registry, as a person or a script gives them.
class TestCliCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void helpTellsEveryCommandAndGoesToStandardOutput();
    void wrongCommandLinesEndWithTwo_data();
    void wrongCommandLinesEndWithTwo();
    void nameShowsWhichPartsWereFilledIn();
    void nameNeedsNoFolder();
    void importedImagesAreListedOnceWithAllNames();
    void importTakesAnotherName();
    void severalFilesPartlyImportedEndWithThree();
    void severalFilesOfWhichNoneComesInAreToldOnce();
    void filterTakesTheGlobsOfDocker_data();
    void filterTakesTheGlobsOfDocker();
    void tagGivesCascadeAndTellsWhatMoved();
    void removingOneOfTwoNamesKeepsTheImage();
    void removingTheLastNameRemovesTheImage();
    void imageWithSeveralNamesIsRemovedByIdOnlyByForce();
    void removalSparesAnotherImageOfTheSameId();
    void planOfARemovalChangesNothing();
    void gcByRulesDoesWhatItShows();
    void diskUsageAddsUp();
    void exportIsReadBySkopeo_data();
    void exportIsReadBySkopeo();
    void severalAreExportedAndCompressed_data();
    void severalAreExportedAndCompressed();
    void inspectShowsTheBytesOfManifestAndConfig();
    void onePlatformIsExportedAloneAndNotRemoved();
    void verifyFindsADamagedBlob();
    void verifyListsAllDamage();
    void repairMakesRoomForGoodBlobs();
    void idIsNoNameToPushTo_data();
    void idIsNoNameToPushTo();
    void dataFolderOfTheOptionWins();
    void dockerAndPodmanAreToldToBeUnsupported();

private:
    QString archiveOf(const RandomImage& image, const QString& name) const;
    //! An OCI archive with the image's own manifest, without a name.
    QString ociArchiveOf(const RandomImage& image) const;
    //! Turns one bit of a stored blob.
    [[nodiscard]] bool damage(const Digest& blob) const;
    CliRun import(const QString& file) const;
    QJsonObject listedImage(qsizetype index = 0) const;

    RandomImage m_image = randomImage(11);
    QTemporaryDir m_files;
    std::unique_ptr<CliProcess> m_cli;
};

void TestCliCommands::initTestCase()
{
    QVERIFY2(QFileInfo(CliProcess::program()).isExecutable(), qPrintable(CliProcess::program()));
}

void TestCliCommands::init()
{
    m_cli = std::make_unique<CliProcess>();
}

//! A docker-archive that skopeo wrote, with \a name in it.
QString TestCliCommands::archiveOf(const RandomImage& image, const QString& name) const
{
    const QString stem = image.id().shortHex() + QString::number(qHash(name));
    const QString file = m_files.filePath(stem + u".tar"_s);
    if (!QFile::exists(file)) {
        const QString folder = m_files.filePath(stem);
        image.writeLayout(folder, {u"it"_s});
        if (runTool(u"skopeo"_s,
                    {u"copy"_s, u"oci:%1:it"_s.arg(folder), u"docker-archive:%1:%2"_s.arg(file, name)})
                .isEmpty())
            return {};
    }
    return file;
}

QString TestCliCommands::ociArchiveOf(const RandomImage& image) const
{
    const QString folder = m_files.filePath(image.target.digest.shortHex() + u".layout"_s);
    const QString file = folder + u".tar"_s;
    if (!QFile::exists(file)) {
        image.writeLayout(folder, {u"it"_s});
        if (runTool(u"tar"_s, {u"-C"_s, folder, u"-cf"_s, file, u"."_s}).isEmpty())
            return {};
    }
    return file;
}

bool TestCliCommands::damage(const Digest& blob) const
{
    QFile file(m_cli->dataDirectory() + u"/images/blobs/sha256/"_s + blob.hex());
    if (!QFile::setPermissions(file.fileName(), QFile::ReadOwner | QFile::WriteOwner)
        || !file.open(QIODevice::ReadWrite))
        return false;
    file.seek(file.size() / 2);
    const char byte = file.peek(1).at(0);
    return file.write(QByteArray(1, static_cast<char>(byte ^ 1))) == 1;
}

CliRun TestCliCommands::import(const QString& file) const
{
    return m_cli->run({u"--json"_s, u"import"_s, file});
}

QJsonObject TestCliCommands::listedImage(qsizetype index) const
{
    const CliRun run = m_cli->run({u"--json"_s, u"images"_s});
    return run.last().value("images"_L1).toArray().at(index).toObject();
}

void TestCliCommands::helpTellsEveryCommandAndGoesToStandardOutput()
{
    const CliRun help = m_cli->run({u"--help"_s});
    COMPARE_EXIT(help, 0);
    for (const QByteArrayView command :
         {"login", "logout", "profiles", "pull", "push", "images", "tag", "rm", "df", "gc", "inspect",
          "repos", "tags", "import", "export", "name", "verify"}) {
        QVERIFY2(help.out.contains(QByteArray("\n  " + command.toByteArray() + ' ')), command.data());
        const CliRun own = m_cli->run({QString::fromLatin1(command), u"--help"_s});
        COMPARE_EXIT(own, 0);
        QVERIFY(own.out.startsWith(QByteArray("Usage: tagboat-cli " + command.toByteArray())));
    }
    const CliRun version = m_cli->run({u"--version"_s});
    COMPARE_EXIT(version, 0);
    QVERIFY(version.out.startsWith("tagboat-cli "));
    QVERIFY(!QFile::exists(m_cli->dataDirectory()));
}

void TestCliCommands::wrongCommandLinesEndWithTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("nothing") << QStringList() << QByteArray("Usage:");
    QTest::newRow("no such command") << QStringList{u"fetch"_s} << QByteArray("no such command: fetch");
    QTest::newRow("no such option") << QStringList{u"pull"_s, u"--fast"_s, u"a"_s} << QByteArray("--fast");
    QTest::newRow("no such letter") << QStringList{u"images"_s, u"-z"_s} << QByteArray("-z");
    QTest::newRow("value missing") << QStringList{u"pull"_s, u"a"_s, u"--to"_s}
                                   << QByteArray("--to needs a value");
    QTest::newRow("value too many") << QStringList{u"push"_s, u"--plan=yes"_s, u"a"_s}
                                    << QByteArray("takes no value");
    QTest::newRow("operand missing") << QStringList{u"pull"_s} << QByteArray("argument is missing");
    QTest::newRow("operand too many")
        << QStringList{u"inspect"_s, u"a"_s, u"b"_s} << QByteArray("too many arguments");
    QTest::newRow("options only") << QStringList{u"--json"_s} << QByteArray("a command is missing");
}

void TestCliCommands::wrongCommandLinesEndWithTwo()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, words);
    const CliRun run = m_cli->run(arguments);
    COMPARE_EXIT(run, 2);
    QVERIFY2(run.all().contains(words), run.all().constData());
    if (!arguments.contains(u"--json"_s))
        QVERIFY2(run.out.isEmpty(), run.all().constData());
}

void TestCliCommands::nameShowsWhichPartsWereFilledIn()
{
    const CliRun text = m_cli->run({u"name"_s, u"alice/ui"_s});
    COMPARE_EXIT(text, 0);
    QVERIFY2(text.out.contains("docker.io   (default)"), text.out.constData());

    const QJsonObject json = m_cli->run({u"--json"_s, u"name"_s, u"ubuntu"_s}).last();
    QCOMPARE(json.value("canonical"_L1).toString(), u"docker.io/library/ubuntu:latest"_s);
    QCOMPARE(json.value("familiar"_L1).toString(), u"ubuntu:latest"_s);
    QCOMPARE(json.value("defaults"_L1).toArray(), QJsonArray({u"registry"_s, u"repository"_s, u"tag"_s}));

    const QJsonObject full = m_cli->run({u"--json"_s, u"name"_s, u"localhost:5000/a/b:c"_s}).last();
    QCOMPARE(full.value("registry"_L1).toString(), u"localhost:5000"_s);
    QCOMPARE(full.value("defaults"_L1).toArray(), QJsonArray());
}

void TestCliCommands::nameNeedsNoFolder()
{
    COMPARE_EXIT(m_cli->run({u"--data-dir"_s, u"/dev/null/x"_s, u"name"_s, u"ubuntu"_s}), 0);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"name"_s, u"Ubuntu"_s}), "InvalidInput");
}

void TestCliCommands::importedImagesAreListedOnceWithAllNames()
{
    const CliRun imported = import(archiveOf(m_image, u"alice/ui:v1"_s));
    COMPARE_EXIT(imported, 0);
    QCOMPARE(imported.last().value("images"_L1).toArray().size(), 1);
    COMPARE_EXIT(m_cli->run({u"tag"_s, u"alice/ui:v1"_s, u"alice/ui:v2"_s}), 0);

    const QJsonObject image = listedImage();
    QCOMPARE(image.value("id"_L1).toString(), m_image.id().toString());
    QCOMPARE(image.value("names"_L1).toArray(),
             QJsonArray({u"docker.io/alice/ui:v1"_s, u"docker.io/alice/ui:v2"_s}));
    const CliRun text = m_cli->run({u"images"_s});
    COMPARE_EXIT(text, 0);
    QCOMPARE(text.out.count(m_image.id().shortHex().toLatin1()), 2);
    QVERIFY(text.error.isEmpty());
    QCOMPARE(m_cli->leftovers(), QStringList());
}

void TestCliCommands::importTakesAnotherName()
{
    const QString file = archiveOf(m_image, u"alice/ui:v1"_s);
    COMPARE_EXIT(m_cli->run({u"import"_s, u"--name"_s, u"bob/other"_s, file}), 0);
    QCOMPARE(listedImage().value("names"_L1).toArray(), QJsonArray({u"docker.io/bob/other:latest"_s}));
}

void TestCliCommands::severalFilesPartlyImportedEndWithThree()
{
    const QString bad = m_cli->path(u"bad.tar"_s);
    QFile file(bad);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no archive");
    file.close();
    const CliRun run = m_cli->run({u"import"_s, bad, archiveOf(m_image, u"alice/ui:v1"_s)});
    COMPARE_EXIT(run, 3);
    QVERIFY2(run.error.contains("bad.tar"), run.all().constData());
    QVERIFY2(run.out.contains("alice/ui:v1"), run.all().constData());

    const CliRun json = m_cli->run({u"--json"_s, u"import"_s, bad, archiveOf(m_image, u"alice/ui:v1"_s)});
    COMPARE_EXIT(json, 3);
    QVERIFY(json.last().value("partly"_L1).toBool());
    const QJsonArray failures = json.last().value("failures"_L1).toArray();
    QCOMPARE(failures.size(), 1);
    QCOMPARE(failures.at(0)[u"file"].toString(), bad);
    QVERIFY2(!failures.at(0)[u"error"][u"code"].toString().isEmpty(), json.all().constData());
}

void TestCliCommands::severalFilesOfWhichNoneComesInAreToldOnce()
{
    const QStringList files{m_cli->path(u"one.tar"_s), m_cli->path(u"two.tar"_s)};
    const CliRun text = m_cli->run(QStringList{u"import"_s} + files);
    COMPARE_EXIT(text, 1);
    QCOMPARE(text.error.count("one.tar"), 1);
    QCOMPARE(text.error.count("two.tar"), 1);
    const CliRun json = m_cli->run(QStringList{u"--json"_s, u"import"_s} + files);
    COMPARE_CODE(json, "NotFound");
    QCOMPARE(json.objects().at(json.objects().size() - 2).value("failures"_L1).toArray().size(), 2);
}

void TestCliCommands::filterTakesTheGlobsOfDocker_data()
{
    QTest::addColumn<QString>("glob");
    QTest::addColumn<bool>("matches");
    QTest::newRow("a star ends at a slash") << u"*/ui"_s << true;
    QTest::newRow("with tag") << u"alice/ui:v*"_s << true;
    QTest::newRow("one star is one part") << u"*"_s << false;
    QTest::newRow("another") << u"bob/*"_s << false;
}

void TestCliCommands::filterTakesTheGlobsOfDocker()
{
    QFETCH(const QString, glob);
    QFETCH(const bool, matches);
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    const CliRun run = m_cli->run({u"--json"_s, u"images"_s, u"--filter"_s, u"reference="_s + glob});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.last().value("images"_L1).toArray().size(), matches ? 1 : 0);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"images"_s, u"--filter"_s, u"label=x"_s}), "InvalidInput");
}

void TestCliCommands::tagGivesCascadeAndTellsWhatMoved()
{
    const RandomImage other = randomImage(12);
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:2.1"_s)), 0);
    COMPARE_EXIT(import(archiveOf(other, u"alice/new:1"_s)), 0);
    const CliRun run =
        m_cli->run({u"--json"_s, u"tag"_s, u"--cascade"_s, u"alice/new:1"_s, u"alice/ui:2.1.106"_s});
    COMPARE_EXIT(run, 0);
    QStringList names;
    QStringList moved;
    const QJsonArray array = run.last().value("names"_L1).toArray();
    for (const QJsonValue& value : array) {
        names.append(value.toObject().value("name"_L1).toString());
        if (value.toObject().contains("previous"_L1))
            moved.append(names.last());
    }
    QCOMPARE(names,
             QStringList({u"docker.io/alice/ui:2.1.106"_s, u"docker.io/alice/ui:2.1"_s,
                          u"docker.io/alice/ui:2"_s, u"docker.io/alice/ui:latest"_s}));
    QCOMPARE(moved, QStringList({u"docker.io/alice/ui:2.1"_s}));
    COMPARE_CODE(m_cli->run({u"--json"_s, u"tag"_s, u"nobody/knows"_s, u"a:b"_s}), "NotFound");
}

void TestCliCommands::removingOneOfTwoNamesKeepsTheImage()
{
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    COMPARE_EXIT(m_cli->run({u"tag"_s, u"alice/ui:v1"_s, u"alice/ui:v2"_s}), 0);
    const CliRun run = m_cli->run({u"rm"_s, u"alice/ui:v1"_s});
    COMPARE_EXIT(run, 0);
    QVERIFY2(run.error.contains("alice/ui:v2"), run.all().constData()); // still held by
    QCOMPARE(listedImage().value("names"_L1).toArray(), QJsonArray({u"docker.io/alice/ui:v2"_s}));
    COMPARE_EXIT(m_cli->run({u"verify"_s, u"alice/ui:v2"_s}), 0);
}

void TestCliCommands::removingTheLastNameRemovesTheImage()
{
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    const CliRun run = m_cli->run({u"--json"_s, u"rm"_s, u"alice/ui:v1"_s});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.last().value("images"_L1).toArray(), QJsonArray({m_image.id().toString()}));
    QVERIFY(run.last().value("bytesFreed"_L1).toInteger() > 1000);
    QCOMPARE(m_cli->run({u"--json"_s, u"images"_s}).last().value("images"_L1).toArray(), QJsonArray());
    COMPARE_CODE(m_cli->run({u"--json"_s, u"rm"_s, u"alice/ui:v1"_s}), "NotFound");
}

void TestCliCommands::imageWithSeveralNamesIsRemovedByIdOnlyByForce()
{
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    COMPARE_EXIT(m_cli->run({u"tag"_s, u"alice/ui:v1"_s, u"alice/ui:v2"_s}), 0);
    const QString id = m_image.id().shortHex();
    const CliRun refused = m_cli->run({u"--json"_s, u"rm"_s, id});
    COMPARE_CODE(refused, "Conflict");
    QVERIFY2(refused.out.contains("alice/ui:v1, alice/ui:v2"), refused.all().constData());
    COMPARE_EXIT(m_cli->run({u"rm"_s, u"--force"_s, id}), 0);
    QCOMPARE(m_cli->run({u"--json"_s, u"images"_s}).last().value("images"_L1).toArray(), QJsonArray());
}

void TestCliCommands::removalSparesAnotherImageOfTheSameId()
{
    // The layers of one are compressed by Tagboat, those of the other come as they are.
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    COMPARE_EXIT(m_cli->run({u"import"_s, u"--name"_s, u"keep:1"_s, ociArchiveOf(m_image)}), 0);
    const QJsonArray before = m_cli->run({u"--json"_s, u"images"_s}).last().value("images"_L1).toArray();
    QCOMPARE(before.size(), 2);
    QCOMPARE(before.at(0)[u"id"], before.at(1)[u"id"]);

    const CliRun run = m_cli->run({u"--json"_s, u"rm"_s, u"alice/ui:v1"_s});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.last().value("names"_L1).toArray(), QJsonArray({u"docker.io/alice/ui:v1"_s}));
    QCOMPARE(listedImage().value("names"_L1).toArray(), QJsonArray({u"docker.io/library/keep:1"_s}));
    COMPARE_EXIT(m_cli->run({u"verify"_s, u"keep:1"_s}), 0);

    // A digest is as precise as a name.
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    COMPARE_EXIT(m_cli->run({u"rm"_s, m_image.target.digest.toString()}), 0);
    QCOMPARE(listedImage().value("names"_L1).toArray(), QJsonArray({u"docker.io/alice/ui:v1"_s}));
}

void TestCliCommands::planOfARemovalChangesNothing()
{
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    const CliRun plan = m_cli->run({u"--json"_s, u"rm"_s, u"--plan"_s, u"alice/ui:v1"_s});
    COMPARE_EXIT(plan, 0);
    QVERIFY(plan.last().value("plan"_L1).toBool());
    QCOMPARE(plan.last().value("images"_L1).toArray().size(), 1);
    QCOMPARE(listedImage().value("id"_L1).toString(), m_image.id().toString());
    COMPARE_EXIT(m_cli->run({u"gc"_s, u"--plan"_s}), 0);
    COMPARE_EXIT(m_cli->run({u"verify"_s}), 0);
}

void TestCliCommands::gcByRulesDoesWhatItShows()
{
    quint64 seed = 40;
    for (const QString& name :
         {u"alice/ui:1.0"_s, u"alice/ui:1.1"_s, u"alice/ui:2.0"_s, u"alice/other:1.0"_s})
        COMPARE_EXIT(import(archiveOf(randomImage(++seed), name)), 0);
    const QStringList rules = {u"--json"_s,          u"gc"_s,          u"--keep-last"_s, u"1"_s,
                               u"--older-than=1h"_s, u"--reference"_s, u"alice/ui:1.*"_s};
    const CliRun dry = m_cli->run(rules + QStringList{u"--dry-run"_s});
    COMPARE_EXIT(dry, 0);
    const QJsonArray names = {u"docker.io/alice/ui:1.0"_s, u"docker.io/alice/ui:1.1"_s};
    QCOMPARE(dry.last().value("names"_L1).toArray(), names);
    QCOMPARE(dry.last().value("items"_L1).toArray().size(), 2);
    QCOMPARE(dry.last().value("items"_L1).toArray().at(0)["reasons"_L1].toArray(),
             (QJsonArray{u"older"_s, u"oldVersion"_s}));
    QVERIFY(dry.last().value("plan"_L1).toBool());
    const auto total = [this] {
        return m_cli->run({u"--json"_s, u"df"_s}).last().value("total"_L1).toInteger();
    };
    const qint64 before = total();

    const CliRun done = m_cli->run(rules);
    COMPARE_EXIT(done, 0);
    QCOMPARE(done.last().value("names"_L1).toArray(), names);
    QCOMPARE(done.last().value("bytes"_L1), dry.last().value("bytes"_L1));
    QVERIFY(done.last().value("left"_L1).toArray().isEmpty());
    QCOMPARE(total(), before - done.last().value("bytes"_L1).toInteger());
    COMPARE_EXIT(m_cli->run({u"verify"_s}), 0);
    const CliRun text = m_cli->run({u"gc"_s, u"--older-than"_s, u"1d"_s, u"--dry-run"_s});
    COMPARE_EXIT(text, 0);
    QVERIFY2(text.out.contains("alice/other:1.0") && text.out.contains("old"), text.all().constData());

    for (const QStringList& wrong :
         {QStringList{u"--older-than"_s, u"soon"_s}, QStringList{u"--keep-last=0"_s},
          QStringList{u"--reference=x"_s}, QStringList{u"--all-tags"_s}})
        COMPARE_EXIT(m_cli->run(QStringList{u"gc"_s} + wrong), 1);
}

void TestCliCommands::diskUsageAddsUp()
{
    RandomImageOptions options;
    options.sharedLayers = 1;
    COMPARE_EXIT(import(archiveOf(randomImage(21, options), u"alice/a:1"_s)), 0);
    COMPARE_EXIT(import(archiveOf(randomImage(22, options), u"alice/b:1"_s)), 0);
    const QJsonObject usage = m_cli->run({u"--json"_s, u"df"_s}).last();
    QCOMPARE(usage.value("images"_L1).toInt(), 2);
    QVERIFY(usage.value("shared"_L1).toInteger() > 0);
    QCOMPARE(usage.value("saved"_L1).toInteger(), usage.value("shared"_L1).toInteger());
    qint64 unique = 0;
    const QJsonArray images = usage.value("perImage"_L1).toArray();
    for (const QJsonValue& image : images) {
        QCOMPARE(image[u"size"].toInteger(), image[u"unique"].toInteger() + image[u"shared"].toInteger());
        unique += image[u"unique"].toInteger();
    }
    QCOMPARE(usage.value("unique"_L1).toInteger(), unique);
    const CliRun text = m_cli->run({u"df"_s, u"-v"_s});
    QVERIFY2(text.out.contains("RECLAIMABLE") && text.out.contains("alice/b:1"), text.all().constData());
}

void TestCliCommands::exportIsReadBySkopeo_data()
{
    QTest::addColumn<QString>("place");
    QTest::newRow("docker save") << u"docker-archive:"_s;
    QTest::newRow("OCI") << u"oci-archive:"_s;
}

void TestCliCommands::exportIsReadBySkopeo()
{
    QFETCH(const QString, place);
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    const QString file = m_cli->path(u"out.tar"_s);
    COMPARE_EXIT(m_cli->run({u"export"_s, u"alice/ui:v1"_s, place + file}), 0);
    const QByteArray config = runTool(u"skopeo"_s, {u"inspect"_s, u"--config"_s, u"--raw"_s, place + file});
    QCOMPARE(Digest::ofBytes(config).toString(), m_image.id().toString());
    CliProcess other;
    COMPARE_EXIT(other.run({u"import"_s, file}), 0);
    COMPARE_EXIT(other.run({u"inspect"_s, m_image.id().shortHex()}), 0);
}

void TestCliCommands::severalAreExportedAndCompressed_data()
{
    QTest::addColumn<QString>("compression");
    QTest::addColumn<QByteArray>("mark");
    QTest::newRow("gzip") << u"gzip"_s << QByteArray("\x1f\x8b");
    QTest::newRow("zstd") << u"zstd"_s << QByteArray("\x28\xb5\x2f\xfd");
    QTest::newRow("xz") << u"xz"_s
                        << QByteArray("\xfd"
                                      "7zXZ");
}

void TestCliCommands::severalAreExportedAndCompressed()
{
    QFETCH(const QString, compression);
    QFETCH(const QByteArray, mark);
    const RandomImage second = randomImage(14);
    COMPARE_EXIT(m_cli->run({u"import"_s, archiveOf(m_image, u"alice/ui:v1"_s)}), 0);
    COMPARE_EXIT(m_cli->run({u"import"_s, archiveOf(second, u"alice/other:2"_s)}), 0);
    const QString file = m_cli->path(u"all.tar"_s); // the name says nothing: what was asked for counts
    COMPARE_EXIT(
        m_cli->run({u"export"_s, u"--compress"_s, compression, u"alice/ui:v1"_s, u"alice/other:2"_s, file}),
        0);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.read(mark.size()), mark);
    for (const auto& [name, image] :
         {std::pair(u"alice/ui:v1"_s, m_image), std::pair(u"alice/other:2"_s, second)}) {
        const QByteArray config =
            runTool(u"skopeo"_s,
                    {u"inspect"_s, u"--config"_s, u"--raw"_s, u"docker-archive:"_s + file + u':' + name});
        QCOMPARE(Digest::ofBytes(config), image.id());
    }
    CliProcess other;
    COMPARE_EXIT(other.run({u"import"_s, file}), 0);
    COMPARE_EXIT(other.run({u"inspect"_s, u"alice/other:2"_s}), 0);

    COMPARE_CODE(m_cli->run({u"--json"_s, u"export"_s, u"--compress"_s, u"lzma"_s, u"alice/ui:v1"_s, file}),
                 "InvalidInput");
    const QString lie = m_cli->path(u"lie.tar.bz2"_s);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"export"_s, u"--compress"_s, compression, u"alice/ui:v1"_s, lie}),
                 "InvalidInput");
    QVERIFY(!QFile::exists(lie));
}

void TestCliCommands::inspectShowsTheBytesOfManifestAndConfig()
{
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    const CliRun run = m_cli->run({u"--json"_s, u"inspect"_s, u"alice/ui:v1"_s});
    COMPARE_EXIT(run, 0);
    const QJsonObject content = run.last().value("contents"_L1).toArray().at(0).toObject();
    QCOMPARE(content.value("platform"_L1).toString(), u"linux/amd64"_s);
    QCOMPARE(content.value("config"_L1)
                 .toObject()
                 .value("rootfs"_L1)
                 .toObject()
                 .value("diff_ids"_L1)
                 .toArray()
                 .size(),
             3);
    QCOMPARE(content.value("manifest"_L1).toObject().value("layers"_L1).toArray().size(), 3);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"inspect"_s, u"alice/none:v1"_s}), "NotFound");
}

void TestCliCommands::onePlatformIsExportedAloneAndNotRemoved()
{
    RandomImageOptions options;
    options.platforms = {*Platform::parse(u"linux/amd64"), *Platform::parse(u"linux/s390x")};
    const RandomImage image = randomImage(13, options);
    COMPARE_EXIT(m_cli->run({u"import"_s, u"--name"_s, u"alice/multi:1"_s, ociArchiveOf(image)}), 0);
    const Descriptor other = image.manifests.at(1).descriptor;

    const QString digest = other.digest.toString();
    for (const QString& text : QStringList{digest, u"alice/multi@"_s + digest}) {
        const QString file = m_cli->path(u"out.tar"_s);
        COMPARE_EXIT(m_cli->run({u"export"_s, text, u"oci-archive:"_s + file}), 0);
        const QByteArray raw = runTool(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"oci-archive:"_s + file});
        QCOMPARE(Digest::ofBytes(raw).toString(), digest);
        const CliRun refused = m_cli->run({u"--json"_s, u"rm"_s, u"--force"_s, text});
        COMPARE_CODE(refused, "InvalidInput");
        QVERIFY2(refused.last().value("sentence"_L1).toString().contains("one platform of alice/multi:1"_L1),
                 refused.all().constData());
    }
    const QString docker = m_cli->path(u"docker.tar"_s);
    COMPARE_EXIT(m_cli->run({u"export"_s, other.digest.shortHex(), docker}), 0);
    const QByteArray config =
        runTool(u"skopeo"_s, {u"inspect"_s, u"--config"_s, u"--raw"_s, u"docker-archive:"_s + docker});
    QVERIFY2(config.contains("s390x"), config.constData());
    QCOMPARE(listedImage().value("platforms"_L1).toArray().size(), 2);
}

void TestCliCommands::verifyFindsADamagedBlob()
{
    COMPARE_EXIT(import(archiveOf(m_image, u"alice/ui:v1"_s)), 0);
    COMPARE_EXIT(m_cli->run({u"verify"_s}), 0);
    const QJsonObject image = listedImage();
    const QString layer =
        image.value("platforms"_L1).toArray().at(0)[u"layers"].toArray().at(0)[u"digest"].toString();
    QVERIFY(damage(*Digest::parse(layer)));
    const CliRun run = m_cli->run({u"--json"_s, u"verify"_s});
    COMPARE_CODE(run, "DigestMismatch");
    QCOMPARE(run.last().value("subject"_L1).toString(), layer);
    QVERIFY2(run.last().value("message"_L1).toString().contains("1 of 5 blobs"_L1), run.all().constData());
    QVERIFY2(run.last().value("remedy"_L1).toString().contains("verify --repair"_L1), run.all().constData());
}

void TestCliCommands::verifyListsAllDamage()
{
    COMPARE_EXIT(m_cli->run({u"import"_s, u"--name"_s, u"alice/ui:v1"_s, ociArchiveOf(m_image)}), 0);
    const QList<RandomBlob> blobs = m_image.blobsOf();
    QVERIFY(damage(blobs.at(0).descriptor.digest));
    QVERIFY(damage(blobs.at(1).descriptor.digest));
    const CliRun run = m_cli->run({u"verify"_s});
    COMPARE_EXIT(run, 1);
    for (const RandomBlob& blob : blobs.first(2))
        QVERIFY2(run.error.contains(blob.descriptor.digest.toString().toLatin1()), run.all().constData());
    QVERIFY2(run.error.contains("2 of 5 blobs"), run.all().constData());
    QVERIFY2(run.error.contains("Part of: alice/ui:v1"), run.all().constData());
}

void TestCliCommands::repairMakesRoomForGoodBlobs()
{
    const QStringList importing{u"import"_s, u"--name"_s, u"alice/ui:v1"_s, ociArchiveOf(m_image)};
    COMPARE_EXIT(m_cli->run(importing), 0);
    const Digest layer = m_image.blobsOf().constLast().descriptor.digest;
    QVERIFY(damage(layer));
    COMPARE_EXIT(m_cli->run(importing), 0); // it looks as if it were here
    COMPARE_EXIT(m_cli->run({u"verify"_s}), 1);

    const CliRun repaired = m_cli->run({u"--json"_s, u"verify"_s, u"--repair"_s});
    COMPARE_EXIT(repaired, 0);
    QCOMPARE(repaired.last().value("removed"_L1).toInteger(), 1);
    QCOMPARE(repaired.last().value("pullAgain"_L1).toArray(), QJsonArray({u"alice/ui:v1"_s}));
    COMPARE_CODE(m_cli->run({u"--json"_s, u"verify"_s}), "NotFound");
    const CliRun again = m_cli->run({u"verify"_s, u"--repair"_s, u"alice/ui:v1"_s});
    COMPARE_EXIT(again, 0);
    QVERIFY2(again.out.contains("Pull or import again: alice/ui:v1"), again.all().constData());

    COMPARE_EXIT(m_cli->run(importing), 0);
    COMPARE_EXIT(m_cli->run({u"verify"_s}), 0);
    const CliRun whole = m_cli->run({u"verify"_s, u"--repair"_s});
    COMPARE_EXIT(whole, 0);
    QVERIFY2(!whole.out.contains("again"), whole.all().constData());
}

void TestCliCommands::idIsNoNameToPushTo_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("ID") << u"sha256:"_s + m_image.id().hex();
    QTest::newRow("beginning of the ID") << u"sha256:"_s + m_image.id().hex().first(12);
    QTest::newRow("beginning without the algorithm") << m_image.id().shortHex();
    QTest::newRow("digest") << m_image.target.digest.toString();
}

void TestCliCommands::idIsNoNameToPushTo()
{
    QFETCH(const QString, text);
    COMPARE_EXIT(m_cli->run({u"import"_s, u"--name"_s, u"alice/ui:v1"_s, ociArchiveOf(m_image)}), 0);
    const QString folder = m_cli->path(u"layout"_s);
    m_image.writeLayout(folder, {u"it"_s});
    for (const QStringList& from : {QStringList(), QStringList{u"--from"_s, u"oci:"_s + folder}}) {
        const CliRun run = m_cli->run(QStringList{u"--json"_s, u"push"_s} + from + QStringList{text});
        COMPARE_CODE(run, "InvalidInput");
        QVERIFY2(run.out.contains("say where to push it"), run.all().constData());
    }
}

void TestCliCommands::dataFolderOfTheOptionWins()
{
    const QString folder = m_cli->path(u"elsewhere"_s);
    COMPARE_EXIT(m_cli->run({u"--data-dir"_s, folder, u"import"_s, archiveOf(m_image, u"alice/ui:v1"_s)}), 0);
    QVERIFY(QFile::exists(folder + u"/images/oci-layout"_s));
    QVERIFY(!QFile::exists(m_cli->dataDirectory()));
    COMPARE_EXIT(m_cli->run({u"inspect"_s, u"--data-dir="_s + folder, u"alice/ui:v1"_s}), 0);
}

void TestCliCommands::dockerAndPodmanAreToldToBeUnsupported()
{
    for (const QString& place : {u"docker"_s, u"podman"_s, u"docker-daemon:a:b"_s}) {
        COMPARE_CODE(m_cli->run({u"--json"_s, u"pull"_s, u"alice/ui:v1"_s, u"--to"_s, place}), "Unsupported");
        COMPARE_CODE(m_cli->run({u"--json"_s, u"push"_s, u"alice/ui:v1"_s, u"--from"_s, place}),
                     "Unsupported");
    }
    COMPARE_CODE(m_cli->run({u"--json"_s, u"pull"_s, u"alice/ui:v1"_s, u"--to"_s, u"ftp:x"_s}),
                 "InvalidInput");
}

QTEST_GUILESS_MAIN(TestCliCommands)
#include "tst_clicommands.moc"
