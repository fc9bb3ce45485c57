// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/serveraddress.h"
#include "base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Tagboat {

//! A login that docker or podman keeps in a file, or has a helper keep.
struct DockerLogin
{
    ServerAddress address = {};
    QString user = {};   //!< empty where only the helper knows
    QString secret = {}; //!< empty where a helper keeps it
    bool isIdentityToken = false;
    QString helper =
        {}; //!< suffix of the one who knows the secret; empty: it stands in the file, for all to read

    [[nodiscard]] bool isClearText() const { return helper.isEmpty(); }
};

/*!
 * \brief What `config.json` of docker and `auth.json` of podman say about logins (docker/cli "config",
 * containers-auth.json(5)).
 *
 * One entry that cannot be read takes nothing from the others.
 */
struct DockerConfig
{
    QString path;
    QList<DockerLogin> logins = {}; //!< in the file, or named there with a helper
    QString store = {};             //!< `credsStore`: a helper that has logins of its own; mostly empty
    QStringList unread = {};        //!< "ADDRESS: what is wrong with it"

    [[nodiscard]] bool hasClearText() const;
};

//! The files of both that there are, the user's own first.
[[nodiscard]] QStringList dockerConfigFiles();
//! NotFound, Io, Corrupt (no JSON object), InvalidInput (larger than any such file).
[[nodiscard]] Result<DockerConfig> readDockerConfig(const QString& path);

/*!
 * \brief Takes the secrets of \a addresses (keys of `auths`) out of the file, and all else stays; where \a
 * helper is given, it is asked for them from then on.
 *
 * It becomes the helper of these registries, and of docker's whole file where no other secret is in there and
 * no other helper is chosen: then later logins are kept by it, too. The file is replaced as a whole and
 * private to its owner; where it is a link, the file behind it. There is no copy of it as it was: that would
 * keep what is to go.
 */
[[nodiscard]] Result<void> scrubDockerConfig(const QString& path, const QStringList& addresses,
                                             const QString& helper = {});

} // namespace Tagboat
