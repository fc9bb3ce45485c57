// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/account.h"
#include "cli/figures.h"
#include "cli/jobs.h"
#include "cli/jsonvalues.h"
#include "cli/pace.h"
#include "cli/places.h"
#include "cli/refusaladvice.h"

#include "base/worker.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Result<QList<PullRequest>> requestsFrom(const ContextPtr& context)
{
    PullRequest all;
    all.profile = context->profile;
    all.referrers = context->arguments.has("referrers"_L1);
    const QString platform = context->arguments.value("platform"_L1);
    if (platform == "all"_L1) {
        all.allPlatforms = true;
    } else if (!platform.isEmpty()) {
        auto parsed = Platform::parse(platform);
        if (!parsed)
            return std::unexpected(std::move(parsed.error()));
        all.platform = *parsed;
        all.platformMustFit = true;
    }
    QList<PullRequest> requests;
    for (const QString& operand : context->arguments.operands()) {
        auto reference = Reference::parsePasted(operand);
        if (!reference)
            return std::unexpected(std::move(reference.error()));
        const bool isTwice = std::ranges::any_of(
            requests, [&](const PullRequest& other) { return other.source == *reference; });
        if (isTwice)
            continue;
        PullRequest request = all;
        request.source = *reference;
        requests.append(request);
    }
    return requests;
}

//! What is known to be wrong before the download shall be said before it, not after it.
Result<void> checked(const Place& place, const QList<PullRequest>& requests)
{
    if (place.kind == Place::Kind::DockerArchive && requests.first().allPlatforms)
        return fail(Error::Code::Unsupported, place.path,
                    u"a docker-archive holds one platform; use oci-archive"_s);
    if (place.name.isEmpty())
        return {};
    if (requests.size() > 1)
        return fail(Error::Code::InvalidInput, place.name, u"one name cannot be given to several images"_s);
    if (place.isArchive()) {
        if (const auto name = Reference::parse(place.name); !name)
            return std::unexpected(name.error());
    }
    return {};
}

QString summaryOf(const JobSnapshot& job)
{
    return u"Pulled %1: %2 moved, %3 already here."_s.arg(job.image, bytesText(job.bytesTotal),
                                                          countText(job.layersPresent, u"layer"));
}

//! Writes what was pulled into \a scratch as the archive that was asked for.
Task<Result<void>> archivePulled(std::shared_ptr<ScratchStore> scratch, Place place,
                                 QList<PullRequest> requests, std::stop_token stop)
{
    QList<ExportItem> items;
    for (const PullRequest& request : std::as_const(requests)) {
        const QString pulled = request.source.canonical();
        auto image = co_await onWorker([store = scratch->store(), pulled] { return store->image(pulled); });
        if (!image)
            co_return std::unexpected(std::move(image.error()));
        const auto given = Reference::parse(place.name);
        items.append({image->target, {given ? given->canonical() : pulled}});
    }
    const bool isOci = place.kind == Place::Kind::OciArchive;
    const std::shared_ptr<ContentReader> reader = scratch->store()->reader();
    auto written = co_await exportArchive(items, reader, place.path,
                                          isOci ? ArchiveFormat::OciArchive : ArchiveFormat::DockerArchive,
                                          requests.first().platform, {}, {}, stop);
    co_return written;
}

//! The error of the first that failed, null where none did; says those of the others.
std::optional<Error> failureOf(const ContextPtr& context, const QList<JobSnapshot>& jobs)
{
    std::optional<Error> first;
    QString advice;
    for (const JobSnapshot& job : jobs) {
        if (job.state == JobState::Done)
            continue;
        if (!first) {
            first = job.error ? *job.error : cancelled().error();
            advice = refusalAdvice(job, *first, context->session->profiles());
        } else if (job.error && job.error->code != Error::Code::Cancelled) {
            context->output->advise(refusalAdvice(job, *job.error, context->session->profiles()));
            context->output->error(*job.error, false);
        }
    }
    context->output->advise(advice); // it is the next to be told
    return first;
}

