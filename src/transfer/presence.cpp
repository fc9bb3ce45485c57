// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/presence.h"

#include "base/logging.h"
#include "base/taskgroup.h"
#include "transfer/origin.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr int ParallelQuestions = 8;
constexpr qsizetype MaxMountSources = 3;

struct Inquiry
{
    Plan plan;
    CopyDestination destination;
    RetryPolicy retry;
    QHash<Digest, Presence> presence; //!< of manifests and blobs; not asked: absent from the hash

    [[nodiscard]] bool has(const Digest& digest) const
    {
        return presence.value(digest, Presence::Unknown) == Presence::Present;
    }
};
using InquiryPtr = std::shared_ptr<Inquiry>;

Task<Result<void>> ask(InquiryPtr inquiry, Descriptor what, bool isManifest, std::stop_token stop)
{
    std::function<Task<Result<Presence>>(std::stop_token)> work = [inquiry, what,
                                                                   isManifest](std::stop_token inner) {
        ContentWriter& writer = *inquiry->destination.writer;
        return isManifest ? writer.manifestPresence(what, std::move(inner))
                          : writer.blobPresence(what, std::move(inner));
    };
    auto answer = co_await withRetries<Presence>(work, inquiry->retry, {}, stop);
    if (!answer && !answer.error().isTransient())
        co_return failAtDestination(std::move(answer.error()), u"check what is there"_s);
    if (!answer)
        qCInfo(lcTransfer) << "not known whether the destination has" << what.digest.toString()
                           << answer.error().toString();
    inquiry->presence.insert(what.digest, answer ? *answer : Presence::Unknown);
    co_return Result<void>();
}

Task<Result<void>> askName(InquiryPtr inquiry, qsizetype position, std::stop_token stop)
{
    const QString name = inquiry->plan.names[position].name;
    std::function<Task<Result<std::optional<Descriptor>>>(std::stop_token)> work =
        [inquiry, name](std::stop_token inner) {
            return inquiry->destination.writer->current(name, std::move(inner));
        };
    auto current = co_await withRetries<std::optional<Descriptor>>(work, inquiry->retry, {}, stop);
    if (!current)
        co_return failAtDestination(std::move(current.error()), u"look up name"_s);
    inquiry->plan.names[position].previous = *current;
    co_return Result<void>();
}

void askForManifests(TaskGroup& group, const InquiryPtr& inquiry, bool all)
{
    for (const ManifestContent& manifest : std::as_const(inquiry->plan.manifests)) {
        const Descriptor what = manifest.descriptor;
        if (all || what.digest == inquiry->plan.root.digest)
            group.spawn([inquiry, what](std::stop_token inner) {
                return ask(inquiry, what, true, std::move(inner));
            });
    }
    for (const PlannedReferrer& referrer : std::as_const(inquiry->plan.referrers)) {
        const Descriptor what = referrer.manifest.descriptor;
        group.spawn(
            [inquiry, what](std::stop_token inner) { return ask(inquiry, what, true, std::move(inner)); });
    }
}

void askForBlobs(TaskGroup& group, const InquiryPtr& inquiry,
                 const std::function<bool(const PlannedBlob&)>& isWanted)
{
    for (const PlannedBlob& blob : std::as_const(inquiry->plan.blobs)) {
        if (!isWanted(blob))
            continue;
        const Descriptor what = blob.descriptor;
        group.spawn(
            [inquiry, what](std::stop_token inner) { return ask(inquiry, what, false, std::move(inner)); });
    }
}

} // namespace

QStringList mountSources(const CopySource& source, const CopyDestination& destination,
                         const PlannedBlob& blob)
{
    if (destination.registry.isEmpty())
        return {};
    QStringList repositories;
    if (source.registry == destination.registry)
        repositories.append(source.repository);
    repositories += destination.knownAt.value(blob.descriptor.digest);
    // A guess costs a request; a config is hardly ever shared.
    if (!blob.isConfig)
        repositories += destination.mountCandidates;
    repositories.removeDuplicates();
    repositories.removeAll(destination.repository);
    repositories.removeAll(QString());
    return repositories.mid(0, MaxMountSources);
}

Task<Result<Plan>> askDestination(Plan plan, CopySource source, CopyDestination destination,
                                  RetryPolicy retry, std::stop_token stop)
{
    const auto inquiry = std::make_shared<Inquiry>();
    inquiry->plan = std::move(plan);
    inquiry->destination = std::move(destination);
    inquiry->retry = std::move(retry);
    const bool isRegistry = !inquiry->destination.registry.isEmpty();
    for (const QString& name : std::as_const(inquiry->destination.names))
        inquiry->plan.names.append({name, std::nullopt});

    TaskGroup first(stop, ParallelQuestions);
    askForManifests(first, inquiry, !isRegistry);
    for (qsizetype i = 0; i < inquiry->plan.names.size(); ++i)
        first.spawn([inquiry, i](std::stop_token inner) { return askName(inquiry, i, std::move(inner)); });
    if (!isRegistry)
        askForBlobs(first, inquiry, [](const PlannedBlob&) { return true; });
    auto asked = co_await first.join();
    if (!asked)
        co_return std::unexpected(std::move(asked.error()));

    const bool hasRoot = inquiry->has(inquiry->plan.root.digest);
    const bool hasReferrers =
        std::ranges::all_of(inquiry->plan.referrers, [&inquiry](const PlannedReferrer& referrer) {
            return inquiry->has(referrer.manifest.descriptor.digest);
        });
    // A registry that has a manifest has all that belongs to it.
    const auto isImplied = [isRegistry, hasRoot, hasReferrers](const PlannedBlob& blob) {
        return isRegistry && (blob.isOfReferrer ? hasReferrers : hasRoot);
    };
    if (isRegistry && !(hasRoot && hasReferrers)) {
        TaskGroup second(stop, ParallelQuestions);
        askForBlobs(second, inquiry, [&isImplied](const PlannedBlob& blob) { return !isImplied(blob); });
        auto answered = co_await second.join();
        if (!answered)
            co_return std::unexpected(std::move(answered.error()));
    }

    Plan result = std::move(inquiry->plan);
    bool hasAll = hasRoot;
    for (PlannedBlob& blob : result.blobs) {
        const Digest& digest = blob.descriptor.digest;
        if (isImplied(blob) || inquiry->has(digest)) {
            blob.action = PlannedBlob::Action::Present;
            continue;
        }
        hasAll = hasAll && blob.isOfReferrer;
        const QStringList repositories = mountSources(source, inquiry->destination, blob);
        blob.action = repositories.isEmpty() ? PlannedBlob::Action::Transfer : PlannedBlob::Action::Mount;
        blob.mountFrom = repositories.value(0);
    }
    if (!isRegistry) {
        for (const ManifestContent& manifest : std::as_const(result.manifests))
            hasAll = hasAll && inquiry->has(manifest.descriptor.digest);
    }
    result.rootIsPresent = hasAll;
    co_return Result<Plan>(std::move(result));
}

} // namespace Tagboat
