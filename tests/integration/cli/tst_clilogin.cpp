// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/registryprocess/registryprocess.h"

#include <QDirIterator>
#include <QJsonArray>

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! Logins with a real keyring (run under tests/support/withkeyring), and without one.
class TestCliLogin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void loginIsKeptAndUsedByTheNextCommand();
    void wrongPasswordKeepsNothing();
    void secondLoginRenewsTheProfile();
    void severalProfilesOfOneRegistryAreChosenByName();
    void logoutForgetsTheSecret();
    void passwordIsNowhereButInTheKeyring();
    void withoutAKeychainLoginSaysSoAndKeepsNothing();
    void withoutATerminalAPasswordIsNotAskedFor();

private:
    CliRun login(const QString& user, const QByteArray& password, const QStringList& more = {}) const;

    RegistryProcess m_registry{
        {.users = {{u"alice"_s, u"s3cr3t-of-alice"_s}, {u"bob"_s, u"s3cr3t-of-bob"_s}}}};
    std::unique_ptr<CliProcess> m_cli;
};

void TestCliLogin::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
    QVERIFY(m_registry.start());
}

void TestCliLogin::init()
{
    m_cli = std::make_unique<CliProcess>();
    m_cli->useSessionBus();
}

CliRun TestCliLogin::login(const QString& user, const QByteArray& password, const QStringList& more) const
{
    return m_cli->run(
        QStringList{u"--json"_s, u"login"_s, m_registry.host(), u"-u"_s, user, u"--password-stdin"_s} + more,
        password + '\n');
}

void TestCliLogin::loginIsKeptAndUsedByTheNextCommand()
{
    const CliRun run = login(u"alice"_s, "s3cr3t-of-alice");
    COMPARE_EXIT(run, 0);
    QVERIFY(run.last().value("loggedIn"_L1).toBool());
    COMPARE_EXIT(m_cli->run({u"repos"_s, m_registry.host()}), 0);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"repos"_s, m_registry.host(), u"--anonymous"_s}), "Unauthorized");
    const QJsonArray profiles =
        m_cli->run({u"--json"_s, u"profiles"_s}).last().value("profiles"_L1).toArray();
    QCOMPARE(profiles.size(), 1);
    QCOMPARE(profiles.at(0)[u"user"].toString(), u"alice"_s);
    QVERIFY(profiles.at(0)[u"default"].toBool());
}

void TestCliLogin::wrongPasswordKeepsNothing()
{
    COMPARE_CODE(login(u"alice"_s, "wrong"), "Unauthorized");
    QCOMPARE(m_cli->run({u"--json"_s, u"profiles"_s}).last().value("profiles"_L1).toArray(), QJsonArray());
}

void TestCliLogin::secondLoginRenewsTheProfile()
{
    COMPARE_EXIT(login(u"alice"_s, "s3cr3t-of-alice"), 0);
    COMPARE_EXIT(login(u"alice"_s, "s3cr3t-of-alice"), 0);
    QCOMPARE(m_cli->run({u"--json"_s, u"profiles"_s}).last().value("profiles"_L1).toArray().size(), 1);
    COMPARE_CODE(login(u"alice"_s, "wrong"), "Unauthorized");
    COMPARE_EXIT(m_cli->run({u"repos"_s, m_registry.host()}), 0); // the old password is still the right one
}

void TestCliLogin::severalProfilesOfOneRegistryAreChosenByName()
{
    COMPARE_EXIT(login(u"alice"_s, "s3cr3t-of-alice", {u"--as"_s, u"work"_s}), 0);
    COMPARE_EXIT(login(u"bob"_s, "s3cr3t-of-bob", {u"--as"_s, u"home"_s}), 0);
    for (const QString& name : {u"work"_s, u"home"_s})
        COMPARE_EXIT(m_cli->run({u"--profile"_s, name, u"repos"_s, m_registry.host()}), 0);
    COMPARE_CODE(login(u"bob"_s, "s3cr3t-of-bob", {u"--as"_s, u"work"_s}), "Conflict");
    COMPARE_CODE(m_cli->run({u"--json"_s, u"logout"_s, m_registry.host()}), "Conflict");
    COMPARE_EXIT(m_cli->run({u"logout"_s, u"work"_s}), 0);
    COMPARE_EXIT(m_cli->run({u"logout"_s, m_registry.host()}), 0);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"logout"_s, m_registry.host()}), "NotFound");
}

void TestCliLogin::logoutForgetsTheSecret()
{
    COMPARE_EXIT(login(u"bob"_s, "s3cr3t-of-bob"), 0);
    QVERIFY(runTool(u"secret-tool"_s, {u"search"_s, u"--all"_s, u"server"_s, u"Tagboat"_s})
                .contains("s3cr3t-of-bob"));
    COMPARE_EXIT(m_cli->run({u"logout"_s, m_registry.host()}), 0);
    QVERIFY(!runTool(u"secret-tool"_s, {u"search"_s, u"--all"_s, u"server"_s, u"Tagboat"_s})
                 .contains("s3cr3t-of-bob"));
    COMPARE_CODE(m_cli->run({u"--json"_s, u"repos"_s, m_registry.host()}), "Unauthorized");
}

void TestCliLogin::passwordIsNowhereButInTheKeyring()
{
    const CliRun run =
        m_cli->run({u"-v"_s, u"login"_s, m_registry.host(), u"-u"_s, u"alice"_s, u"--password-stdin"_s},
                   "s3cr3t-of-alice\n");
    COMPARE_EXIT(run, 0);
    const CliRun more = m_cli->run({u"-v"_s, u"repos"_s, m_registry.host()});
    COMPARE_EXIT(more, 0);
    const QByteArray basic = QByteArray("alice:s3cr3t-of-alice").toBase64();
    for (const QByteArray& secret : {QByteArray("s3cr3t-of-alice"), basic}) {
        QVERIFY2(!run.all().contains(secret), run.all().constData());
        QVERIFY2(!more.all().contains(secret), more.all().constData());
        QDirIterator files(m_cli->path({}), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(secret), qPrintable(file.fileName()));
        }
    }
}

void TestCliLogin::withoutAKeychainLoginSaysSoAndKeepsNothing()
{
    m_cli = std::make_unique<CliProcess>();
    const CliRun run = login(u"alice"_s, "s3cr3t-of-alice");
    COMPARE_CODE(run, "KeychainUnavailable");
    QVERIFY2(run.last().value("remedy"_L1).toString().contains("--password-stdin"_L1), run.all().constData());
    QCOMPARE(m_cli->run({u"--json"_s, u"profiles"_s}).last().value("profiles"_L1).toArray(), QJsonArray());
    // The way that is advised works.
    COMPARE_EXIT(m_cli->run({u"repos"_s, m_registry.host(), u"-u"_s, u"alice"_s, u"--password-stdin"_s},
                            "s3cr3t-of-alice\n"),
                 0);
}

void TestCliLogin::withoutATerminalAPasswordIsNotAskedFor()
{
    const CliRun run = m_cli->runIn(u"exec setsid -w \"$0\" \"$@\""_s,
                                    {u"--json"_s, u"login"_s, m_registry.host(), u"-u"_s, u"alice"_s});
    COMPARE_CODE(run, "Unsupported");
}

QTEST_GUILESS_MAIN(TestCliLogin)
#include "tst_clilogin.moc"
