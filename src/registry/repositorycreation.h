// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/authorizer.h"
#include "auth/profile.h"

#include <QUrl>

#include <memory>

namespace Tagboat {

//! Where a repository has to be there before a push, and a call of the vendor's makes it: Amazon ECR with an
//! access key (its repository), Harbor (its project).
[[nodiscard]] bool canCreateRepository(const Profile& profile);

/*!
 * \brief Makes \a repository, or what has to be there for it: at Harbor a private project of the first part
 * of its path (API v2.0 "POST /projects"), at ECR the whole (API "CreateRepository").
 *
 * \a apiBase is where the registry answers, \a source gives the credential as it is kept. What is there
 * already is fine. Errors: Unsupported (no such call), Unauthorized, Denied, Network. Engine thread.
 */
[[nodiscard]] Task<Result<void>> createRepository(std::shared_ptr<HttpClient> http, QUrl apiBase,
                                                  Profile profile, QString repository,
                                                  Authorizer::CredentialSource source, std::stop_token stop);

} // namespace Tagboat
