// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pulldialog.h"

#include "models/planmodel.h"
#include "models/text.h"
#include "ui/accountchoice.h"
#include "ui/dialogs.h"
#include "ui/flatstyle.h"
#include "ui/icons.h"
#include "ui/planview.h"
#include "ui/remedies.h"
#include "ui/uisettings.h"
#include "ui/widgettools.h"
#include "workbench/workbench.h"

#include "ui_pulldialog.h"

#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Longer than for a push: each look at a registry that counts pulls may cost one.
constexpr auto TypingPause = 600ms;
const QString AllPlatforms = u"all"_s;
const QString ReferrersFlag = u"pull/referrers"_s;

} // namespace

struct PullDialog::Private
{
    explicit Private(Workbench& bench) : workbench(bench) { }

    Workbench& workbench;
    Ui::PullDialog ui;
    PlanModel model{PlanModel::Direction::Pull};
    QPushButton* pullButton = nullptr;
    QTimer pause;
    int asked = 0;        //!< answers to older questions are dropped
    bool isPart = false;  //!< PullRequest::isPart
    QString registry;     //!< whose accounts the box shows
    QString profileId;    //!< chosen by the person: no rule replaces it, as long as it is of the registry
    IdentityChoice usual; //!< who would act if nobody was chosen
    std::optional<PullRequest> planned; //!< what the plan on screen is of, and what will be pulled
};

PullDialog::PullDialog(Workbench& workbench, const QString& reference, const QString& profileId,
                       QWidget* parent)
    : QDialog(parent), d(std::make_unique<Private>(workbench))
{
    d->profileId = profileId;
    d->ui.setupUi(this);
    d->ui.rememberBox->hide();
    d->pullButton = d->ui.buttons->addButton(tr("Pull"), QDialogButtonBox::AcceptRole);
    d->pullButton->setObjectName(u"pullButton"_s);
    d->pullButton->setIcon(iconOnAccent(u"pull"_s));
    d->pullButton->setEnabled(false);
    setPrimary(d->pullButton);
    makeMuted(d->ui.statusLabel);
    makeMuted(d->ui.partsLabel);
    showPlanIn(d->ui.planView, &d->model);
    fillPlatforms({});
    d->ui.referrersBox->setChecked(UiSettings(workbench.paths().configDirectory).flag(ReferrersFlag, false));

    d->pause.setSingleShot(true);
    d->pause.setInterval(TypingPause);
    connect(&d->pause, &QTimer::timeout, this, &PullDialog::look);
    connect(d->ui.buttons, &QDialogButtonBox::accepted, this, &PullDialog::accept);
    connect(d->ui.referenceEdit, &QLineEdit::textChanged, this, &PullDialog::textChanged);
    // Whatever chooses here but a person does so without a signal.
    connect(d->ui.accountBox, &QComboBox::currentIndexChanged, this, [this] {
        d->profileId = d->ui.accountBox->currentData().toString();
        look();
    });
    connect(d->ui.accountBox, &QComboBox::activated, this, [this] {
        d->profileId = d->ui.accountBox->currentData().toString();
        if (const auto wanted = request())
            followRules(wanted->source);
    });
    connect(d->ui.platformBox, &QComboBox::currentIndexChanged, this, &PullDialog::look);
    connect(d->ui.referrersBox, &QCheckBox::toggled, this, &PullDialog::look);
    connect(d->ui.strip, &MessageStrip::remedyChosen, this, &PullDialog::runRemedyHere);

    d->ui.referenceEdit->setText(reference);
    textChanged();
    if (!reference.isEmpty() && !reference.endsWith(u'/'))
        look();
    d->ui.referenceEdit->setFocus();
}

PullDialog::~PullDialog() = default;

void PullDialog::setPart(const QString& platform)
{
    const QSignalBlocker quiet(d->ui.platformBox);
    d->isPart = true;
    if (d->ui.platformBox->findData(platform) < 0)
        d->ui.platformBox->addItem(platform, platform);
    d->ui.platformBox->setCurrentIndex(d->ui.platformBox->findData(platform));
    d->ui.platformBox->setEnabled(false);
    d->ui.referenceEdit->setReadOnly(true);
}

void PullDialog::setReference(const QString& reference)
{
    d->ui.referenceEdit->setText(reference);
    d->ui.referenceEdit->setCursorPosition(0);
    look();
}

