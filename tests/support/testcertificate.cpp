// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testcertificate.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

TestCertificate TestCertificate::make(const QStringList& names, Validity validity)
{
    const QTemporaryDir dir;
    const QString keyPath = dir.filePath(u"key.pem"_s);
    const QString certificatePath = dir.filePath(u"certificate.pem"_s);
    QProcess openssl;
    openssl.setProcessChannelMode(QProcess::MergedChannels);
    const QStringList period = validity == Validity::Now
        ? QStringList{u"-days"_s, u"2"_s}
        : QStringList{u"-not_before"_s, u"20240101000000Z"_s, u"-not_after"_s, u"20240131000000Z"_s};
    openssl.start(u"openssl"_s,
                  QStringList{u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                              u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-subj"_s,
                              u"/O=Tagboat tests/CN=scripted server"_s, u"-addext"_s,
                              u"subjectAltName="_s + names.join(u','), u"-keyout"_s, keyPath, u"-out"_s,
                              certificatePath}
                      + period);
    if (!openssl.waitForFinished(60'000) || openssl.exitCode() != 0) {
        qWarning("openssl: %s", openssl.readAll().constData());
        return TestCertificate();
    }
    return {.certificate = QSslCertificate(contentOf(certificatePath), QSsl::Pem),
            .key = QSslKey(contentOf(keyPath), QSsl::Ec, QSsl::Pem)};
}

const TestCertificate& TestCertificate::forLoopback()
{
    static const TestCertificate made = make({u"DNS:localhost"_s, u"IP:127.0.0.1"_s});
    return made;
}

} // namespace Tagboat
