// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/hostpolicies.h"

#include "workbench/tlsfiles.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! A URL may spell a host with or without its usual port, settings too.
QStringList spellings(const QString& hostAndPort)
{
    if (hostAndPort == "registry-1.docker.io"_L1)
        return {u"docker.io"_s};
    if (hostAndPort.endsWith(":443"_L1) || hostAndPort.endsWith(":80"_L1))
        return {hostAndPort, hostAndPort.first(hostAndPort.lastIndexOf(u':'))};
    if (!hostAndPort.contains(u':'))
        return {hostAndPort, hostAndPort + ":443"_L1, hostAndPort + ":80"_L1};
    return {hostAndPort};
}

//! Settings belong to the name that references use.
HostPolicy savedPolicy(const ProfileStore& profiles, const QString& hostAndPort, TlsFiles& files)
{
    const QStringList names = spellings(hostAndPort);
    for (const QString& name : names) {
        const RegistrySettings settings = profiles.settings(name);
        if (settings != RegistrySettings())
            return files.policyOf(name, settings);
    }
    // The folders of docker call a host as references do, without its usual port.
    return files.policyOf(names.size() == 2 ? names.constLast() : names.constFirst(), {});
}

} // namespace

HostPolicies savedHostPolicies(std::shared_ptr<ProfileStore> profiles)
{
    auto files = std::make_shared<TlsFiles>(certificateFolders());
    return [profiles = std::move(profiles), files](const QString& host) {
        return savedPolicy(*profiles, host, *files);
    };
}

HostPolicies draftHostPolicies(const QString& registry, const RegistrySettings& draft,
                               std::shared_ptr<ProfileStore> profiles)
{
    auto files = std::make_shared<TlsFiles>(certificateFolders());
    return [registry, draft, profiles = std::move(profiles), files](const QString& host) {
        return spellings(host).contains(registry) ? files->policyOf(registry, draft)
                                                  : savedPolicy(*profiles, host, *files);
    };
}

} // namespace Tagboat
