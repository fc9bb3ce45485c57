// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/configdirectory.h"
#include "auth/profilestore.h"
#include "auth/serveraddress.h"
#include "helpercall.h"
#include "support/resulttest.h"

#include <QDirIterator>
#include <QTemporaryDir>

using namespace Tagboat;
using namespace Tagboat::HelperTest;
using namespace Qt::StringLiterals;

//! The protocol, spoken to the real program with a real keyring. To be run under tests/support/withkeyring.
class TestCredentialHelper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void addressesAreUnderstood_data();
    void addressesAreUnderstood();
    void whatIsStoredIsFoundListedAndErased_data();
    void whatIsStoredIsFoundListedAndErased();
    void whatIsNotThereIsSaidAsDockerExpects();
    void storingAgainRenewsTheSecret();
    void lastLoginIsTheOneThatIsFound();
    void accountThatWasThereOutlivesALogout();
    void loginHasItsWayOverARule();
    void ruleOfTheRegistryDecides();
    void partOfARegistryBecomesARule();
    void anonymousProfileIsNoLogin();
    void moreThanAPasswordIsKeptBesideTheLogin();
    void identityTokenStaysOne();
    void badInputIsSaidOnStandardOutput_data();
    void badInputIsSaidOnStandardOutput();
    void withoutAKeychainNothingIsKept();
    void secretIsInNoFile();

private:
    [[nodiscard]] static HelperRun store(const QString& server, const QString& user, const QString& secret)
    {
        return callHelper(u"store"_s, loginOf(server, user, secret));
    }
    [[nodiscard]] static QString userAt(const QString& server)
    {
        return callHelper(u"get"_s, server.toUtf8()).json().value("Username"_L1).toString();
    }
    [[nodiscard]] static QJsonObject list() { return callHelper(u"list"_s, "unused").json(); }

    std::unique_ptr<QTemporaryDir> m_config;
    std::unique_ptr<ProfileStore> m_profiles;
};

namespace {

constexpr auto Hub = "https://index.docker.io/v1/"_L1;

} // namespace

void TestCredentialHelper::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
}

void TestCredentialHelper::init()
{
    m_config = std::make_unique<QTemporaryDir>();
    qputenv("TAGBOAT_CONFIG_DIR", m_config->path().toUtf8());
    m_profiles = std::make_unique<ProfileStore>(standardConfigDirectory());
}

void TestCredentialHelper::addressesAreUnderstood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isKeyOnly");
    QTest::newRow("Docker Hub") << QString(Hub) << u"docker.io"_s << QString() << false;
    QTest::newRow("Docker Hub of podman") << u"docker.io"_s << u"docker.io"_s << QString() << false;
    QTest::newRow("host") << u"ghcr.io"_s << u"ghcr.io"_s << QString() << false;
    QTest::newRow("port") << u"localhost:5000"_s << u"localhost:5000"_s << QString() << false;
    QTest::newRow("scheme") << u"https://registry.example.com"_s << u"registry.example.com"_s << QString()
                            << false;
    QTest::newRow("old file") << u"https://registry.example.com/v2/"_s << u"registry.example.com"_s
                              << QString() << false;
    QTest::newRow("namespace") << u"quay.io/team/app"_s << u"quay.io"_s << u"team/app"_s << false;
    QTest::newRow("token") << u"https://index.docker.io/v1/access-token"_s << u"docker.io"_s << QString()
                           << true;
}

void TestCredentialHelper::addressesAreUnderstood()
{
    QFETCH(const QString, text);
    const auto address = ServerAddress::parse(text);
    VERIFY_RESULT(address);
    QCOMPARE(address->text, text);
    QTEST(address->registry, "registry");
    QTEST(address->path, "path");
    QTEST(address->isKeyOnly, "isKeyOnly");
}

