// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain.h"
#include "support/resulttest.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Tagboat;
using namespace Qt::StringLiterals;

//! A computer on which no keychain service can be reached: a server, a container, a shell over ssh.
class TestNoKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void probeSaysUnavailable();
    void everyCallSaysKeychainUnavailable();
    void secretForThisRunWorksAndTouchesNoFile();

private:
    Keychain m_keychain;
};

namespace {
const std::stop_token Go;
}

void TestNoKeychain::probeSaysUnavailable()
{
    QVERIFY(QCoro::waitFor(m_keychain.probe(false, Go)) == Keychain::State::Unavailable);
}

void TestNoKeychain::everyCallSaysKeychainUnavailable()
{
    COMPARE_ERROR(QCoro::waitFor(m_keychain.read(u"id"_s, Go)), Error::Code::KeychainUnavailable);
    COMPARE_ERROR(QCoro::waitFor(m_keychain.write(u"id"_s, u"s"_s, Go)), Error::Code::KeychainUnavailable);
    COMPARE_ERROR(QCoro::waitFor(m_keychain.remove(u"id"_s, Go)), Error::Code::KeychainUnavailable);
}

void TestNoKeychain::secretForThisRunWorksAndTouchesNoFile()
{
    m_keychain.keepForThisRun(u"id"_s, u"fleeting"_s);
    const auto read = QCoro::waitFor(m_keychain.read(u"id"_s, Go));
    VERIFY_RESULT(read);
    QCOMPARE(*read, std::optional(u"fleeting"_s));
    VERIFY_RESULT(QCoro::waitFor(m_keychain.remove(u"id"_s, Go)));
    COMPARE_ERROR(QCoro::waitFor(m_keychain.read(u"id"_s, Go)), Error::Code::KeychainUnavailable);
    QCOMPARE(QDir::home().entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
}

int main(int argc, char** argv)
{
    const QTemporaryDir home;
    qputenv("HOME", home.path().toUtf8());
    const QString bus = u"unix:path="_s + home.filePath(u"nobody-listens"_s);
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus.toUtf8());
    QCoreApplication application(argc, argv);
    TestNoKeychain test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_nokeychain.moc"
