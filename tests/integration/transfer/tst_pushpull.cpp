// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "remote.h"
#include "support/dockerdprocess/dockerdprocess.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto Name = "docker.io/library/sample:v1"_L1;
constexpr auto Repo = "gallery/sample"_L1;

using Format = RandomImageOptions::Format;
using Compression = RandomImageOptions::Compression;

RandomImageOptions optionsFor(Format format, Compression compression, bool isIndex)
{
    RandomImageOptions options;
    options.format = format;
    options.compression = {compression};
    if (isIndex) {
        options.platforms = {Platform::parse(u"linux/amd64"_s).value(),
                             Platform::parse(u"linux/arm64/v8"_s).value(),
                             Platform::parse(u"linux/arm/v7"_s).value()};
        options.hasAttestation = format == Format::Oci;
    }
    return options;
}

} // namespace

class tst_PushPull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_registry.start());
        QVERIFY(m_dockerd.start());
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = openStore(m_folder->filePath(u"images"_s));
        m_remote = std::make_unique<Remote>(m_registry.host());
        // Every test has repositories of its own.
        m_repo = Repo + u'-' + QString::number(++m_number);
    }

    void cleanup()
    {
        m_remote.reset();
        m_store.reset();
    }

    void images_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<Compression>("compression");
        QTest::addColumn<bool>("isIndex");
        QTest::newRow("oci gzip") << Format::Oci << Compression::Gzip << false;
        QTest::newRow("oci zstd") << Format::Oci << Compression::Zstd << false;
        QTest::newRow("oci index") << Format::Oci << Compression::Gzip << true;
        QTest::newRow("docker gzip") << Format::Docker << Compression::Gzip << false;
        QTest::newRow("docker list") << Format::Docker << Compression::Gzip << true;
    }

    void whatWePushOthersPullWithTheSameDigest_data() { images_data(); }

    void whatWePushOthersPullWithTheSameDigest()
    {
        const RandomImage image = fetchedImage();
        VERIFY_RESULT(put(image, Name));
        const auto report =
            copy(sourceOf(m_store->reader(), Name), m_remote->destination(m_repo, {u"v1"_s, u"latest"_s}));
        VERIFY_RESULT(report);
        QCOMPARE(report->blobsTransferred, image.blobs.size());
        QCOMPARE(m_remote->resolve(m_repo, u"v1"_s)->digest, image.target.digest);
        QCOMPARE(m_remote->resolve(m_repo, u"latest"_s)->digest, image.target.digest);
        QCOMPARE(checkImage(m_remote->repository(m_repo), u"v1"_s), QStringList());

        const QString reference = m_registry.host() + u'/' + m_repo + u":v1"_s;
        const QString digest = image.target.digest.toString();
        const auto raw = runTool(
            u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s, u"docker://"_s + reference});
        VERIFY_TOOL(raw);
        QCOMPARE(Digest::ofBytes(raw.output), image.target.digest);
        const QString skopeo = m_folder->filePath(u"skopeo"_s);
        VERIFY_TOOL(runTool(u"skopeo"_s,
                            {u"copy"_s, u"--all"_s, u"--preserve-digests"_s, u"--src-tls-verify=false"_s,
                             u"docker://"_s + reference, u"dir:"_s + skopeo}));
        const QString oras = m_folder->filePath(u"oras"_s);
        VERIFY_TOOL(
            runTool(u"oras"_s,
                    {u"copy"_s, u"--from-plain-http"_s, reference, u"--to-oci-layout"_s, oras + u":v1"_s}));
        QCOMPARE(checkLayout(oras, image.target.digest), QStringList());

        VERIFY_TOOL(m_dockerd.docker({u"pull"_s, reference}));
        const QJsonObject pulled = m_dockerd.inspect(reference);
        const QJsonArray digests = pulled[u"RepoDigests"].toArray();
        QVERIFY2(digests.contains(QJsonValue(QString(m_registry.host() + u'/' + m_repo + u'@' + digest))),
                 QJsonDocument(pulled).toJson().constData());
        // Docker's ID is the config's digest; of an index it takes the platform it runs on.
        const Manifest manifest = Manifest::parse(image.manifests[0].bytes, {}, u"it"_s).value();
        QCOMPARE(pulled[u"Id"].toString(), manifest.config().digest.toString());
        m_dockerd.clear();
    }

    void whatSkopeoPushesWePullByteForByte_data() { images_data(); }

    void whatSkopeoPushesWePullByteForByte()
    {
        const RandomImage image = fetchedImage();
        const QString folder = m_folder->filePath(u"folder"_s);
        image.writeSkopeoFolder(folder);
        const QString reference = m_registry.host() + u'/' + m_repo + u":v1"_s;
        VERIFY_TOOL(runTool(u"skopeo"_s,
                            {u"copy"_s, u"--all"_s, u"--preserve-digests"_s, u"--dest-tls-verify=false"_s,
                             u"dir:"_s + folder, u"docker://"_s + reference}));
        const auto report = copy(m_remote->source(m_repo, u"v1"_s), destinationOf(m_store, {Name}));
        VERIFY_RESULT(report);
        QCOMPARE(report->root.digest, image.target.digest);
        QCOMPARE(m_store->resolve(Name)->digest, image.target.digest);
        QCOMPARE(checkLayout(m_store->directory(), image.target.digest), QStringList());
        for (const RandomBlob& blob : image.blobs) {
            QFile stored(m_store->blobPath(blob.descriptor.digest));
            QVERIFY(stored.open(QIODevice::ReadOnly));
            QCOMPARE(stored.readAll(), blob.read());
        }
        QVERIFY(leftovers(m_store).isEmpty());
    }

    void whatSkopeoConvertsToDockerSchema2WePullAsItIs()
    {
        const RandomImage image = randomImage(11);
        const QString layout = m_folder->filePath(u"layout"_s);
        image.writeLayout(layout, {u"v1"_s});
        const QString reference = m_registry.host() + u'/' + m_repo + u":v1"_s;
        VERIFY_TOOL(runTool(u"skopeo"_s,
                            {u"copy"_s, u"--format=v2s2"_s, u"--dest-tls-verify=false"_s,
                             u"oci:"_s + layout + u":v1"_s, u"docker://"_s + reference}));
        const auto raw = runTool(
            u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s, u"docker://"_s + reference});
        VERIFY_TOOL(raw);
        const auto report = copy(m_remote->source(m_repo, u"v1"_s), destinationOf(m_store, {Name}));
        VERIFY_RESULT(report);
        QCOMPARE(report->root.digest, Digest::ofBytes(raw.output));
        QCOMPARE(report->root.mediaType, u"application/vnd.docker.distribution.manifest.v2+json"_s);
        QCOMPARE(checkImage(m_store->reader(), Name), QStringList());
    }

    void onePlatformOfAnIndexIsPulledAlone()
    {
        const RandomImage image = randomImage(12, optionsFor(Format::Oci, Compression::Gzip, true));
        VERIFY_RESULT(copy(sourceOf(image.reader({Name}), Name), m_remote->destination(m_repo, {u"v1"_s})));
        CopyOptions options = quickOptions();
        options.platform = Platform::parse(u"linux/arm64"_s).value();
        const auto report = copy(m_remote->source(m_repo, u"v1"_s), destinationOf(m_store, {Name}), options);
        VERIFY_RESULT(report);
        QCOMPARE(report->root.digest, image.manifests[1].descriptor.digest);
        QCOMPARE(report->blobsTransferred, image.blobsOf(1).size());
        QCOMPARE(checkImage(m_store->reader(), Name), QStringList());
    }

    void anIndexOfWhichOneImageIsHereIsPushedAsThatImage()
    {
        // What remains of an index after one platform of it was taken over by other means.
        RandomImage image = randomImage(13, optionsFor(Format::Oci, Compression::Gzip, true));
        const auto writer = m_store->writer();
        VERIFY_RESULT(copy(imageSource(image, 1), destinationOf(m_store, {u"docker.io/library/other:v1"_s})));
        VERIFY_RESULT(QCoro::waitFor(writer->pushManifest(image.root(), {Name}, {})));
        const auto plan = QCoro::waitFor(makePlan(
            sourceOf(m_store->reader(), Name), m_remote->destination(m_repo, {u"v1"_s}), quickOptions(), {}));
        VERIFY_RESULT(plan);
        QVERIFY(!plan->missing.isEmpty());
        VERIFY_RESULT(copy(sourceOf(m_store->reader(), Name), m_remote->destination(m_repo, {u"v1"_s})));
        QCOMPARE(m_remote->resolve(m_repo, u"v1"_s)->digest, image.manifests[1].descriptor.digest);
        QCOMPARE(checkImage(m_remote->repository(m_repo), u"v1"_s), QStringList());
    }

    void anImageGoesFromRegistryToRegistry()
    {
        RegistryProcess other;
        QVERIFY(other.start());
        const Remote there(other.host());
        const RandomImage image = randomImage(14, optionsFor(Format::Oci, Compression::Gzip, true));
        VERIFY_RESULT(copy(sourceOf(image.reader({Name}), Name), m_remote->destination(m_repo, {u"v1"_s})));
        VERIFY_RESULT(
            copy(m_remote->source(m_repo, u"v1"_s), there.destination(u"mirror/sample"_s, {u"v1"_s})));
        QCOMPARE(there.resolve(u"mirror/sample"_s, u"v1"_s)->digest, image.target.digest);
        QCOMPARE(checkImage(there.repository(u"mirror/sample"_s), u"v1"_s), QStringList());
    }

    void aTagIsGivenAnewWithoutMovingAByte()
    {
        const RandomImage image = randomImage(15);
        VERIFY_RESULT(copy(sourceOf(image.reader({Name}), Name), m_remote->destination(m_repo, {u"v1"_s})));
        const auto report =
            copy(m_remote->source(m_repo, u"v1"_s), m_remote->destination(m_repo, {u"stable"_s}));
        VERIFY_RESULT(report);
        QCOMPARE(report->bytesTransferred, 0);
        QCOMPARE(m_remote->resolve(m_repo, u"stable"_s)->digest, image.target.digest);
    }

    void aTagThatMovesSaysFromWhere()
    {
        const RandomImage before = randomImage(16);
        const RandomImage after = randomImage(17);
        const auto destination = m_remote->destination(m_repo, {u"v1"_s});
        VERIFY_RESULT(copy(sourceOf(before.reader({Name}), Name), destination));
        const auto report = copy(sourceOf(after.reader({Name}), Name), destination);
        VERIFY_RESULT(report);
        QVERIFY(report->names[0].moves(report->root));
        QCOMPARE(report->names[0].previous->digest, before.target.digest);
        QCOMPARE(m_remote->resolve(m_repo, u"v1"_s)->digest, after.target.digest);
    }

    void aRepositoryThatDoesNotExistIsNotFoundAtTheSource()
    {
        const auto report =
            copy(m_remote->source(u"nobody/nothing"_s, u"v1"_s), destinationOf(m_store, {Name}));
        COMPARE_ERROR(report, Error::Code::NotFound);
        QCOMPARE(report.error().origin, Error::Origin::Source);
        QVERIFY(m_store->snapshot()->images.isEmpty());
    }

private:
    //! One that no other test has pushed: what is known to be in the registry would be mounted.
    RandomImage fetchedImage() const
    {
        QFETCH(const Format, format);
        QFETCH(const Compression, compression);
        QFETCH(const bool, isIndex);
        return randomImage(static_cast<quint64>(1000 + m_number), optionsFor(format, compression, isIndex));
    }

    static CopySource imageSource(const RandomImage& image, qsizetype platform)
    {
        const QString digest = image.manifests[platform].descriptor.digest.toString();
        return sourceOf(image.reader({}), digest);
    }

    Result<CopyReport> put(const RandomImage& image, const QString& name)
    {
        return copy(sourceOf(image.reader({name}), name), destinationOf(m_store, {name}));
    }

    static Result<CopyReport> copy(const CopySource& source, const CopyDestination& destination,
                                   const CopyOptions& options = quickOptions())
    {
        return QCoro::waitFor(planAndCopy(source, destination, options, {}, {}));
    }

    RegistryProcess m_registry;
    DockerdProcess m_dockerd;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    std::unique_ptr<Remote> m_remote;
    QString m_repo;
    int m_number = 0;
};

QTEST_GUILESS_MAIN(tst_PushPull)
#include "tst_pushpull.moc"
