// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/resulttest.h"
#include "transfer/retry.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace std::chrono_literals;

namespace {

using Pauses = std::shared_ptr<QList<std::chrono::milliseconds>>;

Task<Result<void>> noPause()
{
    co_return Result<void>();
}

//! A policy whose chance is fixed and whose pauses are noted instead of waited for.
RetryPolicy patientPolicy(const Pauses& pauses, double chance)
{
    RetryPolicy policy = RetryPolicy::standard(5);
    policy.chance = [chance] { return chance; };
    policy.pause = [pauses](std::chrono::milliseconds duration, std::stop_token) {
        pauses->append(duration);
        return noPause();
    };
    return policy;
}

Error networkError()
{
    return Error::make(Error::Code::Network, u"example.org"_s, u"connection reset"_s);
}

Task<Result<int>> failTimes(std::shared_ptr<int> calls, int failures, Error error)
{
    if (++*calls <= failures)
        co_return fail(std::move(error));
    co_return Result<int>(*calls);
}

Result<int> run(const RetryPolicy& policy, int failures, const Error& error, int* calls,
                const RetryListener& listener = {}, std::stop_token stop = {})
{
    const auto counter = std::make_shared<int>(0);
    std::function<Task<Result<int>>(std::stop_token)> work =
        [counter, failures, error](const std::stop_token&) { return failTimes(counter, failures, error); };
    auto result = QCoro::waitFor(withRetries<int>(work, policy, listener, std::move(stop)));
    *calls = *counter;
    return result;
}

} // namespace

