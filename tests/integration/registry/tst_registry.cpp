// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registryhelpers.h"
#include "support/randomimage/checkimage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Against the real docker-registry, without login; skopeo is the judge of what went up.
class TestRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void pingTellsWhatAnswers();
    void imagesArriveAsTheyAre_data();
    void imagesArriveAsTheyAre();
    void imagesOfOthersAreReadAsTheyAre_data();
    void imagesOfOthersAreReadAsTheyAre();
    void severalTagsPointAtOneManifest();
    void movedTagIsSeenMoved();
    void manifestWithoutItsBlobsIsAConflict();
    void manifestOverFourMebibytesIsRefusedBeforeItIsSent();
    void manifestWithAnotherDigestIsRefusedBeforeItIsSent();
    void whatIsNotThereIsNotFound();
    void badNamesAreInvalidInput();
    void tagsAndRepositoriesAreListed();
    void describeShowsPlatformsLayersAndSteps();
    void describeShowsAnArtifactAsOne();
    void removedManifestTakesItsTagsAlong();
    void singleTagCannotBeRemovedHereAndNothingIs();
    void removingIsUnsupportedWhereItIsOff();
    void registryThatIsGoneIsANetworkError();

private:
    [[nodiscard]] std::shared_ptr<Repository> repository(const QString& path) const
    {
        return m_client->repository(path);
    }

    std::unique_ptr<RegistryProcess> m_registry;
    std::shared_ptr<HttpClient> m_http;
    std::shared_ptr<RegistryClient> m_client;
};

namespace {

RandomImageOptions multiArch()
{
    RandomImageOptions options;
    options.platforms = {{u"linux"_s, u"amd64"_s, {}, {}, {}}, {u"linux"_s, u"arm64"_s, {}, {}, {}}};
    options.hasAttestation = true;
    return options;
}

RandomImageOptions docker()
{
    RandomImageOptions options;
    options.format = RandomImageOptions::Format::Docker;
    return options;
}

RandomImageOptions zstd()
{
    RandomImageOptions options;
    options.compression = {RandomImageOptions::Compression::Zstd, RandomImageOptions::Compression::None};
    return options;
}

struct Finished
{
    int exitCode = -1;
    QByteArray output;
};

Finished run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        return {-1, process.errorString().toUtf8()};
    return {process.exitCode(), process.readAll()};
}

} // namespace

void TestRegistry::initTestCase()
{
    m_registry = std::make_unique<RegistryProcess>();
    QVERIFY(m_registry->start());
}

void TestRegistry::init()
{
    m_http = std::make_shared<HttpClient>();
    m_client = anonymousClient(m_http, m_registry->host());
}

void TestRegistry::pingTellsWhatAnswers()
{
    const auto status = QCoro::waitFor(m_client->ping(Go));
    VERIFY_RESULT(status);
    QVERIFY(status->isPlainHttp);
    QVERIFY(!status->needsLogin);
    QVERIFY(!status->isLoggedIn);
    QCOMPARE(status->url, m_registry->url());
}

void TestRegistry::imagesArriveAsTheyAre_data()
{
    QTest::addColumn<RandomImageOptions>("options");
    QTest::newRow("single OCI image") << RandomImageOptions();
    QTest::newRow("several platforms and attestations") << multiArch();
    QTest::newRow("docker schema 2") << docker();
    QTest::newRow("zstd and plain layers") << zstd();
}

void TestRegistry::imagesArriveAsTheyAre()
{
    QFETCH(const RandomImageOptions, options);
    const RandomImage image = randomImage(11, options);
    const QString path =
        u"arrive/%1"_s.arg(QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0).toLower());
    VERIFY_RESULT(pushImage(repository(path), image, {u"v1"_s}));

    const auto root = QCoro::waitFor(repository(path)->resolve(u"v1"_s, Go));
    VERIFY_RESULT(root);
    QCOMPARE(root->digest, image.target.digest);
    QCOMPARE(root->size, image.target.size);
    QCOMPARE(root->mediaType, image.target.mediaType);
    QCOMPARE(checkImage(repository(path), u"v1"_s), QStringList());
    const auto judged = run(u"skopeo"_s,
                            {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s,
                             u"docker://%1/%2:v1"_s.arg(m_registry->host(), path)});
    QCOMPARE(judged.exitCode, 0);
    QCOMPARE(judged.output, image.bytes);
    for (const RandomBlob& blob : image.blobs)
        QCOMPARE(m_registry->storedBlob(blob.descriptor.digest.toString()), blob.read());
}

