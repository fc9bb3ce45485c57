// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/credentialsource.h"
#include "base/stoppablesleep.h"
#include "registry/uploadledger.h"
#include "remote.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/storeplaces.h"
#include "transfer/journal.h"
#include "transfer/journaluploads.h"
#include "transfer/queue.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace std::chrono_literals;

namespace {

constexpr auto Name = "docker.io/library/sample:v1"_L1;
constexpr auto Repo = "gallery/large"_L1;
constexpr qint64 MiB = 1024 * 1024;
constexpr qint64 Chunk = 4 * MiB; // after one that is refused
//! What the registry gives the token that is to run out. Long enough for a loaded machine to begin a copy in.
constexpr int ShortLife = 6;
constexpr int Patience = 60'000;
//! What a connection through the proxy may hold: its own buffers, and those of the system on both sides.
constexpr qint64 InFlight = 8 * MiB;

using Action = Sabotage::Action;

//! A copy that runs beside the test.
struct Running
{
    std::optional<Result<CopyReport>> result;

    static Task<void> drive(std::shared_ptr<Running> self, CopySource source, CopyDestination destination,
                            CopyOptions options)
    {
        auto result = co_await planAndCopy(source, destination, options, {}, {});
        self->result.emplace(std::move(result));
    }
};

Task<Result<CopyEnds>> opened(CopyEnds ends)
{
    co_return Result<CopyEnds>(std::move(ends));
}

//! Until \a mayGoOn is set.
Task<Result<void>> pauseUntil(std::shared_ptr<bool> mayGoOn, std::stop_token stop)
{
    while (!*mayGoOn) {
        auto slept = co_await sleepFor(20ms, stop);
        if (!slept)
            co_return slept;
    }
    co_return Result<void>();
}

Task<CredentialSource::Answer> current(std::shared_ptr<Credential> credential)
{
    CredentialSource::Answer answer(std::in_place, *credential);
    co_return answer;
}

Task<Result<ByteSourcePtr>> atOnce(ByteSourcePtr source)
{
    co_return source;
}

} // namespace

