// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/credentialsource.h"
#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "base/enginethread.h"
#include "support/resulttest.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QUuid>

#include <csignal>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! To be run under tests/support/withkeyring.
class TestKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void secretsAreWrittenReadReplacedAndRemoved();
    void secretsOfAnyKindComeBackAsTheyWere_data();
    void secretsOfAnyKindComeBackAsTheyWere();
    void nothingStoredIsNoError();
    void secretIsInTheKeyringUnderOurServiceOnly();
    void probeSaysAvailableAndLeavesNothingBehind();
    void secretKeptForThisRunNeverReachesTheKeyring();
    void stopEndsTheWaiting();
    void worksOnTheEngineThread();
    void manyCallsAtOnceAllGetTheirOwnAnswer();
    void profileWithoutStoredPasswordIsUnauthorized();
    void hangingKeyringTimesOutAndRecovers();
    void lockedKeyringIsNotTakenForAnEmptyOne(); // last: nothing unlocks it again

private:
    qint64 m_keyring = 0;
};

namespace {

const std::stop_token Go;

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QByteArray run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    return process.waitForFinished() ? process.readAll()
                                     : "did not finish: " + process.errorString().toUtf8();
}

//! What the keyring holds of ours, as another program sees it.
QByteArray stored(const QString& key = {})
{
    QStringList arguments{u"search"_s, u"--all"_s, u"server"_s, u"Tagboat"_s};
    if (!key.isEmpty())
        arguments += {u"user"_s, key};
    return run(u"secret-tool"_s, arguments);
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

Task<Result<QString>> storeAndReadBack(std::shared_ptr<Keychain> keychain, QString id, QString secret,
                                       std::stop_token stop)
{
    auto written = co_await keychain->write(id, secret, stop);
    if (!written)
        co_return fail(std::move(written.error()));
    auto read = co_await keychain->read(id, stop);
    if (!read)
        co_return fail(std::move(read.error()));
    co_return read->value_or(u"nothing"_s);
}

} // namespace

void TestKeychain::initTestCase()
{
    m_keyring = qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID");
    QVERIFY2(m_keyring > 1, "run this under tests/support/withkeyring");
}

