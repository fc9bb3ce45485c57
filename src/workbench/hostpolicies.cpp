// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/hostpolicies.h"

#include "workbench/tlsfiles.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Settings belong to the name that references use; a URL may spell the same host with or without its usual
//! port.
QString nameOfHost(const ProfileStore& profiles, const QString& hostAndPort)
{
    if (hostAndPort == "registry-1.docker.io"_L1)
        return u"docker.io"_s;
    if (profiles.settings(hostAndPort) != RegistrySettings())
        return hostAndPort;
    for (const QLatin1StringView port : {":443"_L1, ":80"_L1}) {
        if (hostAndPort.endsWith(port))
            return hostAndPort.chopped(port.size());
        if (profiles.settings(hostAndPort + port) != RegistrySettings())
            return hostAndPort + port;
    }
    return hostAndPort;
}

HostPolicy savedPolicy(const ProfileStore& profiles, const QString& hostAndPort, TlsFiles& files)
{
    const QString name = nameOfHost(profiles, hostAndPort);
    return files.policyOf(name, profiles.settings(name));
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
        const bool same = host == registry || host == registry + ":443"_L1 || host == registry + ":80"_L1
            || registry == host + ":443"_L1 || registry == host + ":80"_L1;
        return same ? files->policyOf(registry, draft) : savedPolicy(*profiles, host, *files);
    };
}

} // namespace Tagboat
