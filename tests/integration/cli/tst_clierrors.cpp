// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/randomimage/randomimage.h"
#include "support/randomimage/tarwriter.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"

#include <QJsonArray>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Bad input of every kind: its own code, a sentence that names it, and nothing half-written.
class TestCliErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void unparsableName_data();
    void unparsableName();
    void unreachableHost();
    void hostThatDoesNotExist();
    void untrustedCertificate();
    void httpRegistrySpokenToByHttps();
    void wrongPasswordAndNoPassword();
    void repositoryOneMayNotPushTo();
    void truncatedArchive();
    void noArchiveAtAll();
    void archiveEntryThatPointsOutside_data();
    void archiveEntryThatPointsOutside();
    void fullDisk();
    void manifestLargerThanFourMiB();
    void blobWithTheWrongDigest();
    void storeFolderThatCannotBeWritten();
    void foreignFolderIsNotTakenForAStore();
    void missingTagAndMissingRepository();
    void rateThatIsNone_data();
    void rateThatIsNone();
    void compressionThatIsNone_data();
    void compressionThatIsNone();
    void passwordOptionsThatDoNotFit();
    void errorsAreSentencesForPeopleToo();

private:
    //! An image in the store of the command line.
    void store(const QString& name);

    RandomImage m_image = randomImage(41);
    std::unique_ptr<CliProcess> m_cli;
};

namespace {

QString dockerArchive(const RandomImage& image, const QString& folder)
{
    image.writeLayout(folder + u"/layout"_s, {u"it"_s});
    const QString file = folder + u"/image.tar"_s;
    const QByteArray done =
        runTool(u"skopeo"_s,
                {u"copy"_s, u"oci:%1/layout:it"_s.arg(folder), u"docker-archive:%1:alice/ui:v1"_s.arg(file)});
    return done.isEmpty() ? QString() : file;
}

} // namespace

void TestCliErrors::init()
{
    m_cli = std::make_unique<CliProcess>();
}

//! Whatever went wrong, nothing is left of it and the store is whole.
void TestCliErrors::cleanup()
{
    QCOMPARE(m_cli->leftovers(), QStringList());
    if (QFile::exists(m_cli->dataDirectory()))
        COMPARE_EXIT(m_cli->run({u"verify"_s}), 0);
}

void TestCliErrors::store(const QString& name)
{
    const QString file = dockerArchive(m_image, m_cli->path(u"made"_s));
    QVERIFY(!file.isEmpty());
    COMPARE_EXIT(m_cli->run({u"import"_s, u"--name"_s, name, file}), 0);
}

void TestCliErrors::unparsableName_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("pull") << QStringList{u"pull"_s, u"Alice/UI"_s};
    QTest::newRow("push") << QStringList{u"push"_s, u"alice/ui"_s, u"a//b"_s};
    QTest::newRow("tags with a tag") << QStringList{u"tags"_s, u"alice/ui:v1"_s};
    QTest::newRow("repos with a path") << QStringList{u"repos"_s, u"localhost:5000/x"_s};
    QTest::newRow("name") << QStringList{u"name"_s, u"a:b:c"_s};
    QTest::newRow("login") << QStringList{u"login"_s, u"two words"_s, u"--anonymous"_s};
    QTest::newRow("platform") << QStringList{u"pull"_s, u"alice/ui"_s, u"--platform"_s, u"linux"_s};
}

void TestCliErrors::unparsableName()
{
    QFETCH(const QStringList, arguments);
    COMPARE_CODE(m_cli->run(QStringList{u"--json"_s} + arguments), "InvalidInput");
}

void TestCliErrors::unreachableHost()
{
    quint16 port = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        port = server.serverPort();
    }
    const QString host = u"127.0.0.1:%1"_s.arg(port);
    const CliRun run = m_cli->run({u"--json"_s, u"repos"_s, host});
    COMPARE_CODE(run, "Network");
    QVERIFY2(run.last().value("sentence"_L1).toString().contains(host), run.all().constData());
}

