// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkProxyFactory>
#include <QString>
#include <QUrl>

namespace Tagboat {

//! The variables by which users of Docker and kin name their proxies; lower case wins over upper case.
struct ProxyEnvironment
{
    QString http;    //!< HTTP_PROXY
    QString https;   //!< HTTPS_PROXY
    QString without; //!< NO_PROXY

    [[nodiscard]] static ProxyEnvironment current();
};

/*!
 * \brief The proxy on the way to \a url, by the rules that Go's clients follow: the same variables mean the
 * same to them and to us.
 *
 * NO_PROXY lists addresses, CIDR ranges, "domain" (and what is below it), ".domain" (only what is below),
 * each perhaps with a port, or "*". Loopback is never proxied.
 */
[[nodiscard]] QNetworkProxy proxyFor(const QUrl& url,
                                     const ProxyEnvironment& environment = ProxyEnvironment::current());

//! The same for Qt's manager.
class ProxyFactory : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        return {proxyFor(query.url())};
    }
};

} // namespace Tagboat
