// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/identity.h"
#include "auth/profile.h"
#include "base/result.h"

#include <QList>

#include <memory>
#include <optional>

namespace Tagboat {

/*!
 * \brief Profiles and registry settings in `profiles.ini` (QSettings INI) of the configuration folder.
 *
 * Thread-safe; every call sees what another process wrote (window and command line share the file). No secret
 * passes through here.
 */
class ProfileStore
{
public:
    explicit ProfileStore(const QString& configDirectory);
    ~ProfileStore();
    Q_DISABLE_COPY_MOVE(ProfileStore)

    [[nodiscard]] QList<Profile> profiles() const; //!< sorted by name
    [[nodiscard]] std::optional<Profile> profile(const QString& idOrName) const;
    //! The one to use for a registry: \a idOrName where given (must be of that registry: InvalidInput), else
    //! its default, else its only or first one, else nothing (anonymous).
    [[nodiscard]] Result<std::optional<Profile>> choose(const QString& registry,
                                                        const QString& idOrName = {}) const;
    //! The one to use for a repository: \a idOrName as above; else whom the deciding rule names; else the
    //! profile whose user the repository's namespace is called after; else as above.
    [[nodiscard]] Result<IdentityChoice> choose(const IdentityQuestion& question,
                                                const QString& idOrName = {}) const;
    //! From here on \a profile (an id) is who choose() finds where nobody is named: by the rule that decides,
    //! else by one for the repository, else as the registry's default.
    [[nodiscard]] Result<void> makeActor(const IdentityQuestion& question, const QString& profile);
    //! The profile of a user at a registry; a new one, with a name that is free, where there is none: save()
    //! keeps it.
    [[nodiscard]] Profile profileOf(const QString& registry, const QString& user) const;
    //! Adds (empty id: made here) or replaces; a name in use by another profile is Conflict, an empty
    //! registry InvalidInput. The first profile of a registry becomes its default.
    [[nodiscard]] Result<Profile> save(Profile profile);
    //! And the rules that name it.
    [[nodiscard]] Result<void> remove(const QString& id);
    void touch(const QString& id); //!< sets lastUsed to now

    [[nodiscard]] QList<IdentityRule> rules() const; //!< sorted by place
    //! Adds, or replaces the one about the same. InvalidInput where its profile is of another registry,
    //! NotFound where there is none.
    [[nodiscard]] Result<void> saveRule(const IdentityRule& rule);
    //! Replaces all rules that name \a profile by \a rules, each of which names it too.
    [[nodiscard]] Result<void> setRulesOf(const QString& profile, const QList<IdentityRule>& rules);
    //! NotFound where there is none about the same.
    [[nodiscard]] Result<void> removeRule(const IdentityRule& rule);

    [[nodiscard]] RegistrySettings settings(const QString& registry) const;
    //! InvalidInput where the proxy is none, or has a password in it.
    [[nodiscard]] Result<void> saveSettings(const QString& registry, const RegistrySettings& settings);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
