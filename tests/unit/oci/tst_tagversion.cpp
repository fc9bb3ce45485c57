// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/tagversion.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class tst_TagVersion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data();
    void parses();
    void wordsAreNoVersions_data();
    void wordsAreNoVersions();
    void cascades_data();
    void cascades();
    void onlyTheHighestCarriesShorterTagsAlong_data();
    void onlyTheHighestCarriesShorterTagsAlong();
    void ordersVersions();
    void ordersTags();
    void orderIsStrict();
};

void tst_TagVersion::parses_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QList<qint64>>("numbers");
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<bool>("prerelease");
    const auto row = [](const char* tag, const QList<qint64>& numbers, const char* prefix, const char* suffix,
                        bool prerelease) {
        QTest::newRow(tag) << QString::fromLatin1(tag) << numbers << QString::fromLatin1(prefix)
                           << QString::fromLatin1(suffix) << prerelease;
    };
    row("2.1.106", {2, 1, 106}, "", "", false);
    row("v1.4", {1, 4}, "v", "", false);
    row("7", {7}, "", "", false);
    row("1.2.3.4", {1, 2, 3, 4}, "", "", false);
    row("3.13-slim", {3, 13}, "", "slim", false);
    row("3.13-slim-bookworm", {3, 13}, "", "slim-bookworm", false);
    row("v2.1-alpine", {2, 1}, "v", "alpine", false);
    row("1.0-alpine3.20", {1, 0}, "", "alpine3.20", false);
    row("1.0.0-rc.1", {1, 0, 0}, "", "rc.1", true);
    row("1.0.0-rc1", {1, 0, 0}, "", "rc1", true);
    row("1.0-RC1", {1, 0}, "", "RC1", true);
    row("1.0-alpha", {1, 0}, "", "alpha", true);
    row("1.0-beta2", {1, 0}, "", "beta2", true);
    row("1.0-pre", {1, 0}, "", "pre", true);
    row("1.0-dev", {1, 0}, "", "dev", true);
    row("1.0-preview.3", {1, 0}, "", "preview.3", true);
    row("1.0-alpine-rc1", {1, 0}, "", "alpine-rc1", true);
    row("1.0-prebuilt", {1, 0}, "", "prebuilt", false);
    row("3.14.0rc2", {3, 14, 0}, "", "rc2", true);
    row("3.14.0a1-slim", {3, 14, 0}, "", "a1-slim", true);
    row("20240501", {20240501}, "", "", false);
    row("1.02", {1, 2}, "", "", false);
}

void tst_TagVersion::parses()
{
    QFETCH(const QString, tag);
    const std::optional<TagVersion> version = TagVersion::parse(tag);
    QVERIFY(version);
    QTEST(version->numbers, "numbers");
    QTEST(version->prefix, "prefix");
    QTEST(version->suffix, "suffix");
    QTEST(version->isPrerelease(), "prerelease");
}

void tst_TagVersion::wordsAreNoVersions_data()
{
    QTest::addColumn<QString>("tag");
    for (const char* tag : {"",
                            "v",
                            "latest",
                            "main",
                            "vnext",
                            "1.2.3.4.5",
                            "1.",
                            "1..2",
                            ".1",
                            "1.a",
                            "1.0-",
                            "1.0_beta",
                            "1.0x",
                            "12ab",
                            "V1.0",
                            "sha256-abc",
                            "99999999999999999999",
                            "1.99999999999999999999",
                            "bookworm-1.0",
                            "1.0b"})
        QTest::newRow(tag) << QString::fromLatin1(tag);
}

void tst_TagVersion::wordsAreNoVersions()
{
    QFETCH(const QString, tag);
    QVERIFY(!TagVersion::parse(tag));
}

void tst_TagVersion::cascades_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QStringList>("shorter");
    const auto row = [](const char* tag, const char* shorter) {
        QTest::newRow(tag) << QString::fromLatin1(tag)
                           << QString::fromLatin1(shorter).split(u' ', Qt::SkipEmptyParts);
    };
    row("2.1.106", "2.1 2 latest");
    row("v2.1.106", "v2.1 v2 latest");
    row("1.2.3.4", "1.2.3 1.2 1 latest");
    row("2.1", "2 latest");
    row("2", "latest");
    row("v2.1-alpine", "v2-alpine");
    row("2.1.3-slim-bookworm", "2.1-slim-bookworm 2-slim-bookworm");
    row("2-alpine", "");
    row("1.0.0-rc.1", "");
    row("3.14.0rc2", "");
    row("1.0-beta", "");
}

void tst_TagVersion::cascades()
{
    QFETCH(const QString, tag);
    QTEST(TagVersion::parse(tag)->cascade(), "shorter");
}

