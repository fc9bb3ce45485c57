// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/awssignature.h"

#include "net/origin.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto Algorithm = QCryptographicHash::Sha256;

QByteArray hashed(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, Algorithm).toHex();
}

QByteArray keyed(const QByteArray& key, const QByteArray& bytes)
{
    return QMessageAuthenticationCode::hash(bytes, key, Algorithm);
}

//! The signed headers, by name in small letters, sorted, blanks of their values folded.
QList<std::pair<QByteArray, QByteArray>> signedHeaders(const HttpRequest& request)
{
    QList<std::pair<QByteArray, QByteArray>> headers{{"host", hostAndPort(request.url).toLatin1()}};
    for (const auto& [name, value] : request.headers.fields()) {
        const QByteArray key = name.toLower();
        if (key == "content-type" || key.startsWith("x-amz-"))
            headers.append({key, value.simplified()});
    }
    std::ranges::sort(headers);
    return headers;
}

QByteArray sortedQuery(const QUrl& url)
{
    const QByteArray query = url.query(QUrl::FullyEncoded).toLatin1();
    if (query.isEmpty())
        return {};
    QByteArrayList items = query.split('&');
    std::ranges::sort(items);
    return items.join('&');
}

} // namespace

void signForAws(HttpRequest& request, const AwsKey& key, const AwsScope& scope, const QDateTime& now)
{
    const QDateTime utc = now.toUTC();
    const QByteArray time = utc.toString(u"yyyyMMdd'T'HHmmss'Z'"_s).toLatin1();
    const QByteArray day = time.first(8);
    request.headers.set("X-Amz-Date", time);
    if (!key.sessionToken.isEmpty())
        request.headers.set("X-Amz-Security-Token", key.sessionToken.toLatin1());

    QByteArray lines;
    QByteArrayList names;
    const auto headers = signedHeaders(request);
    for (const auto& [name, value] : headers) {
        lines += QByteArray(name + ':' + value + '\n');
        names.append(name);
    }
    const QByteArray path = request.url.path(QUrl::FullyEncoded).toLatin1();
    const QByteArray canonical = request.method + '\n' + (path.isEmpty() ? QByteArray("/") : path) + '\n'
        + sortedQuery(request.url) + '\n' + lines + '\n' + names.join(';') + '\n' + hashed(request.body);
    const QByteArray place =
        day + '/' + scope.region.toLatin1() + '/' + scope.service.toLatin1() + "/aws4_request";
    const QByteArray toSign = "AWS4-HMAC-SHA256\n" + time + '\n' + place + '\n' + hashed(canonical);

    QByteArray signing = keyed("AWS4" + key.secret.toUtf8(), day);
    for (const QByteArray& step : {scope.region.toLatin1(), scope.service.toLatin1(), "aws4_request"_ba})
        signing = keyed(signing, step);
    request.authorization = "AWS4-HMAC-SHA256 Credential=" + key.id.toLatin1() + '/' + place
        + ", SignedHeaders=" + names.join(';') + ", Signature=" + keyed(signing, toSign).toHex();
}

} // namespace Tagboat
