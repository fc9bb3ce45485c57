// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "openpush.h"

#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"
#include "ui/addaccountdialog.h"
#include "ui/certificatetext.h"
#include "ui/connectiondialog.h"
#include "ui/dialogs.h"
#include "ui/elidedlabel.h"
#include "ui/messagestrip.h"
#include "ui/pulldialog.h"
#include "ui/trustcertificatedialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCoro/QCoroTask>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

//! Registries that cannot be connected to as they stand, and the clicks that mend it: certificates,
//! addresses, plain HTTP. With a real keyring (run under tests/support/withkeyring).
class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void selfSignedCertificateIsShownAndTrusted();
    void cancelTrustsNothing();
    void reasonsAreToldApart_data();
    void reasonsAreToldApart();
    void brokenPinShowsBothFingerprints();
    void unknownNameIsConnectedToAnAddress();
    void unknownNameOfNoAccountIsConnectedToAnAddress();
    void clientCertificateIsChosen();
    void plainHttpIsAllowed();
    void collapsedSectionTellsWhatIsSet();
    void pinIsShownAndRemoved();
    void wrongValuesAreSaid();

private:
    using Made = std::unique_ptr<RegistryProcess>;
    //! Started, or null.
    [[nodiscard]] static Made started(RegistryOptions options)
    {
        auto made = std::make_unique<RegistryProcess>(std::move(options));
        return made->start() ? std::move(made) : nullptr;
    }
    [[nodiscard]] static QByteArray fingerprint(const RegistryProcess& registry)
    {
        return registry.certificate().certificate.digest(QCryptographicHash::Sha256);
    }
    //! The certificate is its own authority.
    [[nodiscard]] QString caOf(const RegistryProcess& registry) const
    {
        return write(u"ca.pem"_s, registry.certificate().certificate.toPem());
    }
    [[nodiscard]] QString write(const QString& name, const QByteArray& bytes) const
    {
        QFile file(m_home->filePath(name));
        return file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    [[nodiscard]] ProfileStore profiles() const { return ProfileStore(m_home->path() + u"/config"_s); }
    [[nodiscard]] bool saveAnonymous(const QString& registry) const;
    [[nodiscard]] static AddAccountDialog* openLogin(WindowFixture& app, const QString& registry);
    //! Presses Log in, or Save, and waits until the strip tells what is in the way.
    [[nodiscard]] static bool failsWith(AddAccountDialog* dialog, const QString& words);
    //! The remedy's button of the strip in \a parent; null where it is not offered.
    [[nodiscard]] static QPushButton* remedy(const QWidget* parent, const QString& label);
    [[nodiscard]] static TrustCertificateDialog* showCertificate(WindowFixture& app, const QWidget* parent);
    [[nodiscard]] static QString plainText(const QWidget* parent, const QString& label);
    //! Opens the push dialog for a repository there, and waits for what the strip says.
    [[nodiscard]] static PushDialog* pushFails(WindowFixture& app, const QString& words);
    [[nodiscard]] static bool pushes(WindowFixture& app, PushDialog* dialog);
    [[nodiscard]] static bool ends(const QSignalSpy& finished);

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestConnection::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIntValue("TAGBOAT_TEST_KEYRING_PID") > 1,
             "run this under tests/support/withkeyring");
}

void TestConnection::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    randomImage(71).writeLayout(WindowFixture::storeOf(m_home->path()), {u"docker.io/library/gallery:1"_s});
}

bool TestConnection::saveAnonymous(const QString& registry) const
{
    Profile profile;
    profile.name = u"Lab"_s;
    profile.registry = registry;
    profile.type = RegistryType::SelfHosted;
    return profiles().save(profile).has_value();
}

AddAccountDialog* TestConnection::openLogin(WindowFixture& app, const QString& registry)
{
    openAddAccountDialog(app.workbench(), &app.window(), registry);
    auto* const dialog = app.window().findChild<AddAccountDialog*>();
    return dialog && QTest::qWaitForWindowExposed(dialog) ? dialog : nullptr;
}

