// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "base/error.h"

#include <QList>
#include <QUrl>

#include <optional>

namespace Tagboat {

//! What is known when a registry refuses. All parts may be empty.
struct RefusalFacts
{
    enum class Doing { Push, Pull, List, Remove, LogIn };
    Doing doing = Doing::Pull;
    QString registry = {};
    QString repository = {}; //!< "library/nginx"
    QString tag = {};
    QString user = {};                     //!< acting as; empty: nobody
    std::optional<RegistryType> type = {}; //!< as the account says; guessed from the name where empty
    QDateTime secretExpires = {};          //!< of the account, see Profile
    QList<Profile> accounts = {};          //!< all there are, whoever acts
    QDateTime now = QDateTime::currentDateTimeUtc();
};

/*!
 * \brief The likely cause of a refusal, beyond what its code says, and what would mend it.
 *
 * A value without words for the screen: window and command line say it each in their own.
 */
struct Diagnosis
{
    enum class Cause {
        Unknown,        //!< the code says all there is
        NotLoggedIn,    //!< nobody acts, and somebody has to
        LoginExpired,   //!< the token has ended
        TokenWanted,    //!< the registry takes a token in place of the password
        ClassicToken,   //!< GitHub takes classic tokens only
        ClockWrong,     //!< this computer's clock differs from the registry's
        Library,        //!< a name without an account, which only Docker's own images have
        Elsewhere,      //!< the repository is of another account or organisation: `owner`
        LoginReadsOnly, //!< the repository is one's own, yet the login may not write
        NoRepository,   //!< it has to be there before a push
        NoProject,      //!< the first part of the path has to be there before a push
        QuotaReached,
        RegistryReadsOnly, //!< maintenance, a mirror, a pull-through cache
        Policy,            //!< a rule of the registry's project forbids it (unsigned, vulnerable …)
    };
    Cause cause = Cause::Unknown;
    QString owner = {}; //!< first part of the repository
    //! Familiar name below the namespace of who acts: "alice/nginx:v1"; empty where that would not help.
    QString ownName = {};
    //! Another account of this registry that fits better: of the owner's name, or any where nobody acts.
    std::optional<Profile> better = {};
    bool canCreate = false; //!< createRepository() can make what is missing
    QUrl tokenPage = {};    //!< where a token with more rights is made
};

[[nodiscard]] Diagnosis diagnose(const Error& error, const RefusalFacts& facts);

//! Where the vendor has its users make tokens; empty where that is not known.
[[nodiscard]] QUrl tokenPageOf(RegistryType type, const QString& registry);

} // namespace Tagboat
