// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "openpush.h"

#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"
#include "support/resulttest.h"
#include "ui/addaccountdialog.h"
#include "ui/badge.h"
#include "ui/dialogs.h"
#include "ui/namespacerules.h"
#include "ui/pulldialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoro/QCoroTask>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Two people at one registry with rights of their own, and rules that say who acts, by real clicks. With a
//! real keyring (run under tests/support/withkeyring).
class TestAccountRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void twoPushesActAsTwoPeople();
    void choiceByHandBecomesARule();
    void ruleOfTheDialogCanBeOverruled();
    void ruleThatNamesNobodyIsFollowed();
    void furtherDestinationFollowsTheRules();
    void choiceByHandChangesTheRuleThatDecided();
    void pullDialogFollowsTheRules();
    void accountDialogEditsRules();
    void badNamespaceIsSaid();

private:
    [[nodiscard]] Profile save(const QString& user) const;
    [[nodiscard]] ProfileStore profiles() const { return ProfileStore(m_home->path() + u"/config"_s); }
    static void type(PushDialog* dialog, const QString& repository);
    [[nodiscard]] static QString account(const QWidget* dialog)
    {
        return part<QComboBox>(dialog, u"accountBox"_s)->currentText();
    }
    [[nodiscard]] static QString status(const QWidget* dialog)
    {
        return part<QLabel>(dialog, u"statusLabel"_s)->text();
    }
    //! Presses the arrow keys until the box shows it, as a person would.
    static void choose(QComboBox* box, const QString& text);
    [[nodiscard]] AddAccountDialog* edit(WindowFixture& app, const Profile& profile) const;

    TokenServer m_tokens;
    std::unique_ptr<RegistryProcess> m_registry;
    std::unique_ptr<QTemporaryDir> m_home;
    RandomImage m_image;
    Profile m_ann, m_ben;
    quint64 m_seed = 40;
};

void TestAccountRules::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
    QVERIFY(m_tokens.listen());
    for (const QString& user : {u"ann"_s, u"ben"_s})
        m_tokens.addUser(user, u"word of "_s + user);
    for (const QString& repository : {u"north/ui"_s, u"north/api"_s})
        m_tokens.allow(u"ann"_s, repository, {u"pull"_s, u"push"_s});
    for (const QString& repository : {u"south/ui"_s, u"south/api"_s})
        m_tokens.allow(u"ben"_s, repository, {u"pull"_s, u"push"_s});
    RegistryOptions options;
    options.tokens = &m_tokens;
    m_registry = std::make_unique<RegistryProcess>(options);
    QVERIFY(m_registry->start());
}

void TestAccountRules::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_image = randomImage(++m_seed);
    m_image.writeLayout(WindowFixture::storeOf(m_home->path()), {u"docker.io/library/gallery:1"_s});
    m_ann = save(u"ann"_s);
    m_ben = save(u"ben"_s);
    QVERIFY(!m_ben.id.isEmpty());
    QVERIFY(m_ann.isDefault);
}

Profile TestAccountRules::save(const QString& user) const
{
    Profile profile;
    profile.name = user.at(0).toUpper() + user.sliced(1);
    profile.registry = m_registry->host();
    profile.user = user;
    const auto saved = profiles().save(profile);
    Keychain keychain;
    if (!saved || !QCoro::waitFor(keychain.write(saved->id, u"word of "_s + user, {})))
        return {};
    return *saved;
}

void TestAccountRules::type(PushDialog* dialog, const QString& repository)
{
    auto* const field = part<QLineEdit>(dialog, u"repositoryEdit"_s);
    field->selectAll();
    QTest::keyClicks(field, repository);
}

void TestAccountRules::choose(QComboBox* box, const QString& text)
{
    box->setFocus();
    const int way = box->findText(text) - box->currentIndex();
    for (int i = 0; i < std::abs(way); ++i)
        QTest::keyClick(box, way > 0 ? Qt::Key_Down : Qt::Key_Up);
    QCOMPARE(box->currentText(), text);
}

AddAccountDialog* TestAccountRules::edit(WindowFixture& app, const Profile& profile) const
{
    openEditAccountDialog(app.workbench(), &app.window(), profile.id);
    auto* const dialog = app.window().findChild<AddAccountDialog*>();
    return dialog && QTest::qWaitForWindowExposed(dialog) ? dialog : nullptr;
}

