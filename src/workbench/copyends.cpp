// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/copyends.h"

#include "base/worker.h"
#include "workbench/manifestcache.h"
#include "workbench/staleuploads.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The journal's answer, for the preview; a job gets the same from its queue.
std::function<QHash<Digest, QStringList>(const QList<Digest>&)> knownFrom(std::shared_ptr<Journal> journal,
                                                                          const QString& registry)
{
    if (!journal)
        return {};
    return [journal = std::move(journal), registry](const QList<Digest>& blobs) {
        auto known = journal->knownAt(registry, blobs);
        return known ? std::move(*known) : QHash<Digest, QStringList>();
    };
}

} // namespace

Result<QStringList> tagsOf(const Reference& destination, const QStringList& moreTags)
{
    QStringList tags;
    if (!destination.tag().isEmpty())
        tags.append(destination.tag());
    for (const QString& tag : moreTags) {
        if (!Reference::isValidTag(tag))
            return fail(Error::Code::InvalidInput, tag,
                        u"a tag has letters, digits, '_', '.', '-', 128 at most"_s);
        tags.append(tag);
    }
    tags.removeDuplicates();
    if (tags.isEmpty())
        return fail(Error::Code::InvalidInput, destination.canonical(), u"a push needs a tag"_s);
    return tags;
}

Result<QStringList> tagsOf(const PushTarget& target)
{
    return tagsOf(target.destination, target.moreTags);
}

CopyOptions optionsOf(const PushRequest& request)
{
    CopyOptions options;
    options.platform = request.platform;
    options.platformMustFit = true;
    options.referrers = request.referrers;
    return options;
}

CopyOptions optionsOf(const PullRequest& request)
{
    CopyOptions options;
    options.referrers = request.referrers;
    if (!request.allPlatforms)
        options.platform = request.platform.value_or(Platform::host());
    options.platformMustFit = request.platformMustFit;
    return options;
}

QString familiarLabel(const QString& nameOrId)
{
    if (const auto reference = Reference::parse(nameOrId))
        return reference->familiar();
    return nameOrId;
}

namespace {

Result<CopyDestination> openTarget(const std::shared_ptr<Session>& session, const PushTarget& target)
{
    auto tags = tagsOf(target);
    if (!tags)
        return std::unexpected(std::move(tags.error()));
    auto client = session->client(target.question(), target.profile);
    if (!client)
        return std::unexpected(std::move(client.error()));
    CopyDestination destination;
    destination.writer = (*client)->repository(target.destination.repository());
    destination.names = *tags;
    destination.label = target.destination.familiarName();
    destination.registry = target.destination.registry();
    destination.repository = target.destination.repository();
    destination.lookUpKnown = knownFrom(session->journal(), destination.registry);
    if (session->journal()) {
        destination.afterwards = [journal = session->journal(), client = *client](std::stop_token inner) {
            return cancelStaleUploads(journal, client, std::move(inner));
        };
    }
    return destination;
}

} // namespace

Task<Result<CopyEnds>> openPushEnds(std::shared_ptr<Session> session, PushRequest request,
                                    std::stop_token stop)
{
    auto store = session->storeAt(request.storeDirectory);
    if (!store)
        co_return fail(std::move(store.error()).at(Error::Origin::Source));
    auto target = co_await onWorker([store = *store, name = request.image] { return store->resolve(name); });
    if (!target)
        co_return fail(std::move(target.error()).at(Error::Origin::Source));
    if (stop.stop_requested())
        co_return cancelled(u"push"_s);

    CopyEnds ends;
    ends.source.reader = (*store)->reader();
    ends.source.name = target->digest.toString();
    ends.source.label = request.label.isEmpty() ? familiarLabel(request.image) : request.label;
    ends.source.target = *target;
    const QList<PushTarget> targets = request.targets();
    for (const PushTarget& to : targets)
        ends.destinations.push_back(openTarget(session, to));
    co_return Result<CopyEnds>(std::move(ends));
}

Task<Result<CopyEnds>> openPullEnds(std::shared_ptr<Session> session,
                                    std::shared_ptr<ManifestCache> manifests, PullRequest request,
                                    std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled(u"pull"_s);
    auto client = session->client(request.question(), request.profile);
    if (!client)
        co_return std::unexpected(std::move(client.error()));
    auto store = session->storeAt(request.storeDirectory);
    if (!store)
        co_return fail(std::move(store.error()).at(Error::Origin::Destination));

    CopyEnds ends;
    CopySource& source = ends.source;
    const QString place = request.source.registry() + u'/' + request.source.repository();
    source.reader =
        cachedReader((*client)->repository(request.source.repository()), place, std::move(manifests));
    source.name = request.source.tagOrDigest();
    source.label = request.source.familiar();
    source.registry = request.source.registry();
    source.repository = request.source.repository();

    CopyDestination destination;
    destination.writer = (*store)->writer();
    destination.names = request.names;
    if (destination.names.isEmpty() && !request.isPart)
        destination.names = {request.source.canonical()};
    ends.destinations.emplace_back(std::move(destination));
    co_return Result<CopyEnds>(std::move(ends));
}

} // namespace Tagboat
