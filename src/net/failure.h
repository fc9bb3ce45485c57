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
//! Names what somebody needs who is to decide whether to trust it: host, reason, issuer, SHA-256 fingerprint.
[[nodiscard]] Error certificateFailure(const QString& host, const QList<QSslError>& errors,
                                       const QSslCertificate& peer);

} // namespace Tagboat
