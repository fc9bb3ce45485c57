// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"
#include "transfer/jobjson.h"
#include "transfer/jobprogress.h"
#include "transfer/journal.h"
#include "transfer/plansequence.h"
#include "transfer/queue.h"
#include "troubledreader.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace std::chrono_literals;

namespace {

constexpr auto Name = "docker.io/alice/ui:v1"_L1;

PlannedBlob plannedBlob(const char* text, qint64 size, PlannedBlob::Action action)
{
    PlannedBlob blob;
    blob.descriptor.digest = Digest::ofBytes(QByteArrayView(text));
    blob.descriptor.size = size;
    blob.action = action;
    return blob;
}

Plan samplePlan()
{
    Plan plan;
    plan.root.digest = Digest::ofBytes("root");
    plan.blobs = {plannedBlob("base", 1000, PlannedBlob::Action::Transfer),
                  plannedBlob("top", 4000, PlannedBlob::Action::Transfer)};
    return plan;
}

JobTarget targetAt(const QString& registry, const QString& repository)
{
    JobTarget target;
    target.registry = registry;
    target.repository = repository;
    target.to = registry + u'/' + repository;
    target.tags = {u"v1"_s};
    return target;
}

//! Two repositories of one registry, and one elsewhere.
JobSnapshot threeTargets()
{
    JobSnapshot job;
    job.kind = JobKind::Push;
    job.image = u"alice/ui:v1"_s;
    job.targets = {targetAt(u"one:5000"_s, u"a"_s), targetAt(u"one:5000"_s, u"b"_s),
                   targetAt(u"two:5000"_s, u"a"_s)};
    return job;
}

const Digest Base = Digest::ofBytes("base");
const Digest Top = Digest::ofBytes("top");

} // namespace

