// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/jobjson.h"
#include "transfer/jobprogress.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace std::chrono_literals;

namespace {

Digest digestOf(const char* text)
{
    return Digest::ofBytes(QByteArrayView(text));
}

PlannedBlob plannedBlob(const char* text, qint64 size, PlannedBlob::Action action)
{
    PlannedBlob blob;
    blob.descriptor.digest = digestOf(text);
    blob.descriptor.size = size;
    blob.action = action;
    blob.step = QString::fromLatin1(text);
    blob.isConfig = blob.step == "config"_L1;
    return blob;
}

Plan samplePlan()
{
    Plan plan;
    plan.root.digest = digestOf("root");
    plan.blobs = {plannedBlob("base", 1000, PlannedBlob::Action::Present),
                  plannedBlob("middle", 2000, PlannedBlob::Action::Mount),
                  plannedBlob("top", 4000, PlannedBlob::Action::Transfer),
                  plannedBlob("config", 100, PlannedBlob::Action::Transfer)};
    plan.platforms = {Platform{
        .os = u"linux"_s, .architecture = u"amd64"_s, .variant = {}, .osVersion = {}, .osFeatures = {}}};
    return plan;
}

} // namespace

class tst_JobProgress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_now = SpeedMeter::Clock::time_point(1000s);
        JobSnapshot description;
        description.id = u"one"_s;
        m_progress = std::make_unique<JobProgress>(description, [this] { return m_now; });
        m_progress->enter(JobState::Preparing);
        m_progress->planned(0, samplePlan());
        m_progress->target(0).enter(JobState::Running);
    }

    void thePlanGivesRowsAndTotals()
    {
        const JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.layers.size(), 4);
        QCOMPARE(job.bytesTotal, 4100);
        QCOMPARE(job.bytesDone, 0);
        QCOMPARE(job.layers[0].state, BlobState::Present);
        QCOMPARE(job.layers[2].step, u"top"_s);
        QCOMPARE(job.layersPresent, 1);
        QCOMPARE(job.rootDigest, digestOf("root"));
        QCOMPARE(job.platforms.size(), 1);
        QVERIFY(job.startedAt.isValid());
        QVERIFY(!job.timeLeft);
    }

    void movedBytesAddUpAndNeverExceedTheTotal()
    {
        m_progress->target(0).blobChanged(digestOf("top"), BlobState::Running, 1500);
        QCOMPARE(m_progress->snapshot().bytesDone, 1500);
        m_progress->target(0).blobChanged(digestOf("top"), BlobState::Verifying, 99'999);
        m_progress->target(0).blobChanged(digestOf("config"), BlobState::Done, 100);
        const JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.bytesDone, 4100);
        QCOMPARE(job.bytesTotal, 4100);
    }

    void aRetryKeepsWhatGotThroughUntilItBegins()
    {
        m_progress->target(0).blobChanged(digestOf("top"), BlobState::Running, 3000);
        m_progress->target(0).retrying(digestOf("top"), Error{}, 1, 10ms);
        JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.bytesDone, 3000);
        QCOMPARE(job.layers[2].state, BlobState::Retrying);
        m_progress->target(0).blobChanged(digestOf("top"), BlobState::Running, 1000);
        job = m_progress->snapshot();
        QCOMPARE(job.bytesDone, 1000);
        QCOMPARE(job.bytesTotal, 4100);
    }

    void aMountThatIsRefusedAddsItsBytesToTheTotal()
    {
        m_progress->target(0).blobChanged(digestOf("middle"), BlobState::Running, 0);
        QCOMPARE(m_progress->snapshot().bytesTotal, 6100);
        m_progress->target(0).blobChanged(digestOf("middle"), BlobState::Done, 2000);
        QCOMPARE(m_progress->snapshot().bytesTotal, 6100);
        QCOMPARE(m_progress->snapshot().bytesDone, 2000);
        QCOMPARE(m_progress->snapshot().layersMoved, 1);
    }

    void aMountMovesNothing()
    {
        m_progress->target(0).blobChanged(digestOf("middle"), BlobState::Mounted, 0);
        m_progress->target(0).blobMounted(digestOf("middle"), u"gallery/base"_s);
        const JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.bytesTotal, 4100);
        QCOMPARE(job.layersMounted, 1);
        QCOMPARE(job.layers[1].mountedFrom, u"gallery/base"_s);
    }

    void aLayerThatAnotherJobBroughtLeavesTheTotal()
    {
        m_progress->target(0).blobChanged(digestOf("top"), BlobState::Present, 0);
        const JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.bytesTotal, 100);
        QCOMPARE(job.layersPresent, 2);
    }

    void configsAreNoLayersInTheCounts()
    {
        m_progress->target(0).blobChanged(digestOf("config"), BlobState::Done, 100);
        QCOMPARE(m_progress->snapshot().layersMoved, 0);
    }

    void speedAndTimeLeftFollowTheFlow()
    {
        for (int i = 1; i <= 20; ++i) {
            m_now += 100ms;
            m_progress->target(0).blobChanged(digestOf("top"), BlobState::Running, i * 100); // 1000 B/s
        }
        JobSnapshot job = m_progress->snapshot();
        QVERIFY(job.bytesPerSecond > 900 && job.bytesPerSecond < 1200);
        QVERIFY(job.layers[2].bytesPerSecond > 900);
        QVERIFY(job.timeLeft);
        QVERIFY(*job.timeLeft >= 1s && *job.timeLeft <= 3s); // 2100 bytes are left
        m_now += 5s;
        job = m_progress->snapshot();
        QCOMPARE(job.bytesPerSecond, 0.0);
        QVERIFY(!job.timeLeft);
    }

    void whatIsPausedHasNoSpeed()
    {
        for (int i = 1; i <= 20; ++i) {
            m_now += 100ms;
            m_progress->target(0).blobChanged(digestOf("top"), BlobState::Running, i * 100);
        }
        QVERIFY(m_progress->snapshot().timeLeft);
        m_progress->pause();
        const JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.bytesDone, 2000);
        QCOMPARE(job.bytesPerSecond, 0.0);
        QVERIFY(!job.timeLeft);
    }

    void workOfUnknownSizeHasNoTotal()
    {
        m_progress = std::make_unique<JobProgress>(JobSnapshot(), [this] { return m_now; });
        m_progress->enter(JobState::Running);
        m_progress->worked(500, 0, u"layer.tar"_s);
        QCOMPARE(m_progress->snapshot().bytesDone, 500);
        QCOMPARE(m_progress->snapshot().bytesTotal, 0);
        QVERIFY(!m_progress->snapshot().timeLeft);
        m_progress->worked(10, 1000, u"layer.tar"_s);
        QCOMPARE(m_progress->snapshot().bytesDone, 10);
        QCOMPARE(m_progress->snapshot().bytesTotal, 1000);
        m_progress->worked(1001, 1000, u"layer.tar"_s);
        QCOMPARE(m_progress->snapshot().bytesTotal, 1001);
    }

    void anEndLeavesNoRowUnderWay()
    {
        m_progress->target(0).blobChanged(digestOf("top"), BlobState::Running, 1500);
        m_progress->end(JobState::Cancelled, std::nullopt);
        const JobSnapshot job = m_progress->snapshot();
        QVERIFY(job.state == JobState::Cancelled);
        QCOMPARE(job.layers[2].state, BlobState::Waiting);
        QVERIFY(job.finishedAt.isValid());
        QCOMPARE(job.bytesPerSecond, 0.0);
        QVERIFY(!job.timeLeft);
    }

    void aRestartForgetsTheRunBefore()
    {
        m_progress->target(0).blobChanged(digestOf("top"), BlobState::Running, 1500);
        m_progress->end(JobState::Failed, Error::make(Error::Code::Network, {}, u"lost"_s));
        m_progress->restart();
        const JobSnapshot job = m_progress->snapshot();
        QCOMPARE(job.id, u"one"_s);
        QVERIFY(job.state == JobState::Waiting);
        QVERIFY(job.layers.isEmpty());
        QVERIFY(!job.error);
        QCOMPARE(job.bytesDone, 0);
    }

    void stateChangesAreToldOnce()
    {
        int told = 0;
        m_progress->onStateChange = [&told] { ++told; };
        m_progress->target(0).finishing();
        m_progress->target(0).finishing();
        QCOMPARE(told, 1);
        QVERIFY(m_progress->state() == JobState::Finishing);
    }

    void aSnapshotSurvivesJson()
    {
        m_progress->target(0).blobChanged(digestOf("top"), BlobState::Running, 1500);
        m_progress->target(0).blobMounted(digestOf("middle"), u"gallery/base"_s);
        Error error = Error::make(Error::Code::RateLimited, u"hub"_s, u"too many requests"_s)
                          .during(u"push blob"_s)
                          .at(Error::Origin::Destination)
                          .because(Error::make(Error::Code::Network, {}, u"reset"_s));
        error.retryAfter = 60s;
        error.httpStatus = 429;
        error.faults = Error::Fault::Expired | Error::Fault::WrongName;
        error.response = u"{\"errors\":[]}"_s;
        m_progress->end(JobState::Failed, error);
        JobSnapshot job = m_progress->snapshot();
        job.kind = JobKind::Pull;
        job.image = u"alice/ui:v1"_s;
        job.tags = {u"v1"_s, u"latest"_s};
        job.registry = u"localhost:5000"_s;
        job.queuedAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, QTimeZone::UTC);

        const JobSnapshot again = jobFromJson(toJson(job));
        QCOMPARE(toJson(again), toJson(job));
        QVERIFY(again.kind == JobKind::Pull);
        QVERIFY(again.state == JobState::Failed);
        QCOMPARE(again.layers.size(), 4);
        QCOMPARE(again.layers[1].mountedFrom, u"gallery/base"_s);
        QCOMPARE(again.queuedAt, job.queuedAt);
        QCOMPARE(again.platforms, job.platforms);
        QVERIFY(again.error);
        QVERIFY(again.error->code == Error::Code::RateLimited);
        QCOMPARE(again.error->origin, Error::Origin::Destination);
        QCOMPARE(again.error->retryAfter.value(), 60s);
        QCOMPARE(again.error->httpStatus, 429);
        QCOMPARE(again.error->faults, error.faults);
        QCOMPARE(again.error->cause->message, u"reset"_s);
    }

private:
    SpeedMeter::Clock::time_point m_now;
    std::unique_ptr<JobProgress> m_progress;
};

QTEST_GUILESS_MAIN(tst_JobProgress)
#include "tst_jobprogress.moc"
