// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/awssignature.h"
#include "auth/profile.h"
#include "auth/token.h"
#include "base/task.h"

#include <memory>
#include <optional>

namespace Tagboat {

//! A registry of Amazon ECR, as its name tells it (AWS docs "Amazon ECR registries"): where its API is.
struct EcrRegistry
{
    QString registry; //!< as in references
    QString account;  //!< 12 digits; empty for public.ecr.aws
    QString region;
    QString apiHost; //!< "api.ecr.eu-west-1.amazonaws.com"

    [[nodiscard]] bool isPublic() const { return account.isEmpty(); }
    //! "123456789012.dkr.ecr.eu-west-1.amazonaws.com" (also -fips, .com.cn and dkr-ecr….on.aws) or
    //! "public.ecr.aws"; nothing for all others.
    [[nodiscard]] static std::optional<EcrRegistry> fromName(const QString& registry);
};

//! \a user is the ID of an access key ("AKIA…", "ASIA…" for a temporary one), not the user AWS of a login
//! that somebody fetched.
[[nodiscard]] bool isAwsAccessKeyId(QStringView user);
//! \a secret is the key's secret; that of a temporary one is followed by a blank or line break and its
//! session token.
[[nodiscard]] AwsKey awsKey(const Credential& credential);

/*!
 * \brief The login that docker would use, from an access key: user AWS and a password of 12 hours
 * (AWS API "GetAuthorizationToken"), with the time it ends.
 *
 * Errors: Unauthorized (key unknown or wrong, clock wrong), Denied (the key's policy does not allow it),
 * RateLimited, Network, Corrupt. Engine thread.
 */
[[nodiscard]] Task<Result<Credential>> fetchEcrLogin(std::shared_ptr<HttpClient> http, EcrRegistry registry,
                                                     AwsKey key, Clock clock, std::stop_token stop);

//! Makes \a repository (AWS API "CreateRepository"), which ECR wants to be there before a push. Fine where it
//! is there already.
[[nodiscard]] Task<Result<void>> createEcrRepository(std::shared_ptr<HttpClient> http, EcrRegistry registry,
                                                     AwsKey key, QString repository, Clock clock,
                                                     std::stop_token stop);

} // namespace Tagboat