void tst_TagVersion::onlyTheHighestCarriesShorterTagsAlong_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QStringList>("others");
    QTest::addColumn<QStringList>("shorter");
    const auto row = [](const char* tag, const char* others, const char* shorter) {
        const auto list = [](const char* text) {
            return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
        };
        QTest::addRow("%s beside %s", tag, others)
            << QString::fromLatin1(tag) << list(others) << list(shorter);
    };
    row("2.1.106", "", "2.1 2 latest");
    row("2.1.106", "2.1.105 2.1 2 latest 1.9", "2.1 2 latest");
    row("2.1.106", "2.1.106", "2.1 2 latest");
    row("2.1.106", "v2.1.106", "2.1 2 latest");
    row("2.1.106", "2.1.107", "");
    row("2.1.106", "2.2.0", "2.1");
    row("2.1.106", "2.2", "2.1");
    row("2.1.106", "3.0.0", "2.1 2");
    row("2.1.106", "3", "2.1 2");
    row("2.1.106", "v3.0.0 2.2.0", "2.1");
    row("2.1.106", "3.0.0-rc.1", "2.1 2 latest");   // a pre-release is not out yet
    row("2.1.106", "3.0.0-alpine", "2.1 2 latest"); // another flavour goes its own way
    row("v2.1-alpine", "v3-alpine", "v2-alpine");
    row("v2.1-alpine", "v2.2-alpine", "");
    row("3.0.0-rc.1", "2.0", "");
    row("2.1.106", "main nightly", "2.1 2 latest");
}

void tst_TagVersion::onlyTheHighestCarriesShorterTagsAlong()
{
    QFETCH(const QString, tag);
    QFETCH(const QStringList, others);
    QTEST(TagVersion::parse(tag)->cascadeAmong(others), "shorter");
}

void tst_TagVersion::ordersVersions()
{
    const QStringList order{u"0.9"_s,      u"1.0-alpha"_s, u"1.0-beta"_s,   u"1.0-rc2"_s,
                            u"1.0-rc10"_s, u"1.0"_s,       u"1.0-alpine"_s, u"1.0.1"_s,
                            u"1.2"_s,      u"1.10"_s,      u"v2"_s,         u"10"_s};
    for (qsizetype i = 0; i < order.size(); ++i) {
        for (qsizetype j = 0; j < order.size(); ++j) {
            const int compared =
                TagVersion::compare(*TagVersion::parse(order[i]), *TagVersion::parse(order[j]));
            QVERIFY2((i < j) == (compared < 0) && (i == j) == (compared == 0),
                     qPrintable(order[i] + u" and "_s + order[j]));
        }
    }
}

void tst_TagVersion::ordersTags()
{
    // Versions by number, newest last, then words, numbers in them compared as numbers.
    const QStringList order{u"1.0-rc1"_s, u"1.0"_s,      u"1.2.0"_s,    u"1.10.0"_s,
                            u"v1.11"_s,   u"2"_s,        u"2-alpine"_s, u"20240501"_s,
                            u"build-9"_s, u"build-10"_s, u"latest"_s,   u"main"_s};
    QStringList tags = order;
    std::mt19937 random(1);
    for (int i = 0; i < 20; ++i) {
        std::ranges::shuffle(tags, random);
        std::ranges::sort(tags, tagLessThan);
        QCOMPARE(tags, order);
    }
}

void tst_TagVersion::orderIsStrict()
{
    const QStringList tags{u"1"_s,     u"1.0"_s,     u"v1"_s,     u"1.0.0"_s, u"01"_s,   u"1-a"_s,
                           u"1-a01"_s, u"1-a1"_s,    u"a"_s,      u"A"_s,     u"a1"_s,   u"a01"_s,
                           u"a001"_s,  u"1.0-rc1"_s, u"1.0rc1"_s, u"x-2"_s,   u"x-10"_s, u"x-2b"_s,
                           u"x"_s,     QString(),    u"00"_s,     u"0"_s};
    for (const QString& a : tags) {
        QVERIFY(!tagLessThan(a, a));
        for (const QString& b : tags) {
            if (a != b)
                QVERIFY2(tagLessThan(a, b) != tagLessThan(b, a), qPrintable(a + u" and "_s + b));
            for (const QString& c : tags) {
                if (tagLessThan(a, b) && tagLessThan(b, c))
                    QVERIFY2(tagLessThan(a, c), qPrintable(a + u' ' + b + u' ' + c));
            }
        }
    }
}

QTEST_APPLESS_MAIN(tst_TagVersion)
#include "tst_tagversion.moc"
