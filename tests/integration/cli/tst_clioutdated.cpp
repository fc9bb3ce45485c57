// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"

#include "support/goldenbase.h"
#include "support/registryprocess/registryprocess.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

class TestCliOutdated : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_registry = std::make_unique<RegistryProcess>();
        QVERIFY(m_registry->start());
        m_golden = baseImage();
        m_app = imageOnBase(1);
        m_app.writeLayout(m_cli.dataDirectory() + u"/images"_s, {u"docker.io/team/app:v1"_s});
        QVERIFY(putIntoRegistry(m_golden, base()));
        const CliRun pulled = m_cli.run({u"pull"_s, base()});
        COMPARE_EXIT(pulled, 0);
    }

    void cleanup() { QVERIFY(QDir(m_cli.dataDirectory()).removeRecursively()); }

    void aBaseThatMovedOnIsListed()
    {
        const CliRun before = m_cli.run({u"outdated"_s});
        COMPARE_EXIT(before, 0);
        QVERIFY2(before.out.isEmpty(), before.all().constData());
        QVERIFY2(before.error.contains("Nothing newer"), before.all().constData());

        const RandomImage newer = newerBaseImage();
        QVERIFY(putIntoRegistry(newer, base()));
        const CliRun after = m_cli.run({u"outdated"_s});
        COMPARE_EXIT(after, 0);
        const QStringList lines = QString::fromUtf8(after.out).split(u'\n', Qt::SkipEmptyParts);
        QVERIFY2(lines.size() == 3, after.all().constData()); // heading, the image on it, the base itself
        QVERIFY2(lines.at(1).startsWith(u"team/app:v1 "_s), after.all().constData());
        QVERIFY2(lines.at(1).contains(u"base moved on"_s), after.all().constData());
        QVERIFY2(lines.at(1).contains(m_golden.target.digest.shortHex()), after.all().constData());
        QVERIFY2(lines.at(1).contains(newer.target.digest.shortHex()), after.all().constData());
        QVERIFY2(lines.at(2).contains(u"newer in registry"_s), after.all().constData());

        const CliRun json = m_cli.run({u"outdated"_s, u"--json"_s, u"team/app:v1"_s});
        COMPARE_EXIT(json, 0);
        QCOMPARE(json.last().value("outdated"_L1).toInt(), 1);
        QCOMPARE(json.last().value("unknown"_L1).toInt(), 0);
        const QJsonArray images = json.last().value("images"_L1).toArray();
        QCOMPARE(images.size(), 1);
        const QJsonObject image = images.first().toObject();
        QCOMPARE(image.value("baseMovedOn"_L1).toBool(), true);
        QCOMPARE(image.value("newerInRegistry"_L1).toBool(), false);
        const QJsonObject found = image.value("bases"_L1).toArray().first().toObject();
        QCOMPARE(found.value("source"_L1).toString(), u"layers"_s);
        const QJsonObject tag = found.value("tags"_L1).toArray().first().toObject();
        QCOMPARE(tag.value("reference"_L1).toString(), base());
        QCOMPARE(tag.value("state"_L1).toString(), u"moved-on"_s);
        QCOMPARE(tag.value("to"_L1).toString(), newer.target.digest.toString());
        QVERIFY(!tag.value("checked"_L1).toString().isEmpty());
    }

    void whatIsNotKnownIsSaidAndNoError()
    {
        m_registry->stop();
        const CliRun run = m_cli.run({u"outdated"_s});
        COMPARE_EXIT(run, 0);
        QVERIFY2(run.out.isEmpty(), run.all().constData());
        QVERIFY2(run.error.contains("Unknown: "), run.all().constData());
        QVERIFY2(!run.error.contains("Nothing newer"), run.all().constData());
        const CliRun json = m_cli.run({u"outdated"_s, u"--json"_s});
        COMPARE_EXIT(json, 0);
        QCOMPARE(json.last().value("outdated"_L1).toInt(), 0);
        QVERIFY(json.last().value("unknown"_L1).toInt() > 0);
    }

    void cachedAsksNobody()
    {
        QVERIFY(putIntoRegistry(newerBaseImage(), base()));
        QCOMPARE(m_cli.run({u"outdated"_s, u"--cached"_s, u"--json"_s}).last().value("outdated"_L1).toInt(),
                 0);
        QVERIFY(m_cli.run({u"outdated"_s}).out.contains("base moved on"));
        m_registry->stop();
        const CliRun run = m_cli.run({u"outdated"_s, u"--cached"_s});
        COMPARE_EXIT(run, 0);
        QVERIFY2(run.out.contains("base moved on"), run.all().constData());
    }

    void anImageThatIsNotHereIsAnError()
    {
        const CliRun run = m_cli.run({u"outdated"_s, u"--json"_s, u"team/other:v1"_s});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.code(), u"NotFound"_s);
    }

private:
    [[nodiscard]] QString base() const { return m_registry->host() + u"/golden/python:3.13"_s; }

    CliProcess m_cli;
    std::unique_ptr<RegistryProcess> m_registry;
    RandomImage m_golden, m_app;
};

QTEST_GUILESS_MAIN(TestCliOutdated)
#include "tst_clioutdated.moc"
