// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scriptedregistry.h"
#include "support/resulttest.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! Reading from registries that are odd, broken or hostile.
class TestRepositoryRead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_registry.reset(); }

    void pingKnowsARegistryFromAWebSite_data();
    void pingKnowsARegistryFromAWebSite();
    void headTellsTheDescriptor();
    void headThatTellsTooLittleIsFollowedByGet_data();
    void headThatTellsTooLittleIsFollowedByGet();
    void refusedHeadGetsItsWordsByGet();
    void everyManifestRequestSaysWhatItTakes();
    void manifestIsWhatItsBytesAre();
    void manifestOfAnotherDigestIsRefused();
    void manifestTypesMustNotContradict_data();
    void manifestTypesMustNotContradict();
    void manifestOverFourMebibytesIsNotReadOn_data();
    void manifestOverFourMebibytesIsNotReadOn();
    void tagsComePageByPage();
    void tagsOnAnotherHostAreNotFetched();
    void endlessListEnds();
    void oddTagsAreDropped();
    void catalogThatIsNotOfferedIsUnsupported_data();
    void catalogThatIsNotOfferedIsUnsupported();
    void catalogPageSizeIsLeftToTheRegistryWhereItInsists();
    void dockerHubHasNoCatalog();
    void blobIsFetchedElsewhereWithoutThePassword();
    void passwordIsNotGivenToWhereABlobWasRedirected();
    void blobWithoutRangesIsReadFromTheMiddleAllTheSame();
    void blobWithAnotherRangeIsCorrupt_data();
    void blobWithAnotherRangeIsCorrupt();
    void blobThatBreaksOffIsAnError();
    void endThatComesTooEarlyIsALostConnection();
    void sparseIndexIsDescribed();
    void nestedIndexIsDescribedOnce();
    void requestsAtOnceAreBounded();
    void waitOfARateLimitIsTold();

private:
    void serveManifest(const ManifestContent& manifest, const QByteArray& reference, QByteArray type = {})
    {
        if (type.isEmpty())
            type = manifest.descriptor.mediaType.toLatin1();
        m_registry->server.on(
            "*", "/v2/a/b/manifests/" + reference,
            ScriptedAnswer::text(200, manifest.bytes, type)
                .with("Docker-Content-Digest", manifest.descriptor.digest.toString().toLatin1()));
    }
    [[nodiscard]] static QByteArray indexOf(const QList<Descriptor>& children)
    {
        QByteArrayList entries;
        for (const Descriptor& child : children) {
            entries.append("{\"mediaType\":\"" + child.mediaType.toLatin1() + "\",\"digest\":\""
                           + child.digest.toString().toLatin1()
                           + "\",\"size\":" + QByteArray::number(child.size)
                           + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}");
        }
        return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)"
            + entries.join(',') + "]}";
    }

    std::unique_ptr<ScriptedRegistry> m_registry;
};

namespace {
const std::stop_token Go;
}

void TestRepositoryRead::init()
{
    m_registry = std::make_unique<ScriptedRegistry>();
    QVERIFY(m_registry->start());
}

void TestRepositoryRead::pingKnowsARegistryFromAWebSite_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<QString>("code"); // empty: a registry
    QTest::newRow("JSON") << ScriptedAnswer::json(200, "{}") << QString();
    QTest::newRow("nothing") << ScriptedAnswer::text(200, "") << QString();
    QTest::newRow("only the field")
        << ScriptedAnswer::text(200, "true").with("Docker-Distribution-API-Version", "registry/2.0")
        << QString();
    QTest::newRow("login") << ScriptedAnswer::text(401, "").with("WWW-Authenticate", "Basic realm=\"x\"")
                           << QString();
    QTest::newRow("web site") << ScriptedAnswer::text(200, "<html>", "text/html") << u"Unsupported"_s;
    QTest::newRow("some words") << ScriptedAnswer::text(200, "hello") << u"Unsupported"_s;
    QTest::newRow("not found") << ScriptedAnswer::text(404, "<html>") << u"Unsupported"_s;
    QTest::newRow("forbidden") << ScriptedAnswer::text(403, "") << u"Denied"_s;
    QTest::newRow("broken") << ScriptedAnswer::text(502, "<html>") << u"Network"_s;
    QTest::newRow("busy") << ScriptedAnswer::text(429, "") << u"RateLimited"_s;
}

