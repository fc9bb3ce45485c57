// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/dockerconfig.h"
#include "auth/profilestore.h"
#include "base/task.h"

#include <QList>

#include <memory>
#include <optional>

namespace Tagboat {

class Session;

//! A login of docker or podman that can be taken over, or why it cannot.
struct FoundLogin
{
    QString file = {};
    DockerLogin login = {};
    //! Where else the very same stands: file and key of its `auths`.
    QList<std::pair<QString, QString>> alsoAt = {};
    //! The profile that has this user already; its secret would be renewed.
    std::optional<Profile> known = {};
    std::optional<Error> error = {}; //!< it, or the whole file, cannot be read; there is nothing to take over

    [[nodiscard]] bool isUsable() const { return !error; }
};

//! What \a files (all that there are where empty) and the helpers they name know, each login once. An error
//! of one takes nothing from the others. Nothing is changed.
[[nodiscard]] Task<Result<QList<FoundLogin>>> findLogins(std::shared_ptr<Session> session, QStringList files,
                                                         std::stop_token stop);

//! What became of one.
struct TakenLogin
{
    FoundLogin found;
    std::optional<Profile> profile = {}; //!< made, or renewed
    std::optional<Error> error = {};     //!< or why not
    bool isLeftInFile = false;           //!< scrubLogins() had to leave its secret where it is
};

/*!
 * \brief Makes a profile of each of \a found that is usable, or renews the one there is, with its secret in
 * the keychain; of a part of a registry, with a rule for that part. Nothing is tried out.
 *
 * One that cannot be had takes nothing from the others: Unauthorized where its helper has no secret any more.
 * KeychainUnavailable as a whole where no secret can be kept.
 */
[[nodiscard]] Task<Result<QList<TakenLogin>>> takeOverLogins(std::shared_ptr<Session> session,
                                                             QList<FoundLogin> found, bool keepForThisRun,
                                                             std::stop_token stop);

/*!
 * \brief Takes the secrets of \a taken out of their files, and makes Tagboat the one who is asked for them
 * there; marks those that had to stay.
 *
 * Left as it is what docker or podman would lose by that: a login of a part of a registry, which helpers do
 * not know, one beside such a part, and one that somebody else acts for in Tagboat. NotFound where docker
 * would not find docker-credential-tagboat: then nothing is changed.
 */
[[nodiscard]] Result<void> scrubLogins(const ProfileStore& profiles, QList<TakenLogin>& taken);
//! Docker would find the helper that scrubLogins() needs.
[[nodiscard]] bool canScrubLogins();

} // namespace Tagboat
