// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/jobsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace std::chrono_literals;

namespace {

const QDateTime start(QDate(2026, 5, 1), QTime(12, 0), QTimeZone::UTC);

JobSnapshot job(const QString& id, JobState state, int queuedSecond)
{
    JobSnapshot snapshot;
    snapshot.id = id;
    snapshot.image = id + u":v1"_s;
    snapshot.state = state;
    snapshot.queuedAt = start.addSecs(queuedSecond);
    if (!snapshot.isActive())
        snapshot.finishedAt = start.addSecs(queuedSecond + 100);
    return snapshot;
}

JobSnapshot placed(const QString& id, int position, JobState state = JobState::Running)
{
    // The age says the opposite, and is not asked.
    JobSnapshot snapshot = job(id, state, 1000 - position);
    snapshot.position = position;
    return snapshot;
}

QStringList ids(const JobsModel& model)
{
    QStringList order;
    for (int row = 0; row < model.rowCount(); ++row)
        order.append(model.job(model.index(row))->id);
    return order;
}

} // namespace

class TestJobsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void activeStandFirstAndTheNewestEndedNext()
    {
        JobsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJobs({job(u"old"_s, JobState::Done, 0), job(u"second"_s, JobState::Waiting, 20),
                       job(u"new"_s, JobState::Failed, 10), job(u"first"_s, JobState::Running, 15)});
        QCOMPARE(ids(model), QStringList({u"first"_s, u"second"_s, u"new"_s, u"old"_s}));
    }

    void aJobThatEndsMovesBelowThoseThatRun()
    {
        JobsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.update(job(u"a"_s, JobState::Running, 1));
        model.update(job(u"b"_s, JobState::Running, 2));
        model.update(job(u"c"_s, JobState::Waiting, 3));
        QPersistentModelIndex followed = model.indexOf(u"a"_s);
        model.update(job(u"a"_s, JobState::Done, 1));
        QCOMPARE(ids(model), QStringList({u"b"_s, u"c"_s, u"a"_s}));
        QCOMPARE(followed.row(), 2);
        model.update(job(u"c"_s, JobState::Failed, 3)); // ended later than a: above it
        QCOMPARE(ids(model), QStringList({u"b"_s, u"c"_s, u"a"_s}));
        model.update(job(u"b"_s, JobState::Cancelled, 2));
        QCOMPARE(ids(model), QStringList({u"c"_s, u"b"_s, u"a"_s}));
    }

    void aRetriedJobComesBackToTheTop()
    {
        JobsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJobs({job(u"a"_s, JobState::Done, 0), job(u"b"_s, JobState::Failed, 1),
                       job(u"c"_s, JobState::Done, 2)});
        model.update(job(u"b"_s, JobState::Waiting, 50));
        QCOMPARE(ids(model), QStringList({u"b"_s, u"c"_s, u"a"_s}));
    }

    void activeJobsStandAsInTheQueue()
    {
        JobsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJobs({placed(u"a"_s, 2), placed(u"b"_s, 0), placed(u"c"_s, 1, JobState::Paused),
                       job(u"done"_s, JobState::Done, 0)});
        QCOMPARE(ids(model), QStringList({u"b"_s, u"c"_s, u"a"_s, u"done"_s}));
    }

    void anotherPlaceInTheQueueIsAMoveOfTheRow()
    {
        JobsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < 4; ++i)
            model.update(placed(QString(QChar(u'a' + i)), i));
        model.update(job(u"done"_s, JobState::Done, 0));
        const QPersistentModelIndex followed = model.indexOf(u"d"_s);
        const QSignalSpy moves(&model, &JobsModel::rowsMoved);
        const QSignalSpy resets(&model, &JobsModel::modelReset);
        // The last one to the top: the queue tells of each job by itself, in whatever order.
        model.update(placed(u"b"_s, 2));
        model.update(placed(u"d"_s, 0));
        model.update(placed(u"a"_s, 1));
        model.update(placed(u"c"_s, 3));
        QCOMPARE(ids(model), QStringList({u"d"_s, u"a"_s, u"b"_s, u"c"_s, u"done"_s}));
        QCOMPARE(followed.row(), 0);
        QVERIFY(!moves.isEmpty());
        QVERIFY(resets.isEmpty());
        // And down again.
        model.update(placed(u"d"_s, 2));
        model.update(placed(u"a"_s, 0));
        model.update(placed(u"b"_s, 1));
        QCOMPARE(ids(model), QStringList({u"a"_s, u"b"_s, u"d"_s, u"c"_s, u"done"_s}));
    }

    void whatKeepsItsPlaceDoesNotMove()
    {
        JobsModel model;
        model.update(placed(u"a"_s, 0));
        model.update(placed(u"b"_s, 1));
        const QSignalSpy moves(&model, &JobsModel::rowsMoved);
        model.update(placed(u"a"_s, 0, JobState::Paused));
        model.update(placed(u"a"_s, 0, JobState::Waiting));
        model.update(placed(u"b"_s, 1, JobState::Paused));
        QVERIFY(moves.isEmpty());
    }

    void pausedAndInterruptedJobsAreCounted()
    {
        JobsModel model;
        model.update(placed(u"a"_s, 0));
        model.update(placed(u"b"_s, 1, JobState::Paused));
        JobSnapshot lost = job(u"lost"_s, JobState::Interrupted, 3);
        lost.isRepeatable = false;
        model.update(lost);
        model.update(job(u"cut"_s, JobState::Interrupted, 4));
        QCOMPARE(model.counts(), (JobCounts{.active = 2, .paused = 1, .finished = 2, .resumable = 1}));
    }

    void countsSayWhatChanged()
    {
        JobsModel model;
        QSignalSpy spy(&model, &JobsModel::countsChanged);
        model.update(job(u"a"_s, JobState::Running, 1));
        model.update(job(u"b"_s, JobState::Waiting, 2));
        model.update(job(u"c"_s, JobState::Failed, 3));
        QCOMPARE(model.counts(), (JobCounts{.active = 2, .finished = 1, .failed = 1}));
        QCOMPARE(spy.size(), 3);
        model.update(job(u"a"_s, JobState::Running, 1)); // nothing new, nothing said
        QCOMPARE(spy.size(), 3);
        model.update(job(u"a"_s, JobState::Done, 1));
        QCOMPARE(model.counts(), (JobCounts{.active = 1, .finished = 2, .failed = 1}));
    }

    void aRemovedJobIsGone()
    {
        JobsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJobs({job(u"a"_s, JobState::Done, 0), job(u"b"_s, JobState::Done, 1)});
        model.remove(u"b"_s);
        model.remove(u"never there"_s);
        QCOMPARE(ids(model), QStringList({u"a"_s}));
    }
};

QTEST_GUILESS_MAIN(TestJobsModel)
#include "tst_jobsmodel.moc"
