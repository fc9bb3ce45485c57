// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "openpush.h"

#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"
#include "support/resulttest.h"
#include "support/sabotageproxy/sabotageproxy.h"
#include "support/secretsearch.h"
#include "support/vendors/vendorserver.h"
#include "ui/addaccountdialog.h"
#include "ui/dialogs.h"
#include "ui/messagestrip.h"
#include "ui/pulldialog.h"

#include <QComboBox>
#include <QCoro/QCoroTask>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

/*!
 * \brief The stones that beginners trip over: the error appears, the offered button is clicked, the push
 * goes.
 *
 * Docker Hub is a real registry and a token server with its names, which settings lead to this computer. With
 * a real keyring (run under tests/support/withkeyring).
 */
class TestStones : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void officialNameIsRetaggedToOnesOwn();
    void somebodyElsesRepositoryIsPushedAsThem();
    void somebodyElsesRepositoryIsRetagged();
    void tokenThatMayOnlyReadIsReplaced();
    void revokedPasswordIsEnteredAnew();
    void nobodyLoggedInLogsIn();
    void privateImageIsPulledAfterLoggingIn();
    void tooManyRequestsIsTriedAgain();
    void missingProjectIsMade();
    void missingRepositoryIsMade();

private:
    void lead(const QString& name, const QString& address, const QSslCertificate& authority);
    [[nodiscard]] Profile save(const QString& user, const QString& secret,
                               const QString& registry = u"docker.io"_s,
                               RegistryType type = RegistryType::DockerHub) const;
    [[nodiscard]] ProfileStore profiles() const { return ProfileStore(m_home->path() + u"/config"_s); }
    static void type(QWidget* dialog, const QString& field, const QString& text);
    static void choose(QComboBox* box, const QString& text);
    //! Waits for a message, and gives its title and text.
    [[nodiscard]] static QString told(const QWidget* dialog);
    //! Clicks the button with this label.
    [[nodiscard]] static bool clickRemedy(const QWidget* dialog, const QString& label);
    //! Pushes when it can be, and waits for the end.
    void pushNow(WindowFixture& app, PushDialog* dialog) const;
    [[nodiscard]] bool hasRepository(const QString& path) const
    {
        return QDir(m_registry->storage() + u"/docker/registry/v2/repositories/"_s + path
                    + u"/_manifests/tags"_s)
            .exists();
    }

    TokenServer m_tokens;
    TestCertificate m_tokenCertificate;
    std::unique_ptr<RegistryProcess> m_registry;
    std::unique_ptr<QTemporaryDir> m_home;
    RandomImage m_image;
    int m_certificates = 0;
    quint64 m_seed = 700;
};

void TestStones::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
    m_tokenCertificate = TestCertificate::make({u"DNS:auth.docker.io"_s});
    m_tokens.useTls(m_tokenCertificate, u"auth.docker.io"_s);
    QVERIFY(m_tokens.listen());
    RegistryOptions options;
    options.tokens = &m_tokens;
    options.tlsNames = {u"DNS:registry-1.docker.io"_s, u"IP:127.0.0.1"_s};
    m_registry = std::make_unique<RegistryProcess>(options);
    QVERIFY(m_registry->start());
}

void TestStones::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_image = randomImage(++m_seed);
    m_image.writeLayout(WindowFixture::storeOf(m_home->path()), {u"docker.io/library/nginx:1.27"_s});
    m_tokens.clearRights();
    for (const QString& user : {u"alice"_s, u"bob"_s}) {
        m_tokens.addUser(user, u"word of "_s + user);
        for (const QString& name : {u"nginx"_s, u"ui"_s, u"app"_s})
            m_tokens.allow(user, user + u'/' + name, {u"pull"_s, u"push"_s});
    }
    lead(u"docker.io"_s, u"127.0.0.1:%1"_s.arg(m_registry->port()), m_registry->certificate().certificate);
    lead(u"auth.docker.io"_s, m_tokens.address(), m_tokenCertificate.certificate);
}

//! Whatever was clicked: no file has what only the keychain is to know.
void TestStones::cleanup()
{
    SecretSearch search;
    for (const QByteArray& secret :
         {"word of alice"_ba, "word of bob"_ba, "an old word"_ba, "a token that may write"_ba,
          "harbor-robot-secret"_ba, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_ba})
        search.add(secret);
    search.lookInFolder(m_home->path());
    QVERIFY(search.files() > 3);
    QVERIFY2(search.places().isEmpty(), qPrintable(search.places().join(u'\n')));
}

