// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/dockerconfig.h"
#include "support/resulttest.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Tagboat;
using namespace Qt::StringLiterals;

class TestDockerConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void loginsOfEveryKindAreRead();
    void brokenEntriesTakeNothingFromTheOthers();
    void helperOfARegistryIsAskedForIt();
    void pathsOfPodmanAreKept();
    void badFilesAreRefused_data();
    void badFilesAreRefused();
    void missingFileIsNotFound();
    void scrubbingTakesOnlySecrets();
    void helperIsChosenAsTheProgramUnderstands();
    void scrubbingKeepsLinksAndIsPrivate();
    void scrubbingABrokenFileLeavesIt();
    void filesAreFoundWhereTheyMayBe();

private:
    [[nodiscard]] QString write(const QByteArray& bytes, const QString& name = u"config.json"_s) const;
    [[nodiscard]] static QByteArray contentOf(const QString& path);

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

QByteArray auth(const QByteArray& login)
{
    return "{\"auth\":\"" + login.toBase64() + "\"}";
}

const DockerLogin* loginAt(const DockerConfig& config, const QString& address)
{
    const auto found = std::ranges::find_if(
        config.logins, [&address](const DockerLogin& login) { return login.address.text == address; });
    return found == config.logins.end() ? nullptr : &*found;
}

} // namespace

QString TestDockerConfig::write(const QByteArray& bytes, const QString& name) const
{
    const QString path = m_folder->filePath(name);
    QFile file(path);
    return file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
}

QByteArray TestDockerConfig::contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void TestDockerConfig::loginsOfEveryKindAreRead()
{
    const QString path =
        write("{\"auths\":{\"https://index.docker.io/v1/\":" + auth("alice:pass:word with ü")
              + ",\"registry.example.com:5000\":" + auth(QByteArray("bob:secret\0\0", 12))
              + ",\"myteam.azurecr.io\":{\"auth\":\"" + QByteArray("x:").toBase64()
              + "\",\"identitytoken\":\"refresh\"},\"ghcr.io\":{}},\"credsStore\":\"secretservice\"}");
    const auto config = readDockerConfig(path);
    VERIFY_RESULT(config);
    QCOMPARE(config->unread, QStringList());
    QCOMPARE(config->logins.size(), 3);
    QCOMPARE(config->store, u"secretservice"_s);
    QVERIFY(config->hasClearText());
    const DockerLogin* const hub = loginAt(*config, u"https://index.docker.io/v1/"_s);
    QVERIFY(hub);
    QCOMPARE(hub->address.registry, u"docker.io"_s);
    QCOMPARE(hub->user, u"alice"_s);
    QCOMPARE(hub->secret, u"pass:word with ü"_s);
    QVERIFY(hub->isClearText());
    QCOMPARE(loginAt(*config, u"registry.example.com:5000"_s)->secret, u"secret"_s);
    const DockerLogin* const token = loginAt(*config, u"myteam.azurecr.io"_s);
    QVERIFY(token->isIdentityToken);
    QCOMPARE(token->user, u"<token>"_s);
    QCOMPARE(token->secret, u"refresh"_s);
}

void TestDockerConfig::brokenEntriesTakeNothingFromTheOthers()
{
    const QString path =
        write("{\"auths\":{\"a.example.com\":{\"auth\":\"%%%\"},\"b.example.com\":" + auth("nocolon")
              + ",\"c.example.com\":{\"registrytoken\":\"now\"},\"user@d.example.com\":" + auth("a:b")
              + ",\"e.example.com\":" + auth("eve:good") + ",\"f.example.com\":17}}");
    const auto config = readDockerConfig(path);
    VERIFY_RESULT(config);
    QCOMPARE(config->logins.size(), 1);
    QCOMPARE(config->logins.constFirst().user, u"eve"_s);
    QCOMPARE(config->unread.size(), 4);
    for (const QString& line : config->unread) {
        QVERIFY2(line.contains("example.com: "_L1), qPrintable(line));
        QVERIFY2(!line.contains("nocolon"_L1) && !line.contains("now"_L1), qPrintable(line));
    }
}