void TestCredentialHelper::whatIsStoredIsFoundListedAndErased_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("registry");
    QTest::newRow("Docker Hub") << QString(Hub) << u"docker.io"_s;
    QTest::newRow("a registry") << u"registry.example.com:5000"_s << u"registry.example.com:5000"_s;
}

void TestCredentialHelper::whatIsStoredIsFoundListedAndErased()
{
    QFETCH(const QString, server);
    const QString secret = u"a \"secret\" with ü, : and \\"_s;
    COMPARE_HELPER(store(server, u"alice"_s, secret), 0);
    QCOMPARE(m_profiles->profiles().size(), 1);
    QTEST(m_profiles->profiles().constFirst().registry, "registry");
    QCOMPARE(m_profiles->profiles().constFirst().user, u"alice"_s);

    const HelperRun got = callHelper(u"get"_s, server.toUtf8() + '\n');
    COMPARE_HELPER(got, 0);
    QCOMPARE(got.json(),
             (QJsonObject{{u"ServerURL"_s, server}, {u"Username"_s, u"alice"_s}, {u"Secret"_s, secret}}));
    QCOMPARE(list(), (QJsonObject{{server, u"alice"_s}}));
    QVERIFY(m_profiles->profiles().constFirst().lastUsed.isValid());

    const HelperRun erased = callHelper(u"erase"_s, server.toUtf8());
    COMPARE_HELPER(erased, 0);
    QCOMPARE(erased.out.trimmed(), QByteArray());
    QVERIFY(m_profiles->profiles().isEmpty());
    COMPARE_HELPER(callHelper(u"get"_s, server.toUtf8()), 1);
    QCOMPARE(list(), QJsonObject());
}

void TestCredentialHelper::whatIsNotThereIsSaidAsDockerExpects()
{
    const HelperRun got = callHelper(u"get"_s, "registry.example.com");
    COMPARE_HELPER(got, 1);
    QCOMPARE(got.out.trimmed(), "credentials not found in native keychain"_ba);
    COMPARE_HELPER(callHelper(u"erase"_s, "registry.example.com"), 0);
}

void TestCredentialHelper::storingAgainRenewsTheSecret()
{
    COMPARE_HELPER(store(u"ghcr.io"_s, u"alice"_s, u"old"_s), 0);
    COMPARE_HELPER(store(u"ghcr.io"_s, u"alice"_s, u"new"_s), 0);
    QCOMPARE(m_profiles->profiles().size(), 1);
    QCOMPARE(callHelper(u"get"_s, "ghcr.io").json().value("Secret"_L1).toString(), u"new"_s);
}

void TestCredentialHelper::lastLoginIsTheOneThatIsFound()
{
    COMPARE_HELPER(store(u"ghcr.io"_s, u"alice"_s, u"a"_s), 0);
    COMPARE_HELPER(store(u"ghcr.io"_s, u"bob"_s, u"b"_s), 0);
    QCOMPARE(userAt(u"ghcr.io"_s), u"bob"_s);
    COMPARE_HELPER(store(u"ghcr.io"_s, u"alice"_s, u"a"_s), 0);
    QCOMPARE(userAt(u"ghcr.io"_s), u"alice"_s);
    QCOMPARE(list(), (QJsonObject{{u"ghcr.io"_s, u"alice"_s}}));
    // Only the one that was meant goes, however often docker says it, and nobody takes its place.
    for (const QByteArray server : {"ghcr.io", "ghcr.io", "http://ghcr.io", "https://ghcr.io"})
        COMPARE_HELPER(callHelper(u"erase"_s, server), 0);
    COMPARE_HELPER(callHelper(u"get"_s, "ghcr.io"), 1);
    QCOMPARE(list(), QJsonObject());
    QCOMPARE(m_profiles->profiles().size(), 1);
    QCOMPARE(m_profiles->profiles().constFirst().user, u"bob"_s);
    COMPARE_HELPER(store(u"ghcr.io"_s, u"bob"_s, u"b"_s), 0);
    QCOMPARE(userAt(u"ghcr.io"_s), u"bob"_s);
}

