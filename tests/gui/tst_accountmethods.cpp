// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfercards.h"

#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "support/resulttest.h"
#include "support/secretsearch.h"
#include "support/vendors/vendorserver.h"
#include "ui/addaccountdialog.h"
#include "ui/badge.h"
#include "ui/dialogs.h"
#include "ui/messagestrip.h"

#include <QComboBox>
#include <QCoro/QCoroTask>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Each vendor's ways to log in, by real clicks in the account window. With a real keyring (run under
//! tests/support/withkeyring).
class TestAccountMethods : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void everyKindSaysWhatItWants();
    void accessKeyOfAmazonIsKept();
    void fetchedLoginOfAmazonEnds();
    void keyFileOfGoogleIsRead();
    void fileThatIsNoKeyIsRefused();
    void textThatIsNoKeyIsNotSent();
    void tokenOfAzureIsExchanged();
    void methodOfASavedAccountIsShown();

private:
    [[nodiscard]] AddAccountDialog* open(WindowFixture& app, const char* registry) const;
    static void type(QWidget* dialog, const QString& field, const QString& text);
    static void chooseFile(AddAccountDialog* dialog, const QString& path);
    [[nodiscard]] QList<Profile> profiles() const
    {
        return ProfileStore(m_home->path() + u"/config"_s).profiles();
    }
    //! What the keychain holds of the only profile.
    [[nodiscard]] QString secret() const;
    void logIn(WindowFixture& app, AddAccountDialog* dialog) const;

    std::unique_ptr<VendorServer> m_vendors;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestAccountMethods::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
}

void TestAccountMethods::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_vendors = std::make_unique<VendorServer>();
    QVERIFY(m_vendors->listen());
    ProfileStore store(m_home->path() + u"/config"_s);
    for (const char* name :
         {VendorServer::Ecr, VendorServer::EcrApi, VendorServer::Acr, VendorServer::Google}) {
        VERIFY_RESULT(store.saveSettings(QString::fromLatin1(name),
                                         {.caFile = m_vendors->caFile(), .connectTo = m_vendors->address()}));
    }
}

//! Whatever was clicked: no file has what only the keychain is to know.
void TestAccountMethods::cleanup()
{
    SecretSearch search;
    search.add(m_vendors->awsSecret.toUtf8());
    search.add(m_vendors->entraToken.toUtf8());
    search.add(QJsonDocument::fromJson(m_vendors->googleKey.toUtf8()).toJson(QJsonDocument::Compact));
    for (const QString& password : m_vendors->ecrPasswords())
        search.add(password.toUtf8());
    search.lookInFolder(m_home->path());
    QVERIFY(search.files() > 1);
    QVERIFY2(search.places().isEmpty(), qPrintable(search.places().join(u'\n')));
}

AddAccountDialog* TestAccountMethods::open(WindowFixture& app, const char* registry) const
{
    openAddAccountDialog(app.workbench(), &app.window(), QString::fromLatin1(registry));
    auto* const dialog = app.window().findChild<AddAccountDialog*>();
    return dialog && QTest::qWaitForWindowExposed(dialog) ? dialog : nullptr;
}

void TestAccountMethods::type(QWidget* dialog, const QString& field, const QString& text)
{
    auto* const edit = part<QLineEdit>(dialog, field);
    QVERIFY2(edit->isVisible() && edit->isEnabled(), qPrintable(field));
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

void TestAccountMethods::chooseFile(AddAccountDialog* dialog, const QString& path)
{
    click(part<QPushButton>(dialog, u"keyFileButton"_s));
    auto* const files = dialog->findChild<QFileDialog*>();
    QVERIFY(files && QTest::qWaitForWindowExposed(files));
    type(files, u"fileNameEdit"_s, path);
    QTest::keyClick(part<QLineEdit>(files, u"fileNameEdit"_s), Qt::Key_Return);
    QTRY_VERIFY(!files->isVisible());
}

QString TestAccountMethods::secret() const
{
    Keychain keychain;
    const auto found = QCoro::waitFor(keychain.read(profiles().constFirst().id, {}));
    return found && *found ? **found : QString();
}

void TestAccountMethods::logIn(WindowFixture& app, AddAccountDialog* dialog) const
{
    auto* const button = part<QPushButton>(dialog, u"saveButton"_s);
    QVERIFY(button->isEnabled());
    click(button);
    QTRY_VERIFY_WITH_TIMEOUT(!app.window().findChild<AddAccountDialog*>(), Patience);
    QCOMPARE(profiles().size(), 1);
}

void TestAccountMethods::everyKindSaysWhatItWants()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const dialog = open(app, "");
    QVERIFY(dialog);
    auto* const tiles = part<QListWidget>(dialog, u"typeList"_s);
    auto* const methods = part<QComboBox>(dialog, u"methodBox"_s);
    const auto* const help = part<QLabel>(dialog, u"helpLabel"_s);
    QStringList helps;
    for (int tile = 0; tile < tiles->count(); ++tile) {
        QTest::mouseClick(tiles->viewport(), Qt::LeftButton, {},
                          tiles->visualItemRect(tiles->item(tile)).center());
        QCOMPARE(tiles->currentRow(), tile);
        QVERIFY(methods->count() >= 1);
        QCOMPARE(methods->isVisible(), methods->count() > 1);
        for (int method = 0; method < methods->count(); ++method) {
            methods->setCurrentIndex(method);
            helps.append(help->text());
        }
    }
    QCOMPARE(tiles->count(), 9);
    QCOMPARE(helps.removeDuplicates(), 0); // each has words of its own
}

