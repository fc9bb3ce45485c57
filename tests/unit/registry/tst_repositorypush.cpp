// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scriptedregistry.h"
#include "support/resulttest.h"

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! Pushing to, and removing from, registries that are odd, broken or hostile.
class TestRepositoryPush : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_registry.reset(); }

    void uploadFollowsTheLocation_data();
    void uploadFollowsTheLocation();
    void locationOnAnotherHostGetsNoPassword();
    void locationThatLeadsNowhereIsCorrupt_data();
    void locationThatLeadsNowhereIsCorrupt();
    void bytesGoUpAsTheyAre();
    void refusedInOnePieceGoesInChunks_data();
    void refusedInOnePieceGoesInChunks();
    void streamGoesAsItComes();
    void newestLocationIsUsed();
    void lostChunkIsAskedAbout();
    void minimumOfChunksIsObeyed();
    void loginThatRunsOutOnTheWayIsRenewed_data();
    void loginThatRunsOutOnTheWayIsRenewed();
    void failedUploadIsCancelled();
    void cancelAsksWhereTheUploadIsNow();
    void sourceThatCannotBeOpenedIsTheError();
    void mountAnswers_data();
    void mountAnswers();
    void sessionOfAMountThatWasForgottenIsReplaced();
    void presenceIsNeverGuessed_data();
    void presenceIsNeverGuessed();
    void manifestGoesUpByteForByte();
    void manifestStoredAsAnotherIsAMismatch();
    void immutableTagIsAConflict();
    void tagIsRemovedAloneOrNotAtAll_data();
    void tagIsRemovedAloneOrNotAtAll();

private:
    //! POST gives a session, PUT and PATCH take the bytes, which are put together here.
    void serveUploads();
    //! Of a registry that has refused a body of unknown length once.
    [[nodiscard]] std::shared_ptr<Repository> chunkingRepository();

    std::unique_ptr<ScriptedRegistry> m_registry;
    QByteArray m_received;
};

namespace {

const std::stop_token Go;

SourceFactory factoryOf(const QByteArray& bytes)
{
    return [bytes](qint64 offset, std::stop_token) -> Task<Result<ByteSourcePtr>> {
        return [](QByteArray rest) -> Task<Result<ByteSourcePtr>> {
            co_return memorySource(rest);
        }(bytes.mid(offset));
    };
}

ScriptedAnswer opened(const QByteArray& location = "/upload/1?_state=s%2Ft%2Ba%7Et%3De")
{
    return ScriptedAnswer::text(202, "").with("Location", location).with("Range", "0-0");
}

ScriptedAnswer done()
{
    return ScriptedAnswer::text(201, "").with("Location", "/v2/a/b/blobs/x");
}

} // namespace

void TestRepositoryPush::init()
{
    m_registry = std::make_unique<ScriptedRegistry>();
    QVERIFY(m_registry->start(alice()));
    m_registry->server.keepBodies(64 * 1024 * 1024);
    m_received.clear();
}

void TestRepositoryPush::serveUploads()
{
    m_registry->server.on("POST", "/v2/a/b/blobs/uploads/", opened());
    m_registry->server.on("PATCH", "/upload/*", [this](const ScriptedRequest& request) {
        m_received += request.body;
        return ScriptedAnswer::text(202, "")
            .with("Location", "/upload/" + QByteArray::number(m_received.size()) + "?more")
            .with("Range", "0-" + QByteArray::number(m_received.size() - 1));
    });
    m_registry->server.on("PUT", "/upload/*", [this](const ScriptedRequest& request) {
        m_received += request.body;
        return done();
    });
    m_registry->server.on("DELETE", "/upload/*", ScriptedAnswer::text(204, ""));
}

std::shared_ptr<Repository> TestRepositoryPush::chunkingRepository()
{
    m_registry->server.onHead("PATCH", "/upload/*", [](const ScriptedRequest& request) {
        return request.headers.contains("Transfer-Encoding")
            ? std::optional(ScriptedAnswer::text(411, "length required"))
            : std::nullopt;
    });
    const auto repository = m_registry->repository();
    const auto pushed = QCoro::waitFor(
        repository->pushStream(StreamedBlob::once(MediaType::OciLayer, memorySource("x")), {}, Go));
    if (!pushed || m_registry->requests("PATCH").size() != 1)
        qWarning("a stream was not refused, and then sent otherwise");
    m_registry->server.forgetRequests();
    m_received.clear();
    return repository;
}