void TestCredentialHelper::accountThatWasThereOutlivesALogout()
{
    Profile alice;
    alice.registry = u"ghcr.io"_s;
    alice.user = u"alice"_s;
    VERIFY_RESULT(m_profiles->save(alice));
    COMPARE_HELPER(store(u"ghcr.io"_s, u"alice"_s, u"a"_s), 0);
    QCOMPARE(userAt(u"ghcr.io"_s), u"alice"_s);
    COMPARE_HELPER(callHelper(u"erase"_s, "ghcr.io"), 0);
    COMPARE_HELPER(callHelper(u"get"_s, "ghcr.io"), 1);
    QCOMPARE(m_profiles->profiles().size(), 1);
    COMPARE_HELPER(store(u"ghcr.io"_s, u"alice"_s, u"a"_s), 0);
    QCOMPARE(userAt(u"ghcr.io"_s), u"alice"_s);
}

void TestCredentialHelper::loginHasItsWayOverARule()
{
    COMPARE_HELPER(store(u"ghcr.io"_s, u"alice"_s, u"a"_s), 0);
    const auto alice = m_profiles->profile(u"alice@ghcr.io"_s);
    VERIFY_RESULT(m_profiles->saveRule({.registry = u"ghcr.io"_s, .profile = alice->id}));
    COMPARE_HELPER(store(u"ghcr.io"_s, u"bob"_s, u"b"_s), 0);
    QCOMPARE(userAt(u"ghcr.io"_s), u"bob"_s);
    QCOMPARE(m_profiles->rules().size(), 1);
}

void TestCredentialHelper::ruleOfTheRegistryDecides()
{
    COMPARE_HELPER(store(u"ghcr.io"_s, u"alice"_s, u"a"_s), 0);
    COMPARE_HELPER(store(u"ghcr.io"_s, u"bob"_s, u"b"_s), 0);
    const auto alice = m_profiles->profile(u"alice@ghcr.io"_s);
    QVERIFY(alice);
    VERIFY_RESULT(m_profiles->saveRule({.registry = u"ghcr.io"_s, .path = u"team"_s, .profile = alice->id}));
    QCOMPARE(userAt(u"ghcr.io"_s), u"bob"_s);
    QCOMPARE(userAt(u"ghcr.io/team/ui"_s), u"alice"_s);
}

void TestCredentialHelper::partOfARegistryBecomesARule()
{
    COMPARE_HELPER(store(u"quay.io"_s, u"alice"_s, u"a"_s), 0);
    COMPARE_HELPER(store(u"quay.io/team"_s, u"team+robot"_s, u"r"_s), 0);
    QCOMPARE(userAt(u"quay.io"_s), u"alice"_s);
    QCOMPARE(userAt(u"quay.io/team"_s), u"team+robot"_s);
    QCOMPARE(m_profiles->rules().size(), 1);
}

void TestCredentialHelper::anonymousProfileIsNoLogin()
{
    Profile nobody;
    nobody.registry = u"registry.example.com"_s;
    VERIFY_RESULT(m_profiles->save(nobody));
    COMPARE_HELPER(callHelper(u"get"_s, "registry.example.com"), 1);
    QCOMPARE(list(), QJsonObject());
}

void TestCredentialHelper::moreThanAPasswordIsKeptBesideTheLogin()
{
    const QString token = Hub + u"access-token"_s;
    COMPARE_HELPER(store(QString(Hub), u"alice"_s, u"password"_s), 0);
    COMPARE_HELPER(store(token, u"alice"_s, u"token"_s), 0);
    QCOMPARE(callHelper(u"get"_s, token.toUtf8()).json().value("Secret"_L1).toString(), u"token"_s);
    QCOMPARE(m_profiles->profiles().size(), 1);
    QCOMPARE(list(), (QJsonObject{{QString(Hub), u"alice"_s}, {token, u"alice"_s}}));
    COMPARE_HELPER(callHelper(u"erase"_s, token.toUtf8()), 0);
    COMPARE_HELPER(callHelper(u"get"_s, token.toUtf8()), 1);
    QCOMPARE(userAt(QString(Hub)), u"alice"_s);
}

