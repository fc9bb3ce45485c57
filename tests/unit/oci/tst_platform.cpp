// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/platform.h"
#include "support/resulttest.h"

#include <QJsonArray>
#include <QTest>

using namespace Tagboat;
using namespace Qt::StringLiterals;

namespace {

Platform platform(const QString& text, const QString& osVersion = {})
{
    Platform p = Platform::parse(text).value();
    p.osVersion = osVersion;
    return p;
}

} // namespace

class tst_Platform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses();
    void refuses_data();
    void refuses();
    void normalizes_data();
    void normalizes();
    void runsBestFirst_data();
    void runsBestFirst();
    void doesNotRun_data();
    void doesNotRun();
    void windowsVersions_data();
    void windowsVersions();
    void json();
    void wrongJsonTypesAreNothing();
    void hostIsKnown();
    void texts();
};

void tst_Platform::parses()
{
    const Platform p = platform(u"linux/arm/v7"_s);
    QCOMPARE(p.os, u"linux"_s);
    QCOMPARE(p.architecture, u"arm"_s);
    QCOMPARE(p.variant, u"v7"_s);
    QCOMPARE(platform(u" linux/amd64 "_s).toString(), u"linux/amd64"_s);
    QCOMPARE(platform(u"linux/x86_64"_s).normalized(), platform(u"linux/amd64"_s));
}

void tst_Platform::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "linux", "amd64", "linux/", "/amd64", "linux//v7", "linux/arm/v7/x",
                             "linux/arm /v7", "linux/amd64;rm", "all"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void tst_Platform::refuses()
{
    QFETCH(const QString, text);
    const Result<Platform> p = Platform::parse(text);
    COMPARE_ERROR(p, Error::Code::InvalidInput);
    QCOMPARE(p.error().subject, text);
}

void tst_Platform::normalizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("normal");
    const auto row = [](const char* text, const char* normal) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(normal);
    };
    row("Linux/AMD64", "linux/amd64");
    row("linux/x86_64", "linux/amd64");
    row("linux/x86-64/v3", "linux/amd64/v3");
    row("linux/amd64/v1", "linux/amd64");
    row("linux/i386", "linux/386");
    row("linux/aarch64", "linux/arm64");
    row("linux/arm64/v8", "linux/arm64");
    row("linux/arm64/8", "linux/arm64");
    row("linux/arm64/v8.0", "linux/arm64");
    row("linux/arm64/v8.2", "linux/arm64/v8.2");
    row("linux/arm64/v9.0", "linux/arm64/v9");
    row("linux/armhf", "linux/arm/v7");
    row("linux/armel", "linux/arm/v6");
    row("linux/arm", "linux/arm/v7");
    row("linux/arm/7", "linux/arm/v7");
    row("linux/arm/6", "linux/arm/v6");
    row("linux/arm/5", "linux/arm/v5");
    row("linux/arm/8", "linux/arm/v8");
    row("macOS/arm64", "darwin/arm64");
    row("linux/ppc64le", "linux/ppc64le");
}

void tst_Platform::normalizes()
{
    QFETCH(const QString, text);
    const Platform normal = platform(text).normalized();
    QTEST(normal.toString(), "normal");
    QCOMPARE(normal.normalized(), normal);
}

// Everything a host runs, best first (containerd/platforms compare.go).
void tst_Platform::runsBestFirst_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QStringList>("order");
    const auto row = [](const char* host, const char* order) {
        QTest::newRow(host) << QString::fromLatin1(host) << QString::fromLatin1(order).split(u' ');
    };
    row("linux/amd64", "linux/amd64 linux/386");
    row("linux/amd64/v3", "linux/amd64/v3 linux/amd64/v2 linux/amd64 linux/386");
    row("linux/386", "linux/386");
    row("linux/arm/v7", "linux/arm/v7 linux/arm/v6 linux/arm/v5");
    row("linux/arm/v6", "linux/arm/v6 linux/arm/v5");
    row("linux/arm64", "linux/arm64 linux/arm/v8 linux/arm/v7 linux/arm/v6 linux/arm/v5");
    row("linux/arm64/v8.2",
        "linux/arm64/v8.2 linux/arm64/v8.1 linux/arm64 linux/arm/v8 linux/arm/v7 linux/arm/v6 linux/arm/v5");
    row("linux/arm64/v9.1",
        "linux/arm64/v9.1 linux/arm64/v9 linux/arm64/v8.6 linux/arm64/v8.5 linux/arm64/v8.4 linux/arm64/v8.3 "
        "linux/arm64/v8.2 linux/arm64/v8.1 linux/arm64 linux/arm/v8 linux/arm/v7 linux/arm/v6 linux/arm/v5");
    row("linux/ppc64le", "linux/ppc64le");
    row("linux/s390x", "linux/s390x");
    row("linux/riscv64", "linux/riscv64");
    row("linux/arm64/v9.05", "linux/arm64/v9.05");
    row("darwin/arm64", "darwin/arm64");
    row("windows/amd64", "windows/amd64 windows/386");
}