void TestRepositoryPush::streamGoesAsItComes()
{
    serveUploads();
    const QByteArray bytes = scriptedPattern(0, 9'000'000);
    const auto blob = QCoro::waitFor(m_registry->repository()->pushStream(
        StreamedBlob::once(MediaType::OciLayerGzip, memorySource(bytes)), {}, Go));
    VERIFY_RESULT(blob);
    QCOMPARE(blob->digest, Digest::ofBytes(bytes));
    QCOMPARE(blob->size, bytes.size());
    QCOMPARE(m_received, bytes);
    QCOMPARE(m_registry->requests("PATCH").size(), 1);
    QVERIFY(!m_registry->requests("PATCH").constFirst().headers.contains("Content-Range"));
    QCOMPARE(m_registry->requests("PUT").constFirst().bodySize, 0);
}

void TestRepositoryPush::uploadFollowsTheLocation_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("put"); // what the PUT goes to, without the digest
    QTest::newRow("path") << QByteArray("/upload/1") << QByteArray("/upload/1?");
    QTest::newRow("path with a query")
        << QByteArray("/upload/1?_state=a%2Fb%2Bc%3D") << QByteArray("/upload/1?_state=a%2Fb%2Bc%3D&");
    QTest::newRow("plus and slash stay")
        << QByteArray("/upload/1?s=a+b/c&e=") << QByteArray("/upload/1?s=a+b/c&e=&");
    QTest::newRow("relative") << QByteArray("1?x") << QByteArray("/v2/a/b/blobs/uploads/1?x&");
    QTest::newRow("absolute") << QByteArray("http://%1/upload/1?x=%20y") << QByteArray("/upload/1?x=%20y&");
    QTest::newRow("fragment is none of its business")
        << QByteArray("/upload/1#top") << QByteArray("/upload/1?");
}

void TestRepositoryPush::uploadFollowsTheLocation()
{
    QFETCH(QByteArray, location);
    QFETCH(const QByteArray, put);
    const QByteArray bytes("bytes of a blob");
    location.replace("%1", m_registry->server.host().toLatin1());
    m_registry->server.on("POST", "/v2/a/b/blobs/uploads/", opened(location));
    m_registry->server.on("PUT", "*", done());
    VERIFY_RESULT(
        QCoro::waitFor(m_registry->repository()->pushBlob(layerOf(bytes), factoryOf(bytes), {}, Go)));
    const QList<ScriptedRequest> puts = m_registry->requests("PUT");
    QCOMPARE(puts.size(), 1);
    const QByteArray digest = Digest::ofBytes(bytes).toString().toLatin1();
    QCOMPARE(QByteArray(puts.constFirst().target).replace("%3A", ":"), put + "digest=" + digest);
    QCOMPARE(puts.constFirst().body, bytes);
}

void TestRepositoryPush::locationOnAnotherHostGetsNoPassword()
{
    ScriptedServer other;
    QVERIFY(other.listen());
    const QByteArray bytes("bytes of a blob");
    m_registry->onWithLogin("POST", "/v2/a/b/blobs/uploads/", [&other](const ScriptedRequest&) {
        return opened(other.url("/steal").toEncoded());
    });
    other.on("PUT", "/steal", done());
    VERIFY_RESULT(
        QCoro::waitFor(m_registry->repository()->pushBlob(layerOf(bytes), factoryOf(bytes), {}, Go)));
    QVERIFY(m_registry->requests("POST").constLast().headers.contains("Authorization"));
    QCOMPARE(other.requests().size(), 1);
    QCOMPARE(other.requests().constFirst().body, bytes);
    QVERIFY(!other.requests().constFirst().headers.contains("Authorization"));

    // Nor does asking for it help.
    other.forgetRequests();
    other.on("*", "/steal",
             ScriptedAnswer::text(401, "").with("WWW-Authenticate", "Basic realm=\"scripted\""));
    COMPARE_ERROR(
        QCoro::waitFor(m_registry->repository()->pushBlob(layerOf(bytes), factoryOf(bytes), {}, Go)),
        Error::Code::Network);
    QVERIFY(!other.requests().isEmpty());
    for (const ScriptedRequest& request : other.requests())
        QVERIFY(!request.headers.contains("Authorization"));
}

