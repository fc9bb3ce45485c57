// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/credentialsource.h"
#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "integration/cli/cliprocess.h"
#include "registry/registryclient.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"
#include "support/resulttest.h"

#include <QLoggingCategory>
#include <QUuid>

#include <csignal>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/*!
 * Identity tokens that the token server replaces with each use, as it may, in a real keyring, with two
 * clients and two processes of one profile. To be run under tests/support/withkeyring.
 */
class TestIdentityToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void newTokenIsInTheKeyringAndAnotherProcessUsesIt();
    void clientGoesOnAfterAnotherProcessUsedTheToken();
    void twoClientsOfOneProfileShareTheToken();
    void whatTheUserSavedMeanwhileStays();
    void whatWasRemovedMeanwhileStaysAway();
    void tokenKeptForThisRunIsReplacedInMemory();
    void keyringThatHangsDoesNotStopTheTransfer();
    void tryingALoginDoesNotUseItUp();

private:
    [[nodiscard]] std::shared_ptr<RegistryClient> client() const
    {
        return std::make_shared<RegistryClient>(
            m_http, m_registry->host(), credentialSource(m_keychain, m_profile), RegistryClient::Options());
    }
    [[nodiscard]] QString stored() const
    {
        const auto secret = QCoro::waitFor(Keychain().read(m_profile.id, {})); // as another process would
        return secret ? secret->value_or(u"nothing"_s) : secret.error().toString();
    }
    [[nodiscard]] static Result<void> use(const std::shared_ptr<RegistryClient>& client,
                                          const QString& repository)
    {
        return QCoro::waitFor(client->repository(repository)->checkPush({}));
    }

    TokenServer m_tokens;
    std::unique_ptr<RegistryProcess> m_registry;
    std::shared_ptr<HttpClient> m_http;
    std::shared_ptr<Keychain> m_keychain;
    std::unique_ptr<CliProcess> m_cli;
    Profile m_profile;
    QString m_first;
    qint64 m_keyring = 0;
};

