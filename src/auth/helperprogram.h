// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "base/task.h"

#include <QMap>
#include <QString>

#include <chrono>
#include <optional>

namespace Tagboat {

/*!
 * \brief One of docker's credential helpers, `docker-credential-SUFFIX`, as its client
 * (docker/docker-credential-helpers).
 *
 * The suffix comes out of files: only letters, digits, '_', '.' and '-' are taken, and no shell is involved.
 * A helper may ask somebody for a password of its own, so calls wait long, and can be stopped. Errors:
 * NotFound (no such program), Timeout, KeychainUnavailable (its own words, when it fails), Corrupt (an answer
 * that is none). Secrets go by its standard input and output alone. Engine thread.
 */
class HelperProgram
{
public:
    explicit HelperProgram(QString suffix) : m_suffix(std::move(suffix)) { }

    [[nodiscard]] const QString& suffix() const { return m_suffix; }
    //! How long a call may take; two minutes unless told.
    void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; }

    //! The login at \a server; nothing where it knows none.
    [[nodiscard]] Task<Result<std::optional<Credential>>> get(QString server, std::stop_token stop) const;
    //! User names by server.
    [[nodiscard]] Task<Result<QMap<QString, QString>>> list(std::stop_token stop) const;

private:
    QString m_suffix;
    std::chrono::milliseconds m_timeout{120'000};
};

} // namespace Tagboat
