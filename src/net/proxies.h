// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QNetworkProxy>
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

/*!
 * \brief The proxy that somebody has chosen for one registry: "http://host[:port]", "socks5://host[:port]" or
 * "none", which goes straight whatever the environment says.
 *
 * InvalidInput for anything else, a user name or password among it: such a choice is kept in a file that
 * anybody may read. The text itself is not repeated, since there may be a password somewhere in it.
 */
[[nodiscard]] Result<QNetworkProxy> chosenProxy(const QString& text);
//! The same of \a registry, whose proxy may also be empty: it is the error's subject.
[[nodiscard]] Result<void> checkProxy(const QString& registry, const QString& text);
//! Tells proxies apart that connections are kept for; without secrets.
[[nodiscard]] QString proxyKey(const QNetworkProxy& proxy);

} // namespace Tagboat
