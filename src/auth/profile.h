// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QString>

namespace Tagboat {

//! What kind of registry an account is for; decides the few fields and the help text of its form, never the
//! protocol.
enum class RegistryType { DockerHub, SelfHosted, Harbor, GitHub, Amazon, Azure, Google, Quay, GitLab, Other };

[[nodiscard]] QLatin1StringView toString(RegistryType type); //!< "dockerhub", … as stored
[[nodiscard]] RegistryType registryTypeFromString(QStringView text);
//! From the host: "docker.io" → DockerHub, "ghcr.io" → GitHub, "*.dkr.ecr.*.amazonaws.com" → Amazon, …
[[nodiscard]] RegistryType guessRegistryType(QStringView registry);

//! What a person types or pastes as a registry ("https://Registry.example.com/",
//! "https://index.docker.io/v1/") as it stands in references ("docker.io"); InvalidInput where no reference
//! could name it.
[[nodiscard]] Result<QString> normalizedRegistry(QStringView text);

/*!
 * \brief A login profile: who one is at a registry. Holds no secret; that is in the keychain under `id`.
 */
struct Profile
{
    QString id;       //!< UUID without braces, never changes
    QString name;     //!< what lists show; unique
    QString registry; //!< host[:port] as in references: "docker.io", "localhost:5000"
    QString user;     //!< empty: anonymous (a registry without login)
    RegistryType type = RegistryType::Other;
    bool isDefault = false; //!< used where a reference's registry matches and nothing else was chosen
    QDateTime lastUsed;
    //! When its secret ends, where that is known and nobody but the person can renew it; invalid otherwise.
    QDateTime secretExpires = {};

    [[nodiscard]] bool isAnonymous() const { return user.isEmpty(); }
    friend bool operator==(const Profile&, const Profile&) = default;
};

//! How a registry is to be spoken to, whoever asks. Kept per host[:port].
struct RegistrySettings
{
    bool plainHttp = false;       //!< by the user's choice; loopback needs none
    QString caFile;               //!< PEM, trusted in addition to the system's
    QString connectTo;            //!< "address[:port]" in place of the name's address
    QString certificateFile = {}; //!< PEM, shown to a registry that asks who we are
    QString keyFile = {};         //!< PEM, of certificateFile; empty: in the same file
    //! SHA-256, 64 hex digits, of the one certificate that is accepted of it.
    QString pinnedSha256 = {};
    QString proxy = {}; //!< empty: as the environment says; "none"; or a URL
    friend bool operator==(const RegistrySettings&, const RegistrySettings&) = default;
};

//! What is sent to prove who one is.
struct Credential
{
    QString user;
    QString secret;
    bool isIdentityToken = false; //!< `secret` is a refresh token (docker's `identitytoken`)
    //! Good until then, when the source gives a new one; invalid: not known to end.
    QDateTime validUntil = {};
};

//! What \a user proves to be by \a secret. docker's user name "<token>" marks an identity token.
[[nodiscard]] Credential credentialOf(const QString& user, const QString& secret);

} // namespace Tagboat
