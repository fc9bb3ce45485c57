// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/speedmeter.h"

#include <QTest>

using namespace Tagboat;
using namespace std::chrono_literals;

class tst_SpeedMeter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMovedIsNoSpeed()
    {
        const SpeedMeter meter;
        QCOMPARE(meter.bytesPerSecond(m_start), 0.0);
        QVERIFY(!meter.isSteady(m_start + 1h));
    }

    void aSteadyFlowShowsItsSpeed()
    {
        SpeedMeter meter;
        auto now = m_start;
        for (int i = 0; i < 1000; ++i) {
            now += 10ms;
            meter.add(10'000, now); // 1 MB/s
        }
        const double speed = meter.bytesPerSecond(now);
        QVERIFY2(speed > 0.9e6 && speed < 1.1e6, qPrintable(QString::number(speed)));
        QVERIFY(meter.isSteady(now));
    }

    void aChangeIsFollowedWithinTwoSeconds()
    {
        SpeedMeter meter;
        auto now = m_start;
        for (int i = 0; i < 500; ++i)
            meter.add(100'000, now += 10ms);
        QVERIFY(meter.bytesPerSecond(now) > 9e6);
        for (int i = 0; i < 220; ++i)
            meter.add(1'000, now += 10ms);
        QVERIFY(meter.bytesPerSecond(now) < 0.2e6);
    }

    void aStalledTransferSinksToZero()
    {
        SpeedMeter meter;
        auto now = m_start;
        for (int i = 0; i < 300; ++i)
            meter.add(10'000, now += 10ms);
        const double before = meter.bytesPerSecond(now);
        QVERIFY(meter.bytesPerSecond(now + 1s) < before * 0.7);
        QCOMPARE(meter.bytesPerSecond(now + 3s), 0.0);
        QVERIFY(!meter.isSteady(now + 3s));
    }

    void aYoungTransferIsNotDilutedByTheEmptyPast()
    {
        SpeedMeter meter;
        auto now = m_start;
        for (int i = 0; i < 50; ++i)
            meter.add(10'000, now += 10ms); // half a second at 1 MB/s
        const double speed = meter.bytesPerSecond(now);
        QVERIFY2(speed > 0.8e6 && speed < 1.3e6, qPrintable(QString::number(speed)));
        QVERIFY(!meter.isSteady(now));
    }

    void oneLargePieceIsNoAbsurdSpeed()
    {
        SpeedMeter meter;
        meter.add(1'000'000, m_start);
        QVERIFY(meter.bytesPerSecond(m_start) <= 5e6);
    }

    void afterAStallTheOldBytesDoNotCount()
    {
        SpeedMeter meter;
        auto now = m_start;
        for (int i = 0; i < 300; ++i)
            meter.add(100'000, now += 10ms);
        now += 10s;
        for (int i = 0; i < 50; ++i)
            meter.add(1'000, now += 10ms);
        const double speed = meter.bytesPerSecond(now);
        QVERIFY2(speed > 0.08e6 && speed < 0.13e6, qPrintable(QString::number(speed)));
    }

    void bytesThatGoBackAreNoSpeed()
    {
        SpeedMeter meter;
        meter.add(-5'000, m_start);
        QCOMPARE(meter.bytesPerSecond(m_start), 0.0);
    }

private:
    const SpeedMeter::Clock::time_point m_start = SpeedMeter::Clock::time_point(1000s);
};

QTEST_APPLESS_MAIN(tst_SpeedMeter)
#include "tst_speedmeter.moc"
