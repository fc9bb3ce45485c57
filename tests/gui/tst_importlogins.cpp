// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfercards.h"

#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "support/resulttest.h"
#include "ui/importloginsdialog.h"
#include "ui/messagestrip.h"

#include <QCheckBox>
#include <QCoro/QCoroTask>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Logins of docker and podman become accounts by clicks; with a real keyring (run under
//! tests/support/withkeyring).
class TestImportLogins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void chosenLoginsBecomeAccounts();
    void passwordsAreTakenOutOfTheFile();
    void withoutTheHelperFilesStay();
    void whatCannotBeHadIsTold();
    void nothingThereIsSaid();

private:
    [[nodiscard]] bool write(const QByteArray& config) const;
    [[nodiscard]] QByteArray config() const;
    [[nodiscard]] static ImportLoginsDialog* open(WindowFixture& app, int rows);
    [[nodiscard]] QStringList users() const;

    QByteArray m_path = qgetenv("PATH");
    std::unique_ptr<QTemporaryDir> m_home;
};

namespace {

QByteArray auth(const QByteArray& login)
{
    return "{\"auth\":\"" + login.toBase64() + "\"}";
}

} // namespace

void TestImportLogins::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
}

void TestImportLogins::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("DOCKER_CONFIG", m_home->filePath(u"docker"_s).toUtf8());
    const QString programs = QDir::cleanPath(QCoreApplication::applicationDirPath() + u"/../bin"_s);
    qputenv("PATH", QByteArray(programs.toUtf8() + ':' + m_path));
}

bool TestImportLogins::write(const QByteArray& config) const
{
    QFile file(m_home->filePath(u"docker/config.json"_s));
    return QDir().mkpath(m_home->filePath(u"docker"_s)) && file.open(QFile::WriteOnly)
        && file.write(config) > 0;
}

QByteArray TestImportLogins::config() const
{
    QFile file(m_home->filePath(u"docker/config.json"_s));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

//! By the menu's action; when so many logins are shown.
ImportLoginsDialog* TestImportLogins::open(WindowFixture& app, int rows)
{
    app.actions().importLogins->trigger();
    auto* const dialog = app.window().findChild<ImportLoginsDialog*>();
    if (!dialog || !QTest::qWaitForWindowExposed(dialog))
        return nullptr;
    auto* const list = part<QTreeWidget>(dialog, u"loginList"_s);
    const bool isThere = QTest::qWaitFor([list, rows] { return list->topLevelItemCount() == rows; }, 60'000);
    return isThere ? dialog : nullptr;
}

QStringList TestImportLogins::users() const
{
    QStringList users;
    for (const Profile& profile : ProfileStore(m_home->path() + u"/config"_s).profiles())
        users.append(profile.user);
    users.sort();
    return users;
}

void TestImportLogins::chosenLoginsBecomeAccounts()
{
    QVERIFY(write("{\"auths\":{\"ghcr.io\":" + auth("ann:a") + ",\"https://index.docker.io/v1/\":"
                  + auth("ben:b") + ",\"quay.io\":" + auth("cat:c") + "}}"));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ImportLoginsDialog* const dialog = open(app, 3);
    QVERIFY(dialog);
    auto* const list = part<QTreeWidget>(dialog, u"loginList"_s);
    auto* const take = part<QPushButton>(dialog, u"takeButton"_s);
    QVERIFY2(take->text().contains(u'3'), qPrintable(take->text()));
    QCOMPARE(list->topLevelItem(1)->text(0), u"docker.io"_s);
    QVERIFY(list->topLevelItem(1)->text(2).contains(u"clear text"_s));
    // Space takes the mark off the chosen row.
    list->setCurrentItem(list->topLevelItem(2));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY2(take->text().contains(u'2'), qPrintable(take->text()));
    const QByteArray before = config();
    click(take);
    QTRY_VERIFY_WITH_TIMEOUT(!app.window().findChild<ImportLoginsDialog*>(), Patience);
    QCOMPARE(users(), (QStringList{u"ann"_s, u"ben"_s}));
    QCOMPARE(config(), before);
    for (const Profile& profile : app.workbench().profiles()) {
        Keychain keychain;
        const auto secret = QCoro::waitFor(keychain.read(profile.id, {}));
        VERIFY_RESULT(secret);
        QCOMPARE(secret->value_or(QString()), profile.user.first(1));
    }
}

void TestImportLogins::passwordsAreTakenOutOfTheFile()
{
    QVERIFY(write("{\"auths\":{\"ghcr.io\":" + auth("ann:a") + "}}"));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ImportLoginsDialog* const dialog = open(app, 1);
    QVERIFY(dialog);
    auto* const scrub = part<QCheckBox>(dialog, u"scrubBox"_s);
    QVERIFY(scrub->isVisible() && scrub->isEnabled() && !scrub->isChecked());
    scrub->setFocus();
    QTest::keyClick(scrub, Qt::Key_Space);
    click(part<QPushButton>(dialog, u"takeButton"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!app.window().findChild<ImportLoginsDialog*>(), Patience);
    QVERIFY2(!config().contains(QByteArray("ann:a").toBase64()), config().constData());
    QVERIFY2(config().contains("\"credsStore\": \"tagboat\""), config().constData());
}

void TestImportLogins::withoutTheHelperFilesStay()
{
    qputenv("PATH", m_path);
    QVERIFY(write("{\"auths\":{\"ghcr.io\":" + auth("ann:a") + "}}"));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ImportLoginsDialog* const dialog = open(app, 1);
    QVERIFY(dialog);
    QVERIFY(!part<QCheckBox>(dialog, u"scrubBox"_s)->isEnabled());
    QVERIFY(part<QLabel>(dialog, u"scrubLabel"_s)->isVisible());
}

void TestImportLogins::whatCannotBeHadIsTold()
{
    QVERIFY(write("{\"auths\":{\"ghcr.io\":" + auth("ann:a")
                  + ",\"broken.example.com\":{\"auth\":\"%\"}},\"credHelpers\":{\"gcr.io\":\"not-there\"}}"));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ImportLoginsDialog* const dialog = open(app, 3);
    QVERIFY(dialog);
    click(part<QPushButton>(dialog, u"takeButton"_s));
    const auto* const strip = part<MessageStrip>(dialog, u"strip"_s);
    const auto* const title = part<QLabel>(strip, u"stripTitle"_s);
    QTRY_VERIFY_WITH_TIMEOUT(title->text().contains(u"could not be had"_s), Patience);
    QCOMPARE(users(), QStringList{u"ann"_s});
    QVERIFY(dialog->isVisible());
    // What was had is not asked for once more.
    QVERIFY2(part<QPushButton>(dialog, u"takeButton"_s)->text().contains(u'1'), "only the one that failed");
}

void TestImportLogins::nothingThereIsSaid()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    ImportLoginsDialog* const dialog = open(app, 0);
    QVERIFY(dialog);
    QTRY_VERIFY(part<QLabel>(dialog, u"stripTitle"_s)->text().contains(u"Neither"_s));
    QVERIFY(!part<QPushButton>(dialog, u"takeButton"_s)->isEnabled());
}

QTEST_MAIN(TestImportLogins)
#include "tst_importlogins.moc"
