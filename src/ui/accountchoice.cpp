// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/accountchoice.h"

#include "ui/icons.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// NOLINTNEXTLINE(readability-identifier-naming): lupdate knows this name
struct AccountChoice
{
    Q_DECLARE_TR_FUNCTIONS(AccountChoice)
};

} // namespace

void fillAccounts(QComboBox* box, const QList<Profile>& profiles, const QString& chooseId,
                  const QString& chooseRegistry)
{
    const QSignalBlocker quiet(box);
    box->clear();
    int chosen = -1;
    bool hasRegistry = false;
    for (const Profile& profile : profiles) {
        const int row = box->count();
        const QString text = profile.isAnonymous()
            ? AccountChoice::tr("%1 (not logged in)").arg(profile.name)
            : AccountChoice::tr("%1 — %2", "account and user").arg(profile.name, profile.user);
        box->addItem(icon(u"account"_s), text);
        box->setItemData(row, profile.registry, RegistryRole);
        box->setItemData(row, profile.id, ProfileRole);
        box->setItemData(row, profile.user, UserRole);
        const bool fits = profile.registry == chooseRegistry;
        hasRegistry |= fits;
        if (profile.id == chooseId || (chooseId.isEmpty() && fits && (chosen < 0 || profile.isDefault)))
            chosen = row;
    }
    // Docker Hub takes no push from somebody it does not know, so it is not offered without an account.
    if (!hasRegistry && !chooseRegistry.isEmpty() && chooseRegistry != "docker.io"_L1) {
        const int row = box->count();
        box->addItem(icon(u"registry"_s), AccountChoice::tr("%1 (not logged in)").arg(chooseRegistry));
        box->setItemData(row, chooseRegistry, RegistryRole);
        chosen = row;
    }
    box->setCurrentIndex(chosen >= 0 ? chosen : box->count() > 0 ? 0 : -1);
    box->setEnabled(box->count() > 0);
}

ChosenAccount accountAt(const QComboBox* box, int row)
{
    return {box->itemData(row, RegistryRole).toString(), box->itemData(row, ProfileRole).toString(),
            box->itemData(row, UserRole).toString()};
}

ChosenAccount chosenAccount(const QComboBox* box)
{
    return accountAt(box, box->currentIndex());
}

void chooseAccount(QComboBox* box, const QString& profile)
{
    const QSignalBlocker quiet(box);
    if (const int row = box->findData(profile, ProfileRole); row >= 0)
        box->setCurrentIndex(row);
}

IdentityRule ruleToRemember(const IdentityQuestion& question, const QString& profile,
                            const IdentityChoice& usual)
{
    IdentityRule rule{.registry = question.registry, .path = question.repository.section(u'/', 0, 0)};
    if (usual.rule)
        rule = *usual.rule;
    rule.profile = profile;
    return rule;
}

void chooseNobody(QComboBox* box, const QString& registry)
{
    const QSignalBlocker quiet(box);
    for (int row = 0; row < box->count(); ++row) {
        const ChosenAccount account = accountAt(box, row);
        if (account.registry == registry && account.profile.isEmpty()) {
            box->setCurrentIndex(row);
            return;
        }
    }
    const int row = box->count();
    box->addItem(icon(u"registry"_s), AccountChoice::tr("%1 (not logged in)").arg(registry));
    box->setItemData(row, registry, RegistryRole);
    box->setItemData(row, QString(), ProfileRole);
    box->setCurrentIndex(row);
}

void dropNobody(QComboBox* box, const QString& registry)
{
    const QSignalBlocker quiet(box);
    int nobody = -1;
    bool hasOthers = false;
    for (int row = 0; row < box->count(); ++row) {
        const ChosenAccount account = accountAt(box, row);
        if (account.registry == registry && account.profile.isEmpty())
            nobody = row;
        else if (account.registry == registry)
            hasOthers = true;
    }
    if (nobody >= 0 && hasOthers)
        box->removeItem(nobody);
}

QString rememberText(const IdentityRule& rule)
{
    return AccountChoice::tr("Always use this account for %1").arg(rule.place());
}

QString reasonText(const IdentityChoice& choice)
{
    return choice.rule ? AccountChoice::tr("by the rule for %1").arg(choice.rule->place()) : QString();
}

QString proposedRepository(const std::optional<Reference>& name, const ChosenAccount& account)
{
    const QString& user = account.user;
    if (!name)
        return user.isEmpty() ? QString() : QString(user + u'/');
    const bool isLibrary = name->repository().startsWith("library/"_L1);
    if (name->registry() == account.registry && !isLibrary)
        return name->repository();
    const QString last = name->repository().section(u'/', -1);
    if (account.registry == "docker.io"_L1 && !user.isEmpty())
        return user + u'/' + last;
    return isLibrary || name->registry() == "docker.io"_L1 ? last : name->repository();
}

} // namespace Tagboat
