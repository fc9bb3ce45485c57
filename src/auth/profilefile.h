// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/identity.h"
#include "auth/profile.h"
#include "base/result.h"

#include <QHash>
#include <QList>
#include <QMutex>

#include <functional>
#include <memory>
#include <optional>
#include <sys/stat.h>

class QSettings;

namespace Tagboat {

/*!
 * \brief `profiles.ini` as a file: read where it has changed, replaced as a whole, never lost where it is
 * damaged.
 *
 * What its entries mean to each other is ProfileStore's. Thread-safe; other processes read and write it, too.
 */
class ProfileFile
{
public:
    explicit ProfileFile(const QString& directory);

    [[nodiscard]] QList<Profile> profiles();   //!< sorted by name
    [[nodiscard]] QList<IdentityRule> rules(); //!< sorted by place
    [[nodiscard]] RegistrySettings registry(const QString& name);

    /*!
     * \brief Lets \a what change the settings, which are those of the file as it is now, as one step for all
     * processes; where it fails nothing is changed.
     *
     * The new version is written beside the file and put in its place. QSettings could write the file itself,
     * but then a write that fails stays in the memory of this process, is shown as if it were there, and
     * happens at some later time.
     */
    [[nodiscard]] Result<void> change(const std::function<Result<void>(QSettings&)>& what);

    [[nodiscard]] static QList<Profile> readProfiles(QSettings& settings); //!< sorted by name
    static void writeProfile(QSettings& settings, const Profile& profile);
    static void removeProfile(QSettings& settings, const QString& id);
    [[nodiscard]] static QList<IdentityRule> readRules(QSettings& settings); //!< sorted by place
    static void writeRule(QSettings& settings, const IdentityRule& rule);
    static void removeRule(QSettings& settings, const IdentityRule& rule); //!< of the same place and use
    //! Away with what is of the registry \a name, and \a values in its place unless they are the usual ones.
    static void writeRegistry(QSettings& settings, const QString& name, const RegistrySettings& values);

private:
    //! Tells one version of a file from another; each is a file of its own, see replaceBy().
    struct Version
    {
        ino_t number = 0;
        off_t size = -1; //!< -1: there is none
        timespec changed = {};

        static Version of(const QString& path);
        friend bool operator==(const Version& a, const Version& b)
        {
            return a.number == b.number && a.size == b.size && a.changed.tv_sec == b.changed.tv_sec
                && a.changed.tv_nsec == b.changed.tv_nsec;
        }
    };
    struct Contents
    {
        Version version;
        QList<Profile> profiles;
        QList<IdentityRule> rules;
        QHash<QString, RegistrySettings> registries; //!< by what stands for their names there
    };

    [[nodiscard]] std::unique_ptr<QSettings> openForReading() const;
    [[nodiscard]] const Contents& contents();
    [[nodiscard]] Result<void> keepDamaged() const;
    [[nodiscard]] Result<void> replaceBy(const QString& draft) const;

    const QString m_directory, m_path, m_lockPath;
    QMutex m_mutex;
    std::optional<Contents> m_read;
};

} // namespace Tagboat
