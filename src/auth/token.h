// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"
#include "auth/scope.h"
#include "base/task.h"
#include "net/httpclient.h"

#include <QDateTime>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace Tagboat {

//! A bearer token of a token server.
struct Token
{
    QByteArray value;
    ScopeSet scopes; //!< what was asked for; what was granted is the server's secret
    QDateTime obtained;
    QDateTime expires;
    QString refreshToken; //!< a new identity token in place of the one used; mostly empty

    //! Still good for a request that starts at \a now; renewed a little early, since requests take time.
    [[nodiscard]] bool isUsable(const QDateTime& now) const { return now.addSecs(5) < expires; }
};

//! What is asked of a token server.
struct TokenRequest
{
    QUrl realm;
    QString service; //!< empty: the challenge named none
    ScopeSet scopes;
    std::optional<Credential> credential = {}; //!< nothing: anonymous
    //! Who sent us there; decides where a redirect may lead, and whose CA certificates and permission of
    //! plain HTTP hold at the realm.
    QUrl registry;
};

using Clock = std::function<QDateTime()>;

/*!
 * \brief Asks for a token: GET with Basic (distribution docs "token.md"), or POST with a refresh token where
 * the credential is an identity token ("oauth.md"). A server that knows no GET gets the password by POST.
 *
 * Redirects are followed only to where the password may go, and never carry it to another host; those of a
 * POST are not. A refusal is Unauthorized with the server's own words and the account; RateLimited, Network
 * (5xx) and Corrupt (no token in the reply) otherwise.
 */
[[nodiscard]] Task<Result<Token>> fetchToken(std::shared_ptr<HttpClient> http, TokenRequest request,
                                             Clock clock, std::stop_token stop);

//! " (account alice)": whom a refusal is about.
[[nodiscard]] QString accountNote(const Credential& credential);

//! Value of an Authorization header of the scheme Basic.
[[nodiscard]] QByteArray basicAuthorization(const Credential& credential);

} // namespace Tagboat
