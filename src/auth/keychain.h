// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/asyncsemaphore.h"
#include "base/task.h"

#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace Tagboat {

/*!
 * \brief Secrets of profiles, in the system keychain (QtKeychain, service "Tagboat") or, where none answers
 * and the user chose so, in this process's memory until it ends. Never in a file.
 *
 * Engine thread. Every call has a timeout, so that a hanging keychain blocks nothing else. Errors:
 * KeychainUnavailable (no service, locked, timed out).
 */
class Keychain
{
public:
    enum class State { Unknown, Available, Locked, Unavailable };

    Keychain();
    ~Keychain();
    Q_DISABLE_COPY_MOVE(Keychain)

    //! Writes, reads and removes a probe entry once; later calls give the remembered answer unless \a again.
    [[nodiscard]] Task<State> probe(bool again, std::stop_token stop);
    //! The secret, or nothing if there is none.
    [[nodiscard]] Task<Result<std::optional<QString>>> read(QString profileId, std::stop_token stop);
    [[nodiscard]] Task<Result<void>> write(QString profileId, QString secret, std::stop_token stop);
    [[nodiscard]] Task<Result<void>> remove(QString profileId, std::stop_token stop);
    //! Writes \a next where \a expected is stored, for this run or for good; false, with nothing done, where
    //! something else is by now, or nothing. Calls of this process do not come in between; a keychain knows
    //! no such step, so another process may, for as long as one write takes.
    [[nodiscard]] Task<Result<bool>> replace(QString profileId, QString expected, QString next,
                                             std::stop_token stop);

    //! One place for each secret: for those of this process who use one that is replaced by that.
    [[nodiscard]] AsyncSemaphore turnOf(const QString& profileId) const;

    //! Keeps a secret for this run only; read() finds it first.
    void keepForThisRun(const QString& profileId, const QString& secret);
    [[nodiscard]] bool isForThisRunOnly(const QString& profileId) const;
    //! How long a call may take; a minute unless told, since the keychain may have to ask for its own
    //! password.
    void setTimeout(std::chrono::milliseconds timeout);

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace Tagboat