//! One job that goes to several places.
class tst_JobTargets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_progress = std::make_unique<JobProgress>(threeTargets());
        m_progress->enter(JobState::Preparing);
        m_folder = std::make_unique<QTemporaryDir>();
        m_ends.clear();
    }

    void cleanup()
    {
        if (m_queue)
            QCoro::waitFor(m_queue->shutdown());
        m_queue.reset();
        m_journal.reset();
    }

    void whatARegistryGetsOnceIsCountedOnce()
    {
        begin();
        QCOMPARE(m_progress->snapshot().bytesTotal, 10'000); // two registries
        QCOMPARE(totalsOf(m_progress->snapshot()), (QList<qint64>{5000, 0, 5000}));
        // The second carries what the first then takes over.
        m_progress->target(1).blobChanged(Top, BlobState::Running, 1000);
        QCOMPARE(m_progress->snapshot().bytesTotal, 10'000);
        QCOMPARE(totalsOf(m_progress->snapshot()), (QList<qint64>{1000, 4000, 5000}));
        m_progress->target(1).blobChanged(Top, BlobState::Done, 4000);
        m_progress->target(0).blobChanged(Top, BlobState::Mounted, 0);
        JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.bytesTotal, 10'000);
        QCOMPARE(job.bytesDone, 4000);
        QCOMPARE(job.layersMounted, 1);
        QCOMPARE(totalsOf(job), (QList<qint64>{1000, 4000, 5000}));
        // A registry that mounts nothing gets it twice after all.
        m_progress->target(0).blobChanged(Base, BlobState::Done, 1000);
        m_progress->target(1).blobChanged(Base, BlobState::Running, 0);
        QCOMPARE(m_progress->snapshot().bytesTotal, 11'000);
    }

    void whatFailedSendsNothingThatOthersWaitFor()
    {
        begin();
        m_progress->target(0).end(JobState::Failed, Error::make(Error::Code::Denied, {}, u"no"_s));
        QCOMPARE(totalsOf(m_progress->snapshot()), (QList<qint64>{0, 5000, 5000}));
    }

    void rowsTellWhoseTheyAre()
    {
        begin();
        m_progress->target(2).blobChanged(Top, BlobState::Running, 7);
        const JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.layers.size(), 6);
        QCOMPARE(job.layers[0].target, 0);
        QCOMPARE(job.layers[5].target, 2);
        QCOMPARE(job.layers[5].bytesDone, 7);
        QCOMPARE(job.layers[1].bytesDone, 0);
        const JobSnapshot alone = job.only(2);
        QCOMPARE(alone.layers.size(), 2);
        QCOMPARE(alone.registry, u"two:5000"_s);
        QCOMPARE(alone.bytesDone, 7);
        QVERIFY(alone.targets.isEmpty());
    }

    void theJobRunsWithItsFirstTargetAndFinishesWithItsLast()
    {
        int told = 0;
        m_progress->onStateChange = [&told] { ++told; };
        for (int i = 0; i < 3; ++i)
            m_progress->target(i).enter(JobState::Preparing);
        QVERIFY(m_progress->state() == JobState::Preparing);
        m_progress->target(1).enter(JobState::Running);
        QVERIFY(m_progress->state() == JobState::Running);
        m_progress->target(0).end(JobState::Failed, Error::make(Error::Code::Denied, {}, u"no"_s));
        m_progress->target(1).finishing();
        QVERIFY(m_progress->state() == JobState::Running); // the third is still asking
        m_progress->target(2).finishing();
        QVERIFY(m_progress->state() == JobState::Finishing);
        m_progress->target(1).end(JobState::Done, std::nullopt);
        m_progress->target(2).end(JobState::Done, std::nullopt);
        QVERIFY(m_progress->state() == JobState::Finishing); // its end is the queue's to tell
        QCOMPARE(told, 9);
    }

    void aJobIsStalledOnlyWhereNothingMoves()
    {
        begin();
        Error error = Error::make(Error::Code::Network, u"two:5000"_s, u"refused"_s);
        m_progress->target(0).blobChanged(Top, BlobState::Running, 1);
        m_progress->target(2).retrying(Top, error, 1, 1s);
        QVERIFY(!m_progress->isStalled());
        QVERIFY(m_progress->snapshot().targets[2].trouble);
        QVERIFY(!m_progress->snapshot().trouble);
        m_progress->target(0).blobChanged(Top, BlobState::Done, 4000);
        QVERIFY(m_progress->isStalled());
        QCOMPARE(m_progress->troubledRegistries(), QStringList{u"two:5000"_s});
        QCOMPARE(m_progress->registries(), (QStringList{u"one:5000"_s, u"two:5000"_s}));
        QCOMPARE(m_progress->snapshot().trouble->subject, u"two:5000"_s);
    }

    void whatIsDoneStaysSoOverAPauseAndAnotherRun()
    {
        begin();
        m_progress->target(0).blobChanged(Top, BlobState::Done, 4000);
        m_progress->target(0).end(JobState::Done, std::nullopt);
        m_progress->target(1).end(JobState::Failed, Error::make(Error::Code::Denied, {}, u"no"_s));
        m_progress->pause();
        JobSnapshot job = m_progress->snapshot();
        QCOMPARE(statesOf(job), (QStringList{u"Done"_s, u"Failed"_s, u"Paused"_s}));
        m_progress->restart();
        job = m_progress->snapshot();
        QCOMPARE(statesOf(job), (QStringList{u"Done"_s, u"Waiting"_s, u"Waiting"_s}));
        QVERIFY(!job.targets[1].error);
        QCOMPARE(job.targets[0].bytesDone, 4000);
        QVERIFY(m_progress->target(0).isDoneWith(samplePlan().root.digest));
        QVERIFY(!m_progress->target(0).isDoneWith(Base)); // the image is another by now
        QVERIFY(!m_progress->target(1).isDoneWith(samplePlan().root.digest));
        m_progress->end(JobState::Cancelled, std::nullopt);
        QCOMPARE(statesOf(m_progress->snapshot()), (QStringList{u"Done"_s, u"Cancelled"_s, u"Cancelled"_s}));
    }

    void targetsSurviveJsonAndOneAloneIsWrittenAsEver()
    {
        begin();
        m_progress->target(1).blobChanged(Top, BlobState::Running, 100);
        m_progress->target(1).end(JobState::Failed, Error::make(Error::Code::Denied, u"b"_s, u"no"_s));
        JobSnapshot job = m_progress->snapshot();
        const JobSnapshot again = jobFromJson(toJson(job));
        QCOMPARE(toJson(again), toJson(job));
        QCOMPARE(again.targets.size(), 3);
        QCOMPARE(again.targets[1].to, u"one:5000/b"_s);
        QVERIFY(again.targets[1].error && again.targets[1].error->code == Error::Code::Denied);
        QCOMPARE(again.layers[3].target, 1);
        const QJsonObject alone = toJson(job.only(1));
        QVERIFY(!alone.contains("targets"_L1));
        QVERIFY(!alone["layers"_L1][0].toObject().contains("target"_L1));
        job.interrupt();
        QCOMPARE(statesOf(job), (QStringList{u"Interrupted"_s, u"Failed"_s, u"Interrupted"_s}));
    }

    void plansOfOneJobForeseeWhatIsTakenOver()
    {
        PlanSequence plans;
        const Plan first = plans.add(u"one:5000"_s, u"a"_s, samplePlan());
        const Plan second = plans.add(u"one:5000"_s, u"b"_s, samplePlan());
        const Plan elsewhere = plans.add(u"two:5000"_s, u"b"_s, samplePlan());
        QCOMPARE(first.bytesToTransfer(), 5000);
        QCOMPARE(second.bytesToTransfer(), 0);
        QCOMPARE(second.blobs[0].mountFrom, u"a"_s);
        QCOMPARE(elsewhere.bytesToTransfer(), 5000);
    }

    void oneSourceFillsSeveralPlacesAndIsWalkedOnce()
    {
        open();
        const auto reader = std::make_shared<TroubledReader>(m_image.reader({Name}));
        const QString id = m_queue->add(requestTo(reader, {store(u"one"_s), store(u"two"_s)}));
        QTRY_COMPARE(m_ends.size(), 1);
        QCOMPARE(m_ends[0].id, id);
        QVERIFY2(m_ends[0].state == JobState::Done,
                 m_ends[0].error ? qPrintable(m_ends[0].error->toString()) : "");
        QCOMPARE(statesOf(m_ends[0]), (QStringList{u"Done"_s, u"Done"_s}));
        QCOMPARE(m_ends[0].targets[1].rootDigest, m_image.target.digest);
        QCOMPARE(m_ends[0].targets[1].bytesDone, m_ends[0].targets[1].bytesTotal);
        for (const QString& name : {u"one"_s, u"two"_s})
            QCOMPARE(checkImage(openStore(m_folder->filePath(name))->reader(), Name), QStringList());
        for (const RandomBlob& blob : m_image.blobs) {
            // Configs are read by the walk and kept.
            const int opened = reader->trouble().opened.value(blob.descriptor.digest);
            QCOMPARE(opened, blob.diffId.isNull() ? 1 : 2);
        }
    }

    void oneThatFailsStopsNoneOfTheOthersAndAnotherRunDoesTheRest()
    {
        open();
        const auto reader = std::make_shared<TroubledReader>(m_image.reader({Name}));
        const auto two = std::make_shared<Result<CopyDestination>>(
            fail(Error::Code::Unauthorized, u"two"_s, u"log in first"_s));
        JobRequest request = requestTo(reader, {store(u"one"_s), two, store(u"three"_s)});
        const QString id = m_queue->add(request);
        QTRY_COMPARE(m_ends.size(), 1);
        QCOMPARE(statesOf(m_ends[0]), (QStringList{u"Done"_s, u"Failed"_s, u"Done"_s}));
        QVERIFY(m_ends[0].state == JobState::Failed);
        QVERIFY(m_ends[0].error->code == Error::Code::Unauthorized);
        QCOMPARE(m_ends[0].error->subject, u"place 1"_s);
        QVERIFY(m_ends[0].error->message.contains(u"1 of 3"_s));
        QVERIFY(m_ends[0].error->message.contains(u"it is at place 0, place 2"_s));
        QVERIFY(m_ends[0].targets[1].error->message == u"log in first"_s);
        QCOMPARE(m_journal->jobs()->constFirst().targets.size(), 3);

        *two = *store(u"two"_s);
        const auto opened = reader->trouble().opened;
        m_queue->retry(id);
        QTRY_COMPARE(m_ends.size(), 2);
        QCOMPARE(statesOf(m_ends[1]), (QStringList{u"Done"_s, u"Done"_s, u"Done"_s}));
        QVERIFY(m_ends[1].state == JobState::Done && !m_ends[1].error);
        for (const RandomBlob& blob : m_image.blobs) {
            const Digest& digest = blob.descriptor.digest;
            QCOMPARE(reader->trouble().opened.value(digest) - opened.value(digest), 1);
        }
    }

    void aJobOfAnEarlierRunGoesToTheRestOnly()
    {
        const auto reader = std::make_shared<TroubledReader>(m_image.reader({Name}));
        const auto two = std::make_shared<Result<CopyDestination>>(
            fail(Error::Code::Unauthorized, u"two"_s, u"log in first"_s));
        open();
        JobRequest request = requestTo(reader, {store(u"one"_s), two});
        request.description.recipe = {{u"what"_s, u"test"_s}};
        const QString id = m_queue->add(request);
        QTRY_COMPARE(m_ends.size(), 1);
        cleanup();

        open();
        *two = *store(u"two"_s);
        QCOMPARE(statesOf(m_queue->jobs().constFirst()), (QStringList{u"Done"_s, u"Failed"_s}));
        const auto gone = std::make_shared<Result<CopyDestination>>(
            fail(Error::Code::Network, u"one"_s, u"is down by now"_s));
        m_queue->setRemake([&](const JobSnapshot&) -> Result<JobRequest> {
            return requestTo(reader, {gone, two}); // the first is not needed any more
        });
        m_queue->retry(id);
        QTRY_COMPARE(m_ends.size(), 2);
        QVERIFY2(m_ends[1].state == JobState::Done,
                 m_ends[1].error ? qPrintable(m_ends[1].error->toString()) : "");
        QCOMPARE(statesOf(m_ends[1]), (QStringList{u"Done"_s, u"Done"_s}));
        QCOMPARE(m_ends[1].layers.size(), 2 * m_image.blobs.size());
        QCOMPARE(checkImage(openStore(m_folder->filePath(u"two"_s))->reader(), Name), QStringList());
    }

    void anImageThatIsAnotherByNowGoesEverywhereAgain()
    {
        open();
        const auto two = std::make_shared<Result<CopyDestination>>(
            fail(Error::Code::Unauthorized, u"two"_s, u"log in first"_s));
        const auto now = std::make_shared<RandomImage>(m_image);
        JobRequest request = requestTo(m_image.reader({Name}), {store(u"one"_s), two});
        request.open = [this, now, two](const std::stop_token&) {
            return opened(CopyEnds{.source = sourceOf(now->reader({Name}), Name),
                                   .destinations = {*store(u"one"_s), *two}});
        };
        const QString id = m_queue->add(request);
        QTRY_COMPARE(m_ends.size(), 1);
        *now = randomImage(8);
        *two = *store(u"two"_s);
        m_queue->retry(id);
        QTRY_COMPARE(m_ends.size(), 2);
        QVERIFY(m_ends[1].state == JobState::Done);
        QCOMPARE(m_ends[1].targets[0].rootDigest, now->target.digest);
        const auto there = openStore(m_folder->filePath(u"one"_s))->resolve(Name);
        VERIFY_RESULT(there);
        QCOMPARE(there->digest, now->target.digest);
    }

    void aSourceThatFailsIsTheJobsOwnError()
    {
        open();
        m_queue->add(requestTo(m_image.reader({u"other"_s}), {store(u"one"_s), store(u"two"_s)}));
        QTRY_COMPARE(m_ends.size(), 1);
        QVERIFY(m_ends[0].error && m_ends[0].error->code == Error::Code::NotFound);
        QCOMPARE(statesOf(m_ends[0]), (QStringList{u"Failed"_s, u"Failed"_s}));
        QVERIFY(!m_ends[0].targets[0].error);
        QVERIFY(m_ends[0].only(0).error);
    }

    void anExceptionEndsOnlyItsOwnTarget()
    {
        open();
        const auto broken = store(u"two"_s);
        (*broken)->lookUpKnown = [](const QList<Digest>&) -> QHash<Digest, QStringList> {
            throw std::runtime_error("out of cheese");
        };
        m_queue->add(requestTo(m_image.reader({Name}), {store(u"one"_s), broken}));
        QTRY_COMPARE(m_ends.size(), 1);
        QCOMPARE(statesOf(m_ends[0]), (QStringList{u"Done"_s, u"Failed"_s}));
        QVERIFY(m_ends[0].targets[1].error->code == Error::Code::Internal);
    }

private:
    using DestinationPtr = std::shared_ptr<Result<CopyDestination>>;

    void begin()
    {
        for (int i = 0; i < 3; ++i) {
            m_progress->planned(i, samplePlan());
            m_progress->target(i).enter(JobState::Running);
        }
    }

    static QStringList statesOf(const JobSnapshot& job)
    {
        QStringList states;
        for (const JobTarget& target : job.targets)
            states.append(toString(target.state));
        return states;
    }

    static QList<qint64> totalsOf(const JobSnapshot& job)
    {
        QList<qint64> totals;
        for (const JobTarget& target : job.targets)
            totals.append(target.bytesTotal);
        return totals;
    }

    void open()
    {
        auto journal = Journal::open(m_folder->filePath(u"tagboat.db"_s));
        QVERIFY(journal);
        m_journal = std::move(*journal);
        m_queue = std::make_unique<TransferQueue>(m_journal);
        connect(m_queue.get(), &TransferQueue::finished, this,
                [this](const JobSnapshot& job) { m_ends.append(job); });
    }

    [[nodiscard]] DestinationPtr store(const QString& name) const
    {
        return std::make_shared<Result<CopyDestination>>(
            destinationOf(openStore(m_folder->filePath(name)), {Name}));
    }

    static Task<Result<CopyEnds>> opened(CopyEnds ends) { co_return Result<CopyEnds>(std::move(ends)); }

    //! Destinations are taken as they are when the job opens them.
    static JobRequest requestTo(std::shared_ptr<ContentReader> reader, const QList<DestinationPtr>& places)
    {
        JobRequest request;
        request.description.kind = JobKind::Copy;
        request.description.image = Name;
        for (qsizetype i = 0; i < places.size(); ++i) {
            JobTarget target;
            target.to = u"place %1"_s.arg(i);
            target.tags = {Name};
            request.description.targets.append(target);
        }
        request.options = quickOptions();
        request.open = [reader = std::move(reader), places](const std::stop_token&) {
            CopyEnds ends;
            ends.source = sourceOf(reader, Name);
            for (const DestinationPtr& place : places)
                ends.destinations.push_back(*place);
            return opened(std::move(ends));
        };
        return request;
    }

    RandomImage m_image = randomImage(7);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<JobProgress> m_progress;
    std::shared_ptr<Journal> m_journal;
    std::unique_ptr<TransferQueue> m_queue;
    QList<JobSnapshot> m_ends;
};

QTEST_GUILESS_MAIN(tst_JobTargets)
#include "tst_jobtargets.moc"
