// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/serveraddress.h"

#include "auth/profile.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto HubAddress = "https://index.docker.io/v1/"_L1;

//! The API's version, which old files have behind the host.
bool isVersion(const QString& part)
{
    return part == "v1"_L1 || part == "v2"_L1;
}

} // namespace

QString ServerAddress::shown(const QString& text)
{
    return text.section(u'@', -1);
}

Result<ServerAddress> ServerAddress::parse(const QString& text)
{
    QString rest = text;
    const qsizetype scheme = rest.indexOf("://"_L1);
    if (scheme >= 0)
        rest.remove(0, scheme + 3);
    QStringList parts = rest.split(u'/', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return fail(Error::Code::InvalidInput, shown(text), u"no server is named"_s);
    auto registry = normalizedRegistry(parts.takeFirst());
    if (!registry)
        return fail(Error::Code::InvalidInput, shown(text), registry.error().message);
    ServerAddress address{.text = text, .registry = *registry};
    const bool hasVersion = !parts.isEmpty() && isVersion(parts.constFirst());
    if (hasVersion)
        parts.removeFirst();
    address.isKeyOnly = hasVersion && !parts.isEmpty();
    if (!address.isKeyOnly)
        address.path = parts.join(u'/');
    return address;
}

QString dockerAddressOf(const QString& registry)
{
    return registry == "docker.io"_L1 ? QString(HubAddress) : registry;
}

} // namespace Tagboat