void TestRepositoryRead::pingKnowsARegistryFromAWebSite()
{
    QFETCH(const ScriptedAnswer, answer);
    QFETCH(const QString, code);
    m_registry->server.on("GET", "/v2/", answer);
    const auto status = QCoro::waitFor(m_registry->client->ping(Go));
    QCOMPARE(status ? QString() : QString(toString(status.error().code)), code);
    if (status)
        QCOMPARE(status->needsLogin, answer.status == 401);
}

void TestRepositoryRead::headTellsTheDescriptor()
{
    const ManifestContent manifest = smallManifest();
    serveManifest(manifest, "v1", "application/vnd.oci.image.manifest.v1+json; charset=utf-8");
    const auto found = QCoro::waitFor(m_registry->repository()->resolve(u"v1"_s, Go));
    VERIFY_RESULT(found);
    QCOMPARE(found->digest, manifest.descriptor.digest);
    QCOMPARE(found->size, manifest.bytes.size());
    QCOMPARE(found->mediaType, MediaType::OciManifest);
    QCOMPARE(m_registry->requests("GET").size(), 0); // a pull would be counted
}

void TestRepositoryRead::headThatTellsTooLittleIsFollowedByGet_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    const QByteArray bytes = smallManifest().bytes;
    QTest::newRow("no digest") << ScriptedAnswer::text(200, bytes,
                                                       "application/vnd.oci.image.manifest.v1+json");
    QTest::newRow("no type") << ScriptedAnswer::text(200, bytes, "application/json")
                                    .with("Docker-Content-Digest", "sha256:" + QByteArray(64, 'a'));
    QTest::newRow("junk digest") << ScriptedAnswer::text(200, bytes,
                                                         "application/vnd.oci.image.manifest.v1+json")
                                        .with("Docker-Content-Digest", "sha256:xyz");
    QTest::newRow("no size") << ScriptedAnswer::text(200, "", "application/vnd.oci.image.manifest.v1+json")
                                    .with("Docker-Content-Digest", "sha256:" + QByteArray(64, 'a'));
    QTest::newRow("HEAD not known") << ScriptedAnswer::text(405, "");
    QTest::newRow("HEAD not understood") << ScriptedAnswer::text(400, "");
}

void TestRepositoryRead::headThatTellsTooLittleIsFollowedByGet()
{
    QFETCH(const ScriptedAnswer, answer);
    const ManifestContent manifest = smallManifest();
    serveManifest(manifest, "v1");
    m_registry->server.on("HEAD", "/v2/a/b/manifests/v1", answer);
    const auto found = QCoro::waitFor(m_registry->repository()->resolve(u"v1"_s, Go));
    VERIFY_RESULT(found);
    QCOMPARE(found->digest, manifest.descriptor.digest);
    QCOMPARE(m_registry->requests("GET", "/manifests/").size(), 1);
}

void TestRepositoryRead::refusedHeadGetsItsWordsByGet()
{
    m_registry->server.on(
        "*", "/v2/a/b/manifests/v1",
        ScriptedAnswer::json(403, R"({"errors":[{"code":"DENIED","message":"pay first"}]})"));
    const auto found = QCoro::waitFor(m_registry->repository()->resolve(u"v1"_s, Go));
    COMPARE_ERROR(found, Error::Code::Denied);
    QCOMPARE(found.error().message, u"pay first"_s);
}

