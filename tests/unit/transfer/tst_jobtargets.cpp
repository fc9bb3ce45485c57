// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/jobjson.h"
#include "transfer/jobprogress.h"
#include "transfer/plansequence.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace std::chrono_literals;

namespace {

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

//! The picture of one job that goes to several places.
class tst_JobTargets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_progress = std::make_unique<JobProgress>(threeTargets());
        m_progress->enter(JobState::Preparing);
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
        QVERIFY(!m_progress->snapshot().only(1).isTakingOver());
        m_progress->target(1).blobChanged(Top, BlobState::Done, 4000);
        m_progress->target(0).blobChanged(Top, BlobState::Mounted, 0);
        JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.bytesTotal, 10'000);
        QCOMPARE(job.bytesDone, 4000);
        QCOMPARE(job.layersMounted, 1);
        QCOMPARE(totalsOf(job), (QList<qint64>{1000, 4000, 5000}));
        QVERIFY(job.only(1).isTakingOver() && !job.only(0).isTakingOver());
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

private:
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

    std::unique_ptr<JobProgress> m_progress;
};

QTEST_GUILESS_MAIN(tst_JobTargets)
#include "tst_jobtargets.moc"