void TestRegistry::imagesOfOthersAreReadAsTheyAre_data()
{
    imagesArriveAsTheyAre_data();
}

void TestRegistry::imagesOfOthersAreReadAsTheyAre()
{
    QFETCH(const RandomImageOptions, options);
    const RandomImage image = randomImage(12, options);
    const QTemporaryDir folder;
    image.writeSkopeoFolder(folder.path());
    const QString path =
        u"others/%1"_s.arg(QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0).toLower());
    const auto copied =
        run(u"skopeo"_s,
            {u"copy"_s, u"--all"_s, u"--dest-tls-verify=false"_s, u"--preserve-digests"_s,
             u"dir:"_s + folder.path(), u"docker://%1/%2:v1"_s.arg(m_registry->host(), path)});
    QVERIFY2(copied.exitCode == 0, copied.output.constData());

    const auto manifest = QCoro::waitFor(repository(path)->fetchManifest(u"v1"_s, Go));
    VERIFY_RESULT(manifest);
    QCOMPARE(manifest->bytes, image.bytes);
    QCOMPARE(manifest->descriptor.digest, image.target.digest);
    for (const RandomBlob& blob : image.blobs) {
        const auto bytes = readBack(repository(path), blob.descriptor);
        VERIFY_RESULT(bytes);
        QCOMPARE(*bytes, blob.read());
    }
}

void TestRegistry::severalTagsPointAtOneManifest()
{
    const RandomImage image = randomImage(15);
    VERIFY_RESULT(pushImage(repository(u"tags"_s), image, {u"2.1.106"_s, u"2.1"_s, u"latest"_s}));
    const auto infos = QCoro::waitFor(
        repository(u"tags"_s)->tagTargets({u"latest"_s, u"gone"_s, u"2.1"_s, u"2.1.106"_s}, Go));
    VERIFY_RESULT(infos);
    QStringList names;
    for (const TagInfo& info : *infos) {
        names.append(info.tag);
        QCOMPARE(info.target.digest, image.target.digest);
    }
    QCOMPARE(
        names,
        (QStringList{u"latest"_s, u"2.1"_s, u"2.1.106"_s})); // in the order asked, the missing one left out
}

void TestRegistry::movedTagIsSeenMoved()
{
    const RandomImage first = randomImage(16);
    const RandomImage second = randomImage(17);
    auto current = QCoro::waitFor(repository(u"moved"_s)->current(u"latest"_s, Go));
    VERIFY_RESULT(current);
    QVERIFY(!current->has_value());
    VERIFY_RESULT(pushImage(repository(u"moved"_s), first, {u"latest"_s}));
    current = QCoro::waitFor(repository(u"moved"_s)->current(u"latest"_s, Go));
    VERIFY_RESULT(current);
    QCOMPARE((*current)->digest, first.target.digest);
    VERIFY_RESULT(pushImage(repository(u"moved"_s), second, {u"latest"_s}));
    current = QCoro::waitFor(repository(u"moved"_s)->current(u"latest"_s, Go));
    VERIFY_RESULT(current);
    QCOMPARE((*current)->digest, second.target.digest);
    // The old image is still there by its digest.
    const auto old = QCoro::waitFor(repository(u"moved"_s)->resolve(first.target.digest.toString(), Go));
    VERIFY_RESULT(old);
    QCOMPARE(old->digest, first.target.digest);
}