bool TestConnection::failsWith(AddAccountDialog* dialog, const QString& words)
{
    click(part<QPushButton>(dialog, u"saveButton"_s));
    const auto* const title = part<QLabel>(dialog, u"stripTitle"_s);
    if (QTest::qWaitFor([&] { return title->isVisible() && title->text().contains(words); }, Patience))
        return true;
    qWarning("it says: %s", qPrintable(title->text()));
    return false;
}

QPushButton* TestConnection::remedy(const QWidget* parent, const QString& label)
{
    QPushButton* found = nullptr;
    // A layout shows what was put into it a moment later.
    const bool isThere = QTest::qWaitFor([&] {
        const auto buttons = part<MessageStrip>(parent, u"strip"_s)->findChildren<QPushButton*>();
        for (QPushButton* button : buttons) {
            if (button->isVisible() && button->text() == label)
                found = button;
        }
        return found != nullptr;
    });
    if (!isThere)
        qWarning("there is no remedy %s", qPrintable(label));
    return found;
}

TrustCertificateDialog* TestConnection::showCertificate(WindowFixture& app, const QWidget* parent)
{
    QPushButton* const button = remedy(parent, u"Show the certificate…"_s);
    if (!button)
        return nullptr;
    click(button);
    auto* const dialog = app.window().findChild<TrustCertificateDialog*>();
    if (!dialog || !QTest::qWaitForWindowExposed(dialog))
        return nullptr;
    const auto* const facts = part<QWidget>(dialog, u"facts"_s);
    return QTest::qWaitFor([facts] { return facts->isVisible(); }, Patience) ? dialog : nullptr;
}

QString TestConnection::plainText(const QWidget* parent, const QString& label)
{
    const auto* const shown = part<QLabel>(parent, label);
    return shown->isVisible() ? shown->text().remove(u'\n') : QString();
}

PushDialog* TestConnection::pushFails(WindowFixture& app, const QString& words)
{
    PushDialog* const dialog = openPush(app);
    if (!dialog)
        return nullptr;
    auto* const field = part<QLineEdit>(dialog, u"repositoryEdit"_s);
    field->selectAll();
    QTest::keyClicks(field, u"gallery/ui"_s);
    const auto* const title = part<QLabel>(part<MessageStrip>(dialog, u"strip"_s), u"stripTitle"_s);
    if (QTest::qWaitFor([&] { return title->isVisible() && title->text().contains(words); }, Patience))
        return dialog;
    qWarning("it says: %s", qPrintable(title->text()));
    return nullptr;
}

bool TestConnection::pushes(WindowFixture& app, PushDialog* dialog)
{
    auto* const button = part<QPushButton>(dialog, u"pushButton"_s);
    if (!QTest::qWaitFor([button] { return button->isEnabled(); }, Patience)) {
        qWarning("it says: %s", qPrintable(part<QLabel>(dialog, u"stripTitle"_s)->text()));
        return false;
    }
    const QSignalSpy finished(&app.workbench(), &Workbench::jobFinished);
    click(button);
    return ends(finished);
}

bool TestConnection::ends(const QSignalSpy& finished)
{
    if (!QTest::qWaitFor([&finished] { return !finished.isEmpty(); }, Patience))
        return false;
    const auto job = finished.constFirst().constFirst().value<JobSnapshot>();
    if (job.error)
        qWarning("%s", qPrintable(job.error->toString()));
    return job.state == JobState::Done;
}

