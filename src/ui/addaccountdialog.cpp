// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/addaccountdialog.h"

#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/loginfields.h"
#include "ui/metrics.h"
#include "ui/registrykinds.h"
#include "ui/remedies.h"
#include "ui/tiledelegate.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_addaccountdialog.h"

#include <QPointer>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! "https://registry.local:5000/" → "registry.local:5000": people paste what their browser shows. What is no
//! registry stays as it is.
QString hostOf(const QString& text)
{
    const QString withoutPath = text.trimmed().section("://"_L1, -1).section(u'/', 0, 0);
    return normalizedRegistry(text)
        .or_else([&](const Error&) { return normalizedRegistry(withoutPath); })
        .value_or(text.trimmed());
}

} // namespace

struct AddAccountDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench) { }

    [[nodiscard]] const RegistryKind& kind() const { return kinds[qMax(0, ui.typeList->currentRow())]; }
    //! And not of a cloud, which are all spoken to alike.
    [[nodiscard]] bool isOwnRegistry() const
    {
        const RegistryType type = kind().type;
        return kind().host.isEmpty() && type != RegistryType::Amazon && type != RegistryType::Azure
            && type != RegistryType::Google;
    }
    [[nodiscard]] QString holderOf(const IdentityRule& rule) const;

    Workbench& workbench;
    Ui::AddAccountDialog ui;
    QList<RegistryKind> kinds = registryKinds();
    std::optional<Profile> edited;
    LoginFields* login = nullptr;
    QPushButton *testButton = nullptr, *saveButton = nullptr;
    bool nameIsOwn = false; //!< typed by the person: no proposal replaces it
    bool isBusy = false;
    QPointer<QWidget> focusBefore; //!< where the keyboard was when that began
    int asked = 0;                 //!< answers to older questions are dropped
};

//! Another account, by name, that acts for this by now.
QString AddAccountDialog::Private::holderOf(const IdentityRule& rule) const
{
    const QString own = edited ? edited->id : QString();
    for (const IdentityRule& known : workbench.identityRules()) {
        if (!known.isAboutTheSame(rule) || known.profile == own)
            continue;
        for (const Profile& profile : workbench.profiles()) {
            if (profile.id == known.profile)
                return profile.name;
        }
    }
    return {};
}