void PullDialog::fillAccounts(const QString& registry, const QString& chooseId)
{
    const QSignalBlocker quiet(d->ui.accountBox);
    d->registry = registry;
    d->ui.accountBox->clear();
    int chosen = 0;
    for (const Profile& profile : d->workbench.profiles()) {
        if (profile.registry != registry)
            continue;
        const QString text = profile.isAnonymous()
            ? tr("%1 (not logged in)").arg(profile.name)
            : tr("%1 — %2", "account and user").arg(profile.name, profile.user);
        d->ui.accountBox->addItem(icon(u"account"_s), text, profile.id);
        if (profile.id == chooseId || (chooseId.isEmpty() && profile.isDefault))
            chosen = d->ui.accountBox->count() - 1;
    }
    if (d->ui.accountBox->count() == 0)
        d->ui.accountBox->addItem(tr("Not logged in"), QString());
    d->ui.accountBox->setCurrentIndex(chosen);
    d->ui.accountBox->setEnabled(d->ui.accountBox->count() > 1);
}

//! Where nobody was chosen by hand, whoever the rules name; where somebody else was, that can become a rule.
void PullDialog::followRules(const Reference& reference)
{
    const IdentityQuestion asked{.registry = reference.registry(), .repository = reference.repository()};
    d->usual = d->workbench.whoActs(asked);
    const QString usual = d->usual.profile ? d->usual.profile->id : QString();
    QComboBox& box = *d->ui.accountBox;
    const bool isOwn = !d->profileId.isEmpty() && box.currentData().toString() == d->profileId;
    if (!isOwn) {
        if (box.findData(usual) < 0 && !usual.isEmpty())
            fillAccounts(reference.registry(), d->profileId); // an account that is new since
        const QSignalBlocker quiet(&box);
        if (box.findData(usual) < 0)
            box.addItem(tr("Not logged in"), QString());
        box.setCurrentIndex(std::max(0, box.findData(usual)));
        box.setEnabled(box.count() > 1);
    }
    const QString chosen = box.currentData().toString();
    const bool isOther = isOwn && chosen != usual;
    d->ui.rememberBox->setVisible(isOther);
    if (isOther)
        d->ui.rememberBox->setText(rememberText(ruleToRemember(asked, chosen, d->usual)));
    else
        d->ui.rememberBox->setChecked(false);
}

void PullDialog::fillPlatforms(const QList<Platform>& platforms)
{
    const QSignalBlocker quiet(d->ui.platformBox);
    const QString before = d->ui.platformBox->currentData().toString();
    const QString host = Platform::host().toString();
    d->ui.platformBox->clear();
    d->ui.platformBox->addItem(tr("%1 (this computer)").arg(host), host);
    for (const Platform& platform : platforms) {
        if (platform.toString() != host && !platform.isEmpty())
            d->ui.platformBox->addItem(platform.toString(), platform.toString());
    }
    if (platforms.size() != 1 || before == AllPlatforms)
        d->ui.platformBox->addItem(tr("All platforms"), AllPlatforms);
    // What was asked for stays what is asked for.
    if (!before.isEmpty() && d->ui.platformBox->findData(before) < 0)
        d->ui.platformBox->addItem(before, before);
    d->ui.platformBox->setCurrentIndex(qMax(0, d->ui.platformBox->findData(before)));
}

void PullDialog::textChanged()
{
    ++d->asked;
    d->planned.reset();
    d->pullButton->setEnabled(false);
    d->pullButton->setText(tr("Pull"));
    d->model.setPlan(std::nullopt);
    d->ui.strip->clear();
    d->ui.statusLabel->clear();
    const QString text = d->ui.referenceEdit->text().trimmed();
    if (text.isEmpty()) {
        d->ui.partsLabel->setText(tr("Type or paste the name of an image, or a whole “docker pull …” line."));
        d->pause.stop();
        return;
    }
    const auto reference = Reference::parsePasted(text);
    if (!reference) {
        d->ui.partsLabel->setText(reference.error().message.toHtmlEscaped());
        d->pause.stop();
        return;
    }
    d->ui.partsLabel->setText(partsText(*reference));
    if (reference->registry() != d->registry)
        fillAccounts(reference->registry(), d->profileId);
    followRules(*reference);
    d->pause.start();
}

Result<PullRequest> PullDialog::request() const
{
    auto reference = Reference::parsePasted(d->ui.referenceEdit->text());
    if (!reference)
        return std::unexpected(std::move(reference.error()));
    PullRequest wanted;
    wanted.source = std::move(*reference);
    wanted.profile = d->ui.accountBox->currentData().toString();
    wanted.referrers = d->ui.referrersBox->isChecked();
    wanted.isPart = d->isPart;
    const QString platform = d->ui.platformBox->currentData().toString();
    wanted.allPlatforms = platform == AllPlatforms;
    if (!wanted.allPlatforms) {
        if (auto parsed = Platform::parse(platform))
            wanted.platform = *parsed;
    }
    return wanted;
}

ErrorContext PullDialog::context() const
{
    ErrorContext context{.doing = ErrorContext::Doing::Pull};
    if (const auto wanted = request()) {
        context.registry = wanted->source.registry();
        context.repository = wanted->source.repository();
        context.tag = wanted->source.tag();
        context.profile = wanted->profile;
        context.accounts = d->workbench.profiles();
        for (const Profile& profile : std::as_const(context.accounts)) {
            if (profile.id == wanted->profile)
                context.user = profile.user;
        }
    }
    return context;
}

