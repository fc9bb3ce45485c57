// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "steeredjob.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"
#include "transfer/journal.h"
#include "transfer/queue.h"
#include "troubledreader.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto First = "docker.io/library/first:v1"_L1;
constexpr auto Second = "docker.io/library/second:v1"_L1;

using Ends = CopyEnds;

Task<Result<Ends>> opened(Ends ends)
{
    co_return Result<Ends>(std::move(ends));
}

JobRequest copyRequest(const std::shared_ptr<ContentReader>& reader, const std::shared_ptr<ImageStore>& store,
                       const QString& name)
{
    JobRequest request;
    request.description.kind = JobKind::Pull;
    request.description.image = name;
    request.options = quickOptions();
    request.open = [reader, store, name](const std::stop_token&) {
        return opened({sourceOf(reader, name), {destinationOf(store, {name})}});
    };
    return request;
}

Task<Result<void>> throwing()
{
    throw std::runtime_error("out of cheese");
    co_return Result<void>();
}

} // namespace

class tst_Queue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_changes.clear();
        m_ends.clear();
        begin(2);
    }

    void cleanup()
    {
        if (m_queue)
            QCoro::waitFor(m_queue->shutdown());
        m_queue.reset();
        m_journal.reset();
    }

    void nothingIsToldBeforeAddReturned()
    {
        const auto steered = std::make_shared<Steered>();
        steered->gate->open(); // would be done at once
        const QString id = m_queue->add(requestFor(steered));
        QCOMPARE(steered->runs, 0);
        QVERIFY(m_changes.isEmpty());
        QVERIFY(m_ends.isEmpty());
        QCOMPARE(m_queue->jobs().size(), 1);
        QVERIFY(m_queue->jobs().constFirst().state == JobState::Waiting);
        QVERIFY(m_queue->jobs().constFirst().queuedAt.isValid());
        QTRY_COMPARE(m_ends.size(), 1);
        QCOMPARE(m_ends[0].id, id);
        QVERIFY(m_ends[0].state == JobState::Done);
    }

    void aJobEndsExactlyOnceAndItsStatesComeInOrder()
    {
        const auto steered = std::make_shared<Steered>();
        m_queue->add(requestFor(steered));
        QTRY_VERIFY(steered->isRunning());
        steered->gate->open();
        QTRY_COMPARE(m_ends.size(), 1);
        QTest::qWait(100);
        QCOMPARE(m_ends.size(), 1);
        QList<JobState> states;
        for (const JobSnapshot& change : std::as_const(m_changes)) {
            if (states.isEmpty() || states.constLast() != change.state)
                states.append(change.state);
        }
        QVERIFY(std::ranges::is_sorted(states));
        QVERIFY(states.contains(JobState::Running));
        QVERIFY(states.constLast() == JobState::Done);
        QVERIFY(m_ends[0].startedAt.isValid() && m_ends[0].finishedAt >= m_ends[0].startedAt);
    }

    void noMoreThanTheAllowedNumberRunAtOnce()
    {
        QList<SteeredPtr> jobs;
        for (int i = 0; i < 4; ++i) {
            jobs.append(std::make_shared<Steered>());
            m_queue->add(requestFor(jobs.constLast()));
        }
        QTRY_VERIFY(jobs[0]->isRunning() && jobs[1]->isRunning());
        QTest::qWait(50);
        QVERIFY(jobs[2]->runs == 0 && jobs[3]->runs == 0);
        jobs[1]->gate->open();
        QTRY_VERIFY(jobs[2]->isRunning());
        QCOMPARE(jobs[3]->runs, 0);
        for (const auto& job : std::as_const(jobs))
            job->gate->open();
        QTRY_COMPARE(m_ends.size(), 4);
    }

    void activeJobsComeFirstInOrderThenTheFinishedNewestFirst()
    {
        QList<SteeredPtr> jobs;
        for (int i = 0; i < 4; ++i) {
            jobs.append(std::make_shared<Steered>());
            m_queue->add(requestFor(jobs.constLast(), QString::number(i)));
        }
        jobs[0]->gate->open();
        QTRY_COMPARE(m_ends.size(), 1);
        jobs[1]->gate->open();
        QTRY_COMPARE(m_ends.size(), 2);
        QStringList images;
        const auto snapshots = m_queue->jobs();
        for (const JobSnapshot& job : snapshots)
            images.append(job.image);
        QCOMPARE(images, (QStringList{u"2"_s, u"3"_s, u"1"_s, u"0"_s}));
    }

    void aFailureKeepsItsError()
    {
        const auto steered = std::make_shared<Steered>();
        steered->result = fail(Error::Code::Denied, u"alice/ui"_s, u"requested access is denied"_s);
        steered->gate->open();
        m_queue->add(requestFor(steered));
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].state == JobState::Failed);
        QVERIFY(m_ends[0].error);
        QVERIFY(m_ends[0].error->code == Error::Code::Denied);
    }

    void anExceptionEndsOnlyItsOwnJob()
    {
        JobRequest bad;
        bad.run = [](const Report&, const std::stop_token&) { return throwing(); };
        const auto good = std::make_shared<Steered>();
        m_queue->add(bad);
        m_queue->add(requestFor(good));
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].state == JobState::Failed);
        QVERIFY(m_ends[0].error->code == Error::Code::Internal);
        QVERIFY(m_ends[0].error->message.contains("out of cheese"_L1));
        good->gate->open();
        QTRY_COMPARE(m_ends.size(), 2);
        QVERIFY(m_ends[1].state == JobState::Done);
    }

    void aWaitingJobCanBeCancelledWithoutEverRunning()
    {
        const auto one = std::make_shared<Steered>();
        const auto two = std::make_shared<Steered>();
        const auto three = std::make_shared<Steered>();
        m_queue->add(requestFor(one));
        m_queue->add(requestFor(two));
        const QString id = m_queue->add(requestFor(three));
        QTRY_VERIFY(one->isRunning() && two->isRunning());
        m_queue->cancel(id);
        m_queue->cancel(id);
        QTRY_COMPARE(m_ends.size(), 1);
        QCOMPARE(m_ends[0].id, id);
        QVERIFY(m_ends[0].state == JobState::Cancelled);
        QVERIFY(!m_ends[0].error);
        QCOMPARE(three->runs, 0);
        QVERIFY(one->isRunning() && two->isRunning());
    }

    void aJobCancelledRightAfterItWasAddedEndsOnce()
    {
        const auto steered = std::make_shared<Steered>();
        m_queue->cancel(m_queue->add(requestFor(steered)));
        QTRY_COMPARE(m_ends.size(), 1);
        QTest::qWait(50);
        QCOMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].state == JobState::Cancelled);
        QCOMPARE(steered->runs, 0);
    }

    void aRunningJobIsStopped()
    {
        const auto steered = std::make_shared<Steered>();
        const QString id = m_queue->add(requestFor(steered));
        QTRY_VERIFY(steered->isRunning());
        m_queue->cancel(id);
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].state == JobState::Cancelled);
        m_queue->cancel(id); // over: nothing happens
        m_queue->cancel(u"unknown"_s);
        QTest::qWait(50);
        QCOMPARE(m_ends.size(), 1);
    }

    void aJobThatIsDoneIsDoneEvenWhenTheCancelCameLate()
    {
        const auto steered = std::make_shared<Steered>();
        JobRequest request;
        QString id;
        request.run = [this, &id](const Report&, const std::stop_token&) {
            m_queue->cancel(id);
            return succeed();
        };
        id = m_queue->add(request);
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].state == JobState::Done);
    }

    void cancellingFromASlotIsSafe()
    {
        const auto steered = std::make_shared<Steered>();
        connect(m_queue.get(), &TransferQueue::changed, this, [this](const JobSnapshot& job) {
            if (job.state == JobState::Running)
                m_queue->cancel(job.id);
        });
        m_queue->add(requestFor(steered));
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].state == JobState::Cancelled);
    }

    void aFailedJobCanBeRunAgainAsTheSameJob()
    {
        const auto steered = std::make_shared<Steered>();
        steered->result = fail(Error::Code::Network, u"host"_s, u"lost"_s);
        steered->gate->open();
        const QString id = m_queue->add(requestFor(steered));
        QTRY_COMPARE(m_ends.size(), 1);
        steered->result = {};
        m_queue->retry(id);
        QTRY_COMPARE(m_ends.size(), 2);
        QCOMPARE(m_ends[1].id, id);
        QVERIFY(m_ends[1].state == JobState::Done);
        QVERIFY(!m_ends[1].error);
        QCOMPARE(steered->runs, 2);
        QCOMPARE(m_queue->jobs().size(), 1);
        m_queue->retry(id); // done is done
        QTest::qWait(50);
        QCOMPARE(steered->runs, 2);
    }

    void aCancelledJobCanBeRunAgain()
    {
        const auto steered = std::make_shared<Steered>();
        const QString id = m_queue->add(requestFor(steered));
        QTRY_VERIFY(steered->isRunning());
        m_queue->cancel(id);
        QTRY_COMPARE(m_ends.size(), 1);
        m_queue->retry(id);
        QTRY_VERIFY(steered->isRunning());
        steered->gate->open();
        QTRY_COMPARE(m_ends.size(), 2);
        QVERIFY(m_ends[1].state == JobState::Done);
    }

    void progressIsToldAtMostTwentyTimesASecondButTheLastIsNeverLost()
    {
        const auto steered = std::make_shared<Steered>();
        m_queue->add(requestFor(steered));
        QTRY_VERIFY(steered->isRunning());
        QTest::qWait(100);
        m_changes.clear();
        QElapsedTimer timer;
        timer.start();
        qint64 done = 0;
        while (timer.elapsed() < 500) {
            for (int i = 0; i < 100; ++i)
                steered->report(++done, 1'000'000'000, u"layer.tar"_s);
            QCoreApplication::processEvents();
        }
        const auto elapsed = timer.elapsed();
        QVERIFY2(m_changes.size() <= elapsed / 50 + 2, qPrintable(QString::number(m_changes.size())));
        QVERIFY(m_changes.size() >= 5);
        QTRY_COMPARE(m_changes.constLast().bytesDone, done);
        QCOMPARE(m_changes.constLast().detail, u"layer.tar"_s);
        QVERIFY(m_changes.constLast().bytesPerSecond > 0);
    }

    void stateChangesAreToldAtOnce()
    {
        const auto steered = std::make_shared<Steered>();
        m_queue->add(requestFor(steered));
        QTRY_VERIFY(steered->isRunning());
        // Preparing and Running fall into one interval of the throttle, and both were told.
        QList<JobState> states;
        for (const JobSnapshot& change : std::as_const(m_changes))
            states.append(change.state);
        QVERIFY(states.contains(JobState::Preparing));
        QVERIFY(states.contains(JobState::Running));
    }

    void aStalledJobIsSeenToStall()
    {
        const auto steered = std::make_shared<Steered>();
        m_queue->add(requestFor(steered));
        QTRY_VERIFY(steered->isRunning());
        for (int i = 1; i <= 20; ++i) {
            steered->report(i * 1000, 1'000'000, {});
            QTest::qWait(10);
        }
        QTRY_VERIFY(m_changes.constLast().bytesPerSecond > 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_changes.constLast().bytesPerSecond, 0.0, 10'000);
    }

    void finishedJobsCanBeForgotten()
    {
        const auto done = std::make_shared<Steered>();
        const auto running = std::make_shared<Steered>();
        done->gate->open();
        const QString id = m_queue->add(requestFor(done));
        const QString other = m_queue->add(requestFor(running));
        QTRY_COMPARE(m_ends.size(), 1);
        QSignalSpy removed(m_queue.get(), &TransferQueue::removed);
        m_queue->clearFinished();
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.constFirst().constFirst().toString(), id);
        QCOMPARE(m_queue->jobs().size(), 1);
        QCOMPARE(m_queue->jobs().constFirst().id, other);
        QCOMPARE(m_journal->jobs()->size(), 1);
    }

    void shutdownInterruptsAllAndWaits()
    {
        QList<SteeredPtr> jobs;
        for (int i = 0; i < 3; ++i) {
            jobs.append(std::make_shared<Steered>());
            m_queue->add(requestFor(jobs.constLast()));
        }
        QTRY_VERIFY(jobs[1]->isRunning());
        QCoro::waitFor(m_queue->shutdown());
        QCOMPARE(m_ends.size(), 3);
        for (const JobSnapshot& end : std::as_const(m_ends))
            QVERIFY(end.state == JobState::Interrupted);
        QVERIFY(!jobs[0]->isRunning() && !jobs[1]->isRunning());
        QCOMPARE(jobs[2]->runs, 0);
        QCoro::waitFor(m_queue->shutdown()); // again does no harm
    }

    void whatIsAddedAfterShutdownDoesNotRun()
    {
        QCoro::waitFor(m_queue->shutdown());
        const auto steered = std::make_shared<Steered>();
        m_queue->add(requestFor(steered));
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].state == JobState::Interrupted);
        QCOMPARE(steered->runs, 0);
    }

    void historyComesBackAfterARestart()
    {
        const auto done = std::make_shared<Steered>();
        done->gate->open();
        m_queue->add(requestFor(done, u"done"_s));
        QTRY_COMPARE(m_ends.size(), 1);
        const auto cut = std::make_shared<Steered>();
        const QString id = m_queue->add(requestFor(cut, u"cut"_s));
        QTRY_VERIFY(cut->isRunning());
        QCoro::waitFor(m_queue->shutdown());
        m_journal.reset();
        begin(2);
        const auto jobs = m_queue->jobs();
        QCOMPARE(jobs.size(), 2);
        QCOMPARE(jobs[0].image, u"cut"_s);
        QVERIFY(jobs[0].state == JobState::Interrupted);
        QVERIFY(jobs[1].state == JobState::Done);
        m_queue->retry(id); // nobody knows any more how
        QTest::qWait(50);
        QVERIFY(m_queue->jobs()[0].state == JobState::Interrupted);
    }

    void aQueueWithoutAJournalWorks()
    {
        cleanup();
        m_queue = std::make_unique<TransferQueue>(nullptr);
        listen();
        const auto steered = std::make_shared<Steered>();
        steered->gate->open();
        m_queue->add(requestFor(steered));
        QTRY_COMPARE(m_ends.size(), 1);
        m_queue->clearFinished();
        QVERIFY(m_queue->jobs().isEmpty());
    }

    void aRealCopyFillsThePictureAndTheJournal()
    {
        const auto store = openStore(m_folder->filePath(u"images"_s));
        RandomImageOptions options;
        options.sharedLayers = 1;
        const RandomImage first = randomImage(1, options);
        const RandomImage second = randomImage(2, options);
        m_queue->add(copyRequest(first.reader({First}), store, First));
        QTRY_COMPARE(m_ends.size(), 1);
        m_queue->add(copyRequest(second.reader({Second}), store, Second));
        QTRY_COMPARE(m_ends.size(), 2);

        const JobSnapshot job = m_ends[1];
        QVERIFY2(job.state == JobState::Done, job.error ? qPrintable(job.error->toString()) : "");
        QCOMPARE(job.layers.size(), 4);
        QCOMPARE(job.layersPresent, 1);
        QCOMPARE(job.layersMoved, 2);
        QCOMPARE(job.bytesDone, job.bytesTotal);
        QVERIFY(job.bytesTotal > 0);
        QCOMPARE(job.rootDigest, second.target.digest);
        QCOMPARE(job.tags, QStringList{Second});
        QCOMPARE(checkImage(store->reader(), Second), QStringList());

        const auto moves = m_journal->tagHistory(Second);
        VERIFY_RESULT(moves);
        QVERIFY(moves->isEmpty()); // it is about tags of registries
        QCOMPARE(m_journal->jobs()->size(), 2);
    }

    void twoJobsMoveASharedLayerOnce()
    {
        const auto store = openStore(m_folder->filePath(u"images"_s));
        RandomImageOptions options;
        options.sharedLayers = 2;
        options.isCompressible = false;
        const RandomImage first = randomImage(1, options);
        const RandomImage second = randomImage(2, options);
        const auto one = std::make_shared<TroubledReader>(first.reader({First}));
        const auto two = std::make_shared<TroubledReader>(second.reader({Second}));
        m_queue->add(copyRequest(one, store, First));
        m_queue->add(copyRequest(two, store, Second));
        QTRY_COMPARE(m_ends.size(), 2);
        int shared = 0;
        for (const RandomBlob& blob : first.blobs) {
            const Digest& digest = blob.descriptor.digest;
            const int opened = one->trouble().opened.value(digest) + two->trouble().opened.value(digest);
            QCOMPARE(opened, 1);
            shared += std::ranges::any_of(second.blobs, [&digest](const RandomBlob& other) {
                return other.descriptor.digest == digest;
            });
        }
        QCOMPARE(shared, 2);
        QCOMPARE(checkImage(store->reader(), First), QStringList());
        QCOMPARE(checkImage(store->reader(), Second), QStringList());
    }

    void endsThatCannotBeOpenedFailTheJob()
    {
        JobRequest request;
        request.open = [](const std::stop_token&) { return notOpened(); };
        m_queue->add(request);
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].state == JobState::Failed);
        QVERIFY(m_ends[0].error->code == Error::Code::Unauthorized);
    }

private:
    static Task<Result<void>> succeed() { co_return Result<void>(); }
    static Task<Result<Ends>> notOpened()
    {
        co_return fail(Error::Code::Unauthorized, u"localhost"_s, u"log in first"_s);
    }

    void begin(int parallelJobs)
    {
        m_queue.reset();
        auto journal = Journal::open(m_folder->filePath(u"tagboat.db"_s));
        QVERIFY(journal);
        m_journal = std::move(*journal);
        m_queue = std::make_unique<TransferQueue>(m_journal, parallelJobs);
        listen();
    }

    void listen()
    {
        connect(m_queue.get(), &TransferQueue::changed, this,
                [this](const JobSnapshot& job) { m_changes.append(job); });
        connect(m_queue.get(), &TransferQueue::finished, this,
                [this](const JobSnapshot& job) { m_ends.append(job); });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Journal> m_journal;
    std::unique_ptr<TransferQueue> m_queue;
    QList<JobSnapshot> m_changes, m_ends;
};

QTEST_GUILESS_MAIN(tst_Queue)
#include "tst_queue.moc"
