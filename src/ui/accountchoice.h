// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/identity.h"
#include "oci/reference.h"

#include <QList>
#include <QString>

#include <optional>

class QComboBox;

// Whom an image is pushed as, and what it is called there: for the boxes of the push dialog.
namespace Tagboat {

//! What the rows of such a box hold: strings.
enum AccountRole : int { RegistryRole = Qt::UserRole, ProfileRole, UserRole };

struct ChosenAccount
{
    QString registry; //!< empty: there is no account to choose
    QString profile;  //!< id; empty: nobody has an account there
    QString user;     //!< empty: anonymous
};

//! Puts all accounts into \a box, and \a chooseRegistry where nobody has one there. \a chooseId is chosen, or
//! else the default account of \a chooseRegistry. Emits nothing.
void fillAccounts(QComboBox* box, const QList<Profile>& profiles, const QString& chooseId,
                  const QString& chooseRegistry);
[[nodiscard]] ChosenAccount chosenAccount(const QComboBox* box);
[[nodiscard]] ChosenAccount accountAt(const QComboBox* box, int row);
//! Chooses this account, which is left as it is where it is not among them. Emits nothing.
void chooseAccount(QComboBox* box, const QString& profile);
//! The rule that makes \a profile the usual choice in place of \a usual: the one that decided, or a new one
//! for the namespace, or the repository where it has none.
[[nodiscard]] IdentityRule ruleToRemember(const IdentityQuestion& question, const QString& profile,
                                          const IdentityChoice& usual);
//! For an account that rules say is nobody: a row without a profile.
void chooseNobody(QComboBox* box, const QString& registry);
//! Away with that row, where somebody has an account there: nobody acts only where a rule says so.
void dropNobody(QComboBox* box, const QString& registry);
//! "Always use this account for ghcr.io/team": for the box that offers such a rule.
[[nodiscard]] QString rememberText(const IdentityRule& rule);
//! "rule for ghcr.io/team", or nothing where no rule decided.
[[nodiscard]] QString reasonText(const IdentityChoice& choice);
//! "gallery/ui" of "registry.local:5000/gallery/ui:2.1"; the last part where the account's namespace differs.
[[nodiscard]] QString proposedRepository(const std::optional<Reference>& name, const ChosenAccount& account);

} // namespace Tagboat