void TestStones::lead(const QString& name, const QString& address, const QSslCertificate& authority)
{
    const QString path = m_home->path() + u"/ca%1.pem"_s.arg(++m_certificates);
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(authority.toPem());
    file.close();
    VERIFY_RESULT(profiles().saveSettings(name, {.caFile = path, .connectTo = address}));
}

Profile TestStones::save(const QString& user, const QString& secret, const QString& registry,
                         RegistryType type) const
{
    Profile profile;
    profile.name = user;
    profile.registry = registry;
    profile.user = user;
    profile.type = type;
    const auto saved = profiles().save(profile);
    Keychain keychain;
    if (!saved || !QCoro::waitFor(keychain.write(saved->id, secret, {})))
        return {};
    return *saved;
}

void TestStones::type(QWidget* dialog, const QString& field, const QString& text)
{
    auto* const edit = part<QLineEdit>(dialog, field);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

void TestStones::choose(QComboBox* box, const QString& text)
{
    box->setFocus();
    const int way = box->findText(text, Qt::MatchStartsWith) - box->currentIndex();
    for (int i = 0; i < std::abs(way); ++i)
        QTest::keyClick(box, way > 0 ? Qt::Key_Down : Qt::Key_Up);
    QVERIFY2(box->currentText().startsWith(text), qPrintable(box->currentText()));
}

QString TestStones::told(const QWidget* dialog)
{
    const auto* const strip = part<MessageStrip>(dialog, u"strip"_s);
    if (!QTest::qWaitFor([strip] { return strip->isVisible(); }, Patience))
        return {};
    return part<QLabel>(strip, u"stripTitle"_s)->text() + u'\n' + part<QLabel>(strip, u"stripText"_s)->text();
}

bool TestStones::clickRemedy(const QWidget* dialog, const QString& label)
{
    const auto buttons = part<MessageStrip>(dialog, u"strip"_s)->findChildren<QAbstractButton*>();
    QStringList labels;
    for (QAbstractButton* button : buttons) {
        if (button->isVisible() && button->text() == label) {
            QTest::mouseClick(button, Qt::LeftButton);
            return true;
        }
        labels.append(button->text());
    }
    qWarning("no button %s among %s", qPrintable(label), qPrintable(labels.join(u" | "_s)));
    return false;
}

void TestStones::pushNow(WindowFixture& app, PushDialog* dialog) const
{
    auto* const button = part<QPushButton>(dialog, u"pushButton"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
    click(button);
    QTRY_VERIFY(!app.window().findChild<PushDialog*>());
    app.find<Sidebar>(u"sidebar"_s)->choose(SidebarModel::Place::Transfers);
    QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Done), 1, Patience);
}

void TestStones::officialNameIsRetaggedToOnesOwn()
{
    QVERIFY(!save(u"alice"_s, u"word of alice"_s).id.isEmpty());
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    // What would have gone wrong is not even proposed …
    QCOMPARE(part<QLineEdit>(dialog, u"repositoryEdit"_s)->text(), u"alice/nginx"_s);
    // … and is told before anything is sent where somebody types it.
    type(dialog, u"repositoryEdit"_s, u"nginx"_s);
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"alice may not push to docker.io/library/nginx"_s), qPrintable(message));
    QVERIFY2(message.contains(u"library"_s) && message.contains(u"official"_s), qPrintable(message));
    QVERIFY(!part<QPushButton>(dialog, u"pushButton"_s)->isEnabled());
    QVERIFY(clickRemedy(dialog, u"Retag as alice/nginx:1.27 and push"_s));
    QCOMPARE(part<QLineEdit>(dialog, u"repositoryEdit"_s)->text(), u"alice/nginx"_s);
    pushNow(app, dialog);
    QVERIFY(hasRepository(u"alice/nginx"_s));
    QVERIFY(!hasRepository(u"library/nginx"_s));
}

