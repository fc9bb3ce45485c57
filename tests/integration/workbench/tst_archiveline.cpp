// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/archivepush.h"

#include "auth/credentialsource.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/uploadsregistry/uploadsregistry.h"
#include "transfer/hostslots.h"
#include "transfer/journaluploads.h"
#include "workbench/session.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr qint64 LayerSize = 30'000'000;
constexpr int Patience = 120'000;

} // namespace

//! Archives that are pushed over a line that breaks, to a registry where uploads can go on.
class TestArchiveLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_image = randomImage(78, {.layerSizes = {LayerSize, 300'000}, .isCompressible = false});
        const QString folder = m_files.filePath(u"layout"_s);
        m_image.writeLayout(folder, {u"it"_s});
        QProcess skopeo;
        skopeo.start(
            u"skopeo"_s,
            {u"copy"_s, u"oci:%1:it"_s.arg(folder), u"docker-archive:%1:some/name:1"_s.arg(archive())});
        QVERIFY(skopeo.waitForFinished(60'000));
        QVERIFY2(skopeo.exitCode() == 0, skopeo.readAllStandardError().constData());
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_registry = std::make_unique<UploadsRegistry>();
        QVERIFY(m_registry->start());
        m_proxy = std::make_unique<SabotageProxy>(m_registry->port());
        QVERIFY(m_proxy->start());
        m_http = std::make_shared<HttpClient>();
    }

    void cleanup()
    {
        m_http.reset();
        m_proxy.reset();
        m_registry.reset();
    }

    void noByteOfALayerGoesTwice()
    {
        m_proxy->cutAtRandom({.seed = 9,
                              .count = 12,
                              .action = Sabotage::Action::CutRequest,
                              .distance = 2'000'000,
                              .inHeads = 0, // which would let all the rest pass first
                              .path = "/blobs/uploads/"});
        qint64 last = 0, total = 0;
        const auto root = push({}, [&](const ArchiveProgress& progress) {
            last = progress.bytesDone;
            total = progress.bytesTotal;
        });
        VERIFY_RESULT(root);
        QCOMPARE_GT(m_proxy->struck(), 6);
        QCOMPARE(checkImage(repository(), u"v1"_s), QStringList());
        QCOMPARE(m_registry->bytesReceived(largestLayer().digest.toString()), largestLayer().size);
        QCOMPARE(last, total);
        // A registry to which lines break is given fewer of them.
        QCOMPARE_LT(HostSlots::ofThread().allowed(m_proxy->host(), 6), 6);
    }

    void aStallIsTold()
    {
        const auto terms = std::make_shared<WorkTerms>();
        QStringList told;
        terms->stalled = [&told](const std::optional<Error>& trouble, std::chrono::milliseconds) {
            const QString what = trouble ? QString(toString(trouble->code)) : u"moving"_s;
            if (told.isEmpty() || told.constLast() != what)
                told.append(what);
        };
        m_proxy->add({.action = Sabotage::Action::CutRequest,
                      .method = "PATCH",
                      .path = "/blobs/",
                      .after = 20'000'000,
                      .arrives = true});
        VERIFY_RESULT(push(terms));
        QCOMPARE(told, (QStringList{u"Network"_s, u"moving"_s}));
    }

    void aPushThatWasStoppedGoesOnInTheNextProgram()
    {
        auto journal = Journal::open(m_home->filePath(u"tagboat.db"_s));
        VERIFY_RESULT(journal);
        m_proxy->add({.action = Sabotage::Action::StallRequest,
                      .method = "PATCH",
                      .path = "/blobs/",
                      .after = 20'000'000});
        std::stop_source stop;
        auto pushing = pushArchive(what(*journal), {}, stop.get_token());
        QTRY_VERIFY_WITH_TIMEOUT(m_registry->bytesInSessions() >= 20'000'000, Patience);
        stop.request_stop();
        COMPARE_ERROR(QCoro::waitFor(std::move(pushing)), Error::Code::Cancelled);
        m_proxy->release();
        journal->reset();

        auto again = Journal::open(m_home->filePath(u"tagboat.db"_s));
        VERIFY_RESULT(again);
        VERIFY_RESULT(QCoro::waitFor(pushArchive(what(*again), {}, {})));
        QCOMPARE(checkImage(repository(), u"v1"_s), QStringList());
        // What the proxy held when it was stopped may have come, too.
        QCOMPARE_LT(m_registry->bytesReceived(), LayerSize + 10'000'000);
    }

    void anInterruptedJobIsTakenUpAfterARestart()
    {
        const SessionPaths paths{m_home->filePath(u"data"_s), m_home->filePath(u"config"_s)};
        m_proxy->add({.action = Sabotage::Action::StallRequest,
                      .method = "PATCH",
                      .path = "/blobs/",
                      .after = 20'000'000});
        auto session = Session::open(paths);
        VERIFY_RESULT(session);
        ArchivePushRequest request;
        request.file = archive();
        request.destination = *Reference::parse(u"%1/line/ui:v1"_s.arg(m_proxy->host()));
        request.moreTags = {u"latest"_s};
        const auto id = (*session)->pushArchive(request);
        VERIFY_RESULT(id);
        QTRY_VERIFY_WITH_TIMEOUT(m_registry->bytesInSessions() >= 20'000'000, Patience);
        QCoro::waitFor((*session)->close());
        session->reset();
        m_proxy->release();

        session = Session::open(paths);
        VERIFY_RESULT(session);
        QList<JobSnapshot> jobs = (*session)->queue().jobs();
        QCOMPARE(jobs.size(), 1);
        QVERIFY(jobs.first().state == JobState::Interrupted && jobs.first().isRepeatable);
        QSignalSpy finished(&(*session)->queue(), &TransferQueue::finished);
        (*session)->queue().retry(*id);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, Patience);
        const auto job = finished.first().first().value<JobSnapshot>();
        QVERIFY2(job.state == JobState::Done, job.error ? qPrintable(job.error->toString()) : "");
        QCOMPARE(job.id, *id);
        for (const QString& tag : {u"v1"_s, u"latest"_s})
            QCOMPARE(checkImage(repository(), tag), QStringList());
        QCOMPARE_LT(m_registry->bytesReceived(), LayerSize + 10'000'000);
        QCoro::waitFor((*session)->close());
    }

    void aFileThatIsGoneIsTheError()
    {
        const SessionPaths paths{m_home->filePath(u"data"_s), m_home->filePath(u"config"_s)};
        const QString file = m_home->filePath(u"gone.tar"_s);
        QVERIFY(QFile::copy(archive(), file));
        m_proxy->add({.action = Sabotage::Action::StallRequest, .method = "PATCH", .path = "/blobs/"});
        auto session = Session::open(paths);
        VERIFY_RESULT(session);
        ArchivePushRequest request;
        request.file = file;
        request.destination = *Reference::parse(u"%1/line/ui:v1"_s.arg(m_proxy->host()));
        const auto id = (*session)->pushArchive(request);
        VERIFY_RESULT(id);
        QTRY_VERIFY_WITH_TIMEOUT(m_proxy->stalled() > 0, Patience);
        QCoro::waitFor((*session)->close());
        session->reset();
        m_proxy->release();
        QVERIFY(QFile::remove(file));

        session = Session::open(paths);
        VERIFY_RESULT(session);
        (*session)->queue().retry(*id);
        const QList<JobSnapshot> jobs = (*session)->queue().jobs();
        QCOMPARE(jobs.size(), 1);
        QVERIFY(jobs.first().state == JobState::Failed);
        QVERIFY(jobs.first().error->code == Error::Code::NotFound);
        QCOMPARE(jobs.first().error->subject, file);
        QCoro::waitFor((*session)->close());
    }

    void twoJobsSendALayerOnce()
    {
        auto journal = Journal::open(m_home->filePath(u"tagboat.db"_s));
        VERIFY_RESULT(journal);
        ArchivePush other = what(*journal);
        other.tags = {u"v2"_s};
        auto first = pushArchive(what(*journal), {}, {});
        auto second = pushArchive(other, {}, {});
        VERIFY_RESULT(QCoro::waitFor(std::move(first)));
        VERIFY_RESULT(QCoro::waitFor(std::move(second)));
        for (const QString& tag : {u"v1"_s, u"v2"_s})
            QCOMPARE(checkImage(repository(), tag), QStringList());
        QCOMPARE(m_registry->bytesReceived(largestLayer().digest.toString()), largestLayer().size);
        QCOMPARE(m_registry->requestCount("PATCH"), 2);
    }

private:
    [[nodiscard]] QString archive() const { return m_files.filePath(u"saved.tar"_s); }

    [[nodiscard]] std::shared_ptr<Repository> repository() const
    {
        return std::make_shared<RegistryClient>(m_http, m_registry->host(), noCredential(),
                                                RegistryClient::Options{})
            ->repository(u"line/ui"_s);
    }

    //! As a program makes it that begins now.
    [[nodiscard]] ArchivePush what(std::shared_ptr<Journal> journal) const
    {
        RegistryClient::Options options;
        options.uploads = journal->uploads();
        return {.file = archive(),
                .only = {},
                .client = std::make_shared<RegistryClient>(m_http, m_proxy->host(), noCredential(), options),
                .repository = u"line/ui"_s,
                .tags = {u"v1"_s},
                .compression = {},
                .journal = std::move(journal),
                .terms = {}};
    }

    [[nodiscard]] Result<Descriptor> push(std::shared_ptr<WorkTerms> terms = {},
                                          ArchiveProgressCallback progress = {})
    {
        auto journal = Journal::open(m_home->filePath(u"tagboat.db"_s));
        if (!journal)
            return std::unexpected(journal.error());
        ArchivePush push = what(*journal);
        push.terms = std::move(terms);
        return QCoro::waitFor(pushArchive(push, std::move(progress), {}));
    }

    //! As it is in the registry.
    [[nodiscard]] Descriptor largestLayer() const
    {
        const auto content = QCoro::waitFor(repository()->fetchManifest(u"v1"_s, {}));
        if (!content)
            return {};
        const auto manifest = Manifest::parse(content->bytes, content->descriptor.mediaType, {});
        return manifest ? manifest->layers().first() : Descriptor();
    }

    QTemporaryDir m_files;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<UploadsRegistry> m_registry;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::shared_ptr<HttpClient> m_http;
    RandomImage m_image;
};

QTEST_GUILESS_MAIN(TestArchiveLine)
#include "tst_archiveline.moc"
