// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/registryprocess/registryprocess.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! Logins of docker and podman are taken over, and used at a real registry; with a real keyring (run under
//! tests/support/withkeyring).
class TestCliImportLogins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void clearTextBecomesAProfile();
    void bothProgramsAndTheirHelpersAreAsked();
    void scrubbedFileHasNoSecretAndDockerAsksUs();
    void scrubbingNeedsTheHelperOnThePath();
    void passwordStaysWhereItsLossWouldChangeWhoActs();
    void secondPasswordOfAUserIsToldOf();
    void brokenFileTakesNothingFromTheOther();
    void knownProfileIsRenewed();
    void listingChangesNothing();
    void withoutAKeychainNothingIsTaken();

private:
    [[nodiscard]] static QByteArray entry(const QByteArray& login)
    {
        return "{\"auth\":\"" + login.toBase64() + "\"}";
    }
    //! `~/.docker/config.json` with this login of alice beside \a more.
    [[nodiscard]] bool writeDockers(const QByteArray& password, const QByteArray& more = {}) const;
    [[nodiscard]] bool write(const QString& path, const QByteArray& bytes) const;
    [[nodiscard]] QString dockers() const { return m_cli->path(u".docker/config.json"_s); }
    [[nodiscard]] static QByteArray contentOf(const QString& path);
    [[nodiscard]] QJsonArray profiles() const
    {
        return m_cli->run({u"--json"_s, u"profiles"_s}).last().value("profiles"_L1).toArray();
    }

    RegistryProcess m_registry{{.users = {{u"alice"_s, u"word of alice"_s}, {u"bob"_s, u"word of bob"_s}}}};
    std::unique_ptr<CliProcess> m_cli;
};

void TestCliImportLogins::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
    QVERIFY(m_registry.start());
}

void TestCliImportLogins::init()
{
    m_cli = std::make_unique<CliProcess>();
    m_cli->useSessionBus();
    m_cli->setVariable(u"XDG_RUNTIME_DIR"_s, qEnvironmentVariable("XDG_RUNTIME_DIR"));
    const QString programs = QFileInfo(CliProcess::program()).path();
    m_cli->setVariable(u"PATH"_s, programs + u':' + qEnvironmentVariable("PATH"));
}

bool TestCliImportLogins::write(const QString& path, const QByteArray& bytes) const
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QFile::WriteOnly)
        && file.write(bytes) == bytes.size();
}

QByteArray TestCliImportLogins::contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

bool TestCliImportLogins::writeDockers(const QByteArray& password, const QByteArray& more) const
{
    return write(dockers(),
                 "{\"auths\":{\"" + m_registry.host().toUtf8() + "\":" + entry("alice:" + password) + "}"
                     + more + "}");
}

void TestCliImportLogins::clearTextBecomesAProfile()
{
    QVERIFY(writeDockers("word of alice"));
    const QByteArray before = contentOf(dockers());
    const CliRun run = m_cli->run({u"import-logins"_s});
    COMPARE_EXIT(run, 0);
    QVERIFY2(run.error.contains("--scrub"), run.all().constData());
    QVERIFY2(!run.all().contains("word of alice"), run.all().constData());
    QCOMPARE(profiles().size(), 1);
    QCOMPARE(profiles().at(0)[u"user"].toString(), u"alice"_s);
    QCOMPARE(profiles().at(0)[u"registry"].toString(), m_registry.host());
    COMPARE_EXIT(m_cli->run({u"repos"_s, m_registry.host()}), 0);
    QCOMPARE(contentOf(dockers()), before);
}