void TestRegistry::manifestWithoutItsBlobsIsAConflict()
{
    const RandomImage image = randomImage(18);
    const auto pushed =
        QCoro::waitFor(repository(u"incomplete"_s)->pushManifest(image.root(), {u"v1"_s}, Go));
    COMPARE_ERROR(pushed, Error::Code::Conflict);
    QVERIFY2(pushed.error().response.contains(u"MANIFEST_BLOB_UNKNOWN"_s),
             qPrintable(pushed.error().response));
    COMPARE_ERROR(QCoro::waitFor(repository(u"incomplete"_s)->resolve(u"v1"_s, Go)), Error::Code::NotFound);
}

void TestRegistry::manifestOverFourMebibytesIsRefusedBeforeItIsSent()
{
    ManifestContent manifest;
    manifest.bytes = QByteArray(MaxManifestSize + 1, ' ');
    manifest.descriptor = blobOf(manifest.bytes);
    manifest.descriptor.mediaType = MediaType::OciManifest;
    const auto pushed = QCoro::waitFor(repository(u"huge"_s)->pushManifest(manifest, {u"v1"_s}, Go));
    COMPARE_ERROR(pushed, Error::Code::InvalidInput);
    QCOMPARE(pushed.error().httpStatus, 0);
}

void TestRegistry::manifestWithAnotherDigestIsRefusedBeforeItIsSent()
{
    ManifestContent manifest = randomImage(19).root();
    manifest.bytes += '\n';
    const auto pushed = QCoro::waitFor(repository(u"changed"_s)->pushManifest(manifest, {u"v1"_s}, Go));
    COMPARE_ERROR(pushed, Error::Code::DigestMismatch);
    QCOMPARE(pushed.error().httpStatus, 0);
}

void TestRegistry::whatIsNotThereIsNotFound()
{
    const auto nowhere = repository(u"no/such/repository"_s);
    const QString digest = Digest::ofBytes("nothing").toString();
    COMPARE_ERROR(QCoro::waitFor(nowhere->resolve(u"v1"_s, Go)), Error::Code::NotFound);
    const auto manifest = QCoro::waitFor(nowhere->fetchManifest(u"v1"_s, Go));
    COMPARE_ERROR(manifest, Error::Code::NotFound);
    QCOMPARE(manifest.error().subject, m_registry->host() + u"/no/such/repository:v1"_s);
    QCOMPARE(manifest.error().httpStatus, 404);
    COMPARE_ERROR(QCoro::waitFor(nowhere->fetchManifest(digest, Go)), Error::Code::NotFound);
    COMPARE_ERROR(QCoro::waitFor(nowhere->allTags(Go)), Error::Code::NotFound);
    COMPARE_ERROR(QCoro::waitFor(nowhere->openBlob(blobOf("nothing"), 0, Go)), Error::Code::NotFound);
    COMPARE_ERROR(QCoro::waitFor(nowhere->describe(u"v1"_s, Go)), Error::Code::NotFound);
    COMPARE_ERROR(QCoro::waitFor(nowhere->removeManifest(Digest::ofBytes("nothing"), Go)),
                  Error::Code::NotFound);
}

void TestRegistry::badNamesAreInvalidInput()
{
    const auto any = repository(u"any"_s);
    for (const QString& name :
         {u""_s, u"-x"_s, u"a b"_s, u"sha256:abc"_s, u"md5:00"_s, u"../x"_s, QString(129, u'a')}) {
        COMPARE_ERROR(QCoro::waitFor(any->resolve(name, Go)), Error::Code::InvalidInput);
        COMPARE_ERROR(QCoro::waitFor(any->pushManifest(randomImage(20).root(), {name}, Go)),
                      Error::Code::InvalidInput);
        COMPARE_ERROR(QCoro::waitFor(any->removeTag(name, Go)), Error::Code::InvalidInput);
    }
    const auto badHost = anonymousClient(m_http, u"example.com:99999"_s);
    const auto ping = QCoro::waitFor(badHost->ping(Go));
    COMPARE_ERROR(ping, Error::Code::InvalidInput);
    QCOMPARE(ping.error().subject, u"example.com:99999"_s);
    COMPARE_ERROR(QCoro::waitFor(badHost->repository(u"x"_s)->resolve(u"v1"_s, Go)),
                  Error::Code::InvalidInput);
}

