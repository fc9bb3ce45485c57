// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"

#include <QDateTime>
#include <QStringList>

namespace Tagboat {

//! What a certificate says of itself; free to copy between threads.
struct CertificateFacts
{
    QString subject;          //!< "CN=registry.example, O=Example"
    QStringList names = {};   //!< host names and addresses it is for; of old ones the common name
    QString issuer = {};      //!< as `subject`
    QDateTime validFrom = {}; //!< with validUntil: what lies between
    QDateTime validUntil = {};
    QByteArray sha256 = {}; //!< fingerprint, 32 bytes
    friend bool operator==(const CertificateFacts&, const CertificateFacts&) = default;
};

//! What a server shows of itself before anything is said to it.
struct ServerCertificate
{
    QList<CertificateFacts> chain = {}; //!< its own first; never empty
    Error::Faults faults = {};          //!< what is wrong with it, as far as there is a word for it
    bool isTrusted = false;             //!< nothing is, or it is the one that was pinned
};

/*!
 * \brief The certificate of the server at \a url, as somebody is to see it who is to decide about trust.
 *
 * Connects as \a policy says and makes a TLS handshake, no more: no HTTP is spoken, no certificate of ours
 * shown, and the line closed. Judged by the certificates that \a policy trusts and the one it pins. Errors
 * are those of HttpClient, but never about the certificate itself: PlainHttpServer where TLS is not spoken at
 * all.
 */
[[nodiscard]] Task<Result<ServerCertificate>> fetchServerCertificate(QUrl url, HostPolicy policy,
                                                                     std::stop_token stop);

} // namespace Tagboat