void TestRepositoryPush::locationThatLeadsNowhereIsCorrupt_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("a file") << QByteArray("file:///tmp/x");
    QTest::newRow("junk") << QByteArray("http://[/");
}

void TestRepositoryPush::locationThatLeadsNowhereIsCorrupt()
{
    QFETCH(const QByteArray, location);
    m_registry->server.on("POST", "/v2/a/b/blobs/uploads/",
                          location.isEmpty() ? ScriptedAnswer::text(202, "") : opened(location));
    COMPARE_ERROR(QCoro::waitFor(m_registry->repository()->pushBlob(layerOf("x"), factoryOf("x"), {}, Go)),
                  Error::Code::Corrupt);
}

void TestRepositoryPush::bytesGoUpAsTheyAre()
{
    serveUploads();
    const QByteArray bytes = scriptedPattern(0, 3'000'000);
    QList<qint64> progress;
    VERIFY_RESULT(QCoro::waitFor(m_registry->repository()->pushBlob(
        layerOf(bytes), factoryOf(bytes), [&progress](qint64 done) { progress.append(done); }, Go)));
    QCOMPARE(m_received, bytes);
    const ScriptedRequest put = m_registry->requests("PUT").constFirst();
    QCOMPARE(put.headers.value("Content-Length"), QByteArray::number(bytes.size()));
    QCOMPARE(put.headers.value("Content-Type"), "application/octet-stream");
    QVERIFY(!put.headers.contains("Transfer-Encoding"));
    QCOMPARE(m_registry->requests("POST").constFirst().headers.value("Content-Length"), "0");
    QCOMPARE(progress.constLast(), bytes.size());
}

void TestRepositoryPush::refusedInOnePieceGoesInChunks_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {404, 405, 411, 413, 501})
        QTest::addRow("%d", status) << status;
}

void TestRepositoryPush::refusedInOnePieceGoesInChunks()
{
    QFETCH(const int, status);
    serveUploads();
    const QByteArray bytes = scriptedPattern(0, 5'000'000);
    m_registry->server.on("PUT", "/upload/*", [this, status, &bytes](const ScriptedRequest& request) {
        if (request.bodySize == bytes.size())
            return ScriptedAnswer::text(status, "<html>not like this</html>");
        m_received += request.body;
        return done();
    });
    VERIFY_RESULT(
        QCoro::waitFor(m_registry->repository()->pushBlob(layerOf(bytes), factoryOf(bytes), {}, Go)));
    QCOMPARE(m_received, bytes);
    QCOMPARE(m_registry->requests("PATCH").size(), 1);
    QCOMPARE(m_registry->requests("PATCH").constFirst().headers.value("Content-Range"), "0-4194303");
    QCOMPARE(m_registry->requests("PUT").constLast().headers.value("Content-Range"), "4194304-4999999");
    QCOMPARE(m_registry->requests("POST").size(), 2); // a session of its own
}

void TestRepositoryPush::newestLocationIsUsed()
{
    serveUploads();
    const auto repository = chunkingRepository();
    const QByteArray bytes = scriptedPattern(0, 9'000'000);
    const auto blob = QCoro::waitFor(
        repository->pushStream(StreamedBlob::once(MediaType::OciLayerGzip, memorySource(bytes)), {}, Go));
    VERIFY_RESULT(blob);
    QCOMPARE(blob->digest, Digest::ofBytes(bytes));
    QCOMPARE(blob->mediaType, MediaType::OciLayerGzip);
    QCOMPARE(m_received, bytes);
    const QList<ScriptedRequest> patches = m_registry->requests("PATCH");
    QCOMPARE(patches.size(), 2);
    QCOMPARE(patches.at(1).target, "/upload/4194304?more");
    QVERIFY(m_registry->requests("PUT").constFirst().target.startsWith("/upload/8388608?more&digest="));
}

