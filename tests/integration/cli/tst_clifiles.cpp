// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "tarbuilder.h"

#include "support/randomimage/layeredimage.h"

#include <QJsonArray>

using namespace Tagboat;
using namespace Tagboat::ArchiveTest;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! `tagboat-cli files`, as a person or a script gives it.
class TestCliFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void listsLikeLs();
    void listsAFolder();
    void listsALayer();
    void listsChangesOfEachLayer();
    void tellsOfLayersInNumbers();
    void jsonHoldsAll();
    void comparesTwoImages();
    void writesAFileOut();
    void savesAFile();
    void missingLayerIsPartlyDone();
    void wrongUse_data();
    void wrongUse();
    void whatIsNotThereIsAdvised();

private:
    CliRun files(const QStringList& arguments) const
    {
        return m_cli->run(QStringList{u"files"_s} + arguments);
    }

    RandomBlob m_base, m_top;
    std::unique_ptr<CliProcess> m_cli;
};

void TestCliFiles::initTestCase()
{
    TarBuilder base, top;
    base.folder("usr/").attributes(0755).folder("usr/bin/").attributes(0755);
    base.file("usr/bin/tool", QByteArray(1500, 't')).attributes(04755, 0, 0, 1'700'000'000);
    base.symLink("bin", "usr/bin").hardLink("usr/bin/again", "usr/bin/tool").file("etc/motd", "hello\n");
    base.file("etc/old", "12345");
    top.file("etc/motd", "changed\n").file("etc/.wh.old", "").file("new", "1");
    m_base = layerOf(base.end().bytes());
    m_top = layerOf(top.end().bytes(), RandomImageOptions::Compression::Zstd);
}

void TestCliFiles::init()
{
    m_cli = std::make_unique<CliProcess>();
    const QString images = m_cli->dataDirectory() + u"/images"_s;
    imageOf({m_base}).writeLayout(images, {u"docker.io/alice/ui:v1"_s});
    imageOf({m_base, m_top}).writeLayout(images, {u"docker.io/alice/ui:v2"_s});
}

void TestCliFiles::listsLikeLs()
{
    for (int look = 0; look < 2; ++look) {
        const CliRun run = files({u"alice/ui:v2"_s});
        COMPARE_EXIT(run, 0);
        const QList<QByteArray> lines = run.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 8);
        QCOMPARE(lines[0], QByteArray("drwxr-xr-x       0:0      8 B 1970-01-01 00:00 etc/"));
        QCOMPARE(lines[1], QByteArray("-rw-r--r--       0:0      8 B 1970-01-01 00:00 etc/motd"));
        QVERIFY2(run.out.contains("-rwsr-xr-x       0:0  1.50 kB 2023-11-14 22:13 usr/bin/tool\n"),
                 run.out.constData());
        QVERIFY2(run.out.contains(" bin -> usr/bin\n"), run.out.constData());
        QVERIFY2(run.out.contains(" usr/bin/again is usr/bin/tool\n"), run.out.constData());
        QVERIFY2(!run.out.contains("old"), run.out.constData());
        QCOMPARE(run.error, QByteArray());
    }
}

void TestCliFiles::listsAFolder()
{
    const CliRun run = files({u"alice/ui:v2"_s, u"/etc"_s});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.out, QByteArray("-rw-r--r--       0:0      8 B 1970-01-01 00:00 etc/motd\n"));
    const CliRun file = files({u"alice/ui:v2"_s, u"usr/bin/tool"_s});
    COMPARE_EXIT(file, 0);
    QVERIFY(file.out.endsWith(" usr/bin/tool\n"));
}

