// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/imageconfig.h"
#include "support/resulttest.h"

#include <QTest>
#include <QTimeZone>

using namespace Tagboat;
using namespace Qt::StringLiterals;

namespace {

const QByteArray D1 = "sha256:" + QByteArray(64, '1'), D2 = "sha256:" + QByteArray(64, '2');

ImageConfig parsed(const QByteArray& json)
{
    return ImageConfig::parse(json, u"config"_s).value();
}

} // namespace

class tst_ImageConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEverything();
    void emptyObjectIsEmpty();
    void wrongTypesAreNothing();
    void stepsAreReadable_data();
    void stepsAreReadable();
    void momentsAreUtc_data();
    void momentsAreUtc();
    void healthChecksAreRead_data();
    void healthChecksAreRead();
    void stepsKeepWhatTheyWere();
    void stepsFitLayers();
    void brokenDocumentsAreCorrupt_data();
    void brokenDocumentsAreCorrupt();
};

void tst_ImageConfig::readsEverything()
{
    const ImageConfig config = parsed(R"({"architecture":"arm","variant":"v7","os":"linux","author":"Alice",
        "created":"2024-05-01T12:00:00Z",
        "config":{"User":"www","ExposedPorts":{"80/tcp":{},"443/tcp":{}},"Env":["A=1","B=2"],"Entrypoint":["/start"],
                  "Cmd":["run","--now"],"Volumes":{"/data":{}},"WorkingDir":"/srv","StopSignal":"SIGQUIT",
                  "Labels":{"one":"1","two":"2"}},
        "rootfs":{"type":"layers","diff_ids":[")"
                                      + D1 + R"(",")" + D2 + R"("]},
        "history":[{"created":"2024-05-01T11:00:00Z","created_by":"ADD base","comment":"first"},
                   {"created_by":"ENV A=1","empty_layer":true},{"created_by":"COPY x"}]})");
    QCOMPARE(config.platform.toString(), u"linux/arm/v7"_s);
    QCOMPARE(config.author, u"Alice"_s);
    QCOMPARE(config.created, QDateTime(QDate(2024, 5, 1), QTime(12, 0), QTimeZone::UTC));
    QCOMPARE(config.user, u"www"_s);
    QCOMPARE(config.exposedPorts, (QStringList{u"443/tcp"_s, u"80/tcp"_s}));
    QCOMPARE(config.environment, (QStringList{u"A=1"_s, u"B=2"_s}));
    QCOMPARE(config.entrypoint, QStringList{u"/start"_s});
    QCOMPARE(config.command, (QStringList{u"run"_s, u"--now"_s}));
    QCOMPARE(config.volumes, QStringList{u"/data"_s});
    QCOMPARE(config.workingDirectory, u"/srv"_s);
    QCOMPARE(config.stopSignal, u"SIGQUIT"_s);
    QCOMPARE(config.labels.value(u"two"_s), u"2"_s);
    QCOMPARE(config.diffIds.size(), 2);
    QCOMPARE(config.diffIds[1].toString().toLatin1(), D2);
    QCOMPARE(config.history.size(), 3);
    QCOMPARE(config.history[0].comment, u"first"_s);
    QVERIFY(config.history[1].isEmptyLayer);
}

void tst_ImageConfig::emptyObjectIsEmpty()
{
    const ImageConfig config = parsed("{}");
    QVERIFY(config.platform.isEmpty());
    QVERIFY(!config.created.isValid());
    QVERIFY(config.diffIds.isEmpty());
    QVERIFY(config.stepsOfLayers().isEmpty());
}

void tst_ImageConfig::wrongTypesAreNothing()
{
    const ImageConfig config =
        parsed(R"({"architecture":[],"os":7,"created":12,"config":"none","history":{"a":1},
        "rootfs":{"diff_ids":[5,"sha256:short",null,")"
               + D1 + R"("]}})");
    QVERIFY(config.platform.isEmpty());
    QVERIFY(!config.created.isValid());
    // One that cannot be read keeps its place, or all after it would belong to other layers.
    QCOMPARE(config.diffIds.size(), 4);
    QVERIFY(config.diffIds[0].isNull());
    QVERIFY(config.diffIds[1].isNull());
    QCOMPARE(config.diffIds[3].toString().toLatin1(), D1);
    QVERIFY(config.history.isEmpty());

    const ImageConfig odd =
        parsed(R"({"config":{"Cmd":"sh -c run","Env":[1,"A=1"],"Labels":null,"Volumes":[]},
        "history":[1,"x",{}]})");
    QCOMPARE(odd.command, QStringList{u"sh -c run"_s}); // as old builders wrote it
    QCOMPARE(odd.environment, QStringList{u"A=1"_s});
    QCOMPARE(odd.history.size(), 3);
}

