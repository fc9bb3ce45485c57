// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/text.h"
#include "ui/accountchoice.h"
#include "ui/dialogs.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/planview.h"
#include "ui/pushdialogprivate.h"
#include "ui/tagcascade.h"
#include "ui/uisettings.h"
#include "ui/widgettools.h"

#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Long enough that typing a name does not ask the registry about each letter.
constexpr auto TypingPause = 350ms;
const QString ReferrersFlag = u"push/referrers"_s;

} // namespace

PushDialog::PushDialog(Workbench& workbench, const StoredImage& image, const QString& name, QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->image = image;
    d->name = !name.isEmpty() || image.names.isEmpty() ? name : image.names.first();
    d->ui.setupUi(this);
    d->cascade = new TagCascade(d->ui.tagEdit, this);
    delete d->ui.tagRow->replaceWidget(d->ui.cascadeHost, d->cascade);
    delete d->ui.cascadeHost;
    d->pushButton = d->ui.buttons->addButton(tr("Push"), QDialogButtonBox::AcceptRole);
    d->pushButton->setObjectName(u"pushButton"_s);
    d->pushButton->setIcon(iconOnAccent(u"push"_s));
    d->pushButton->setEnabled(false);
    setPrimary(d->pushButton);
    makeMuted(d->ui.statusLabel);
    makeMuted(d->ui.registryLabel);
    d->ui.rememberBox->hide();
    d->ui.tagEdit->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    showPlanIn(d->ui.planView, &d->previews.model());
    d->further = d->ui.further;
    d->further->setChooser(
        [this](const IdentityQuestion& question) { return d->workbench.whoActs(question); });

    const auto reference = Reference::parse(d->name);
    d->further->setName(reference ? std::optional(*reference) : std::nullopt);
    const QString label = reference ? reference->familiar() : image.id.shortHex();
    setWindowTitle(tr("Push %1").arg(reference ? reference->familiarName() : image.id.shortHex()));
    QStringList facts{label, image.id.shortHex()};
    if (image.platforms.size() == 1)
        facts.append(image.platforms.first().platform.toString());
    facts.append(formatBytes(image.size));
    d->ui.imageLabel->setText(facts.join(u" · "_s));
    d->ui.tagEdit->setText(reference && !reference->tag().isEmpty() ? reference->tag() : u"latest"_s);
    d->cascade->setTag(d->ui.tagEdit->text());
    d->ui.referrersBox->setVisible(image.referrers > 0);
    // They are here because somebody wanted them: to leave them behind is for the person to say.
    d->ui.referrersBox->setChecked(UiSettings(workbench.paths().configDirectory).flag(ReferrersFlag, true));
    fillPlatforms();
    fillAccounts({}, reference ? reference->registry() : QString());

    d->pause.setSingleShot(true);
    d->pause.setInterval(TypingPause);
    connect(&d->pause, &QTimer::timeout, this, &PushDialog::look);
    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &PushDialog::accept);
    // Whatever chooses here but a person does so without a signal.
    connect(d->ui.accountBox, &QComboBox::currentIndexChanged, this, [this] {
        d->accountIsOwn = true;
        accountChosen();
    });
    connect(d->ui.accountBox, &QComboBox::activated, this, [this] {
        d->accountIsOwn = true;
        followRules();
    });
    connect(d->ui.platformBox, &QComboBox::currentIndexChanged, this, &PushDialog::look);
    connect(d->ui.referrersBox, &QCheckBox::toggled, this, &PushDialog::look);
    connect(d->ui.repositoryEdit, &QLineEdit::textEdited, this, [this] {
        d->repositoryIsOwn = true;
        inputsChanged();
    });
    connect(d->ui.tagEdit, &QLineEdit::textChanged, d->cascade, &TagCascade::setTag);
    connect(d->ui.tagEdit, &QLineEdit::textChanged, this, &PushDialog::inputsChanged);
    connect(d->cascade, &TagCascade::changed, this, &PushDialog::inputsChanged);
    connect(d->further, &PushDestinations::changed, this, &PushDialog::inputsChanged);
    connect(d->further, &PushDestinations::changed, this, [this] {
        // Rows of the plan make room for them, so that the dialog fits the screen as before.
        d->ui.planView->setMinimumHeight(planHeight(d->ui.planView, d->further->shownRows()));
    });
    connect(&d->previews, &PushPreviews::answered, this, [this] { showPreview(d->previews.whole()); });
    connect(d->ui.addAccountButton, &QPushButton::clicked, this, [this] {
        openAddAccountDialog(d->workbench, this, {},
                             [this](const Profile& saved) { fillAccounts(saved.id, saved.registry); });
    });
    connect(d->ui.strip, &MessageStrip::remedyChosen, this, &PushDialog::runRemedyHere);
    accountChosen();
}

