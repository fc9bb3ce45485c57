// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/credentialsource.h"
#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "integration/cli/clitest.h"
#include "registry/registryclient.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"
#include "support/resulttest.h"
#include "support/secretsearch.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QTimer>
#include <QUuid>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

/*!
 * Logins, pushes and pulls with a real keyring and real registries, in this process and by the programs; then
 * passwords and tokens are looked for everywhere a file, a log or another user could show them. To be run
 * under tests/support/withkeyring.
 */
class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void passwordIsNowhereButInTheKeychain();
    void programsKeepSecretsInTheKeychainAlone();
    void lookingForItWorks_data();
    void lookingForItWorks();

private:
    //! Places that are always looked at; what programs print is looked at as it comes.
    void lookEverywhere(SecretSearch& search) const;
    //! Runs a program with all it can log, while its command line and environment are watched.
    CliRun watched(SecretSearch& search, const QString& program, const QStringList& arguments,
                   const QByteArray& input = {}) const;
    CliRun cli(SecretSearch& search, const QStringList& arguments, const QByteArray& input = {}) const;
    CliRun helper(SecretSearch& search, const QString& action, const QByteArray& input) const;

    TokenServer m_tokens;
    std::unique_ptr<RegistryProcess> m_basic;
    std::unique_ptr<RegistryProcess> m_bearer;
    std::unique_ptr<CliProcess> m_cli;
    // In no source file.
    const QString m_password = newSecret();
    const QString m_bobs = newSecret();
    const QString m_carols = newSecret();

    static QString newSecret() { return u"secret+"_s + QUuid::createUuid().toString(QUuid::WithoutBraces); }
};

namespace {

const std::stop_token Go;
QStringList logged;

void keepMessage(QtMsgType, const QMessageLogContext&, const QString& message)
{
    logged.append(message);
}

[[nodiscard]] bool writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QFile::WriteOnly)
        && file.write(bytes) == bytes.size();
}