void TestRepositoryPush::lostChunkIsAskedAbout()
{
    serveUploads();
    const auto repository = chunkingRepository();
    const QByteArray bytes = scriptedPattern(0, 5'000'000);
    bool hasBroken = false;
    m_registry->server.on("PATCH", "/upload/*", [&, this](const ScriptedRequest& request) {
        if (!hasBroken) {
            hasBroken = true; // took a part, then the line went down
            m_received += request.body.left(1'000'000);
            ScriptedAnswer gone;
            gone.raw = "HTTP/1.1 ";
            gone.ending = ScriptedAnswer::Ending::Reset;
            return gone;
        }
        m_received += request.body;
        return ScriptedAnswer::text(202, "").with("Location", "/upload/after");
    });
    m_registry->server.on("GET", "/upload/*", [this](const ScriptedRequest&) {
        return ScriptedAnswer::text(204, "")
            .with("Location", "/upload/again")
            .with("Range", "0-" + QByteArray::number(m_received.size() - 1));
    });
    StreamedBlob stream = StreamedBlob::once(MediaType::OciLayer, memorySource(bytes));
    int asked = 0; // after which the rest of what was kept goes
    stream.again = [&asked](const Error&, const std::stop_token&) -> Task<bool> {
        ++asked;
        return []() -> Task<bool> { co_return true; }();
    };
    const auto blob = QCoro::waitFor(repository->pushStream(stream, {}, Go));
    VERIFY_RESULT(blob);
    QCOMPARE(m_received, bytes);
    QCOMPARE(asked, 1);
    QCOMPARE(m_registry->requests("PATCH").size(), 1);
    QVERIFY(m_registry->requests("PUT").constFirst().target.startsWith("/upload/again?digest="));
    QCOMPARE(m_registry->requests("PUT").constFirst().headers.value("Content-Range"), "1000000-4999999");
}

void TestRepositoryPush::minimumOfChunksIsObeyed()
{
    serveUploads();
    const auto repository = chunkingRepository();
    m_registry->server.on("POST", "/v2/a/b/blobs/uploads/", opened().with("OCI-Chunk-Min-Length", "6000000"));
    const QByteArray bytes = scriptedPattern(0, 7'000'000);
    VERIFY_RESULT(QCoro::waitFor(
        repository->pushStream(StreamedBlob::once(MediaType::OciLayer, memorySource(bytes)), {}, Go)));
    QCOMPARE(m_registry->requests("PATCH").size(), 1);
    QCOMPARE(m_registry->requests("PATCH").constFirst().bodySize, 6'000'000);

    m_registry->server.on("POST", "/v2/a/b/blobs/uploads/",
                          opened().with("OCI-Chunk-Min-Length", "1000000000000"));
    COMPARE_ERROR(QCoro::waitFor(repository->pushStream(
                      StreamedBlob::once(MediaType::OciLayer, memorySource(bytes)), {}, Go)),
                  Error::Code::Unsupported);
}

void TestRepositoryPush::loginThatRunsOutOnTheWayIsRenewed_data()
{
    QTest::addColumn<QByteArray>("complaint"); // of the challenge
    QTest::newRow("with a reason") << QByteArray(",error=\"invalid_token\"");
    QTest::newRow("without a reason") << QByteArray();
}

void TestRepositoryPush::loginThatRunsOutOnTheWayIsRenewed()
{
    QFETCH(const QByteArray, complaint);
    ScriptedServer tokens;
    QVERIFY(tokens.listen());
    int issued = 0;
    tokens.on("GET", "/token", [&issued](const ScriptedRequest&) {
        return ScriptedAnswer::json(
            200, "{\"expires_in\":300,\"token\":\"t" + QByteArray::number(++issued) + "\"}");
    });
    const QByteArray challenge = "Bearer realm=\"" + tokens.url("/token").toEncoded() + '"' + complaint;
    const auto refused = [&challenge] {
        return ScriptedAnswer::text(401, "").with("WWW-Authenticate", challenge);
    };
    serveUploads();
    m_registry->server.on("POST", "/v2/a/b/blobs/uploads/", [&refused](const ScriptedRequest& request) {
        return request.headers.contains("Authorization") ? opened() : refused();
    });
    m_registry->server.on("PUT", "/upload/*", [&, this](const ScriptedRequest& request) {
        if (request.headers.value("Authorization") == "Bearer t1")
            return refused(); // it was good when the upload began
        m_received = request.body;
        return done();
    });
    const QByteArray bytes = scriptedPattern(0, 1'000'000);
    VERIFY_RESULT(
        QCoro::waitFor(m_registry->repository()->pushBlob(layerOf(bytes), factoryOf(bytes), {}, Go)));
    QCOMPARE(m_received, bytes);
    QCOMPARE(m_registry->requests("PUT").size(), 2);
    QVERIFY(issued >= 2);
}

