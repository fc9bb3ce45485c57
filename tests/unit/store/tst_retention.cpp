// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/retention.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;

namespace {

const QDateTime Now(QDate(2026, 6, 15), QTime(12, 0), QTimeZone::UTC);

Digest digestOf(const QString& text)
{
    return Digest::ofBytes(text.toUtf8());
}

//! "app:1.2=a": the name app:1.2 of image a, made and pulled today.
JudgedName named(const QString& text)
{
    const QString name = text.section(u'=', 0, 0);
    return {Reference::parse(name)->canonical(), digestOf(text.section(u'=', 1)), Now.addSecs(-60),
            Now.addSecs(-60)};
}

QList<JudgedName> named(const QStringList& texts)
{
    QList<JudgedName> names;
    for (const QString& text : texts)
        names.append(named(text));
    return names;
}

//! The familiar names that go, sorted.
QStringList going(const QList<JudgedName>& names, const CleanUpRules& rules)
{
    QStringList texts;
    const auto found = namesToGo(names, rules, Now);
    for (auto name = found.cbegin(); name != found.cend(); ++name)
        texts.append(Reference::parse(name.key())->familiar());
    texts.sort();
    return texts;
}

CleanUpRules keeping(int count)
{
    CleanUpRules rules;
    rules.keepLast = count;
    return rules;
}

} // namespace

