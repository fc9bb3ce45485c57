// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/authorizer.h"
#include "auth/profile.h"

#include <memory>

namespace Tagboat {

class Keychain;

//! Credentials of \a profile from \a keychain, asked for anew each time. An anonymous profile has none; one
//! with a user whose password is not there is Unauthorized, never silently anonymous. docker's user name
//! "<token>" marks an identity token.
[[nodiscard]] Authorizer::CredentialSource credentialSource(std::shared_ptr<Keychain> keychain,
                                                            Profile profile);

//! For those who know the secret already (a login that is still to be stored, tests).
[[nodiscard]] Authorizer::CredentialSource fixedCredential(Credential credential);

//! Anonymous.
[[nodiscard]] Authorizer::CredentialSource noCredential();

} // namespace Tagboat
