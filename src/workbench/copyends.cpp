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

Result<QStringList> tagsOf(const PushRequest& request)
{
    return tagsOf(request.destination, request.moreTags);
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

Task<Result<CopyEnds>> openPushEnds(std::shared_ptr<Session> session, PushRequest request,
                                    std::stop_token stop)
{
    auto tags = tagsOf(request);
    if (!tags)
        co_return std::unexpected(std::move(tags.error()));
    auto client = session->client(request.destination.registry(), request.profile);
    if (!client)
        co_return std::unexpected(std::move(client.error()));
    auto store = session->storeAt(request.storeDirectory);
    if (!store)
        co_return fail(std::move(store.error()).at(Error::Origin::Source));
    auto target = co_await onWorker([store = *store, name = request.image] { return store->resolve(name); });
    if (!target)
        co_return fail(std::move(target.error()).at(Error::Origin::Source));
    if (stop.stop_requested())
        co_return cancelled(u"push"_s);

    CopySource source;
    source.reader = (*store)->reader();
    source.name = target->digest.toString();
    source.label = request.label.isEmpty() ? familiarLabel(request.image) : request.label;
    source.target = *target;

    CopyDestination destination;
    destination.writer = (*client)->repository(request.destination.repository());
    destination.names = *tags;
    destination.label = request.destination.familiarName();
    destination.registry = request.destination.registry();
    destination.repository = request.destination.repository();
    destination.lookUpKnown = knownFrom(session->journal(), destination.registry);
    if (session->journal()) {
        destination.afterwards = [journal = session->journal(), client = *client](std::stop_token inner) {
            return cancelStaleUploads(journal, client, std::move(inner));
        };
    }
    co_return Result<CopyEnds>(CopyEnds(std::move(source), std::move(destination)));
}

Task<Result<CopyEnds>> openPullEnds(std::shared_ptr<Session> session,
                                    std::shared_ptr<ManifestCache> manifests, PullRequest request,
                                    std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled(u"pull"_s);
    auto client = session->client(request.source.registry(), request.profile);
    if (!client)
        co_return std::unexpected(std::move(client.error()));
    auto store = session->storeAt(request.storeDirectory);
    if (!store)
        co_return fail(std::move(store.error()).at(Error::Origin::Destination));

    CopySource source;
    const QString place = request.source.registry() + u'/' + request.source.repository();
    source.reader =
        cachedReader((*client)->repository(request.source.repository()), place, std::move(manifests));
    source.name = request.source.tagOrDigest();
    source.label = request.source.familiar();
    source.registry = request.source.registry();
    source.repository = request.source.repository();

    CopyDestination destination;
    destination.writer = (*store)->writer();
    destination.names = request.names.isEmpty() ? QStringList(request.source.canonical()) : request.names;
    co_return Result<CopyEnds>(CopyEnds(std::move(source), std::move(destination)));
}

} // namespace Tagboat
