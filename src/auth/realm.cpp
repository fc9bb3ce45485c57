// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/realm.h"

#include "base/redact.h"
#include "net/httpclient.h"
#include "net/origin.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

Result<void> checkRealm(const QUrl& realm, const QUrl& registry)
{
    const QString shown = redactedUrl(realm);
    const auto refuse = [&](const QString& why) {
        return fail(Error::Code::Denied, registry.host(),
                    u"the registry names the token server %1, which is refused: %2"_s.arg(shown, why));
    };
    const bool isHttp = realm.scheme() == "http"_L1;
    if (!realm.isValid() || realm.host().isEmpty() || (!isHttp && realm.scheme() != "https"_L1))
        return refuse(u"not an address to ask"_s);
    if (!realm.userInfo().isEmpty())
        return refuse(u"it holds a user name"_s);
    if (isHttp && registry.scheme() == "https"_L1)
        return refuse(u"the password would travel in clear text"_s);
    const bool isOwnHost = realm.host().compare(registry.host(), Qt::CaseInsensitive) == 0;
    const bool isRealmLoopback = HttpClient::isLoopback(realm.host());
    if (isOwnHost || (isRealmLoopback && HttpClient::isLoopback(registry.host())))
        return {};
    if (isRealmLoopback || isLocalAddress(realm.host()))
        return refuse(u"an address inside this network that is not the registry's own"_s);
    return {};
}

Result<QUrl> realmUrl(const QString& realm, const QUrl& registry)
{
    const QUrl url = registry.resolved(QUrl::fromEncoded(realm.toUtf8()));
    if (auto allowed = checkRealm(url, registry); !allowed)
        return fail(std::move(allowed.error()));
    return url;
}

} // namespace Tagboat