void TestRepositoryRead::everyManifestRequestSaysWhatItTakes()
{
    serveManifest(smallManifest(), "v1");
    VERIFY_RESULT(QCoro::waitFor(m_registry->repository()->resolve(u"v1"_s, Go)));
    VERIFY_RESULT(QCoro::waitFor(m_registry->repository()->fetchManifest(u"v1"_s, Go)));
    QCOMPARE(m_registry->server.requests().size(), 2);
    for (const ScriptedRequest& request : m_registry->server.requests()) {
        const QByteArray accept = request.headers.values("Accept").join(',');
        for (const QLatin1StringView type :
             {MediaType::OciIndex, MediaType::OciManifest, MediaType::DockerList, MediaType::DockerManifest})
            QVERIFY2(accept.contains(QByteArrayView(type)), accept.constData());
    }
}

void TestRepositoryRead::manifestIsWhatItsBytesAre()
{
    // Some registries send a wrong digest for tags: the bytes count.
    const ManifestContent manifest = smallManifest();
    m_registry->server.on("GET", "/v2/a/b/manifests/v1",
                          ScriptedAnswer::text(200, manifest.bytes, manifest.descriptor.mediaType.toLatin1())
                              .with("Docker-Content-Digest", "sha256:" + QByteArray(64, 'f')));
    const auto content = QCoro::waitFor(m_registry->repository()->fetchManifest(u"v1"_s, Go));
    VERIFY_RESULT(content);
    QCOMPARE(content->bytes, manifest.bytes);
    QCOMPARE(content->descriptor.digest, manifest.descriptor.digest);
}

void TestRepositoryRead::manifestOfAnotherDigestIsRefused()
{
    const ManifestContent asked = smallManifest("asked");
    const ManifestContent sent = smallManifest("sent!");
    const QByteArray digest = asked.descriptor.digest.toString().toLatin1();
    m_registry->server.on("GET", "/v2/a/b/manifests/" + digest,
                          ScriptedAnswer::text(200, sent.bytes, sent.descriptor.mediaType.toLatin1())
                              .with("Docker-Content-Digest", digest));
    const auto content =
        QCoro::waitFor(m_registry->repository()->fetchManifest(QString::fromLatin1(digest), Go));
    COMPARE_ERROR(content, Error::Code::DigestMismatch);
}

void TestRepositoryRead::manifestTypesMustNotContradict_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("code"); // empty: good
    const QByteArray good = smallManifest().bytes;
    const QByteArray index =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})";
    QTest::newRow("agree") << good << QByteArray(MediaType::OciManifest.data()) << QString();
    QTest::newRow("with parameters") << good
                                     << QByteArray(
                                            "Application/vnd.oci.image.manifest.v1+json; charset=utf-8")
                                     << QString();
    QTest::newRow("JSON says nothing") << good << QByteArray("application/json") << QString();
    QTest::newRow("octets say nothing") << index << QByteArray("application/octet-stream") << QString();
    QTest::newRow("index called a manifest")
        << index << QByteArray(MediaType::OciManifest.data()) << u"Corrupt"_s;
    QTest::newRow("docker type for an OCI document")
        << good << QByteArray(MediaType::DockerManifest.data()) << u"Corrupt"_s;
    QTest::newRow("layers and manifests")
        << QByteArray(R"({"schemaVersion":2,"layers":[{}],"manifests":[{}]})")
        << QByteArray("application/json") << u"Corrupt"_s;
    QTest::newRow("no JSON") << QByteArray("<html>") << QByteArray(MediaType::OciManifest.data())
                             << u"Corrupt"_s;
    QTest::newRow("schema 1") << QByteArray(R"({"schemaVersion":1,"fsLayers":[]})")
                              << QByteArray("application/vnd.docker.distribution.manifest.v1+prettyjws")
                              << u"Unsupported"_s;
    QTest::newRow("schema 1 as text")
        << QByteArray(R"({"schemaVersion":1,"fsLayers":[]})") << QByteArray("text/plain") << u"Unsupported"_s;
}

