// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/target.h"

#include "net/origin.h"
#include "net/proxies.h"
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

QNetworkProxy Target::proxy() const
{
    if (!unixSocket.isEmpty())
        return QNetworkProxy::NoProxy;
    if (policy.proxy.isEmpty())
        return proxyFor(url);
    // What is no proxy is refused before anybody asks.
    return chosenProxy(policy.proxy).value_or(QNetworkProxy::NoProxy);
}

bool Target::isOnThisMachine() const
{
    const QNetworkProxy way = proxy();
    return HttpClient::isLoopback(url.host()) && HttpClient::isLoopback(connectHost())
        && (way.type() == QNetworkProxy::NoProxy || HttpClient::isLoopback(way.hostName()));
}

QString Target::key() const
{
    const QStringList parts{url.scheme(), hostAndPort(url), policy.connectTo,
                            unixSocket,   tlsKey(policy),   proxyKey(proxy())};
    return parts.join(u'|');
}

} // namespace Tagboat
