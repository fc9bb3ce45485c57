// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"

#include <QJsonArray>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! `tagboat-cli pull` of several images in one go.
class TestCliPullMany : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        for (qsizetype i = 0; i < m_images.size(); ++i) {
            const QString folder = m_files.filePath(u"image%1"_s.arg(i));
            m_images[i].writeSkopeoFolder(folder);
            QVERIFY(!runTool(u"skopeo"_s,
                             {u"copy"_s, u"--all"_s, u"--preserve-digests"_s, u"--dest-tls-verify=false"_s,
                              u"dir:"_s + folder, u"docker://"_s + name(i)})
                         .isEmpty());
        }
    }

    void init() { m_cli = std::make_unique<CliProcess>(); }

    void allAreThereAndToldInTheOrderAsked()
    {
        // One that is asked for twice, once by another spelling, is one.
        const CliRun run = m_cli->run(
            {u"--json"_s, u"pull"_s, name(2), name(0), name(1), u"docker://"_s + name(0), name(3)});
        COMPARE_EXIT(run, 0);
        const QJsonArray jobs = run.last().value("jobs"_L1).toArray();
        QCOMPARE(jobs.size(), 4);
        constexpr int Order[] = {2, 0, 1, 3};
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(jobs[i][u"name"].toString(), name(Order[i]));
            QCOMPARE(jobs[i][u"digest"].toString(), m_images[Order[i]].target.digest.toString());
            QCOMPARE(checkLayout(m_cli->dataDirectory() + u"/images"_s, m_images[Order[i]].target.digest),
                     QStringList());
        }
        QVERIFY(!run.last().value("partly"_L1).toBool());
    }

    void oneThatIsMissingHoldsUpNoOther()
    {
        CliRun run = m_cli->run({u"pull"_s, name(0), m_registry.host() + u"/nobody/nothing:1"_s, name(1)});
        COMPARE_EXIT(run, 3);
        QCOMPARE(run.out.count("Pulled "), 2);
        QVERIFY2(run.error.contains("/nobody/nothing"), run.all().constData());

        run = m_cli->run({u"pull"_s, m_registry.host() + u"/nobody/nothing:1"_s,
                          m_registry.host() + u"/nobody/neither:1"_s});
        COMPARE_EXIT(run, 1);
        QVERIFY2(run.error.contains("/nobody/nothing"), run.all().constData());
        QVERIFY2(run.error.contains("/nobody/neither"), run.all().constData());
    }

    void oneArchiveHoldsThemAll_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("docker-archive") << u"docker-archive"_s;
        QTest::newRow("oci-archive") << u"oci-archive"_s;
    }

    void oneArchiveHoldsThemAll()
    {
        QFETCH(const QString, scheme);
        const QString file = m_cli->path(u"all.tar"_s);
        CliRun run = m_cli->run({u"pull"_s, u"--to"_s, scheme + u':' + file, name(0), name(1)});
        COMPARE_EXIT(run, 0);
        for (const int i : {0, 1}) {
            const QByteArray config =
                runTool(u"skopeo"_s,
                        {u"inspect"_s, u"--config"_s, u"--raw"_s, scheme + u':' + file + u':' + name(i)});
            QCOMPARE(Digest::ofBytes(config).toString(), m_images[i].id().toString());
        }
        QCOMPARE(m_cli->leftovers(), QStringList());

        // With one of them missing there is none, rather than one that lacks it.
        QVERIFY(QFile::remove(file));
        run = m_cli->run({u"pull"_s, u"--to"_s, scheme + u':' + file, name(0), name(0) + u"-none"_s});
        COMPARE_EXIT(run, 1);
        QVERIFY(!QFile::exists(file));
        QCOMPARE(m_cli->leftovers(), QStringList());
    }

    void whatCannotBeForSeveralIsSaidBefore()
    {
        CliRun run =
            m_cli->run({u"pull"_s, u"--to"_s, u"oci:"_s + m_cli->path(u"x"_s) + u":it"_s, name(0), name(1)});
        COMPARE_EXIT(run, 1);
        QVERIFY2(run.error.contains("several images"), run.all().constData());
        run = m_cli->run({u"pull"_s, u"-u"_s, u"alice"_s, u"--password-stdin"_s, name(0),
                          u"registry.example.org/alice/ui:1"_s});
        COMPARE_EXIT(run, 1);
        QVERIFY2(run.error.contains("one registry at a time"), run.all().constData());
        run = m_cli->run({u"pull"_s, name(0), u"alice/UI:1"_s});
        COMPARE_EXIT(run, 1);
        QVERIFY2(run.error.contains("alice/UI"), run.all().constData());
        QCOMPARE(m_cli->run({u"--json"_s, u"images"_s}).last().value("images"_L1).toArray(), QJsonArray());
    }

private:
    [[nodiscard]] QString name(qsizetype i) const { return m_registry.host() + u"/many/ui%1:1"_s.arg(i); }

    RegistryProcess m_registry;
    QTemporaryDir m_files;
    QList<RandomImage> m_images{randomImage(51), randomImage(52), randomImage(53), randomImage(54)};
    std::unique_ptr<CliProcess> m_cli;
};

QTEST_GUILESS_MAIN(TestCliPullMany)
#include "tst_clipullmany.moc"
