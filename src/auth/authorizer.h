// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/challenge.h"
#include "auth/credentialsource.h"
#include "base/task.h"
#include "net/httpclient.h"

#include <QDateTime>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <memory>

namespace Tagboat {

/*!
 * \brief Turns who one is and what one wants into the value of an Authorization header, for one registry.
 *
 * Learns from challenges: Basic, or Bearer with tokens from the realm (GET; POST for identity tokens;
 * anonymous without credentials). Tokens are cached by scope set, renewed before they expire, and asked for
 * once however many coroutines wait. What the token server gives in place of an identity token goes back to
 * the source. A credential that is refused is read again: another program, or the user, may have changed it;
 * one that has changed is tried at once. A realm that would carry the password to a place it does not belong
 * to (http for an https registry, private or loopback address unless it is the registry's own host) is
 * refused as Denied.
 *
 * Engine thread, held by shared_ptr.
 */
class Authorizer
{
public:
    using CredentialSource = Tagboat::CredentialSource;

    //! \a registryUrl is the API's base, e.g. https://registry-1.docker.io; credentials are read when first
    //! needed (and again after an error of the source, or a refusal). \a clock is for tests; the system's in
    //! UTC where empty.
    Authorizer(std::shared_ptr<HttpClient> http, QUrl registryUrl, CredentialSource credentials,
               std::function<QDateTime()> clock = {});
    ~Authorizer();
    Q_DISABLE_COPY_MOVE(Authorizer)

    //! Value for the Authorization header of a request that needs \a scopes
    //! ("repository:alice/ui:pull,push"); empty while no challenge has been seen (then the request goes
    //! without, and challenged() follows its 401).
    [[nodiscard]] Task<Result<QByteArray>> authorization(QStringList scopes, std::stop_token stop);
    //! A 401 came: learn from it and say whether another try with authorization() can help. \a
    //! usedAuthorization is what the refused request carried. To be asked once a request: a second 401 is
    //! final.
    [[nodiscard]] Task<Result<bool>> challenged(HttpResponse reply, QByteArray usedAuthorization,
                                                QStringList scopes, std::stop_token stop);
    //! Asks the source for the credential now, if that has not happened yet: is there one?
    [[nodiscard]] Task<Result<bool>> findCredential(std::stop_token stop);
    //! Drops tokens and the credential (logged in or out, secret changed).
    void forget();
    [[nodiscard]] bool hasCredential() const; //!< known only after the first use
    //! " (account alice)" for error messages, or nothing where nobody is known to ask.
    [[nodiscard]] QString accountNote() const;
    //! The token server has taken the credential: a registry that refuses its tokens knows who asks.
    [[nodiscard]] bool isCredentialAccepted() const;
    //! The registry has been found to answer at another address (https in place of http); everything learnt
    //! is dropped.
    void moveTo(const QUrl& registryUrl);

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace Tagboat