void PullDialog::look()
{
    d->pause.stop();
    const int question = ++d->asked;
    d->model.setPlan(std::nullopt);
    d->planned.reset();
    d->pullButton->setEnabled(false);
    d->ui.strip->clear();
    const auto wanted = request();
    if (!wanted)
        return;
    d->ui.statusLabel->setText(tr("Asking %1…").arg(wanted->source.registry()));
    d->workbench.planPull(*wanted).then(
        this, [this, question, wanted = *wanted](const Result<PullPreview>& preview) {
            if (question == d->asked)
                showPreview(wanted, preview);
        });
}

void PullDialog::showPreview(const PullRequest& wanted, const Result<PullPreview>& preview)
{
    d->ui.statusLabel->clear();
    if (!preview) {
        d->ui.strip->showError(explain(preview.error(), context()));
        return;
    }
    fillPlatforms(preview->platforms);
    if (preview->refusal) {
        QStringList there;
        for (const Platform& platform : preview->platforms)
            there.append(platform.toString());
        const QString asked = wanted.platform ? wanted.platform->toString() : Platform::host().toString();
        d->ui.strip->showMessage(
            Tone::Warning, tr("%1 has no image for %2.").arg(wanted.source.familiar(), asked),
            tr("There are images for %1. Choose one of them, or all platforms.").arg(there.join(u", "_s)));
        d->ui.platformBox->setFocus();
        return;
    }
    d->model.setPlan(preview->plan);
    QStringList facts;
    facts.append(preview->actingAs.isEmpty() ? tr("Not logged in")
                                             : tr("Acting as %1").arg(preview->actingAs));
    const QString usual = d->usual.profile ? d->usual.profile->id : QString();
    if (wanted.profile == usual && d->usual.rule)
        facts.append(reasonText(d->usual));
    const qint64 here = preview->plan.bytesPresent();
    if (here > 0)
        facts.append(tr("%1 already here").arg(formatBytes(here)));
    if (wanted.referrers)
        facts.append(referrersText(preview->plan));
    d->ui.statusLabel->setText(facts.join(u" · "_s));
    d->pullButton->setText(pullButtonText(preview->plan));
    d->planned = wanted;
    d->pullButton->setEnabled(true);
    d->pullButton->setDefault(true);
}

void PullDialog::runRemedyHere(const Remedy& remedy)
{
    if (remedy.kind == RemedyKind::LogIn || remedy.kind == RemedyKind::UseAnotherAccount) {
        openAddAccountDialog(d->workbench, this, remedy.argument, [this](const Profile& saved) {
            d->profileId = saved.id;
            fillAccounts(saved.registry, saved.id);
            look();
        });
        return;
    }
    if (remedy.kind == RemedyKind::ActAs) {
        d->profileId = remedy.argument;
        fillAccounts(d->registry, remedy.argument);
        look();
        return;
    }
    runRemedy(remedy, d->workbench, this, [this] { look(); });
}

void PullDialog::accept()
{
    // Return in the name's box before the answer is here asks at once instead of closing on nothing.
    if (!d->planned) {
        look();
        return;
    }
    if (!d->pullButton->isEnabled())
        return;
    d->pullButton->setEnabled(false);
    UiSettings(d->workbench.paths().configDirectory).setFlag(ReferrersFlag, d->planned->referrers);
    if (d->ui.rememberBox->isHidden() || !d->ui.rememberBox->isChecked()) {
        queue(*d->planned);
        return;
    }
    const PullRequest wanted = *d->planned;
    const IdentityRule rule = ruleToRemember(wanted.question(), wanted.profile, d->usual);
    d->workbench.saveIdentityRule(rule).then(this, [this, wanted](const Result<void>& remembered) {
        if (remembered)
            queue(wanted);
        else
            d->ui.strip->showError(explain(remembered.error(), context()));
    });
}

void PullDialog::queue(const PullRequest& wanted)
{
    d->workbench.pull(wanted).then(this, [this](const Result<QString>& queued) {
        if (queued)
            QDialog::accept();
        else
            d->ui.strip->showError(explain(queued.error(), context()));
    });
}

void openPullDialog(Workbench& workbench, QWidget* parent, const QString& reference, const QString& profileId)
{
    auto* dialog = new PullDialog(workbench, reference, profileId, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void openPullPlatformDialog(Workbench& workbench, QWidget* parent, const QString& reference,
                            const QString& platform)
{
    auto* dialog = new PullDialog(workbench, {}, {}, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setPart(platform);
    dialog->setReference(reference);
    dialog->open();
}

} // namespace Tagboat
