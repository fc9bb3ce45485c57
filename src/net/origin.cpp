// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/origin.h"

#include "net/httpclient.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Null where \a host is a name. An IPv4 address in IPv6 clothes comes out as what it is.
QHostAddress literal(QString host)
{
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    const QHostAddress address(host);
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

bool isLocalhostName(const QString& host)
{
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0
        || host.compare("localhost."_L1, Qt::CaseInsensitive) == 0;
}

} // namespace

bool HttpClient::isLoopback(const QString& host)
{
    return isLocalhostName(host) || literal(host).isLoopback();
}

quint16 portOf(const QUrl& url)
{
    return static_cast<quint16>(url.port(url.scheme() == "https"_L1 ? 443 : 80));
}

QString hostAndPort(const QUrl& url)
{
    const QString name = url.host();
    const QString host = name.contains(u':') ? u'[' + name + u']' : name;
    const int defaultPort = url.scheme() == "https"_L1 ? 443 : 80;
    return url.port(defaultPort) == defaultPort ? host : host + u':' + QString::number(url.port());
}

bool isSameOrigin(const QUrl& a, const QUrl& b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

bool isLocalAddress(const QString& host)
{
    if (isLocalhostName(host))
        return true;
    const QHostAddress address = literal(host);
    if (address.isNull())
        return false;
    return address.isLoopback() || address.isLinkLocal() || address.isPrivateUse()
        || address.isUniqueLocalUnicast() || address.isInSubnet(QHostAddress(0u), 8)
        || address == QHostAddress(QHostAddress::AnyIPv6);
}

} // namespace Tagboat
