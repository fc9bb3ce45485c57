// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/ratelimiter.h"
#include "support/resulttest.h"

#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRateLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_now = RateLimiter::Clock::time_point(); }

    void noRateIsNoWait()
    {
        RateLimiter limiter(0, clock());
        QCOMPARE(limiter.take(1'000'000'000), 0ms);
    }

    void debtIsWaitedOff()
    {
        RateLimiter limiter(1000, clock());
        QCOMPARE(limiter.take(500), 500ms);
        m_now += 500ms;
        QCOMPARE(limiter.take(100), 100ms);
        m_now += 50ms;
        QCOMPARE(limiter.take(100), 150ms); // two at once: the second waits for both
    }

    void aRestIsWorthAQuarterOfASecond()
    {
        RateLimiter limiter(1000, clock());
        m_now += 1h;
        QCOMPARE(limiter.take(250), 0ms);
        QCOMPARE(limiter.take(10), 10ms);
    }

    void aChangeHoldsAtOnce()
    {
        RateLimiter limiter(10, clock());
        QCOMPARE(limiter.take(1000), 100'000ms);
        limiter.setRate(1000);
        QCOMPARE(limiter.take(100), 100ms);
        limiter.setRate(0);
        QCOMPARE(limiter.take(100'000), 0ms);
    }

    void aFileIsOnlyReadInPiecesWhereItIsLimited()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        QCOMPARE(file.write(QByteArray(100'000, 'x')), 100'000);
        QVERIFY(file.flush());
        const auto limiter = std::make_shared<RateLimiter>(0);
        const auto source = limited(fileSource(file.fileName()).value(), {limiter});
        QVERIFY(source->file());
        limiter->setRate(1'000'000'000);
        QVERIFY(!source->file());
        const auto all = QCoro::waitFor(readAll(source, 200'000, u"it"_s, {}));
        VERIFY_RESULT(all);
        QCOMPARE(all->size(), 100'000);
    }

    void theSlowestLimitRules()
    {
        const auto slow = std::make_shared<RateLimiter>(100'000);
        const auto fast = std::make_shared<RateLimiter>(100'000'000);
        QElapsedTimer timer;
        timer.start();
        const auto all = QCoro::waitFor(
            readAll(limited(memorySource(QByteArray(60'000, 'x')), {fast, slow}), 200'000, u"it"_s, {}));
        VERIFY_RESULT(all);
        QVERIFY2(timer.elapsed() >= 500, qPrintable(QString::number(timer.elapsed()))); // 600 in the end
    }

    void aStopEndsTheWait()
    {
        const auto limiter = std::make_shared<RateLimiter>(1);
        std::stop_source stop;
        QTimer::singleShot(20ms, [&stop] { stop.request_stop(); });
        const auto all = QCoro::waitFor(readAll(limited(memorySource(QByteArray(60'000, 'x')), {limiter}),
                                                200'000, u"it"_s, stop.get_token()));
        COMPARE_ERROR(all, Error::Code::Cancelled);
    }

private:
    [[nodiscard]] std::function<RateLimiter::Clock::time_point()> clock()
    {
        return [this] { return m_now; };
    }
    RateLimiter::Clock::time_point m_now;
};

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
