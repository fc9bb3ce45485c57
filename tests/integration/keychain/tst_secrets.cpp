// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/credentialsource.h"
#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "registry/registryclient.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"
#include "support/resulttest.h"

#include <QDir>
#include <QDirIterator>
#include <QLoggingCategory>
#include <QUuid>

using namespace Tagboat;
using namespace Qt::StringLiterals;

/*!
 * A login as the program does it, with a real keyring and real registries; then the password is looked for
 * everywhere a file or another user could show it. To be run under tests/support/withkeyring.
 */
class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void passwordIsNowhereButInTheKeychain();
    void lookingForItWorks();

private:
    [[nodiscard]] QStringList placesOf(const QString& secret) const;

    TokenServer m_tokens;
    std::unique_ptr<RegistryProcess> m_basic;
    std::unique_ptr<RegistryProcess> m_bearer;
    const QString m_password =
        u"secret-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces); // in no source file
};

namespace {

const std::stop_token Go;
QStringList logged;

void keepMessage(QtMsgType, const QMessageLogContext&, const QString& message)
{
    logged.append(message);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TestSecrets::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("TAGBOAT_TEST_KEYRING_PID"),
             "run this under tests/support/withkeyring");
    QVERIFY(m_tokens.listen());
    m_tokens.addUser(u"alice"_s, m_password);
    m_tokens.allow(u"alice"_s, u"*"_s, {u"pull"_s, u"push"_s});
    RegistryOptions withUsers;
    withUsers.users = {{u"alice"_s, m_password}};
    m_basic = std::make_unique<RegistryProcess>(withUsers);
    QVERIFY(m_basic->start());
    RegistryOptions withTokens;
    withTokens.tokens = &m_tokens;
    m_bearer = std::make_unique<RegistryProcess>(withTokens);
    QVERIFY(m_bearer->start());
}

//! Files of the home and runtime folders (profiles, caches, the keyring's own), log lines, command lines and
//! environments of all processes, logs of the registries; in clear, percent-encoded, and as sent by Basic.
QStringList TestSecrets::placesOf(const QString& secret) const
{
    const QByteArrayList forms{secret.toUtf8(), QUrl::toPercentEncoding(secret),
                               QByteArray("alice:" + secret.toUtf8()).toBase64(), secret.toUtf8().toBase64()};
    QStringList places;
    const auto look = [&](const QString& place, const QByteArray& content) {
        for (const QByteArray& form : forms) {
            if (content.contains(form) && !places.contains(place))
                places.append(place);
        }
    };
    for (const QString& folder : {QDir::homePath(), qEnvironmentVariable("XDG_RUNTIME_DIR")}) {
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            look(path, contentOf(path));
        }
    }
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    for (const QString& process : processes) {
        for (const QString& file : {u"cmdline"_s, u"environ"_s}) {
            const QString path = u"/proc/%1/%2"_s.arg(process, file);
            look(path, contentOf(path));
        }
    }
    look(u"log"_s, logged.join(u'\n').toUtf8());
    look(u"log of the registry with Basic"_s, m_basic->log());
    look(u"log of the registry with Bearer"_s, m_bearer->log());
    return places;
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

    QCOMPARE(placesOf(m_password), QStringList());
    const auto kept = QCoro::waitFor(keychain->read(store.profiles().constFirst().id, Go));
    VERIFY_RESULT(kept);
    QCOMPARE(*kept, std::optional(m_password));
}

void TestSecrets::lookingForItWorks()
{
    const QString careless = QDir::homePath() + u"/careless.ini"_s;
    QFile file(careless);
    QVERIFY(file.open(QFile::WriteOnly));
    const QByteArray line = "auth=" + QByteArray("alice:" + m_password.toUtf8()).toBase64();
    QCOMPARE(file.write(line), line.size());
    file.close();
    QCOMPARE(placesOf(m_password), QStringList{careless});
    QVERIFY(file.remove());
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
