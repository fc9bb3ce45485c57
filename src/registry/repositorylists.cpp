// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/taskgroup.h"
#include "registry/listing.h"
#include "registry/registryclient.h"
#include "registry/scopes.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Self = std::shared_ptr<Repository>;

constexpr int ParallelLookUps = 6;

Task<Result<ListPage>> tagPage(Self self, QUrl page, std::stop_token stop)
{
    HttpRequest request;
    request.operation = u"list tags"_s;
    request.subject = self->client()->registry() + u'/' + self->path();
    request.url = page;
    if (page.isEmpty()) {
        request.url = self->client()->url(u"/v2/%1/tags/list"_s.arg(self->path()));
        request.url.setQuery(u"n=1000"_s); // the most that all registries take
    }
    auto reply = co_await self->client()->send(request, pullScopes(self->path()), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    auto tags = listOf(*reply, "tags"_L1, request.subject);
    if (!tags)
        co_return fail(std::move(tags.error()).during(request.operation));
    auto next = nextPage(*reply, self->client()->url(u"/"_s));
    if (!next)
        co_return fail(std::move(next.error()).during(request.operation));
    tags->removeIf(
        [](const QString& tag) { return !Reference::isValidTag(tag); }); // Artifactory lists digests
    co_return ListPage{std::move(*tags), std::move(*next)};
}

using Targets = QList<std::optional<Descriptor>>;

Task<Result<void>> lookUp(Self self, QString tag, std::shared_ptr<Targets> targets, qsizetype index,
                          std::stop_token stop)
{
    auto target = co_await self->resolve(tag, stop);
    if (target)
        (*targets)[index] = std::move(*target);
    else if (target.error().code != Error::Code::NotFound)
        co_return fail(std::move(target.error()));
    co_return Result<void>();
}

Task<Result<QList<TagInfo>>> lookUpAll(Self self, QStringList tags, std::stop_token stop)
{
    const auto targets = std::make_shared<Targets>(tags.size());
    TaskGroup group(stop, ParallelLookUps);
    for (qsizetype i = 0; i < tags.size(); ++i) {
        const QString tag = tags.at(i);
        group.spawn([self, tag, targets, i](std::stop_token inner) {
            return lookUp(self, tag, targets, i, std::move(inner));
        });
    }
    auto done = co_await group.join();
    if (!done)
        co_return fail(std::move(done.error()));
    QList<TagInfo> infos;
    for (qsizetype i = 0; i < tags.size(); ++i) {
        if (targets->at(i))
            infos.append(TagInfo{tags.at(i), *targets->at(i)});
    }
    co_return infos;
}

} // namespace

Task<Result<ListPage>> Repository::tags(QUrl page, std::stop_token stop)
{
    return tagPage(shared_from_this(), std::move(page), std::move(stop));
}

Task<Result<QStringList>> Repository::allTags(std::stop_token stop)
{
    return everyPage(
        [self = shared_from_this()](QUrl page, std::stop_token inner) {
            return tagPage(self, std::move(page), std::move(inner));
        },
        std::move(stop));
}

Task<Result<QList<TagInfo>>> Repository::tagTargets(QStringList tags, std::stop_token stop)
{
    return lookUpAll(shared_from_this(), std::move(tags), std::move(stop));
}

} // namespace Tagboat