void TestStones::somebodyElsesRepositoryIsPushedAsThem()
{
    QVERIFY(!save(u"alice"_s, u"word of alice"_s).id.isEmpty());
    QVERIFY(!save(u"bob"_s, u"word of bob"_s).id.isEmpty());
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    auto* const box = part<QComboBox>(dialog, u"accountBox"_s);
    choose(box, u"bob"_s);
    choose(box, u"alice"_s);
    type(dialog, u"repositoryEdit"_s, u"bob/ui"_s);
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"alice may not push to docker.io/bob/ui"_s), qPrintable(message));
    QVERIFY2(message.contains(u"belongs to “bob”"_s), qPrintable(message));
    QVERIFY(clickRemedy(dialog, u"Push as bob"_s));
    QVERIFY(box->currentText().startsWith(u"bob"_s));
    QCOMPARE(part<QLineEdit>(dialog, u"repositoryEdit"_s)->text(), u"bob/ui"_s);
    pushNow(app, dialog);
    QVERIFY(hasRepository(u"bob/ui"_s));
}

void TestStones::somebodyElsesRepositoryIsRetagged()
{
    QVERIFY(!save(u"alice"_s, u"word of alice"_s).id.isEmpty());
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"repositoryEdit"_s, u"carol/app"_s);
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"belongs to “carol”"_s), qPrintable(message));
    QVERIFY(clickRemedy(dialog, u"Retag as alice/app:1.27 and push"_s));
    pushNow(app, dialog);
    QVERIFY(hasRepository(u"alice/app"_s));
}

void TestStones::tokenThatMayOnlyReadIsReplaced()
{
    m_tokens.allow(u"alice"_s, u"alice/reads"_s, {u"pull"_s});
    const Profile alice = save(u"alice"_s, u"word of alice"_s);
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"repositoryEdit"_s, u"alice/reads"_s);
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"alice may not push to docker.io/alice/reads"_s), qPrintable(message));
    QVERIFY2(message.contains(u"the token that may only read"_s), qPrintable(message));
    // At Docker Hub a token with more rights is made; from here on the new word has them.
    m_tokens.addUser(u"alice"_s, u"a token that may write"_s);
    m_tokens.allow(u"alice"_s, u"alice/reads"_s, {u"pull"_s, u"push"_s});
    QVERIFY(clickRemedy(dialog, u"Enter another token…"_s));
    auto* const account = dialog->findChild<AddAccountDialog*>();
    QVERIFY(account && QTest::qWaitForWindowExposed(account));
    type(account, u"secretEdit"_s, u"a token that may write"_s);
    click(part<QPushButton>(account, u"saveButton"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->findChild<AddAccountDialog*>(), Patience);
    pushNow(app, dialog);
    QVERIFY(hasRepository(u"alice/reads"_s));
}

void TestStones::revokedPasswordIsEnteredAnew()
{
    QVERIFY(!save(u"alice"_s, u"an old word"_s).id.isEmpty());
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"docker.io no longer accepts the login of alice"_s), qPrintable(message));
    QVERIFY(clickRemedy(dialog, u"Enter it again…"_s));
    auto* const account = dialog->findChild<AddAccountDialog*>();
    QVERIFY(account && QTest::qWaitForWindowExposed(account));
    type(account, u"secretEdit"_s, u"word of alice"_s);
    click(part<QPushButton>(account, u"saveButton"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->findChild<AddAccountDialog*>(), Patience);
    pushNow(app, dialog);
    QVERIFY(hasRepository(u"alice/nginx"_s));
}

void TestStones::nobodyLoggedInLogsIn()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"log"_s), qPrintable(message));
    const bool isAsked = clickRemedy(dialog, u"Log in…"_s) || clickRemedy(dialog, u"Add account…"_s);
    QVERIFY(isAsked);
    auto* const account = dialog->findChild<AddAccountDialog*>();
    QVERIFY(account && QTest::qWaitForWindowExposed(account));
    type(account, u"userEdit"_s, u"alice"_s);
    type(account, u"secretEdit"_s, u"word of alice"_s);
    click(part<QPushButton>(account, u"saveButton"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->findChild<AddAccountDialog*>(), Patience);
    type(dialog, u"repositoryEdit"_s, u"alice/ui"_s);
    pushNow(app, dialog);
}

