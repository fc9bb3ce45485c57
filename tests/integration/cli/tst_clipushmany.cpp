// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! `tagboat-cli push` to several destinations, which are one job an image.
class TestCliPushMany : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_one.start());
        QVERIFY(m_two.start());
    }

    void init() { m_cli = std::make_unique<CliProcess>(); }

    void oneJobTellsOfEachDestination()
    {
        store(m_image, u"alice/ui:v1"_s);
        const CliRun run = m_cli->run({u"--json"_s, u"push"_s, u"alice/ui:v1"_s, m_one.host() + u"/a/ui:1"_s,
                                       m_one.host() + u"/a/ui:2"_s, m_one.host() + u"/b/ui:1"_s,
                                       m_two.host() + u"/a/ui:1"_s});
        COMPARE_EXIT(run, 0);
        const QJsonArray jobs = run.last().value("jobs"_L1).toArray();
        QCOMPARE(jobs.size(), 1);
        const QJsonArray targets = jobs[0][u"targets"].toArray();
        QCOMPARE(targets.size(), 3);
        QCOMPARE(targets[0][u"destination"].toString(), m_one.host() + u"/a/ui"_s);
        QCOMPARE(targets[0][u"tags"].toArray().size(), 2);
        QCOMPARE(targets[2][u"registry"].toString(), m_two.host());
        for (const QJsonValue& target : targets) {
            QCOMPARE(target[u"state"].toString(), u"Done"_s);
            QCOMPARE(target[u"digest"].toString(), m_image.target.digest.toString());
        }
        QVERIFY(!run.last().value("partly"_L1).toBool());
        // Rows say whose they are; two of the three destinations really moved bytes.
        const QJsonArray layers = jobs[0][u"layers"].toArray();
        QCOMPARE(layers.size(), 3 * m_image.blobs.size());
        QCOMPARE(layers.last()[u"target"].toInt(), 2);
        QCOMPARE(jobs[0][u"bytesTotal"].toInteger(), 2 * bytesOf(m_image));
        for (const QString& name : {u"/a/ui:1"_s, u"/a/ui:2"_s, u"/b/ui:1"_s})
            QCOMPARE(digestAt(m_one.host() + name), m_image.target.digest.toString());
        QCOMPARE(digestAt(m_two.host() + u"/a/ui:1"_s), m_image.target.digest.toString());
        QVERIFY(std::ranges::any_of(run.objects(), [](const QJsonObject& object) {
            return object.value("type"_L1) == "progress"_L1 && object.contains("targets"_L1);
        }));
    }

    void oneDestinationIsToldAsEver()
    {
        store(m_image, u"alice/ui:v1"_s);
        const CliRun run =
            m_cli->run({u"--json"_s, u"push"_s, u"alice/ui:v1"_s, m_one.host() + u"/alone/ui:1"_s});
        COMPARE_EXIT(run, 0);
        const QJsonObject job = run.last().value("jobs"_L1).toArray().at(0).toObject();
        QVERIFY(!job.contains("targets"_L1));
        QVERIFY(!job.value("layers"_L1).toArray().at(0).toObject().contains("target"_L1));
        QCOMPARE(job.value("registry"_L1).toString(), m_one.host());
    }

    void allTagsGoEverywhereOneJobAnImage()
    {
        const RandomImage other = randomImage(42);
        store(m_image, u"alice/ui:1"_s);
        CliRun run = m_cli->run({u"tag"_s, u"alice/ui:1"_s, u"alice/ui:latest"_s});
        COMPARE_EXIT(run, 0);
        store(other, u"alice/ui:2"_s);
        run = m_cli->run({u"--json"_s, u"push"_s, u"-a"_s, u"alice/ui"_s, m_one.host() + u"/all/ui"_s,
                          m_two.host() + u"/all/ui"_s});
        COMPARE_EXIT(run, 0);
        QCOMPARE(run.last().value("jobs"_L1).toArray().size(), 2);
        for (const RegistryProcess* registry : {&m_one, &m_two}) {
            const QString name = registry->host() + u"/all/ui:"_s;
            QCOMPARE(digestAt(name + u"1"_s), m_image.target.digest.toString());
            QCOMPARE(digestAt(name + u"latest"_s), m_image.target.digest.toString());
            QCOMPARE(digestAt(name + u"2"_s), other.target.digest.toString());
        }
    }

    void whatFailsIsNamedAndTheRestIsThere()
    {
        store(m_image, u"alice/ui:v1"_s);
        RegistryProcess readOnly({.isReadOnly = true});
        QVERIFY(readOnly.start());
        const QStringList destinations{readOnly.host() + u"/part/ui:1"_s, m_one.host() + u"/part/ui:1"_s};
        CliRun run = m_cli->run(QStringList{u"--json"_s, u"push"_s, u"alice/ui:v1"_s} + destinations);
        COMPARE_EXIT(run, 3);
        QVERIFY(run.last().value("partly"_L1).toBool());
        const QJsonArray targets = run.last().value("jobs"_L1)[0][u"targets"].toArray();
        QCOMPARE(targets[0][u"state"].toString(), u"Failed"_s);
        QVERIFY(!targets[0][u"error"][u"sentence"].toString().isEmpty());
        QCOMPARE(targets[1][u"state"].toString(), u"Done"_s);
        QCOMPARE(digestAt(m_one.host() + u"/part/ui:1"_s), m_image.target.digest.toString());

        run = m_cli->run(QStringList{u"push"_s, u"alice/ui:v1"_s} + destinations);
        COMPARE_EXIT(run, 3);
        QVERIFY2(
            run.out.contains(QString(u"Pushed alice/ui:v1 to "_s + m_one.host() + u"/part/ui:1"_s).toUtf8()),
            run.all().constData());
        QVERIFY2(!run.out.contains(readOnly.host().toUtf8()), run.all().constData());
        QVERIFY2(run.error.contains(QString(m_one.host() + u"/part/ui: "_s).toUtf8()), run.all().constData());
    }

    void ifAllFailTheFirstErrorIsTheAnswer()
    {
        store(m_image, u"alice/ui:v1"_s);
        RegistryProcess readOnly({.isReadOnly = true});
        QVERIFY(readOnly.start());
        const CliRun run = m_cli->run({u"--json"_s, u"push"_s, u"alice/ui:v1"_s, readOnly.host() + u"/a:1"_s,
                                       readOnly.host() + u"/b:1"_s});
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QCOMPARE(run.last().value("type"_L1).toString(), u"error"_s);
    }

    void thePlanForeseesWhatIsTakenOver()
    {
        store(m_image, u"alice/ui:v1"_s);
        const CliRun run = m_cli->run({u"--json"_s, u"push"_s, u"--plan"_s, u"alice/ui:v1"_s,
                                       m_one.host() + u"/plan/a:1"_s, m_one.host() + u"/plan/b:1"_s});
        COMPARE_EXIT(run, 0);
        const QJsonArray plans = run.last().value("plans"_L1).toArray();
        QCOMPARE(plans.size(), 2);
        QVERIFY(plans[0][u"bytesToTransfer"].toInteger() > 0);
        QCOMPARE(plans[1][u"bytesToTransfer"].toInteger(), 0);
        QCOMPARE(plans[1][u"blobs"][0][u"mountFrom"].toString(), u"plan/a"_s);
    }

    void aPasswordIsForOneRegistry()
    {
        store(m_image, u"alice/ui:v1"_s);
        const CliRun run = m_cli->run({u"--json"_s, u"push"_s, u"-u"_s, u"alice"_s, u"--password-stdin"_s,
                                       u"alice/ui:v1"_s, m_one.host() + u"/a:1"_s, m_two.host() + u"/a:1"_s},
                                      "secret\n");
        COMPARE_CODE(run, "InvalidInput");
    }

    void linesOfManyDestinationsStayOnTheTerminal()
    {
        constexpr int Rows = 10;
        store(m_image, u"alice/ui:v1"_s);
        QStringList words{u"push"_s, u"alice/ui:v1"_s};
        for (int i = 0; i < 14; ++i)
            words.append(m_one.host() + u"/lines/ui%1:1"_s.arg(i));
        const CliRun run = m_cli->runOnTerminal(words, Rows);
        COMPARE_EXIT(run, 0);
        QVERIFY2(run.error.contains("to 14 destinations"), run.all().constData());
        QVERIFY2(run.error.contains(QString(m_one.host() + u"/lines/ui0:1"_s).toUtf8()),
                 run.all().constData());
        static const QRegularExpression upwards(u"\x1b\\[(\\d+)A"_s);
        int highest = 0;
        auto matches = upwards.globalMatch(QString::fromUtf8(run.error));
        while (matches.hasNext())
            highest = std::max(highest, matches.next().captured(1).toInt());
        QVERIFY2(highest > 2 && highest < Rows, qPrintable(u"moved up %1 lines"_s.arg(highest)));
    }

