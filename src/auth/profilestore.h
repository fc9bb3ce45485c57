// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

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
    //! Adds (empty id: made here) or replaces; a name in use by another profile is Conflict, an empty
    //! registry InvalidInput. The first profile of a registry becomes its default.
    [[nodiscard]] Result<Profile> save(Profile profile);
    [[nodiscard]] Result<void> remove(const QString& id);
    void touch(const QString& id); //!< sets lastUsed to now

    [[nodiscard]] RegistrySettings settings(const QString& registry) const;
    [[nodiscard]] Result<void> saveSettings(const QString& registry, const RegistrySettings& settings);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
