// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/accountchoice.h"
#include "ui/dialogs.h"
#include "ui/pushdialogprivate.h"
#include "ui/remedies.h"

// What is said when a destination refuses, and what the offered buttons do about it.

namespace Tagboat {

ErrorContext PushDialog::context() const
{
    if (d->previews.decisive() > 0) {
        const PushTarget target = d->previews.target(d->previews.decisive());
        const auto profiles = d->workbench.profiles();
        const auto account = std::ranges::find(profiles, target.profile, &Profile::id);
        return {.doing = ErrorContext::Doing::Push,
                .registry = target.destination.registry(),
                .repository = target.destination.repository(),
                .tag = target.destination.tag(),
                .user = account == profiles.end() ? QString() : account->user,
                .profile = target.profile,
                .accounts = profiles};
    }
    ErrorContext context{.doing = ErrorContext::Doing::Push,
                         .registry = d->ui.accountBox->currentData(RegistryRole).toString(),
                         .repository = d->ui.repositoryEdit->text().trimmed(),
                         .tag = d->ui.tagEdit->text().trimmed(),
                         .user = d->ui.accountBox->currentData(UserRole).toString(),
                         .profile = d->ui.accountBox->currentData(ProfileRole).toString(),
                         .accounts = d->workbench.profiles()};
    if (const auto wanted = request())
        context.repository = wanted->destination.repository();
    return context;
}

void PushDialog::runRemedyHere(const Remedy& remedy)
{
    if (d->previews.decisive() > 0 && runRemedyOf(d->previews.target(d->previews.decisive()), remedy))
        return;
    if (remedy.kind == RemedyKind::LogIn) {
        openAddAccountDialog(d->workbench, this, remedy.argument,
                             [this](const Profile& saved) { fillAccounts(saved.id, saved.registry); });
        return;
    }
    const auto tell = [this](const Error& error) { d->ui.strip->showError(explain(error, context())); };
    if (runRemedy(remedy, d->workbench, this, [this] { look(); }, tell))
        return;
    switch (remedy.kind) {
    case RemedyKind::ActAs:
        d->repositoryIsOwn = true; // it is this repository that the other account fits
        d->accountIsOwn = true;
        chooseAccount(d->ui.accountBox, remedy.argument);
        accountChosen();
        break;
    case RemedyKind::RetagForAccount: {
        const auto name = Reference::parse(remedy.argument);
        if (name) {
            d->repositoryIsOwn = true;
            d->ui.repositoryEdit->setText(name->repository());
            followRules();
            tellFirst();
            look();
        }
        break;
    }
    case RemedyKind::UseAnotherAccount:
        if (d->ui.accountBox->count() > 1) {
            d->ui.accountBox->setFocus();
            d->ui.accountBox->showPopup();
        } else {
            openAddAccountDialog(d->workbench, this, remedy.argument,
                                 [this](const Profile& saved) { fillAccounts(saved.id, saved.registry); });
        }
        break;
    default:
        break;
    }
}

//! What mends one of the further destinations, at its row; false where it is mended as the first would be.
bool PushDialog::runRemedyOf(const PushTarget& target, const Remedy& remedy)
{
    const auto logIn = [this, target, registry = remedy.argument] {
        openAddAccountDialog(d->workbench, this, registry, [this, target](const Profile& saved) {
            d->further->setAccounts(d->workbench.profiles());
            if (!d->further->chooseAccount(target, saved))
                look();
        });
    };
    switch (remedy.kind) {
    case RemedyKind::ActAs: {
        const QList<Profile> profiles = d->workbench.profiles();
        const auto other = std::ranges::find(profiles, remedy.argument, &Profile::id);
        // The repository stays as it is: the other account is the one that fits it.
        (void)d->further->setRepository(target, target.destination.repository());
        return other != profiles.end() && d->further->chooseAccount(target, *other);
    }
    case RemedyKind::LogIn:
        logIn();
        return true;
    case RemedyKind::UseAnotherAccount:
        if (!d->further->askForAccount(target))
            logIn();
        return true;
    case RemedyKind::RetagForAccount: {
        const auto name = Reference::parse(remedy.argument);
        return name && d->further->setRepository(target, name->repository());
    }
    default:
        return false;
    }
}

} // namespace Tagboat
