// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/failure.h"

#include <QCryptographicHash>
#include <QSslCertificate>

using namespace Qt::StringLiterals;

namespace Tagboat {

bool isTransportError(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::NoError:
    case QNetworkReply::ProtocolInvalidOperationError: // what Qt makes of HTTP 400
        return false;
    case QNetworkReply::ContentReSendError:
        return true;
    default:
        break;
    }
    const bool isClientError =
        error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError;
    const bool isServerError =
        error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError;
    return !isClientError && !isServerError;
}

Error replyFailure(QNetworkReply::NetworkError error, const QString& words)
{
    switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
        return Error::make(Error::Code::Tls, {}, words);
    case QNetworkReply::HostNotFoundError:
        return Error::make(Error::Code::Network, {}, words).with(Error::Fault::HostNotFound);
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
        return Error::make(Error::Code::Timeout, {}, words);
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
        return Error::make(Error::Code::Corrupt, {}, u"this is no proper HTTP: "_s + words);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return Error::make(Error::Code::Network, {}, u"proxy: "_s + words);
    default:
        return Error::make(Error::Code::Network, {}, words);
    }
}

Error socketFailure(QAbstractSocket::SocketError error, const QString& words)
{
    switch (error) {
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return Error::make(Error::Code::Tls, {}, words);
    case QAbstractSocket::HostNotFoundError:
        return Error::make(Error::Code::Network, {}, words).with(Error::Fault::HostNotFound);
    case QAbstractSocket::SocketTimeoutError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return Error::make(Error::Code::Timeout, {}, words);
    default:
        return Error::make(Error::Code::Network, {}, words);
    }
}

Error localSocketFailure(QLocalSocket::LocalSocketError error, const QString& path, const QString& words)
{
    const auto code = error == QLocalSocket::SocketTimeoutError ? Error::Code::Timeout : Error::Code::Network;
    return Error::make(code, {}, path + u": "_s + words);
}

namespace {

QString fingerprintText(const QSslCertificate& peer)
{
    return QString::fromLatin1(peer.digest(QCryptographicHash::Sha256).toHex(':')).toUpper();
}

} // namespace

Error pinFailure(const QString& host, const QSslCertificate& peer)
{
    return Error::make(
               Error::Code::Tls, {},
               u"%1 shows another certificate than the one that was trusted; issued by \"%2\"; SHA-256 %3"_s
                   .arg(host, peer.issuerDisplayName(), fingerprintText(peer)))
        .with(Error::Fault::PinBroken);
}

bool wantsClientCertificate(const QString& words)
{
    // "Unknown CA" is that of our certificate: the other way round it would be we who said it.
    return words.contains("alert certificate required"_L1) || words.contains("alert bad certificate"_L1)
        || words.contains("alert unknown ca"_L1);
}

Error clientCertificateFailure(const QString& host, bool hasOne)
{
    return Error::make(Error::Code::Tls, {},
                       hasOne ? u"%1 does not accept the client certificate"_s.arg(host)
                              : u"%1 wants a client certificate, and there is none for it"_s.arg(host))
        .with(hasOne ? Error::Fault::ClientCertificateRefused : Error::Fault::ClientCertificateMissing);
}

Error::Faults faultsOf(const QList<QSslError>& errors)
{
    Error::Faults faults;
    for (const QSslError& error : errors) {
        switch (error.error()) {
        case QSslError::SelfSignedCertificate:
            faults |= Error::Fault::SelfSigned;
            break;
        case QSslError::SelfSignedCertificateInChain: // the root of somebody's own
        case QSslError::UnableToGetIssuerCertificate:
        case QSslError::UnableToGetLocalIssuerCertificate:
        case QSslError::UnableToVerifyFirstCertificate:
        case QSslError::CertificateUntrusted:
            faults |= Error::Fault::UnknownIssuer;
            break;
        case QSslError::HostNameMismatch:
            faults |= Error::Fault::WrongName;
            break;
        case QSslError::CertificateExpired:
            faults |= Error::Fault::Expired;
            break;
        case QSslError::CertificateNotYetValid:
            faults |= Error::Fault::NotYetValid;
            break;
        case QSslError::CertificateRevoked:
        case QSslError::CertificateBlacklisted:
            faults |= Error::Fault::Revoked;
            break;
        default:
            break;
        }
    }
    return faults;
}

Error certificateFailure(const QString& host, const QList<QSslError>& errors, const QSslCertificate& peer)
{
    QStringList reasons;
    for (const QSslError& error : errors) {
        if (!reasons.contains(error.errorString()))
            reasons += error.errorString();
    }
    QString message = u"the certificate of %1 is not accepted: %2"_s.arg(host, reasons.join(u"; "_s));
    if (!peer.isNull()) {
        message += u"; issued by \"%1\"; SHA-256 %2"_s.arg(peer.issuerDisplayName(), fingerprintText(peer));
    }
    return Error::make(Error::Code::Tls, {}, message).with(faultsOf(errors));
}

} // namespace Tagboat
