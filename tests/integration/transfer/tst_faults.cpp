// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/stoppablesleep.h"
#include "remote.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/scriptedserver.h"
#include "support/storeplaces.h"
#include "support/uploadsregistry/uploadsregistry.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace std::chrono_literals;

namespace {

constexpr auto Name = "docker.io/library/sample:v1"_L1;
constexpr auto Repo = "gallery/faults"_L1;

using Action = Sabotage::Action;

//! A copy that runs beside the test.
struct Running
{
    std::optional<Result<CopyReport>> result;

    static Task<void> drive(std::shared_ptr<Running> self, CopySource source, CopyDestination destination,
                            CopyOptions options, std::shared_ptr<CopyObserver> observer)
    {
        auto result = co_await planAndCopy(source, destination, options, observer, {});
        self->result.emplace(std::move(result));
    }
};

//! Tries again and again for as long as a test may last.
CopyOptions patientOptions()
{
    RetryPolicy policy = RetryPolicy::standard(10'000);
    policy.pause = [](std::chrono::milliseconds, std::stop_token stop) {
        return sleepFor(20ms, std::move(stop));
    };
    CopyOptions options;
    options.retry = std::make_shared<const RetryPolicy>(std::move(policy));
    return options;
}

} // namespace

//! Faults of registries and what stands before them, one at a time, in the middle of a copy.
class tst_Faults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_tokens.listen());
        m_tokens.addUser(u"alice"_s, u"correct horse"_s);
        m_tokens.allow(u"alice"_s, u"*"_s, {u"pull"_s, u"push"_s});
        RegistryOptions options;
        options.tokens = &m_tokens;
        m_registry = std::make_unique<RegistryProcess>(options);
        QVERIFY(m_registry->start());
        m_uploads = std::make_unique<UploadsRegistry>();
        QVERIFY(m_uploads->start());
    }

    void cleanupTestCase()
    {
        m_uploads.reset();
        m_registry.reset();
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = openStore(m_folder->filePath(u"images"_s));
        m_observer = std::make_shared<NotingObserver>();
        RandomImageOptions options;
        options.layerSizes = {3'000'000, 60'000, 5'000};
        options.isCompressible = false;
        m_image = randomImage(static_cast<quint64>(++m_seed), options);
        m_proxy = std::make_unique<SabotageProxy>(m_registry->port());
        QVERIFY(m_proxy->start());
        m_remote =
            std::make_unique<Remote>(m_proxy->host(), Credential{u"alice"_s, u"correct horse"_s, false});
    }

    void cleanup()
    {
        m_remote.reset();
        m_proxy.reset();
        m_store.reset();
    }

    void aStatusThatPasses_data()
    {
        QTest::addColumn<bool>("isPush");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("status");
        for (const int status : {408, 500, 504}) {
            const auto row = [status](const char* name, bool isPush, const char* method, const char* path) {
                QTest::addRow("%d, %s", status, name)
                    << isPush << QByteArray(method) << QByteArray(path) << status;
            };
            row("opening an upload", true, "POST", "/blobs/uploads/");
            row("an upload", true, "PUT", "/blobs/uploads/");
            row("putting a manifest", true, "PUT", "/manifests/");
            row("a manifest", false, "GET", "/manifests/");
            row("a blob", false, "GET", "/blobs/");
        }
    }

    void aStatusThatPasses()
    {
        QFETCH(const bool, isPush);
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, path);
        QFETCH(const int, status);
        if (!isPush)
            VERIFY_RESULT(push());
        m_proxy->add(
            {.action = Action::Answer, .method = method, .path = path, .times = 2, .status = status});
        VERIFY_RESULT(isPush ? push() : pull());
        QCOMPARE(m_proxy->struck(), 2);
        checkBoth(isPush);
    }

    void aSlowReaderIsWaitedFor_data() { directions(); }

    void aSlowReaderIsWaitedFor()
    {
        QFETCH(const bool, isPush);
        if (!isPush)
            VERIFY_RESULT(push());
        m_proxy->setRate(3'000'000);
        QElapsedTimer time;
        time.start();
        VERIFY_RESULT(isPush ? push() : pull());
        QVERIFY(time.elapsed() > 500);
        QVERIFY(m_observer->retried.isEmpty());
        checkBoth(isPush);
    }

    void aTokenThatRunsOutIsRenewed_data() { directions(); }

    void aTokenThatRunsOutIsRenewed()
    {
        QFETCH(const bool, isPush);
        if (!isPush)
            VERIFY_RESULT(push());
        m_tokens.forgetRequests();
        const QByteArray challenge = "WWW-Authenticate: Bearer realm=\"" + m_tokens.realm().toEncoded()
            + "\",service=\"" + m_tokens.service().toLatin1()
            + "\",scope=\"repository:" + QByteArray(Repo.data(), Repo.size())
            + (isPush ? ":pull,push\",error=\"invalid_token\"\r\n" : ":pull\",error=\"invalid_token\"\r\n");
        m_proxy->add({.action = Action::Answer,
                      .method = isPush ? "PUT" : "GET",
                      .path = "/blobs/",
                      .skip = 1,
                      .status = 401,
                      .headers = challenge});
        VERIFY_RESULT(isPush ? push() : pull());
        QCOMPARE(m_proxy->struck(), 1);
        QVERIFY(!m_tokens.requests().isEmpty());
        checkBoth(isPush);
    }

    void aRedirectThatExpiresIsAskedForAgain()
    {
        ScriptedServer registry;
        ScriptedServer storage;
        QVERIFY(registry.listen());
        QVERIFY(storage.listen());
        const auto signatures = std::make_shared<int>(0); // the last one given; it is good for one request
        const auto used = std::make_shared<QSet<QByteArray>>();
        serveManifest(registry);
        for (const RandomBlob& blob : m_image.blobs) {
            const QByteArray path = "/blobs/" + blob.descriptor.digest.toString().toLatin1();
            const QByteArray place = storage.url(path).toEncoded();
            registry.on("GET", "/v2/gallery/faults" + path, [signatures, place](const ScriptedRequest&) {
                return ScriptedAnswer::redirect(307,
                                                place + "?signature=" + QByteArray::number(++*signatures));
            });
            const QByteArray bytes = blob.read();
            storage.on("GET", path, [used, bytes, path](const ScriptedRequest& request) {
                if (used->contains(request.target))
                    return ScriptedAnswer::text(403, "<Error><Code>ExpiredToken</Code></Error>");
                // The first time only half of it comes.
                const bool isFirst = std::ranges::none_of(
                    *used, [&path](const QByteArray& target) { return target.startsWith(path); });
                used->insert(request.target);
                return part(bytes, request.headers.value("Range"), isFirst);
            });
        }
        const Remote remote(registry.host());
        const auto pulled = QCoro::waitFor(planAndCopy(
            remote.source(Repo, u"v1"_s), destinationOf(m_store, {Name}), quickOptions(), m_observer, {}));
        VERIFY_RESULT(pulled);
        QCOMPARE(checkLayout(m_store->directory(), m_image.target.digest), QStringList());
        QVERIFY(*signatures >= static_cast<int>(2 * m_image.blobs.size()));
    }

    void aSessionThatIsForgottenIsBegunAnew()
    {
        const Remote remote = overUploads();
        stallLargest("PUT");
        const auto running = start(remote.destination(Repo, {u"v1"_s}));
        QTRY_COMPARE(m_proxy->stalled(), 1);
        m_uploads->forgetSessions();
        m_proxy->release();
        QTRY_VERIFY_WITH_TIMEOUT(running->result, 30'000);
        VERIFY_RESULT(*running->result);
        QCOMPARE(checkImage(Remote(m_uploads->host()).repository(Repo), u"v1"_s), QStringList());
    }

    void aResumedUploadThatEndsWrongIsNotTheOneThatMayBe()
    {
        // Cut, ended wrong as it was taken up, ended wrong from its beginning (which may be once), and right.
        const Remote remote = overUploads();
        m_proxy->add({.action = Action::CutRequest,
                      .method = "PUT",
                      .path = "/blobs/uploads/",
                      .after = 2'000'000,
                      .arrives = true});
        m_proxy->add({.action = Action::CorruptRequest,
                      .method = "PUT",
                      .path = "/blobs/uploads/",
                      .after = 900'000,
                      .times = 2});
        const auto running = start(remote.destination(Repo, {u"v1"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(running->result, 30'000);
        VERIFY_RESULT(*running->result);
        QCOMPARE(m_proxy->struck(), 3);
        QCOMPARE(m_observer->retried.size(), 2); // the cut, and the one that may be
        QCOMPARE(checkImage(Remote(m_uploads->host()).repository(Repo), u"v1"_s), QStringList());
    }

    void aRegistryThatIsRestartedTakesAPushOnWhereItWas()
    {
        const Remote remote = overUploads();
        const qint64 before = m_uploads->bytesReceived();
        stallLargest("PUT");
        const auto running = start(remote.destination(Repo, {u"v1"_s}));
        // All others are through, and what came of this one has arrived.
        QTRY_COMPARE(m_uploads->bytesInSessions(), 100'000);
        QTRY_COMPARE(m_uploads->openSessions(), 1);
        m_uploads->stop();
        QTRY_VERIFY(m_observer->retried.size() > 3);
        QVERIFY(m_uploads->start());
        QTRY_VERIFY_WITH_TIMEOUT(running->result, 30'000);
        VERIFY_RESULT(*running->result);
        QCOMPARE(m_uploads->bytesReceived() - before, size());
        QCOMPARE(checkImage(Remote(m_uploads->host()).repository(Repo), u"v1"_s), QStringList());
    }

    void aRegistryThatIsRestartedTakesAPullOn()
    {
        RegistryProcess registry;
        QVERIFY(registry.start());
        VERIFY_RESULT(QCoro::waitFor(planAndCopy(sourceOf(m_image.reader({Name}), Name),
                                                 Remote(registry.host()).destination(Repo, {u"v1"_s}),
                                                 quickOptions(), {}, {})));
        m_proxy->setServerPort(registry.port());
        const Remote remote(m_proxy->host());
        stallLargest("GET");
        const auto running = std::make_shared<Running>();
        Running::drive(running, remote.source(Repo, u"v1"_s), destinationOf(m_store, {Name}),
                       patientOptions(), m_observer);
        QTRY_COMPARE(m_proxy->stalled(), 1);
        registry.stop();
        m_proxy->release();
        QTRY_VERIFY(m_observer->retried.size() > 3);
        QVERIFY(registry.start());
        m_proxy->setServerPort(registry.port());
        QTRY_VERIFY_WITH_TIMEOUT(running->result, 30'000);
        VERIFY_RESULT(*running->result);
        QCOMPARE(checkLayout(m_store->directory(), m_image.target.digest), QStringList());
        QVERIFY(leftovers(m_store).isEmpty());
    }

private:
    static void directions()
    {
        QTest::addColumn<bool>("isPush");
        QTest::newRow("push") << true;
        QTest::newRow("pull") << false;
    }

    Result<CopyReport> push()
    {
        return QCoro::waitFor(planAndCopy(sourceOf(m_image.reader({Name}), Name),
                                          m_remote->destination(Repo, {u"v1"_s}), quickOptions(), m_observer,
                                          {}));
    }

    Result<CopyReport> pull()
    {
        return QCoro::waitFor(planAndCopy(m_remote->source(Repo, u"v1"_s), destinationOf(m_store, {Name}),
                                          quickOptions(), m_observer, {}));
    }

    void checkBoth(bool isPush)
    {
        if (isPush)
            QCOMPARE(checkImage(m_remote->repository(Repo), u"v1"_s), QStringList());
        else
            QCOMPARE(checkLayout(m_store->directory(), m_image.target.digest), QStringList());
    }

    [[nodiscard]] Remote overUploads()
    {
        m_proxy->setServerPort(m_uploads->port());
        return Remote(m_proxy->host());
    }

    //! The largest layer comes to a standstill after 100 KB.
    void stallLargest(const QByteArray& method)
    {
        const Digest largest = std::ranges::max(m_image.blobs, {}, [](const RandomBlob& blob) {
                                   return blob.descriptor.size;
                               }).descriptor.digest;
        // An upload's path does not tell the blob; but no other is that long.
        m_proxy->add({.action = method == "GET" ? Action::StallReply : Action::StallRequest,
                      .method = method,
                      .path = method == "GET" ? largest.toString().toLatin1() : QByteArray("/blobs/uploads/"),
                      .after = 100'000});
    }

    [[nodiscard]] std::shared_ptr<Running> start(const CopyDestination& destination) const
    {
        auto running = std::make_shared<Running>();
        Running::drive(running, sourceOf(m_image.reader({Name}), Name), destination, patientOptions(),
                       m_observer);
        return running;
    }

    [[nodiscard]] qint64 size() const
    {
        qint64 sum = 0;
        for (const RandomBlob& blob : m_image.blobs)
            sum += blob.descriptor.size;
        return sum;
    }

    void serveManifest(ScriptedServer& registry) const
    {
        auto answer = ScriptedAnswer::text(200, m_image.bytes, m_image.target.mediaType.toLatin1())
                          .with("Docker-Content-Digest", m_image.target.digest.toString().toLatin1());
        registry.on("*", "/v2/gallery/faults/manifests/*", answer);
    }

    //! A blob, or what a Range asks of it; only the first half of that where it \a breaks.
    static ScriptedAnswer part(const QByteArray& bytes, const QByteArray& range, bool breaks)
    {
        const qint64 first = range.startsWith("bytes=") ? range.mid(6).chopped(1).toLongLong() : 0;
        auto answer =
            ScriptedAnswer::text(first > 0 ? 206 : 200, bytes.mid(first), "application/octet-stream");
        if (first > 0) {
            answer.headers.set("Content-Range",
                               "bytes " + QByteArray::number(first) + '-'
                                   + QByteArray::number(bytes.size() - 1) + '/'
                                   + QByteArray::number(bytes.size()));
        }
        if (breaks) {
            answer.cutAfter = bytes.size() / 2;
            answer.ending = ScriptedAnswer::Ending::Close;
        }
        return answer;
    }

    TokenServer m_tokens;
    std::unique_ptr<RegistryProcess> m_registry;
    std::unique_ptr<UploadsRegistry> m_uploads;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::unique_ptr<Remote> m_remote;
    std::shared_ptr<NotingObserver> m_observer;
    RandomImage m_image;
    int m_seed = 0;
};

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_faults.moc"
