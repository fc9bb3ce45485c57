// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clitest.h"
#include "support/vendors/vendorserver.h"

#include "auth/profilestore.h"
#include "support/resulttest.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Tagboat;
using namespace Tagboat::Testing;
using namespace Qt::StringLiterals;

//! Hosted registries by the command line and by docker's credential helper. With a real keyring (run under
//! tests/support/withkeyring).
class TestCliVendors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void accessKeyLogsInAndDockerGetsALogin();
    void keyFileIsPipedIn();
    void textThatIsNoKeyIsRefused();
    void loginThatEndsIsListedWithItsTime();

private:
    [[nodiscard]] CliRun logIn(const char* registry, const QString& user, const QString& secret) const
    {
        return m_cli->run(
            {u"--json"_s, u"login"_s, QString::fromLatin1(registry), u"-u"_s, user, u"--password-stdin"_s},
            secret.toUtf8() + '\n');
    }

    std::unique_ptr<VendorServer> m_vendors;
    std::unique_ptr<CliProcess> m_cli;
};

void TestCliVendors::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
}

void TestCliVendors::init()
{
    m_vendors = std::make_unique<VendorServer>();
    QVERIFY(m_vendors->listen());
    m_cli = std::make_unique<CliProcess>();
    m_cli->useSessionBus();
    ProfileStore store(m_cli->configDirectory());
    for (const char* name : {VendorServer::Ecr, VendorServer::EcrApi, VendorServer::Google}) {
        VERIFY_RESULT(store.saveSettings(QString::fromLatin1(name),
                                         {.caFile = m_vendors->caFile(), .connectTo = m_vendors->address()}));
    }
}

void TestCliVendors::accessKeyLogsInAndDockerGetsALogin()
{
    COMPARE_CODE(logIn(VendorServer::Ecr, m_vendors->awsKeyId, u"wrong"_s), "Unauthorized");
    COMPARE_EXIT(logIn(VendorServer::Ecr, m_vendors->awsKeyId, m_vendors->awsSecret), 0);
    const CliRun tags =
        m_cli->run({u"--json"_s, u"tags"_s, QString::fromLatin1(VendorServer::Ecr) + u"/team/app"_s});
    COMPARE_EXIT(tags, 0);
    QVERIFY2(tags.out.contains("v1"), tags.all().constData());
    // The key is in the keychain, and nowhere else.
    QDirIterator files(m_cli->path({}), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QFile::ReadOnly));
        QVERIFY2(!file.readAll().contains(m_vendors->awsSecret.toUtf8()), qPrintable(file.fileName()));
    }
    QVERIFY(!tags.all().contains(m_vendors->awsSecret.toUtf8()));
}

void TestCliVendors::keyFileIsPipedIn()
{
    QVERIFY(m_vendors->googleKey.contains(u'\n')); // as the console gives it
    COMPARE_EXIT(logIn(VendorServer::Google, u"_json_key"_s, m_vendors->googleKey.trimmed()), 0);
}

void TestCliVendors::textThatIsNoKeyIsRefused()
{
    const CliRun refused = logIn(VendorServer::Google, u"_json_key"_s, u"my own password"_s);
    COMPARE_CODE(refused, "InvalidInput");
    QVERIFY(!refused.all().contains("my own password"));
    QVERIFY(m_vendors->calls().isEmpty());
}

void TestCliVendors::loginThatEndsIsListedWithItsTime()
{
    COMPARE_EXIT(logIn(VendorServer::Ecr, u"AWS"_s, m_vendors->freshEcrPassword()), 0);
    const QJsonObject profile =
        m_cli->run({u"--json"_s, u"profiles"_s}).last().value("profiles"_L1).toArray().at(0).toObject();
    const QDateTime ends = QDateTime::fromString(profile.value("expires"_L1).toString(), Qt::ISODate);
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(ends);
    QVERIFY2(left > 11 * 3600 && left <= 12 * 3600, qPrintable(QString::number(left)));
    QVERIFY(m_cli->run({u"profiles"_s})
                .out.contains(ends.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s).toUtf8()));
}

QTEST_GUILESS_MAIN(TestCliVendors)
#include "tst_clivendors.moc"