class tst_Retry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTransientFailureIsTriedAgainUntilItSucceeds()
    {
        const auto pauses = std::make_shared<QList<std::chrono::milliseconds>>();
        int calls = 0;
        QList<int> told;
        const auto result = run(patientPolicy(pauses, 0), 2, networkError(), &calls,
                                [&told](const Error&, int attempt, auto) { told.append(attempt); });
        VERIFY_RESULT(result);
        QCOMPARE(calls, 3);
        QCOMPARE(pauses->size(), 2);
        QCOMPARE(told, (QList<int>{1, 2}));
    }

    void attemptsAreBounded()
    {
        const auto pauses = std::make_shared<QList<std::chrono::milliseconds>>();
        int calls = 0;
        const auto result = run(patientPolicy(pauses, 0), 100, networkError(), &calls);
        COMPARE_ERROR(result, Error::Code::Network);
        QCOMPARE(calls, 5);
        QCOMPARE(pauses->size(), 4);
    }

    void triesThatGetFurtherAreNotCounted()
    {
        const auto pauses = std::make_shared<QList<std::chrono::milliseconds>>();
        RetryPolicy policy = patientPolicy(pauses, 0);
        int asked = 0;
        policy.hasMoved = [&asked] { return ++asked <= 50; };
        int calls = 0;
        const auto result = run(policy, 1000, networkError(), &calls);
        COMPARE_ERROR(result, Error::Code::Network);
        QCOMPARE(calls, 54); // fifty that moved, the last of them being the first of five
        QCOMPARE(pauses->constFirst(), policy.delay(networkError(), 1));
        QCOMPARE(pauses->at(48), policy.delay(networkError(), 1));
    }

    void aLineThatIsDownIsWaitedFor()
    {
        const auto pauses = std::make_shared<QList<std::chrono::milliseconds>>();
        RetryPolicy policy = patientPolicy(pauses, 0);
        policy.patience = 60s;
        int calls = 0;
        COMPARE_ERROR(run(policy, 1000, networkError(), &calls), Error::Code::Network);
        QVERIFY2(calls > 8 && calls < 20, qPrintable(QString::number(calls)));
        std::chrono::milliseconds waited{0};
        for (const auto pause : std::as_const(*pauses))
            waited += pause;
        QVERIFY(waited >= 60s && waited < 90s);
        // A server that answers, if badly, is no line that is down.
        Error busy = Error::make(Error::Code::Io, u"it"_s, u"overloaded"_s);
        busy.httpStatus = 503;
        COMPARE_ERROR(run(policy, 1000, busy, &calls), Error::Code::Io);
        QCOMPARE(calls, 5);
    }

    void whatFailsForGoodIsNotTriedAgain_data()
    {
        QTest::addColumn<Error::Code>("code");
        QTest::newRow("denied") << Error::Code::Denied;
        QTest::newRow("unauthorized") << Error::Code::Unauthorized;
        QTest::newRow("not found") << Error::Code::NotFound;
        QTest::newRow("digest") << Error::Code::DigestMismatch;
        QTest::newRow("disk full") << Error::Code::DiskFull;
        QTest::newRow("cancelled") << Error::Code::Cancelled;
    }

    void whatFailsForGoodIsNotTriedAgain()
    {
        QFETCH(const Error::Code, code);
        const auto pauses = std::make_shared<QList<std::chrono::milliseconds>>();
        int calls = 0;
        const auto result = run(patientPolicy(pauses, 0), 100, Error::make(code, u"it"_s, u"no"_s), &calls);
        COMPARE_ERROR(result, code);
        QCOMPARE(calls, 1);
    }

    void theWaitDoublesUpToALimitAndIsHalfChance()
    {
        RetryPolicy policy = RetryPolicy::standard(100);
        policy.first = 100ms;
        policy.longest = 1s;
        policy.chance = [] { return 0.0; };
        const Error error = networkError();
        QCOMPARE(policy.delay(error, 1), 50ms);
        QCOMPARE(policy.delay(error, 2), 100ms);
        QCOMPARE(policy.delay(error, 3), 200ms);
        QCOMPARE(policy.delay(error, 5), 500ms);
        QCOMPARE(policy.delay(error, 60), 500ms);
        policy.chance = [] { return 1.0; };
        QCOMPARE(policy.delay(error, 1), 100ms);
        QCOMPARE(policy.delay(error, 60), 1s);
    }

    void theStandardChanceSpreadsTheWaits()
    {
        const RetryPolicy policy = RetryPolicy::standard(5);
        QSet<qint64> waits;
        for (int i = 0; i < 100; ++i) {
            const auto delay = policy.delay(networkError(), 4);
            QVERIFY(delay >= 1000ms && delay <= 2000ms);
            waits.insert(delay.count());
        }
        QVERIFY(waits.size() > 10);
    }

    void retryAfterIsNeverUndercut()
    {
        RetryPolicy policy = RetryPolicy::standard(5);
        Error error = Error::make(Error::Code::RateLimited, u"hub"_s, u"too many requests"_s);
        error.retryAfter = 7s;
        for (int i = 0; i < 50; ++i) {
            const auto delay = policy.delay(error, 1);
            QVERIFY(delay >= 7s && delay <= 8s);
        }
        QVERIFY(policy.allows(error, 1));
    }

    void aRetryAfterOfHoursIsToldAtOnce()
    {
        const auto pauses = std::make_shared<QList<std::chrono::milliseconds>>();
        Error error = Error::make(Error::Code::RateLimited, u"hub"_s, u"too many requests"_s);
        error.retryAfter = 21600s;
        int calls = 0;
        const auto result = run(patientPolicy(pauses, 0), 100, error, &calls);
        COMPARE_ERROR(result, Error::Code::RateLimited);
        QCOMPARE(calls, 1);
        QCOMPARE(result.error().retryAfter.value(), 21600s);
    }

    void tooManyRequestsGetMoreRestThanALostLine()
    {
        RetryPolicy policy = RetryPolicy::standard(5);
        policy.chance = [] { return 0.5; };
        const Error limited = Error::make(Error::Code::RateLimited, u"hub"_s, u"too many requests"_s);
        QVERIFY(policy.delay(limited, 1) > policy.delay(networkError(), 1));
    }

    void aStopEndsTheWaitAtOnce()
    {
        RetryPolicy policy = RetryPolicy::standard(5);
        policy.first = 1h;
        policy.longest = 1h;
        std::stop_source source;
        int calls = 0;
        QElapsedTimer timer;
        timer.start();
        const auto result = run(
            policy, 100, networkError(), &calls,
            [&source](const Error&, int, auto) { source.request_stop(); }, source.get_token());
        COMPARE_ERROR(result, Error::Code::Cancelled);
        QCOMPARE(calls, 1);
        QVERIFY(timer.elapsed() < 60'000);
    }

    void aPolicyMayFindMoreErrorsWorthATry()
    {
        const auto pauses = std::make_shared<QList<std::chrono::milliseconds>>();
        RetryPolicy policy = patientPolicy(pauses, 0);
        policy.alsoWorthwhile = [](const Error& error, int attempt) {
            return error.code == Error::Code::DigestMismatch && attempt == 1;
        };
        int calls = 0;
        const auto result =
            run(policy, 100, Error::make(Error::Code::DigestMismatch, u"it"_s, u"wrong"_s), &calls);
        COMPARE_ERROR(result, Error::Code::DigestMismatch);
        QCOMPARE(calls, 2);
    }
};

QTEST_GUILESS_MAIN(tst_Retry)
#include "tst_retry.moc"