void TestRegistry::tagsAndRepositoriesAreListed()
{
    const RandomImage image = randomImage(21);
    QStringList tags;
    for (int i = 0; i < 30; ++i)
        tags.append(u"v%1"_s.arg(i, 2, 10, QChar(u'0')));
    VERIFY_RESULT(pushImage(repository(u"list/many"_s), image, tags));
    auto listed = QCoro::waitFor(repository(u"list/many"_s)->allTags(Go));
    VERIFY_RESULT(listed);
    listed->sort();
    QCOMPARE(*listed, tags);
    const auto repositories = QCoro::waitFor(m_client->allRepositories(Go));
    VERIFY_RESULT(repositories);
    QVERIFY(repositories->contains(u"list/many"_s));
}

void TestRegistry::describeShowsPlatformsLayersAndSteps()
{
    const RandomImage image = randomImage(22, multiArch());
    VERIFY_RESULT(pushImage(repository(u"describe"_s), image, {u"v1"_s}));
    const auto described = QCoro::waitFor(repository(u"describe"_s)->describe(u"v1"_s, Go));
    VERIFY_RESULT(described);
    QVERIFY(!described->isArtifact);
    QCOMPARE(described->root.descriptor.digest, image.target.digest);
    QCOMPARE(described->root.bytes, image.bytes);
    QCOMPARE(described->entries.size(), 2); // the attestations are left out
    QCOMPARE(described->entries[0].platform.toString(), u"linux/amd64"_s);
    QCOMPARE(described->entries[1].platform.toString(), u"linux/arm64"_s);
    QVERIFY(described->created.isValid());
    for (qsizetype i = 0; i < described->entries.size(); ++i) {
        const RemoteImage::Entry& entry = described->entries.at(i);
        const QList<RandomBlob> blobs = image.blobsOf(i);
        QCOMPARE(entry.manifest.digest, image.manifests.at(i).descriptor.digest);
        QCOMPARE(entry.configDigest, blobs.constFirst().descriptor.digest);
        QCOMPARE(entry.layers.size(), blobs.size() - 1);
        QCOMPARE(entry.steps.size(), entry.layers.size());
        QVERIFY(!entry.steps.constFirst().isEmpty());
        qint64 size = 0;
        for (const RandomBlob& blob : blobs)
            size += blob.descriptor.size;
        QCOMPARE(entry.size, size);
    }

    const auto single = QCoro::waitFor(
        repository(u"describe"_s)->describe(image.manifests.constFirst().descriptor.digest.toString(), Go));
    VERIFY_RESULT(single);
    QCOMPARE(single->entries.size(), 1);
    QCOMPARE(single->entries.constFirst().platform.toString(), u"linux/amd64"_s); // from the config
}

void TestRegistry::describeShowsAnArtifactAsOne()
{
    const QByteArray file("a chart, a signature, or whatever");
    const QByteArray empty("{}");
    Descriptor config = blobOf(empty);
    config.mediaType = MediaType::OciEmpty;
    const QJsonObject document{{"schemaVersion"_L1, 2},
                               {"mediaType"_L1, MediaType::OciManifest},
                               {"artifactType"_L1, "application/vnd.example.thing"_L1},
                               {"config"_L1, config.toJson()},
                               {"layers"_L1, QJsonArray{blobOf(file).toJson()}}};
    ManifestContent manifest;
    manifest.bytes = QJsonDocument(document).toJson(QJsonDocument::Compact);
    manifest.descriptor = blobOf(manifest.bytes);
    manifest.descriptor.mediaType = MediaType::OciManifest;
    const auto to = repository(u"artifact"_s);
    VERIFY_RESULT(QCoro::waitFor(to->pushBlob(config, factoryOf(empty), {}, Go)));
    VERIFY_RESULT(QCoro::waitFor(to->pushBlob(blobOf(file), factoryOf(file), {}, Go)));
    VERIFY_RESULT(QCoro::waitFor(to->pushManifest(manifest, {u"v1"_s}, Go)));

    const auto described = QCoro::waitFor(to->describe(u"v1"_s, Go));
    VERIFY_RESULT(described);
    QVERIFY(described->isArtifact);
    QCOMPARE(described->artifactType, u"application/vnd.example.thing"_s);
    QCOMPARE(described->entries.size(), 1);
    QCOMPARE(described->entries.constFirst().layers.size(), 1);
}

