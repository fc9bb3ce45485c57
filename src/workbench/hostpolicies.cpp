// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/hostpolicies.h"

#include "workbench/insecureregistries.h"
#include "workbench/tlsfiles.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! What lies on this computer for other programs.
struct Found
{
    TlsFiles tls{certificateFolders()};
    InsecureRegistries insecure{InsecurePlaces::standard()};
};

//! Nobody has said here how a registry is to be encrypted, or that it is not.
bool isTlsOpen(const RegistrySettings& settings)
{
    return !settings.plainHttp && settings.caFile.isEmpty() && settings.certificateFile.isEmpty()
        && settings.pinnedSha256.isEmpty();
}

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

HostPolicy policyOf(const QString& name, const RegistrySettings& settings, Found& found)
{
    HostPolicy policy = found.tls.policyOf(name, settings);
    const QStringList names = spellings(name);
    if (isTlsOpen(settings)
        && std::ranges::any_of(names, [&found](const QString& n) { return found.insecure.contains(n); }))
        policy.allowPlainHttp = true;
    return policy;
}

//! Settings belong to the name that references use.
HostPolicy savedPolicy(const ProfileStore& profiles, const QString& hostAndPort, Found& found)
{
    const QStringList names = spellings(hostAndPort);
    for (const QString& name : names) {
        const RegistrySettings settings = profiles.settings(name);
        if (settings != RegistrySettings())
            return policyOf(name, settings, found);
    }
    // The folders of docker call a host as references do, without its usual port.
    return policyOf(names.size() == 2 ? names.constLast() : names.constFirst(), {}, found);
}

} // namespace

HostPolicies savedHostPolicies(std::shared_ptr<ProfileStore> profiles)
{
    auto found = std::make_shared<Found>();
    return [profiles = std::move(profiles), found](const QString& host) {
        return savedPolicy(*profiles, host, *found);
    };
}

HostPolicies draftHostPolicies(const QString& registry, const RegistrySettings& draft,
                               std::shared_ptr<ProfileStore> profiles)
{
    auto found = std::make_shared<Found>();
    return [registry, draft, profiles = std::move(profiles), found](const QString& host) {
        return spellings(host).contains(registry) ? policyOf(registry, draft, *found)
                                                  : savedPolicy(*profiles, host, *found);
    };
}

} // namespace Tagboat
