// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/enginethread.h"
#include "base/stoppablesleep.h"
#include "base/taskgroup.h"
#include "base/wakeup.h"
#include "base/worker.h"
#include "support/resulttest.h"

#include <QElapsedTimer>
#include <QTest>
#include <QVersionNumber>

#include <thread>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/*
 * The coroutine traps of QCoro 0.12 with GCC 14, each shown and then shown to be handled. The numbers are
 * those of ARCHITECTURE.md "Coroutines". Run under AddressSanitizer this also proves that no frame is used
 * after its end, and under LeakSanitizer that none is left over.
 */

namespace {

//! Counts the frames (or closures) that hold one.
class Alive
{
public:
    explicit Alive(std::shared_ptr<std::atomic<int>> count) : m_count(std::move(count)) { ++*m_count; }
    Alive(const Alive& other) : m_count(other.m_count) { ++*m_count; }
    Alive& operator=(const Alive&) = delete;
    ~Alive() { --*m_count; }

private:
    std::shared_ptr<std::atomic<int>> m_count;
};
using Count = std::shared_ptr<std::atomic<int>>;

Count newCount()
{
    return std::make_shared<std::atomic<int>>(0);
}

Task<Result<void>> waitThenNote(Wakeup wakeup, std::shared_ptr<QStringList> notes, QString note)
{
    co_await wakeup.wait();
    notes->append(note);
    co_return Result<void>();
}

Task<Result<void>> sleepLong(Count count, std::stop_token stop)
{
    const Alive alive(count);
    auto slept = co_await sleepFor(1h, stop);
    co_return slept;
}

//! Suspended several frames deep, with a group of its own on the way.
Task<Result<void>> nest(int depth, Count count, std::stop_token stop)
{
    const Alive alive(count);
    if (depth == 0)
        co_return co_await sleepLong(count, stop);
    TaskGroup group(stop);
    group.spawn([=](std::stop_token inner) { return nest(depth - 1, count, inner); });
    group.spawn([=](std::stop_token inner) { return sleepLong(count, inner); });
    auto done = co_await group.join();
    co_return done;
}

Task<Result<void>> failAfter(Wakeup wakeup, Error::Code code, QString message)
{
    co_await wakeup.wait();
    co_return fail(code, {}, message);
}

Task<Result<void>> succeed()
{
    co_return Result<void>();
}

Task<Result<void>> throwAfter(Wakeup wakeup)
{
    co_await wakeup.wait();
    throw std::runtime_error("out of order");
}

Task<Result<void>> failLateWhenStopped(Count count, std::stop_token stop)
{
    const Alive alive(count);
    static_cast<void>(co_await sleepFor(1h, stop));
    co_return fail(Error::Code::Network, {}, u"line lost because of the stop"_s);
}

struct Holder : std::enable_shared_from_this<Holder>
{
    QString member = u"a value long enough to be on the heap, not to be moved away"_s;

    static Task<Result<QString>> careless(std::shared_ptr<Holder> self) { co_return self->member; }
    static Task<Result<QString>> careful(std::shared_ptr<Holder> self)
    {
        co_return Result<QString>(self->member);
    }
};

} // namespace

class TestTask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Trap 1
    void droppedTaskLivesOn();
    void groupOwnsItsTasksUntilJoined();
    void groupKeepsTheWorkAliveWhileItsTaskRuns();

    // Trap 4
    void stopEndsASleepAtOnce();
    void stopFromAnotherThreadResumesInTheOwnThread();
    void stopUnwindsNestedGroupsFrameByFrame();
    void stopBeforeTheStartIsSeen();

    // Trap 6
    void carefulReturnLeavesTheMemberIntact();

    // Trap 12
    void shutdownDrainsEverySuspendedFrame();

    void wakeupKeepsARaiseThatComesFirst();
    void wakeupNeverResumesInsideOfRaise();
    void workerResultComesBackToTheCallingThread();
    void firstErrorStopsTheOthersAndIsTold();
    void cancelledSiblingDoesNotHideTheCause();
    void stopFromOutsideIsToldAsCancelled();
    void limitBoundsHowManyRunAndKeepsTheOrder();
    void errorDropsWhatHasNotStarted();
    void manyTasksThatEndAtOnceDoNotRecurse();
    void exceptionBecomesAnInternalError();
    void emptyGroupJoinsAtOnce();
    void groupCanBeFilledWhileItIsJoined();
};