AddAccountDialog::AddAccountDialog(Workbench& workbench, const std::optional<Profile>& profile,
                                   const QString& registry, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->edited = profile;
    d->ui.setupUi(this);
    d->testButton = d->ui.buttons->addButton(tr("Test"), QDialogButtonBox::ActionRole);
    d->testButton->setObjectName(u"testButton"_s);
    d->saveButton =
        d->ui.buttons->addButton(profile ? tr("Save") : tr("Log in"), QDialogButtonBox::AcceptRole);
    d->saveButton->setObjectName(u"saveButton"_s);
    d->saveButton->setDefault(true);
    setPrimary(d->saveButton);
    makeMuted(d->ui.helpLabel);
    d->ui.thisRunBox->hide();
    d->ui.connection->setWorkbench(workbench);
    d->login = new LoginFields({.rows = d->ui.fields,
                                .userCaption = d->ui.userCaption,
                                .user = d->ui.userEdit,
                                .secretCaption = d->ui.secretCaption,
                                .secret = d->ui.secretEdit,
                                .help = d->ui.helpLabel},
                               this);

    // Five tiles a row, two rows, no scrolling: all kinds are seen at once.
    constexpr int Columns = 5;
    const Metrics lengths(fontMetrics());
    const QSize tile(fontMetrics().averageCharWidth() * 15, lengths.line * 4);
    const int frame = 2 * d->ui.typeList->frameWidth();
    const qsizetype rows = (d->kinds.size() + Columns - 1) / Columns;
    d->ui.typeList->setIconSize(QSize(lengths.line * 2, lengths.line * 2));
    d->ui.typeList->setGridSize(tile);
    d->ui.typeList->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    d->ui.typeList->setFixedHeight(tile.height() * int(rows) + frame + lengths.gap());
    d->ui.typeList->setMinimumWidth(tile.width() * Columns + frame + lengths.gap());
    d->ui.typeList->setItemDelegate(new TileDelegate(d->ui.typeList));
    for (const RegistryKind& kind : std::as_const(d->kinds)) {
        auto* item = new QListWidgetItem(icon(kind.iconName), kind.title, d->ui.typeList);
        item->setData(TileDelegate::MonogramRole, kind.monogram);
    }

    const QString host = profile ? profile->registry : registry;
    const RegistryType type = profile ? profile->type
        : host.isEmpty()              ? RegistryType::DockerHub
                                      : guessRegistryType(host);
    qsizetype row = 1; // Self-hosted for whatever has no tile of its own
    for (qsizetype i = 0; i < d->kinds.size(); ++i) {
        if (d->kinds[i].type == type)
            row = i;
    }
    d->ui.typeList->setCurrentRow(int(row));
    if (profile) {
        setWindowTitle(tr("Account %1").arg(profile->name));
        d->ui.typeList->hide();
        d->ui.userEdit->setText(profile->user);
        d->ui.nameEdit->setText(profile->name);
        d->nameIsOwn = true;
        d->ui.secretEdit->setPlaceholderText(tr("unchanged"));
        d->ui.defaultBox->setChecked(profile->isDefault);
        QList<IdentityRule> rules = d->workbench.identityRules();
        rules.removeIf([&profile](const IdentityRule& rule) { return rule.profile != profile->id; });
        d->ui.namespaceRules->setRules(rules);
    }
    d->ui.namespaceRules->setHolder([this](const IdentityRule& rule) { return d->holderOf(rule); });
    kindChosen();
    if (!host.isEmpty())
        d->ui.registryEdit->setText(host);
    d->ui.connection->setRegistry(hostOf(d->ui.registryEdit->text()));

    connect(d->ui.typeList, &QListWidget::currentRowChanged, this, &AddAccountDialog::kindChosen);
    connect(d->ui.registryEdit, &QLineEdit::textChanged, this,
            [this](const QString& text) { d->ui.connection->setRegistry(hostOf(text)); });
    connect(d->ui.connection, &ConnectionSettings::changed, this, &AddAccountDialog::inputsChanged);
    for (QLineEdit* edit : {d->ui.registryEdit, d->ui.userEdit, d->ui.secretEdit, d->ui.nameEdit})
        connect(edit, &QLineEdit::textChanged, this, &AddAccountDialog::inputsChanged);
    connect(d->login, &LoginFields::changed, this, &AddAccountDialog::inputsChanged);
    connect(d->login, &LoginFields::failed, this, [this](const QString& path, const QString& why) {
        d->ui.strip->showMessage(Tone::Error, tr("%1 cannot be used.").arg(path), why);
    });
    connect(d->ui.nameEdit, &QLineEdit::textEdited, this,
            [this](const QString& text) { d->nameIsOwn = !text.isEmpty(); });
    connect(d->ui.namespaceRules, &NamespaceRules::changed, this, &AddAccountDialog::inputsChanged);
    connect(d->testButton, &QPushButton::clicked, this, [this] { test(false); });
    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &AddAccountDialog::accept);
    connect(d->ui.strip, &MessageStrip::remedyChosen, this, &AddAccountDialog::runRemedyHere);
    inputsChanged();
    (d->ui.registryEdit->text().isEmpty() ? d->ui.registryEdit
         : profile                        ? d->ui.secretEdit
                                          : d->ui.userEdit)
        ->setFocus();
}

AddAccountDialog::~AddAccountDialog() = default;

void AddAccountDialog::kindChosen()
{
    const RegistryKind& kind = d->kind();
    const bool isFixed = !kind.host.isEmpty();
    if (isFixed)
        d->ui.registryEdit->setText(kind.host);
    else if (std::ranges::any_of(
                 d->kinds, [this](const RegistryKind& k) { return k.host == d->ui.registryEdit->text(); }))
        d->ui.registryEdit->clear();
    d->ui.registryEdit->setEnabled(!isFixed && !d->edited);
    d->ui.registryEdit->setPlaceholderText(kind.hostExample);
    d->login->setKind(kind, d->edited ? d->edited->user : QString());
    d->ui.connection->setOwnRegistry(d->isOwnRegistry());
    inputsChanged();
}

void AddAccountDialog::inputsChanged()
{
    ++d->asked;
    showBusy(false);
    d->ui.strip->clear();
    const QString host = hostOf(d->ui.registryEdit->text());
    if (!d->nameIsOwn) {
        const QSignalBlocker quiet(d->ui.nameEdit);
        d->ui.nameEdit->setText(proposedAccountName(d->kind().type, host));
    }
    const bool hasUser = !d->login->user().isEmpty();
    const bool hasSecret = !d->ui.secretEdit->text().isEmpty() || d->edited;
    const bool isComplete =
        hasUser ? hasSecret : d->kind().canBeAnonymous && d->ui.secretEdit->text().isEmpty();
    d->ui.namespaceRules->tellHolders(host);
    const bool canGo = normalizedRegistry(host) && isComplete && !d->ui.nameEdit->text().trimmed().isEmpty()
        && !d->ui.connection->hasProblem() && d->ui.namespaceRules->rules(host);
    d->testButton->setEnabled(canGo && !d->isBusy);
    d->saveButton->setEnabled(canGo && !d->isBusy);
}

void AddAccountDialog::lead(ConnectionField field)
{
    if (field != ConnectionField::None)
        d->ui.connection->open(field);
}