void TestRepositoryRead::manifestTypesMustNotContradict()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, type);
    QFETCH(const QString, code);
    m_registry->server.on("GET", "/v2/a/b/manifests/v1", ScriptedAnswer::text(200, body, type));
    const auto content = QCoro::waitFor(m_registry->repository()->fetchManifest(u"v1"_s, Go));
    QCOMPARE(content ? QString() : QString(toString(content.error().code)), code);
}

void TestRepositoryRead::manifestOverFourMebibytesIsNotReadOn_data()
{
    QTest::addColumn<bool>("isChunked");
    QTest::newRow("size announced") << false;
    QTest::newRow("size not announced") << true;
}

void TestRepositoryRead::manifestOverFourMebibytesIsNotReadOn()
{
    QFETCH(const bool, isChunked);
    ScriptedAnswer endless =
        ScriptedAnswer::pattern(qint64(1) << 40); // a tebibyte: whoever reads on, reads for hours
    endless.isChunked = isChunked;
    endless.headers.set("Content-Type", MediaType::OciManifest.data());
    m_registry->server.on("GET", "/v2/a/b/manifests/v1", endless);
    const auto content = QCoro::waitFor(m_registry->repository()->fetchManifest(u"v1"_s, Go));
    COMPARE_ERROR(content, Error::Code::InvalidInput);
    QTRY_COMPARE(m_registry->server.openConnections(), 0);
}

