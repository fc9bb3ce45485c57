// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/tlspolicy.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QByteArray fingerprint(const QSslCertificate& certificate)
{
    return certificate.digest(QCryptographicHash::Sha256);
}

} // namespace

QSslConfiguration tlsConfiguration(const HostPolicy& policy)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificates(policy.extraCa);
    if (hasClientCertificate(policy)) {
        configuration.setLocalCertificateChain(policy.clientCertificates);
        configuration.setPrivateKey(policy.clientKey);
    }
    return configuration;
}

bool hasClientCertificate(const HostPolicy& policy)
{
    return !policy.clientCertificates.isEmpty() && !policy.clientKey.isNull();
}

bool isPinned(const HostPolicy& policy, const QSslCertificate& certificate)
{
    return !policy.pinnedSha256.isEmpty() && !certificate.isNull()
        && fingerprint(certificate) == policy.pinnedSha256;
}

bool breaksPin(const HostPolicy& policy, const QSslCertificate& certificate)
{
    return !policy.pinnedSha256.isEmpty() && !isPinned(policy, certificate);
}

QString tlsKey(const HostPolicy& policy)
{
    QByteArrayList parts{policy.pinnedSha256.toHex()};
    for (const QSslCertificate& certificate : policy.extraCa)
        parts += fingerprint(certificate).toHex();
    parts += "as";
    for (const QSslCertificate& certificate : policy.clientCertificates)
        parts += fingerprint(certificate).toHex();
    return QString::fromLatin1(parts.join('|'));
}

} // namespace Tagboat
