// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/platformchoice.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Task<Result<Digest>> selectPlatform(ImageWalk::Ptr walk, Digest from, Platform wanted, int depth,
                                    std::stop_token stop);

//! Entries without a platform: their configs tell.
Task<Result<Digest>> selectByConfig(ImageWalk::Ptr walk, Index index, Platform wanted, int depth,
                                    std::stop_token stop)
{
    Digest best;
    int bestPreference = -1;
    for (const Descriptor& entry : index.manifests()) {
        if (isAttestation(entry) || (entry.platform && !entry.platform->isEmpty()))
            continue;
        auto fetched = co_await ImageWalk::fetchChild(walk, entry, stop);
        if (!fetched)
            co_return std::unexpected(std::move(fetched.error()));
        if (walk->missing.contains(entry.digest))
            continue;
        if (std::holds_alternative<Index>(walk->nodes.find(entry.digest)->document)) {
            auto nested = co_await selectPlatform(walk, entry.digest, wanted, depth + 1, stop);
            if (nested)
                co_return nested;
            if (nested.error().code != Error::Code::NotFound)
                co_return nested;
            continue;
        }
        auto read = co_await ImageWalk::readConfig(walk, entry.digest, false, stop);
        if (!read)
            co_return std::unexpected(std::move(read.error()));
        const Platform platform = walk->platformOf(entry.digest);
        // One that nothing is known of is better than none.
        const int preference =
            platform.isEmpty() ? std::numeric_limits<int>::max() : wanted.preference(platform);
        if (preference >= 0 && (bestPreference < 0 || preference < bestPreference)) {
            best = entry.digest;
            bestPreference = preference;
        }
    }
    if (best.isNull()) {
        const QString there = walk->listed(index.images());
        co_return walk->failure(Error::Code::NotFound,
                                u"no image for %1; there are: %2"_s.arg(wanted.toString(), there));
    }
    co_return Result<Digest>(best);
}

Task<Result<Digest>> selectPlatform(ImageWalk::Ptr walk, Digest from, Platform wanted, int depth,
                                    std::stop_token stop)
{
    if (depth == ImageWalk::MaxDepth)
        co_return walk->failure(Error::Code::Unsupported, u"indexes are nested too deeply"_s);
    const auto* found = std::get_if<Index>(&walk->nodes.find(from)->document);
    if (!found)
        co_return Result<Digest>(from);
    const Index index = *found;
    const std::optional<Descriptor> entry = index.select(wanted);
    if (!entry || !entry->platform || entry->platform->isEmpty()) {
        auto byConfig = co_await selectByConfig(walk, index, wanted, depth, stop);
        co_return byConfig;
    }
    auto fetched = co_await ImageWalk::fetchChild(walk, *entry, stop);
    if (!fetched)
        co_return std::unexpected(std::move(fetched.error()));
    if (walk->missing.contains(entry->digest)) {
        co_return walk->failure(
            Error::Code::NotFound,
            u"the index names an image for %1, but it is not here"_s.arg(wanted.toString()));
    }
    auto selected = co_await selectPlatform(walk, entry->digest, wanted, depth + 1, stop);
    co_return selected;
}

} // namespace

Task<Result<Digest>> choosePlatform(ImageWalk::Ptr walk, Digest root, Platform wanted, std::stop_token stop)
{
    return selectPlatform(std::move(walk), std::move(root), std::move(wanted), 0, std::move(stop));
}

} // namespace Tagboat