void TestConnection::selfSignedCertificateIsShownAndTrusted()
{
    RegistryOptions options;
    options.tlsNames = {u"IP:127.0.0.1"_s};
    options.users = {{u"alice"_s, u"open sesame"_s}};
    const Made registry = started(options);
    QVERIFY(registry);
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const login = openLogin(app, registry->host());
    QVERIFY(login);
    QTest::keyClicks(part<QLineEdit>(login, u"userEdit"_s), u"alice"_s);
    QTest::keyClicks(part<QLineEdit>(login, u"secretEdit"_s), u"open sesame"_s);
    QVERIFY(failsWith(login, u"is self-signed"_s));
    const auto asked = registry->log().count("http.request.method");

    TrustCertificateDialog* const dialog = showCertificate(app, login);
    QVERIFY(dialog);
    const QString shown = plainText(dialog, u"factFingerprint"_s);
    QCOMPARE(shown, fingerprintText(fingerprint(*registry)));
    QCOMPARE(shown.size(), 95); // 32 bytes, nothing cut
    QCOMPARE(plainText(dialog, u"factNames"_s), u"127.0.0.1"_s);
    QCOMPARE(plainText(dialog, u"factIssuer"_s), u"CN=scripted server, O=Tagboat tests"_s);
    QCOMPARE(plainText(dialog, u"factHost"_s), registry->host());
    click(part<QToolButton>(dialog, u"factFingerprintCopy"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), shown);
    const QString reasons = plainText(part<MessageStrip>(dialog, u"strip"_s), u"stripText"_s);
    QVERIFY2(reasons.contains(u"self-signed"_s) && !reasons.contains(u"expired"_s)
                 && !reasons.contains(u"issued for"_s),
             qPrintable(reasons));
    QCOMPARE(registry->log().count("http.request.method"), asked); // a handshake, and no request

    auto* const trust = part<QPushButton>(dialog, u"trustButton"_s);
    QVERIFY2(trust->text().contains(registry->host()), qPrintable(trust->text()));
    click(trust);
    QTRY_VERIFY_WITH_TIMEOUT(!app.window().findChild<AddAccountDialog*>(), Patience);
    QCOMPARE(profiles().settings(registry->host()).pinnedSha256,
             QString::fromLatin1(fingerprint(*registry).toHex()));
    const auto accounts = profiles().profiles();
    QCOMPARE(accounts.size(), 1);
    Keychain keychain;
    const auto secret = QCoro::waitFor(keychain.read(accounts.constFirst().id, {}));
    VERIFY_RESULT(secret);
    QCOMPARE(secret->value_or(QString()), u"open sesame"_s);

    PushDialog* const push = openPush(app);
    QVERIFY(push);
    const QString repository = part<QLineEdit>(push, u"repositoryEdit"_s)->text();
    QVERIFY(pushes(app, push));
    const auto name = Reference::parse(QString(registry->host() + u'/' + repository + u":1"_s));
    VERIFY_RESULT(name);
    const QSignalSpy pulled(&app.workbench(), &Workbench::jobFinished);
    PullRequest request;
    request.source = *name;
    app.workbench().pull(request);
    QVERIFY(ends(pulled));
}

void TestConnection::cancelTrustsNothing()
{
    RegistryOptions options;
    options.tlsNames = {u"IP:127.0.0.1"_s};
    const Made registry = started(options);
    QVERIFY(registry);
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const login = openLogin(app, registry->host());
    QVERIFY(login);
    QVERIFY(failsWith(login, u"is self-signed"_s));
    TrustCertificateDialog* dialog = showCertificate(app, login);
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Return); // the button that is pressed by it is Cancel
    QTRY_VERIFY(!app.window().findChild<TrustCertificateDialog*>());
    QVERIFY(login->isVisible());
    QVERIFY(login->request().settings.pinnedSha256.isEmpty());
    QCOMPARE(profiles().settings(registry->host()), RegistrySettings());
}

void TestConnection::reasonsAreToldApart_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isOver");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("otherReason");
    QTest::newRow("wrong name") << u"DNS:elsewhere.test"_s << false << u"issued for another name"_s
                                << u"issued for elsewhere.test, not for 127.0.0.1:"_s << u"expired"_s;
    QTest::newRow("expired") << u"IP:127.0.0.1"_s << true << u"has expired"_s << u"It expired on"_s
                             << u"issued for"_s;
}

