// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QString>

namespace Tagboat {

/*!
 * \brief What docker and podman call a login by: "https://index.docker.io/v1/", "registry.example.com:5000",
 * "https://host/v1/", and of podman also "quay.io/team".
 */
struct ServerAddress
{
    QString text = {};     //!< as it was given
    QString registry = {}; //!< as in references: "docker.io"
    QString path = {};     //!< namespace or repository there; mostly empty
    //! Newer docker clients keep more than a password beside a login ("https://index.docker.io/v1/
    //! access-token"): not a place, only a key.
    bool isKeyOnly = false;

    //! \a text without a password that somebody may have put in front of the host.
    [[nodiscard]] static QString shown(const QString& text);
    //! InvalidInput where it names no registry.
    [[nodiscard]] static Result<ServerAddress> parse(const QString& text);
};

//! By what docker looks up the login of a registry.
[[nodiscard]] QString dockerAddressOf(const QString& registry);

} // namespace Tagboat
