// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "remote.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/storeplaces.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace std::chrono_literals;

namespace {

constexpr auto Name = "docker.io/library/sample:v1"_L1;

using Action = Sabotage::Action;
using Pauses = std::shared_ptr<QList<std::chrono::milliseconds>>;

//! A copy that runs beside the test.
struct Running
{
    std::optional<Result<CopyReport>> result;
    std::stop_source stop;
    std::shared_ptr<NotingObserver> observer = std::make_shared<NotingObserver>();

    static Task<void> drive(std::shared_ptr<Running> self, CopySource source, CopyDestination destination,
                            CopyOptions options)
    {
        auto result =
            co_await planAndCopy(source, destination, options, self->observer, self->stop.get_token());
        self->result.emplace(std::move(result));
    }
};

} // namespace

//! Push and pull over a line that breaks, with the real registry behind it.
class tst_BadLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_registry.start()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = openStore(m_folder->filePath(u"images"_s));
        m_proxy = std::make_unique<SabotageProxy>(m_registry.port());
        QVERIFY(m_proxy->start());
        m_direct = std::make_unique<Remote>(m_registry.host());
        m_remote = std::make_unique<Remote>(m_proxy->host());
        m_observer = std::make_shared<NotingObserver>();
        m_repo = u"gallery/line-%1"_s.arg(++m_number);
        RandomImageOptions options;
        options.layerSizes = {300'000, 60'000, 5'000};
        options.isCompressible = false;
        m_image = randomImage(static_cast<quint64>(m_number), options);
    }

    void cleanup()
    {
        m_remote.reset();
        m_direct.reset();
        m_proxy.reset();
        m_store.reset();
    }

    void aPushGetsThrough_data()
    {
        QTest::addColumn<Sabotage>("sabotage");
        QTest::newRow("nothing goes wrong") << Sabotage{.path = "/nowhere"};
        QTest::newRow("503 twice on the root's HEAD")
            << Sabotage{.action = Action::Answer, .method = "HEAD", .path = "/manifests/sha256", .times = 2};
        QTest::newRow("503 twice on the tag's HEAD")
            << Sabotage{.action = Action::Answer, .method = "HEAD", .path = "/manifests/v1", .times = 2};
        QTest::newRow("503 twice on a blob's HEAD")
            << Sabotage{.action = Action::Answer, .method = "HEAD", .path = "/blobs/", .times = 2};
        QTest::newRow("503 twice on the upload's POST")
            << Sabotage{.action = Action::Answer, .method = "POST", .path = "/blobs/uploads/", .times = 2};
        QTest::newRow("503 twice on the upload's PUT")
            << Sabotage{.action = Action::Answer, .method = "PUT", .path = "/blobs/uploads/", .times = 2};
        QTest::newRow("502 twice on the manifest's PUT") << Sabotage{
            .action = Action::Answer, .method = "PUT", .path = "/manifests/", .times = 2, .status = 502};
        QTest::newRow("429 with Retry-After") << Sabotage{.action = Action::Answer,
                                                          .method = "POST",
                                                          .path = "/blobs/uploads/",
                                                          .times = 2,
                                                          .status = 429,
                                                          .headers = "Retry-After: 3\r\n"};
        QTest::newRow("cut at the first byte")
            << Sabotage{.action = Action::CutRequest, .method = "PUT", .path = "/blobs/uploads/"};
        QTest::newRow("cut in the middle") << Sabotage{
            .action = Action::CutRequest, .method = "PUT", .path = "/blobs/uploads/", .after = 2'500};
        QTest::newRow("cut three times")
            << Sabotage{.action = Action::CutRequest, .method = "PUT", .path = "/blobs/uploads/", .times = 3};
        QTest::newRow("one bit turned on the way") << Sabotage{
            .action = Action::CorruptRequest, .method = "PUT", .path = "/blobs/uploads/", .after = 2'500};
    }

    void aPushGetsThrough()
    {
        QFETCH(const Sabotage, sabotage);
        m_proxy->add(sabotage);
        VERIFY_RESULT(put());
        const auto pauses = std::make_shared<QList<std::chrono::milliseconds>>();
        const auto report =
            copy(sourceOf(m_store->reader(), Name), m_remote->destination(m_repo, {u"v1"_s}), pauses);
        VERIFY_RESULT(report);
        QCOMPARE(m_direct->resolve(m_repo, u"v1"_s)->digest, m_image.target.digest);
        QCOMPARE(checkImage(m_direct->repository(m_repo), u"v1"_s), QStringList());
        const bool goesWrong = sabotage.path != "/nowhere";
        QCOMPARE(m_proxy->struck(), goesWrong ? sabotage.times : 0);
        QCOMPARE(pauses->isEmpty(), !goesWrong);
        if (!sabotage.headers.isEmpty()) {
            for (const auto pause : std::as_const(*pauses))
                QVERIFY(pause >= 3s);
        }
    }

    void aPullGetsThrough_data()
    {
        QTest::addColumn<Sabotage>("sabotage");
        QTest::newRow("503 twice on the manifest")
            << Sabotage{.action = Action::Answer, .method = "GET", .path = "/manifests/", .times = 2};
        QTest::newRow("503 twice on a blob")
            << Sabotage{.action = Action::Answer, .method = "GET", .path = "/blobs/", .times = 2};
        QTest::newRow("429 with Retry-After") << Sabotage{.action = Action::Answer,
                                                          .method = "GET",
                                                          .path = "/blobs/",
                                                          .times = 2,
                                                          .status = 429,
                                                          .headers = "Retry-After: 3\r\n"};
        QTest::newRow("manifest cut") << Sabotage{.method = "GET", .path = "/manifests/", .after = 100};
        QTest::newRow("blob cut at the first byte") << Sabotage{.method = "GET", .path = "/blobs/"};
        QTest::newRow("blob cut in the middle")
            << Sabotage{.method = "GET", .path = "/blobs/", .after = 3'000};
        QTest::newRow("blob cut three times")
            << Sabotage{.method = "GET", .path = "/blobs/", .after = 3'000, .times = 3};
        QTest::newRow("one bit turned on the way")
            << Sabotage{.action = Action::CorruptReply, .method = "GET", .path = "/blobs/", .after = 3'000};
    }

    void aPullGetsThrough()
    {
        QFETCH(const Sabotage, sabotage);
        publish();
        m_proxy->add(sabotage);
        const auto pauses = std::make_shared<QList<std::chrono::milliseconds>>();
        const auto report = copy(m_remote->source(m_repo, u"v1"_s), destinationOf(m_store, {Name}), pauses);
        VERIFY_RESULT(report);
        QCOMPARE(m_proxy->struck(), sabotage.times);
        QVERIFY(!pauses->isEmpty());
        QCOMPARE(m_store->resolve(Name)->digest, m_image.target.digest);
        QCOMPARE(checkLayout(m_store->directory(), m_image.target.digest), QStringList());
        QVERIFY(leftovers(m_store).isEmpty());
        if (!sabotage.headers.isEmpty()) {
            for (const auto pause : std::as_const(*pauses))
                QVERIFY(pause >= 3s);
        }
    }

    void aLineThatNeverHealsEndsInAClearError()
    {
        publish();
        m_proxy->add({.method = "GET", .path = "/blobs/", .after = 3'000, .times = -1});
        const auto report = copy(m_remote->source(m_repo, u"v1"_s), destinationOf(m_store, {Name}));
        COMPARE_ERROR(report, Error::Code::Network);
        QCOMPARE(report.error().origin, Error::Origin::Source);
        COMPARE_ERROR(m_store->resolve(Name), Error::Code::NotFound);
        // What came before each cut is kept for a better day.
        const QStringList kept = leftovers(m_store);
        for (const QString& file : kept)
            QVERIFY2(file.startsWith("tagboat-sha256-"_L1), qPrintable(file));
    }

    void aRegistryThatIsGoneIsNamed()
    {
        RegistryProcess gone;
        QVERIFY(gone.start());
        const Remote remote(gone.host());
        gone.stop();
        VERIFY_RESULT(put());
        const auto pushed =
            copy(sourceOf(m_store->reader(), Name), remote.destination(u"gallery/ui"_s, {u"v1"_s}));
        COMPARE_ERROR(pushed, Error::Code::Network);
        QCOMPARE(pushed.error().origin, Error::Origin::Destination);
        const auto pulled = copy(remote.source(u"gallery/ui"_s, u"v1"_s), destinationOf(m_store, {Name}));
        COMPARE_ERROR(pulled, Error::Code::Network);
        QCOMPARE(pulled.error().origin, Error::Origin::Source);
    }

    void notKnownIsNotAbsentAndTheBlobIsSent()
    {
        m_proxy->add({.action = Action::Answer, .method = "HEAD", .path = "/blobs/", .times = -1});
        VERIFY_RESULT(put());
        const auto report = copy(sourceOf(m_store->reader(), Name), m_remote->destination(m_repo, {u"v1"_s}));
        VERIFY_RESULT(report);
        QCOMPARE(report->blobsTransferred, 4);
        QCOMPARE(checkImage(m_direct->repository(m_repo), u"v1"_s), QStringList());
    }

    void bytesThatAreWrongAtTheRegistryNeverArrive()
    {
        publish();
        const Digest victim = largestBlob();
        QFile stored(m_registry.storage() + u"/docker/registry/v2/blobs/sha256/"_s + victim.hex().left(2)
                     + u'/' + victim.hex() + u"/data"_s);
        QVERIFY2(stored.open(QIODevice::ReadWrite), qPrintable(stored.fileName()));
        flipByte(stored);
        const auto report = copy(m_remote->source(m_repo, u"v1"_s), destinationOf(m_store, {Name}));
        COMPARE_ERROR(report, Error::Code::DigestMismatch);
        QCOMPARE(report.error().origin, Error::Origin::Source);
        QVERIFY(report.error().subject.contains(victim.toString()));
        QCOMPARE(m_observer->retried.size(), 1); // once: it might have been the line
        COMPARE_ERROR(m_store->resolve(Name), Error::Code::NotFound);
        QVERIFY(!QFile::exists(m_store->blobPath(victim)));
        QVERIFY(leftovers(m_store).isEmpty());
        flipByte(stored); // other tests may have that layer, too
    }

    void bytesThatAreWrongInTheStoreAreNotPublished()
    {
        VERIFY_RESULT(put());
        QFile stored(m_store->blobPath(largestBlob()));
        QVERIFY(stored.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY(stored.open(QIODevice::ReadWrite));
        flipByte(stored);
        const auto report = copy(sourceOf(m_store->reader(), Name), m_remote->destination(m_repo, {u"v1"_s}));
        COMPARE_ERROR(report, Error::Code::DigestMismatch);
        QCOMPARE(report.error().origin, Error::Origin::Source);
        COMPARE_ERROR(m_direct->resolve(m_repo, u"v1"_s), Error::Code::NotFound);
    }

    void aPushStoppedInTheMiddleLeavesNoTag()
    {
        VERIFY_RESULT(put());
        m_proxy->add(
            {.action = Action::StallRequest, .method = "PUT", .path = "/blobs/uploads/", .after = 1'000});
        const auto running =
            start(sourceOf(m_store->reader(), Name), m_remote->destination(m_repo, {u"v1"_s}));
        QTRY_COMPARE(m_proxy->stalled(), 1);
        running->stop.request_stop();
        QTRY_VERIFY(running->result);
        COMPARE_ERROR(*running->result, Error::Code::Cancelled);
        COMPARE_ERROR(m_direct->resolve(m_repo, u"v1"_s), Error::Code::NotFound);
        QCOMPARE(m_proxy->count("PUT", "/manifests/"), 0);
    }

    //! As where the registry moves a blob of gigabytes to another storage before it answers.
    void whileARegistryTakesItsTimeOverOneBlobTheNextGoOn()
    {
        VERIFY_RESULT(put());
        m_proxy->add({.action = Action::StallReplyHead, .method = "PUT", .path = "/blobs/uploads/"});
        CopyOptions options = quickOptions();
        options.parallelAtRegistry = 1;
        const auto running = std::make_shared<Running>();
        Running::drive(running, sourceOf(m_store->reader(), Name), m_remote->destination(m_repo, {u"v1"_s}),
                       options);
        QTRY_COMPARE(m_proxy->stalled(), 1);
        // The config and three layers; of the first, the largest, nobody has heard yet.
        const auto rest = [this] {
            return std::ranges::count_if(m_proxy->requests(), [](const ProxiedRequest& request) {
                return request.method == "PUT" && request.status == 201 && !request.isSabotaged;
            });
        };
        QTRY_COMPARE(rest(), 3);
        QVERIFY(!running->result);
        m_proxy->release();
        QTRY_VERIFY(running->result);
        VERIFY_RESULT(*running->result);
        QCOMPARE(checkImage(m_direct->repository(m_repo), u"v1"_s), QStringList());
    }

    void aPullStoppedInTheMiddleIsGoneOnWith()
    {
        publish();
        m_proxy->add({.action = Action::StallReply,
                      .method = "GET",
                      .path = "/blobs/" + largestBlob().toString().toLatin1(),
                      .after = 100'000});
        const auto running = start(m_remote->source(m_repo, u"v1"_s), destinationOf(m_store, {Name}));
        qint64 came = 0;
        running->observer->onChange = [this, &came](const Digest& digest, BlobState, qint64 done) {
            if (digest == largestBlob())
                came = std::max(came, done);
        };
        QTRY_COMPARE(m_proxy->stalled(), 1);
        QTRY_COMPARE(came, 100'000); // on the way to us it is not ours yet
        running->stop.request_stop();
        QTRY_VERIFY(running->result);
        running->observer->onChange = {};
        COMPARE_ERROR(*running->result, Error::Code::Cancelled);
        COMPARE_ERROR(m_store->resolve(Name), Error::Code::NotFound);
        QVERIFY(!QFile::exists(m_store->blobPath(largestBlob())));
        // What came of the layer waits for the next try.
        QCOMPARE(leftovers(m_store), QStringList{u"tagboat-sha256-%1.part"_s.arg(largestBlob().hex())});
        VERIFY_RESULT(copy(m_remote->source(m_repo, u"v1"_s), destinationOf(m_store, {Name})));
        QCOMPARE(checkLayout(m_store->directory(), m_image.target.digest), QStringList());
        QVERIFY(leftovers(m_store).isEmpty());
    }

private:
    Result<CopyReport> put()
    {
        return QCoro::waitFor(planAndCopy(sourceOf(m_image.reader({Name}), Name),
                                          destinationOf(m_store, {Name}), quickOptions(), {}, {}));
    }

    //! Puts the image into the registry by the straight way, around the proxy.
    void publish()
    {
        const auto published =
            QCoro::waitFor(planAndCopy(sourceOf(m_image.reader({Name}), Name),
                                       m_direct->destination(m_repo, {u"v1"_s}), quickOptions(), {}, {}));
        VERIFY_RESULT(published);
    }

    Result<CopyReport> copy(const CopySource& source, const CopyDestination& destination,
                            const Pauses& pauses = {})
    {
        CopyOptions options = quickOptions();
        RetryPolicy policy = *options.retry;
        if (pauses) {
            policy.pause = [pauses, pause = policy.pause](std::chrono::milliseconds duration,
                                                          std::stop_token stop) {
                pauses->append(duration);
                return pause(duration, std::move(stop));
            };
        }
        options.retry = std::make_shared<const RetryPolicy>(policy);
        return QCoro::waitFor(planAndCopy(source, destination, options, m_observer, {}));
    }

    static std::shared_ptr<Running> start(const CopySource& source, const CopyDestination& destination)
    {
        auto running = std::make_shared<Running>();
        Running::drive(running, source, destination, quickOptions());
        return running;
    }

    [[nodiscard]] Digest largestBlob() const
    {
        return std::ranges::max(m_image.blobs, {},
                                [](const RandomBlob& blob) { return blob.descriptor.size; })
            .descriptor.digest;
    }

    static void flipByte(QFile& file)
    {
        QVERIFY(file.seek(file.size() / 2));
        const char byte = file.peek(1).at(0);
        QVERIFY(file.putChar(static_cast<char>(byte ^ 1)));
        QVERIFY(file.flush());
    }

    RegistryProcess m_registry;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::unique_ptr<Remote> m_direct, m_remote;
    std::shared_ptr<NotingObserver> m_observer;
    RandomImage m_image;
    QString m_repo;
    int m_number = 0;
};

QTEST_GUILESS_MAIN(tst_BadLine)
#include "tst_badline.moc"