void AddAccountDialog::showBusy(bool busy)
{
    // A button that is disabled hands the keyboard on to its neighbour, Cancel.
    if (busy && !d->isBusy)
        d->focusBefore = focusWidget();
    d->isBusy = busy;
    d->testButton->setEnabled(!busy);
    d->saveButton->setEnabled(!busy);
    QWidget* before = busy ? nullptr : std::exchange(d->focusBefore, nullptr).data();
    if (before && focusWidget() && d->ui.buttons->isAncestorOf(focusWidget()))
        before->setFocus();
}

LoginRequest AddAccountDialog::request() const
{
    LoginRequest login;
    if (d->edited)
        login.profile = *d->edited;
    login.profile.name = d->ui.nameEdit->text().trimmed();
    login.profile.registry = hostOf(d->ui.registryEdit->text());
    login.profile.user = d->login->user();
    login.profile.type = d->edited ? d->edited->type : d->kind().type;
    login.profile.isDefault = d->ui.defaultBox->isChecked();
    login.secret = d->login->secret();
    login.settings = d->ui.connection->settings();
    login.keepForThisRun = d->ui.thisRunBox->isChecked();
    if (auto rules = d->ui.namespaceRules->rules(login.profile.registry))
        login.rules = std::move(*rules);
    return login;
}

ErrorContext AddAccountDialog::context() const
{
    return {.doing = ErrorContext::Doing::LogIn,
            .registry = hostOf(d->ui.registryEdit->text()),
            .user = d->login->user()};
}

void AddAccountDialog::test(bool thenSave)
{
    const int question = ++d->asked;
    showBusy(true);
    d->ui.strip->showMessage(Tone::Info, tr("Logging in to %1…").arg(hostOf(d->ui.registryEdit->text())));
    d->workbench.testLogin(request()).then(
        this, [this, question, thenSave](const Result<RegistryStatus>& status) {
            if (question != d->asked)
                return;
            showBusy(false);
            if (!status) {
                d->ui.strip->showError(explain(status.error(), context()));
                return;
            }
            if (thenSave) {
                save();
                return;
            }
            const QString how =
                status->isPlainHttp ? tr("It speaks plain HTTP.") : tr("The connection is encrypted.");
            const QString who = status->isLoggedIn ? tr("The login works.")
                : status->needsLogin               ? tr("The registry answers, but wants a login.")
                                                   : tr("The registry answers; it asks for no login.");
            d->ui.strip->showMessage(status->needsLogin && !status->isLoggedIn ? Tone::Warning : Tone::Ok,
                                     who, how);
        });
}

void AddAccountDialog::accept()
{
    if (d->saveButton->isEnabled())
        test(true);
}

void AddAccountDialog::save()
{
    const int question = ++d->asked;
    showBusy(true);
    d->workbench.saveLogin(request()).then(this, [this, question](const Result<Profile>& profile) {
        if (profile) {
            Q_EMIT saved(*profile);
            QDialog::accept();
            return;
        }
        if (question != d->asked)
            return;
        showBusy(false);
        d->ui.strip->showError(explain(profile.error(), context()));
    });
}

void AddAccountDialog::runRemedyHere(const Remedy& remedy)
{
    // Nothing is saved yet: the remedies change the form, and the login is tried again from it.
    if (d->ui.connection->runRemedy(remedy, [this] { test(true); }))
        return;
    switch (remedy.kind) {
    case RemedyKind::KeepForThisRun:
        d->ui.thisRunBox->setVisible(true);
        d->ui.thisRunBox->setChecked(true);
        save();
        break;
    case RemedyKind::TryKeychainAgain:
        d->workbench.keychainState(true).then(this, [this](const Result<Keychain::State>&) { save(); });
        break;
    case RemedyKind::Retry:
        test(true);
        break;
    default:
        runRemedy(remedy, d->workbench, this, [this] { test(true); });
        break;
    }
}

namespace {

void openAccount(Workbench& workbench, QWidget* parent, const std::optional<Profile>& profile,
                 const QString& registry, const ProfileCallback& then,
                 ConnectionField field = ConnectionField::None)
{
    auto* dialog = new AddAccountDialog(workbench, profile, registry, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->lead(field);
    if (then)
        QObject::connect(dialog, &AddAccountDialog::saved, parent, then);
    dialog->open();
}

} // namespace

void openAddAccountDialog(Workbench& workbench, QWidget* parent, const QString& registry,
                          ProfileCallback then)
{
    openAccount(workbench, parent, std::nullopt, registry, then);
}

void openEditAccountDialog(Workbench& workbench, QWidget* parent, const QString& profile,
                           ProfileCallback then, ConnectionField field)
{
    for (const Profile& known : workbench.profiles()) {
        if (known.id == profile || known.name == profile) {
            openAccount(workbench, parent, known, known.registry, then, field);
            return;
        }
    }
}

} // namespace Tagboat