void TestTask::droppedTaskLivesOn()
{
    const Wakeup wakeup;
    const auto notes = std::make_shared<QStringList>();
    {
        const auto dropped = waitThenNote(wakeup, notes, u"ran to its end"_s);
        QVERIFY(!dropped.isReady());
    }
    QVERIFY(notes->isEmpty());
    wakeup.raise();
    QTRY_COMPARE(*notes, QStringList{u"ran to its end"_s});
}

void TestTask::groupOwnsItsTasksUntilJoined()
{
    const std::array<Wakeup, 3> wakeups;
    const auto notes = std::make_shared<QStringList>();
    TaskGroup group({});
    for (int i = 0; i < 3; ++i)
        group.spawn([=](std::stop_token) { return waitThenNote(wakeups.at(i), notes, QString::number(i)); });
    auto joined = group.join();
    wakeups[2].raise();
    QTRY_COMPARE(notes->size(), 1);
    QVERIFY(!joined.isReady());
    wakeups[0].raise();
    wakeups[1].raise();
    const auto result = QCoro::waitFor(joined);
    VERIFY_RESULT(result);
    QCOMPARE(*notes, (QStringList{u"2"_s, u"0"_s, u"1"_s}));
}

void TestTask::groupKeepsTheWorkAliveWhileItsTaskRuns()
{
    const Wakeup wakeup;
    const auto closures = newCount();
    const auto notes = std::make_shared<QStringList>();
    TaskGroup group({});
    {
        const Alive inClosure(closures);
        group.spawn(
            [inClosure, wakeup, notes](std::stop_token) { return waitThenNote(wakeup, notes, u"done"_s); });
    }
    QVERIFY(*closures >= 1);
    wakeup.raise();
    VERIFY_RESULT(QCoro::waitFor(group.join()));
    QTRY_COMPARE(closures->load(), 0);
}