void TestConnection::reasonsAreToldApart()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isOver);
    QFETCH(const QString, title);
    QFETCH(const QString, reason);
    QFETCH(const QString, otherReason);
    RegistryOptions options;
    options.tlsNames = {name};
    options.tlsValidity = isOver ? TestCertificate::Validity::Over : TestCertificate::Validity::Now;
    const Made registry = started(options);
    QVERIFY(registry);
    RegistrySettings settings;
    settings.caFile = caOf(*registry);
    VERIFY_RESULT(profiles().saveSettings(registry->host(), settings));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const login = openLogin(app, registry->host());
    QVERIFY(login);
    QVERIFY(failsWith(login, title));
    TrustCertificateDialog* const dialog = showCertificate(app, login);
    QVERIFY(dialog);
    const QString reasons = plainText(part<MessageStrip>(dialog, u"strip"_s), u"stripText"_s);
    QVERIFY2(reasons.contains(reason), qPrintable(reasons));
    QVERIFY2(!reasons.contains(otherReason), qPrintable(reasons));
    // Who knows better trusts it nevertheless.
    click(part<QPushButton>(dialog, u"trustButton"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!app.window().findChild<AddAccountDialog*>(), Patience);
    QCOMPARE(profiles().settings(registry->host()).caFile, settings.caFile);
}

void TestConnection::brokenPinShowsBothFingerprints()
{
    RegistryOptions options;
    options.tlsNames = {u"IP:127.0.0.1"_s};
    const Made registry = started(options);
    QVERIFY(registry);
    RegistrySettings settings;
    settings.pinnedSha256 = u"ab"_s.repeated(32);
    VERIFY_RESULT(profiles().saveSettings(registry->host(), settings));
    QVERIFY(saveAnonymous(registry->host()));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const push = pushFails(app, u"another certificate than the one you trusted"_s);
    QVERIFY(push);
    TrustCertificateDialog* const dialog = showCertificate(app, push);
    QVERIFY(dialog);
    QCOMPARE(plainText(dialog, u"factFingerprint"_s), fingerprintText(fingerprint(*registry)));
    QCOMPARE(plainText(dialog, u"factPinned"_s), fingerprintText(QByteArray(32, char(0xab))));
    const QString reasons = plainText(part<MessageStrip>(dialog, u"strip"_s), u"stripText"_s);
    QVERIFY2(reasons.contains(u"another one than you trusted"_s), qPrintable(reasons));
    click(part<QPushButton>(dialog, u"trustButton"_s));
    QVERIFY(pushes(app, push));
    QCOMPARE(profiles().settings(registry->host()).pinnedSha256,
             QString::fromLatin1(fingerprint(*registry).toHex()));
}

void TestConnection::unknownNameIsConnectedToAnAddress()
{
    RegistryOptions options;
    options.tlsNames = {u"DNS:registry.test"_s};
    const Made registry = started(options);
    QVERIFY(registry);
    RegistrySettings settings;
    settings.caFile = caOf(*registry);
    VERIFY_RESULT(profiles().saveSettings(u"registry.test:5000"_s, settings));
    QVERIFY(saveAnonymous(u"registry.test:5000"_s));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const push = pushFails(app, u"registry.test:5000 cannot be reached"_s);
    QVERIFY(push);
    QVERIFY(plainText(part<MessageStrip>(push, u"strip"_s), u"stripText"_s).contains(u"which address"_s));
    QPushButton* const connectTo = remedy(push, u"Connect to address…"_s);
    QVERIFY(connectTo);
    click(connectTo);
    auto* const account = app.window().findChild<AddAccountDialog*>();
    QVERIFY(account && QTest::qWaitForWindowExposed(account));
    auto* const field = part<QLineEdit>(account, u"connectToEdit"_s);
    QTRY_VERIFY(field->isVisible() && field->hasFocus());
    QTest::keyClicks(field, registry->host());
    click(part<QPushButton>(account, u"saveButton"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!app.window().findChild<AddAccountDialog*>(), Patience);
    settings.connectTo = registry->host();
    QCOMPARE(profiles().settings(u"registry.test:5000"_s), settings);
    QVERIFY(pushes(app, push));
}

void TestConnection::unknownNameOfNoAccountIsConnectedToAnAddress()
{
    RegistryOptions options;
    options.tlsNames = {u"DNS:registry.test"_s};
    const Made registry = started(options);
    QVERIFY(registry);
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    openPullDialog(app.workbench(), &app.window(), u"registry.test:5000/gallery/ui:1"_s, {});
    auto* const pull = app.window().findChild<PullDialog*>();
    QVERIFY(pull && QTest::qWaitForWindowExposed(pull));
    auto* const strip = part<MessageStrip>(pull, u"strip"_s);
    QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), Patience);
    QPushButton* const connectTo = remedy(pull, u"Connect to address…"_s);
    QVERIFY(connectTo);
    click(connectTo);
    auto* const dialog = app.window().findChild<ConnectionDialog*>();
    QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
    auto* const field = part<QLineEdit>(dialog, u"connectToEdit"_s);
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, registry->host());
    click(part<QPushButton>(dialog, u"saveButton"_s));
    // It is tried before it is kept: the next thing in the way is said here.
    const auto* const title = part<QLabel>(dialog, u"stripTitle"_s);
    QTRY_VERIFY_WITH_TIMEOUT(title->text().contains(u"self-signed"_s), Patience);
    QCOMPARE(profiles().settings(u"registry.test:5000"_s), RegistrySettings());
    TrustCertificateDialog* const certificate = showCertificate(app, dialog);
    QVERIFY(certificate);
    click(part<QPushButton>(certificate, u"trustButton"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!app.window().findChild<ConnectionDialog*>(), Patience);
    QCOMPARE(profiles().settings(u"registry.test:5000"_s).connectTo, registry->host());
    // And asked again, the registry answers: there is no such image yet.
    const auto* const outcome = part<QLabel>(strip, u"stripTitle"_s);
    QTRY_VERIFY_WITH_TIMEOUT(outcome->text().contains(u"was not found"_s), Patience);
}

