// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/certificatetext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct CertificateWords
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Certificate)
};

QString dayOf(const QDateTime& moment)
{
    return QLocale().toString(moment.toLocalTime().date(), QLocale::LongFormat);
}

} // namespace

QString fingerprintText(const QByteArray& sha256)
{
    return QString::fromLatin1(sha256.toHex(':').toUpper());
}

QString fingerprintLines(const QByteArray& sha256)
{
    const qsizetype half = sha256.size() / 2;
    return fingerprintText(sha256.first(half)) + u":\n"_s + fingerprintText(sha256.sliced(half));
}

QString reasonsAgainst(const ServerCertificate& certificate, const QString& registry)
{
    using enum Error::Fault;
    if (certificate.isTrusted)
        return {};
    const CertificateFacts& own = certificate.chain.constFirst();
    QStringList reasons;
    const auto add = [&](Error::Fault fault, const QString& reason) {
        if (certificate.faults.testFlag(fault))
            reasons.append(reason);
    };
    add(PinBroken,
        CertificateWords::tr("It is another one than you trusted before. Either it was renewed, or somebody "
                             "stands between you and the registry: trust it only if you know that it was "
                             "renewed."));
    add(WrongName,
        CertificateWords::tr("It is issued for %1, not for %2: another server may be answering here.")
            .arg(own.names.isEmpty() ? own.subject : own.names.join(u", "_s),
                 QUrl(u"https://"_s + registry).host()));
    add(Expired, CertificateWords::tr("It expired on %1.").arg(dayOf(own.validUntil)));
    add(NotYetValid,
        CertificateWords::tr("It is valid only from %1 on; perhaps the clock of this computer is wrong.")
            .arg(dayOf(own.validFrom)));
    add(Revoked, CertificateWords::tr("Its issuer has taken it back."));
    add(SelfSigned, CertificateWords::tr("It is self-signed: nobody else vouches for it."));
    add(UnknownIssuer,
        CertificateWords::tr("Its issuer, %1, is not known to this computer.").arg(own.issuer));
    add(ClientCertificateMissing,
        CertificateWords::tr("The registry wants to see a client certificate before it can be checked."));
    if (reasons.isEmpty())
        reasons.append(CertificateWords::tr("The system does not accept it."));
    return reasons.join(u'\n');
}

} // namespace Tagboat
