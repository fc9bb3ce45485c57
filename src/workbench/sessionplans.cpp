// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/retry.h"
#include "workbench/copyends.h"
#include "workbench/sessionprivate.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Somebody looks at the dialog: whoever has to wait longer than this is told so.
std::shared_ptr<const RetryPolicy> impatient()
{
    auto policy = std::make_shared<RetryPolicy>(RetryPolicy::standard(3));
    policy->longestRetryAfter = 3s;
    return policy;
}

Task<Result<PushPreview>> previewPush(std::shared_ptr<Session> session, PushRequest request,
                                      IdentityChoice acting, std::stop_token stop)
{
    auto ends = co_await openPushEnds(session, request, stop);
    if (!ends)
        co_return std::unexpected(std::move(ends.error()));
    const auto destination = std::move(ends->destinations.front());
    if (!destination)
        co_return std::unexpected(destination.error());
    CopyOptions options = optionsOf(request);
    options.retry = impatient();
    auto plan = co_await makePlan(ends->source, *destination, options, stop);
    if (!plan)
        co_return std::unexpected(std::move(plan.error()));
    PushPreview preview;
    preview.plan = std::move(*plan);
    preview.actingAs = acting.profile ? acting.profile->user : QString();
    preview.acting = std::move(acting);
    // Nobody shall send gigabytes to be told at the end that he may not.
    auto client = session->client(request.question(), request.profile);
    if (client) {
        auto allowed = co_await (*client)->repository(request.destination.repository())->checkPush(stop);
        if (!allowed) {
            if (allowed.error().code == Error::Code::Cancelled)
                co_return std::unexpected(std::move(allowed.error()));
            preview.refusal = std::move(allowed.error());
        }
    }
    co_return Result<PushPreview>(std::move(preview));
}

QList<Platform> platformsOf(const ManifestContent& root, const QString& label)
{
    QList<Platform> platforms;
    const auto index = Index::parse(root.bytes, root.descriptor.mediaType, label);
    if (!index)
        return platforms;
    for (const Descriptor& entry : index->images()) {
        if (entry.platform && !platforms.contains(*entry.platform))
            platforms.append(*entry.platform);
    }
    return platforms;
}

Task<Result<PullPreview>> previewPull(std::shared_ptr<Session> session,
                                      std::shared_ptr<ManifestCache> manifests, PullRequest request,
                                      IdentityChoice acting, std::stop_token stop)
{
    auto ends = co_await openPullEnds(session, manifests, request, stop);
    if (!ends)
        co_return std::unexpected(std::move(ends.error()));
    auto root = co_await ends->source.reader->fetchManifest(ends->source.name, stop);
    if (!root)
        co_return fail(std::move(root.error())
                           .during(u"look up %1"_s.arg(ends->source.label))
                           .at(Error::Origin::Source));
    PullPreview preview;
    preview.reference = request.source;
    preview.root = root->descriptor;
    preview.platforms = platformsOf(*root, ends->source.label);
    preview.actingAs = acting.profile ? acting.profile->user : QString();
    preview.acting = std::move(acting);
    ends->source.target = root->descriptor;
    CopyOptions options = optionsOf(request);
    options.retry = impatient();
    auto plan = co_await makePlan(ends->source, *ends->destinations.front(), options, stop);
    const bool isUnfit = !plan && plan.error().code == Error::Code::NotFound && !request.allPlatforms
        && !preview.platforms.isEmpty();
    if (isUnfit) {
        preview.refusal = std::move(plan.error());
        co_return Result<PullPreview>(std::move(preview));
    }
    if (!plan)
        co_return std::unexpected(std::move(plan.error()));
    preview.plan = std::move(*plan);
    if (preview.platforms.isEmpty())
        preview.platforms = preview.plan.platforms;
    co_return Result<PullPreview>(std::move(preview));
}

//! Whoever it cannot be is told by what asks for a client.
IdentityChoice actorOf(const Result<IdentityChoice>& chosen)
{
    return chosen.value_or(IdentityChoice());
}

} // namespace

Task<Result<PushPreview>> Session::planPush(PushRequest request, std::stop_token stop)
{
    IdentityChoice acting = actorOf(d->choose(request.question(), request.profile));
    return previewPush(shared_from_this(), std::move(request), std::move(acting), std::move(stop));
}

Task<Result<PullPreview>> Session::planPull(PullRequest request, std::stop_token stop)
{
    IdentityChoice acting = actorOf(d->choose(request.question(), request.profile));
    return previewPull(shared_from_this(), d->manifests, std::move(request), std::move(acting),
                       std::move(stop));
}

} // namespace Tagboat
