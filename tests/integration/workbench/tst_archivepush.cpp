// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/archivepush.h"

#include "auth/credentialsource.h"
#include "oci/mediatype.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! An image in a `docker save` archive goes to the real registry without a store in between.
class TestArchivePush : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        RandomImageOptions options;
        options.layerSizes = {3'000'000, 400'000, 20'000};
        m_image = randomImage(77, options);
        const QString folder = m_files.filePath(u"layout"_s);
        m_image.writeLayout(folder, {u"it"_s});
        m_archive = m_files.filePath(u"saved.tar"_s);
        QProcess skopeo;
        skopeo.start(
            u"skopeo"_s,
            {u"copy"_s, u"oci:%1:it"_s.arg(folder), u"docker-archive:%1:some/name:1"_s.arg(m_archive)});
        QVERIFY(skopeo.waitForFinished(60'000));
        QVERIFY2(skopeo.exitCode() == 0, skopeo.readAllStandardError().constData());
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_proxy = std::make_unique<SabotageProxy>(m_registry.port());
        QVERIFY(m_proxy->start());
        m_http = std::make_shared<HttpClient>();
        m_client = std::make_shared<RegistryClient>(m_http, m_proxy->host(), noCredential(),
                                                    RegistryClient::Options{});
        m_repository = u"archive/ui-%1"_s.arg(++m_count);
        auto journal = Journal::open(m_home->filePath(u"tagboat.db"_s));
        VERIFY_RESULT(journal);
        m_journal = std::move(*journal);
    }

    void cleanup()
    {
        m_client.reset();
        m_proxy.reset();
        m_journal.reset();
    }

    void theImageArrives()
    {
        const auto root = push({u"v1"_s, u"latest"_s});
        VERIFY_RESULT(root);
        const auto repository = m_client->repository(m_repository);
        for (const QString& tag : {u"v1"_s, u"latest"_s}) {
            QCOMPARE(QCoro::waitFor(repository->resolve(tag, {}))->digest, root->digest);
            QCOMPARE(checkImage(repository, tag), QStringList());
        }
        const auto described = QCoro::waitFor(repository->describe(u"v1"_s, {}));
        VERIFY_RESULT(described);
        QCOMPARE(described->entries.constFirst().configDigest, m_image.id());
        QCOMPARE(m_journal->tagHistory(u"%1/%2:v1"_s.arg(m_proxy->host(), m_repository))->size(), 1);
    }

    void theSecondTimeNoLayerIsRead()
    {
        const auto first = push({u"v1"_s});
        VERIFY_RESULT(first);
        m_proxy->forgetRequests();
        const auto again = push({u"v2"_s});
        VERIFY_RESULT(again);
        QCOMPARE(again->digest, first->digest); // the same bytes give the same layers
        QCOMPARE(m_proxy->count("PATCH", {}), 0);
        // Another repository takes them over.
        m_proxy->forgetRequests();
        m_repository += u"-copy"_s;
        const auto copied = push({u"v1"_s});
        VERIFY_RESULT(copied);
        QCOMPARE(copied->digest, first->digest);
        QCOMPARE(m_proxy->count("PATCH", {}), 0);
        QVERIFY(m_proxy->count("POST", "/blobs/uploads/") >= 3);
        QCOMPARE(checkImage(m_client->repository(m_repository), u"v1"_s), QStringList());
    }

    void zstdWhereItIsAskedFor()
    {
        const LayerCompression zstd = *LayerCompression::parse(u"zstd:5"_s);
        const auto root = push({u"v1"_s}, {}, zstd);
        VERIFY_RESULT(root);
        QCOMPARE(layerTypes(u"v1"_s), QStringList(3, MediaType::OciLayerZstd));
        QCOMPARE(checkImage(m_client->repository(m_repository), u"v1"_s), QStringList());
        // skopeo reads it, and unpacks every layer on the way into an archive.
        QProcess skopeo;
        skopeo.start(u"skopeo"_s,
                     {u"copy"_s, u"--src-tls-verify=false"_s,
                      u"docker://%1/%2:v1"_s.arg(m_proxy->host(), m_repository),
                      u"docker-archive:%1:some/name:1"_s.arg(m_home->filePath(u"back.tar"_s))});
        QVERIFY(skopeo.waitForFinished(60'000));
        QVERIFY2(skopeo.exitCode() == 0, skopeo.readAllStandardError().constData());
    }

    void whoAsksForOneKindGetsNoOther()
    {
        const LayerCompression gzip;
        const LayerCompression zstd = *LayerCompression::parse(u"zstd"_s);
        VERIFY_RESULT(push({u"gzip"_s}));
        VERIFY_RESULT(push({u"zstd"_s}, {}, zstd)); // although the repository has them all as gzip
        QCOMPARE(layerTypes(u"zstd"_s), QStringList(3, MediaType::OciLayerZstd));
        m_proxy->forgetRequests();
        VERIFY_RESULT(push({u"again"_s}, {}, gzip));
        QCOMPARE(layerTypes(u"again"_s), QStringList(3, MediaType::OciLayerGzip));
        VERIFY_RESULT(push({u"other-level"_s}, {}, LayerCompression::parse(u"zstd:9"_s).value()));
        QCOMPARE(layerTypes(u"other-level"_s), QStringList(3, MediaType::OciLayerZstd));
        // Who does not care gets what is there.
        VERIFY_RESULT(push({u"any"_s}));
        QCOMPARE(m_proxy->count("PATCH", {}), 0);
    }

    void whatTheRegistryForgotIsSentAgain()
    {
        VERIFY_RESULT(push({u"v1"_s}));
        RegistryProcess other; // the same name in the journal, and nothing there
        QVERIFY(other.start());
        m_proxy = std::make_unique<SabotageProxy>(other.port());
        QVERIFY(m_proxy->start());
        m_client = std::make_shared<RegistryClient>(m_http, m_proxy->host(), noCredential(),
                                                    RegistryClient::Options{});
        VERIFY_RESULT(push({u"v1"_s}));
        QCOMPARE(checkImage(m_client->repository(m_repository), u"v1"_s), QStringList());
    }

    void aBrokenLineCostsALayerAtMost()
    {
        m_proxy->add(
            {.action = Sabotage::Action::CutRequest, .method = "PATCH", .path = "/blobs/", .after = 1000});
        m_proxy->add({.action = Sabotage::Action::Answer, .method = "POST", .path = "/blobs/", .times = 2});
        VERIFY_RESULT(push({u"v1"_s}));
        QVERIFY(m_proxy->struck() >= 3);
        QCOMPARE(checkImage(m_client->repository(m_repository), u"v1"_s), QStringList());
    }

    void theOneThatIsMeantIsTaken()
    {
        const auto right = push({u"v1"_s}, u"docker.io/some/name:1"_s);
        VERIFY_RESULT(right);
        const auto wrong = push({u"v2"_s}, u"docker.io/another/name:1"_s);
        COMPARE_ERROR(wrong, Error::Code::NotFound);
        QCOMPARE(wrong.error().origin, Error::Origin::Source);
        COMPARE_ERROR(QCoro::waitFor(m_client->repository(m_repository)->resolve(u"v2"_s, {})),
                      Error::Code::NotFound);
    }

private:
    [[nodiscard]] QStringList layerTypes(const QString& tag)
    {
        QStringList types;
        const auto content = QCoro::waitFor(m_client->repository(m_repository)->fetchManifest(tag, {}));
        const auto manifest = content ? Manifest::parse(content->bytes, content->descriptor.mediaType, {})
                                      : Result<Manifest>(std::unexpected(content.error()));
        if (manifest) {
            for (const Descriptor& layer : manifest->layers())
                types.append(layer.mediaType);
        }
        return types;
    }

    Result<Descriptor> push(const QStringList& tags, const QString& only = {},
                            std::optional<LayerCompression> compression = {})
    {
        return QCoro::waitFor(pushArchive({.file = m_archive,
                                           .only = only,
                                           .client = m_client,
                                           .repository = m_repository,
                                           .tags = tags,
                                           .compression = compression,
                                           .journal = m_journal,
                                           .terms = {}},
                                          {}, std::stop_token()));
    }

    RegistryProcess m_registry;
    QTemporaryDir m_files;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::shared_ptr<HttpClient> m_http;
    std::shared_ptr<RegistryClient> m_client;
    std::shared_ptr<Journal> m_journal;
    RandomImage m_image;
    QString m_archive, m_repository;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestArchivePush)
#include "tst_archivepush.moc"