void TestCliErrors::hostThatDoesNotExist()
{
    COMPARE_CODE(m_cli->run({u"--json"_s, u"repos"_s, u"registry.invalid"_s}), "Network");
}

void TestCliErrors::untrustedCertificate()
{
    RegistryProcess registry({.tlsNames = {u"DNS:registry.test"_s}});
    QVERIFY(registry.start());
    const QString name = u"registry.test:%1"_s.arg(registry.port());
    const QStringList login{u"--json"_s,      u"login"_s,        name,
                            u"--anonymous"_s, u"--connect-to"_s, u"127.0.0.1"_s};
    const CliRun refused = m_cli->run(login);
    COMPARE_CODE(refused, "Tls");
    QVERIFY2(refused.last().value("remedy"_L1).toString().contains("--ca-file"_L1),
             refused.all().constData());
    // What was refused is not remembered; what was allowed is.
    const QString ca = m_cli->path(u"ca.pem"_s);
    QFile file(ca);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(registry.certificate().certificate.toPem());
    file.close();
    COMPARE_EXIT(m_cli->run(login + QStringList{u"--ca-file"_s, ca}), 0);
    COMPARE_EXIT(m_cli->run({u"repos"_s, name}), 0);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"login"_s, name, u"--anonymous"_s, u"--ca-file"_s, ca + u"x"_s}),
                 "NotFound");
}

void TestCliErrors::httpRegistrySpokenToByHttps()
{
    RegistryProcess registry;
    QVERIFY(registry.start());
    const QString name = u"registry.test:%1"_s.arg(registry.port());
    const QStringList login{u"--json"_s,      u"login"_s,        name,
                            u"--anonymous"_s, u"--connect-to"_s, u"127.0.0.1"_s};
    const CliRun refused = m_cli->run(login);
    COMPARE_CODE(refused, "PlainHttpServer");
    QVERIFY2(refused.last().value("remedy"_L1).toString().contains("--plain-http"_L1),
             refused.all().constData());
    COMPARE_EXIT(m_cli->run(login + QStringList{u"--plain-http"_s}), 0);
    COMPARE_EXIT(m_cli->run({u"repos"_s, name}), 0);
}

void TestCliErrors::wrongPasswordAndNoPassword()
{
    RegistryProcess registry({.users = {{u"alice"_s, u"right"_s}}});
    QVERIFY(registry.start());
    const QStringList repos{u"--json"_s, u"repos"_s, registry.host()};
    COMPARE_CODE(m_cli->run(repos), "Unauthorized");
    const QStringList asAlice = repos + QStringList{u"-u"_s, u"alice"_s, u"--password-stdin"_s};
    const CliRun wrong = m_cli->run(asAlice, "wrong\n");
    COMPARE_CODE(wrong, "Unauthorized");
    QVERIFY(!wrong.out.contains("wrong"));
    COMPARE_EXIT(m_cli->run(asAlice, "right\n"), 0);
    COMPARE_EXIT(m_cli->run(asAlice, "right"), 0);
}

void TestCliErrors::repositoryOneMayNotPushTo()
{
    TokenServer tokens;
    QVERIFY(tokens.listen());
    tokens.addUser(u"alice"_s, u"right"_s);
    tokens.allow(u"alice"_s, u"bob/ui"_s, {u"pull"_s});
    tokens.allow(u"alice"_s, u"alice/ui"_s, {u"pull"_s, u"push"_s});
    RegistryProcess registry({.tokens = &tokens});
    QVERIFY(registry.start());
    store(u"alice/ui:v1"_s);
    const auto push = [&](const QString& repository) {
        return m_cli->run({u"--json"_s, u"push"_s, u"alice/ui:v1"_s,
                           registry.host() + u'/' + repository + u":v1"_s, u"-u"_s, u"alice"_s,
                           u"--password-stdin"_s},
                          "right\n");
    };
    const CliRun denied = push(u"bob/ui"_s);
    COMPARE_CODE(denied, "Denied");
    QVERIFY2(denied.last().value("sentence"_L1).toString().contains("bob/ui"_L1), denied.all().constData());
    const CliRun plan =
        m_cli->run({u"--json"_s, u"push"_s, u"--plan"_s, u"alice/ui:v1"_s, registry.host() + u"/bob/ui:v1"_s,
                    u"-u"_s, u"alice"_s, u"--password-stdin"_s},
                   "right\n");
    COMPARE_EXIT(plan, 0);
    const QJsonValue refusal = plan.last().value("plans"_L1)[0][u"refusal"];
    QVERIFY2(refusal[u"code"] == "Denied"_L1, plan.all().constData());
    COMPARE_EXIT(push(u"alice/ui"_s), 0);
}