class TestRetention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lastVersionsStay_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<int>("count");
        QTest::addColumn<QStringList>("gone");

        QTest::newRow("by number, not by text")
            << QStringList{u"app:1.9=a"_s, u"app:1.10=b"_s, u"app:1.2=c"_s} << 2 << QStringList{u"app:1.2"_s};
        QTest::newRow("fewer than may stay") << QStringList{u"app:1=a"_s, u"app:2=b"_s} << 2 << QStringList{};
        QTest::newRow("each repository for itself")
            << QStringList{u"app:1=a"_s, u"app:2=b"_s, u"other:1=c"_s, u"reg.example/app:1=d"_s} << 1
            << QStringList{u"app:1"_s};
        QTest::newRow("tags that move with a version go and stay with it")
            << QStringList{u"app:2.1.106=a"_s, u"app:2.1=a"_s, u"app:2=a"_s,     u"app:latest=a"_s,
                           u"app:2.0.9=b"_s,   u"app:2.0=b"_s, u"app:1.9.9=c"_s, u"app:1=c"_s}
            << 1 << QStringList{u"app:1"_s, u"app:1.9.9"_s, u"app:2.0"_s, u"app:2.0.9"_s};
        QTest::newRow("a moving tag whose version is not here stays")
            << QStringList{u"app:3=newest"_s, u"app:3.1=a"_s, u"app:3.2=b"_s} << 1
            << QStringList{u"app:3.1"_s};
        QTest::newRow("two names of one version count once")
            << QStringList{u"app:1.3=a"_s, u"app:v1.3=a"_s, u"app:1.2=b"_s, u"app:1.1=c"_s} << 2
            << QStringList{u"app:1.1"_s};
        QTest::newRow("latest and words stay")
            << QStringList{u"app:latest=a"_s, u"app:main=b"_s, u"app:1.0=c"_s, u"app:1.1=d"_s} << 1
            << QStringList{u"app:1.0"_s};
        QTest::newRow("each flavour for itself, whatever its number")
            << QStringList{u"py:3.13-alpine3.21=a"_s, u"py:3.13-alpine3.20=b"_s, u"py:3.12-alpine3.20=c"_s,
                           u"py:3.12-slim=d"_s, u"py:3.11=e"_s}
            << 1 << QStringList{u"py:3.12-alpine3.20"_s, u"py:3.13-alpine3.20"_s};
        QTest::newRow("pre-releases take no place, and go when their release is out")
            << QStringList{u"app:1.0=a"_s, u"app:1.1=b"_s, u"app:1.1-rc.1=c"_s, u"app:1.1-rc.2=d"_s} << 2
            << QStringList{u"app:1.1-rc.1"_s, u"app:1.1-rc.2"_s};
        QTest::newRow("of pre-releases of the next version the last stay")
            << QStringList{u"app:1.0=a"_s, u"app:0.9=b"_s, u"app:1.1-rc.9=c"_s, u"app:1.1-rc.10=d"_s,
                           u"app:1.1-beta=e"_s}
            << 2 << QStringList{u"app:1.1-beta"_s};
        QTest::newRow("glued pre-releases")
            << QStringList{u"py:3.14.0rc2-slim=a"_s, u"py:3.14.0a1-slim=b"_s, u"py:3.13.1-slim=c"_s} << 1
            << QStringList{u"py:3.14.0a1-slim"_s};
        QTest::newRow("only pre-releases")
            << QStringList{u"app:1.0-rc1=a"_s, u"app:1.0-rc2=b"_s} << 1 << QStringList{u"app:1.0-rc1"_s};
        QTest::newRow("build numbers are no flavours")
            << QStringList{u"app:1.2-20240101=a"_s, u"app:1.2-20250101=b"_s, u"app:1.1-3=c"_s} << 1
            << QStringList{u"app:1.1-3"_s, u"app:1.2-20240101"_s};
    }

    void lastVersionsStay()
    {
        QFETCH(const QStringList, names);
        QFETCH(const int, count);
        QFETCH(const QStringList, gone);
        QCOMPARE(going(named(names), keeping(count)), gone);
    }

    void otherTagsAreCountedByAgeWhereAskedFor()
    {
        QList<JudgedName> names = named(QStringList{u"app:latest=l"_s, u"app:a1b2c3d=a"_s, u"app:main=b"_s,
                                                    u"app:0ldest=c"_s, u"app:1.0=v"_s});
        for (qsizetype i = 0; i < names.size(); ++i)
            names[i].created = Now.addDays(-1 - i);
        QCOMPARE(going(names, keeping(2)), QStringList());
        CleanUpRules rules = keeping(2);
        rules.keepLastOfOtherTags = true;
        QCOMPARE(going(names, rules), QStringList{u"app:0ldest"_s});
        // One that a kept version's image carries, too, is no other.
        names[3].target = names[4].target;
        QCOMPARE(going(names, rules), QStringList());
    }

    void oldNamesGo()
    {
        QList<JudgedName> names = named(QStringList{u"app:old=a"_s, u"app:new=b"_s, u"app:latest=c"_s});
        names[0].created = Now.addDays(-31);
        names[1].created = Now.addDays(-29);
        names[2].created = Now.addDays(-300);
        CleanUpRules rules;
        rules.olderThan = 30 * 24h;
        QCOMPARE(going(names, rules), (QStringList{u"app:latest"_s, u"app:old"_s}));
        rules.reference = u"app:[n-o]*"_s;
        QCOMPARE(going(names, rules), QStringList{u"app:old"_s});
        rules.reference = u"other"_s;
        QCOMPARE(going(names, rules), QStringList());
    }

    void ageIsThatOfThePullWhereTheConfigDoesNotTell()
    {
        QList<JudgedName> names = named(QStringList{u"a:1=a"_s, u"b:1=b"_s, u"c:1=c"_s});
        names[0].created = QDateTime(QDate(1970, 1, 1), QTime(0, 0), QTimeZone::UTC); // reproducible builds
        names[1].created = QDateTime();
        names[2].created = Now.addDays(-99);
        names[1].pulled = Now.addDays(-40);
        CleanUpRules rules;
        rules.olderThan = 30 * 24h;
        QCOMPARE(going(names, rules), (QStringList{u"b:1"_s, u"c:1"_s}));
        rules.ageBy = CleanUpRules::Age::Pulled;
        QCOMPARE(going(names, rules), QStringList{u"b:1"_s});
    }

    void theLastVersionsStayHoweverOld()
    {
        QList<JudgedName> names =
            named(QStringList{u"app:3=a"_s, u"app:2=b"_s, u"app:1=c"_s, u"app:tool=d"_s});
        for (JudgedName& name : names)
            name.created = Now.addDays(-99);
        names[1].created = Now;
        CleanUpRules rules = keeping(1);
        rules.olderThan = 30 * 24h;
        QCOMPARE(going(names, rules), QStringList{u"app:1"_s});
        const auto reasons = namesToGo(names, rules, Now).value(names[2].name);
        QCOMPARE(reasons, CleanUpReasons(CleanUpReason::Older | CleanUpReason::OldVersion));
    }

    void signaturesGoWithWhatTheySign()
    {
        const QString tag = u"app:sha256-%1.sig=signature"_s;
        QList<JudgedName> names =
            named(QStringList{u"app:1=a"_s, u"app:2=b"_s, tag.arg(digestOf(u"a"_s).hex()),
                              tag.arg(digestOf(u"b"_s).hex()), tag.arg(digestOf(u"elsewhere"_s).hex())});
        const auto found = namesToGo(names, keeping(1), Now);
        QCOMPARE(found.size(), 2);
        QCOMPARE(found.value(names[0].name), CleanUpReasons(CleanUpReason::OldVersion));
        QCOMPARE(found.value(names[2].name), CleanUpReasons(CleanUpReason::Attached));
        // As long as another name holds the image, it stays signed.
        names.append(named(u"other:tag=a"_s));
        QCOMPARE(namesToGo(names, keeping(1), Now).size(), 1);
    }

    void manyTagsOfOneRepositoryAreQuick()
    {
        QList<JudgedName> names;
        for (int i = 0; i < 5000; ++i)
            names.append(named(u"app:%1.%2.%3=%4"_s.arg(i / 1000).arg(i / 10 % 100).arg(i % 10).arg(i)));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(namesToGo(names, keeping(100), Now).size(), 4900);
        QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestRetention)
#include "tst_retention.moc"