void TestCliFiles::listsALayer()
{
    const CliRun run = files({u"alice/ui:v2"_s, u"--layer"_s, u"2"_s});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.out,
             QByteArray("  drwxr-xr-x       0:0      8 B 1970-01-01 00:00 etc/\n"
                        "C -rw-r--r--       0:0      8 B 1970-01-01 00:00 etc/motd\n"
                        "D -rw-r--r--       0:0      5 B 1970-01-01 00:00 etc/old\n"
                        "A -rw-r--r--       0:0      1 B 1970-01-01 00:00 new\n"));
    const CliRun changed = files({u"alice/ui:v2"_s, u"--layer"_s, u"2"_s, u"--changed"_s});
    COMPARE_EXIT(changed, 0);
    QCOMPARE(changed.out.count('\n'), 3);
}

void TestCliFiles::listsChangesOfEachLayer()
{
    const CliRun run = files({u"alice/ui:v2"_s, u"--changed"_s});
    COMPARE_EXIT(run, 0);
    const qsizetype second = run.out.indexOf("Layer 2, ");
    QVERIFY2(run.out.startsWith("Layer 1, ") && second > 0, run.out.constData());
    QVERIFY(run.out.indexOf("A -rw-r--r--       0:0      5 B 1970-01-01 00:00 etc/old") < second);
    QVERIFY(run.out.indexOf("D -rw-r--r--       0:0      5 B 1970-01-01 00:00 etc/old") > second);
}

void TestCliFiles::tellsOfLayersInNumbers()
{
    const CliRun run = files({u"alice/ui:v2"_s, u"--layers"_s, u"--json"_s});
    COMPARE_EXIT(run, 0);
    const QJsonArray layers = run.last()["layers"_L1].toArray();
    QCOMPARE(layers.size(), 2);
    QCOMPARE(layers[0]["added"_L1].toInt(), 5);
    QCOMPARE(layers[0]["addedBytes"_L1].toInt(), 1511);
    QCOMPARE(layers[0]["wasted"_L1].toInt(), 11);
    QCOMPARE(layers[1]["added"_L1].toInt(), 1);
    QCOMPARE(layers[1]["changed"_L1].toInt(), 1);
    QCOMPARE(layers[1]["deleted"_L1].toInt(), 1);
    QCOMPARE(layers[1]["deletedBytes"_L1].toInt(), 5);
    QCOMPARE(run.last()["wasted"_L1].toInt(), 11);
    const CliRun text = files({u"alice/ui:v2"_s, u"--layers"_s});
    COMPARE_EXIT(text, 0);
    QVERIFY2(text.out.contains("5 files in the image, 1.51 kB; 11 B wasted by later layers."),
             text.out.constData());
}

void TestCliFiles::jsonHoldsAll()
{
    const CliRun run = files({u"alice/ui:v2"_s, u"--json"_s});
    COMPARE_EXIT(run, 0);
    const QJsonArray files = run.last()["files"_L1].toArray();
    QCOMPARE(files.size(), 8);
    QJsonObject tool;
    for (const QJsonValue& file : files) {
        if (file["path"_L1] == "usr/bin/tool"_L1)
            tool = file.toObject();
    }
    QCOMPARE(tool["kind"_L1].toString(), u"file"_s);
    QCOMPARE(tool["size"_L1].toInt(), 1500);
    QCOMPARE(tool["mode"_L1].toInt(), 04755);
    QCOMPARE(tool["layer"_L1].toInt(), 1);
    QCOMPARE(tool["modified"_L1].toInteger(), 1'700'000'000);
    QCOMPARE(run.objects().first()["type"_L1].toString(), u"progress"_s);
}

void TestCliFiles::comparesTwoImages()
{
    const CliRun run = files({u"alice/ui:v1"_s, u"--compare"_s, u"alice/ui:v2"_s});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.out,
             QByteArray("C -rw-r--r--       0:0      8 B 1970-01-01 00:00 etc/motd\n"
                        "D -rw-r--r--       0:0      5 B 1970-01-01 00:00 etc/old\n"
                        "A -rw-r--r--       0:0      1 B 1970-01-01 00:00 new\n"));
    const CliRun same = files({u"alice/ui:v1"_s, u"--compare"_s, u"alice/ui:v1"_s});
    COMPARE_EXIT(same, 0);
    QCOMPARE(same.out, QByteArray());
    QVERIFY(same.error.contains("No file differs"));
}

