// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "auth/token.h"
#include "base/task.h"

#include <memory>

namespace Tagboat {

//! The user name that says "the password is a token of this registry's" (Azure/acr docs "AAD-OAuth.md").
inline constexpr QLatin1StringView AcrTokenUser("00000000-0000-0000-0000-000000000000");

//! A registry of Azure ("name.azurecr.io", and its national clouds).
[[nodiscard]] bool isAcr(const QString& registry);
//! \a secret is a refresh token that \a registry itself has made, not one of Entra that is to be exchanged.
[[nodiscard]] bool isAcrRefreshToken(const QString& registry, const QString& secret);

/*!
 * \brief An access token of Entra for the registry's own refresh token (Azure/acr docs "AAD-OAuth.md",
 * "/oauth2/exchange"): an identity token for Authorizer, with the time it ends.
 *
 * The token goes to the registry alone, by https. Errors: Unauthorized with the registry's words, Network,
 * Corrupt. Engine thread.
 */
[[nodiscard]] Task<Result<Credential>> fetchAcrLogin(std::shared_ptr<HttpClient> http, QString registry,
                                                     QString accessToken, Clock clock, std::stop_token stop);

} // namespace Tagboat
