// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/target.h"

#include "net/origin.h"
#include "net/tlspolicy.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! "address", "address:port", "[v6]:port".
QUrl addressOf(const Target& target)
{
    QUrl address;
    address.setScheme(target.url.scheme());
    address.setAuthority(target.policy.connectTo.isEmpty() ? target.url.authority()
                                                           : target.policy.connectTo);
    return address;
}

} // namespace

bool Target::isTls() const
{
    return unixSocket.isEmpty() && url.scheme() == "https"_L1;
}

QString Target::connectHost() const
{
    return addressOf(*this).host();
}

quint16 Target::connectPort() const
{
    const int port = addressOf(*this).port();
    return port > 0 ? static_cast<quint16>(port) : portOf(url);
}

QString Target::key() const
{
    const QStringList parts{url.scheme(), hostAndPort(url), policy.connectTo, unixSocket, tlsKey(policy)};
    return parts.join(u'|');
}

} // namespace Tagboat
