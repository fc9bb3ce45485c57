// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"
#include "transfer/journal.h"
#include "transfer/queue.h"
#include "troubledreader.h"

#include <QTemporaryDir>
#include <QTest>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto Name = "docker.io/alice/ui:v1"_L1;

} // namespace

//! How a queue runs jobs that go to several places.
class tst_QueueTargets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
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

    static QStringList statesOf(const JobSnapshot& job)
    {
        QStringList states;
        for (const JobTarget& target : job.targets)
            states.append(toString(target.state));
        return states;
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
    std::shared_ptr<Journal> m_journal;
    std::unique_ptr<TransferQueue> m_queue;
    QList<JobSnapshot> m_ends;
};

QTEST_GUILESS_MAIN(tst_QueueTargets)
#include "tst_queuetargets.moc"