void TestAccountMethods::accessKeyOfAmazonIsKept()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const dialog = open(app, VendorServer::Ecr);
    QVERIFY(dialog);
    QVERIFY(part<QLabel>(dialog, u"userCaption"_s)->text().contains(u"key"_s));
    type(dialog, u"userEdit"_s, m_vendors->awsKeyId);
    type(dialog, u"secretEdit"_s, u"not the key"_s);
    click(part<QPushButton>(dialog, u"testButton"_s));
    auto* const strip = part<MessageStrip>(dialog, u"strip"_s);
    const auto title = [strip] { return part<QLabel>(strip, u"stripTitle"_s)->text(); };
    QTRY_VERIFY_WITH_TIMEOUT(title().contains(u"did not accept this login"_s), Patience);
    type(dialog, u"secretEdit"_s, m_vendors->awsSecret);
    logIn(app, dialog);
    QVERIFY(profiles().constFirst().type == RegistryType::Amazon);
    QVERIFY(!profiles().constFirst().secretExpires.isValid()); // it is renewed by itself
    QCOMPARE(secret(), m_vendors->awsSecret);
}

void TestAccountMethods::fetchedLoginOfAmazonEnds()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const dialog = open(app, VendorServer::Ecr);
    QVERIFY(dialog);
    auto* const methods = part<QComboBox>(dialog, u"methodBox"_s);
    methods->setFocus();
    QTest::keyClick(methods, Qt::Key_Down);
    QVERIFY(!part<QLineEdit>(dialog, u"userEdit"_s)->isVisible());
    type(dialog, u"secretEdit"_s, m_vendors->freshEcrPassword());
    logIn(app, dialog);
    QCOMPARE(profiles().constFirst().user, u"AWS"_s);
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(profiles().constFirst().secretExpires);
    QVERIFY2(left > 11 * 3600 && left <= 12 * 3600, qPrintable(QString::number(left)));
    // And the page of the registry says so.
    app.find<Sidebar>(u"sidebar"_s)->choose(SidebarModel::Place::Registry, profiles().constFirst().id);
    QTRY_VERIFY(std::ranges::any_of(
        app.find<QWidget>(u"registryPage"_s)->findChildren<BadgeLabel*>(), [](const BadgeLabel* badge) {
            return badge->isVisible() && badge->accessibleName().contains(u"login until"_s);
        }));
}

void TestAccountMethods::keyFileOfGoogleIsRead()
{
    const QString path = m_home->path() + u"/key.json"_s;
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(m_vendors->googleKey.toUtf8());
    file.close();
    m_vendors->googleKey = QString::fromUtf8(
        QJsonDocument::fromJson(m_vendors->googleKey.toUtf8()).toJson(QJsonDocument::Compact));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const dialog = open(app, VendorServer::Google);
    QVERIFY(dialog);
    QVERIFY(!part<QLineEdit>(dialog, u"userEdit"_s)->isVisible());
    chooseFile(dialog, path);
    logIn(app, dialog);
    QCOMPARE(profiles().constFirst().user, u"_json_key"_s);
    QCOMPARE(secret(), m_vendors->googleKey);
}

void TestAccountMethods::fileThatIsNoKeyIsRefused()
{
    const QString path = m_home->path() + u"/notes.txt"_s;
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("no key at all");
    file.close();
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const dialog = open(app, VendorServer::Google);
    QVERIFY(dialog);
    chooseFile(dialog, path);
    auto* const strip = part<MessageStrip>(dialog, u"strip"_s);
    QTRY_VERIFY(strip->isVisible());
    QVERIFY(part<QLabel>(strip, u"stripTitle"_s)->text().contains(u"notes.txt"_s));
    QVERIFY(part<QLineEdit>(dialog, u"secretEdit"_s)->text().isEmpty());
}

void TestAccountMethods::textThatIsNoKeyIsNotSent()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const dialog = open(app, VendorServer::Google);
    QVERIFY(dialog);
    type(dialog, u"secretEdit"_s, u"the password of my account"_s);
    click(part<QPushButton>(dialog, u"saveButton"_s));
    auto* const strip = part<MessageStrip>(dialog, u"strip"_s);
    const auto text = [strip] { return part<QLabel>(strip, u"stripText"_s)->text(); };
    QTRY_VERIFY_WITH_TIMEOUT(text().contains(u"key file"_s), Patience);
    QVERIFY(m_vendors->calls().isEmpty());
}

void TestAccountMethods::tokenOfAzureIsExchanged()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const dialog = open(app, VendorServer::Acr);
    QVERIFY(dialog);
    auto* const methods = part<QComboBox>(dialog, u"methodBox"_s);
    methods->setFocus();
    QTest::keyClick(methods, Qt::Key_Down);
    type(dialog, u"secretEdit"_s, m_vendors->entraToken);
    logIn(app, dialog);
    QVERIFY(m_vendors->acrExchanges >= 1);
    QVERIFY(profiles().constFirst().secretExpires.isValid());
}

void TestAccountMethods::methodOfASavedAccountIsShown()
{
    ProfileStore store(m_home->path() + u"/config"_s);
    Profile profile;
    profile.name = u"Google"_s;
    profile.registry = QString::fromLatin1(VendorServer::Google);
    profile.user = u"oauth2accesstoken"_s;
    profile.type = RegistryType::Google;
    const auto saved = store.save(profile);
    VERIFY_RESULT(saved);
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    openEditAccountDialog(app.workbench(), &app.window(), saved->id);
    auto* const dialog = app.window().findChild<AddAccountDialog*>();
    QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
    QCOMPARE(part<QComboBox>(dialog, u"methodBox"_s)->currentIndex(), 1);
    QVERIFY(!part<QPushButton>(dialog, u"keyFileButton"_s)->isVisible());
}

QTEST_MAIN(TestAccountMethods)
#include "tst_accountmethods.moc"
