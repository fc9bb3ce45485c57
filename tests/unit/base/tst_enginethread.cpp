// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/enginethread.h"
#include "base/stoppablesleep.h"
#include "base/worker.h"
#include "support/resulttest.h"

#include <QTest>

#include <thread>

using namespace Tagboat;
using namespace std::chrono_literals;

namespace {

Task<Result<QThread*>> tellThread(std::stop_token)
{
    co_await onWorker([] { return 0; });
    co_return Result<QThread*>(QThread::currentThread());
}

Task<Result<int>> sleepThenTell(int value, std::stop_token stop)
{
    auto slept = co_await sleepFor(1h, stop);
    if (!slept)
        co_return std::unexpected(std::move(slept.error()));
    co_return value;
}

//! Goes on working after the stop, as a task does that has to tidy up.
Task<Result<int>> tidyUpAfterStop(std::shared_ptr<std::atomic<int>> tidied, std::stop_token stop)
{
    static_cast<void>(co_await sleepFor(1h, stop));
    for (int i = 0; i < 10; ++i)
        co_await onWorker([] { return 0; });
    ++*tidied;
    co_return *tidied;
}

} // namespace

class TestEngineThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tasksRunOnTheEngineThread();
    void resultIsDeliveredInTheThreadOfItsContext();
    void shutdownStopsTasksAndWaitsForThem();
    void cleanUpRunsOnTheThreadAfterAllTasks();
    void afterShutdownNothingIsAccepted();
    void shutdownTwiceIsHarmless();
    void destructorShutsDown();
    void everyFutureFinishesWhenShutdownRacesWithRun();
};

void TestEngineThread::tasksRunOnTheEngineThread()
{
    EngineThread engine;
    auto future = engine.run(tellThread);
    QTRY_VERIFY(future.isFinished());
    const auto result = future.result();
    VERIFY_RESULT(result);
    QCOMPARE(*result, engine.thread());
    QVERIFY(*result != QThread::currentThread());
}

void TestEngineThread::resultIsDeliveredInTheThreadOfItsContext()
{
    EngineThread engine;
    QThread* deliveredIn = nullptr;
    engine.run(tellThread).then(this, [&](const Result<QThread*>&) {
        deliveredIn = QThread::currentThread();
    });
    QTRY_COMPARE(deliveredIn, QThread::currentThread());
}

void TestEngineThread::shutdownStopsTasksAndWaitsForThem()
{
    EngineThread engine;
    const auto tidied = std::make_shared<std::atomic<int>>(0);
    auto sleeping = engine.run([](std::stop_token stop) { return sleepThenTell(1, stop); });
    for (int i = 0; i < 10; ++i)
        engine.run([=](std::stop_token stop) { return tidyUpAfterStop(tidied, stop); });
    engine.shutdown();
    QCOMPARE(tidied->load(), 10);
    QVERIFY(sleeping.isFinished());
    COMPARE_ERROR(sleeping.result(), Error::Code::Cancelled);
    QVERIFY(engine.thread()->isFinished());
}

void TestEngineThread::cleanUpRunsOnTheThreadAfterAllTasks()
{
    EngineThread engine;
    const auto tidied = std::make_shared<std::atomic<int>>(0);
    for (int i = 0; i < 3; ++i)
        engine.run([=](std::stop_token stop) { return tidyUpAfterStop(tidied, stop); });
    int tidiedBefore = -1;
    QThread* cleanedIn = nullptr;
    engine.shutdown([&] {
        tidiedBefore = tidied->load();
        cleanedIn = QThread::currentThread();
    });
    QCOMPARE(tidiedBefore, 3);
    QCOMPARE(cleanedIn, engine.thread());
}

void TestEngineThread::afterShutdownNothingIsAccepted()
{
    EngineThread engine;
    engine.shutdown();
    QVERIFY(engine.token().stop_requested());
    QVERIFY(!engine.post([] { QFAIL("must not run"); }));
    auto future = engine.run([](std::stop_token stop) { return sleepThenTell(1, stop); });
    QVERIFY(future.isFinished());
    COMPARE_ERROR(future.result(), Error::Code::Cancelled);
}

void TestEngineThread::shutdownTwiceIsHarmless()
{
    EngineThread engine;
    int cleanUps = 0;
    engine.shutdown([&] { ++cleanUps; });
    engine.shutdown([&] { ++cleanUps; });
    QCOMPARE(cleanUps, 1);
}

void TestEngineThread::destructorShutsDown()
{
    QFuture<Result<int>> future;
    {
        EngineThread engine;
        future = engine.run([](std::stop_token stop) { return sleepThenTell(1, stop); });
    }
    QVERIFY(future.isFinished());
    COMPARE_ERROR(future.result(), Error::Code::Cancelled);
}

void TestEngineThread::everyFutureFinishesWhenShutdownRacesWithRun()
{
    for (int round = 0; round < 20; ++round) {
        EngineThread engine;
        std::array<QList<QFuture<Result<int>>>, 3> futures;
        {
            std::array<std::jthread, 3> callers;
            for (size_t i = 0; i < callers.size(); ++i) {
                callers.at(i) = std::jthread([&engine, &mine = futures.at(i)] {
                    for (int n = 0; n < 50; ++n)
                        mine += engine.run([n](std::stop_token stop) { return sleepThenTell(n, stop); });
                });
            }
            engine.shutdown();
        }
        for (const auto& mine : futures) {
            for (const auto& future : mine) {
                QVERIFY(future.isFinished());
                COMPARE_ERROR(future.result(), Error::Code::Cancelled);
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestEngineThread)
#include "tst_enginethread.moc"
