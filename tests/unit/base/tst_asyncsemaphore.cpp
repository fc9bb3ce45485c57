// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/asyncsemaphore.h"
#include "support/resulttest.h"

#include <QTest>

using namespace Tagboat;

class TestAsyncSemaphore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesAsManyPermitsAsPlaces();
    void servesWaitersInTheirOrder();
    void permitGivesItsPlaceBackOnce();
    void movedPermitHoldsThePlace();
    void stopTakesTheWaiterOutOfTheQueue();
    void stopTogetherWithAGrantLosesNoPlace();
    void newcomerCannotJumpTheQueue();
    void copiesShareThePlaces();
};

void TestAsyncSemaphore::givesAsManyPermitsAsPlaces()
{
    const AsyncSemaphore semaphore(2);
    auto first = QCoro::waitFor(semaphore.acquire({}));
    auto second = QCoro::waitFor(semaphore.acquire({}));
    VERIFY_RESULT(first);
    VERIFY_RESULT(second);
    QCOMPARE(semaphore.available(), 0);
    auto third = semaphore.acquire({});
    QVERIFY(!third.isReady());
    first->release();
    VERIFY_RESULT(QCoro::waitFor(third));
}

void TestAsyncSemaphore::servesWaitersInTheirOrder()
{
    static const auto note = [](AsyncSemaphore semaphore, std::shared_ptr<QList<int>> order,
                                int number) -> Task<Result<void>> {
        auto permit = co_await semaphore.acquire({});
        order->append(number);
        co_return Result<void>();
    };
    const AsyncSemaphore semaphore(1);
    const auto order = std::make_shared<QList<int>>();
    auto held = QCoro::waitFor(semaphore.acquire({}));
    VERIFY_RESULT(held);
    QList<int> expected;
    for (int i = 0; i < 10; ++i) {
        static_cast<void>(note(semaphore, order, i));
        expected += i;
    }
    QVERIFY(order->isEmpty());
    held->release();
    QTRY_COMPARE(*order, expected);
    QTRY_COMPARE(semaphore.available(), 1);
}

void TestAsyncSemaphore::permitGivesItsPlaceBackOnce()
{
    const AsyncSemaphore semaphore(1);
    {
        auto permit = QCoro::waitFor(semaphore.acquire({}));
        VERIFY_RESULT(permit);
        QCOMPARE(semaphore.available(), 0);
        permit->release();
        QCOMPARE(semaphore.available(), 1);
        permit->release();
        QCOMPARE(semaphore.available(), 1);
    }
    QCOMPARE(semaphore.available(), 1);
}

void TestAsyncSemaphore::movedPermitHoldsThePlace()
{
    const AsyncSemaphore semaphore(2);
    auto one = QCoro::waitFor(semaphore.acquire({}));
    auto two = QCoro::waitFor(semaphore.acquire({}));
    VERIFY_RESULT(one);
    VERIFY_RESULT(two);
    AsyncSemaphore::Permit moved = std::move(*one);
    QCOMPARE(semaphore.available(), 0);
    moved = std::move(*two); // gives the first place back
    QCOMPARE(semaphore.available(), 1);
    moved.release();
    QCOMPARE(semaphore.available(), 2);
}

void TestAsyncSemaphore::stopTakesTheWaiterOutOfTheQueue()
{
    const AsyncSemaphore semaphore(1);
    auto held = QCoro::waitFor(semaphore.acquire({}));
    VERIFY_RESULT(held);
    std::stop_source source;
    auto stopped = semaphore.acquire(source.get_token());
    auto next = semaphore.acquire({});
    source.request_stop();
    COMPARE_ERROR(QCoro::waitFor(stopped), Error::Code::Cancelled);
    QVERIFY(!next.isReady());
    held->release();
    VERIFY_RESULT(QCoro::waitFor(next));
}

void TestAsyncSemaphore::stopTogetherWithAGrantLosesNoPlace()
{
    const AsyncSemaphore semaphore(1);
    auto held = QCoro::waitFor(semaphore.acquire({}));
    VERIFY_RESULT(held);
    std::stop_source source;
    auto waiting = semaphore.acquire(source.get_token());
    held->release(); // the place is the waiter's now, which does not know it yet
    source.request_stop();
    COMPARE_ERROR(QCoro::waitFor(waiting), Error::Code::Cancelled);
    QCOMPARE(semaphore.available(), 1);
}

void TestAsyncSemaphore::newcomerCannotJumpTheQueue()
{
    const AsyncSemaphore semaphore(1);
    auto held = QCoro::waitFor(semaphore.acquire({}));
    VERIFY_RESULT(held);
    auto waiting = semaphore.acquire({});
    held->release();
    QCOMPARE(semaphore.available(), 0);
    auto newcomer = semaphore.acquire({});
    QVERIFY(!newcomer.isReady());
    {
        const auto permit = QCoro::waitFor(std::move(waiting));
        VERIFY_RESULT(permit);
        QVERIFY(!newcomer.isReady());
    }
    VERIFY_RESULT(QCoro::waitFor(newcomer));
}

void TestAsyncSemaphore::copiesShareThePlaces()
{
    const AsyncSemaphore semaphore(1);
    const AsyncSemaphore copy =
        semaphore; // NOLINT(performance-unnecessary-copy-initialization): the point of it
    const auto permit = QCoro::waitFor(copy.acquire({}));
    VERIFY_RESULT(permit);
    QCOMPARE(semaphore.available(), 0);
}

QTEST_GUILESS_MAIN(TestAsyncSemaphore)
#include "tst_asyncsemaphore.moc"