void TestStones::privateImageIsPulledAfterLoggingIn()
{
    const Profile alice = save(u"alice"_s, u"word of alice"_s);
    VERIFY_RESULT(profiles().saveRule({.registry = u"docker.io"_s, .path = u"alice"_s})); // nobody
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushRequest request;
    request.image = u"docker.io/library/nginx:1.27"_s;
    request.destination = *Reference::parse(u"alice/ui:private"_s);
    request.profile = alice.id;
    const auto pushed = app.workbench().push(request);
    QTRY_VERIFY_WITH_TIMEOUT(pushed.isFinished(), Patience);
    app.find<Sidebar>(u"sidebar"_s)->choose(SidebarModel::Place::Transfers);
    QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Done), 1, Patience);

    openPullDialog(app.workbench(), &app.window(), u"alice/ui:private"_s, {});
    auto* const dialog = app.window().findChild<PullDialog*>();
    QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"docker.io wants you to log in"_s), qPrintable(message));
    QVERIFY2(message.contains(u"docker.io/alice/ui is private, or does not exist"_s), qPrintable(message));
    QVERIFY(clickRemedy(dialog, u"Go on as alice"_s));
    auto* const button = part<QPushButton>(dialog, u"pullButton"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
    click(button);
    QTRY_COMPARE_WITH_TIMEOUT(count(app, JobState::Done), 2, Patience);
}

void TestStones::tooManyRequestsIsTriedAgain()
{
    RegistryProcess open{RegistryOptions()};
    QVERIFY(open.start());
    SabotageProxy proxy(open.port());
    QVERIFY(proxy.start());
    proxy.add(
        {.action = Sabotage::Action::Answer, .times = -1, .status = 429, .headers = "Retry-After: 90\r\n"});
    Profile profile;
    profile.name = u"busy"_s;
    profile.registry = proxy.host();
    profile.type = RegistryType::SelfHosted;
    VERIFY_RESULT(profiles().save(profile));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"repositoryEdit"_s, u"team/app"_s);
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"asks to wait"_s) && message.contains(u"1:30 min"_s), qPrintable(message));
    QVERIFY2(message.contains(u"logged in is allowed more"_s), qPrintable(message));
    proxy.clear();
    QVERIFY(clickRemedy(dialog, u"Try again"_s));
    pushNow(app, dialog);
}

void TestStones::missingProjectIsMade()
{
    VendorServer vendors;
    QVERIFY(vendors.listen());
    VERIFY_RESULT(profiles().saveSettings(u"harbor.example.com"_s,
                                          {.caFile = vendors.caFile(), .connectTo = vendors.address()}));
    const QString robot = u"robot$team+ci"_s;
    QVERIFY(!save(robot, vendors.harborSecrets.value(robot), u"harbor.example.com"_s, RegistryType::Harbor)
                 .id.isEmpty());
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"repositoryEdit"_s, u"fresh/app"_s);
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"no project “fresh”"_s), qPrintable(message));
    vendors.mayCreateRepositories = false; // and when that is refused, it is told
    QVERIFY(clickRemedy(dialog, u"Create “fresh” and go on"_s));
    QTRY_VERIFY_WITH_TIMEOUT(told(dialog) != message, Patience);
    QVERIFY(vendors.harborProjects.size() == 1);
    vendors.mayCreateRepositories = true;
    type(dialog, u"repositoryEdit"_s, u"fresh/web"_s);
    QTRY_VERIFY_WITH_TIMEOUT(told(dialog).contains(u"no project “fresh”"_s), Patience);
    QVERIFY(clickRemedy(dialog, u"Create “fresh” and go on"_s));
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(dialog, u"pushButton"_s)->isEnabled(), Patience);
    QVERIFY(vendors.harborProjects.contains(u"fresh"_s));
}

void TestStones::missingRepositoryIsMade()
{
    VendorServer vendors;
    QVERIFY(vendors.listen());
    const QString registry = QString::fromLatin1(VendorServer::Ecr);
    for (const char* name : {VendorServer::Ecr, VendorServer::EcrApi}) {
        VERIFY_RESULT(profiles().saveSettings(QString::fromLatin1(name),
                                              {.caFile = vendors.caFile(), .connectTo = vendors.address()}));
    }
    QVERIFY(!save(vendors.awsKeyId, vendors.awsSecret, registry, RegistryType::Amazon).id.isEmpty());
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const dialog = openPush(app);
    QVERIFY(dialog);
    type(dialog, u"repositoryEdit"_s, u"new/thing"_s);
    const QString message = told(dialog);
    QVERIFY2(message.contains(u"no repository “new/thing”"_s), qPrintable(message));
    QVERIFY(clickRemedy(dialog, u"Create “new/thing” and go on"_s));
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(dialog, u"pushButton"_s)->isEnabled(), Patience);
    QVERIFY(vendors.ecrRepositories.contains(u"new/thing"_s));
}

QTEST_MAIN(TestStones)
#include "tst_stones.moc"
