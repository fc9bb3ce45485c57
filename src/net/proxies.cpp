// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/proxies.h"

#include "base/logging.h"
#include "base/redact.h"
#include "net/httpclient.h"
#include "net/origin.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString variable(const char* lower, const char* upper)
{
    const QString value = qEnvironmentVariable(lower);
    return value.isEmpty() ? qEnvironmentVariable(upper) : value;
}

//! "10.0.0.0/8", "192.168.1.7", "fd00::/8".
bool isInRange(const QHostAddress& address, const QString& entry)
{
    if (entry.contains(u'/')) {
        const auto range = QHostAddress::parseSubnet(entry);
        return !range.first.isNull() && address.isInSubnet(range);
    }
    const QHostAddress single(entry);
    return !single.isNull() && address == single;
}

bool isExcepted(const QUrl& url, QString entry)
{
    entry = entry.trimmed().toLower();
    if (entry == "*"_L1)
        return true;
    const QString host = url.host().toLower();
    const QHostAddress address(host);
    if (!address.isNull() && isInRange(address, entry))
        return true;
    const qsizetype colon = entry.lastIndexOf(u':');
    if (colon > 0 && (entry.count(u':') == 1 || entry.at(colon - 1) == u']')) {
        bool isNumber = false;
        const int port = QStringView(entry).sliced(colon + 1).toInt(&isNumber);
        if (!isNumber || port != portOf(url))
            return false;
        entry.truncate(colon);
    }
    if (entry.startsWith(u'[') && entry.endsWith(u']'))
        entry = entry.sliced(1, entry.size() - 2);
    if (entry.startsWith("*."_L1))
        entry.slice(1);
    if (entry.isEmpty())
        return false;
    if (entry.startsWith(u'.'))
        return host.endsWith(entry);
    return host == entry || host.endsWith(u'.' + entry);
}

} // namespace

ProxyEnvironment ProxyEnvironment::current()
{
    return {variable("http_proxy", "HTTP_PROXY"), variable("https_proxy", "HTTPS_PROXY"),
            variable("no_proxy", "NO_PROXY")};
}

QNetworkProxy proxyFor(const QUrl& url, const ProxyEnvironment& environment)
{
    const QNetworkProxy none(QNetworkProxy::NoProxy);
    const QString value = (url.scheme() == "https"_L1 ? environment.https : environment.http).trimmed();
    if (value.isEmpty() || HttpClient::isLoopback(url.host()))
        return none;
    const QStringList exceptions = environment.without.split(u',');
    if (std::ranges::any_of(exceptions, [&url](const QString& entry) { return isExcepted(url, entry); }))
        return none;

    const QUrl named(value.contains("://"_L1) ? value : u"http://"_s + value);
    const bool isSocks = named.scheme() == "socks5"_L1 || named.scheme() == "socks5h"_L1;
    if (named.host().isEmpty() || (!isSocks && named.scheme() != "http"_L1)) {
        qCWarning(lcNet).noquote() << "this proxy cannot be used, going without:" << redactedUrl(named);
        return none;
    }
    const auto port = static_cast<quint16>(named.port(isSocks ? 1080 : 80));
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, named.host(), port,
                         named.userName(QUrl::FullyDecoded), named.password(QUrl::FullyDecoded));
}

} // namespace Tagboat