void TestCliFiles::writesAFileOut()
{
    const CliRun run = files({u"alice/ui:v2"_s, u"--cat"_s, u"bin/again"_s});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.out, QByteArray(1500, 't'));
    const CliRun before = files({u"alice/ui:v2"_s, u"--cat"_s, u"etc/motd"_s, u"--layer=1"_s});
    COMPARE_EXIT(before, 0);
    QCOMPARE(before.out, QByteArray("hello\n"));
}

void TestCliFiles::savesAFile()
{
    const QString path = m_cli->path(u"saved"_s);
    const CliRun run = files({u"alice/ui:v2"_s, path, u"--save"_s, u"usr/bin/tool"_s, u"--json"_s});
    COMPARE_EXIT(run, 0);
    QCOMPARE(run.last()["size"_L1].toInt(), 1500);
    QFile saved(path);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), QByteArray(1500, 't'));
    QVERIFY(saved.permissions() & QFile::ExeOther);
    // By its own name into a folder.
    QVERIFY(QDir().mkdir(m_cli->path(u"folder"_s)));
    COMPARE_EXIT(files({u"alice/ui:v2"_s, m_cli->path(u"folder"_s), u"--save"_s, u"etc/motd"_s}), 0);
    QVERIFY(QFile::exists(m_cli->path(u"folder/motd"_s)));
}

void TestCliFiles::missingLayerIsPartlyDone()
{
    QVERIFY(
        QFile::remove(m_cli->dataDirectory() + u"/images/blobs/sha256/"_s + m_base.descriptor.digest.hex()));
    const CliRun run = files({u"alice/ui:v2"_s});
    COMPARE_EXIT(run, 3);
    QVERIFY(run.out.contains(" new\n"));
    QVERIFY2(run.error.contains(QByteArray("Layer 1 (" + m_base.descriptor.digest.shortHex().toLatin1())),
             run.error.constData());
}

void TestCliFiles::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString image = u"alice/ui:v2"_s;
    QTest::newRow("no layer") << QStringList{image, u"--layer=0"_s};
    QTest::newRow("no number") << QStringList{image, u"--layer=x"_s};
    QTest::newRow("too many") << QStringList{image, u"--layer=3"_s};
    QTest::newRow("two ways") << QStringList{image, u"--cat=a"_s, u"--save=b"_s};
    QTest::newRow("layer of a comparison") << QStringList{image, u"--compare=alice/ui:v1"_s, u"--layer=1"_s};
    QTest::newRow("JSON of a file") << QStringList{image, u"--cat=etc/motd"_s, u"--json"_s};
    QTest::newRow("folder") << QStringList{image, u"--cat=etc"_s};
    QTest::newRow("platform") << QStringList{image, u"--platform=x"_s};
}

void TestCliFiles::wrongUse()
{
    QFETCH(QStringList, arguments);
    const CliRun run = files(arguments);
    COMPARE_EXIT(run, 1);
    const bool isJson = arguments.contains(u"--json"_s);
    QVERIFY2((isJson ? run.out : run.error).size() > 20, run.all().constData());
    QCOMPARE(run.out.contains("\"error\""), isJson);
}

void TestCliFiles::whatIsNotThereIsAdvised()
{
    const CliRun file = files({u"alice/ui:v2"_s, u"etc/none"_s, u"--json"_s});
    COMPARE_CODE(file, "NotFound");
    const CliRun text = files({u"alice/ui:v2"_s, u"--cat=etc/none"_s});
    COMPARE_EXIT(text, 1);
    QVERIFY2(text.error.contains("tagboat-cli files alice/ui:v2"), text.error.constData());
    const CliRun image = files({u"alice/none"_s, u"--json"_s});
    COMPARE_CODE(image, "NotFound");
}

QTEST_GUILESS_MAIN(TestCliFiles)
#include "tst_clifiles.moc"