QByteArray loginJson(const QString& server, const QString& user, const QString& secret)
{
    return QJsonDocument(QJsonObject{{u"ServerURL"_s, server}, {u"Username"_s, user}, {u"Secret"_s, secret}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

void TestSecrets::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("TAGBOAT_TEST_KEYRING_PID"),
             "run this under tests/support/withkeyring");
    QVERIFY(m_tokens.listen());
    m_tokens.addUser(u"alice"_s, m_password);
    m_tokens.addUser(u"bob"_s, m_bobs);
    m_tokens.rotateIdentityTokens();
    for (const QString& user : {u"alice"_s, u"bob"_s})
        m_tokens.allow(user, u"*"_s, {u"pull"_s, u"push"_s});
    RegistryOptions withUsers;
    withUsers.users = {{u"alice"_s, m_password}, {u"carol"_s, m_carols}};
    m_basic = std::make_unique<RegistryProcess>(withUsers);
    QVERIFY(m_basic->start());
    RegistryOptions withTokens;
    withTokens.tokens = &m_tokens;
    m_bearer = std::make_unique<RegistryProcess>(withTokens);
    QVERIFY(m_bearer->start());
    m_cli = std::make_unique<CliProcess>();
    m_cli->useSessionBus();
    m_cli->setVariable(u"TMPDIR"_s, m_cli->path(u"tmp"_s));
    QVERIFY(QDir().mkpath(m_cli->path(u"tmp"_s)));
    const QString programs = QFileInfo(CliProcess::program()).path();
    m_cli->setVariable(u"PATH"_s, programs + u':' + qEnvironmentVariable("PATH"));
}

//! Files of the home and runtime folders (profiles, databases, caches, the keyring's own), log lines, command
//! lines and environments of all processes, logs of the registries.
void TestSecrets::lookEverywhere(SecretSearch& search) const
{
    for (const QString& folder : {QDir::homePath(), qEnvironmentVariable("XDG_RUNTIME_DIR"), m_cli->path({})})
        search.lookInFolder(folder);
    search.lookAtProcesses();
    search.look(u"log"_s, logged.join(u'\n').toUtf8());
    search.look(u"log of the registry with Basic"_s, m_basic->log());
    search.look(u"log of the registry with Bearer"_s, m_bearer->log());
}

CliRun TestSecrets::watched(SecretSearch& search, const QString& program, const QStringList& arguments,
                            const QByteArray& input) const
{
    QTimer watch;
    connect(&watch, &QTimer::timeout, &watch, [&search] { search.lookAtProcesses(); });
    watch.start(10);
    return m_cli->runOther(program, arguments, input);
}

CliRun TestSecrets::cli(SecretSearch& search, const QStringList& arguments, const QByteArray& input) const
{
    const CliRun run = watched(search, CliProcess::program(), QStringList{u"-v"_s} + arguments, input);
    search.look(u"output of "_s + arguments.join(u' '), run.out + run.error);
    return run;
}

CliRun TestSecrets::helper(SecretSearch& search, const QString& action, const QByteArray& input) const
{
    const QString program = QFileInfo(CliProcess::program()).path() + u"/docker-credential-tagboat"_s;
    const CliRun run = watched(search, program, {action}, input);
    search.look(u"errors of the helper: "_s + action, run.error);
    if (action != "get"_L1) // whose very purpose it is
        search.look(u"output of the helper: "_s + action, run.out);
    return run;
}

void TestSecrets::passwordIsNowhereButInTheKeychain()
{
    logged.clear();
    QLoggingCategory::setFilterRules(u"tagboat.*=true"_s);
    const auto previous = qInstallMessageHandler(keepMessage);
    const auto http = std::make_shared<HttpClient>();
    const auto keychain = std::make_shared<Keychain>();
    ProfileStore store(QDir::homePath() + u"/.config/tagboat"_s);
    QStringList failures;
    for (const RegistryProcess* registry : {m_basic.get(), m_bearer.get()}) {
        Profile profile;
        profile.registry = registry->host();
        profile.user = u"alice"_s;
        const auto saved = store.save(profile);
        const auto written =
            saved ? QCoro::waitFor(keychain->write(saved->id, m_password, Go)) : Result<void>();
        const auto client = std::make_shared<RegistryClient>(
            http, registry->host(), credentialSource(keychain, saved.value_or(profile)),
            RegistryClient::Options());
        const auto status = QCoro::waitFor(client->ping(Go));
        const auto check = QCoro::waitFor(client->repository(u"team/app"_s)->checkPush(Go));
        if (!saved || !written || !status || !status->isLoggedIn || !check)
            failures.append(registry->host() + u": "_s + (check ? QString() : check.error().toString()));
    }
    qInstallMessageHandler(previous);
    QLoggingCategory::setFilterRules({});
    QCOMPARE(failures, QStringList());
    QCOMPARE(store.profiles().size(), 2);
    QVERIFY2(logged.join(u'\n').contains(u"/v2/"_s), "nothing was logged at all");

    SecretSearch search;
    search.add(m_password.toUtf8());
    for (const QByteArray& token : m_tokens.issued())
        search.add(token);
    lookEverywhere(search);
    QCOMPARE(search.places(), QStringList());
    const auto kept = QCoro::waitFor(keychain->read(store.profiles().constFirst().id, Go));
    VERIFY_RESULT(kept);
    QCOMPARE(*kept, std::optional(m_password));
}

void TestSecrets::programsKeepSecretsInTheKeychainAlone()
{
    const QString basic = m_basic->host();
    const QString bearer = m_bearer->host();
    const QString wrong = newSecret();
    const QString refresh = u"refresh-"_s + newSecret();
    m_tokens.addIdentityToken(refresh, u"bob"_s);
    SecretSearch search;
    for (const QString& secret : {m_password, m_bobs, m_carols, wrong, refresh})
        search.add(secret.toUtf8());
    const auto logIn = [&](const QString& registry, const QString& user, const QString& secret) {
        return cli(search, {u"login"_s, registry, u"-u"_s, user, u"--password-stdin"_s},
                   secret.toUtf8() + '\n');
    };

    // Docker's file holds a password in clear text until it is taken over.
    const QString dockers = m_cli->path(u".docker/config.json"_s);
    const QByteArray carol = QByteArray("carol:" + m_carols.toUtf8()).toBase64();
    QVERIFY(writeFile(dockers, "{\"auths\":{\"" + basic.toUtf8() + "\":{\"auth\":\"" + carol + "\"}}}"));
    COMPARE_EXIT(cli(search, {u"import-logins"_s, u"--list"_s}), 0);
    COMPARE_EXIT(cli(search, {u"import-logins"_s, u"--scrub"_s}), 0);

    for (const QString& registry : {basic, bearer}) {
        COMPARE_EXIT(logIn(registry, u"alice"_s, wrong), 1);
        COMPARE_EXIT(logIn(registry, u"alice"_s, m_password), 0);
        COMPARE_EXIT(logIn(registry, u"alice"_s, wrong), 1); // beside one that is kept
        COMPARE_EXIT(cli(search, {u"rule"_s, registry + u"/team"_s, u"alice@"_s + registry}), 0);
    }
    COMPARE_EXIT(
        cli(search, {u"login"_s, bearer, u"-u"_s, u"<token>"_s, u"--password-stdin"_s, u"--as"_s, u"robot"_s},
            refresh.toUtf8() + '\n'),
        0);
    COMPARE_EXIT(cli(search, {u"rules"_s}), 0);
    COMPARE_EXIT(cli(search, {u"--json"_s, u"profiles"_s}), 0);

    randomImage(5).writeLayout(m_cli->dataDirectory() + u"/images"_s, {u"docker.io/library/ui:1"_s});
    for (const QString& registry : {basic, bearer}) {
        const QString name = registry + u"/team/ui:1"_s;
        COMPARE_EXIT(cli(search, {u"push"_s, u"ui:1"_s, name}), 0);
        COMPARE_EXIT(cli(search, {u"--json"_s, u"pull"_s, name}), 0);
        COMPARE_EXIT(cli(search, {u"tags"_s, registry + u"/team/ui"_s}), 0);
    }
    COMPARE_EXIT(cli(search, {u"--profile"_s, u"robot"_s, u"push"_s, u"ui:1"_s, bearer + u"/robots/ui:1"_s}),
                 0);
    // A password for one command, and a wrong one.
    for (const auto& [secret, code] : {std::pair(m_bobs, 0), std::pair(wrong, 1)}) {
        COMPARE_EXIT(
            cli(search,
                {u"--json"_s, u"tags"_s, bearer + u"/team/ui"_s, u"-u"_s, u"bob"_s, u"--password-stdin"_s},
                secret.toUtf8() + '\n'),
            code);
    }

    // Docker's way to the profiles.
    COMPARE_EXIT(helper(search, u"store"_s, loginJson(bearer, u"bob"_s, m_bobs)), 0);
    const CliRun got = helper(search, u"get"_s, bearer.toUtf8());
    COMPARE_EXIT(got, 0);
    QVERIFY(got.out.contains(m_bobs.toUtf8()));
    COMPARE_EXIT(helper(search, u"list"_s, "unused"), 0);
    COMPARE_EXIT(helper(search, u"erase"_s, bearer.toUtf8()), 0);
    COMPARE_EXIT(helper(search, u"store"_s, loginJson(bearer, u"bob"_s, m_bobs)), 0);

    for (const QByteArray& token : m_tokens.issued())
        search.add(token);
    QVERIFY(m_tokens.issued().size() > 4);
    lookEverywhere(search);
    QCOMPARE(search.places(), QStringList());
    QVERIFY2(search.hasSeen(u"tagboat-cli"_s), "no program was seen while it ran");
    QVERIFY(QFile::exists(m_cli->dataDirectory() + u"/tagboat.db"_s));
    QVERIFY(search.files() > 10);
    // And there they are.
    const QByteArray keyring =
        runTool(u"secret-tool"_s, {u"search"_s, u"--all"_s, u"server"_s, u"Tagboat"_s});
    for (const QString& secret : {m_password, m_carols, m_bobs})
        QVERIFY(keyring.contains(secret.toUtf8()));
    QVERIFY(!keyring.contains(wrong.toUtf8()));
    QVERIFY(!keyring.contains(refresh.toUtf8())); // used up; the one that came for it is
    QVERIFY(std::ranges::any_of(m_tokens.issued(), [&](const QByteArray& token) {
        return keyring.contains(token) && m_tokens.isIdentityToken(QString::fromLatin1(token));
    }));
}

void TestSecrets::lookingForItWorks_data()
{
    QTest::addColumn<QByteArray>("careless");
    const QByteArray secret = m_password.toUtf8();
    QTest::newRow("in clear") << QByteArray("password=" + secret);
    QTest::newRow("percent-encoded") << QByteArray("password=" + secret.toPercentEncoding());
    for (const QByteArray& user : {"alice"_ba, "bob"_ba, "eve"_ba, "<token>"_ba})
        QTest::addRow("Basic of %s", user.constData())
            << QByteArray("Authorization: Basic " + QByteArray(user + ':' + secret).toBase64());
    QTest::newRow("base64url") << QByteArray("\xff\xfe" + secret).toBase64(QByteArray::Base64UrlEncoding);
}

void TestSecrets::lookingForItWorks()
{
    QFETCH(const QByteArray, careless);
    SecretSearch search;
    search.add(m_password.toUtf8());
    search.look(u"text"_s, careless);
    QCOMPARE(search.places(), QStringList{u"text"_s});

    const QString file = QDir::homePath() + u"/careless.ini"_s;
    QVERIFY(writeFile(file, "auth=" + QByteArray("alice:" + m_password.toUtf8()).toBase64()));
    search.forgetPlaces();
    lookEverywhere(search);
    QCOMPARE(search.places(), QStringList{file});
    QVERIFY(QFile::remove(file));

    QProcess careful;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PASSWORD"_s, m_password);
    careful.setProcessEnvironment(environment);
    careful.start(u"sh"_s, {u"-c"_s, u"read wait"_s, m_password});
    QVERIFY(careful.waitForStarted());
    search.forgetPlaces();
    search.lookAtProcesses();
    QCOMPARE(search.places(), (QStringList{u"command line of sh"_s, u"environment of sh"_s}));
    careful.closeWriteChannel();
    QVERIFY(careful.waitForFinished());
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
