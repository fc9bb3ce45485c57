// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"

#include <QList>

#include <optional>

namespace Tagboat {

//! What one wants of a repository, where different people may do different things.
enum class RepositoryUse { Pull, Push };

//! Somewhere a profile is needed: at a registry as such, or for a repository of it.
struct IdentityQuestion
{
    QString registry = {};   //!< as in references
    QString repository = {}; //!< full path there ("library/nginx"); empty: none in particular
    RepositoryUse use = RepositoryUse::Pull;
};

/*!
 * \brief Who acts where: "what is below team of registry.example.com is pushed by ci".
 *
 * Registry, path and use together are what a rule is known by: there is one answer to each question.
 */
struct IdentityRule
{
    enum class Use { Any, Pull, Push };

    QString registry = {};
    QString path =
        {}; //!< namespace or repository, and all below it: "team", "team/ui"; empty: the whole registry
    Use use = Use::Any;
    QString profile = {}; //!< id; empty: nobody, without a login

    [[nodiscard]] bool fits(const IdentityQuestion& question) const;
    //! The place in words that parse again: "registry.example.com/team".
    [[nodiscard]] QString place() const;
    [[nodiscard]] bool isAboutTheSame(const IdentityRule& other) const;
    friend bool operator==(const IdentityRule&, const IdentityRule&) = default;
};

[[nodiscard]] QLatin1StringView toString(IdentityRule::Use use); //!< "any", "pull", "push", as stored
[[nodiscard]] IdentityRule::Use identityUseFromString(QStringView text);

//! "registry.example.com/team/ui" as a rule's registry and path; "alice" and "alice/ui" are Docker Hub's, as
//! in references. InvalidInput where no repository could be there.
[[nodiscard]] Result<IdentityRule> ruleForPlace(QStringView text);

//! The rule that decides: of those that fit the one with the longest path, and of two with the same one the
//! one for just this use.
[[nodiscard]] std::optional<IdentityRule> decidingRule(const QList<IdentityRule>& rules,
                                                       const IdentityQuestion& question);

//! An answer to an IdentityQuestion, and how it was found.
struct IdentityChoice
{
    enum class Reason {
        Asked,     //!< somebody named the profile
        Rule,      //!< `rule`
        Namespace, //!< the repository's namespace is the user's name
        Default,   //!< the registry's default, only or first profile
        Nobody,    //!< there is none
    };

    std::optional<Profile> profile = {}; //!< nothing: anonymous
    Reason reason = Reason::Nobody;
    std::optional<IdentityRule> rule = {};
};

} // namespace Tagboat