PushDialog::~PushDialog() = default;

void PushDialog::fillPlatforms()
{
    const auto& platforms = d->image.platforms;
    const bool all = std::ranges::all_of(platforms, &StoredPlatform::isPresent);
    if (all)
        d->ui.platformBox->addItem(tr("All platforms (%1)").arg(platforms.size()));
    for (const StoredPlatform& platform : platforms) {
        if (platform.isPresent)
            d->ui.platformBox->addItem(platform.platform.toString(), platform.platform.toString());
    }
    const bool isChoice = platforms.size() > 1;
    d->ui.platformBox->setVisible(isChoice);
    d->ui.platformCaption->setVisible(isChoice);
}

void PushDialog::fillAccounts(const QString& chooseId, const QString& chooseRegistry)
{
    d->accountIsOwn = !chooseId.isEmpty();
    const QList<Profile> profiles = d->workbench.profiles();
    Tagboat::fillAccounts(d->ui.accountBox, profiles, chooseId, chooseRegistry);
    d->further->setAccounts(profiles);
    accountChosen();
}

void PushDialog::accountChosen()
{
    const QString registry = d->ui.accountBox->currentData(RegistryRole).toString();
    d->ui.registryLabel->setText(registry.isEmpty() ? QString() : QString(registry + u" /"_s));
    if (!d->repositoryIsOwn && !registry.isEmpty()) {
        const auto name = Reference::parse(d->name);
        d->ui.repositoryEdit->setText(
            proposedRepository(name ? std::optional(*name) : std::nullopt, chosenAccount(d->ui.accountBox)));
    }
    followRules();
    tellFirst();
    look();
}

IdentityQuestion PushDialog::question() const
{
    const QString registry = d->ui.accountBox->currentData(RegistryRole).toString();
    const QString typed = d->ui.repositoryEdit->text().trimmed();
    // As the push will call it: at Docker Hub a name alone is below "library".
    const auto place = Reference::parseRepository(QString(registry + u'/' + typed));
    return {
        .registry = registry, .repository = place ? place->repository() : typed, .use = RepositoryUse::Push};
}

//! Where nobody was chosen by hand, whoever the rules name; where somebody else was, that can become a rule.
void PushDialog::followRules()
{
    const IdentityQuestion asked = question();
    d->usual = d->workbench.whoActs(asked);
    const QString usual = d->usual.profile ? d->usual.profile->id : QString();
    if (!usual.isEmpty() && !d->accountIsOwn)
        chooseAccount(d->ui.accountBox, usual);
    if (!usual.isEmpty())
        dropNobody(d->ui.accountBox, asked.registry);
    else if (!d->accountIsOwn && d->usual.rule)
        chooseNobody(d->ui.accountBox, asked.registry);
    const QString chosen = d->ui.accountBox->currentData(ProfileRole).toString();
    const bool isOther =
        d->accountIsOwn && !chosen.isEmpty() && chosen != usual && !asked.repository.isEmpty();
    d->ui.rememberBox->setVisible(isOther);
    if (isOther)
        d->ui.rememberBox->setText(rememberText(ruleToRemember(asked, chosen, d->usual)));
    else
        d->ui.rememberBox->setChecked(false);
}

//! The rows of further destinations follow what is chosen for the first.
void PushDialog::tellFirst()
{
    const QSignalBlocker quiet(d->further); // it is looked at together with the first
    d->further->setFirst(chosenAccount(d->ui.accountBox),
                         QStringList(d->ui.tagEdit->text().trimmed()) + d->cascade->chosen());
}

void PushDialog::inputsChanged()
{
    followRules();
    tellFirst();
    d->previews.stopWaiting();
    d->pushButton->setEnabled(false);
    d->pause.start();
}

Result<PushRequest> PushDialog::request() const
{
    auto wanted = requestToFirst();
    auto further = d->further->targets();
    if (wanted && !further)
        return std::unexpected(std::move(further.error()));
    if (wanted)
        wanted->further = *further;
    return wanted;
}

