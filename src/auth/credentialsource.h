// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "base/asyncsemaphore.h"
#include "base/task.h"

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace Tagboat {

class Keychain;

/*!
 * \brief Where a credential comes from; and where one goes that the token server gives in its place.
 *
 * A server may answer an identity token with another that is to be used from then on, the old one being good
 * for nothing (distribution docs "oauth.md"). Whatever reads a credential makes a source; most have no place
 * for a new one, which is then known to the Authorizer alone. Engine thread.
 */
struct CredentialSource
{
    using Answer = Result<std::optional<Credential>>;
    //! Nothing: anonymous.
    using Read = std::function<Task<Answer>(std::stop_token stop)>;
    //! Puts the secret \a next in place of \a used, and nothing else: somebody may have saved another
    //! meanwhile. True where read() gives it from now on; what goes wrong is the source's to tell. Cannot be
    //! stopped, since the token server has made the change already.
    using Replace = std::function<Task<bool>(QString used, QString next)>;

    CredentialSource() = default;
    template<typename Reader>
        requires(!std::same_as<std::remove_cvref_t<Reader>, CredentialSource>
                 && std::is_invocable_r_v<Task<Answer>, Reader&, std::stop_token>)
    CredentialSource(Reader reader, Replace replacing = {})
        : read(std::move(reader)), replace(std::move(replacing))
    { }

    [[nodiscard]] Task<Answer> operator()(std::stop_token stop) const { return read(std::move(stop)); }

    Read read = {};
    Replace replace = {};
    //! For who uses an identity token, which may be good for one request only, until its replacement is back.
    //! Sources of the same secret have the same.
    AsyncSemaphore turn{1};
};

//! Credentials of \a profile from \a keychain, asked for anew each time. An anonymous profile has none; one
//! with a user whose password is not there is Unauthorized, never silently anonymous. docker's user name
//! "<token>" marks an identity token; a new one is written where the old one was, unless somebody has saved
//! another meanwhile. That it cannot be written is a line of the log.
[[nodiscard]] CredentialSource credentialSource(std::shared_ptr<Keychain> keychain, Profile profile);

//! For those who know the secret already (a login that is still to be stored, tests).
[[nodiscard]] CredentialSource fixedCredential(Credential credential, CredentialSource::Replace replace = {});

//! Anonymous.
[[nodiscard]] CredentialSource noCredential();

} // namespace Tagboat
