// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/error.h"

#include <QAbstractSocket>
#include <QLocalSocket>
#include <QNetworkReply>
#include <QSslError>

namespace Tagboat {

//! True for what kept a response from arriving or from being complete; an HTTP status is none.
[[nodiscard]] bool isTransportError(QNetworkReply::NetworkError error);
[[nodiscard]] Error replyFailure(QNetworkReply::NetworkError error, const QString& words);
[[nodiscard]] Error socketFailure(QAbstractSocket::SocketError error, const QString& words);
[[nodiscard]] Error localSocketFailure(QLocalSocket::LocalSocketError error, const QString& path,
                                       const QString& words);
//! Not the certificate that was trusted alone.
[[nodiscard]] Error pinFailure(const QString& host, const QSslCertificate& peer);
//! What a server says, in \a words of the TLS library, that wants to see a certificate of ours.
[[nodiscard]] bool wantsClientCertificate(const QString& words);
[[nodiscard]] Error clientCertificateFailure(const QString& host, bool hasOne);
//! What the errors of a handshake say about the certificate, as far as there is a word for it.
[[nodiscard]] Error::Faults faultsOf(const QList<QSslError>& errors);
//! Names what somebody needs who is to decide whether to trust it: host, reason, issuer, SHA-256 fingerprint.
[[nodiscard]] Error certificateFailure(const QString& host, const QList<QSslError>& errors,
                                       const QSslCertificate& peer);

} // namespace Tagboat
