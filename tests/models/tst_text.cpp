// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/jsontext.h"
#include "models/text.h"
#include "models/transfersummary.h"
#include "oci/referenceglob.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void bytes_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("unknown") << qint64(-1) << u"\u2013"_s;
        QTest::newRow("none") << qint64(0) << u"0 B"_s;
        QTest::newRow("bytes") << qint64(999) << u"999 B"_s;
        QTest::newRow("kilo") << qint64(1000) << u"1.0 kB"_s;
        QTest::newRow("megabytes") << qint64(3'640'000) << u"3.6 MB"_s;
        QTest::newRow("tens") << qint64(26'080'000) << u"26.1 MB"_s;
        QTest::newRow("hundreds") << qint64(386'200'000) << u"386 MB"_s;
        QTest::newRow("rounds up a unit") << qint64(999'960'000) << u"1.00 GB"_s;
        QTest::newRow("giga") << qint64(1'051'000'000) << u"1.05 GB"_s;
        QTest::newRow("tera") << qint64(12'000'000'000'000) << u"12.0 TB"_s;
    }
    void bytes()
    {
        QFETCH(const qint64, bytes);
        QTEST(formatBytes(bytes), "text");
    }

    void bytesOfATotalShareTheUnit()
    {
        QCOMPARE(formatBytesOf(12'400'000, 18'400'000), u"12.4 of 18.4 MB"_s);
        QCOMPARE(formatBytesOf(900, 18'400'000), u"0.0 of 18.4 MB"_s);
        QCOMPARE(formatBytesOf(4'100'000'000, 9'800'000'000), u"4.10 of 9.80 GB"_s);
    }

    void durations()
    {
        using namespace std::chrono_literals;
        QCOMPARE(formatDuration(3s), u"3 s"_s);
        QCOMPARE(formatDuration(74s), u"1:14 min"_s);
        QCOMPARE(formatDuration(7500s), u"2:05 h"_s);
        QCOMPARE(formatSpeed(6'100'000), u"6.1 MB/s"_s);
        QCOMPARE(formatSpeed(0), QString());
    }

    void ages_data()
    {
        QTest::addColumn<qint64>("secondsAgo");
        QTest::addColumn<QString>("text");
        constexpr qint64 Day = 86400;
        QTest::newRow("now") << qint64(20) << u"just now"_s;
        QTest::newRow("clock skew") << qint64(-20) << u"just now"_s;
        QTest::newRow("minutes") << qint64(130) << u"2 minute(s) ago"_s;
        QTest::newRow("hours") << qint64(7300) << u"2 hour(s) ago"_s;
        QTest::newRow("days") << 2 * Day << u"2 day(s) ago"_s;
        QTest::newRow("weeks") << 21 * Day << u"3 week(s) ago"_s;
        QTest::newRow("months") << 125 * Day << u"4 month(s) ago"_s;
        QTest::newRow("years") << 800 * Day << u"2 year(s) ago"_s;
    }
    void ages()
    {
        QFETCH(const qint64, secondsAgo);
        const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000);
        QTEST(formatAge(now.addSecs(-secondsAgo), now), "text");
    }

    void anAgeThatIsNotToldIsADash()
    {
        QCOMPARE(formatAge({}), u"\u2013"_s);
        QCOMPARE(formatAge(QDateTime::fromSecsSinceEpoch(0)), u"\u2013"_s);
        QVERIFY(formatMoment(QDateTime::fromSecsSinceEpoch(0)).contains(u"1970"_s));
    }

    void globs_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* pattern, const char* name, bool matches) {
            QTest::addRow("%s %s", pattern, name)
                << QString::fromLatin1(pattern) << QString::fromLatin1(name) << matches;
        };
        row("nginx", "nginx:latest", true);
        row("nginx:latest", "nginx:latest", true);
        row("ngin", "nginx:latest", false);
        row("*", "nginx:latest", true);
        row("*", "alice/nginx:latest", false);
        row("*/nginx", "alice/nginx:latest", true);
        row("*/*/ui", "localhost:5000/gallery/ui:2.1", true);
        row("*/ui:2.?", "gallery/ui:2.1", true);
        row("*/ui:2.?", "gallery/ui:2.10", false);
        row("ngin[a-x]", "nginx:latest", true);
        row("ngin[^x]", "nginx:latest", false);
        row("ngin[", "nginx:latest", false);
        row("ngin[x-]", "nginx:latest", false);
        row("ngin\\x", "nginx:latest", true);
        row("localhost:5000/*", "localhost:5000/ui:1", true);
        row("*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false);
    }
    void globs()
    {
        QFETCH(const QString, pattern);
        QFETCH(const QString, name);
        QTEST(matchesReference(pattern, name), "matches");
    }

    void jsonKeepsItsOrderAndSpelling()
    {
        QCOMPARE(
            indentedJson("{\"b\":1.50,\"a\":[],\"c\":{ },\"d\":[\"x, {y}\\\"\",{\"e\":null}]}"),
            u"{\n  \"b\": 1.50,\n  \"a\": [],\n  \"c\": {},\n  \"d\": [\n    \"x, {y}\\\"\",\n    {\n      \"e\": null\n    }\n  ]\n}"_s);
        QCOMPARE(indentedJson("not { json"), u"not { json"_s);
    }

    void limitsAreAsShortAsTheyWereSet()
    {
        QCOMPARE(formatRate(0), QString());
        QCOMPARE(formatRate(512'000), u"512 kB/s"_s);
        QCOMPARE(formatRate(5'000'000), u"5 MB/s"_s);
        QCOMPARE(formatRate(2'500'000), u"2.5 MB/s"_s);
        QCOMPARE(formatRate(50'000'000), u"50 MB/s"_s);
    }

    void aPausedJobIsNoRunningOne()
    {
        TransferSummary summary;
        JobSnapshot job;
        job.id = u"1"_s;
        job.state = JobState::Running;
        job.bytesDone = 50;
        job.bytesTotal = 100;
        job.bytesPerSecond = 10;
        summary.update(job);
        job.id = u"2"_s;
        summary.update(job);
        job.state = JobState::Paused;
        job.bytesPerSecond = 0;
        summary.update(job);
        QCOMPARE(summary.running(), 1);
        QCOMPARE(summary.paused(), 1);
        QCOMPARE(summary.text(), u"1 transfer(s) \u00b7 10 B/s \u00b7 1 paused"_s);
        job.id = u"1"_s;
        summary.update(job);
        QCOMPARE(summary.running(), 0);
        QCOMPARE(summary.progress(), -1.0);
        QCOMPARE(summary.text(), u"2 paused"_s);
        job.state = JobState::Waiting;
        summary.update(job);
        QCOMPARE(summary.running(), 1);
        summary.remove(u"2"_s);
        QCOMPARE(summary.paused(), 0);
    }

    void theSummaryAddsUpRunningJobs()
    {
        TransferSummary summary;
        QCOMPARE(summary.text(), u"No transfers"_s);
        JobSnapshot one;
        one.id = u"1"_s;
        one.state = JobState::Running;
        one.bytesDone = 50;
        one.bytesTotal = 100;
        one.bytesPerSecond = 10;
        one.timeLeft = std::chrono::seconds(5);
        JobSnapshot two = one;
        two.id = u"2"_s;
        two.bytesTotal = 300;
        two.timeLeft = std::chrono::seconds(25);
        JobSnapshot unknown = one; // an archive that is being looked through
        unknown.id = u"3"_s;
        unknown.bytesTotal = 0;
        unknown.bytesPerSecond = 0;
        unknown.timeLeft.reset();
        summary.update(one);
        summary.update(two);
        summary.update(unknown);
        QCOMPARE(summary.running(), 3);
        QCOMPARE(summary.progress(), 0.25);
        QCOMPARE(summary.bytesPerSecond(), 20.0);
        QCOMPARE(summary.timeLeft()->count(), 25);
        two.state = JobState::Done;
        summary.remove(u"3"_s);
        summary.update(two);
        QCOMPARE(summary.running(), 1);
        summary.remove(u"1"_s);
        QCOMPARE(summary.progress(), -1.0);
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