void TestTask::stopEndsASleepAtOnce()
{
    std::stop_source source;
    const auto frames = newCount();
    auto sleeping = sleepLong(frames, source.get_token());
    QCOMPARE(frames->load(), 1);
    QElapsedTimer clock;
    clock.start();
    source.request_stop();
    QVERIFY2(!sleeping.isReady(), "nothing may be resumed from inside of request_stop()");
    const auto result = QCoro::waitFor(sleeping);
    COMPARE_ERROR(result, Error::Code::Cancelled);
    QVERIFY(clock.elapsed() < 10'000);
    QCOMPARE(frames->load(), 0);
}

void TestTask::stopFromAnotherThreadResumesInTheOwnThread()
{
    static const auto sleepAndTell = [](std::stop_token stop, QThread** resumedIn) -> Task<Result<void>> {
        auto slept = co_await sleepFor(1h, stop);
        *resumedIn = QThread::currentThread();
        co_return slept;
    };
    for (int round = 0; round < 200; ++round) {
        std::stop_source source;
        QThread* resumedIn = nullptr;
        auto sleeping = sleepAndTell(source.get_token(), &resumedIn);
        std::jthread stopper([source]() mutable { source.request_stop(); });
        const auto result = QCoro::waitFor(sleeping);
        COMPARE_ERROR(result, Error::Code::Cancelled);
        QCOMPARE(resumedIn, QThread::currentThread());
    }
}

void TestTask::stopUnwindsNestedGroupsFrameByFrame()
{
    std::stop_source source;
    const auto frames = newCount();
    auto task = nest(5, frames, source.get_token());
    QCOMPARE(frames->load(), 12); // six frames of nest, six sleepers
    source.request_stop();
    const auto result = QCoro::waitFor(task);
    COMPARE_ERROR(result, Error::Code::Cancelled);
    QCOMPARE(frames->load(), 0);
}

void TestTask::stopBeforeTheStartIsSeen()
{
    std::stop_source source;
    source.request_stop();
    auto task = sleepFor(1h, source.get_token());
    QVERIFY(task.isReady());
    COMPARE_ERROR(QCoro::waitFor(task), Error::Code::Cancelled);

    TaskGroup group(source.get_token());
    bool hasStarted = false;
    group.spawn([&](std::stop_token) {
        hasStarted = true;
        return succeed();
    });
    COMPARE_ERROR(QCoro::waitFor(group.join()), Error::Code::Cancelled);
    QVERIFY(!hasStarted);
}

void TestTask::carefulReturnLeavesTheMemberIntact()
{
    const auto holder = std::make_shared<Holder>();
    const QString value = holder->member;

    const auto first = QCoro::waitFor(Holder::careful(holder));
    const auto second = QCoro::waitFor(Holder::careful(holder));
    VERIFY_RESULT(first);
    VERIFY_RESULT(second);
    QCOMPARE(*first, value);
    QCOMPARE(*second, value);
    QCOMPARE(holder->member, value);

    // The trap itself; a QCoro that has mended it makes the rule superfluous, not wrong.
    static_cast<void>(QCoro::waitFor(Holder::careless(holder)));
    const auto version = QVersionNumber::fromString(QLatin1StringView(QCORO_VERSION));
    if (version < QVersionNumber(0, 13))
        QVERIFY2(holder->member.isEmpty(),
                 "co_return of a member no longer moves it away: tell ARCHITECTURE.md");
}

void TestTask::shutdownDrainsEverySuspendedFrame()
{
    const auto frames = newCount();
    QList<QFuture<Result<void>>> futures;
    {
        EngineThread engine;
        for (int i = 0; i < 20; ++i)
            futures += engine.run([=](std::stop_token stop) { return nest(3, frames, stop); });
        QTRY_COMPARE(frames->load(), 20 * 8);
        engine.shutdown();
        QCOMPARE(frames->load(), 0);
    }
    for (auto& future : futures) {
        QVERIFY(future.isFinished());
        COMPARE_ERROR(future.result(), Error::Code::Cancelled);
    }
}

void TestTask::wakeupKeepsARaiseThatComesFirst()
{
    const Wakeup wakeup;
    wakeup.raise();
    wakeup.raise();
    const auto notes = std::make_shared<QStringList>();
    const auto first = waitThenNote(wakeup, notes, u"first"_s);
    QVERIFY(first.isReady());
    const auto second = waitThenNote(wakeup, notes, u"second"_s);
    QVERIFY2(!second.isReady(), "several raises count as one");
    wakeup.raise();
    QTRY_VERIFY(second.isReady());
}

void TestTask::wakeupNeverResumesInsideOfRaise()
{
    const Wakeup wakeup;
    const auto notes = std::make_shared<QStringList>();
    const auto waiting = waitThenNote(wakeup, notes, u"later"_s);
    wakeup.raise();
    QVERIFY(notes->isEmpty());
    QTRY_VERIFY(waiting.isReady());
}

void TestTask::workerResultComesBackToTheCallingThread()
{
    static const auto work = [](QThread** resumedIn) -> Task<Result<QThread*>> {
        QThread* workedIn = co_await onWorker([] { return QThread::currentThread(); });
        *resumedIn = QThread::currentThread();
        co_return Result<QThread*>(workedIn);
    };
    for (int round = 0; round < 500; ++round) {
        QThread* resumedIn = nullptr;
        const auto workedIn = QCoro::waitFor(work(&resumedIn));
        VERIFY_RESULT(workedIn);
        QVERIFY(*workedIn != QThread::currentThread());
        QCOMPARE(resumedIn, QThread::currentThread());
    }
}

void TestTask::firstErrorStopsTheOthersAndIsTold()
{
    const Wakeup wakeup;
    const auto frames = newCount();
    TaskGroup group({});
    for (int i = 0; i < 5; ++i)
        group.spawn([=](std::stop_token stop) { return sleepLong(frames, stop); });
    group.spawn([=](std::stop_token) { return failAfter(wakeup, Error::Code::Denied, u"the cause"_s); });
    group.spawn([=](std::stop_token stop) { return failLateWhenStopped(frames, stop); });
    wakeup.raise();
    const auto result = QCoro::waitFor(group.join());
    COMPARE_ERROR(result, Error::Code::Denied);
    QCOMPARE(result.error().message, u"the cause"_s);
    QCOMPARE(frames->load(), 0);
    QVERIFY(group.token().stop_requested());
}

void TestTask::cancelledSiblingDoesNotHideTheCause()
{
    const Wakeup wakeup;
    TaskGroup group({});
    const Wakeup other;
    group.spawn([=](std::stop_token) { return failAfter(other, Error::Code::Cancelled, u"cancelled"_s); });
    group.spawn([=](std::stop_token) { return failAfter(wakeup, Error::Code::DiskFull, u"the cause"_s); });
    other.raise();
    QTRY_VERIFY(group.token().stop_requested());
    wakeup.raise();
    COMPARE_ERROR(QCoro::waitFor(group.join()), Error::Code::DiskFull);
}

void TestTask::stopFromOutsideIsToldAsCancelled()
{
    std::stop_source source;
    const auto frames = newCount();
    TaskGroup group(source.get_token());
    group.spawn([=](std::stop_token stop) { return sleepLong(frames, stop); });
    group.spawn([=](std::stop_token stop) { return failLateWhenStopped(frames, stop); });
    source.request_stop();
    COMPARE_ERROR(QCoro::waitFor(group.join()), Error::Code::Cancelled);

    TaskGroup own({});
    own.spawn([=](std::stop_token stop) { return sleepLong(frames, stop); });
    own.requestStop();
    COMPARE_ERROR(QCoro::waitFor(own.join()), Error::Code::Cancelled);
    QCOMPARE(frames->load(), 0);
}

void TestTask::limitBoundsHowManyRunAndKeepsTheOrder()
{
    struct Tally
    {
        int running = 0;
        int most = 0;
        QList<int> order;
    };
    static const auto work = [](std::shared_ptr<Tally> tally, int number) -> Task<Result<void>> {
        tally->order += number;
        tally->most = std::max(tally->most, ++tally->running);
        // Not a worker: that may be done before it is waited for.
        const Wakeup turn;
        QMetaObject::invokeMethod(qApp, [turn] { turn.raise(); }, Qt::QueuedConnection);
        co_await turn.wait();
        --tally->running;
        co_return Result<void>();
    };
    const auto tally = std::make_shared<Tally>();
    TaskGroup group({}, 3);
    for (int i = 0; i < 50; ++i)
        group.spawn([=](std::stop_token) { return work(tally, i); });
    QCOMPARE(tally->running, 3);
    VERIFY_RESULT(QCoro::waitFor(group.join()));
    QCOMPARE(tally->most, 3);
    QCOMPARE(tally->order.size(), 50);
    QVERIFY(std::ranges::is_sorted(tally->order));
}

void TestTask::errorDropsWhatHasNotStarted()
{
    const Wakeup wakeup;
    int started = 0;
    TaskGroup group({}, 1);
    group.spawn([=](std::stop_token) { return failAfter(wakeup, Error::Code::Io, u"the cause"_s); });
    for (int i = 0; i < 10; ++i) {
        group.spawn([&started](std::stop_token) {
            ++started;
            return succeed();
        });
    }
    wakeup.raise();
    COMPARE_ERROR(QCoro::waitFor(group.join()), Error::Code::Io);
    QCOMPARE(started, 0);
}

void TestTask::manyTasksThatEndAtOnceDoNotRecurse()
{
    const Wakeup wakeup;
    const auto notes = std::make_shared<QStringList>();
    int done = 0;
    TaskGroup group({}, 1);
    group.spawn([=](std::stop_token) { return waitThenNote(wakeup, notes, {}); });
    for (int i = 0; i < 200'000; ++i) {
        group.spawn([&done](std::stop_token) {
            ++done;
            return succeed();
        });
    }
    wakeup.raise();
    VERIFY_RESULT(QCoro::waitFor(group.join()));
    QCOMPARE(done, 200'000);
}

void TestTask::exceptionBecomesAnInternalError()
{
    const Wakeup wakeup;
    const auto frames = newCount();
    TaskGroup group({});
    group.spawn([=](std::stop_token) { return throwAfter(wakeup); });
    group.spawn([=](std::stop_token stop) { return sleepLong(frames, stop); });
    wakeup.raise();
    const auto result = QCoro::waitFor(group.join());
    COMPARE_ERROR(result, Error::Code::Internal);
    QVERIFY(result.error().message.contains(u"out of order"_s));
    QCOMPARE(frames->load(), 0);
}

void TestTask::emptyGroupJoinsAtOnce()
{
    TaskGroup group({});
    const auto joined = group.join();
    QVERIFY(joined.isReady());
}

void TestTask::groupCanBeFilledWhileItIsJoined()
{
    const Wakeup wakeup;
    const auto notes = std::make_shared<QStringList>();
    TaskGroup group({});
    group.spawn([&, wakeup, notes](std::stop_token) {
        group.spawn([=](std::stop_token) { return waitThenNote(wakeup, notes, u"inner"_s); });
        return succeed();
    });
    const auto joined = group.join();
    QVERIFY(!joined.isReady());
    wakeup.raise();
    QTRY_VERIFY(joined.isReady());
    QCOMPARE(*notes, QStringList{u"inner"_s});
}

QTEST_GUILESS_MAIN(TestTask)
#include "tst_task.moc"
