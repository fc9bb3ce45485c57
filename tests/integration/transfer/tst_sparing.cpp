// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "remote.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/storeplaces.h"
#include "transfer/journal.h"
#include "transfer/queue.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
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

//! What is not sent over the line: counted at the line.
class tst_Sparing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_registry = std::make_unique<RegistryProcess>();
        QVERIFY(m_registry->start());
        m_proxy = std::make_unique<SabotageProxy>(m_registry->port());
        QVERIFY(m_proxy->start());
        m_remote = std::make_unique<Remote>(m_proxy->host());
        auto journal = Journal::open(m_folder->filePath(u"tagboat.db"_s));
        QVERIFY(journal);
        m_journal = std::move(*journal);
    }

    void cleanup()
    {
        m_journal.reset();
        m_remote.reset();
        m_proxy.reset();
        m_registry.reset();
    }

    void aPushAsksInParallelAndSendsEachBlobOnce()
    {
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(push(image, u"gallery/ui"_s));
        QCOMPARE(m_proxy->count("HEAD", "/blobs/"), image.blobs.size());
        QCOMPARE(m_proxy->count("POST", "/blobs/uploads/"), image.blobs.size());
        QCOMPARE(m_proxy->count("PUT", "/blobs/uploads/"), image.blobs.size());
        QCOMPARE(m_proxy->count("PUT", "/manifests/"), 1);
        QCOMPARE(m_proxy->count("HEAD", "/manifests/"), 2); // the root by digest, the tag
    }

    void pushingAgainAsksForTheRootAndTheTagOnly()
    {
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(push(image, u"gallery/ui"_s));
        m_proxy->forgetRequests();
        VERIFY_RESULT(push(image, u"gallery/ui"_s));
        QCOMPARE(m_proxy->count("HEAD", "/manifests/"), 2);
        QCOMPARE(m_proxy->count({}, "/blobs/"), 0);
        QCOMPARE(m_proxy->count("PUT", {}), 0);
    }

    void aNewTagCostsOnePut()
    {
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(push(image, u"gallery/ui"_s));
        m_proxy->forgetRequests();
        VERIFY_RESULT(push(image, u"gallery/ui"_s, {u"v2"_s}));
        QCOMPARE(m_proxy->count("PUT", {}), 1);
        QCOMPARE(m_proxy->count({}, "/blobs/"), 0);
    }

    void pullingGetsEachBlobOnceAndPullingAgainOnlyTheManifest()
    {
        const RandomImage image = randomImage(1);
        VERIFY_RESULT(push(image, u"gallery/ui"_s));
        const auto store = openStore(m_folder->filePath(u"images"_s));
        m_proxy->forgetRequests();
        for (int i = 0; i < 2; ++i) {
            VERIFY_RESULT(QCoro::waitFor(planAndCopy(m_remote->source(u"gallery/ui"_s, u"v1"_s),
                                                     destinationOf(store, {Name}), quickOptions(), {}, {})));
        }
        QCOMPARE(m_proxy->count("GET", "/manifests/"), 2);
        // The config tells the plan its words and so comes again; the layers do not.
        QCOMPARE(m_proxy->count("GET", "/blobs/"), image.blobs.size() + 1);
    }

    void layersAreMountedFromWhereTheJournalKnowsThem()
    {
        const RandomImage image = randomImage(2);
        QCOMPARE(runJob(image, u"gallery/one"_s).layersMoved, 3);
        m_proxy->forgetRequests();
        const JobSnapshot job = runJob(image, u"gallery/two"_s);
        QVERIFY2(job.state == JobState::Done, job.error ? qPrintable(job.error->toString()) : "");
        QCOMPARE(job.layersMounted, 3);
        QCOMPARE(job.layersMoved, 0);
        QCOMPARE(job.bytesDone, 0);
        QCOMPARE(job.layers[0].mountedFrom, u"gallery/one"_s);
        QCOMPARE(m_proxy->count("PUT", "/blobs/uploads/"), 0);
        QCOMPARE(m_proxy->count("POST", "/blobs/uploads/"), 4);
        QCOMPARE(checkImage(m_remote->repository(u"gallery/two"_s), u"v1"_s), QStringList());
        QCOMPARE(
            m_journal->knownAt(m_proxy->host(), {image.blobs[0].descriptor.digest})->constBegin()->size(), 2);
    }

    void aMountThatIsRefusedBecomesAPush()
    {
        const RandomImage image = randomImage(3);
        CopyDestination destination = m_remote->destination(u"gallery/ui"_s, {u"v1"_s});
        destination.mountCandidates = {u"gallery/empty"_s};
        const auto observer = std::make_shared<NotingObserver>();
        const auto report = QCoro::waitFor(
            planAndCopy(sourceOf(image.reader({Name}), Name), destination, quickOptions(), observer, {}));
        VERIFY_RESULT(report);
        QCOMPARE(report->blobsMounted, 0);
        QCOMPARE(report->blobsTransferred, 4);
        QVERIFY(observer->mountedFrom.isEmpty());
        QCOMPARE(checkImage(m_remote->repository(u"gallery/ui"_s), u"v1"_s), QStringList());
    }

    void betweenRepositoriesOfOneRegistryNothingTravels()
    {
        const RandomImage image = randomImage(4);
        VERIFY_RESULT(push(image, u"gallery/one"_s));
        m_proxy->forgetRequests();
        const auto report = QCoro::waitFor(planAndCopy(m_remote->source(u"gallery/one"_s, u"v1"_s),
                                                       m_remote->destination(u"gallery/two"_s, {u"v1"_s}),
                                                       quickOptions(), {}, {}));
        VERIFY_RESULT(report);
        QCOMPARE(report->blobsMounted, 4);
        QCOMPARE(report->bytesTransferred, 0);
        QCOMPARE(m_proxy->count("PUT", "/blobs/uploads/"), 0);
        QCOMPARE(checkImage(m_remote->repository(u"gallery/two"_s), u"v1"_s), QStringList());
    }

    void twoJobsSendASharedLayerOnce_data()
    {
        QTest::addColumn<QString>("otherRepository");
        QTest::newRow("same repository") << u"gallery/one"_s;
        QTest::newRow("two repositories") << u"gallery/two"_s;
    }

    void twoJobsSendASharedLayerOnce()
    {
        QFETCH(const QString, otherRepository);
        RandomImageOptions options;
        options.layerSizes = {500'000, 300'000, 1'000};
        options.isCompressible = false;
        options.sharedLayers = 2;
        options.sharedSeed = otherRepository == "gallery/one"_L1 ? 51 : 52;
        const RandomImage first = randomImage(options.sharedSeed + 10, options);
        const RandomImage second = randomImage(options.sharedSeed + 20, options);
        const JobSnapshots ends =
            runJobs({{first, u"gallery/one"_s, u"first"_s}, {second, otherRepository, u"second"_s}});
        for (const JobSnapshot& end : ends)
            QVERIFY2(end.state == JobState::Done, end.error ? qPrintable(end.error->toString()) : "");
        QCOMPARE(ends[0].layersMoved + ends[1].layersMoved, 4); // two of their own, two shared
        QCOMPARE(m_proxy->count("PUT", "/blobs/uploads/"), 6);  // … and the configs
        QCOMPARE(checkImage(m_remote->repository(u"gallery/one"_s), u"first"_s), QStringList());
        QCOMPARE(checkImage(m_remote->repository(otherRepository), u"second"_s), QStringList());
    }

private:
    struct Push
    {
        RandomImage image;
        QString repository;
        QString tag;
    };
    using JobSnapshots = QList<JobSnapshot>;

    Result<CopyReport> push(const RandomImage& image, const QString& repository,
                            const QStringList& tags = {u"v1"_s})
    {
        return QCoro::waitFor(planAndCopy(sourceOf(image.reader({Name}), Name),
                                          m_remote->destination(repository, tags), quickOptions(), {}, {}));
    }

    JobSnapshots runJobs(const QList<Push>& pushes)
    {
        TransferQueue queue(m_journal);
        JobSnapshots ends;
        connect(&queue, &TransferQueue::finished, &queue,
                [&ends](const JobSnapshot& job) { ends.append(job); });
        for (const Push& push : pushes) {
            JobRequest request;
            request.description.kind = JobKind::Push;
            request.options = quickOptions();
            request.open = [this, push](const std::stop_token&) {
                return opened({sourceOf(push.image.reader({Name}), Name),
                               {m_remote->destination(push.repository, {push.tag})}});
            };
            queue.add(request);
        }
        const bool isOver = QTest::qWaitFor([&] { return ends.size() == pushes.size(); }, 60'000);
        QCoro::waitFor(queue.shutdown());
        if (!isOver)
            qWarning("the jobs did not end");
        return ends;
    }

    JobSnapshot runJob(const RandomImage& image, const QString& repository)
    {
        return runJobs({{image, repository, u"v1"_s}}).constFirst();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RegistryProcess> m_registry;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::unique_ptr<Remote> m_remote;
    std::shared_ptr<Journal> m_journal;
};

QTEST_GUILESS_MAIN(tst_Sparing)
#include "tst_sparing.moc"