void TestCliImportLogins::bothProgramsAndTheirHelpersAreAsked()
{
    const QString helper = m_cli->path(u"bin/docker-credential-of-test"_s);
    QVERIFY(
        write(helper,
              "#!/bin/sh\ncase $1 in list) echo '{\"ghcr.io\":\"carol\",\"" + m_registry.host().toUtf8()
                  + "\":\"bob\"}' ;; get) read -r server; [ \"$server\" = '" + m_registry.host().toUtf8()
                  + "' ] && echo '{\"Username\":\"bob\",\"Secret\":\"word of bob\"}' || { echo 'credentials "
                    "not found in native keychain'; exit 1; } ;; esac\n"));
    QVERIFY(QFile::setPermissions(helper, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    m_cli->setVariable(u"PATH"_s, m_cli->path(u"bin"_s) + u':' + qEnvironmentVariable("PATH"));
    QVERIFY(writeDockers("not looked at", ",\"credsStore\":\"of-test\""));
    const QString podmans = m_cli->path(u"auth.json"_s);
    QVERIFY(write(podmans, "{\"auths\":{\"quay.io/team\":" + entry("team+robot:r") + "}}"));

    const CliRun run = m_cli->run({u"--json"_s, u"import-logins"_s, dockers(), podmans});
    COMPARE_EXIT(run, 3); // the helper listed one that it does not have
    const QJsonArray errors = run.last().value("errors"_L1).toArray();
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.at(0)[u"subject"].toString(), u"ghcr.io"_s);
    QStringList users;
    for (const QJsonValue& profile : profiles())
        users.append(profile[u"user"].toString());
    users.sort();
    QCOMPARE(users, (QStringList{u"bob"_s, u"team+robot"_s}));
    COMPARE_EXIT(m_cli->run({u"repos"_s, m_registry.host()}), 0);
    const QJsonArray rules = m_cli->run({u"--json"_s, u"rules"_s}).last().value("rules"_L1).toArray();
    QCOMPARE(rules.size(), 1);
    QCOMPARE(rules.at(0)[u"path"].toString(), u"team"_s);
}

void TestCliImportLogins::scrubbedFileHasNoSecretAndDockerAsksUs()
{
    QVERIFY(writeDockers("word of alice", ",\"psFormat\":\"table\""));
    COMPARE_EXIT(m_cli->run({u"import-logins"_s, u"--scrub"_s}), 0);
    const QJsonObject config = QJsonDocument::fromJson(contentOf(dockers())).object();
    QCOMPARE(config.value("credsStore"_L1).toString(), u"tagboat"_s);
    QCOMPARE(config.value("psFormat"_L1).toString(), u"table"_s);
    QVERIFY(!contentOf(dockers()).contains(QByteArray("alice:word of alice").toBase64()));
    const CliRun got =
        m_cli->runIn(u"printf %s \"$1\" | docker-credential-tagboat get"_s, {m_registry.host()});
    COMPARE_EXIT(got, 0);
    QVERIFY(got.out.contains("word of alice"));
    // A second time there is nothing more to take.
    COMPARE_EXIT(m_cli->run({u"import-logins"_s, u"--scrub"_s}), 0);
    QCOMPARE(profiles().size(), 1);
}

void TestCliImportLogins::scrubbingNeedsTheHelperOnThePath()
{
    m_cli->setVariable(u"PATH"_s, qEnvironmentVariable("PATH"));
    QVERIFY(writeDockers("word of alice"));
    const QByteArray before = contentOf(dockers());
    COMPARE_CODE(m_cli->run({u"--json"_s, u"import-logins"_s, u"--scrub"_s}), "NotFound");
    QCOMPARE(contentOf(dockers()), before);
}

void TestCliImportLogins::passwordStaysWhereItsLossWouldChangeWhoActs()
{
    // Bob acts at this registry in Tagboat, so docker would be bob if it asked.
    COMPARE_EXIT(m_cli->run({u"login"_s, m_registry.host(), u"-u"_s, u"bob"_s, u"--password-stdin"_s},
                            "word of bob\n"),
                 0);
    const QByteArray host = m_registry.host().toUtf8();
    QVERIFY(write(dockers(),
                  "{\"auths\":{\"" + host + "\":" + entry("alice:word of alice")
                      + ",\"ghcr.io\":" + entry("ann:a") + "}}"));
    // And podman would ask for all of quay.io, robots of a part of it included.
    const QString podmans = m_cli->path(u"auth.json"_s);
    QVERIFY(write(podmans,
                  "{\"auths\":{\"quay.io\":" + entry("eve:e") + ",\"quay.io/team\":" + entry("team+robot:r")
                      + ",\"ghcr.io\":" + entry("ann:a") + "}}"));
    const CliRun run = m_cli->run({u"--json"_s, u"import-logins"_s, u"--scrub"_s, dockers(), podmans});
    COMPARE_EXIT(run, 0);
    QStringList left;
    for (const QJsonValue& place : run.last().value("left"_L1).toArray())
        left.append(place.toString());
    left.sort();
    QStringList expected{m_registry.host(), u"quay.io"_s, u"quay.io/team"_s};
    expected.sort();
    QCOMPARE(left, expected);
    QVERIFY(contentOf(dockers()).contains(QByteArray("alice:word of alice").toBase64()));
    QVERIFY(contentOf(podmans).contains(QByteArray("eve:e").toBase64()));
    // The same login in both files is one, and goes out of both.
    for (const QString& file : {dockers(), podmans})
        QVERIFY2(!contentOf(file).contains(QByteArray("ann:a").toBase64()), contentOf(file).constData());
}

void TestCliImportLogins::secondPasswordOfAUserIsToldOf()
{
    QVERIFY(writeDockers("word of alice"));
    const QString podmans = m_cli->path(u"auth.json"_s);
    QVERIFY(
        write(podmans, "{\"auths\":{\"" + m_registry.host().toUtf8() + "\":" + entry("alice:older") + "}}"));
    const CliRun run = m_cli->run({u"--json"_s, u"import-logins"_s, u"--scrub"_s, dockers(), podmans});
    COMPARE_EXIT(run, 3);
    QCOMPARE(run.last().value("errors"_L1).toArray().at(0)[u"code"].toString(), u"Conflict"_s);
    COMPARE_EXIT(m_cli->run({u"repos"_s, m_registry.host()}), 0);
    QVERIFY(contentOf(podmans).contains(QByteArray("alice:older").toBase64()));
}

void TestCliImportLogins::brokenFileTakesNothingFromTheOther()
{
    QVERIFY(writeDockers("word of alice", ",\"credHelpers\":{\"gcr.io\":\"no such helper\"}"));
    const QString broken = m_cli->path(u"auth.json"_s);
    QVERIFY(write(broken, "{\"auths\":{"));
    const CliRun run = m_cli->run({u"import-logins"_s, dockers(), broken});
    COMPARE_EXIT(run, 3);
    QVERIFY2(run.error.contains(broken.toUtf8()), run.all().constData());
    QVERIFY2(run.error.contains("no such helper"), run.all().constData());
    QCOMPARE(profiles().size(), 1);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"import-logins"_s, m_cli->path(u"none"_s)}), "NotFound");
}

