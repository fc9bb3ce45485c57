// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QMap>
#include <QString>

namespace Tagboat {

/*!
 * \brief What docker keeps here that is no login of a registry (ServerAddress::isKeyOnly): its keys and their
 * user names, in `docker.ini` of the configuration folder. Secrets are in the keychain, under keyOf().
 */
class DockerLogins
{
public:
    explicit DockerLogins(const QString& configDirectory);

    [[nodiscard]] QMap<QString, QString> users() const; //!< by address
    [[nodiscard]] Result<void> set(const QString& address, const QString& user);
    [[nodiscard]] Result<void> remove(const QString& address);

    [[nodiscard]] static QString keyOf(const QString& address) { return QStringLiteral("docker ") + address; }

private:
    const QString m_path;
};

} // namespace Tagboat
