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

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Layers that others brought to the repository, compressed in their own way, are not sent once more.
class TestLayerClaims : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        RandomImageOptions options;
        options.layerSizes = {2'000'000, 700'000, 300'000};
        options.sharedLayers = 2;
        m_base = randomImage(1, options);
        m_image = randomImage(2, options);
        m_base.writeLayout(m_files.filePath(u"base"_s), {u"it"_s});
        m_image.writeLayout(m_files.filePath(u"image"_s), {u"it"_s});
        QVERIFY(skopeo({u"copy"_s, u"oci:%1:it"_s.arg(m_files.filePath(u"image"_s)),
                        u"docker-archive:%1:some/name:1"_s.arg(archive())}));
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_proxy = std::make_unique<SabotageProxy>(m_registry.port());
        QVERIFY(m_proxy->start());
        m_client = std::make_shared<RegistryClient>(std::make_shared<HttpClient>(), m_proxy->host(),
                                                    noCredential(), RegistryClient::Options{});
        m_repository = u"claims/ui-%1"_s.arg(++m_count);
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

    void onlyTheNewLayerIsSent_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("tag"); // of the base
        QTest::newRow("the tag that moves") << u"oci"_s << u"v1"_s;
        QTest::newRow("another tag") << u"oci"_s << u"v0.9"_s;
        QTest::newRow("Docker's types") << u"v2s2"_s << u"v0.9"_s;
    }

    void onlyTheNewLayerIsSent()
    {
        QFETCH(const QString, format);
        QFETCH(const QString, tag);
        QVERIFY(pushBase(tag, {u"--format"_s, format}));
        const QList<Descriptor> before = layers(tag);
        QCOMPARE(before.size(), 3);
        m_proxy->forgetRequests();
        VERIFY_RESULT(push(u"v1"_s));
        QCOMPARE(m_proxy->count("PATCH", {}), 1);
        const QList<Descriptor> after = layers(u"v1"_s);
        QCOMPARE(after.size(), 3);
        for (int i : {0, 1}) {
            QCOMPARE(after.at(i).digest, before.at(i).digest);
            QCOMPARE(after.at(i).size, before.at(i).size);
            QCOMPARE(after.at(i).mediaType, QString(MediaType::OciLayerGzip));
        }
        QVERIFY(after.at(2).digest != before.at(2).digest);
        QCOMPARE(checkImage(m_client->repository(m_repository), u"v1"_s), QStringList());
    }

    void ofAnIndexEachImageIsLookedAt()
    {
        RandomImageOptions options;
        options.layerSizes = {2'000'000, 700'000, 300'000};
        options.sharedLayers = 2;
        for (const QString& architecture : {u"arm64"_s, u"amd64"_s}) {
            Platform platform;
            platform.os = u"linux"_s;
            platform.architecture = architecture;
            options.platforms.append(platform);
        }
        const QString folder = m_files.filePath(u"index"_s);
        randomImage(3, options).writeLayout(folder, {u"it"_s});
        QVERIFY(skopeo({u"copy"_s, u"--all"_s, u"--dest-tls-verify=false"_s, u"oci:%1:it"_s.arg(folder),
                        u"docker://%1/%2:all"_s.arg(m_registry.host(), m_repository)}));
        m_proxy->forgetRequests();
        VERIFY_RESULT(push(u"v1"_s));
        QCOMPARE(m_proxy->count("PATCH", {}), 1);
        QCOMPARE(checkImage(m_client->repository(m_repository), u"v1"_s), QStringList());
    }

    void whoAsksForAnotherKindSendsAll()
    {
        QVERIFY(pushBase(u"v0"_s));
        m_proxy->forgetRequests();
        VERIFY_RESULT(push(u"v1"_s, LayerCompression::parse(u"zstd"_s).value()));
        QCOMPARE(m_proxy->count("PATCH", {}), 3);
    }

    void questionsAreBounded()
    {
        for (int i = 0; i < 20; ++i)
            QVERIFY(pushBase(u"old-%1"_s.arg(i)));
        m_proxy->forgetRequests();
        VERIFY_RESULT(push(u"v1"_s, LayerCompression::parse(u"zstd"_s).value()));
        // All tags are one manifest with one config; none of the claims is welcome.
        QCOMPARE_LE(m_proxy->count("GET", "/manifests/"), 7);
        QCOMPARE(m_proxy->count("GET", "/tags/list"), 1);
        QCOMPARE_LE(m_proxy->count("GET", "/blobs/"), 7);
    }

    void whatCannotBeReadClaimsNothing()
    {
        QVERIFY(pushBase(u"v0"_s));
        m_proxy->add({.action = Sabotage::Action::Answer,
                      .method = "GET",
                      .path = "/manifests/",
                      .times = -1,
                      .status = 403});
        VERIFY_RESULT(push(u"v1"_s));
        m_proxy->clear();
        QCOMPARE(m_proxy->count("PATCH", {}), 3);
        QCOMPARE(checkImage(m_client->repository(m_repository), u"v1"_s), QStringList());
    }

    void anotherRepositoryIsNotBelieved()
    {
        QVERIFY(pushBase(u"v0"_s));
        m_repository += u"-beside"_s;
        m_proxy->forgetRequests();
        VERIFY_RESULT(push(u"v1"_s));
        QCOMPARE(m_proxy->count("PATCH", {}), 3);
    }

    void aLieStaysWhereItWasTold()
    {
        // An image whose config exchanges its layers: whoever unpacks it will notice. Here it is believed, by
        // the reasons of LayerClaims, and nowhere else.
        pushLie();
        VERIFY_RESULT(push(u"v1"_s));
        QVERIFY(!checkImage(m_client->repository(m_repository), u"v1"_s).isEmpty());
        m_repository += u"-beside"_s;
        VERIFY_RESULT(push(u"v1"_s));
        QCOMPARE(checkImage(m_client->repository(m_repository), u"v1"_s), QStringList());
    }

