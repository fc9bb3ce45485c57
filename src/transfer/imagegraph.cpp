// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/imagegraph.h"

#include "transfer/planassembly.h"
#include "transfer/platformchoice.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The finished plan, with what refers to its manifests where that is wanted.
Task<Result<Plan>> withReferrers(ImageWalk::Ptr walk, std::shared_ptr<PlanAssembly> assembly, bool areWanted,
                                 std::stop_token stop)
{
    if (!areWanted)
        co_return Result<Plan>(std::move(assembly->plan));
    QList<Digest> subjects;
    for (const ManifestContent& manifest : std::as_const(assembly->plan.manifests))
        subjects.append(manifest.descriptor.digest);
    auto found = co_await ImageWalk::fetchReferrers(walk, subjects, stop);
    if (!found)
        co_return std::unexpected(std::move(found.error()));
    assembly->addReferrers();
    co_return Result<Plan>(std::move(assembly->plan));
}

} // namespace

Task<Result<Plan>> walkImage(CopySource source, CopyOptions options, RetryPolicy retry, std::stop_token stop)
{
    const auto walk = std::make_shared<ImageWalk>();
    walk->source = std::move(source);
    walk->retry = std::move(retry);
    const QString name = walk->source.target ? walk->source.target->digest.toString() : walk->source.name;

    auto fetched = co_await ImageWalk::fetchDocument(walk, name, walk->source.target, stop);
    if (!fetched)
        co_return std::unexpected(std::move(fetched.error()));
    Digest root = *fetched;
    if (options.platform) {
        auto selected = co_await choosePlatform(walk, root, *options.platform, stop);
        if (!selected)
            co_return std::unexpected(std::move(selected.error()));
        root = *selected;
        // Siblings that were only looked at are no part of the image.
        const ImageNode node = *walk->nodes.constFind(root);
        walk->nodes = {{root, node}};
        walk->missing.clear();
    } else {
        auto all = co_await ImageWalk::fetchDescendants(walk, root, stop);
        if (!all)
            co_return std::unexpected(std::move(all.error()));
    }
    auto configs = co_await ImageWalk::readConfigs(walk, root, stop);
    if (!configs)
        co_return std::unexpected(std::move(configs.error()));
    if (options.platform && options.platformMustFit) {
        const Platform there = walk->platformOf(root);
        if (!there.isEmpty() && options.platform->preference(there) < 0)
            co_return walk->failure(
                Error::Code::NotFound,
                u"no image for %1; there is: %2"_s.arg(options.platform->toString(), there.toString()));
    }

    const auto whole = std::make_shared<PlanAssembly>(*walk);
    whole->setRoot(root);
    if (whole->plan.missing.isEmpty()) {
        auto plan = co_await withReferrers(walk, whole, options.referrers, stop);
        co_return plan;
    }

    // No registry takes an index without its children: the one image that is here is copied in its stead.
    if (whole->images.size() != 1) {
        const QString here = walk->listed(whole->images);
        const QString gone = walk->listed(whole->plan.missing);
        co_return walk->failure(
            Error::Code::NotFound,
            whole->images.isEmpty()
                ? u"none of the images that the index names is here: %1"_s.arg(gone)
                : u"the index names images that are not here: %1; choose one that is: %2"_s.arg(gone, here));
    }
    const auto single = std::make_shared<PlanAssembly>(*walk);
    single->setRoot(whole->images.constFirst().digest);
    single->plan.missing = whole->plan.missing;
    auto plan = co_await withReferrers(walk, single, options.referrers, stop);
    co_return plan;
}

} // namespace Tagboat