void TestRepositoryPush::failedUploadIsCancelled()
{
    serveUploads();
    m_registry->server.on(
        "PUT", "/upload/*",
        ScriptedAnswer::json(403, R"({"errors":[{"code":"DENIED","message":"quota exceeded"}]})"));
    const auto pushed =
        QCoro::waitFor(m_registry->repository()->pushBlob(layerOf("x"), factoryOf("x"), {}, Go));
    COMPARE_ERROR(pushed, Error::Code::Denied);
    QCOMPARE(pushed.error().message, u"quota exceeded"_s);
    QCOMPARE(m_registry->requests("DELETE", "/upload/1").size(), 1);
    QCOMPARE(m_registry->requests("PUT").size(), 1);
}

void TestRepositoryPush::cancelAsksWhereTheUploadIsNow()
{
    // distribution keeps the offset in the address, and knows no upload by an address that is out of date.
    serveUploads();
    m_registry->server.on("PUT", "/upload/*", ScriptedAnswer::text(403, ""));
    m_registry->server.on("DELETE", "/upload/1",
                          ScriptedAnswer::json(404, R"({"errors":[{"code":"BLOB_UPLOAD_INVALID"}]})"));
    m_registry->server.on(
        "GET", "/upload/1",
        ScriptedAnswer::text(204, "").with("Location", "/upload/now?_state=5").with("Range", "0-4"));
    COMPARE_ERROR(QCoro::waitFor(m_registry->repository()->pushBlob(layerOf("x"), factoryOf("x"), {}, Go)),
                  Error::Code::Denied);
    QCOMPARE(m_registry->requests("DELETE").size(), 2);
    QCOMPARE(m_registry->requests("DELETE").constLast().target, "/upload/now?_state=5");
}

void TestRepositoryPush::sourceThatCannotBeOpenedIsTheError()
{
    serveUploads();
    const SourceFactory broken = [](qint64, std::stop_token) -> Task<Result<ByteSourcePtr>> {
        co_return fail(Error::Code::Io, u"layer.tar"_s, u"unreadable"_s);
    };
    const auto pushed = QCoro::waitFor(m_registry->repository()->pushBlob(layerOf("x"), broken, {}, Go));
    COMPARE_ERROR(pushed, Error::Code::Io);
    QCOMPARE(pushed.error().subject, u"layer.tar"_s);
    QCOMPARE(m_registry->requests("PUT").size(), 0);
}

void TestRepositoryPush::mountAnswers_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<QString>("expected"); // "mounted", "push" or an error's code
    QTest::newRow("mounted") << done() << u"mounted"_s;
    QTest::newRow("session instead") << opened() << u"push"_s;
    QTest::newRow("not known") << ScriptedAnswer::text(404, "") << u"push"_s;
    QTest::newRow("source not on Docker Hub") << ScriptedAnswer::text(400, "") << u"push"_s;
    QTest::newRow("no right to the source") << ScriptedAnswer::text(403, "") << u"push"_s;
    QTest::newRow("not offered") << ScriptedAnswer::text(405, "") << u"push"_s;
    QTest::newRow("busy") << ScriptedAnswer::text(429, "") << u"RateLimited"_s;
    QTest::newRow("broken") << ScriptedAnswer::text(502, "") << u"Network"_s;
}

void TestRepositoryPush::mountAnswers()
{
    QFETCH(const ScriptedAnswer, answer);
    QFETCH(const QString, expected);
    m_registry->server.on("POST", "/v2/a/b/blobs/uploads/", answer);
    const Descriptor blob = layerOf("mount me");
    const auto mounted = QCoro::waitFor(m_registry->repository()->mountBlob(blob, u"base/os"_s, Go));
    const QString result = !mounted ? QString(toString(mounted.error().code))
        : *mounted                  ? u"mounted"_s
                                    : u"push"_s;
    QCOMPARE(result, expected);
    const ScriptedRequest post = m_registry->requests("POST").constFirst();
    const QByteArray target = QByteArray(post.target).replace("%3A", ":").replace("%2F", "/");
    QCOMPARE(target, "/v2/a/b/blobs/uploads/?mount=" + blob.digest.toString().toLatin1() + "&from=base/os");
    QCOMPARE(post.headers.value("Content-Length"), "0");
}