void TestRegistry::removedManifestTakesItsTagsAlong()
{
    const RandomImage image = randomImage(23);
    const RandomImage other = randomImage(24);
    VERIFY_RESULT(pushImage(repository(u"remove"_s), image, {u"a"_s, u"b"_s}));
    VERIFY_RESULT(pushImage(repository(u"remove"_s), other, {u"c"_s}));
    VERIFY_RESULT(QCoro::waitFor(repository(u"remove"_s)->removeManifest(image.target.digest, Go)));
    for (const QString& tag : {u"a"_s, u"b"_s, image.target.digest.toString()})
        COMPARE_ERROR(QCoro::waitFor(repository(u"remove"_s)->resolve(tag, Go)), Error::Code::NotFound);
    VERIFY_RESULT(QCoro::waitFor(repository(u"remove"_s)->resolve(u"c"_s, Go)));
}

void TestRegistry::singleTagCannotBeRemovedHereAndNothingIs()
{
    // docker-registry 2.8 has no removal of tags; taking the digest in its place would take `keep` along.
    const RandomImage image = randomImage(25);
    VERIFY_RESULT(pushImage(repository(u"untag"_s), image, {u"drop"_s, u"keep"_s}));
    const auto removed = QCoro::waitFor(repository(u"untag"_s)->removeTag(u"drop"_s, Go));
    COMPARE_ERROR(removed, Error::Code::Unsupported);
    for (const QString& tag : {u"drop"_s, u"keep"_s}) {
        const auto target = QCoro::waitFor(repository(u"untag"_s)->resolve(tag, Go));
        VERIFY_RESULT(target);
        QCOMPARE(target->digest, image.target.digest);
    }
    const auto missing = QCoro::waitFor(repository(u"untag"_s)->removeTag(u"never-there"_s, Go));
    QVERIFY(!missing);
    QVERIFY2(missing.error().code == Error::Code::NotFound
                 || missing.error().code == Error::Code::Unsupported,
             qPrintable(missing.error().toString()));
}

void TestRegistry::removingIsUnsupportedWhereItIsOff()
{
    RegistryOptions options;
    options.allowsDelete = false;
    RegistryProcess registry(options);
    QVERIFY(registry.start());
    const auto client = anonymousClient(m_http, registry.host());
    const RandomImage image = randomImage(26);
    VERIFY_RESULT(pushImage(client->repository(u"x"_s), image, {u"v1"_s}));
    const auto removed = QCoro::waitFor(client->repository(u"x"_s)->removeManifest(image.target.digest, Go));
    COMPARE_ERROR(removed, Error::Code::Unsupported);
    QCOMPARE(removed.error().httpStatus, 405);
    COMPARE_ERROR(QCoro::waitFor(client->repository(u"x"_s)->removeTag(u"v1"_s, Go)),
                  Error::Code::Unsupported);
    VERIFY_RESULT(QCoro::waitFor(client->repository(u"x"_s)->resolve(u"v1"_s, Go)));
}

void TestRegistry::registryThatIsGoneIsANetworkError()
{
    RegistryProcess registry;
    QVERIFY(registry.start());
    const QString host = registry.host();
    registry.stop();
    const auto client = anonymousClient(m_http, host);
    const auto ping = QCoro::waitFor(client->ping(Go));
    COMPARE_ERROR(ping, Error::Code::Network);
    QCOMPARE(ping.error().subject, host);
    COMPARE_ERROR(QCoro::waitFor(client->repository(u"x"_s)->blobPresence(blobOf("x"), Go)),
                  Error::Code::Network);
}

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