//! All ended: none failed, some did, or all.
Result<int> concluded(const ContextPtr& context, const Place& place, const QList<PullRequest>& requests,
                      const QList<JobSnapshot>& jobs)
{
    QJsonArray array;
    bool isAnyDone = false;
    for (qsizetype i = 0; i < jobs.size(); ++i) {
        const JobSnapshot& job = jobs[i];
        QJsonObject members = jsonOf(job);
        members.insert("name"_L1, requests[i].source.canonical());
        if (place.kind != Place::Kind::Store)
            members.insert("to"_L1, place.path);
        array.append(members);
        if (job.state != JobState::Done)
            continue;
        isAnyDone = true;
        context->output->line(summaryOf(job));
        context->output->line(u"digest: "_s + job.rootDigest.toString());
    }
    auto failure = failureOf(context, jobs);
    if (!isAnyDone)
        return std::unexpected(std::move(*failure));
    if (failure)
        context->output->error(*failure, false);
    if (jobs.size() == 1)
        context->output->result("pull"_L1, array.first().toObject());
    else
        context->output->result("pull"_L1, {{"jobs"_L1, array}, {"partly"_L1, failure.has_value()}});
    return failure ? Exit::Partly : Exit::Done;
}

Task<Result<int>> pull(ContextPtr context, std::stop_token stop)
{
    auto requests = requestsFrom(context);
    if (!requests)
        co_return std::unexpected(std::move(requests.error()));
    const auto place = Place::parse(context->arguments.value("to"_L1));
    if (!place)
        co_return std::unexpected(place.error());
    if (const auto isRight = checked(*place, *requests); !isRight)
        co_return std::unexpected(isRight.error());
    QStringList registries;
    for (const PullRequest& request : std::as_const(*requests))
        registries.append(request.source.registry());
    if (const auto accounts = applyAccounts(context, registries); !accounts)
        co_return std::unexpected(accounts.error());

    std::shared_ptr<ScratchStore> scratch;
    if (place->isArchive()) {
        auto made = ScratchStore::make(context->session->paths().dataDirectory);
        if (!made)
            co_return std::unexpected(std::move(made.error()));
        scratch = std::move(*made);
    }
    if (const auto paced = applyPace(context); !paced)
        co_return std::unexpected(paced.error());
    QStringList ids;
    for (PullRequest& request : *requests) {
        if (scratch) {
            request.storeDirectory = scratch->store()->directory();
            request.isStorePassing = true;
        } else if (place->kind == Place::Kind::OciDirectory) {
            request.storeDirectory = place->path;
            if (!place->name.isEmpty())
                request.names = {place->name};
        }
        const auto id = context->session->pull(request);
        if (!id) {
            co_await cancelJobs(context, ids);
            co_return std::unexpected(id.error());
        }
        ids.append(*id);
    }
    const QList<JobSnapshot> jobs = co_await endOfJobs(context, ids, stop);
    if (scratch) {
        // An archive with some of what was to be in it helps nobody.
        if (auto failure = failureOf(context, jobs))
            co_return std::unexpected(std::move(*failure));
        auto written = co_await archivePulled(scratch, *place, *requests, stop);
        if (!written)
            co_return std::unexpected(std::move(written.error()));
    }
    co_return concluded(context, *place, *requests, jobs);
}

} // namespace

QList<Command> pullCommands()
{
    return {{.name = "pull"_L1,
             .operands = "REF..."_L1,
             .least = 1,
             .most = -1,
             .summary = "fetch images from registries"_L1,
             .options =
                 QList<OptionSpec>{{"platform"_L1, 0, "OS/ARCH[/V]|all"_L1, "else this computer's"_L1},
                                   {"to"_L1, 0, "PLACE"_L1,
                                    "store (default), oci:DIR, oci-archive:FILE or docker-archive:FILE"_L1},
                                   {"referrers"_L1, 0, {}, "with signatures, SBOMs and the like of it"_L1}}
                 + paceOptions() + accountOptions(),
             .run = pull}};
}

} // namespace Tagboat
