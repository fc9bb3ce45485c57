// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/configdirectory.h"
#include "auth/profilestore.h"
#include "helpercall.h"
#include "support/dockerdprocess/dockerdprocess.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Tagboat;
using namespace Tagboat::HelperTest;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! The real docker and podman with Tagboat's profiles. To be run under tests/support/withkeyring.
class TestHelperOfDocker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void dockerPullsWithAProfile();
    void dockerLoginMakesAProfile();
    void podmanPullsWithAProfile();
    void podmanLoginMakesAProfile();

private:
    [[nodiscard]] bool write(const QString& path, const QJsonObject& object) const;
    [[nodiscard]] QString image() const { return m_registry.host() + u"/private/image:1"_s; }
    [[nodiscard]] HelperRun podman(const QStringList& arguments, const QByteArray& input = {}) const;

    RegistryProcess m_registry{{.users = {{u"alice"_s, u"word of alice"_s}}}};
    DockerdProcess m_dockerd;
    QTemporaryDir m_podman;
    std::unique_ptr<QTemporaryDir> m_config;
    std::unique_ptr<ProfileStore> m_profiles;
};

void TestHelperOfDocker::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
    // Where docker and podman look for helpers.
    qputenv("PATH", QByteArray(helperFolder().toUtf8() + ':' + qgetenv("PATH")));
    QVERIFY(m_registry.start());
    QVERIFY(m_dockerd.start());
    const RandomImage image = randomImage(77);
    const QString folder = m_podman.filePath(u"layout"_s);
    image.writeLayout(folder, {u"it"_s});
    QProcess skopeo;
    skopeo.start(u"skopeo"_s,
                 {u"copy"_s, u"--dest-tls-verify=false"_s, u"--dest-creds=alice:word of alice"_s,
                  u"oci:"_s + folder + u":it"_s, u"docker://"_s + this->image()});
    QVERIFY(skopeo.waitForFinished(60'000));
    QVERIFY2(skopeo.exitCode() == 0, skopeo.readAllStandardError().constData());
}

void TestHelperOfDocker::init()
{
    m_config = std::make_unique<QTemporaryDir>();
    qputenv("TAGBOAT_CONFIG_DIR", m_config->path().toUtf8());
    m_profiles = std::make_unique<ProfileStore>(standardConfigDirectory());
    m_dockerd.clear();
    QVERIFY(write(m_dockerd.configFolder() + u"/config.json"_s, {{u"credsStore"_s, u"tagboat"_s}}));
    QVERIFY(write(m_podman.filePath(u"auth.json"_s),
                  {{u"credHelpers"_s, QJsonObject{{m_registry.host(), u"tagboat"_s}}}}));
}

bool TestHelperOfDocker::write(const QString& path, const QJsonObject& object) const
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QFile::WriteOnly)
        && file.write(QJsonDocument(object).toJson()) > 0;
}

HelperRun TestHelperOfDocker::podman(const QStringList& arguments, const QByteArray& input) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"REGISTRY_AUTH_FILE"_s, m_podman.filePath(u"auth.json"_s));
    const QStringList storage{u"--root"_s,           m_podman.filePath(u"root"_s),
                              u"--runroot"_s,        m_podman.filePath(u"run"_s),
                              u"--storage-driver"_s, u"vfs"_s};
    return runProgram(u"podman"_s, storage + arguments, input, environment);
}

void TestHelperOfDocker::dockerPullsWithAProfile()
{
    const DockerReply refused = m_dockerd.docker({u"pull"_s, image()});
    QVERIFY(!refused.isDone());
    QVERIFY2(refused.errors.contains("no basic auth credentials"), refused.errors.constData());
    COMPARE_HELPER(callHelper(u"store"_s, loginOf(m_registry.host(), u"alice"_s, u"word of alice"_s)), 0);
    const DockerReply pulled = m_dockerd.docker({u"pull"_s, image()});
    QVERIFY2(pulled.isDone(), pulled.errors.constData());
    QVERIFY(!m_dockerd.inspect(image()).isEmpty());
}

void TestHelperOfDocker::dockerLoginMakesAProfile()
{
    const DockerReply refused = m_dockerd.docker(
        {u"login"_s, u"-u"_s, u"alice"_s, u"--password-stdin"_s, m_registry.host()}, "wrong");
    QVERIFY(!refused.isDone());
    QVERIFY(m_profiles->profiles().isEmpty());
    const DockerReply done = m_dockerd.docker(
        {u"login"_s, u"-u"_s, u"alice"_s, u"--password-stdin"_s, m_registry.host()}, "word of alice");
    QVERIFY2(done.isDone(), done.errors.constData());
    QCOMPARE(m_profiles->profiles().size(), 1);
    QCOMPARE(m_profiles->profiles().constFirst().registry, m_registry.host());
    QFile config(m_dockerd.configFolder() + u"/config.json"_s);
    QVERIFY(config.open(QFile::ReadOnly));
    const QByteArray text = config.readAll();
    QVERIFY2(!text.contains(QByteArray("alice:word of alice").toBase64()), text.constData());

    const DockerReply pulled = m_dockerd.docker({u"pull"_s, image()});
    QVERIFY2(pulled.isDone(), pulled.errors.constData());
    QVERIFY(m_dockerd.docker({u"logout"_s, m_registry.host()}).isDone());
    QVERIFY(m_profiles->profiles().isEmpty());
}

void TestHelperOfDocker::podmanPullsWithAProfile()
{
    const HelperRun refused = podman({u"pull"_s, u"--tls-verify=false"_s, image()});
    QVERIFY2(refused.exitCode > 0, refused.all().constData());
    QVERIFY2(refused.error.contains("authentication required"), refused.all().constData());
    COMPARE_HELPER(callHelper(u"store"_s, loginOf(m_registry.host(), u"alice"_s, u"word of alice"_s)), 0);
    COMPARE_HELPER(podman({u"pull"_s, u"--tls-verify=false"_s, image()}), 0);
    COMPARE_HELPER(podman({u"image"_s, u"exists"_s, image()}), 0);
}

void TestHelperOfDocker::podmanLoginMakesAProfile()
{
    COMPARE_HELPER(podman({u"login"_s, u"--tls-verify=false"_s, u"-u"_s, u"alice"_s, u"--password-stdin"_s,
                           m_registry.host()},
                          "word of alice"),
                   0);
    QCOMPARE(m_profiles->profiles().size(), 1);
    COMPARE_HELPER(podman({u"logout"_s, m_registry.host()}), 0);
    QVERIFY(m_profiles->profiles().isEmpty());
}

QTEST_GUILESS_MAIN(TestHelperOfDocker)
#include "tst_helperofdocker.moc"
