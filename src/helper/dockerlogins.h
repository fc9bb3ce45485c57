// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QMap>
#include <QString>

#include <functional>

class QSettings;

namespace Tagboat {

/*!
 * \brief What is docker's alone, in `docker.ini` of the configuration folder: keys that are no login of a
 * registry (ServerAddress::isKeyOnly) with their user names, and where docker has logged in and out. Secrets
 * are in the keychain, under keyOf().
 */
class DockerLogins
{
public:
    explicit DockerLogins(const QString& configDirectory);

    [[nodiscard]] QMap<QString, QString> users() const; //!< by address
    [[nodiscard]] Result<void> set(const QString& address, const QString& user);
    [[nodiscard]] Result<void> remove(const QString& address);

    //! Docker has ended its login at \a place ("registry[/path]"), and not begun another.
    [[nodiscard]] bool isLoggedOut(const QString& place) const;
    //! A login of docker's has made this profile (an id), rather than found it.
    [[nodiscard]] bool hasMade(const QString& profile) const;
    [[nodiscard]] Result<void> logIn(const QString& place, const QString& madeProfile);
    [[nodiscard]] Result<void> logOut(const QString& place, const QString& removedProfile);

    [[nodiscard]] static QString keyOf(const QString& address) { return QStringLiteral("docker ") + address; }

private:
    [[nodiscard]] QString value(QLatin1StringView group, const QString& key) const;
    [[nodiscard]] Result<void> change(const std::function<void(QSettings&)>& what);

    const QString m_path;
};

} // namespace Tagboat
