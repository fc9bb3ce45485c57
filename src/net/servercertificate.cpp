// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/servercertificate.h"

#include "net/activity.h"
#include "net/failure.h"
#include "net/origin.h"
#include "net/plainprobe.h"
#include "net/tlspolicy.h"

#include <QCryptographicHash>
#include <QSslSocket>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Somebody sits before a window and waits for it.
constexpr auto HandshakeTimeout = 20s;

//! Subject and issuer are told in the same two functions of the certificate, by name or by list of names.
template<typename Names, typename Values>
QString distinguishedName(const Names& attributes, const Values& valuesOf)
{
    QStringList parts;
    for (const QByteArray& attribute : attributes) {
        const QStringList values = valuesOf(attribute);
        for (const QString& value : values) {
            const QString part = QString::fromLatin1(attribute) + u'=' + value;
            if (attribute == "CN")
                parts.prepend(part); // what people call it by
            else
                parts.append(part);
        }
    }
    return parts.join(u", "_s);
}

CertificateFacts factsOf(const QSslCertificate& certificate)
{
    QStringList names;
    const auto alternatives = certificate.subjectAlternativeNames();
    for (auto it = alternatives.cbegin(); it != alternatives.cend(); ++it) {
        if (it.key() != QSsl::EmailEntry)
            names.append(it.value());
    }
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.sort();
    return {.subject = distinguishedName(
                certificate.subjectInfoAttributes(),
                [&certificate](const QByteArray& name) { return certificate.subjectInfo(name); }),
            .names = names,
            .issuer = distinguishedName(
                certificate.issuerInfoAttributes(),
                [&certificate](const QByteArray& name) { return certificate.issuerInfo(name); }),
            .validFrom = certificate.effectiveDate(),
            .validUntil = certificate.expiryDate(),
            .sha256 = certificate.digest(QCryptographicHash::Sha256)};
}

} // namespace

Task<Result<ServerCertificate>> fetchServerCertificate(QUrl url, HostPolicy policy, std::stop_token stop)
{
    // Who we are is not told to somebody who is not trusted yet.
    policy.clientCertificates.clear();
    policy.clientKey = {};
    const Target target{.url = url, .policy = policy, .unixSocket = {}};
    const auto activity = std::make_shared<Activity>(HandshakeTimeout);
    QList<QSslError> errors;
    bool isOver = false;
    bool isEncrypted = false;
    const auto finish = [&isOver, activity] {
        isOver = true;
        activity->raise();
    };
    QSslSocket socket;
    socket.setProxy(target.proxy());
    socket.setSslConfiguration(tlsConfiguration(policy));
    // What is wrong is only noted: the handshake ends there by itself.
    QObject::connect(&socket, &QSslSocket::sslErrors, &socket,
                     [&errors](const QList<QSslError>& found) { errors = found; });
    QObject::connect(&socket, &QSslSocket::encrypted, &socket, [&isEncrypted, finish] {
        isEncrypted = true;
        finish();
    });
    QObject::connect(&socket, &QSslSocket::errorOccurred, &socket, finish);
    socket.connectToHostEncrypted(target.connectHost(), target.connectPort(), target.url.host());
    while (!isOver) {
        auto moved = co_await Activity::wait(activity, stop);
        if (!moved)
            co_return std::unexpected(std::move(moved.error()));
    }

    QList<QSslCertificate> chain = socket.peerCertificateChain();
    if (chain.isEmpty() && !socket.peerCertificate().isNull())
        chain = {socket.peerCertificate()};
    if (chain.isEmpty()) {
        const QString words = socket.errorString();
        Error failure = wantsClientCertificate(words) ? clientCertificateFailure(hostAndPort(url), false)
                                                      : socketFailure(socket.error(), words);
        if (socket.error() == QAbstractSocket::SslHandshakeFailedError
            || socket.error() == QAbstractSocket::RemoteHostClosedError)
            failure = co_await explainHandshake(target, failure, stop);
        failure.subject = hostAndPort(url);
        co_return fail(std::move(failure));
    }
    ServerCertificate seen{.faults = faultsOf(errors)};
    if (breaksPin(policy, chain.constFirst()))
        seen.faults |= Error::Fault::PinBroken;
    // Before TLS 1.3 a server may hang up over that before the certificate has been looked at.
    if (!isEncrypted && errors.isEmpty() && wantsClientCertificate(socket.errorString()))
        seen.faults |= Error::Fault::ClientCertificateMissing;
    seen.isTrusted = isPinned(policy, chain.constFirst()) || (isEncrypted && !seen.faults);
    for (const QSslCertificate& certificate : std::as_const(chain))
        seen.chain.append(factsOf(certificate));
    co_return Result<ServerCertificate>(std::move(seen));
}

} // namespace Tagboat
