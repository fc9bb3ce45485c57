// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "oci/mediatype.h"
#include "registry/listing.h"
#include "registry/referrerstag.h"
#include "registry/scopes.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Self = std::shared_ptr<Repository>;

constexpr int MaxPages = 1'000;
constexpr qsizetype MaxListed = 100'000;

//! Registries without the API say so in many ways (404 by the specification).
bool isUnknownHere(int status)
{
    return status == 400 || status == 404 || status == 405 || status == 406 || status == 501;
}

struct Page
{
    QList<Descriptor> entries;
    QUrl next;
};

//! Nothing where the answer is none of this API: a web page, or what an old proxy makes of the path.
Task<Result<std::optional<Page>>> askForPage(Self self, Digest subject, QUrl url, std::stop_token stop)
{
    HttpRequest request;
    request.operation = u"list referrers"_s;
    request.subject = self->client()->registry() + u'/' + self->path() + u'@' + subject.toString();
    request.url = url.isEmpty()
        ? self->client()->url(u"/v2/%1/referrers/%2"_s.arg(self->path(), subject.toString()))
        : url;
    request.headers.set("Accept", QByteArray(MediaType::OciIndex.data(), MediaType::OciIndex.size()));
    auto reply = co_await self->client()->send(request, pullScopes(self->path()), stop);
    if (!reply && isUnknownHere(reply.error().httpStatus))
        co_return std::optional<Page>();
    if (!reply)
        co_return fail(std::move(reply.error()));
    const QString type =
        MediaType::withoutParameters(QString::fromLatin1(reply->headers.value("Content-Type")));
    if (type != MediaType::OciIndex)
        co_return std::optional<Page>();
    const auto index = Index::parse(reply->body, type, request.subject);
    if (!index)
        co_return fail(Error(index.error()).during(request.operation));
    auto next = nextPage(*reply, self->client()->url(u"/"_s));
    if (!next)
        co_return fail(std::move(next.error()).during(request.operation));
    co_return std::optional<Page>(Page{index->manifests(), std::move(*next)});
}

//! Each once, and not what they are about.
qsizetype addNew(QList<Descriptor>& all, QSet<Digest>& seen, const QList<Descriptor>& entries)
{
    const qsizetype before = all.size();
    for (const Descriptor& entry : entries) {
        if (!seen.contains(entry.digest)) {
            seen.insert(entry.digest);
            all.append(entry);
        }
    }
    return all.size() - before;
}

Task<Result<QList<Descriptor>>> list(Self self, Digest subject, std::stop_token stop)
{
    QList<Descriptor> all;
    QSet<Digest> seen{subject};
    QUrl next;
    for (int page = 0; page < MaxPages && all.size() < MaxListed; ++page) {
        auto found = co_await askForPage(self, subject, next, stop);
        if (!found)
            co_return fail(std::move(found.error()));
        if (!*found && page > 0) {
            co_return fail(Error::make(Error::Code::Corrupt, subject.toString(),
                                       u"the list of referrers ends in the middle"_s)
                               .during(u"list referrers"_s));
        }
        if (!*found) {
            auto tagged = co_await readReferrersTag(self, subject, stop);
            if (!tagged)
                co_return fail(std::move(tagged.error()).during(u"list referrers"_s));
            addNew(all, seen, *tagged);
            co_return Result<QList<Descriptor>>(std::move(all));
        }
        const qsizetype added = addNew(all, seen, (*found)->entries);
        next = (*found)->next;
        if (next.isEmpty() || added == 0) // a page with nothing new: some registries never end
            break;
    }
    co_return Result<QList<Descriptor>>(std::move(all));
}

} // namespace

Task<Result<QList<Descriptor>>> Repository::referrers(Digest subject, std::stop_token stop)
{
    return list(shared_from_this(), std::move(subject), std::move(stop));
}

} // namespace Tagboat
