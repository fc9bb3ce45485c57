// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "steeredjob.h"
#include "support/randomimage/randomimage.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"
#include "transfer/journal.h"
#include "transfer/queue.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto Name = "docker.io/library/sample:v1"_L1;

using Ends = CopyEnds;

Task<Result<Ends>> opened(Ends ends)
{
    co_return Result<Ends>(std::move(ends));
}

} // namespace

//! Jobs that are paused, moved, held up by their line, or go on in another run.
class tst_QueueControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        begin(1);
    }

    void cleanup()
    {
        QCoro::waitFor(m_queue->shutdown());
        m_queue.reset();
        m_journal.reset();
    }

    void aPausedJobStopsAndGoesOnAtItsPlace()
    {
        const auto one = std::make_shared<Steered>();
        const auto two = std::make_shared<Steered>();
        const QString first = m_queue->add(requestFor(one));
        m_queue->add(requestFor(two));
        QTRY_VERIFY(one->isRunning());
        m_queue->pause(first);
        QTRY_VERIFY(stateOf(first) == JobState::Paused);
        QTRY_VERIFY(two->isRunning()); // its place is somebody else's meanwhile
        QVERIFY(m_ends.isEmpty());
        QCOMPARE(m_queue->jobs().constFirst().id, first);
        m_queue->resume(first);
        QVERIFY(stateOf(first) == JobState::Waiting);
        two->gate->open();
        QTRY_VERIFY(one->isRunning());
        QCOMPARE(one->runs, 2);
        one->gate->open();
        QTRY_COMPARE(m_ends.size(), 2);
        QVERIFY(m_ends[1].id == first && m_ends[1].state == JobState::Done);
    }

    void aWaitingJobIsPausedAtOnceAndNeverStarts()
    {
        const auto one = std::make_shared<Steered>();
        const auto two = std::make_shared<Steered>();
        m_queue->add(requestFor(one));
        const QString second = m_queue->add(requestFor(two));
        m_queue->pause(second);
        QVERIFY(stateOf(second) == JobState::Paused);
        QTRY_VERIFY(one->isRunning());
        one->gate->open();
        QTRY_COMPARE(m_ends.size(), 1);
        QCOMPARE(two->runs, 0);
        m_queue->cancel(second);
        QTRY_COMPARE(m_ends.size(), 2);
        QVERIFY(m_ends[1].state == JobState::Cancelled);
    }

    void aPauseKeepsTheRestForTheNextRun()
    {
        QCoro::waitFor(m_queue->shutdown());
        const QString id = m_queue->add(requestFor(std::make_shared<Steered>()));
        m_queue->pause(id); // too late: nothing runs any more
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].state == JobState::Interrupted);
    }

    void jobsRunInTheOrderTheyWereMovedTo()
    {
        QList<SteeredPtr> jobs;
        QStringList ids;
        for (int i = 0; i < 4; ++i) {
            jobs.append(std::make_shared<Steered>());
            ids.append(m_queue->add(requestFor(jobs.constLast(), QString::number(i))));
        }
        QTRY_VERIFY(jobs[0]->isRunning());
        m_queue->move(ids[3], 1);
        m_queue->move(ids[1], 99);
        QStringList order;
        const auto snapshots = m_queue->jobs();
        for (const JobSnapshot& job : snapshots) {
            QCOMPARE(job.position, order.size());
            order.append(job.image);
        }
        QCOMPARE(order, (QStringList{u"0"_s, u"3"_s, u"2"_s, u"1"_s}));
        jobs[0]->gate->open();
        QTRY_VERIFY(jobs[3]->isRunning());
        QCOMPARE(m_ends[0].position, -1);
        QCOMPARE(jobs[2]->runs, 0);
    }

    void aJobWhoseLineIsDownHoldsUpNoOther()
    {
        const auto there = openStore(m_folder->filePath(u"there"_s));
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(QCoro::waitFor(planAndCopy(sourceOf(image.reader({Name}), Name),
                                                 destinationOf(there, {Name}), quickOptions(), {}, {})));
        const auto reader = std::make_shared<TroubledReader>(there->reader());
        const auto here = openStore(m_folder->filePath(u"here"_s));
        auto pause = std::make_shared<Gate>();
        JobRequest stuck;
        RetryPolicy policy = RetryPolicy::standard(5);
        policy.pause = [pause](std::chrono::milliseconds, std::stop_token stop) {
            return Gate::pass(pause, std::move(stop));
        };
        stuck.options.retry = std::make_shared<const RetryPolicy>(policy);
        stuck.open = [reader, here](const std::stop_token&) {
            return opened({sourceOf(reader, Name), {destinationOf(here, {Name})}});
        };
        connect(m_queue.get(), &TransferQueue::changed, this,
                [reader, hasBroken = false](const JobSnapshot& job) mutable {
                    if (job.state == JobState::Running && !job.layers.isEmpty()
                        && !std::exchange(hasBroken, true))
                        reader->trouble().failuresToOpen = 1000; // once it is planned
                });
        const auto other = std::make_shared<Steered>();
        const QString id = m_queue->add(stuck);
        m_queue->add(requestFor(other));
        QTRY_VERIFY(other->isRunning());
        // The last of its layers may still be about to fail.
        QTRY_VERIFY(jobOf(id).trouble);
        const JobSnapshot waiting = jobOf(id);
        QVERIFY(waiting.state == JobState::Running);
        QVERIFY(waiting.trouble->code == Error::Code::Network);
        QVERIFY(waiting.nextTry.isValid());
        reader->trouble().failuresToOpen = 0;
        pause->open(); // the line is back
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].id == id && m_ends[0].state == JobState::Done);
        QVERIFY(!m_ends[0].trouble);
        other->gate->open();
        QTRY_COMPARE(m_ends.size(), 2);
    }

    void workThatWaitsForItsLineHoldsUpNoOther()
    {
        const auto stuck = std::make_shared<Steered>();
        JobRequest request = requestFor(stuck);
        request.terms = std::make_shared<WorkTerms>();
        const QString id = m_queue->add(request);
        const auto other = std::make_shared<Steered>();
        m_queue->add(requestFor(other));
        QTRY_VERIFY(stuck->isRunning());
        QVERIFY(!other->isRunning());
        QCOMPARE(request.terms->rank(), 0);
        QVERIFY(!request.terms->limits.isEmpty());
        request.terms->stalled(Error::make(Error::Code::Network, u"host"_s, u"gone"_s), 30s);
        QTRY_VERIFY(other->isRunning());
        const JobSnapshot waiting = jobOf(id);
        QVERIFY(waiting.state == JobState::Running);
        QVERIFY(waiting.trouble->code == Error::Code::Network);
        const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(waiting.nextTry);
        QVERIFY(left > 0 && left <= 30'000);
        request.terms->stalled(std::nullopt, {});
        QVERIFY(!jobOf(id).trouble);
        QVERIFY(!jobOf(id).nextTry.isValid());
        stuck->gate->open();
        other->gate->open();
        QTRY_COMPARE(m_ends.size(), 2);
    }

    void anInterruptedJobGoesOnInTheNextRun()
    {
        const auto cut = std::make_shared<Steered>();
        JobRequest request = requestFor(cut, u"cut"_s);
        request.description.recipe = {{u"what"_s, u"cut"_s}};
        const QString id = m_queue->add(request);
        m_queue->add(requestFor(std::make_shared<Steered>(), u"without a recipe"_s));
        QTRY_VERIFY(cut->isRunning());
        QCoro::waitFor(m_queue->shutdown());
        m_queue.reset();
        m_journal.reset();
        begin(1);
        const auto again = std::make_shared<Steered>();
        m_queue->setRemake([&again](const JobSnapshot& job) -> Result<JobRequest> {
            if (job.recipe[u"what"] != "cut"_L1)
                return fail(Error::Code::Unsupported, job.image, u"what is that?"_s);
            return requestFor(again, job.image);
        });
        QVERIFY(jobOf(id).state == JobState::Interrupted);
        QVERIFY(jobOf(id).isRepeatable);
        int repeatable = 0;
        const auto jobs = m_queue->jobs();
        for (const JobSnapshot& job : jobs)
            repeatable += job.isRepeatable;
        QCOMPARE(repeatable, 1);
        m_queue->retry(id);
        QTRY_VERIFY(again->isRunning());
        again->gate->open();
        QTRY_COMPARE(m_ends.size(), 1);
        QCOMPARE(m_ends[0].id, id);
        QVERIFY(m_ends[0].state == JobState::Done);
        QCOMPARE(m_journal->jobs()->size(), 2); // the same job, not another
    }

    void aJobThatCannotBeMadeAnewSaysWhy()
    {
        const auto cut = std::make_shared<Steered>();
        JobRequest request = requestFor(cut);
        request.description.recipe = {{u"what"_s, u"of a later version"_s}};
        const QString id = m_queue->add(request);
        QTRY_VERIFY(cut->isRunning());
        QCoro::waitFor(m_queue->shutdown());
        m_queue.reset();
        m_journal.reset();
        begin(1);
        m_queue->setRemake([](const JobSnapshot& job) -> Result<JobRequest> {
            return fail(Error::Code::Unsupported, job.image, u"what is that?"_s);
        });
        m_queue->retry(id);
        QVERIFY(jobOf(id).state == JobState::Failed);
        QVERIFY(jobOf(id).error->code == Error::Code::Unsupported);
    }

    void aRateHoldsForAllJobs()
    {
        const auto there = openStore(m_folder->filePath(u"there"_s));
        RandomImageOptions options;
        options.layerSizes = {200'000, 100'000};
        options.isCompressible = false;
        const RandomImage image = randomImage(1, options);
        VERIFY_RESULT(QCoro::waitFor(planAndCopy(sourceOf(image.reader({Name}), Name),
                                                 destinationOf(there, {Name}), quickOptions(), {}, {})));
        const auto here = openStore(m_folder->filePath(u"here"_s));
        JobRequest request;
        request.options = quickOptions();
        request.open = [there, here](const std::stop_token&) {
            return opened({sourceOf(there->reader(), Name), {destinationOf(here, {Name})}});
        };
        m_queue->setRate(400'000);
        QElapsedTimer timer;
        timer.start();
        m_queue->add(request);
        QTRY_COMPARE_WITH_TIMEOUT(m_ends.size(), 1, 30'000);
        QVERIFY(m_ends[0].state == JobState::Done);
        QVERIFY2(timer.elapsed() > 500,
                 qPrintable(QString::number(timer.elapsed()))); // 300 kB, 100 of them free
    }

private:
    void begin(int parallel)
    {
        m_changes.clear();
        m_ends.clear();
        auto journal = Journal::open(m_folder->filePath(u"tagboat.db"_s));
        VERIFY_RESULT(journal);
        m_journal = std::move(*journal);
        m_queue = std::make_unique<TransferQueue>(m_journal, parallel);
        connect(m_queue.get(), &TransferQueue::changed, this,
                [this](const JobSnapshot& job) { m_changes.append(job); });
        connect(m_queue.get(), &TransferQueue::finished, this,
                [this](const JobSnapshot& job) { m_ends.append(job); });
    }

    [[nodiscard]] JobSnapshot jobOf(const QString& id) const
    {
        const auto jobs = m_queue->jobs();
        for (const JobSnapshot& job : jobs) {
            if (job.id == id)
                return job;
        }
        return {};
    }
    [[nodiscard]] JobState stateOf(const QString& id) const { return jobOf(id).state; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Journal> m_journal;
    std::unique_ptr<TransferQueue> m_queue;
    QList<JobSnapshot> m_changes, m_ends;
};

QTEST_GUILESS_MAIN(tst_QueueControl)
#include "tst_queuecontrol.moc"
