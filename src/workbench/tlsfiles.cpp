// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/tlsfiles.h"

#include "base/logging.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

constexpr qint64 LargestFile = 4 * 1024 * 1024;
//! Soon enough for somebody who has just put a file there.
constexpr auto ListingAge = 1s;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.read(LargestFile) : QByteArray();
}

QSslKey keyIn(const QByteArray& pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        if (QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey); !key.isNull())
            return key;
    }
    return {};
}

} // namespace

const TlsFiles::File& TlsFiles::read(const QString& path)
{
    // Taken first: what is replaced in between is read once more the next time.
    const FileVersion version = FileVersion::of(path);
    const auto known = m_files.constFind(path);
    if (known != m_files.cend() && known->version == version)
        return *known;
    File& file = m_files[path];
    const QByteArray pem = version.isPlain ? contentOf(path) : QByteArray(); // a pipe would be waited for
    file = {.version = version, .certificates = QSslCertificate::fromData(pem, QSsl::Pem), .key = keyIn(pem)};
    if (file.certificates.isEmpty() && file.key.isNull())
        qCWarning(lcNet).noquote() << "neither certificate nor key in" << path;
    return file;
}

HostPolicy TlsFiles::policyOf(const QString& registry, const RegistrySettings& settings)
{
    HostPolicy policy{.allowPlainHttp = settings.plainHttp, .connectTo = settings.connectTo};
    policy.proxy = settings.proxy;
    policy.pinnedSha256 = QByteArray::fromHex(settings.pinnedSha256.toLatin1());
    if (!settings.caFile.isEmpty())
        policy.extraCa = read(settings.caFile).certificates;
    if (!settings.certificateFile.isEmpty()) {
        policy.clientCertificates = read(settings.certificateFile).certificates;
        policy.clientKey = read(settings.keyFile.isEmpty() ? settings.certificateFile : settings.keyFile).key;
    }
    const Listing& there = listing(registry);
    // What is named and cannot be read is not made up for by what somebody has put there for another program.
    if (settings.caFile.isEmpty()) {
        for (const QString& path : there.authorities)
            policy.extraCa += read(path).certificates;
    }
    if (settings.certificateFile.isEmpty() && !there.certificate.isEmpty()) {
        policy.clientCertificates = read(there.certificate).certificates;
        policy.clientKey = read(there.key).key;
    }
    return policy;
}

//! Each request asks: a push of many small layers would spend more on looking than on sending.
const TlsFiles::Listing& TlsFiles::listing(const QString& registry)
{
    Listing& there = m_listings[registry];
    if (!there.until.hasExpired())
        return there;
    there = {.until = QDeadlineTimer(ListingAge), .authorities = {}, .certificate = {}, .key = {}};
    // Names come out of redirects, too; that of a host is no path.
    if (registry.isEmpty() || registry.startsWith(u'.') || registry.contains(u'/'))
        return there;
    for (const QString& folder : std::as_const(m_folders)) {
        const QDir place(folder + u'/' + registry);
        if (!place.exists())
            continue;
        const QStringList authorities = place.entryList({u"*.crt"_s}, QDir::Files, QDir::Name);
        for (const QString& name : authorities)
            there.authorities.append(place.filePath(name));
        const QStringList own = place.entryList({u"*.cert"_s}, QDir::Files, QDir::Name);
        for (const QString& name : own) {
            const QString key = place.filePath(name.chopped(5) + u".key"_s);
            if (!there.certificate.isEmpty() || !QFileInfo::exists(key))
                continue;
            there.certificate = place.filePath(name);
            there.key = key;
        }
    }
    return there;
}

QStringList certificateFolders()
{
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return {config + u"/containers/certs.d"_s, u"/etc/containers/certs.d"_s, u"/etc/docker/certs.d"_s};
}

QString normalizedFingerprint(const QString& text)
{
    static const QRegularExpression digits(u"\\A[0-9a-f]{64}\\z"_s);
    QString plain = text.trimmed().toLower();
    if (plain.startsWith("sha256:"_L1))
        plain.remove(0, 7);
    plain.remove(u':');
    return digits.match(plain).hasMatch() ? plain : QString();
}

Result<void> checkTlsSettings(const RegistrySettings& settings)
{
    const QString keyFile = settings.keyFile.isEmpty() ? settings.certificateFile : settings.keyFile;
    for (const QString& path : {settings.caFile, settings.certificateFile, keyFile}) {
        if (path.isEmpty())
            continue;
        if (!QFileInfo(path).isFile())
            return fail(Error::Code::NotFound, path, u"there is no such file"_s);
        if (!QFileInfo(path).isReadable())
            return fail(Error::Code::Io, path, u"this file cannot be read"_s);
    }
    for (const QString& path : {settings.caFile, settings.certificateFile}) {
        if (!path.isEmpty() && QSslCertificate::fromData(contentOf(path), QSsl::Pem).isEmpty())
            return fail(Error::Code::InvalidInput, path, u"there is no certificate (PEM) in it"_s);
    }
    if (!settings.keyFile.isEmpty() && settings.certificateFile.isEmpty())
        return fail(Error::Code::InvalidInput, settings.keyFile, u"a key needs the certificate it is of"_s);
    if (!keyFile.isEmpty() && keyIn(contentOf(keyFile)).isNull())
        return fail(Error::Code::InvalidInput, keyFile,
                    u"there is no private key (PEM, without a password) in it"_s);
    if (!settings.pinnedSha256.isEmpty()
        && normalizedFingerprint(settings.pinnedSha256) != settings.pinnedSha256)
        return fail(Error::Code::InvalidInput, settings.pinnedSha256,
                    u"this is no SHA-256 fingerprint of a certificate"_s);
    return {};
}

} // namespace Tagboat