void TestAccountRules::twoPushesActAsTwoPeople()
{
    VERIFY_RESULT(
        profiles().saveRule({.registry = m_registry->host(), .path = u"south"_s, .profile = m_ben.id}));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* dialog = openPush(app);
    QVERIFY(dialog);
    choose(part<QComboBox>(dialog, u"accountBox"_s), u"Ann — ann"_s);
    type(dialog, u"north/ui"_s);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(dialog, u"pushButton"_s)->isEnabled(), Patience);
    click(part<QPushButton>(dialog, u"pushButton"_s));
    QTRY_VERIFY(!app.window().findChild<PushDialog*>());

    dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"south/ui"_s);
    QCOMPARE(account(dialog), u"Ben — ben"_s);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(dialog, u"pushButton"_s)->isEnabled(), Patience);
    QVERIFY2(status(dialog).contains(u"ben"_s), qPrintable(status(dialog)));
    QVERIFY2(status(dialog).contains(u"rule for %1/south"_s.arg(m_registry->host())),
             qPrintable(status(dialog)));
    QVERIFY(part<QCheckBox>(dialog, u"rememberBox"_s)->isHidden());
    click(part<QPushButton>(dialog, u"pushButton"_s));
    app.find<Sidebar>(u"sidebar"_s)->choose(SidebarModel::Place::Transfers);
    QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Done), 2, Patience);
    QStringList users;
    for (const TransferCard* card : cardsOf(app))
        users.append(card->job().user);
    users.sort();
    QCOMPARE(users, (QStringList{u"ann"_s, u"ben"_s}));
}

void TestAccountRules::choiceByHandBecomesARule()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* dialog = openPush(app);
    QVERIFY(dialog);
    auto* const remember = part<QCheckBox>(dialog, u"rememberBox"_s);
    choose(part<QComboBox>(dialog, u"accountBox"_s), u"Ann — ann"_s);
    type(dialog, u"south/ui"_s);
    QVERIFY(remember->isHidden()); // she is the usual one
    choose(part<QComboBox>(dialog, u"accountBox"_s), u"Ben — ben"_s);
    QVERIFY(remember->isVisible());
    QCOMPARE(remember->text(), u"Always use this account for %1/south"_s.arg(m_registry->host()));
    click(remember);
    QVERIFY(remember->isChecked());
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(dialog, u"pushButton"_s)->isEnabled(), Patience);
    click(part<QPushButton>(dialog, u"pushButton"_s));
    QTRY_VERIFY(!app.window().findChild<PushDialog*>());
    QCOMPARE(
        profiles().rules(),
        (QList<IdentityRule>{{.registry = m_registry->host(), .path = u"south"_s, .profile = m_ben.id}}));
    // Next time nobody has to choose.
    dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"south/api"_s);
    QCOMPARE(account(dialog), u"Ben — ben"_s);
}

void TestAccountRules::ruleOfTheDialogCanBeOverruled()
{
    VERIFY_RESULT(
        profiles().saveRule({.registry = m_registry->host(), .path = u"north"_s, .profile = m_ben.id}));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"north/ui"_s);
    QCOMPARE(account(dialog), u"Ben — ben"_s);
    choose(part<QComboBox>(dialog, u"accountBox"_s), u"Ann — ann"_s);
    type(dialog, u"north/api"_s);
    QCOMPARE(account(dialog), u"Ann — ann"_s); // chosen by hand
    QVERIFY(part<QCheckBox>(dialog, u"rememberBox"_s)->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(dialog, u"pushButton"_s)->isEnabled(), Patience);
    click(part<QPushButton>(dialog, u"pushButton"_s));
    QTRY_VERIFY(!app.window().findChild<PushDialog*>());
    QCOMPARE(profiles().rules().constFirst().profile, m_ben.id); // this once
}

void TestAccountRules::ruleThatNamesNobodyIsFollowed()
{
    VERIFY_RESULT(
        profiles().saveRule({.registry = m_registry->host(), .path = u"south"_s, .profile = m_ben.id}));
    VERIFY_RESULT(profiles().saveRule({.registry = m_registry->host(), .path = u"open"_s}));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"south/ui"_s);
    QCOMPARE(account(dialog), u"Ben — ben"_s);
    type(dialog, u"open/ui"_s);
    QVERIFY2(account(dialog).contains(u"not logged in"_s), qPrintable(account(dialog)));
    type(dialog, u"north/ui"_s);
    QCOMPARE(account(dialog), u"Ann — ann"_s);
    QCOMPARE(part<QComboBox>(dialog, u"accountBox"_s)->count(), 2);
}

void TestAccountRules::furtherDestinationFollowsTheRules()
{
    VERIFY_RESULT(
        profiles().saveRule({.registry = m_registry->host(), .path = u"south"_s, .profile = m_ben.id}));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"north/ui"_s);
    click(part<QToolButton>(dialog, u"addDestination"_s));
    auto* const further = part<QComboBox>(dialog, u"furtherAccount"_s);
    auto* const field = part<QLineEdit>(dialog, u"furtherRepository"_s);
    QTest::keyClicks(field, u"south/ui"_s);
    QCOMPARE(further->currentText(), u"Ben — ben"_s);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(dialog, u"pushButton"_s)->isEnabled(), Patience);
    field->selectAll();
    QTest::keyClicks(field, u"north/api"_s);
    QCOMPARE(further->currentText(), u"Ann — ann"_s);
    choose(further, u"Ben — ben"_s);
    field->selectAll();
    QTest::keyClicks(field, u"north/other"_s);
    QCOMPARE(further->currentText(), u"Ben — ben"_s); // chosen by hand
}

