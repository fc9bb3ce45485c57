// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/credentialsource.h"
#include "auth/singleflight.h"
#include "auth/token.h"

#include <memory>
#include <optional>

namespace Tagboat {

/*!
 * \brief A credential in use: read from its source when first needed, put in order when the token server
 * replaces or refuses it.
 *
 * Coroutines are static and take it by shared_ptr. One thread.
 */
class HeldCredential
{
public:
    using Ptr = std::shared_ptr<HeldCredential>;
    using Found = std::optional<Credential>; //!< nothing: anonymous, or nothing new

    HeldCredential(CredentialSource source, Clock clock)
        : m_source(std::move(source)), m_clock(std::move(clock))
    { }

    //! As the source gives it, asked for once; again after forget(), doubt() and errors of the source, and
    //! shortly before it ends (Credential::validUntil).
    [[nodiscard]] static Task<CredentialSource::Answer> load(Ptr self, std::stop_token stop);
    //! \a known is about to be used up: who holds this permit does so, and gives what comes for it to
    //! replace(), before another does. What is to be used in its place by now goes to \a newest.
    [[nodiscard]] static Task<Result<AsyncSemaphore::Permit>>
    turn(Ptr self, Credential known, std::shared_ptr<Credential> newest, std::stop_token stop);
    //! After \a refused was: what is to be tried in its place.
    [[nodiscard]] static Task<Found> changed(Ptr self, Credential refused, std::stop_token stop);
    //! The token server takes \a next from now on, and \a used no more. Also to be called where the login has
    //! changed meanwhile: the source decides whether it still has that one.
    [[nodiscard]] static Task<void> replace(Ptr self, QString used, QString next);

    //! The last that was read or replaced.
    [[nodiscard]] const Found& last() const { return m_credential; }
    void forget();
    //! It was refused: a later try shall not begin with what is known to be wrong, accounts get locked by
    //! that.
    void doubt() { m_isKnown = false; }

private:
    [[nodiscard]] static Task<CredentialSource::Answer> ask(Ptr self, std::stop_token stop);
    [[nodiscard]] static Task<Found> readAgain(Ptr self, Credential known, std::stop_token stop);
    void take(const Found& found);
    [[nodiscard]] bool isLast(const Credential& credential) const;
    [[nodiscard]] bool isGood() const;

    CredentialSource m_source;
    Clock m_clock;
    Found m_credential;
    QDateTime m_since; //!< when it was read
    QString m_lent;    //!< the secret that the source has, as far as is known; the credential's may be newer
    bool m_isKnown = false;
    int m_generation = 0; //!< raised by forget(): what was on its way then is not kept
    SingleFlight<Found> m_flights;
};

} // namespace Tagboat