Result<PushRequest> PushDialog::requestToFirst() const
{
    const QString registry = d->ui.accountBox->currentData(RegistryRole).toString();
    const QString repository = d->ui.repositoryEdit->text().trimmed();
    const QString tag = d->ui.tagEdit->text().trimmed();
    if (repository.isEmpty())
        return fail(Error::Code::InvalidInput, repository,
                    tr("A repository name is needed, for example %1").arg(u"gallery/ui"_s));
    auto destination = Reference::parseRepository(QString(registry + u'/' + repository));
    if (!destination)
        return std::unexpected(destination.error());
    auto tagged = destination->withTag(tag);
    if (!tagged)
        return std::unexpected(tagged.error());
    PushRequest wanted;
    // The name may be a proposal that no image here has yet.
    wanted.image = d->image.names.contains(d->name) ? d->name : d->image.target.digest.toString();
    wanted.label = d->ui.imageLabel->text().section(u" · "_s, 0, 0);
    wanted.destination = *tagged;
    wanted.moreTags = d->cascade->chosen();
    wanted.profile = d->ui.accountBox->currentData(ProfileRole).toString();
    wanted.referrers = d->image.referrers > 0 && d->ui.referrersBox->isChecked();
    const QString platform = d->ui.platformBox->currentData().toString();
    if (!platform.isEmpty() && d->image.platforms.size() > 1) {
        if (auto parsed = Platform::parse(platform))
            wanted.platform = *parsed;
    }
    return wanted;
}

void PushDialog::look()
{
    d->pause.stop();
    d->previews.forget();
    d->pushButton->setEnabled(false);
    d->pushButton->setText(tr("Push"));
    d->ui.strip->clear();
    if (d->ui.accountBox->currentIndex() < 0) {
        d->ui.strip->showMessage(
            Tone::Info, tr("There is no account to push with yet."),
            tr("Docker Hub and most registries take images only from somebody who is logged in."),
            {{RemedyKind::LogIn, tr("Add account…")}});
        d->ui.statusLabel->clear();
        return;
    }
    auto wanted = requestToFirst();
    if (!wanted) {
        d->ui.statusLabel->setText(wanted.error().message);
        return;
    }
    // A row that is not filled in yet takes nothing from sight that is known of the others.
    wanted->further = d->further->completeTargets();
    QStringList registries;
    for (const PushTarget& target : wanted->targets())
        registries.append(target.destination.registry());
    registries.removeDuplicates();
    d->ui.statusLabel->setText(tr("Asking %1 what it already has…").arg(registries.join(u", "_s)));
    d->previews.ask(*wanted);
}

void PushDialog::showPreview(const Result<PushPreview>& preview)
{
    d->ui.statusLabel->clear();
    if (!preview) {
        d->ui.strip->showError(explain(preview.error(), context()));
        return;
    }
    if (preview->refusal) {
        d->ui.strip->showError(explain(*preview->refusal, context()));
        return;
    }
    if (const auto wanted = request(); !wanted) {
        d->ui.statusLabel->setText(wanted.error().message);
        return;
    }
    QStringList facts;
    facts.append(preview->actingAs.isEmpty() ? tr("Not logged in; the registry takes pushes from everybody")
                                             : tr("Acting as %1, who may push here").arg(preview->actingAs));
    const QString usual = d->usual.profile ? d->usual.profile->id : QString();
    if (d->ui.accountBox->currentData(ProfileRole).toString() == usual && d->usual.rule)
        facts.append(reasonText(d->usual));
    if (!preview->plan.missing.isEmpty())
        facts.append(tr("%n platform(s) of the index are not on this computer and stay out", nullptr,
                        int(preview->plan.missing.size())));
    if (d->image.referrers > 0 && d->ui.referrersBox->isChecked())
        facts.append(referrersText(preview->plan));
    d->ui.statusLabel->setText(facts.join(u" · "_s));
    d->pushButton->setText(pushButtonText(preview->plan));
    d->pushButton->setEnabled(true);
    d->pushButton->setDefault(true);
}

void PushDialog::accept()
{
    const auto wanted = request();
    if (!wanted || !d->pushButton->isEnabled())
        return;
    d->pushButton->setEnabled(false);
    if (d->image.referrers > 0)
        UiSettings(d->workbench.paths().configDirectory).setFlag(ReferrersFlag, wanted->referrers);
    if (d->ui.rememberBox->isHidden() || !d->ui.rememberBox->isChecked()) {
        queue(*wanted);
        return;
    }
    const IdentityRule rule = ruleToRemember(question(), wanted->profile, d->usual);
    d->workbench.saveIdentityRule(rule).then(this, [this, wanted = *wanted](const Result<void>& remembered) {
        if (remembered)
            queue(wanted);
        else
            d->ui.strip->showError(explain(remembered.error(), context()));
    });
}

void PushDialog::queue(const PushRequest& wanted)
{
    d->workbench.push(wanted).then(this, [this](const Result<QString>& queued) {
        if (queued)
            QDialog::accept();
        else
            d->ui.strip->showError(explain(queued.error(), context()));
    });
}

void openPushDialog(Workbench& workbench, QWidget* parent, const StoredImage& image, const QString& name)
{
    auto* dialog = new PushDialog(workbench, image, name, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Tagboat
