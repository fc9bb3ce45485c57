// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "base/taskgroup.h"
#include "oci/referrer.h"
#include "transfer/imagewalk.h"
#include "transfer/origin.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr int ParallelRequests = 6;
// A signature of an SBOM of an image are two.
constexpr int MaxReferrerDepth = 4;
constexpr qsizetype MaxReferrers = 1'000;

using Lists = std::shared_ptr<QHash<Digest, QList<Descriptor>>>;

Task<Result<void>> listReferrers(ImageWalk::Ptr walk, Digest subject, Lists lists, std::stop_token stop)
{
    std::function<Task<Result<QList<Descriptor>>>(std::stop_token)> work = [walk,
                                                                            subject](std::stop_token inner) {
        return walk->source.reader->referrers(subject, std::move(inner));
    };
    auto listed = co_await withRetries<QList<Descriptor>>(work, walk->retry, {}, stop);
    if (!listed)
        co_return failAtSource(std::move(listed.error()), u"list referrers"_s);
    lists->insert(subject, std::move(*listed));
    co_return Result<void>();
}

//! The document with all below it.
Task<Result<void>> fetchWhole(ImageWalk::Ptr walk, Descriptor entry, std::stop_token stop)
{
    entry.platform.reset(); // whatever a list says, it is no platform of the image
    auto fetched = co_await ImageWalk::fetchChild(walk, entry, stop);
    if (!fetched)
        co_return std::unexpected(std::move(fetched.error()));
    if (walk->missing.contains(entry.digest))
        co_return Result<void>();
    auto below = co_await ImageWalk::fetchDescendants(walk, entry.digest, stop);
    co_return below;
}

//! No registry takes an index without its children.
bool isWhole(const ImageWalk& walk, const Digest& start)
{
    QList<Digest> waiting{start};
    QSet<Digest> seen{start};
    while (!waiting.isEmpty()) {
        const auto node = walk.nodes.constFind(waiting.takeLast());
        if (node == walk.nodes.cend())
            return false;
        const auto* index = std::get_if<Index>(&node->document);
        const QList<Descriptor> children = index ? index->manifests() : QList<Descriptor>();
        for (const Descriptor& child : children) {
            if (!seen.contains(child.digest)) {
                seen.insert(child.digest);
                waiting.append(child.digest);
            }
        }
    }
    return true;
}

bool isAbout(const ImageWalk& walk, const Digest& digest, const Digest& subject)
{
    const auto about = subjectOf(walk.nodes.constFind(digest)->document);
    return about && about->digest == subject;
}

} // namespace

Task<Result<void>> ImageWalk::fetchReferrers(Ptr walk, QList<Digest> subjects, std::stop_token stop)
{
    QSet<Digest> seen(subjects.cbegin(), subjects.cend());
    for (int depth = 0; !subjects.isEmpty(); ++depth) {
        const auto lists = std::make_shared<QHash<Digest, QList<Descriptor>>>();
        TaskGroup asking(stop, ParallelRequests);
        for (const Digest& subject : std::as_const(subjects)) {
            asking.spawn([walk, subject, lists](std::stop_token inner) {
                return listReferrers(walk, subject, lists, std::move(inner));
            });
        }
        auto asked = co_await asking.join();
        if (!asked)
            co_return std::unexpected(std::move(asked.error()));

        QList<std::pair<Digest, Descriptor>> found; // subject, entry
        for (const Digest& subject : std::as_const(subjects)) {
            const QList<Descriptor> entries = lists->value(subject);
            for (const Descriptor& entry : entries) {
                if (!seen.contains(entry.digest)) {
                    seen.insert(entry.digest);
                    found.append({subject, entry});
                }
            }
        }
        if (found.isEmpty())
            break;
        if (depth == MaxReferrerDepth)
            co_return walk->failure(Error::Code::Unsupported, u"referrers refer to each other too deeply"_s);
        if (walk->referrers.size() + found.size() > MaxReferrers)
            co_return walk->failure(Error::Code::Unsupported, u"too many manifests refer to the image"_s);

        TaskGroup fetching(stop, ParallelRequests);
        for (const auto& [subject, entry] : std::as_const(found)) {
            fetching.spawn([walk, wanted = entry](std::stop_token inner) {
                return fetchWhole(walk, wanted, std::move(inner));
            });
        }
        auto fetched = co_await fetching.join();
        if (!fetched)
            co_return std::unexpected(std::move(fetched.error()));

        subjects.clear();
        for (const auto& [subject, entry] : std::as_const(found)) {
            if (!isWhole(*walk, entry.digest) || !isAbout(*walk, entry.digest, subject)) {
                qCWarning(lcTransfer).noquote() << entry.digest.toString() << "is listed as a referrer to"
                                                << subject.toString() << "but is missing or is none";
                continue;
            }
            const Descriptor told = referrerEntry(walk->nodes.constFind(entry.digest)->document);
            walk->referrers.append({entry.digest, referrerKind(told.artifactType)});
            subjects.append(entry.digest);
        }
    }
    co_return Result<void>();
}

} // namespace Tagboat