void TestRepositoryPush::sessionOfAMountThatWasForgottenIsReplaced()
{
    serveUploads();
    const QByteArray bytes("mount, then push");
    m_registry->server.on("POST", "/v2/a/b/blobs/uploads/", [](const ScriptedRequest& request) {
        return opened(request.target.contains("mount=") ? "/upload/old" : "/upload/new");
    });
    m_registry->server.on("PUT", "/upload/old",
                          ScriptedAnswer::json(404, R"({"errors":[{"code":"BLOB_UPLOAD_UNKNOWN"}]})"));
    const auto repository = m_registry->repository();
    const auto mounted = QCoro::waitFor(repository->mountBlob(layerOf(bytes), u"base/os"_s, Go));
    VERIFY_RESULT(mounted);
    QVERIFY(!*mounted);
    VERIFY_RESULT(QCoro::waitFor(repository->pushBlob(layerOf(bytes), factoryOf(bytes), {}, Go)));
    QCOMPARE(m_received, bytes);
    QCOMPARE(m_registry->requests("PATCH").size(), 0); // in one piece still
    QCOMPARE(m_registry->requests("PUT", "/upload/new").size(), 1);
}

void TestRepositoryPush::presenceIsNeverGuessed_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<QString>("expected");
    QTest::newRow("there") << ScriptedAnswer::text(200, "x") << u"Present"_s;
    QTest::newRow("lies elsewhere") << ScriptedAnswer::redirect(307, "http://127.0.0.1:1/x") << u"Present"_s;
    QTest::newRow("not there") << ScriptedAnswer::text(404, "") << u"Absent"_s;
    QTest::newRow("HEAD not known") << ScriptedAnswer::text(405, "") << u"Unknown"_s;
    QTest::newRow("not understood") << ScriptedAnswer::text(400, "") << u"Unknown"_s;
    QTest::newRow("forbidden") << ScriptedAnswer::text(403, "") << u"Denied"_s;
    QTest::newRow("login wanted") << ScriptedAnswer::text(401, "") << u"Unauthorized"_s;
    QTest::newRow("busy") << ScriptedAnswer::text(429, "") << u"RateLimited"_s;
    QTest::newRow("broken") << ScriptedAnswer::text(500, "") << u"Network"_s;
}

void TestRepositoryPush::presenceIsNeverGuessed()
{
    QFETCH(const ScriptedAnswer, answer);
    QFETCH(const QString, expected);
    m_registry->server.on("HEAD", "/v2/a/b/*", answer);
    const auto textOf = [](const Result<Presence>& presence) -> QString {
        if (!presence)
            return QString(toString(presence.error().code));
        return *presence == Presence::Present ? u"Present"_s
            : *presence == Presence::Absent   ? u"Absent"_s
                                              : u"Unknown"_s;
    };
    QCOMPARE(textOf(QCoro::waitFor(m_registry->repository()->blobPresence(layerOf("x"), Go))), expected);
    if (answer.status != 307) // manifests are never elsewhere
        QCOMPARE(textOf(QCoro::waitFor(
                     m_registry->repository()->manifestPresence(smallManifest().descriptor, Go))),
                 expected);
}

void TestRepositoryPush::manifestGoesUpByteForByte()
{
    m_registry->server.on("PUT", "/v2/a/b/manifests/*", done());
    ManifestContent manifest = smallManifest("  blanks \\u00e9 ");
    VERIFY_RESULT(
        QCoro::waitFor(m_registry->repository()->pushManifest(manifest, {u"v1"_s, u"latest"_s}, Go)));
    VERIFY_RESULT(QCoro::waitFor(m_registry->repository()->pushManifest(manifest, {}, Go)));
    QStringList targets;
    for (const ScriptedRequest& request : m_registry->requests("PUT")) {
        QCOMPARE(request.body, manifest.bytes);
        QCOMPARE(request.headers.value("Content-Type"), "application/vnd.oci.image.manifest.v1+json");
        targets.append(QString::fromLatin1(request.target));
    }
    const QString base = u"/v2/a/b/manifests/"_s;
    QCOMPARE(targets,
             (QStringList{base + u"v1"_s, base + u"latest"_s, base + manifest.descriptor.digest.toString()}));
}