void TestKeychain::secretsAreWrittenReadReplacedAndRemoved()
{
    Keychain keychain;
    const QString id = newId();
    VERIFY_RESULT(QCoro::waitFor(keychain.write(id, u"first"_s, Go)));
    auto read = QCoro::waitFor(keychain.read(id, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, std::optional(u"first"_s));

    VERIFY_RESULT(QCoro::waitFor(keychain.write(id, u"second"_s, Go)));
    Keychain other; // as another process would
    read = QCoro::waitFor(other.read(id, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, std::optional(u"second"_s));

    VERIFY_RESULT(QCoro::waitFor(other.remove(id, Go)));
    read = QCoro::waitFor(keychain.read(id, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, std::nullopt);
    VERIFY_RESULT(QCoro::waitFor(keychain.remove(id, Go))); // gone already is as good
}

void TestKeychain::secretsOfAnyKindComeBackAsTheyWere_data()
{
    QTest::addColumn<QString>("secret");
    QTest::newRow("Korean and emoji") << u"비밀번호🔑"_s;
    QTest::newRow("blanks and quotes") << u"  two  words \"and\" 'quotes'\n"_s;
    QTest::newRow("a token of 8 KiB") << QString(8192, u'x');
    QTest::newRow("colons") << u"a:b:c"_s;
}

void TestKeychain::secretsOfAnyKindComeBackAsTheyWere()
{
    QFETCH(const QString, secret);
    Keychain keychain;
    const QString id = newId();
    VERIFY_RESULT(QCoro::waitFor(keychain.write(id, secret, Go)));
    const auto read = QCoro::waitFor(keychain.read(id, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, std::optional(secret));
    VERIFY_RESULT(QCoro::waitFor(keychain.remove(id, Go)));
}

void TestKeychain::nothingStoredIsNoError()
{
    Keychain keychain;
    const auto read = QCoro::waitFor(keychain.read(newId(), Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, std::nullopt);
    QVERIFY(!keychain.isForThisRunOnly(newId()));
}

void TestKeychain::secretIsInTheKeyringUnderOurServiceOnly()
{
    Keychain keychain;
    const QString id = newId();
    VERIFY_RESULT(QCoro::waitFor(keychain.write(id, u"to be found"_s, Go)));
    QVERIFY2(stored(id).contains("to be found"), stored(id).constData());
    VERIFY_RESULT(QCoro::waitFor(keychain.remove(id, Go)));
    QCOMPARE(stored(id), QByteArray());
}

void TestKeychain::probeSaysAvailableAndLeavesNothingBehind()
{
    Keychain keychain;
    const QByteArray before = stored();
    QVERIFY(QCoro::waitFor(keychain.probe(false, Go)) == Keychain::State::Available);
    QCOMPARE(stored(), before);

    const Frozen frozen(m_keyring); // what is remembered needs no keyring
    QVERIFY(QCoro::waitFor(keychain.probe(false, Go)) == Keychain::State::Available);
}

void TestKeychain::secretKeptForThisRunNeverReachesTheKeyring()
{
    Keychain keychain;
    const QString id = newId();
    VERIFY_RESULT(QCoro::waitFor(keychain.write(id, u"old"_s, Go)));
    keychain.keepForThisRun(id, u"fleeting"_s);
    QVERIFY(keychain.isForThisRunOnly(id));
    auto read = QCoro::waitFor(keychain.read(id, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, std::optional(u"fleeting"_s));
    QVERIFY(!stored().contains("fleeting"));

    // Stored for good, it is no longer for this run only.
    VERIFY_RESULT(QCoro::waitFor(keychain.write(id, u"lasting"_s, Go)));
    QVERIFY(!keychain.isForThisRunOnly(id));
    read = QCoro::waitFor(keychain.read(id, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, std::optional(u"lasting"_s));
    VERIFY_RESULT(QCoro::waitFor(keychain.remove(id, Go)));
}

void TestKeychain::stopEndsTheWaiting()
{
    auto keychain = std::make_shared<Keychain>();
    {
        const Frozen frozen(m_keyring);
        std::stop_source source;
        auto task = keychain->read(newId(), source.get_token());
        QVERIFY(!task.isReady());
        source.request_stop();
        const auto read = QCoro::waitFor(std::move(task));
        COMPARE_ERROR(read, Error::Code::Cancelled);
    }
    // Its answer, which nobody waits for, is no obstacle for the next question.
    const QString id = newId();
    const auto result = QCoro::waitFor(storeAndReadBack(keychain, id, u"after"_s, Go));
    VERIFY_RESULT(result);
    QCOMPARE(*result, u"after"_s);
    VERIFY_RESULT(QCoro::waitFor(keychain->remove(id, Go)));
}

void TestKeychain::worksOnTheEngineThread()
{
    EngineThread engine;
    const auto keychain = std::make_shared<Keychain>();
    const QString id = newId();
    auto future = engine.run([keychain, id](std::stop_token stop) {
        return storeAndReadBack(keychain, id, u"from the engine"_s, stop);
    });
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000);
    VERIFY_RESULT(future.result());
    QCOMPARE(*future.result(), u"from the engine"_s);
    engine.shutdown();
}

void TestKeychain::manyCallsAtOnceAllGetTheirOwnAnswer()
{
    const auto keychain = std::make_shared<Keychain>();
    QStringList ids;
    std::vector<Task<Result<QString>>> tasks;
    for (int i = 0; i < 8; ++i) {
        ids.append(newId());
        tasks.push_back(storeAndReadBack(keychain, ids.last(), u"secret %1"_s.arg(i), Go));
    }
    for (int i = 0; i < 8; ++i) {
        const auto result = QCoro::waitFor(std::move(tasks.at(i)));
        VERIFY_RESULT(result);
        QCOMPARE(*result, u"secret %1"_s.arg(i));
    }
    for (const QString& id : std::as_const(ids))
        VERIFY_RESULT(QCoro::waitFor(keychain->remove(id, Go)));
}

void TestKeychain::profileWithoutStoredPasswordIsUnauthorized()
{
    const auto keychain = std::make_shared<Keychain>();
    Profile profile;
    profile.id = newId();
    profile.name = u"work"_s;
    profile.registry = u"docker.io"_s;
    const auto anonymous = QCoro::waitFor(credentialSource(keychain, profile)(Go));
    VERIFY_RESULT(anonymous);
    QVERIFY(!anonymous->has_value());

    profile.user = u"alice"_s;
    const auto missing = QCoro::waitFor(credentialSource(keychain, profile)(Go));
    COMPARE_ERROR(missing, Error::Code::Unauthorized);
    QCOMPARE(missing.error().subject, u"work"_s);

    VERIFY_RESULT(QCoro::waitFor(keychain->write(profile.id, u"secret"_s, Go)));
    const auto credential = QCoro::waitFor(credentialSource(keychain, profile)(Go));
    VERIFY_RESULT(credential);
    QVERIFY(credential->has_value());
    QCOMPARE((*credential)->user, u"alice"_s);
    QCOMPARE((*credential)->secret, u"secret"_s);
    QVERIFY(!(*credential)->isIdentityToken);
    VERIFY_RESULT(QCoro::waitFor(keychain->remove(profile.id, Go)));
}

void TestKeychain::hangingKeyringTimesOutAndRecovers()
{
    Keychain keychain;
    const QString id = newId();
    VERIFY_RESULT(QCoro::waitFor(keychain.write(id, u"patient"_s, Go)));
    keychain.setTimeout(300ms);
    {
        const Frozen frozen(m_keyring);
        QElapsedTimer timer;
        timer.start();
        const auto read = QCoro::waitFor(keychain.read(id, Go));
        COMPARE_ERROR(read, Error::Code::KeychainUnavailable);
        QVERIFY(timer.elapsed() < 5000);
        // Nobody waits a second time for what is known to hang.
        timer.start();
        const auto written = QCoro::waitFor(keychain.write(newId(), u"x"_s, Go));
        COMPARE_ERROR(written, Error::Code::KeychainUnavailable);
        QVERIFY(timer.elapsed() < 200);
    }
    keychain.setTimeout(20s);
    const auto isBack = [&] {
        const auto read = QCoro::waitFor(keychain.read(id, Go));
        return read && *read == u"patient"_s;
    };
    QTRY_VERIFY(isBack());
    VERIFY_RESULT(QCoro::waitFor(keychain.remove(id, Go)));
}

void TestKeychain::lockedKeyringIsNotTakenForAnEmptyOne()
{
    Keychain keychain;
    const QString id = newId();
    VERIFY_RESULT(QCoro::waitFor(keychain.write(id, u"inside"_s, Go)));
    QVERIFY(QCoro::waitFor(keychain.probe(false, Go)) == Keychain::State::Available);
    const QByteArray locked = run(u"dbus-send"_s,
                                  {u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.secrets"_s,
                                   u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service.Lock"_s,
                                   u"array:objpath:/org/freedesktop/secrets/collection/login"_s});
    QVERIFY2(locked.contains("/collection/login"), locked.constData());

    const auto read = QCoro::waitFor(keychain.read(id, Go));
    COMPARE_ERROR(read, Error::Code::KeychainUnavailable);
    QVERIFY2(read.error().message.contains("locked"_L1), qPrintable(read.error().toString()));
    QVERIFY(QCoro::waitFor(keychain.probe(true, Go)) == Keychain::State::Locked);
    const auto written = QCoro::waitFor(keychain.write(id, u"x"_s, Go));
    COMPARE_ERROR(written, Error::Code::KeychainUnavailable);

    // What was chosen to be kept for this run is there all the same.
    keychain.keepForThisRun(id, u"in memory"_s);
    const auto kept = QCoro::waitFor(keychain.read(id, Go));
    VERIFY_RESULT(kept);
    QCOMPARE(*kept, std::optional(u"in memory"_s));
    VERIFY_RESULT(QCoro::waitFor(keychain.remove(id, Go)));
    QVERIFY(!keychain.isForThisRunOnly(id));
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