namespace {

QStringList logged;

void keepMessage(QtMsgType, const QMessageLogContext&, const QString& message)
{
    logged.append(message);
}

Task<bool> replaceAfterAnother(QString id, QString chosen, CredentialSource::Replace replace, QString used,
                               QString next)
{
    Keychain another; // process
    const auto written = co_await another.write(id, chosen, {});
    const bool isKept = co_await replace(used, next);
    co_return written&& isKept;
}

QString newToken()
{
    return u"refresh-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

//! Stops the keyring's process and lets it go on when this goes out of scope.
class Frozen
{
public:
    explicit Frozen(qint64 pid) : m_pid(static_cast<pid_t>(pid)) { ::kill(m_pid, SIGSTOP); }
    ~Frozen() { ::kill(m_pid, SIGCONT); }
    Q_DISABLE_COPY_MOVE(Frozen)

private:
    pid_t m_pid;
};

} // namespace

void TestIdentityToken::initTestCase()
{
    m_keyring = qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID");
    QVERIFY2(m_keyring > 1, "run this under tests/support/withkeyring");
    QVERIFY(m_tokens.listen());
    m_tokens.allow(u"alice"_s, u"*"_s, {u"pull"_s, u"push"_s});
    m_tokens.allow(u"alice"_s, u"registry:catalog"_s, {u"*"_s});
    m_tokens.rotateIdentityTokens();
    RegistryOptions options;
    options.tokens = &m_tokens;
    m_registry = std::make_unique<RegistryProcess>(options);
    QVERIFY(m_registry->start());
}

void TestIdentityToken::init()
{
    m_http = std::make_shared<HttpClient>();
    m_keychain = std::make_shared<Keychain>();
    m_cli = std::make_unique<CliProcess>();
    m_cli->useSessionBus();
    m_first = newToken();
    m_tokens.addIdentityToken(m_first, u"alice"_s);
    Profile profile;
    profile.registry = m_registry->host();
    profile.user = u"<token>"_s;
    const auto saved = ProfileStore(m_cli->configDirectory()).save(profile);
    VERIFY_RESULT(saved);
    m_profile = *saved;
    VERIFY_RESULT(QCoro::waitFor(m_keychain->write(m_profile.id, m_first, {})));
    m_tokens.forgetRequests();
}

void TestIdentityToken::cleanup()
{
    m_http.reset();
    m_keychain.reset();
}

void TestIdentityToken::newTokenIsInTheKeyringAndAnotherProcessUsesIt()
{
    VERIFY_RESULT(use(client(), u"team/app"_s));
    const QString second = stored();
    QVERIFY(second != m_first);
    QVERIFY(m_tokens.isIdentityToken(second));

    const CliRun run = m_cli->run({u"--json"_s, u"repos"_s, m_registry->host()});
    QVERIFY2(run.exitCode == 0, run.all().constData());
    QVERIFY(m_tokens.rawRequests().constLast().body.contains("refresh_token=refresh-"));
    const QString third = stored();
    QVERIFY(third != second);
    QVERIFY(m_tokens.isIdentityToken(third));
    QVERIFY(!m_tokens.isIdentityToken(second));
    for (const QString& token : {m_first, second, third})
        QVERIFY(!run.all().contains(token.toUtf8()));
}

void TestIdentityToken::clientGoesOnAfterAnotherProcessUsedTheToken()
{
    const auto mine = client();
    VERIFY_RESULT(use(mine, u"team/one"_s));
    const CliRun run = m_cli->run({u"--json"_s, u"repos"_s, m_registry->host()});
    QVERIFY2(run.exitCode == 0, run.all().constData());
    // What it remembers is used up.
    VERIFY_RESULT(use(mine, u"team/two"_s));
    QVERIFY(m_tokens.isIdentityToken(stored()));
}

void TestIdentityToken::twoClientsOfOneProfileShareTheToken()
{
    const auto one = client();
    const auto other = client();
    std::vector<Task<Result<void>>> tasks;
    for (int i = 0; i < 4; ++i) {
        tasks.push_back(one->repository(u"one/app%1"_s.arg(i))->checkPush({}));
        tasks.push_back(other->repository(u"other/app%1"_s.arg(i))->checkPush({}));
    }
    for (auto& task : tasks)
        VERIFY_RESULT(QCoro::waitFor(std::move(task)));
    QVERIFY(m_tokens.isIdentityToken(stored()));
    VERIFY_RESULT(use(client(), u"team/app"_s));
}

void TestIdentityToken::whatTheUserSavedMeanwhileStays()
{
    // While the token server is being asked: the new token comes after what somebody has typed.
    const QString chosen = newToken();
    m_tokens.addIdentityToken(chosen, u"alice"_s);
    CredentialSource source = credentialSource(m_keychain, m_profile);
    source.replace = [id = m_profile.id, chosen, inner = source.replace](QString used, QString next) {
        return replaceAfterAnother(id, chosen, inner, std::move(used), std::move(next));
    };
    const auto mine =
        std::make_shared<RegistryClient>(m_http, m_registry->host(), source, RegistryClient::Options());
    VERIFY_RESULT(QCoro::waitFor(mine->ping({}))); // which needs one token
    QVERIFY(!m_tokens.isIdentityToken(m_first));
    QCOMPARE(stored(), chosen);
    QVERIFY(m_tokens.isIdentityToken(chosen));
    // It is what is used from then on.
    VERIFY_RESULT(use(client(), u"team/two"_s));
    QVERIFY(!m_tokens.isIdentityToken(chosen));

    const auto replaced = QCoro::waitFor(m_keychain->replace(m_profile.id, chosen, u"too late"_s, {}));
    VERIFY_RESULT(replaced);
    QVERIFY(!*replaced);
    QVERIFY(m_tokens.isIdentityToken(stored()));
}

void TestIdentityToken::whatWasRemovedMeanwhileStaysAway()
{
    const auto mine = client();
    VERIFY_RESULT(use(mine, u"team/one"_s));
    VERIFY_RESULT(QCoro::waitFor(Keychain().remove(m_profile.id, {})));
    VERIFY_RESULT(use(mine, u"team/two"_s));
    QCOMPARE(stored(), u"nothing"_s);
}

void TestIdentityToken::tokenKeptForThisRunIsReplacedInMemory()
{
    const QString before = newToken();
    VERIFY_RESULT(QCoro::waitFor(m_keychain->write(m_profile.id, before, {})));
    m_keychain->keepForThisRun(m_profile.id, m_first);
    VERIFY_RESULT(use(client(), u"team/one"_s));
    const auto kept = QCoro::waitFor(m_keychain->read(m_profile.id, {}));
    VERIFY_RESULT(kept);
    QVERIFY(kept->has_value() && **kept != m_first);
    QVERIFY(m_tokens.isIdentityToken(**kept));
    QVERIFY(m_keychain->isForThisRunOnly(m_profile.id));
    QCOMPARE(stored(), before);
    VERIFY_RESULT(use(client(), u"team/two"_s));
}

void TestIdentityToken::keyringThatHangsDoesNotStopTheTransfer()
{
    const auto mine = client();
    VERIFY_RESULT(use(mine, u"team/one"_s));
    const QString second = stored();
    m_keychain->setTimeout(300ms);
    logged.clear();
    QLoggingCategory::setFilterRules(u"tagboat.*=true"_s);
    const auto previous = qInstallMessageHandler(keepMessage);
    {
        const Frozen frozen(m_keyring);
        const auto used = use(mine, u"team/two"_s);
        const auto again = use(mine, u"team/three"_s);
        qInstallMessageHandler(previous);
        QLoggingCategory::setFilterRules({});
        VERIFY_RESULT(used);
        VERIFY_RESULT(again);
    }
    QCOMPARE(stored(), second);
    const QString log = logged.join(u'\n');
    QVERIFY2(log.contains("is not kept"_L1), qPrintable(log));
    for (const QByteArray& token : m_tokens.issued())
        QVERIFY(!log.contains(QString::fromLatin1(token)));
}

void TestIdentityToken::tryingALoginDoesNotUseItUp()
{
    const QString fresh = newToken();
    m_tokens.addIdentityToken(fresh, u"alice"_s);
    const CliRun login = m_cli->run({u"-v"_s, u"login"_s, m_registry->host(), u"-u"_s, u"<token>"_s,
                                     u"--password-stdin"_s, u"--as"_s, u"fresh"_s},
                                    fresh.toUtf8() + '\n');
    QVERIFY2(login.exitCode == 0, login.all().constData());
    QVERIFY(!m_tokens.isIdentityToken(fresh));
    for (int i = 0; i < 2; ++i) {
        const CliRun run = m_cli->run({u"--profile"_s, u"fresh"_s, u"repos"_s, m_registry->host()});
        QVERIFY2(run.exitCode == 0, run.all().constData());
    }
    for (const ScriptedRequest& request : m_tokens.rawRequests())
        QCOMPARE(request.method, "POST"); // and never a password
}

QTEST_GUILESS_MAIN(TestIdentityToken)
#include "tst_identitytoken.moc"