void tst_ImageConfig::stepsAreReadable_data()
{
    QTest::addColumn<QString>("createdBy");
    QTest::addColumn<QString>("step");
    const auto row = [](const char* createdBy, const char* step) {
        QTest::newRow(createdBy) << QString::fromLatin1(createdBy) << QString::fromLatin1(step);
    };
    row("/bin/sh -c #(nop)  CMD [\"nginx\"]", "CMD [\"nginx\"]");
    row("/bin/sh -c #(nop) ADD file:abc in / ", "ADD file:abc in /");
    row("/bin/sh -c apt-get update", "RUN apt-get update");
    row("RUN /bin/sh -c apt-get update # buildkit", "RUN apt-get update");
    row("COPY /app /app # buildkit", "COPY /app /app");
    row("RUN |1 VERSION=3 /bin/sh -c make install # buildkit", "RUN make install");
    row("|2 A=1 B=2 /bin/sh -c make", "RUN make");
    row("/bin/bash -c make", "RUN make");
    row("RUN make # buildkit", "RUN make");
    row("RUN --mount=type=cache make # buildkit", "RUN --mount=type=cache make");
    row("ENTRYPOINT [\"/bin/sh\"]", "ENTRYPOINT [\"/bin/sh\"]");
    row("bazel build ...", "bazel build ...");
    row("", "");
}

void tst_ImageConfig::stepsAreReadable()
{
    QFETCH(const QString, createdBy);
    const ImageConfig config = parsed("{\"history\":[{\"created_by\":\""
                                      + QString(createdBy).replace(u'"', u"\\\""_s).toUtf8() + "\"}]}");
    QTEST(config.history.first().createdBy, "step");
}

void tst_ImageConfig::momentsAreUtc_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QDateTime>("moment");
    const auto utc = [](int hour, int minute, int ms) {
        return QDateTime(QDate(2024, 5, 1), QTime(hour, minute, 0, ms), QTimeZone::UTC);
    };
    QTest::newRow("UTC") << "2024-05-01T12:00:00Z"_ba << utc(12, 0, 0);
    QTest::newRow("nanoseconds") << "2024-05-01T12:00:00.123456789Z"_ba << utc(12, 0, 123);
    QTest::newRow("Korea") << "2024-05-01T12:30:00+09:00"_ba << utc(3, 30, 0);
    QTest::newRow("fraction and zone") << "2024-05-01T12:30:00.5-07:00"_ba << utc(19, 30, 500);
    QTest::newRow("rubbish") << "yesterday"_ba << QDateTime();
    QTest::newRow("nothing") << ""_ba << QDateTime();
    QTest::newRow("the year zero of Go")
        << "0001-01-01T00:00:00Z"_ba << QDateTime(QDate(1, 1, 1), QTime(0, 0), QTimeZone::UTC);
}

void tst_ImageConfig::momentsAreUtc()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QDateTime, moment);
    const QDateTime created = parsed("{\"created\":\"" + text + "\"}").created;
    QCOMPARE(created.isValid(), moment.isValid());
    if (moment.isValid()) {
        QCOMPARE(created, moment);
        QCOMPARE(created.timeSpec(), Qt::UTC);
    }
}