void TestDockerConfig::helperOfARegistryIsAskedForIt()
{
    const QString path = write("{\"auths\":{\"ghcr.io\":" + auth("old:forgotten")
                               + "},\"credHelpers\":{\"ghcr.io\":\"pass\",\"gcr.io\":\"gcloud\"}}");
    const auto config = readDockerConfig(path);
    VERIFY_RESULT(config);
    QCOMPARE(config->logins.size(), 2);
    QCOMPARE(loginAt(*config, u"ghcr.io"_s)->helper, u"pass"_s);
    QVERIFY(loginAt(*config, u"ghcr.io"_s)->secret.isEmpty());
    QCOMPARE(loginAt(*config, u"gcr.io"_s)->helper, u"gcloud"_s);
    QVERIFY(!config->hasClearText());
}

void TestDockerConfig::pathsOfPodmanAreKept()
{
    const QString path =
        write("{\"auths\":{\"quay.io/team\":" + auth("robot:r") + ",\"docker.io\":" + auth("alice:a") + "}}");
    const auto config = readDockerConfig(path);
    VERIFY_RESULT(config);
    QCOMPARE(loginAt(*config, u"quay.io/team"_s)->address.path, u"team"_s);
    QCOMPARE(loginAt(*config, u"docker.io"_s)->address.registry, u"docker.io"_s);
}

void TestDockerConfig::badFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Error::Code>("code");
    QTest::newRow("empty") << QByteArray() << Error::Code::Corrupt;
    QTest::newRow("cut off") << "{\"auths\":{\"ghcr.io\":{\"auth\":\"c2VjcmV0"_ba << Error::Code::Corrupt;
    QTest::newRow("a list") << "[]"_ba << Error::Code::Corrupt;
    QTest::newRow("huge") << QByteArray(5'000'000, ' ') << Error::Code::InvalidInput;
}

void TestDockerConfig::badFilesAreRefused()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Error::Code, code);
    const QString path = write(bytes);
    const auto config = readDockerConfig(path);
    COMPARE_ERROR(config, code);
    QCOMPARE(config.error().subject, path);
    QVERIFY(!config.error().toString().contains("c2VjcmV0"_L1));
}

void TestDockerConfig::missingFileIsNotFound()
{
    COMPARE_ERROR(readDockerConfig(m_folder->filePath(u"none"_s)), Error::Code::NotFound);
    COMPARE_ERROR(scrubDockerConfig(m_folder->filePath(u"none"_s), {}), Error::Code::NotFound);
}

void TestDockerConfig::scrubbingTakesOnlySecrets()
{
    const QString path =
        write("{\"auths\":{\"ghcr.io\":{\"auth\":\"YTpi\",\"email\":\"a@example.com\"},\"quay.io\":"
              + auth("b:kept")
              + "},\"HttpHeaders\":{\"X-Meta\":\"1\"},\"psFormat\":\"table\",\"big\":"
                "9007199254740993}");
    VERIFY_RESULT(scrubDockerConfig(path, {u"ghcr.io"_s}, u"tagboat"_s));
    const QByteArray content = contentOf(path);
    QVERIFY(!content.contains("YTpi"));
    const QJsonObject object = QJsonDocument::fromJson(content).object();
    QCOMPARE(object.value("auths"_L1)[u"ghcr.io"].toObject(),
             (QJsonObject{{u"email"_s, u"a@example.com"_s}}));
    QVERIFY(!object.value("auths"_L1)[u"quay.io"][u"auth"].toString().isEmpty());
    QCOMPARE(object.value("HttpHeaders"_L1)[u"X-Meta"].toString(), u"1"_s);
    QCOMPARE(object.value("psFormat"_L1).toString(), u"table"_s);
    QCOMPARE(object.value("big"_L1).toInteger(), 9007199254740993);
    // Docker would not look at what is still there, if one helper were asked for all.
    QVERIFY(!object.contains("credsStore"_L1));
    QCOMPARE(object.value("credHelpers"_L1).toObject(), (QJsonObject{{u"ghcr.io"_s, u"tagboat"_s}}));
    VERIFY_RESULT(scrubDockerConfig(path, {u"quay.io"_s}, u"tagboat"_s));
    const QJsonObject clean = QJsonDocument::fromJson(contentOf(path)).object();
    QCOMPARE(clean.value("credsStore"_L1).toString(), u"tagboat"_s);
    QVERIFY(!readDockerConfig(path)->hasClearText());
}

