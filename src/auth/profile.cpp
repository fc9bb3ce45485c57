// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/profile.h"

#include "oci/reference.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr std::array<std::pair<RegistryType, QLatin1StringView>, 10> TypeNames{{
    {RegistryType::DockerHub, "dockerhub"_L1},
    {RegistryType::SelfHosted, "selfhosted"_L1},
    {RegistryType::Harbor, "harbor"_L1},
    {RegistryType::GitHub, "github"_L1},
    {RegistryType::Amazon, "amazon"_L1},
    {RegistryType::Azure, "azure"_L1},
    {RegistryType::Google, "google"_L1},
    {RegistryType::Quay, "quay"_L1},
    {RegistryType::GitLab, "gitlab"_L1},
    {RegistryType::Other, "other"_L1},
}};

QStringView withoutPort(QStringView registry)
{
    if (registry.startsWith('['_L1))
        return registry.left(registry.indexOf(']'_L1) + 1);
    const qsizetype colon = registry.indexOf(':'_L1);
    return colon < 0 ? registry : registry.left(colon);
}

bool isLocal(QStringView host)
{
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || host.startsWith("127."_L1)
        || host == "[::1]"_L1 || host.endsWith(".local"_L1, Qt::CaseInsensitive)
        || host.endsWith(".localhost"_L1, Qt::CaseInsensitive);
}

} // namespace

QLatin1StringView toString(RegistryType type)
{
    for (const auto& [value, name] : TypeNames) {
        if (value == type)
            return name;
    }
    return "other"_L1;
}

RegistryType registryTypeFromString(QStringView text)
{
    for (const auto& [value, name] : TypeNames) {
        if (text.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return RegistryType::Other;
}

RegistryType guessRegistryType(QStringView registry)
{
    const QString host = withoutPort(registry).toString().toLower();
    const auto isOrIsBelow = [&host](QLatin1StringView domain) {
        return host == domain
            || (host.endsWith(domain) && host.at(host.size() - domain.size() - 1) == '.'_L1);
    };
    if (isOrIsBelow("docker.io"_L1) || host == "registry.hub.docker.com"_L1)
        return RegistryType::DockerHub;
    if (isOrIsBelow("ghcr.io"_L1) || host == "docker.pkg.github.com"_L1)
        return RegistryType::GitHub;
    if (host == "public.ecr.aws"_L1
        || (host.contains(".dkr.ecr"_L1)
            && (host.endsWith(".amazonaws.com"_L1) || host.endsWith(".amazonaws.com.cn"_L1))))
        return RegistryType::Amazon;
    if (isOrIsBelow("azurecr.io"_L1) || isOrIsBelow("azurecr.cn"_L1) || isOrIsBelow("azurecr.us"_L1)
        || host == "mcr.microsoft.com"_L1)
        return RegistryType::Azure;
    if (isOrIsBelow("gcr.io"_L1) || host.endsWith("-docker.pkg.dev"_L1))
        return RegistryType::Google;
    if (isOrIsBelow("quay.io"_L1) || host.startsWith("quay."_L1))
        return RegistryType::Quay;
    if (host == "registry.gitlab.com"_L1 || host.contains("gitlab"_L1))
        return RegistryType::GitLab;
    if (host.contains("harbor"_L1))
        return RegistryType::Harbor;
    return isLocal(host) ? RegistryType::SelfHosted : RegistryType::Other;
}

Result<QString> normalizedRegistry(QStringView text)
{
    const QString typed = text.trimmed().toString();
    QString host = typed;
    for (const QLatin1StringView scheme : {"https://"_L1, "http://"_L1, "docker://"_L1, "oci://"_L1}) {
        if (host.startsWith(scheme, Qt::CaseInsensitive)) {
            host.remove(0, scheme.size());
            break;
        }
    }
    // What docker keeps under "https://index.docker.io/v1/" is the host alone.
    for (const QLatin1StringView tail : {"/"_L1, "/v1"_L1, "/v2"_L1}) {
        if (host.endsWith(tail))
            host.chop(tail.size());
    }
    if (host.isEmpty())
        return fail(Error::Code::InvalidInput, typed,
                    u"a registry is needed, for example registry.example.com"_s);
    if (host.contains('@'_L1))
        return fail(Error::Code::InvalidInput, QString(),
                    u"a registry name holds no user name or password"_s);
    if (host.contains('/'_L1))
        return fail(Error::Code::InvalidInput, typed,
                    u"a registry is a host name with an optional port, without a path"_s);
    // The grammar of references decides what can be a registry, so that every stored one can also be written
    // in one.
    const Result<Reference> reference = Reference::parse(QString(host + u"/name"_s));
    if (!reference)
        return fail(Error::Code::InvalidInput, typed, u"not a registry name: "_s + reference.error().message);
    if (reference->repository() != "name"_L1 && reference->repository() != "library/name"_L1)
        return fail(Error::Code::InvalidInput, typed,
                    u"a reference would take this for a Docker Hub user; give a host with a dot or a port"_s);
    return reference->registry();
}

Credential credentialOf(const QString& user, const QString& secret)
{
    return Credential{user, secret, user == "<token>"_L1};
}

} // namespace Tagboat