void tst_Platform::runsBestFirst()
{
    QFETCH(const QString, host);
    QFETCH(const QStringList, order);
    const Platform ours = platform(host);
    int last = -1;
    for (const QString& candidate : order) {
        const int preference = ours.preference(platform(candidate));
        QVERIFY2(preference > last, qPrintable(candidate));
        last = preference;
    }
    QCOMPARE(ours.preference(platform(order.first())), 0);
}

void tst_Platform::doesNotRun_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("candidate");
    const auto row = [](const char* host, const char* candidate) {
        QTest::addRow("%s on %s", candidate, host)
            << QString::fromLatin1(host) << QString::fromLatin1(candidate);
    };
    row("linux/amd64", "windows/amd64");
    row("linux/amd64", "linux/arm64");
    row("linux/amd64", "linux/amd64/v2");
    row("linux/amd64/v2", "linux/amd64/v3");
    row("linux/386", "linux/amd64");
    row("linux/arm/v6", "linux/arm/v7");
    row("linux/arm/v7", "linux/arm64");
    row("linux/arm64", "linux/arm64/v8.1");
    row("linux/arm64", "linux/arm64/v9");
    row("linux/amd64", "unknown/unknown");
    row("linux/ppc64le", "linux/ppc64");
}

void tst_Platform::doesNotRun()
{
    QFETCH(const QString, host);
    QFETCH(const QString, candidate);
    QCOMPARE(platform(host).preference(platform(candidate)), -1);
}

void tst_Platform::windowsVersions_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("candidate");
    QTest::addColumn<bool>("runs");
    const auto row = [](const char* host, const char* candidate, bool runs) {
        QTest::addRow("%s on %s", candidate, host)
            << QString::fromLatin1(host) << QString::fromLatin1(candidate) << runs;
    };
    row("10.0.17763.1", "10.0.17763.5936", true);
    row("10.0.17763.1", "10.0.14393.1", false);
    row("10.0.17763.1", "10.0.20348.1", false);
    row("10.0.20348.1", "10.0.20348.9", true);
    row("10.0.20348.1", "10.0.17763.1", false);
    row("10.0.22621.1", "10.0.20348.1", true);
    row("10.0.26100.1", "10.0.20348.1", true);
    row("10.0.26101.1", "10.0.26100.1", true);
    row("10.0.26101.1", "10.0.20348.1", false);
    row("10.0.20348.1", "6.3.20348.1", false);
    row("10.0.20348.1", "99999999999.0.1", false);
}

void tst_Platform::windowsVersions()
{
    QFETCH(const QString, host);
    QFETCH(const QString, candidate);
    QFETCH(const bool, runs);
    const Platform ours = platform(u"windows/amd64"_s, host);
    const int preference = ours.preference(platform(u"windows/amd64"_s, candidate));
    QCOMPARE(preference >= 0, runs);
    if (runs) // the processor counts more than the version
        QCOMPARE_LT(preference, ours.preference(platform(u"windows/386"_s, host)));
}

void tst_Platform::json()
{
    Platform p = platform(u"windows/arm/v7"_s, u"10.0.17763.1"_s);
    p.osFeatures = {u"win32k"_s};
    const QJsonObject object = p.toJson();
    QCOMPARE(object,
             (QJsonObject{{u"architecture"_s, u"arm"_s},
                          {u"os"_s, u"windows"_s},
                          {u"os.version"_s, u"10.0.17763.1"_s},
                          {u"os.features"_s, QJsonArray{u"win32k"_s}},
                          {u"variant"_s, u"v7"_s}}));
    QCOMPARE(Platform::fromJson(object), p);
    QCOMPARE(platform(u"linux/amd64"_s).toJson().keys(), (QStringList{u"architecture"_s, u"os"_s}));
}

void tst_Platform::wrongJsonTypesAreNothing()
{
    const Platform p = Platform::fromJson({{u"architecture"_s, 5},
                                           {u"os"_s, QJsonArray{1}},
                                           {u"os.features"_s, QJsonArray{1, u"good"_s, QJsonValue()}},
                                           {u"variant"_s, QJsonValue()}});
    QVERIFY(p.isEmpty());
    QCOMPARE(p.osFeatures, QStringList{u"good"_s});
}

void tst_Platform::hostIsKnown()
{
    const Platform host = Platform::host();
    QCOMPARE(host.os, u"linux"_s);
    QVERIFY(!host.architecture.isEmpty());
    QCOMPARE(host, host.normalized());
    QCOMPARE(host.preference(host), 0);
}

void tst_Platform::texts()
{
    QCOMPARE(Platform().toString(), QString());
    QVERIFY(Platform().isEmpty());
    QVERIFY(platform(u"unknown/unknown"_s).isUnknown());
    QVERIFY(!platform(u"linux/unknown"_s).isUnknown());
    QCOMPARE(platform(u"linux/arm/v7"_s).toString(), u"linux/arm/v7"_s);
}

QTEST_APPLESS_MAIN(tst_Platform)
#include "tst_platform.moc"