void TestCliErrors::truncatedArchive()
{
    const QString file = dockerArchive(m_image, m_cli->path(u"made"_s));
    QVERIFY(!file.isEmpty());
    QVERIFY(QFile::resize(file, QFileInfo(file).size() * 2 / 3));
    const CliRun run = m_cli->run({u"--json"_s, u"import"_s, file});
    COMPARE_CODE(run, "Corrupt");
    QVERIFY2(run.last().value("sentence"_L1).toString().contains("image.tar"_L1), run.all().constData());
    const QString remedy = run.last().value("remedy"_L1).toString();
    QVERIFY2(remedy.contains("archive is damaged"_L1) && !remedy.contains("verify"_L1),
             run.all().constData());
    QCOMPARE(m_cli->run({u"--json"_s, u"images"_s}).last().value("images"_L1).toArray(), QJsonArray());
}

void TestCliErrors::noArchiveAtAll()
{
    const QString file = m_cli->path(u"letter.txt"_s);
    QFile text(file);
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("Dear archive,\n");
    text.close();
    const CliRun run = m_cli->run({u"--json"_s, u"import"_s, file});
    QVERIFY2(run.exitCode == 1 && (run.code() == "Unsupported"_L1 || run.code() == "Corrupt"_L1),
             run.all().constData());
    COMPARE_CODE(m_cli->run({u"--json"_s, u"import"_s, file + u".tar"_s}), "NotFound");
}

void TestCliErrors::archiveEntryThatPointsOutside_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("upwards") << QByteArray("../outside");
    QTest::newRow("absolute") << QByteArray("/tmp/tagboat-outside");
}