void TestRepositoryRead::tagsComePageByPage()
{
    m_registry->server.on("GET", "/v2/a/b/tags/list", [](const ScriptedRequest& request) {
        if (request.target.endsWith("?n=1000"))
            return ScriptedAnswer::json(200, R"({"tags":["a","b"]})")
                .with("Link", "</v2/a/b/tags/list?next_page=x%2By&n=2>; rel=\"next\"");
        if (request.target.endsWith("?next_page=x%2By&n=2"))
            return ScriptedAnswer::json(200, R"({"tags":["c"]})").with("Link", "<list?last=c>; rel=\"next\"");
        return ScriptedAnswer::json(200, R"({"tags":["d"]})");
    });
    const auto tags = QCoro::waitFor(m_registry->repository()->allTags(Go));
    VERIFY_RESULT(tags);
    QCOMPARE(*tags, (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    QCOMPARE(m_registry->server.requests().constLast().target, "/v2/a/b/tags/list?last=c");
}

void TestRepositoryRead::tagsOnAnotherHostAreNotFetched()
{
    ScriptedServer other;
    QVERIFY(other.listen());
    m_registry->server.on(
        "GET", "/v2/a/b/tags/list",
        ScriptedAnswer::json(200, R"({"tags":["a"]})")
            .with("Link", "<" + other.url("/v2/a/b/tags/list").toEncoded() + ">; rel=\"next\""));
    COMPARE_ERROR(QCoro::waitFor(m_registry->repository()->allTags(Go)), Error::Code::Denied);
    QCOMPARE(other.connectionCount(), 0);
}

void TestRepositoryRead::endlessListEnds()
{
    m_registry->server.on(
        "GET", "/v2/a/b/tags/list",
        ScriptedAnswer::json(200, R"({"tags":["a","b"]})").with("Link", "<?again>; rel=\"next\""));
    const auto tags = QCoro::waitFor(m_registry->repository()->allTags(Go));
    VERIFY_RESULT(tags);
    QCOMPARE(*tags, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(m_registry->server.requests().size(), 2);
}

void TestRepositoryRead::oddTagsAreDropped()
{
    m_registry->server.on(
        "GET", "/v2/a/b/tags/list",
        ScriptedAnswer::json(200, R"({"tags":["good",null,"sha256:abc","-bad","",7,"Also.Good_1"]})"));
    const auto tags = QCoro::waitFor(m_registry->repository()->allTags(Go));
    VERIFY_RESULT(tags);
    QCOMPARE(*tags, (QStringList{u"good"_s, u"Also.Good_1"_s}));
}

void TestRepositoryRead::catalogThatIsNotOfferedIsUnsupported_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {401, 403, 404, 405})
        QTest::addRow("%d", status) << status;
}

void TestRepositoryRead::catalogThatIsNotOfferedIsUnsupported()
{
    QFETCH(const int, status);
    m_registry->server.on("GET", "/v2/", ScriptedAnswer::json(200, "{}"));
    m_registry->server.on("GET", "/v2/_catalog", ScriptedAnswer::text(status, ""));
    COMPARE_ERROR(QCoro::waitFor(m_registry->client->allRepositories(Go)), Error::Code::Unsupported);
}

void TestRepositoryRead::catalogPageSizeIsLeftToTheRegistryWhereItInsists()
{
    m_registry->server.on("GET", "/v2/_catalog", [](const ScriptedRequest& request) {
        if (request.target.contains("n="))
            return ScriptedAnswer::json(400, R"({"errors":[{"code":"PAGINATION_NUMBER_INVALID"}]})");
        return ScriptedAnswer::json(200, R"({"repositories":["a/b","c"]})");
    });
    const auto repositories = QCoro::waitFor(m_registry->client->allRepositories(Go));
    VERIFY_RESULT(repositories);
    QCOMPARE(*repositories, (QStringList{u"a/b"_s, u"c"_s}));
}

void TestRepositoryRead::dockerHubHasNoCatalog()
{
    const auto hub = std::make_shared<RegistryClient>(m_registry->http, u"docker.io"_s, noCredential(),
                                                      RegistryClient::Options());
    COMPARE_ERROR(QCoro::waitFor(hub->catalog({}, Go)), Error::Code::Unsupported); // known without a request
    QCOMPARE(hub->registry(), u"docker.io"_s);
    QCOMPARE(hub->url(u"/v2/"_s), QUrl(u"https://registry-1.docker.io/v2/"_s));
}

void TestRepositoryRead::blobIsFetchedElsewhereWithoutThePassword()
{
    ScriptedRegistry registry;
    QVERIFY(registry.start(alice()));
    ScriptedServer storage;
    QVERIFY(storage.listen());
    const QByteArray bytes("a blob that lies in a bucket");
    registry.onWithLogin("GET", "/v2/a/b/blobs/*", [&storage](const ScriptedRequest&) {
        return ScriptedAnswer::redirect(307, storage.url("/bucket/x?sig=a%2Bb").toEncoded());
    });
    storage.on("GET", "/bucket/x", ScriptedAnswer::text(200, bytes, "application/octet-stream"));
    const auto source = QCoro::waitFor(registry.repository()->openBlob(layerOf(bytes), 0, Go));
    VERIFY_RESULT(source);
    const auto read = QCoro::waitFor(readAll(*source, 1000, u"blob"_s, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, bytes);
    QCOMPARE(storage.requests().size(), 1);
    QVERIFY(!storage.requests().constFirst().headers.contains("Authorization"));
    QCOMPARE(storage.requests().constFirst().target, "/bucket/x?sig=a%2Bb");
}

void TestRepositoryRead::passwordIsNotGivenToWhereABlobWasRedirected()
{
    ScriptedRegistry registry;
    QVERIFY(registry.start(alice()));
    ScriptedServer thief;
    QVERIFY(thief.listen());
    registry.onWithLogin("GET", "/v2/a/b/blobs/*", [&thief](const ScriptedRequest&) {
        return ScriptedAnswer::redirect(307, thief.url("/x").toEncoded());
    });
    thief.on("GET", "/x",
             ScriptedAnswer::text(401, "").with("WWW-Authenticate", "Basic realm=\"password please\""));
    const auto source = QCoro::waitFor(registry.repository()->openBlob(layerOf("x"), 0, Go));
    COMPARE_ERROR(source, Error::Code::Network); // no login would help
    QVERIFY(source.error().isTransient());
    QVERIFY2(source.error().message.contains(thief.host()), qPrintable(source.error().message));
    QVERIFY(!thief.requests().isEmpty());
    for (const ScriptedRequest& request : thief.requests())
        QVERIFY(!request.headers.contains("Authorization"));
}

void TestRepositoryRead::blobWithoutRangesIsReadFromTheMiddleAllTheSame()
{
    const QByteArray bytes = scriptedPattern(0, 500'000);
    m_registry->server.on("GET", "/v2/a/b/blobs/*",
                          ScriptedAnswer::text(200, bytes, "application/octet-stream"));
    const auto source = QCoro::waitFor(m_registry->repository()->openBlob(layerOf(bytes), 300'001, Go));
    VERIFY_RESULT(source);
    QCOMPARE((*source)->size(), 199'999);
    const auto read = QCoro::waitFor(readAll(*source, 1'000'000, u"blob"_s, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, bytes.mid(300'001));
    QCOMPARE(m_registry->server.requests().constFirst().headers.value("Range"), "bytes=300001-");
}

void TestRepositoryRead::blobWithAnotherRangeIsCorrupt_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::newRow("from elsewhere") << QByteArray("bytes 0-4/10");
    QTest::newRow("of another size") << QByteArray("bytes 5-9/11");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("junk") << QByteArray("five to nine");
}

void TestRepositoryRead::blobWithAnotherRangeIsCorrupt()
{
    QFETCH(const QByteArray, range);
    ScriptedAnswer answer = ScriptedAnswer::text(206, "56789");
    if (!range.isEmpty())
        answer.headers.add("Content-Range", range);
    m_registry->server.on("GET", "/v2/a/b/blobs/*", answer);
    COMPARE_ERROR(QCoro::waitFor(m_registry->repository()->openBlob(layerOf("0123456789"), 5, Go)),
                  Error::Code::Corrupt);
}

void TestRepositoryRead::blobThatBreaksOffIsAnError()
{
    ScriptedAnswer answer = ScriptedAnswer::pattern(100'000);
    answer.cutAfter = 50'000;
    answer.ending = ScriptedAnswer::Ending::Reset;
    m_registry->server.on("GET", "/v2/a/b/blobs/*", answer);
    const auto source =
        QCoro::waitFor(m_registry->repository()->openBlob(layerOf(scriptedPattern(0, 100'000)), 0, Go));
    if (source) {
        const auto read = QCoro::waitFor(readAll(*source, 1'000'000, u"blob"_s, Go));
        QVERIFY(!read);
        QVERIFY2(read.error().isTransient(), qPrintable(read.error().toString()));
    } else {
        QVERIFY2(source.error().isTransient(), qPrintable(source.error().toString()));
    }
}

void TestRepositoryRead::endThatComesTooEarlyIsALostConnection()
{
    // Without a length only the blob's own size tells a proxy's impatience from the end.
    const QByteArray bytes = scriptedPattern(0, 5000);
    ScriptedAnswer answer;
    answer.raw = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes.first(4000);
    answer.ending = ScriptedAnswer::Ending::Close;
    m_registry->server.on("GET", "/v2/a/b/blobs/*", answer);
    const auto source = QCoro::waitFor(m_registry->repository()->openBlob(layerOf(bytes), 0, Go));
    VERIFY_RESULT(source);
    const auto read = QCoro::waitFor(readAll(*source, 1'000'000, u"blob"_s, Go));
    COMPARE_ERROR(read, Error::Code::Network);
    QVERIFY2(read.error().message.contains("4000 of 5000"_L1), qPrintable(read.error().message));
}

void TestRepositoryRead::sparseIndexIsDescribed()
{
    const ManifestContent missing = smallManifest("never pushed");
    const QByteArray index = indexOf({missing.descriptor});
    m_registry->server.on("GET", "/v2/a/b/manifests/v1",
                          ScriptedAnswer::text(200, index, MediaType::OciIndex.data()));
    const auto described = QCoro::waitFor(m_registry->repository()->describe(u"v1"_s, Go));
    VERIFY_RESULT(described);
    QCOMPARE(described->entries.size(), 1);
    QCOMPARE(described->entries.constFirst().manifest.digest, missing.descriptor.digest);
    QCOMPARE(described->entries.constFirst().platform.toString(), u"linux/amd64"_s);
    QVERIFY(described->entries.constFirst().layers.isEmpty());
}

void TestRepositoryRead::nestedIndexIsDescribedOnce()
{
    const ManifestContent image = smallManifest();
    const QByteArray inner = indexOf({image.descriptor, image.descriptor});
    Descriptor innerDescriptor = layerOf(inner);
    innerDescriptor.mediaType = MediaType::OciIndex;
    const QByteArray outer = indexOf({innerDescriptor, image.descriptor});
    serveManifest(image, image.descriptor.digest.toString().toLatin1());
    m_registry->server.on("GET", "/v2/a/b/manifests/" + innerDescriptor.digest.toString().toLatin1(),
                          ScriptedAnswer::text(200, inner, MediaType::OciIndex.data()));
    m_registry->server.on("GET", "/v2/a/b/manifests/v1",
                          ScriptedAnswer::text(200, outer, MediaType::OciIndex.data()));
    m_registry->server.on("GET", "/v2/a/b/blobs/*", ScriptedAnswer::text(200, "{}"));
    const auto described = QCoro::waitFor(m_registry->repository()->describe(u"v1"_s, Go));
    VERIFY_RESULT(described);
    QCOMPARE(described->entries.size(), 1); // one image, however often it is named
    QCOMPARE(m_registry->requests("GET", image.descriptor.digest.toString().toLatin1()).size(), 1);
}

void TestRepositoryRead::requestsAtOnceAreBounded()
{
    ScriptedRegistry registry;
    QVERIFY(registry.start(noCredential(), {.parallelRequests = 3}));
    ScriptedAnswer slow = ScriptedAnswer::text(404, "");
    int open = 0;
    int most = 0;
    registry.server.onHead("HEAD", "/v2/a/b/manifests/*",
                           [&](const ScriptedRequest&) -> std::optional<ScriptedAnswer> {
                               most = std::max(most, ++open);
                               return std::nullopt;
                           });
    registry.server.on("HEAD", "/v2/a/b/manifests/*", [&](const ScriptedRequest&) {
        --open;
        return ScriptedAnswer::hang();
    });
    QStringList tags;
    for (int i = 0; i < 20; ++i)
        tags.append(u"v%1"_s.arg(i));
    std::stop_source stop;
    auto task = registry.repository()->tagTargets(tags, stop.get_token());
    QTRY_COMPARE(registry.server.requests().size(), 3);
    QCoreApplication::processEvents();
    QCOMPARE(registry.server.requests().size(), 3);
    stop.request_stop();
    COMPARE_ERROR(QCoro::waitFor(std::move(task)), Error::Code::Cancelled);
}

void TestRepositoryRead::waitOfARateLimitIsTold()
{
    m_registry->server.on(
        "*", "/v2/a/b/manifests/v1",
        ScriptedAnswer::json(
            429,
            R"({"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]})")
            .with("Retry-After", "30"));
    const auto content = QCoro::waitFor(m_registry->repository()->fetchManifest(u"v1"_s, Go));
    COMPARE_ERROR(content, Error::Code::RateLimited);
    QCOMPARE(content.error().retryAfter, std::chrono::seconds(30));
    QCOMPARE(content.error().message, u"You have reached your pull rate limit."_s);
    const auto found = QCoro::waitFor(m_registry->repository()->resolve(u"v1"_s, Go));
    COMPARE_ERROR(found, Error::Code::RateLimited);
    QCOMPARE(m_registry->requests("GET").size(), 1); // no second request on top of it for the sake of words
}

QTEST_GUILESS_MAIN(TestRepositoryRead)
#include "tst_repositoryread.moc"