void TestRepositoryPush::manifestStoredAsAnotherIsAMismatch()
{
    const ManifestContent manifest = smallManifest();
    m_registry->server.on("PUT", "/v2/a/b/manifests/*",
                          done().with("Docker-Content-Digest", "sha256:" + QByteArray(64, 'e')));
    COMPARE_ERROR(QCoro::waitFor(m_registry->repository()->pushManifest(manifest, {u"v1"_s}, Go)),
                  Error::Code::DigestMismatch);
}

void TestRepositoryPush::immutableTagIsAConflict()
{
    m_registry->server.on(
        "PUT", "/v2/a/b/manifests/*",
        ScriptedAnswer::json(400,
                             R"({"errors":[{"code":"TAG_INVALID","message":"The image tag 'v1' already )"
                             R"(exists and cannot be overwritten because the tag is immutable."}]})"));
    const auto pushed =
        QCoro::waitFor(m_registry->repository()->pushManifest(smallManifest(), {u"v1"_s}, Go));
    COMPARE_ERROR(pushed, Error::Code::Conflict);
    QVERIFY(pushed.error().subject.endsWith(u"/a/b:v1"_s));
}

void TestRepositoryPush::tagIsRemovedAloneOrNotAtAll_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<QString>("expected"); // empty: removed
    QTest::newRow("removed") << ScriptedAnswer::text(202, "") << true << QString();
    QTest::newRow("removed, other status") << ScriptedAnswer::text(204, "") << true << QString();
    QTest::newRow("Harbor") << ScriptedAnswer::json(400, R"({"errors":[{"code":"UNSUPPORTED"}]})") << true
                            << u"Unsupported"_s;
    QTest::newRow("wants a digest") << ScriptedAnswer::json(400, R"({"errors":[{"code":"DIGEST_INVALID"}]})")
                                    << true << u"Unsupported"_s;
    QTest::newRow("GHCR") << ScriptedAnswer::json(405, R"({"errors":[{"code":"UNSUPPORTED"}]})") << true
                          << u"Unsupported"_s;
    QTest::newRow("looks for a digest of that name")
        << ScriptedAnswer::text(404, "") << true << u"Unsupported"_s;
    QTest::newRow("not there") << ScriptedAnswer::text(404, "") << false << u"NotFound"_s;
    QTest::newRow("forbidden") << ScriptedAnswer::text(403, "") << true << u"Denied"_s;
    QTest::newRow("immutable") << ScriptedAnswer::json(412, R"({"errors":[{"code":"PRECONDITION"}]})") << true
                               << u"Conflict"_s;
}

void TestRepositoryPush::tagIsRemovedAloneOrNotAtAll()
{
    QFETCH(const ScriptedAnswer, answer);
    QFETCH(const bool, isThere);
    QFETCH(const QString, expected);
    m_registry->server.on("DELETE", "/v2/a/b/manifests/*", answer);
    if (isThere) {
        const ManifestContent manifest = smallManifest();
        m_registry->server.on(
            "HEAD", "/v2/a/b/manifests/v1",
            ScriptedAnswer::text(200, manifest.bytes, manifest.descriptor.mediaType.toLatin1())
                .with("Docker-Content-Digest", manifest.descriptor.digest.toString().toLatin1()));
    }
    const auto removed = QCoro::waitFor(m_registry->repository()->removeTag(u"v1"_s, Go));
    QCOMPARE(removed ? QString() : QString(toString(removed.error().code)), expected);
    // Never the digest in its place: that would take every other tag of the image along.
    QCOMPARE(m_registry->requests("DELETE").size(), 1);
    QCOMPARE(m_registry->requests("DELETE").constFirst().target, "/v2/a/b/manifests/v1");
}

QTEST_GUILESS_MAIN(TestRepositoryPush)
#include "tst_repositorypush.moc"