void TestCliErrors::archiveEntryThatPointsOutside()
{
    QFETCH(const QByteArray, name);
    const QString path = m_cli->path(u"hostile.tar"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    TarWriter tar([&](QByteArrayView bytes) { file.write(bytes.data(), bytes.size()); }, 1'700'000'000);
    const QByteArray manifest = R"([{"Config":"c.json","RepoTags":["a:b"],"Layers":["l.tar"]}])";
    tar.file("manifest.json", manifest.size(), [&](const TarWriter::Sink& sink) { sink(manifest); });
    tar.file(name, 4, [](const TarWriter::Sink& sink) { sink("evil"); });
    tar.finish();
    file.close();
    const CliRun run = m_cli->run({u"--json"_s, u"import"_s, path});
    COMPARE_CODE(run, "Corrupt");
    QVERIFY2(run.last().value("sentence"_L1).toString().contains(QString::fromLatin1(name)),
             run.all().constData());
    QVERIFY(!QFile::exists(m_cli->path(u"outside"_s)));
    QVERIFY(!QFile::exists(u"/tmp/tagboat-outside"_s));
}

void TestCliErrors::fullDisk()
{
    RandomImageOptions options;
    options.layerSizes = {3'000'000};
    options.isCompressible = false;
    const QString file = dockerArchive(randomImage(42, options), m_cli->path(u"made"_s));
    QVERIFY(!file.isEmpty());
    // No file may grow beyond 1 MiB: what a quota and a full disk do, on any machine.
    const CliRun run =
        m_cli->runIn(u"trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\""_s, {u"--json"_s, u"import"_s, file});
    COMPARE_CODE(run, "DiskFull");
    COMPARE_EXIT(m_cli->run({u"import"_s, file}), 0);
}

void TestCliErrors::manifestLargerThanFourMiB()
{
    ScriptedServer server;
    QVERIFY(server.listen());
    server.on("GET", "/v2/", ScriptedAnswer::json(200, "{}"));
    const QByteArray big =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","x":")"
        + QByteArray(4 * 1024 * 1024, 'x') + "\"}";
    const auto answer = ScriptedAnswer::text(200, big, "application/vnd.oci.image.manifest.v1+json")
                            .with("Docker-Content-Digest", Digest::ofBytes(big).toString().toLatin1());
    server.on("*", "/v2/big/image/manifests/*", answer);
    const CliRun run = m_cli->run({u"--json"_s, u"pull"_s, server.host() + u"/big/image:v1"_s});
    COMPARE_CODE(run, "InvalidInput");
    QVERIFY2(run.last().value("message"_L1).toString().contains("4"_L1), run.all().constData());
}

void TestCliErrors::blobWithTheWrongDigest()
{
    RegistryProcess registry;
    QVERIFY(registry.start());
    store(u"alice/ui:v1"_s);
    const QString name = registry.host() + u"/alice/ui:v1"_s;
    COMPARE_EXIT(m_cli->run({u"push"_s, u"alice/ui:v1"_s, name}), 0);
    COMPARE_EXIT(m_cli->run({u"rm"_s, u"alice/ui:v1"_s}), 0);
    // The registry's own file of the largest layer, one bit turned; it does not look itself.
    const CliRun plan = m_cli->run({u"--json"_s, u"pull"_s, name});
    COMPARE_EXIT(plan, 0);
    QString largest;
    qint64 size = 0;
    const QJsonArray layers = plan.last().value("layers"_L1).toArray();
    for (const QJsonValue& layer : layers) {
        if (layer[u"size"].toInteger() > size) {
            size = layer[u"size"].toInteger();
            largest = layer[u"digest"].toString();
        }
    }
    COMPARE_EXIT(m_cli->run({u"rm"_s, name}), 0);
    const QString hex = largest.section(u':', 1);
    QFile blob(u"%1/docker/registry/v2/blobs/sha256/%2/%3/data"_s.arg(registry.storage(), hex.left(2), hex));
    QVERIFY2(blob.open(QIODevice::ReadWrite), qPrintable(blob.fileName()));
    blob.seek(size / 2);
    const char byte = blob.peek(1).at(0);
    blob.write(QByteArray(1, static_cast<char>(byte ^ 1)));
    blob.close();

    const CliRun run = m_cli->run({u"--json"_s, u"pull"_s, name});
    COMPARE_CODE(run, "DigestMismatch");
    QVERIFY2(run.last().value("sentence"_L1).toString().contains(hex), run.all().constData());
    QCOMPARE(m_cli->run({u"--json"_s, u"images"_s}).last().value("images"_L1).toArray(), QJsonArray());
    QVERIFY(!QFile::exists(m_cli->dataDirectory() + u"/images/blobs/sha256/"_s + hex));
}

void TestCliErrors::storeFolderThatCannotBeWritten()
{
    // Root may write everywhere but below a file.
    const QString file = m_cli->path(u"file"_s);
    QVERIFY(QFile(file).open(QIODevice::WriteOnly));
    const CliRun run = m_cli->run({u"--json"_s, u"--data-dir"_s, file + u"/data"_s, u"images"_s});
    COMPARE_CODE(run, "Io");
    QVERIFY2(run.last().value("sentence"_L1).toString().contains(file), run.all().constData());
}

void TestCliErrors::foreignFolderIsNotTakenForAStore()
{
    const QString folder = m_cli->path(u"photos/images"_s);
    QVERIFY(QDir().mkpath(folder));
    QFile file(folder + u"/cat.jpg"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    COMPARE_CODE(m_cli->run({u"--json"_s, u"--data-dir"_s, m_cli->path(u"photos"_s), u"images"_s}),
                 "InvalidInput");
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList(u"cat.jpg"_s));
}

void TestCliErrors::missingTagAndMissingRepository()
{
    RegistryProcess registry;
    QVERIFY(registry.start());
    COMPARE_CODE(m_cli->run({u"--json"_s, u"pull"_s, registry.host() + u"/no/such:tag"_s}), "NotFound");
    COMPARE_CODE(m_cli->run({u"--json"_s, u"push"_s, u"no/such:image"_s, registry.host() + u"/a/b:c"_s}),
                 "NotFound");
}

void TestCliErrors::rateThatIsNone_data()
{
    QTest::addColumn<QString>("rate");
    for (const char* const text : {"fast", "0", "-5M", "5Q", "M", "1e99G"})
        QTest::addRow("%s", text) << QString::fromLatin1(text);
}

void TestCliErrors::rateThatIsNone()
{
    QFETCH(const QString, rate);
    const CliRun run = m_cli->run({u"--json"_s, u"pull"_s, u"--limit="_s + rate, u"localhost:1/a:b"_s});
    COMPARE_CODE(run, "InvalidInput");
    QVERIFY2(run.last().value("subject"_L1).toString().contains(rate), run.all().constData());
}

void TestCliErrors::compressionThatIsNone_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("subject");
    QTest::newRow("import") << QStringList{u"import"_s, u"--compression=lz4"_s, u"no.tar"_s} << u"lz4"_s;
    QTest::newRow("push") << QStringList{u"push"_s, u"--from=docker-archive:no.tar"_s,
                                         u"--compression=zstd:99"_s, u"localhost:1/a:b"_s}
                          << u"zstd:99"_s;
    QTest::newRow("push of what is no archive")
        << QStringList{u"push"_s, u"--compression=zstd"_s, u"localhost:1/a:b"_s} << u"--compression"_s;
}