void TestAccountRules::choiceByHandChangesTheRuleThatDecided()
{
    VERIFY_RESULT(profiles().saveRule({.registry = m_registry->host(),
                                       .path = u"south/ui"_s,
                                       .use = IdentityRule::Use::Push,
                                       .profile = m_ann.id}));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"south/ui"_s);
    choose(part<QComboBox>(dialog, u"accountBox"_s), u"Ben — ben"_s);
    auto* const remember = part<QCheckBox>(dialog, u"rememberBox"_s);
    QVERIFY2(remember->text().endsWith(u"/south/ui"_s), qPrintable(remember->text()));
    click(remember);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(dialog, u"pushButton"_s)->isEnabled(), Patience);
    click(part<QPushButton>(dialog, u"pushButton"_s));
    QTRY_VERIFY(!app.window().findChild<PushDialog*>());
    QCOMPARE(profiles().rules().size(), 1);
    QCOMPARE(profiles().rules().constFirst().profile, m_ben.id);
}

void TestAccountRules::pullDialogFollowsTheRules()
{
    VERIFY_RESULT(
        profiles().saveRule({.registry = m_registry->host(), .path = u"south"_s, .profile = m_ben.id}));
    VERIFY_RESULT(profiles().saveRule({.registry = m_registry->host(), .path = u"open"_s}));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    openPullDialog(app.workbench(), &app.window(), {}, {});
    auto* const dialog = app.window().findChild<PullDialog*>();
    QVERIFY(dialog);
    auto* const field = part<QLineEdit>(dialog, u"referenceEdit"_s);
    const auto typeName = [field](const QString& name) {
        field->selectAll();
        QTest::keyClicks(field, name);
    };
    typeName(m_registry->host() + u"/north/ui:1"_s);
    QCOMPARE(account(dialog), u"Ann — ann"_s);
    typeName(m_registry->host() + u"/south/ui:1"_s);
    QCOMPARE(account(dialog), u"Ben — ben"_s);
    typeName(m_registry->host() + u"/open/ui:1"_s);
    QCOMPARE(account(dialog), u"Not logged in"_s);
    choose(part<QComboBox>(dialog, u"accountBox"_s), u"Ann — ann"_s);
    QVERIFY(part<QCheckBox>(dialog, u"rememberBox"_s)->isVisible());
    typeName(m_registry->host() + u"/south/ui:2"_s);
    QCOMPARE(account(dialog), u"Ann — ann"_s);
}

void TestAccountRules::accountDialogEditsRules()
{
    VERIFY_RESULT(
        profiles().saveRule({.registry = m_registry->host(), .path = u"south"_s, .profile = m_ann.id}));
    VERIFY_RESULT(
        profiles().saveRule({.registry = m_registry->host(), .path = u"old"_s, .profile = m_ben.id}));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const dialog = edit(app, m_ben);
    QVERIFY(dialog);
    auto* const editor = part<NamespaceRules>(dialog, u"namespaceRules"_s);
    QCOMPARE(editor->findChildren<QLineEdit*>(u"rulePath"_s).size(), 1);
    click(part<QToolButton>(editor, u"ruleRemove"_s));
    click(part<QToolButton>(editor, u"addRule"_s));
    QTRY_COMPARE(editor->findChildren<QLineEdit*>(u"rulePath"_s).size(), 1); // the first is deleted later
    auto* const path = part<QLineEdit>(editor, u"rulePath"_s);
    QVERIFY(path->hasFocus());
    QTest::keyClicks(path, u"south"_s);
    const auto* const note = part<QLabel>(editor, u"rulesNote"_s);
    QVERIFY2(note->isVisible() && note->text().contains(u"Ann"_s), qPrintable(note->text()));
    choose(part<QComboBox>(editor, u"ruleUse"_s), u"push only"_s);
    QVERIFY(!note->isVisible()); // hers is for pull and push: both stay
    click(part<QPushButton>(dialog, u"saveButton"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!app.window().findChild<AddAccountDialog*>(), Patience);
    const IdentityRule anns{.registry = m_registry->host(), .path = u"south"_s, .profile = m_ann.id};
    const IdentityRule bens{.registry = m_registry->host(),
                            .path = u"south"_s,
                            .use = IdentityRule::Use::Push,
                            .profile = m_ben.id};
    QCOMPARE(profiles().rules(), (QList<IdentityRule>{anns, bens}));
}

void TestAccountRules::badNamespaceIsSaid()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const dialog = edit(app, m_ben);
    QVERIFY(dialog);
    auto* const editor = part<NamespaceRules>(dialog, u"namespaceRules"_s);
    auto* const save = part<QPushButton>(dialog, u"saveButton"_s);
    QVERIFY(save->isEnabled());
    click(part<QToolButton>(editor, u"addRule"_s));
    QVERIFY(save->isEnabled()); // an empty row says nothing
    QTest::keyClicks(part<QLineEdit>(editor, u"rulePath"_s), u"South!"_s);
    QVERIFY(!save->isEnabled());
    const auto* const note = part<QLabel>(editor, u"rulesNote"_s);
    QVERIFY2(note->isVisible() && note->text().contains(u"South!"_s), qPrintable(note->text()));
    click(part<QToolButton>(editor, u"ruleRemove"_s));
    QVERIFY(save->isEnabled());
}

QTEST_MAIN(TestAccountRules)
#include "tst_accountrules.moc"
