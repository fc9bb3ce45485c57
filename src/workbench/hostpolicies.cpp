// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/hostpolicies.h"

#include "base/logging.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! CA files are parsed once per change of the file, not once per request.
class CaFiles
{
public:
    QList<QSslCertificate> certificates(const QString& path)
    {
        if (path.isEmpty())
            return {};
        const QDateTime changed = QFileInfo(path).lastModified();
        Entry& entry = m_entries[path];
        if (entry.changed != changed || !changed.isValid()) {
            entry.changed = changed;
            entry.certificates =
                QSslCertificate::fromPath(path, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
            if (entry.certificates.isEmpty())
                qCWarning(lcNet).noquote() << "no certificate in" << path;
        }
        return entry.certificates;
    }

private:
    struct Entry
    {
        QDateTime changed;
        QList<QSslCertificate> certificates;
    };
    QHash<QString, Entry> m_entries;
};

HostPolicy policyOf(const RegistrySettings& settings, CaFiles& files)
{
    return {.allowPlainHttp = settings.plainHttp,
            .extraCa = files.certificates(settings.caFile),
            .connectTo = settings.connectTo};
}

//! Settings belong to the name that references use; a URL may spell the same host with or without its usual
//! port.
RegistrySettings settingsOfHost(const ProfileStore& profiles, const QString& hostAndPort)
{
    if (hostAndPort == "registry-1.docker.io"_L1)
        return profiles.settings(u"docker.io"_s);
    RegistrySettings settings = profiles.settings(hostAndPort);
    if (settings != RegistrySettings())
        return settings;
    for (const QLatin1StringView port : {":443"_L1, ":80"_L1}) {
        if (hostAndPort.endsWith(port))
            return profiles.settings(hostAndPort.chopped(port.size()));
        settings = profiles.settings(hostAndPort + port);
        if (settings != RegistrySettings())
            return settings;
    }
    return {};
}

} // namespace

HostPolicies savedHostPolicies(std::shared_ptr<ProfileStore> profiles)
{
    auto files = std::make_shared<CaFiles>();
    return [profiles = std::move(profiles), files](const QString& host) {
        return policyOf(settingsOfHost(*profiles, host), *files);
    };
}

HostPolicies draftHostPolicies(const QString& registry, const RegistrySettings& draft,
                               std::shared_ptr<ProfileStore> profiles)
{
    auto files = std::make_shared<CaFiles>();
    return [registry, draft, profiles = std::move(profiles), files](const QString& host) {
        const bool same = host == registry || host == registry + ":443"_L1 || host == registry + ":80"_L1
            || registry == host + ":443"_L1 || registry == host + ":80"_L1;
        return policyOf(same ? draft : settingsOfHost(*profiles, host), *files);
    };
}

} // namespace Tagboat