void TestConnection::clientCertificateIsChosen()
{
    const TestCertificate own = TestCertificate::make({u"DNS:client.test"_s});
    RegistryOptions options;
    options.tlsNames = {u"IP:127.0.0.1"_s};
    options.clientCa = own.certificate;
    const Made registry = started(options);
    QVERIFY(registry);
    RegistrySettings settings;
    settings.caFile = caOf(*registry);
    VERIFY_RESULT(profiles().saveSettings(registry->host(), settings));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const login = openLogin(app, registry->host());
    QVERIFY(login);
    QVERIFY(failsWith(login, u"wants to see a client certificate"_s));
    QPushButton* const choose = remedy(login, u"Choose a client certificate…"_s);
    QVERIFY(choose);
    click(choose);
    auto* const certificate = part<QLineEdit>(login, u"certificateEdit"_s);
    auto* const key = part<QLineEdit>(login, u"keyEdit"_s);
    QTRY_VERIFY(certificate->isVisible() && certificate->hasFocus());
    QVERIFY(!key->isVisible()); // of what?
    settings.certificateFile = write(u"own.pem"_s, own.certificate.toPem());
    settings.keyFile = write(u"own.key"_s, own.key.toPem());
    QTest::keyClicks(certificate, settings.certificateFile);
    QVERIFY(key->isVisible());
    QTest::keyClicks(key, settings.keyFile);
    click(part<QPushButton>(login, u"saveButton"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!app.window().findChild<AddAccountDialog*>(), Patience);
    QCOMPARE(profiles().settings(registry->host()), settings);
}

void TestConnection::plainHttpIsAllowed()
{
    const Made registry = started({});
    QVERIFY(registry);
    RegistrySettings settings;
    settings.connectTo = registry->host(); // by a name that is not this computer's own
    VERIFY_RESULT(profiles().saveSettings(u"registry.test:5000"_s, settings));
    QVERIFY(saveAnonymous(u"registry.test:5000"_s));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    PushDialog* const push = pushFails(app, u"speaks plain HTTP"_s);
    QVERIFY(push);
    QPushButton* const allow = remedy(push, u"Allow plain HTTP for registry.test:5000"_s);
    QVERIFY(allow);
    click(allow);
    QVERIFY(pushes(app, push));
    QVERIFY(profiles().settings(u"registry.test:5000"_s).plainHttp);
}

void TestConnection::collapsedSectionTellsWhatIsSet()
{
    RegistrySettings settings;
    settings.plainHttp = true;
    settings.caFile = u"/etc/lab-ca.pem"_s;
    settings.connectTo = u"10.0.0.5"_s;
    VERIFY_RESULT(profiles().saveSettings(u"lab.example:5000"_s, settings));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const login = openLogin(app, u"lab.example:5000"_s);
    QVERIFY(login);
    const auto* const summary = part<ElidedLabel>(login, u"connectionSummary"_s);
    QCOMPARE(summary->text(), u"plain HTTP, own CA, connects to 10.0.0.5"_s);
    auto* const button = part<QToolButton>(login, u"connectionButton"_s);
    const auto* const plain = part<QCheckBox>(login, u"plainHttpBox"_s);
    QVERIFY(!plain->isVisible());
    const int height = login->height();
    click(button);
    QVERIFY(plain->isVisible());
    QVERIFY(summary->text().isEmpty());
    QTRY_VERIFY(login->height() > height);
    click(button);
    QTRY_COMPARE(login->height(), height);

    // A cloud has no plain HTTP, but may lie behind a proxy.
    auto* const kinds = part<QListWidget>(login, u"typeList"_s);
    kinds->setCurrentItem(kinds->findItems(u"GitHub"_s, Qt::MatchStartsWith).constFirst());
    click(button);
    QVERIFY(!plain->isVisible());
    auto* const proxy = part<QComboBox>(login, u"proxyBox"_s);
    QVERIFY(proxy->isVisible());
    QCOMPARE(login->request().settings, RegistrySettings());
    QTest::keyClick(proxy, Qt::Key_Down);
    QCOMPARE(login->request().settings.proxy, u"none"_s);
    QTest::keyClick(proxy, Qt::Key_Down);
    auto* const address = part<QLineEdit>(login, u"proxyEdit"_s);
    QTRY_VERIFY(address->isVisible());
    QTest::keyClicks(address, u"proxy.example:3128"_s);
    QCOMPARE(login->request().settings.proxy, u"http://proxy.example:3128"_s);
    click(button);
    QVERIFY2(summary->text().contains(u"proxy.example:3128"_s), qPrintable(summary->text()));
}

void TestConnection::pinIsShownAndRemoved()
{
    RegistrySettings settings;
    settings.pinnedSha256 = u"ab"_s.repeated(32);
    VERIFY_RESULT(profiles().saveSettings(u"lab.example:5000"_s, settings));
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const login = openLogin(app, u"lab.example:5000"_s);
    QVERIFY(login);
    click(part<QToolButton>(login, u"connectionButton"_s));
    QCOMPARE(plainText(login, u"pinLabel"_s), fingerprintText(QByteArray(32, char(0xab))));
    QCOMPARE(login->request().settings, settings);
    click(part<QToolButton>(login, u"pinRemove"_s));
    QVERIFY(!part<QLabel>(login, u"pinLabel"_s)->isVisible());
    QCOMPARE(login->request().settings, RegistrySettings());
}

void TestConnection::wrongValuesAreSaid()
{
    WindowFixture app(m_home->path());
    QVERIFY(app.show());
    AddAccountDialog* const login = openLogin(app, u"lab.example:5000"_s);
    QVERIFY(login);
    const auto* const save = part<QPushButton>(login, u"saveButton"_s);
    QVERIFY(save->isEnabled());
    click(part<QToolButton>(login, u"connectionButton"_s));
    auto* const connectTo = part<QLineEdit>(login, u"connectToEdit"_s);
    const auto* const problem = part<QLabel>(login, u"problemLabel"_s);
    for (const QString& wrong :
         {u"http://10.0.0.5"_s, u"10.0.0.5:99999"_s, u"ann@10.0.0.5"_s, u"10.0.0.5/x"_s}) {
        connectTo->selectAll();
        QTest::keyClicks(connectTo, wrong);
        QVERIFY2(!save->isEnabled() && problem->isVisible(), qPrintable(wrong));
    }
    for (const QString& right : {u"10.0.0.5"_s, u"10.0.0.5:5000"_s, u"[fd00::5]:5000"_s, u"host.example"_s}) {
        connectTo->selectAll();
        QTest::keyClicks(connectTo, right);
        QVERIFY2(save->isEnabled() && !problem->isVisible(), qPrintable(right));
    }
}

QTEST_MAIN(TestConnection)
#include "tst_connection.moc"