private:
    [[nodiscard]] static QString digestAt(const QString& name)
    {
        const QByteArray raw =
            runTool(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s, u"docker://"_s + name});
        return raw.isEmpty() ? QString() : Digest::ofBytes(raw).toString();
    }

    [[nodiscard]] static qint64 bytesOf(const RandomImage& image)
    {
        qint64 sum = 0;
        for (const RandomBlob& blob : image.blobs)
            sum += blob.descriptor.size;
        return sum;
    }

    //! Brings an image into the store of the command line.
    void store(const RandomImage& image, const QString& name)
    {
        const QString folder = m_files.filePath(u"layout%1"_s.arg(++m_count));
        image.writeLayout(folder, {u"it"_s});
        const QString file = folder + u".tar"_s;
        QVERIFY(!runTool(u"tar"_s, {u"-C"_s, folder, u"-cf"_s, file, u"."_s}).isEmpty());
        const CliRun run = m_cli->run({u"import"_s, u"--name"_s, name, file});
        COMPARE_EXIT(run, 0);
    }

    RegistryProcess m_one, m_two;
    QTemporaryDir m_files;
    RandomImage m_image = randomImage(41);
    std::unique_ptr<CliProcess> m_cli;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestCliPushMany)
#include "tst_clipushmany.moc"