//! Tokens that the real registry takes no longer while a copy is in the middle of something; the token server
//! had said that they would be good for much longer, so that nothing is renewed in time.
class tst_TokenEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_tokens.listen());
        m_tokens.allow(u"alice"_s, u"*"_s, {u"pull"_s, u"push"_s});
        RegistryOptions options;
        options.tokens = &m_tokens;
        m_registry = std::make_unique<RegistryProcess>(options);
        QVERIFY(m_registry->start());
    }

    void cleanupTestCase() { m_registry.reset(); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = openStore(m_folder->filePath(u"images"_s));
        m_tokens.addUser(u"alice"_s, u"correct horse"_s);
        m_tokens.issueShortLived(0, 0);
        m_tokens.forgetRequests();
        m_proxy = std::make_unique<SabotageProxy>(m_registry->port());
        QVERIFY(m_proxy->start());
        m_alice = std::make_shared<Credential>(credentialOf(u"alice"_s, u"correct horse"_s));
        m_ledger = std::make_shared<UploadMemory>();
        connectRemote(m_ledger);
    }

    void cleanup()
    {
        m_repository.reset();
        m_remote.reset();
        m_proxy.reset();
        m_store.reset();
    }

    void anUploadInOnePieceOutlivesItsToken()
    {
        make({24 * MiB});
        giveShortLife();
        m_proxy->add(
            {.action = Action::StallRequest, .method = "PUT", .path = "/blobs/uploads/", .after = 2 * MiB});
        const auto running = push();
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->stalled(), 1, Patience);
        waitForTheEndOfTheToken();
        m_proxy->release();
        QTRY_VERIFY_WITH_TIMEOUT(running->result, Patience);
        VERIFY_RESULT(*running->result);
        QCOMPARE(bytesSent(), size()); // no byte twice
        QCOMPARE(m_tokens.requests().size(), 1);
        QVERIFY(refused("PUT") > 0); // the manifest
        QCOMPARE(checkRemote(), QStringList());
    }

    void anUploadInChunksGoesOnWhereItWas()
    {
        make({24 * MiB});
        giveShortLife();
        learnChunks();
        stallChunk(2);
        const auto running = push();
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->stalled(), 1, Patience);
        waitForTheEndOfTheToken();
        m_proxy->release();
        QTRY_VERIFY_WITH_TIMEOUT(running->result, Patience);
        VERIFY_RESULT(*running->result);
        QCOMPARE(refused("PATCH"), 1);
        QVERIFY2(bytesSent() - size() <= Chunk, qPrintable(QString::number(bytesSent() - size())));
        QCOMPARE(m_tokens.requests().size(), 1);
        QCOMPARE(checkRemote(), QStringList());
    }

    void aStreamIsClosedWithAnotherToken()
    {
        make({24 * MiB});
        const RandomBlob& layer = largest();
        giveShortLife();
        m_proxy->add({.action = Action::StallRequest, .method = "PATCH", .after = 2 * MiB});
        StreamedBlob stream;
        stream.mediaType = layer.descriptor.mediaType;
        stream.key = Digest::ofBytes("how it is made");
        stream.make = [&layer](const std::stop_token&) { return atOnce(layer.open()); };
        auto task = m_repository->pushStream(stream, {}, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->stalled(), 1, Patience);
        waitForTheEndOfTheToken();
        m_proxy->release();
        const auto pushed = QCoro::waitFor(std::move(task));
        VERIFY_RESULT(pushed);
        QCOMPARE(pushed->digest, layer.descriptor.digest);
        QCOMPARE(refused("PUT"), 1);
        QCOMPARE(bytesSent(), layer.descriptor.size);
        QCOMPARE(m_tokens.requests().size(), 1);
        QCOMPARE(storedSize(layer.descriptor.digest), layer.descriptor.size);
    }

    void layersSideBySideAskForOneToken()
    {
        make({9 * MiB, 9 * MiB, 9 * MiB, 9 * MiB});
        giveShortLife();
        learnChunks();
        stallChunk(0, 4);
        const auto running = push();
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->stalled(), 4, Patience);
        waitForTheEndOfTheToken();
        m_proxy->release();
        QTRY_VERIFY_WITH_TIMEOUT(running->result, Patience);
        VERIFY_RESULT(*running->result);
        QVERIFY2(refused("PATCH") > 1, qPrintable(QString::number(refused("PATCH"))));
        QCOMPARE(m_tokens.requests().size(), 1);
        QVERIFY2(bytesSent() - size() <= 4 * Chunk, qPrintable(QString::number(bytesSent() - size())));
        QCOMPARE(checkRemote(), QStringList());
    }

    void aDownloadOutlivesItsToken()
    {
        putThere({24 * MiB});
        giveShortLife();
        m_proxy->add(
            {.action = Action::StallReply, .method = "GET", .path = largestPath(), .after = 2 * MiB});
        const auto running = pull(std::make_shared<bool>(true));
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->stalled(), 1, Patience);
        waitForTheEndOfTheToken();
        m_proxy->release();
        QTRY_VERIFY_WITH_TIMEOUT(running->result, Patience);
        VERIFY_RESULT(*running->result);
        QCOMPARE(m_proxy->count("GET", largestPath()), 1);
        QVERIFY(m_tokens.requests().size() <= 1);
        QCOMPARE(checkLayout(m_store->directory(), m_image.target.digest), QStringList());
    }

    void aDownloadThatBreaksGoesOnWithAnotherToken()
    {
        putThere({24 * MiB});
        giveShortLife();
        m_proxy->add({.action = Action::CutReply, .method = "GET", .path = largestPath(), .after = 12 * MiB});
        const auto mayGoOn = std::make_shared<bool>(false);
        const auto running = pull(mayGoOn);
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->struck(), 1, Patience);
        waitForTheEndOfTheToken();
        *mayGoOn = true;
        QTRY_VERIFY_WITH_TIMEOUT(running->result, Patience);
        VERIFY_RESULT(*running->result);
        QCOMPARE(refused("GET", largestPath()), 1);
        QCOMPARE(m_tokens.requests().size(), 1);
        qint64 received = 0;
        for (const ProxiedRequest& request : m_proxy->requests()) {
            if (request.target.contains(largestPath()) && request.status != 401)
                received += request.replyBytes;
        }
        const qint64 more = received - largest().descriptor.size;
        QVERIFY2(more <= InFlight, qPrintable(QString::number(more)));
        QCOMPARE(checkLayout(m_store->directory(), m_image.target.digest), QStringList());
    }

    void aPasswordThatIsRevokedEndsTheJobAndNotItsUpload_data()
    {
        QTest::addColumn<bool>("isRetriedByTheSameClient");
        QTest::newRow("the same client") << true;
        QTest::newRow("another client") << false;
    }

    void aPasswordThatIsRevokedEndsTheJobAndNotItsUpload()
    {
        QFETCH(const bool, isRetriedByTheSameClient);
        make({24 * MiB});
        auto journal = Journal::open(m_folder->filePath(u"tagboat.db"_s));
        VERIFY_RESULT(journal);
        connectRemote((*journal)->uploads());
        giveShortLife();
        learnChunks();
        stallChunk(2);

        TransferQueue queue(*journal);
        QList<JobSnapshot> ends;
        connect(&queue, &TransferQueue::finished, &queue,
                [&ends](const JobSnapshot& job) { ends.append(job); });
        JobRequest request;
        request.description.kind = JobKind::Push;
        request.options = quickOptions();
        request.open = [this](const std::stop_token&) {
            return opened({sourceOf(m_image.reader({Name}), Name), {destination()}});
        };
        const QString id = queue.add(request);
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->stalled(), 1, Patience);
        waitForTheEndOfTheToken();
        m_tokens.addUser(u"alice"_s, u"battery staple"_s);
        m_tokens.forgetRequests();
        m_proxy->release();
        QTRY_COMPARE_WITH_TIMEOUT(ends.size(), 1, Patience);
        QVERIFY(ends.first().state == JobState::Failed);
        QVERIFY(ends.first().error.has_value());
        const Error error = *ends.first().error;
        QVERIFY2(error.code == Error::Code::Unauthorized, qPrintable(error.toString()));
        QVERIFY2(error.message.contains("account alice"_L1), qPrintable(error.toString()));
        QVERIFY(!error.toString().contains(u"horse"_s));
        QCOMPARE(m_tokens.requests().size(), 1); // accounts get locked by wrong passwords
        QCOMPARE(m_proxy->count("DELETE", {}), 0);
        const UploadKey key{m_proxy->host(), Repo, largest().descriptor.digest};
        QVERIFY((*journal)->uploads()->find(key).has_value());

        // As another program, or the window, may do at any time.
        m_alice->secret = u"battery staple"_s;
        if (!isRetriedByTheSameClient)
            connectRemote((*journal)->uploads());
        m_tokens.issueShortLived(0, 0);
        m_proxy->forgetRequests();
        queue.retry(id);
        QTRY_COMPARE_WITH_TIMEOUT(ends.size(), 2, Patience);
        QVERIFY2(ends.last().state == JobState::Done,
                 ends.last().error ? qPrintable(ends.last().error->toString()) : "");
        QCoro::waitFor(queue.shutdown());
        // Three chunks were there.
        QVERIFY2(bytesSent() <= size() - 3 * Chunk, qPrintable(QString::number(bytesSent())));
        QCOMPARE(m_proxy->count("POST", "/blobs/uploads/"), 0);
        QCOMPARE(checkRemote(), QStringList());
    }

    void aPasswordThatWasChangedIsFoundAtOnce()
    {
        // Somebody has logged in anew while the job runs: nobody needs to do anything more.
        make({24 * MiB});
        giveShortLife();
        learnChunks();
        stallChunk(2);
        const auto running = push();
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->stalled(), 1, Patience);
        waitForTheEndOfTheToken();
        m_tokens.addUser(u"alice"_s, u"battery staple"_s);
        m_alice->secret = u"battery staple"_s;
        m_proxy->release();
        QTRY_VERIFY_WITH_TIMEOUT(running->result, Patience);
        VERIFY_RESULT(*running->result);
        QCOMPARE(m_tokens.requests().size(), 2); // the old password, and the new one
        QVERIFY2(bytesSent() - size() <= Chunk, qPrintable(QString::number(bytesSent() - size())));
        QCOMPARE(checkRemote(), QStringList());
    }

