// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/helperprogram.h"
#include "support/resulttest.h"

#include <QCoro/QCoroTask>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace Tagboat;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Helpers as they should be, and as they should not.
class TestHelperProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { qputenv("PATH", m_path); }

    void loginIsGiven();
    void identityTokenIsMarked();
    void listIsGiven();
    void unknownServerIsNobody();
    void badHelpersAreTold_data();
    void badHelpersAreTold();
    void hangingHelperIsGivenUp();
    void stopEndsTheWaiting();
    void nameMayNotBeACommand_data();
    void nameMayNotBeACommand();

private:
    //! Makes docker-credential-test of a shell script.
    [[nodiscard]] bool make(const QByteArray& script) const;
    [[nodiscard]] static Result<std::optional<Credential>> get(const HelperProgram& helper,
                                                               const QString& server)
    {
        return QCoro::waitFor(helper.get(server, {}));
    }

    QByteArray m_path = qgetenv("PATH");
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestHelperProgram::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("PATH", QByteArray(m_folder->path().toUtf8() + ':' + m_path));
}

bool TestHelperProgram::make(const QByteArray& script) const
{
    QFile file(m_folder->filePath(u"docker-credential-test"_s));
    return file.open(QFile::WriteOnly) && file.write("#!/bin/sh\n" + script + '\n') > 0
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void TestHelperProgram::loginIsGiven()
{
    QVERIFY(make("read -r server; [ \"$1\" = get ] || exit 3\n"
                 "printf '{\"ServerURL\":\"%s\",\"Username\":\"alice\",\"Secret\":\"of %s\"}' \"$server\" "
                 "\"$server\""));
    const auto login = get(HelperProgram(u"test"_s), u"https://index.docker.io/v1/"_s);
    VERIFY_RESULT(login);
    QVERIFY(login->has_value());
    QCOMPARE((*login)->user, u"alice"_s);
    QCOMPARE((*login)->secret, u"of https://index.docker.io/v1/"_s);
    QVERIFY(!(*login)->isIdentityToken);
}

void TestHelperProgram::identityTokenIsMarked()
{
    QVERIFY(make("echo '{\"Username\":\"<token>\",\"Secret\":\"refresh\"}'"));
    const auto login = get(HelperProgram(u"test"_s), u"ghcr.io"_s);
    VERIFY_RESULT(login);
    QVERIFY((*login)->isIdentityToken);
}

void TestHelperProgram::listIsGiven()
{
    QVERIFY(make("[ \"$1\" = list ] || exit 3\necho '{\"ghcr.io\":\"alice\",\"quay.io\":\"bob\"}'"));
    const auto users = QCoro::waitFor(HelperProgram(u"test"_s).list({}));
    VERIFY_RESULT(users);
    QCOMPARE(*users, (QMap<QString, QString>{{u"ghcr.io"_s, u"alice"_s}, {u"quay.io"_s, u"bob"_s}}));
}

void TestHelperProgram::unknownServerIsNobody()
{
    QVERIFY(make("echo 'credentials not found in native keychain'; exit 1"));
    const auto login = get(HelperProgram(u"test"_s), u"ghcr.io"_s);
    VERIFY_RESULT(login);
    QVERIFY(!login->has_value());
}

void TestHelperProgram::badHelpersAreTold_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<Error::Code>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("fails") << "echo the vault is closed; exit 1"_ba << Error::Code::KeychainUnavailable
                           << u"the vault is closed"_s;
    QTest::newRow("fails silently") << "exit 1"_ba << Error::Code::KeychainUnavailable << u"without a word"_s;
    QTest::newRow("rubbish") << "echo hidden rubbish"_ba << Error::Code::Corrupt << u"no JSON object"_s;
    QTest::newRow("half an answer") << "echo '{\"Username\":\"alice\"}'"_ba << Error::Code::Corrupt
                                    << u"no secret"_s;
    QTest::newRow("no end of it") << "exec yes hidden"_ba << Error::Code::Corrupt << u"more than any login"_s;
    QTest::newRow("crashes") << "kill -SEGV $$"_ba << Error::Code::KeychainUnavailable << u"crashed"_s;
}

void TestHelperProgram::badHelpersAreTold()
{
    QFETCH(const QByteArray, script);
    QFETCH(const QString, words);
    QVERIFY(make(script));
    const auto login = get(HelperProgram(u"test"_s), u"ghcr.io"_s);
    QFETCH(const Error::Code, code);
    COMPARE_ERROR(login, code);
    QCOMPARE(login.error().subject, u"docker-credential-test"_s);
    QVERIFY2(login.error().message.contains(words), qPrintable(login.error().message));
    QVERIFY(!login.error().toString().contains("hidden"_L1));
}

void TestHelperProgram::hangingHelperIsGivenUp()
{
    QVERIFY(make("exec sleep 600"));
    HelperProgram helper(u"test"_s);
    helper.setTimeout(300ms);
    QElapsedTimer timer;
    timer.start();
    COMPARE_ERROR(get(helper, u"ghcr.io"_s), Error::Code::Timeout);
    QVERIFY(timer.elapsed() < 20'000);
}

void TestHelperProgram::stopEndsTheWaiting()
{
    QVERIFY(make("exec sleep 600"));
    std::stop_source stop;
    QTimer::singleShot(100ms, this, [&stop] { stop.request_stop(); });
    const auto login = QCoro::waitFor(HelperProgram(u"test"_s).get(u"ghcr.io"_s, stop.get_token()));
    COMPARE_ERROR(login, Error::Code::Cancelled);
}

void TestHelperProgram::nameMayNotBeACommand_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<Error::Code>("code");
    QTest::newRow("nothing") << QString() << Error::Code::InvalidInput;
    QTest::newRow("path") << u"/../../bin/sh"_s << Error::Code::InvalidInput;
    QTest::newRow("shell") << u"test; rm -rf x"_s << Error::Code::InvalidInput;
    QTest::newRow("line end") << u"test\n"_s << Error::Code::InvalidInput;
    QTest::newRow("not there") << u"no-such-helper"_s << Error::Code::NotFound;
}

void TestHelperProgram::nameMayNotBeACommand()
{
    QFETCH(const QString, suffix);
    QFETCH(const Error::Code, code);
    QVERIFY(make("echo '{\"Username\":\"alice\",\"Secret\":\"x\"}'"));
    COMPARE_ERROR(get(HelperProgram(suffix), u"ghcr.io"_s), code);
}

QTEST_GUILESS_MAIN(TestHelperProgram)
#include "tst_helperprogram.moc"