void TestCliErrors::compressionThatIsNone()
{
    QFETCH(const QStringList, command);
    QFETCH(const QString, subject);
    const CliRun run = m_cli->run(QStringList{u"--json"_s} + command);
    COMPARE_CODE(run, "InvalidInput");
    QCOMPARE(run.last().value("subject"_L1).toString(), subject);
}

void TestCliErrors::passwordOptionsThatDoNotFit()
{
    COMPARE_CODE(m_cli->run({u"--json"_s, u"repos"_s, u"localhost:1"_s, u"-u"_s, u"alice"_s}),
                 "InvalidInput");
    COMPARE_CODE(m_cli->run({u"--json"_s, u"repos"_s, u"localhost:1"_s, u"--password-stdin"_s}, "x\n"),
                 "InvalidInput");
    COMPARE_CODE(
        m_cli->run({u"--json"_s, u"repos"_s, u"localhost:1"_s, u"-u"_s, u"alice"_s, u"--password-stdin"_s},
                   "\n"),
        "InvalidInput");
    COMPARE_CODE(
        m_cli->run({u"--json"_s, u"--profile"_s, u"x"_s, u"repos"_s, u"localhost:1"_s, u"--anonymous"_s}),
        "InvalidInput");
    COMPARE_CODE(m_cli->run({u"--json"_s, u"--profile"_s, u"nobody"_s, u"repos"_s, u"localhost:1"_s}),
                 "NotFound");
}

void TestCliErrors::errorsAreSentencesForPeopleToo()
{
    const CliRun run = m_cli->run({u"inspect"_s, u"alice/none:v1"_s});
    COMPARE_EXIT(run, 1);
    QVERIFY2(run.out.isEmpty(), run.all().constData());
    QVERIFY2(run.error.startsWith("tagboat-cli: ") && run.error.contains("alice/none:v1"),
             run.all().constData());
}

QTEST_GUILESS_MAIN(TestCliErrors)
#include "tst_clierrors.moc"
