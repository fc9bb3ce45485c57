// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/workbench.h"

#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/takefuture.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto Patience = 60s;

//! As a word, so that a test that fails says which.
QString stateOf(const JobSnapshot& job)
{
    return toString(job.state);
}

QStringList statesOf(const JobSnapshot& job)
{
    QStringList states;
    for (const JobTarget& target : job.targets)
        states.append(toString(target.state));
    return states;
}

} // namespace

//! One image to several repositories and registries in one job; both registries stand behind proxies that
//! count and break.
class TestPushMany : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_paths = {m_folder->filePath(u"data"_s), m_folder->filePath(u"config"_s)};
        RandomImageOptions options;
        options.layerSizes = {400'000, 300'000, 200'000};
        options.isCompressible = false;
        m_image = randomImage(7, options);
        m_image.writeLayout(m_paths.dataDirectory + u"/images"_s, {Name});
        for (Place* place : {&m_one, &m_two}) {
            place->registry = std::make_unique<RegistryProcess>();
            QVERIFY(place->registry->start());
            place->proxy = std::make_unique<SabotageProxy>(place->registry->port());
            QVERIFY(place->proxy->start());
        }
        open();
    }

    void cleanup()
    {
        close();
        m_one = {};
        m_two = {};
    }

    void tagsTimesRegistriesAreOneJob()
    {
        push({target(m_one, u"gallery/ui:v1"_s, {u"latest"_s}), target(m_two, u"mirror/ui:v1"_s, {u"1"_s})});
        QVERIFY(ended(1));
        const JobSnapshot job = last();
        QVERIFY2(job.state == JobState::Done, job.error ? qPrintable(job.error->toString()) : "");
        QCOMPARE(statesOf(job), (QStringList{u"Done"_s, u"Done"_s}));
        QCOMPARE(job.targets[0].tags, (QStringList{u"v1"_s, u"latest"_s}));
        QCOMPARE(job.targets[1].registry, m_two.proxy->host());
        QCOMPARE(job.targets[1].rootDigest, m_image.target.digest);
        QCOMPARE(job.bytesDone, 2 * bytesOfImage());
        QCOMPARE(job.bytesTotal, job.bytesDone);
        QCOMPARE(m_changed->size(), 2); // both repositories are news for a window
        for (const auto& [place, name] : {std::pair(&m_one, u"gallery/ui:v1"_s),
                                          {&m_one, u"gallery/ui:latest"_s},
                                          {&m_two, u"mirror/ui:v1"_s},
                                          {&m_two, u"mirror/ui:1"_s}})
            QCOMPARE(digestAt(*place, name), m_image.target.digest);
        for (const Place* place : {&m_one, &m_two})
            QCOMPARE(sentBlobBytes(*place), bytesOfImage());
    }

    void repositoriesOfOneRegistryGetTheBytesOnce()
    {
        push({target(m_one, u"a/ui:v1"_s), target(m_one, u"b/ui:v1"_s), target(m_one, u"c/ui:v1"_s)});
        QVERIFY(ended(1));
        const JobSnapshot job = last();
        QVERIFY2(job.state == JobState::Done, job.error ? qPrintable(job.error->toString()) : "");
        for (const QString& name : {u"a/ui:v1"_s, u"b/ui:v1"_s, u"c/ui:v1"_s})
            QCOMPARE(digestAt(m_one, name), m_image.target.digest);
        QCOMPARE(sentBlobBytes(m_one), bytesOfImage());
        QCOMPARE(job.bytesTotal, bytesOfImage());
        QCOMPARE(job.bytesDone, bytesOfImage());
        // Each blob landed in one of the three and was taken over by the other two, at the first asking.
        int mounts = 0, uploads = 0;
        const auto requests = m_one.proxy->requests();
        for (const ProxiedRequest& request : requests) {
            if (request.method != "POST")
                continue;
            const bool isMount = request.target.contains("mount=");
            mounts += isMount;
            uploads += !isMount;
            QVERIFY(!isMount || request.status == 201);
        }
        QCOMPARE(mounts, 2 * int(m_image.blobs.size()));
        QCOMPARE(uploads, int(m_image.blobs.size()));
        QCOMPARE(job.layersMoved, 3);
        QCOMPARE(job.layersMounted, 6);
    }

    void anIndexHasItsChildrenEverywhereBeforeItsName()
    {
        RandomImageOptions options;
        options.platforms = {*Platform::parse(u"linux/amd64"_s), *Platform::parse(u"linux/arm64"_s)};
        const RandomImage index = randomImage(9, options);
        index.writeLayout(m_paths.dataDirectory + u"/images"_s, {u"docker.io/library/multi:v1"_s});
        push({target(m_one, u"a/multi:v1"_s), target(m_one, u"b/multi:v1"_s), target(m_two, u"a/multi:v1"_s)},
             u"docker.io/library/multi:v1"_s);
        QVERIFY(ended(1));
        QVERIFY2(last().state == JobState::Done, last().error ? qPrintable(last().error->toString()) : "");
        for (const Place* place : {&m_one, &m_two}) {
            QCOMPARE(digestAt(*place, u"a/multi:v1"_s), index.target.digest);
            QList<QByteArray> pushed;
            const auto requests = place->proxy->requests();
            for (const ProxiedRequest& request : requests) {
                if (request.method == "PUT" && request.target.contains("/a/multi/manifests/"))
                    pushed.append(request.target);
            }
            QCOMPARE(pushed.size(), 3);
            QVERIFY(pushed.constLast().endsWith("/manifests/v1"));
        }
    }

    void aDeadRegistryStopsNoneOfTheOthersAndGetsItsPartLater()
    {
        m_two.registry->stop();
        push({target(m_one, u"gallery/ui:v1"_s), target(m_two, u"mirror/ui:v1"_s)});
        QVERIFY(ended(1));
        JobSnapshot job = last();
        QCOMPARE(stateOf(job), u"Failed"_s);
        QCOMPARE(statesOf(job), (QStringList{u"Done"_s, u"Failed"_s}));
        QVERIFY(job.error->isTransient());
        QCOMPARE(job.error->subject, m_two.proxy->host() + u"/mirror/ui"_s);
        QVERIFY2(job.error->message.contains(m_one.proxy->host() + u"/gallery/ui"_s),
                 qPrintable(job.error->message));
        QCOMPARE(digestAt(m_one, u"gallery/ui:v1"_s), m_image.target.digest);
        QCOMPARE(m_changed->size(), 1);

        QVERIFY(m_two.registry->start());
        m_two.proxy->setServerPort(m_two.registry->port());
        m_one.proxy->forgetRequests();
        m_workbench->retryJob(job.id);
        QVERIFY(ended(2));
        job = last();
        QVERIFY2(job.state == JobState::Done, job.error ? qPrintable(job.error->toString()) : "");
        QCOMPARE(statesOf(job), (QStringList{u"Done"_s, u"Done"_s}));
        QCOMPARE(digestAt(m_two, u"mirror/ui:v1"_s), m_image.target.digest);
        QVERIFY(m_one.proxy->requests().isEmpty());
    }

    void whatIsPausedGoesOnWhereItIsMissing()
    {
        stallLayers(m_two);
        const QString id = push({target(m_one, u"gallery/ui:v1"_s), target(m_two, u"mirror/ui:v1"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(statesOf(now()), (QStringList{u"Done"_s, u"Running"_s}), Patience);
        m_workbench->pauseJob(id);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(now()), u"Paused"_s, Patience);
        QCOMPARE(statesOf(now()), (QStringList{u"Done"_s, u"Paused"_s}));
        m_one.proxy->forgetRequests();
        m_two.proxy->clear();
        m_two.proxy->release();
        m_workbench->resumeJob(id);
        QVERIFY(ended(1));
        QVERIFY2(last().state == JobState::Done, last().error ? qPrintable(last().error->toString()) : "");
        QCOMPARE(digestAt(m_two, u"mirror/ui:v1"_s), m_image.target.digest);
        QVERIFY(m_one.proxy->requests().isEmpty());
    }

    void whatIsCancelledKeepsWhatGotThere()
    {
        stallLayers(m_two);
        const QString id = push({target(m_one, u"gallery/ui:v1"_s), target(m_two, u"mirror/ui:v1"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(statesOf(now()), (QStringList{u"Done"_s, u"Running"_s}), Patience);
        m_workbench->cancelJob(id);
        QVERIFY(ended(1));
        QCOMPARE(stateOf(last()), u"Cancelled"_s);
        QCOMPARE(statesOf(last()), (QStringList{u"Done"_s, u"Cancelled"_s}));
        QCOMPARE(digestAt(m_one, u"gallery/ui:v1"_s), m_image.target.digest);
        QVERIFY(digestAt(m_two, u"mirror/ui:v1"_s).isNull());
    }

    void theNextStartTakesUpWhatIsMissing()
    {
        stallLayers(m_two);
        const QString id = push({target(m_one, u"gallery/ui:v1"_s), target(m_two, u"mirror/ui:v1"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(statesOf(now()), (QStringList{u"Done"_s, u"Running"_s}), Patience);
        close();
        m_two.proxy->clear();
        m_two.proxy->release();
        m_one.proxy->forgetRequests();
        open();
        const auto jobs = take(m_workbench->jobs());
        VERIFY_RESULT(jobs);
        QCOMPARE(jobs->size(), 1);
        QCOMPARE(stateOf(jobs->first()), u"Interrupted"_s);
        QCOMPARE(statesOf(jobs->first()), (QStringList{u"Done"_s, u"Interrupted"_s}));
        m_workbench->retryJob(id);
        QVERIFY(ended(1));
        QVERIFY2(last().state == JobState::Done, last().error ? qPrintable(last().error->toString()) : "");
        QCOMPARE(last().id, id);
        QCOMPARE(statesOf(last()), (QStringList{u"Done"_s, u"Done"_s}));
        QCOMPARE(digestAt(m_two, u"mirror/ui:v1"_s), m_image.target.digest);
        QVERIFY(m_one.proxy->requests().isEmpty());
    }

    void aRateOfOneRegistrySlowsNoOther()
    {
        m_workbench->setRegistryRate(m_two.proxy->host(), 200'000); // 900 kB are left to send
        push({target(m_one, u"gallery/ui:v1"_s), target(m_two, u"mirror/ui:v1"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(statesOf(now()), (QStringList{u"Done"_s, u"Running"_s}), Patience);
        const qint64 doneAtOne = QDateTime::currentMSecsSinceEpoch();
        QVERIFY(ended(1));
        QVERIFY(last().state == JobState::Done);
        QVERIFY(QDateTime::currentMSecsSinceEpoch() - doneAtOne > 1000);
    }

    void anAccountThatIsNotThereIsRefusedAtOnce()
    {
        PushTarget second = target(m_two, u"mirror/ui:v1"_s);
        second.profile = u"nobody"_s;
        PushRequest request = requestTo({target(m_one, u"gallery/ui:v1"_s), second});
        COMPARE_ERROR(take(m_workbench->push(request)), Error::Code::NotFound);
        QVERIFY(m_one.proxy->requests().isEmpty());
    }

private:
    struct Place
    {
        std::unique_ptr<RegistryProcess> registry;
        std::unique_ptr<SabotageProxy> proxy;
    };

    static PushTarget target(const Place& place, const QString& name, const QStringList& moreTags = {})
    {
        return {*Reference::parse(QString(place.proxy->host() + u'/' + name)), moreTags, {}};
    }

    static PushRequest requestTo(QList<PushTarget> targets, const QString& image = Name)
    {
        PushRequest request;
        request.image = image;
        const PushTarget first = targets.takeFirst();
        request.destination = first.destination;
        request.moreTags = first.moreTags;
        request.profile = first.profile;
        request.further = targets;
        return request;
    }

    QString push(const QList<PushTarget>& targets, const QString& image = Name)
    {
        const auto id = take(m_workbench->push(requestTo(targets, image)));
        return id ? *id : QString();
    }

    void open()
    {
        m_workbench = std::make_unique<Workbench>(m_paths);
        m_changed = std::make_unique<QSignalSpy>(m_workbench.get(), &Workbench::repositoryChanged);
        m_ends.clear();
        connect(m_workbench.get(), &Workbench::jobChanged, this,
                [this](const JobSnapshot& job) { m_now = job; });
        connect(m_workbench.get(), &Workbench::jobFinished, this,
                [this](const JobSnapshot& job) { m_ends.append(job); });
    }

    void close()
    {
        m_changed.reset();
        m_workbench.reset();
    }

    //! So many jobs have ended, and no more.
    bool ended(int count)
    {
        return QTest::qWaitFor([&] { return m_ends.size() == count; }, QDeadlineTimer(Patience));
    }
    [[nodiscard]] JobSnapshot last() const { return m_ends.constLast(); }
    [[nodiscard]] JobSnapshot now() const { return m_now; }

    [[nodiscard]] qint64 bytesOfImage() const
    {
        qint64 sum = 0;
        for (const RandomBlob& blob : m_image.blobs)
            sum += blob.descriptor.size;
        return sum;
    }

    [[nodiscard]] static qint64 sentBlobBytes(const Place& place)
    {
        qint64 sum = 0;
        const auto requests = place.proxy->requests();
        for (const ProxiedRequest& request : requests)
            sum += request.target.contains("/blobs/uploads/") ? request.requestBytes : 0;
        return sum;
    }

    //! No layer gets there until the proxy is told to let go.
    static void stallLayers(const Place& place)
    {
        for (const char* method : {"PUT", "PATCH"})
            place.proxy->add({.action = Sabotage::Action::StallRequest,
                              .method = method,
                              .path = "/blobs/uploads/",
                              .after = 1000,
                              .times = -1});
    }

    [[nodiscard]] static Digest digestAt(const Place& place, const QString& name)
    {
        // As it lies in the storage: no client of ours is asked, and no request counted.
        const qsizetype colon = name.lastIndexOf(u':');
        QFile link(place.registry->storage()
                   + u"/docker/registry/v2/repositories/%1/_manifests/tags/%2/current/link"_s.arg(
                       name.left(colon), name.sliced(colon + 1)));
        if (!link.open(QIODevice::ReadOnly))
            return {};
        return Digest::parse(QString::fromLatin1(link.readAll().trimmed())).value_or(Digest());
    }

    static inline const QString Name = u"docker.io/library/image-gallery:v1"_s;
    std::unique_ptr<QTemporaryDir> m_folder;
    SessionPaths m_paths;
    RandomImage m_image;
    Place m_one, m_two;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<QSignalSpy> m_changed;
    JobSnapshot m_now;
    QList<JobSnapshot> m_ends;
};

QTEST_GUILESS_MAIN(TestPushMany)
#include "tst_pushmany.moc"
