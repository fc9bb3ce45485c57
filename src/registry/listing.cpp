// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/listing.h"

#include "base/redact.h"
#include "net/origin.h"
#include "oci/jsonobject.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr int MaxPages = 10'000;

//! `; rel="next"; foo=bar` up to the comma that ends this link.
struct LinkParameters
{
    bool isNext = false;
    qsizetype end = 0;
};

LinkParameters parametersFrom(const QByteArray& field, qsizetype from)
{
    LinkParameters result;
    bool isQuoted = false;
    qsizetype end = from;
    for (; end < field.size(); ++end) {
        if (field.at(end) == '"')
            isQuoted = !isQuoted;
        else if (field.at(end) == ',' && !isQuoted)
            break;
    }
    result.end = end;
    const QList<QByteArray> parameters = field.mid(from, end - from).split(';');
    for (const QByteArray& parameter : parameters) {
        const qsizetype equals = parameter.indexOf('=');
        if (equals < 0 || parameter.left(equals).trimmed().toLower() != "rel")
            continue;
        QByteArray value = parameter.mid(equals + 1).trimmed().toLower();
        value.replace('"', "");
        result.isNext = value.split(' ').contains("next");
    }
    return result;
}

QByteArray nextOf(const QByteArray& field)
{
    qsizetype position = 0;
    while (true) {
        const qsizetype open = field.indexOf('<', position);
        const qsizetype close = field.indexOf('>', open + 1);
        if (open < 0 || close < 0)
            return {};
        const LinkParameters parameters = parametersFrom(field, close + 1);
        if (parameters.isNext)
            return field.mid(open + 1, close - open - 1).trimmed();
        position = parameters.end;
    }
}

} // namespace

Result<QStringList> listOf(const HttpResponse& reply, QLatin1StringView member, const QString& subject)
{
    auto object = parseJsonObject(reply.body, subject);
    if (!object)
        return fail(std::move(object.error()));
    const QJsonValue list = object->value(member);
    if (!list.isArray() && !list.isNull())
        return fail(Error::Code::Corrupt, subject,
                    u"the registry's answer holds no list \"%1\""_s.arg(member));
    QStringList items;
    const QJsonArray array = list.toArray();
    for (const QJsonValue& item : array) {
        if (item.isString())
            items.append(item.toString());
    }
    return items;
}

Result<QUrl> nextPage(const HttpResponse& reply, const QUrl& registry)
{
    const QByteArrayList fields = reply.headers.values("Link");
    for (const QByteArray& field : fields) {
        const QByteArray link = nextOf(field);
        if (link.isEmpty())
            continue;
        QUrl next = reply.url.resolved(QUrl::fromEncoded(link));
        const bool isWeb = next.scheme() == "http"_L1 || next.scheme() == "https"_L1;
        if (isWeb && next.scheme() != registry.scheme()
            && (next.port() < 0 || next.port() == registry.port())) {
            next.setScheme(registry.scheme());
            next.setPort(registry.port());
        }
        if (!next.isValid() || !isSameOrigin(next, registry)) {
            return fail(Error::Code::Denied, registry.host(),
                        u"the next page of the list is on another host: "_s + redactedUrl(next));
        }
        next.setUserInfo({});
        return next;
    }
    return QUrl();
}

Task<Result<QStringList>> everyPage(PageReader read, std::stop_token stop)
{
    QStringList all;
    QUrl next;
    for (int page = 0; page < MaxPages; ++page) {
        auto found = co_await read(next, stop);
        if (!found)
            co_return fail(std::move(found.error()));
        const qsizetype before = all.size();
        all += found->items;
        all.removeDuplicates();
        next = found->next;
        if (next.isEmpty() || all.size() == before) // a page with nothing new: some registries never end
            break;
    }
    co_return all;
}

} // namespace Tagboat