void TestCliImportLogins::knownProfileIsRenewed()
{
    COMPARE_EXIT(m_cli->run({u"login"_s, m_registry.host(), u"-u"_s, u"alice"_s, u"--password-stdin"_s,
                             u"--as"_s, u"mine"_s},
                            "word of alice\n"),
                 0);
    QVERIFY(writeDockers("another word"));
    COMPARE_EXIT(m_cli->run({u"import-logins"_s}), 0);
    QCOMPARE(profiles().size(), 1);
    QCOMPARE(profiles().at(0)[u"name"].toString(), u"mine"_s);
    COMPARE_CODE(m_cli->run({u"--json"_s, u"repos"_s, m_registry.host()}), "Unauthorized");
}

void TestCliImportLogins::listingChangesNothing()
{
    QVERIFY(writeDockers("word of alice"));
    const CliRun run = m_cli->run({u"--json"_s, u"import-logins"_s, u"--list"_s});
    COMPARE_EXIT(run, 0);
    const QJsonArray found = run.last().value("found"_L1).toArray();
    QCOMPARE(found.size(), 1);
    QVERIFY(found.at(0)[u"clearText"].toBool());
    QVERIFY(!run.all().contains("word of alice"));
    const CliRun table = m_cli->run({u"import-logins"_s, u"--list"_s});
    QVERIFY2(table.out.contains("clear text in "), table.all().constData());
    QCOMPARE(profiles().size(), 0);
}

void TestCliImportLogins::withoutAKeychainNothingIsTaken()
{
    m_cli->setVariable(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nobody-listens"_s);
    QVERIFY(writeDockers("word of alice"));
    COMPARE_CODE(m_cli->run({u"--json"_s, u"import-logins"_s, u"--scrub"_s}), "KeychainUnavailable");
    QCOMPARE(profiles().size(), 0);
    QVERIFY(contentOf(dockers()).contains(QByteArray("alice:word of alice").toBase64()));
}

QTEST_GUILESS_MAIN(TestCliImportLogins)
#include "tst_cliimportlogins.moc"