void TestCredentialHelper::identityTokenStaysOne()
{
    COMPARE_HELPER(store(u"myteam.azurecr.io"_s, u"<token>"_s, u"refresh"_s), 0);
    QCOMPARE(userAt(u"myteam.azurecr.io"_s), u"<token>"_s);
    QVERIFY(m_profiles->profiles().constFirst().type == RegistryType::Azure);
}

void TestCredentialHelper::badInputIsSaidOnStandardOutput_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("no server") << u"get"_s << "\n"_ba << "no credentials server URL"_ba;
    QTest::newRow("none to erase") << u"erase"_s << QByteArray() << "no credentials server URL"_ba;
    QTest::newRow("none in what is stored")
        << u"store"_s << loginOf({}, u"alice"_s, u"x"_s) << "no credentials server URL"_ba;
    QTest::newRow("no user") << u"store"_s << loginOf(u"ghcr.io"_s, {}, u"x"_s)
                             << "no credentials username"_ba;
    QTest::newRow("no JSON") << u"store"_s << "{\"Secret\":\"hidden"_ba << "no JSON object"_ba;
    QTest::newRow("no registry") << u"get"_s << "https://user:hidden@host.example.com/"_ba
                                 << "registry name"_ba;
    QTest::newRow("unknown action") << u"steal"_s << "ghcr.io"_ba << "unknown action: steal"_ba;
}

void TestCredentialHelper::badInputIsSaidOnStandardOutput()
{
    QFETCH(const QString, action);
    QFETCH(const QByteArray, input);
    QFETCH(const QByteArray, said);
    const HelperRun run = callHelper(action, input);
    COMPARE_HELPER(run, 1);
    QVERIFY2(run.out.contains(said), run.all().constData());
    QVERIFY2(!run.all().contains("hidden"), run.all().constData());
    QVERIFY(m_profiles->profiles().isEmpty());
}

void TestCredentialHelper::withoutAKeychainNothingIsKept()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path="_s + m_config->filePath(u"no-bus"_s));
    const HelperRun run = callHelper(u"store"_s, loginOf(u"ghcr.io"_s, u"alice"_s, u"hidden"_s), environment);
    COMPARE_HELPER(run, 1);
    QVERIFY2(run.out.contains("keychain"), run.all().constData());
    QVERIFY2(!run.all().contains("hidden"), run.all().constData());
    QVERIFY(m_profiles->profiles().isEmpty());
    // Who acted before a login that failed still does.
    COMPARE_HELPER(store(u"ghcr.io"_s, u"zoe"_s, u"z"_s), 0);
    COMPARE_HELPER(callHelper(u"store"_s, loginOf(u"ghcr.io"_s, u"alice"_s, u"hidden"_s), environment), 1);
    QCOMPARE(userAt(u"ghcr.io"_s), u"zoe"_s);
    QVERIFY(m_profiles->profiles().constFirst().isDefault);
}

void TestCredentialHelper::secretIsInNoFile()
{
    COMPARE_HELPER(store(u"ghcr.io"_s, u"alice"_s, u"to-be-found-nowhere"_s), 0);
    COMPARE_HELPER(store(Hub + u"refresh-token"_s, u"alice"_s, u"to-be-found-nowhere"_s), 0);
    int looked = 0;
    QDirIterator files(m_config->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(!content.contains("to-be-found-nowhere"), qPrintable(file.fileName()));
        looked += content.contains("alice") ? 1 : 0;
    }
    QCOMPARE(looked, 2);
}

QTEST_GUILESS_MAIN(TestCredentialHelper)
#include "tst_credentialhelper.moc"
