// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/account.h"
#include "cli/figures.h"
#include "cli/jobs.h"
#include "cli/jsonvalues.h"
#include "cli/pace.h"
#include "cli/places.h"

#include "base/worker.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

Result<PullRequest> requestFrom(const ContextPtr& context)
{
    auto reference = Reference::parsePasted(context->arguments.operand(0));
    if (!reference)
        return std::unexpected(std::move(reference.error()));
    PullRequest request;
    request.source = *reference;
    request.profile = context->profile;
    request.referrers = context->arguments.has("referrers"_L1);
    const QString platform = context->arguments.value("platform"_L1);
    if (platform == "all"_L1) {
        request.allPlatforms = true;
    } else if (!platform.isEmpty()) {
        auto parsed = Platform::parse(platform);
        if (!parsed)
            return std::unexpected(std::move(parsed.error()));
        request.platform = *parsed;
        request.platformMustFit = true;
    }
    return request;
}

QString summaryOf(const JobSnapshot& job)
{
    return u"Pulled %1: %2 moved, %3 already here."_s.arg(job.image, bytesText(job.bytesTotal),
                                                          countText(job.layersPresent, u"layer"));
}

//! Writes what was pulled into \a scratch as the archive that was asked for.
Task<Result<void>> archivePulled(std::shared_ptr<ScratchStore> scratch, Place place, PullRequest request,
                                 std::stop_token stop)
{
    auto image = co_await onWorker(
        [store = scratch->store(), name = request.source.canonical()] { return store->image(name); });
    if (!image)
        co_return std::unexpected(std::move(image.error()));
    const auto given = Reference::parse(place.name);
    const QString name = given ? given->canonical() : request.source.canonical();
    const bool isOci = place.kind == Place::Kind::OciArchive;
    const QList<ExportItem> items{{image->target, {name}}};
    const std::shared_ptr<ContentReader> reader = scratch->store()->reader();
    auto written = co_await exportArchive(items, reader, place.path,
                                          isOci ? ArchiveFormat::OciArchive : ArchiveFormat::DockerArchive,
                                          request.platform, {}, stop);
    co_return written;
}

Task<Result<int>> pull(ContextPtr context, std::stop_token stop)
{
    auto request = requestFrom(context);
    if (!request)
        co_return std::unexpected(std::move(request.error()));
    const auto place = Place::parse(context->arguments.value("to"_L1));
    if (!place)
        co_return std::unexpected(place.error());
    if (place->kind == Place::Kind::DockerArchive && request->allPlatforms)
        co_return fail(Error::Code::Unsupported, place->path,
                       u"a docker-archive holds one platform; use oci-archive"_s);
    if (place->isArchive() && !place->name.isEmpty()) {
        // Said before the download, not after it.
        const auto name = Reference::parse(place->name);
        if (!name)
            co_return std::unexpected(name.error());
    }
    const auto account = applyAccount(context, request->source.registry());
    if (!account)
        co_return std::unexpected(account.error());

    std::shared_ptr<ScratchStore> scratch;
    if (place->isArchive()) {
        auto made = ScratchStore::make(context->session->paths().dataDirectory);
        if (!made)
            co_return std::unexpected(std::move(made.error()));
        scratch = std::move(*made);
        request->storeDirectory = scratch->store()->directory();
        request->isStorePassing = true;
    } else if (place->kind == Place::Kind::OciDirectory) {
        request->storeDirectory = place->path;
        if (!place->name.isEmpty())
            request->names = {place->name};
    }
    if (const auto paced = applyPace(context); !paced)
        co_return std::unexpected(paced.error());
    const auto id = context->session->pull(*request);
    if (!id)
        co_return std::unexpected(id.error());
    const auto job = co_await endOfJob(context, *id, stop);
    if (!job)
        co_return std::unexpected(job.error());
    if (scratch) {
        auto written = co_await archivePulled(scratch, *place, *request, stop);
        if (!written)
            co_return std::unexpected(std::move(written.error()));
    }

    context->output->line(summaryOf(*job));
    context->output->line(u"digest: "_s + job->rootDigest.toString());
    QJsonObject members = jsonOf(*job);
    members.insert("name"_L1, request->source.canonical());
    if (place->kind != Place::Kind::Store)
        members.insert("to"_L1, place->path);
    context->output->result("pull"_L1, members);
    co_return Exit::Done;
}

} // namespace

QList<Command> pullCommands()
{
    return {{.name = "pull"_L1,
             .operands = "REF"_L1,
             .least = 1,
             .most = 1,
             .summary = "fetch an image from a registry"_L1,
             .options =
                 QList<OptionSpec>{{"platform"_L1, 0, "OS/ARCH[/V]|all"_L1, "else this computer's"_L1},
                                   {"to"_L1, 0, "PLACE"_L1,
                                    "store (default), oci:DIR, oci-archive:FILE or docker-archive:FILE"_L1},
                                   {"referrers"_L1, 0, {}, "with signatures, SBOMs and the like of it"_L1}}
                 + paceOptions() + accountOptions(),
             .run = pull}};
}

} // namespace Tagboat