private:
    //! To the next token.
    void giveShortLife()
    {
        m_tokens.issueShortLived(1, ShortLife);
        m_shortLived = m_tokens.issued().size();
    }

    //! A registry client with its own memory of who alice is.
    void connectRemote(const std::shared_ptr<UploadLedger>& ledger)
    {
        RegistryClient::Options options;
        options.uploads = ledger;
        const auto credential = m_alice;
        const CredentialSource source([credential](const std::stop_token&) { return current(credential); });
        m_remote = std::make_unique<Remote>(m_proxy->host(), source, options);
        m_repository = m_remote->repository(Repo);
    }

    [[nodiscard]] CopyDestination destination() const
    {
        CopyDestination destination = m_remote->destination(Repo, {tag()});
        destination.writer = m_repository; // which knows what it has learnt
        return destination;
    }

    void make(const QList<qint64>& layers)
    {
        RandomImageOptions options;
        options.layerSizes = layers;
        options.isCompressible = false;
        m_image = randomImage(static_cast<quint64>(100 + ++m_seed), options);
    }

    [[nodiscard]] QString tag() const { return u"v%1"_s.arg(m_seed); }

    [[nodiscard]] const RandomBlob& largest() const
    {
        return *std::ranges::max_element(m_image.blobs, {},
                                         [](const RandomBlob& blob) { return blob.descriptor.size; });
    }

    [[nodiscard]] QByteArray largestPath() const
    {
        return "/blobs/" + largest().descriptor.digest.toString().toLatin1();
    }

    [[nodiscard]] qint64 size() const
    {
        qint64 sum = 0;
        for (const RandomBlob& blob : m_image.blobs)
            sum += blob.descriptor.size;
        return sum;
    }

    [[nodiscard]] std::shared_ptr<Running> push() const
    {
        auto running = std::make_shared<Running>();
        Running::drive(running, sourceOf(m_image.reader({Name}), Name), destination(), quickOptions());
        return running;
    }

    [[nodiscard]] std::shared_ptr<Running> pull(const std::shared_ptr<bool>& mayGoOn) const
    {
        RetryPolicy policy = RetryPolicy::standard(5);
        policy.pause = [mayGoOn](std::chrono::milliseconds, std::stop_token stop) {
            return pauseUntil(mayGoOn, std::move(stop));
        };
        CopyOptions options;
        options.retry = std::make_shared<const RetryPolicy>(std::move(policy));
        auto running = std::make_shared<Running>();
        Running::drive(running, m_remote->source(Repo, tag()), destinationOf(m_store, {Name}), options);
        return running;
    }

    //! Pushed by another client, which has a token of its own.
    void putThere(const QList<qint64>& layers)
    {
        make(layers);
        const Remote other(m_registry->host(), *m_alice);
        VERIFY_RESULT(QCoro::waitFor(planAndCopy(sourceOf(m_image.reader({Name}), Name),
                                                 other.destination(Repo, {tag()}), quickOptions(), {}, {})));
        m_tokens.forgetRequests();
    }

    //! From now on blobs go up in chunks: one was refused as a proxy with a limit does.
    void learnChunks()
    {
        m_proxy->add({.action = Action::Answer, .method = "PUT", .path = "/blobs/uploads/", .status = 413});
        const QByteArray bytes = "a small blob " + QByteArray::number(m_seed);
        Descriptor blob;
        blob.digest = Digest::ofBytes(bytes);
        blob.size = bytes.size();
        const SourceFactory open = [bytes](qint64 offset, const std::stop_token&) {
            return atOnce(memorySource(bytes.mid(offset)));
        };
        VERIFY_RESULT(QCoro::waitFor(m_repository->pushBlob(blob, open, {}, {})));
        QCOMPARE(m_proxy->struck(), 1);
        m_proxy->forgetRequests();
    }

    void stallChunk(int skip, int times = 1)
    {
        m_proxy->add({.action = Action::StallRequest,
                      .method = "PATCH",
                      .path = "/blobs/uploads/",
                      .after = MiB,
                      .times = times,
                      .skip = skip});
    }

    //! The registry itself says when; from then on only what is renewed is taken. Forgets how it was got.
    void waitForTheEndOfTheToken()
    {
        QVERIFY(m_tokens.issued().size() > m_shortLived);
        HttpClient http;
        HttpRequest request;
        request.url = QUrl(m_registry->url().toString() + u"/v2/"_s);
        request.authorization = "Bearer " + m_tokens.issued().at(m_shortLived);
        const auto isOver = [&http, &request] {
            const auto reply = QCoro::waitFor(http.send(request, {}));
            return reply && reply->status == 401;
        };
        QVERIFY2(!isOver(), "it was over before the copy was in the middle of anything");
        QTRY_VERIFY_WITH_TIMEOUT(isOver(), Patience);
        m_tokens.forgetRequests();
    }

    //! Of blobs, through the proxy; without those that it refused itself.
    [[nodiscard]] qint64 bytesSent() const
    {
        qint64 sum = 0;
        for (const ProxiedRequest& request : m_proxy->requests()) {
            const bool isUpload = request.method == "PUT" || request.method == "PATCH";
            if (isUpload && request.target.contains("/blobs/uploads/") && request.status != 413)
                sum += request.requestBytes;
        }
        return sum;
    }

    //! Requests whose token the registry did not take.
    [[nodiscard]] int refused(const QByteArray& method, const QByteArray& path = {}) const
    {
        return static_cast<int>(
            std::ranges::count_if(m_proxy->requests(), [&](const ProxiedRequest& request) {
                return request.method == method && request.status == 401 && request.target.contains(path);
            }));
    }

    //! By the eyes of somebody else.
    [[nodiscard]] QStringList checkRemote() const
    {
        const Remote other(m_registry->host(), *m_alice);
        return checkImage(other.repository(Repo), tag());
    }

    [[nodiscard]] qint64 storedSize(const Digest& digest) const
    {
        return m_registry->storedBlob(digest.toString()).size();
    }

    TokenServer m_tokens;
    std::unique_ptr<RegistryProcess> m_registry;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::shared_ptr<UploadLedger> m_ledger;
    std::shared_ptr<Credential> m_alice; //!< what is stored somewhere, and may be changed there
    std::unique_ptr<Remote> m_remote;
    std::shared_ptr<Repository> m_repository;
    RandomImage m_image;
    qsizetype m_shortLived = 0; //!< which of all tokens
    int m_seed = 0;
};

QTEST_GUILESS_MAIN(tst_TokenEnds)
#include "tst_tokenends.moc"
