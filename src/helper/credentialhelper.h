// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/keychain.h"
#include "auth/profilestore.h"
#include "net/httpclient.h"

#include <memory>

namespace Tagboat {

//! How the program ends, and what it prints: errors too, since docker reads them there.
struct HelperReply
{
    int exitCode = 0;
    QByteArray out;
};

//! What a credential helper works on.
struct HelperPlaces
{
    QString configDirectory;
    std::shared_ptr<ProfileStore> profiles;
    std::shared_ptr<Keychain> keychain;
    //! For logins that a vendor makes for a time; null: they are given as they are kept.
    std::shared_ptr<HttpClient> http = {};
};

/*!
 * \brief One call of docker's protocol of credential helpers (docker/docker-credential-helpers): \a action is
 * get, store, erase, list or version, \a input what came on standard input.
 *
 * Logins are Tagboat's profiles. get answers with whoever acts at the registry; store renews the profile of
 * that user, or makes one, and lets it act there, since the next get is to find it; erase removes what store
 * had made, and after it get finds nobody there until the next store; list tells one login a registry. Engine
 * thread.
 */
[[nodiscard]] Task<HelperReply> answerHelper(QString action, QByteArray input, HelperPlaces places,
                                             std::stop_token stop);

} // namespace Tagboat