void TestDockerConfig::helperIsChosenAsTheProgramUnderstands()
{
    // podman has helpers of addresses only.
    const QString podmans = write("{\"auths\":{\"quay.io\":" + auth("a:b") + "}}", u"auth.json"_s);
    VERIFY_RESULT(scrubDockerConfig(podmans, {u"quay.io"_s}, u"tagboat"_s));
    QJsonObject object = QJsonDocument::fromJson(contentOf(podmans)).object();
    QVERIFY(!object.contains("credsStore"_L1));
    QCOMPARE(object.value("credHelpers"_L1).toObject(), (QJsonObject{{u"quay.io"_s, u"tagboat"_s}}));
    // A helper that somebody chose stays.
    const QString chosen = write("{\"auths\":{\"quay.io\":" + auth("a:b") + "},\"credsStore\":\"pass\"}");
    VERIFY_RESULT(scrubDockerConfig(chosen, {u"quay.io"_s}, u"tagboat"_s));
    // Both look for a bare host, and each has its own name for Docker Hub.
    const QString old = write("{\"auths\":{\"https://index.docker.io/v1/\":" + auth("a:b")
                                  + ",\"https://reg.example.com/v1/\":" + auth("c:d") + "}}",
                              u"old.json"_s);
    VERIFY_RESULT(scrubDockerConfig(old, {u"https://index.docker.io/v1/"_s, u"https://reg.example.com/v1/"_s},
                                    u"tagboat"_s));
    QCOMPARE(QJsonDocument::fromJson(contentOf(old)).object().value("credHelpers"_L1).toObject().keys(),
             (QStringList{u"docker.io"_s, u"https://index.docker.io/v1/"_s, u"reg.example.com"_s}));
    object = QJsonDocument::fromJson(contentOf(chosen)).object();
    QCOMPARE(object.value("credsStore"_L1).toString(), u"pass"_s);
    QCOMPARE(object.value("credHelpers"_L1).toObject(), (QJsonObject{{u"quay.io"_s, u"tagboat"_s}}));
}

void TestDockerConfig::scrubbingKeepsLinksAndIsPrivate()
{
    const QString path = write("{\"auths\":{\"ghcr.io\":" + auth("a:b") + "}}", u"real.json"_s);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const QString link = m_folder->filePath(u"config.json"_s);
    QVERIFY(QFile::link(path, link));
    VERIFY_RESULT(scrubDockerConfig(link, {u"ghcr.io"_s}));
    QVERIFY(QFileInfo(link).isSymLink());
    QVERIFY(!contentOf(path).contains("auth\""));
    QVERIFY(!(QFileInfo(path).permissions() & (QFile::ReadOther | QFile::ReadGroup)));
}

void TestDockerConfig::scrubbingABrokenFileLeavesIt()
{
    const QString path = write("{\"auths\":");
    COMPARE_ERROR(scrubDockerConfig(path, {u"ghcr.io"_s}), Error::Code::Corrupt);
    QCOMPARE(contentOf(path), "{\"auths\":"_ba);
}

void TestDockerConfig::filesAreFoundWhereTheyMayBe()
{
    const QByteArray before = qgetenv("DOCKER_CONFIG");
    qputenv("DOCKER_CONFIG", m_folder->path().toUtf8());
    const QString other = write("{}", u"auth.json"_s);
    qputenv("REGISTRY_AUTH_FILE", other.toUtf8());
    QVERIFY(!dockerConfigFiles().contains(m_folder->filePath(u"config.json"_s)));
    const QString path = write("{}");
    QCOMPARE(dockerConfigFiles().first(2), (QStringList{path, other}));
    qunsetenv("REGISTRY_AUTH_FILE");
    qputenv("DOCKER_CONFIG", before);
}

QTEST_GUILESS_MAIN(TestDockerConfig)
#include "tst_dockerconfig.moc"
