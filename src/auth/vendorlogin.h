// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/authorizer.h"
#include "auth/token.h"

#include <memory>

namespace Tagboat {

/*!
 * \brief What \a source gives for \a user at \a registry, made into what the vendor's registry itself takes.
 *
 * An access key of AWS becomes the login of 12 hours that Amazon ECR wants, an access token of Entra the
 * refresh token of an Azure registry; both are made anew when they end (Credential::validUntil). Everything
 * else, and every other registry, is left as it is.
 */
[[nodiscard]] Authorizer::CredentialSource vendorLogin(std::shared_ptr<HttpClient> http, QString registry,
                                                       const QString& user,
                                                       Authorizer::CredentialSource source, Clock clock = {});

//! Is this a secret of the kind that such a user has? InvalidInput where it cannot be one, so that it is told
//! at the form and not by a registry's "denied": Google's _json_key wants the whole key file.
[[nodiscard]] Result<void> checkSecret(const QString& registry, const Credential& credential);

//! When a secret that is entered at \a now ends, as far as it can be told from itself; invalid where that is
//! not known, or where it is renewed without anybody's doing.
[[nodiscard]] QDateTime secretExpiry(const QString& registry, const Credential& credential,
                                     const QDateTime& now);

} // namespace Tagboat