void tst_ImageConfig::stepsFitLayers()
{
    const QByteArray rootfs = R"("rootfs":{"diff_ids":[")" + D1 + R"(",")" + D2 + R"("]})";
    const ImageConfig fits = parsed("{" + rootfs + R"(,"history":[{"created_by":"one"},
        {"created_by":"between","empty_layer":true},{"created_by":"two"}]})");
    QCOMPARE(fits.stepsOfLayers().size(), 2);
    QCOMPARE(fits.stepsOfLayers()[0].createdBy, u"one"_s);
    QCOMPARE(fits.stepsOfLayers()[1].createdBy, u"two"_s);
    for (const QByteArray& history : {R"([])"_ba, R"([{"created_by":"one"}])"_ba,
                                      R"([{"created_by":"1"},{"created_by":"2"},{"created_by":"3"}])"_ba}) {
        const QList<ImageConfig::Step> steps =
            parsed("{" + rootfs + ",\"history\":" + history + "}").stepsOfLayers();
        QCOMPARE(steps.size(), 2);
        QVERIFY(steps[0].createdBy.isEmpty());
    }
}

void tst_ImageConfig::healthChecksAreRead_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<qint64>("interval");
    QTest::addColumn<int>("retries");
    QTest::newRow("none") << "{}"_ba << false << QStringList() << qint64(0) << 0;
    QTest::newRow("switched off") << R"({"Healthcheck":{"Test":["NONE"]}})"_ba << true
                                  << QStringList{u"NONE"_s} << qint64(0) << 0;
    QTest::newRow("line")
        << R"({"Healthcheck":{"Test":["CMD-SHELL","a b"],"Interval":5000000000,"Retries":4}})"_ba << true
        << QStringList{u"CMD-SHELL"_s, u"a b"_s} << qint64(5'000'000'000) << 4;
    QTest::newRow("wrong types") << R"({"Healthcheck":{"Test":7,"Interval":"5s","Retries":"x"}})"_ba << true
                                 << QStringList() << qint64(0) << 0;
    QTest::newRow("negative") << R"({"Healthcheck":{"Test":["CMD","x"],"Interval":-1,"Retries":-2}})"_ba
                              << true << QStringList{u"CMD"_s, u"x"_s} << qint64(0) << 0;
}

void tst_ImageConfig::healthChecksAreRead()
{
    QFETCH(const QByteArray, json);
    QFETCH(const bool, isThere);
    QFETCH(const QStringList, command);
    QFETCH(const qint64, interval);
    QFETCH(const int, retries);
    const ImageConfig config = parsed(R"({"config":)" + json + "}");
    QCOMPARE(config.healthCheck.has_value(), isThere);
    if (!isThere)
        return;
    QCOMPARE(config.healthCheck->test, command);
    QCOMPARE(qint64(config.healthCheck->interval.count()), interval);
    QCOMPARE(config.healthCheck->retries, retries);
    QCOMPARE(config.healthCheck->isNone(), command.isEmpty() || command.first() == "NONE"_L1);
}

void tst_ImageConfig::stepsKeepWhatTheyWere()
{
    const ImageConfig config = parsed(
        R"({"config":{"Shell":["/bin/bash","-c"],"OnBuild":["RUN x"]},
            "history":[{"created_by":"/bin/sh -c #(nop)  ENV A=b","author":"Alice"}]})");
    QCOMPARE(config.history.first().createdBy, u"ENV A=b"_s);
    QCOMPARE(config.history.first().original, u"/bin/sh -c #(nop)  ENV A=b"_s);
    QCOMPARE(config.history.first().author, u"Alice"_s);
    QCOMPARE(config.shell, (QStringList{u"/bin/bash"_s, u"-c"_s}));
    QCOMPARE(config.onBuild, QStringList{u"RUN x"_s});
}

void tst_ImageConfig::brokenDocumentsAreCorrupt_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("list") << "[]"_ba;
    QTest::newRow("text") << "\"x\""_ba;
    QTest::newRow("cut off") << "{\"os\":"_ba;
    QTest::newRow("HTML") << "<html></html>"_ba;
    QTest::newRow("deep") << "{\"a\":"_ba + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}";
    QTest::newRow("bytes") << QByteArray(1000, '\xff');
}

void tst_ImageConfig::brokenDocumentsAreCorrupt()
{
    QFETCH(const QByteArray, json);
    const Result<ImageConfig> config = ImageConfig::parse(json, u"sha256:config"_s);
    COMPARE_ERROR(config, Error::Code::Corrupt);
    QCOMPARE(config.error().subject, u"sha256:config"_s);
}

QTEST_APPLESS_MAIN(tst_ImageConfig)
#include "tst_imageconfig.moc"