private:
    [[nodiscard]] QString archive() const { return m_files.filePath(u"saved.tar"_s); }

    static bool skopeo(const QStringList& arguments)
    {
        QProcess process;
        process.start(u"skopeo"_s, arguments);
        const bool isDone = process.waitForFinished(60'000) && process.exitCode() == 0;
        if (!isDone)
            qWarning("%s", process.readAllStandardError().constData());
        return isDone;
    }

    [[nodiscard]] bool pushBase(const QString& tag, const QStringList& options = {})
    {
        return skopeo(QStringList{u"copy"_s, u"--dest-tls-verify=false"_s} + options
                      + QStringList{u"oci:%1:it"_s.arg(m_files.filePath(u"base"_s)),
                                    u"docker://%1/%2:%3"_s.arg(m_registry.host(), m_repository, tag)});
    }

    void pushLie()
    {
        QVERIFY(pushBase(u"v0"_s));
        const auto repository = m_client->repository(m_repository);
        QJsonObject config = QJsonDocument::fromJson(m_base.blob(m_base.id()).read()).object();
        QJsonObject rootfs = config[u"rootfs"_s].toObject();
        QJsonArray diffIds = rootfs[u"diff_ids"_s].toArray();
        const QJsonValue first = diffIds.at(0);
        diffIds.replace(0, diffIds.at(1));
        diffIds.replace(1, first);
        rootfs[u"diff_ids"_s] = diffIds;
        config[u"rootfs"_s] = rootfs;
        const QByteArray bytes = QJsonDocument(config).toJson(QJsonDocument::Compact);
        const auto pushed = QCoro::waitFor(
            repository->pushStream(StreamedBlob::once(MediaType::OciConfig, memorySource(bytes)), {}, {}));
        VERIFY_RESULT(pushed);
        QJsonObject manifest = QJsonDocument::fromJson(m_base.bytes).object();
        manifest[u"config"_s] = pushed->toJson();
        ManifestContent content;
        content.bytes = QJsonDocument(manifest).toJson(QJsonDocument::Compact);
        content.descriptor.mediaType = MediaType::OciManifest;
        content.descriptor.digest = Digest::ofBytes(content.bytes);
        content.descriptor.size = content.bytes.size();
        VERIFY_RESULT(QCoro::waitFor(repository->pushManifest(content, {u"v1"_s}, {})));
    }

    [[nodiscard]] QList<Descriptor> layers(const QString& tag)
    {
        const auto content = QCoro::waitFor(m_client->repository(m_repository)->fetchManifest(tag, {}));
        if (!content)
            return {};
        const auto manifest = Manifest::parse(content->bytes, content->descriptor.mediaType, {});
        return manifest ? manifest->layers() : QList<Descriptor>();
    }

    [[nodiscard]] Result<Descriptor> push(const QString& tag,
                                          std::optional<LayerCompression> compression = {})
    {
        return QCoro::waitFor(pushArchive({.file = archive(),
                                           .only = {},
                                           .client = m_client,
                                           .repository = m_repository,
                                           .tags = {tag},
                                           .compression = compression,
                                           .journal = m_journal,
                                           .terms = {}},
                                          {}, {}));
    }

    RegistryProcess m_registry;
    QTemporaryDir m_files;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<SabotageProxy> m_proxy;
    std::shared_ptr<RegistryClient> m_client;
    std::shared_ptr<Journal> m_journal;
    RandomImage m_base, m_image;
    QString m_repository;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestLayerClaims)
#include "tst_layerclaims.moc"
