// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/proxies.h"

#include "base/logging.h"
#include "base/redact.h"
#include "net/httpclient.h"
#include "net/origin.h"

#include <QHostAddress>

#include <optional>
#include <utility>

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

QUrl addressOf(const QString& value)
{
    return QUrl(value.contains("://"_L1) ? value : u"http://"_s + value);
}

//! Without user and password; nothing where it is of a kind that Qt does not speak to.
std::optional<QNetworkProxy> proxyAt(const QUrl& named)
{
    const bool isSocks = named.scheme() == "socks5"_L1 || named.scheme() == "socks5h"_L1;
    if (!named.isValid() || named.host().isEmpty() || (!isSocks && named.scheme() != "http"_L1))
        return std::nullopt;
    const auto port = static_cast<quint16>(named.port(isSocks ? 1080 : 80));
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, named.host(), port);
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

    const QUrl named = addressOf(value);
    auto proxy = proxyAt(named);
    if (!proxy) {
        thread_local QString told; // each request asks several times
        if (std::exchange(told, value) != value)
            qCWarning(lcNet).noquote() << "this proxy cannot be used, going without:" << redactedUrl(named);
        return none;
    }
    proxy->setUser(named.userName(QUrl::FullyDecoded));
    proxy->setPassword(named.password(QUrl::FullyDecoded));
    return *proxy;
}

Result<QNetworkProxy> chosenProxy(const QString& text)
{
    const QString value = text.trimmed();
    if (value.compare("none"_L1, Qt::CaseInsensitive) == 0)
        return QNetworkProxy(QNetworkProxy::NoProxy);
    if (value.contains(u'@'))
        return fail(
            Error::Code::InvalidInput, {},
            u"a proxy is kept without user name and password, since the settings are no safe place"_s);
    const QUrl named = addressOf(value);
    const auto proxy = proxyAt(named);
    const bool isMore = !named.path().isEmpty() && named.path() != "/"_L1;
    if (!proxy || isMore || named.hasQuery() || named.hasFragment() || named.port() == 0)
        return fail(Error::Code::InvalidInput, {},
                    u"a proxy is http://host:port, socks5://host:port or none"_s);
    return *proxy;
}

Result<void> checkProxy(const QString& registry, const QString& text)
{
    if (text.isEmpty())
        return {};
    auto proxy = chosenProxy(text);
    if (proxy)
        return {};
    proxy.error().subject = registry;
    return fail(std::move(proxy.error()));
}

QString proxyKey(const QNetworkProxy& proxy)
{
    if (proxy.type() == QNetworkProxy::NoProxy)
        return {};
    const QStringList parts{QString::number(int(proxy.type())), proxy.user(), proxy.hostName(),
                            QString::number(proxy.port())};
    return parts.join(u' ');
}

} // namespace Tagboat
