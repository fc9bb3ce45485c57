// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/account.h"
#include "cli/figures.h"
#include "cli/jobs.h"
#include "cli/jsonvalues.h"
#include "cli/pace.h"
#include "cli/packing.h"
#include "cli/places.h"
#include "cli/pushtargets.h"
#include "cli/refusaladvice.h"

#include "base/worker.h"
#include "oci/tagversion.h"
#include "transfer/plansequence.h"
#include "workbench/importinto.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! The store to push from: an own one, a layout, or what an archive was unpacked into.
struct From
{
    std::shared_ptr<ImageStore> store;
    std::shared_ptr<ScratchStore> scratch; //!< keeps a temporary store alive
    QString directory;                     //!< empty: the embedded store
    QString name;                          //!< what the place itself said which image is meant
};

Task<Result<From>> openFrom(ContextPtr context, Place place, std::optional<LayerCompression> compression,
                            std::stop_token stop)
{
    From from;
    from.name = place.name;
    if (place.kind == Place::Kind::Store) {
        from.store = context->session->store();
    } else if (place.kind == Place::Kind::OciDirectory) {
        // Opening would make a layout where there is none.
        if (!QFileInfo::exists(place.path + u"/oci-layout"_s))
            co_return fail(Error::Code::NotFound, place.path, u"there is no OCI image layout"_s);
        auto store = context->session->storeAt(place.path);
        if (!store)
            co_return std::unexpected(std::move(store.error()));
        from.store = std::move(*store);
        from.directory = place.path;
    } else {
        auto scratch = ScratchStore::make(context->session->paths().dataDirectory);
        if (!scratch)
            co_return std::unexpected(std::move(scratch.error()));
        from.scratch = std::move(*scratch);
        from.store = from.scratch->store();
        from.directory = from.store->directory();
        const auto chosen = context->session->layerCompression(compression);
        if (!chosen)
            co_return std::unexpected(chosen.error());
        ArchiveImportOptions options;
        options.compression = chosen->value_or(LayerCompression());
        auto imported = co_await importInto(from.store, place.path, options, {}, stop);
        if (!imported)
            co_return fail(std::move(imported.error()).at(Error::Origin::Source));
    }
    co_return Result<From>(std::move(from));
}

QString movesText(const Plan& plan)
{
    QString text;
    for (const PlannedName& name : plan.names) {
        text += u"  "_s + name.name + u": "_s;
        if (!name.previous)
            text += u"new\n"_s;
        else if (name.moves(plan.root))
            text +=
                u"moves from %1 to %2\n"_s.arg(name.previous->digest.shortHex(), plan.root.digest.shortHex());
        else
            text += u"is this image already\n"_s;
    }
    return text;
}

//! As whom, and why where that is not plain.
QString actorText(const PushPreview& preview)
{
    const QString user = preview.actingAs.isEmpty() ? u"nobody"_s : preview.actingAs;
    const IdentityChoice& acting = preview.acting;
    if (acting.reason != IdentityChoice::Reason::Rule)
        return user;
    return u"%1 (rule for %2)"_s.arg(user, acting.rule->place());
}

QString planText(const PushRequest& request, const PushPreview& preview)
{
    const Plan& plan = preview.plan;
    QString text =
        u"%1 to %2, as %3\n"_s.arg(request.label, request.destination.familiarName(), actorText(preview));
    for (const PlannedBlob& blob : plan.blobs) {
        QString action;
        switch (blob.action) {
        case PlannedBlob::Action::Present:
            action = u"already there"_s;
            break;
        case PlannedBlob::Action::Mount:
            action = u"taken over from "_s + blob.mountFrom;
            break;
        case PlannedBlob::Action::Transfer:
            action = u"to upload"_s;
            break;
        }
        if (blob.isOfReferrer)
            action += u" (%1)"_s.arg(blob.step);
        text += u"  %1  %2  %3\n"_s.arg(blob.descriptor.digest.shortHex(),
                                        bytesText(blob.descriptor.size).rightJustified(8), action);
    }
    text += movesText(plan);
    text += u"  %1 to upload, %2 already there\n"_s.arg(bytesText(plan.bytesToTransfer()),
                                                        bytesText(plan.bytesPresent()));
    return text;
}

void adviseOn(const ContextPtr& context, const JobSnapshot& job, const Error& error)
{
    context->output->advise(refusalAdvice(job, error, context->session->profiles()));
}

//! What a plan would be as a job.
JobSnapshot snapshotOf(const PushRequest& request, const PushPreview& preview)
{
    JobSnapshot job;
    job.registry = request.destination.registry();
    job.repository = request.destination.repository();
    job.tags = {request.destination.tag()};
    job.user = preview.actingAs;
    job.profileName = preview.acting.profile ? preview.acting.profile->name : QString();
    return job;
}

Task<Result<int>> showPlans(ContextPtr context, QList<PushRequest> requests, std::stop_token stop)
{
    QJsonArray array;
    QList<PushRequest> parts;
    QList<std::shared_ptr<PlanSequence>> jobs; // beside the parts: of which job each is one
    for (const PushRequest& request : std::as_const(requests)) {
        parts += request.apart();
        jobs.resize(parts.size(), std::make_shared<PlanSequence>());
    }
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const PushRequest request = parts.at(i);
        auto preview = co_await context->session->planPush(request, stop);
        if (!preview)
            co_return std::unexpected(std::move(preview.error()));
        preview->plan = jobs[i]->add(request.destination.registry(), request.destination.repository(),
                                     std::move(preview->plan));
        context->output->text(planText(request, *preview));
        if (preview->refusal) {
            adviseOn(context, snapshotOf(request, *preview), *preview->refusal);
            context->output->error(*preview->refusal, false);
        }
        QJsonObject members = jsonOf(preview->plan);
        members.insert("destination"_L1, request.destination.familiarName());
        members.insert("actingAs"_L1, preview->actingAs);
        members.insert("mayPush"_L1, preview->mayPush());
        if (preview->refusal)
            members.insert("refusal"_L1, jsonOf(*preview->refusal));
        array.append(members);
    }
    context->output->result("push"_L1, {{"plans"_L1, array}});
    co_return Exit::Done;
}

//! All ended: no destination failed, some did, or all.
Result<int> concluded(const ContextPtr& context, const QList<JobSnapshot>& jobs)
{
    QJsonArray array;
    QList<JobSnapshot> ways; // each to one destination
    for (const JobSnapshot& job : jobs) {
        array.append(jsonOf(job));
        for (qsizetype i = 0; i < job.destinations().size(); ++i)
            ways.append(job.only(i));
    }
    const auto failed =
        std::ranges::count_if(ways, [](const JobSnapshot& way) { return way.state != JobState::Done; });
    if (failed == ways.size()) {
        const JobSnapshot& first = ways.first();
        for (const JobSnapshot& way : ways.sliced(1)) {
            if (way.error && way.error->code != Error::Code::Cancelled) {
                adviseOn(context, way, *way.error);
                context->output->error(*way.error, false);
            }
        }
        if (first.error)
            adviseOn(context, first, *first.error);
        return first.error ? std::unexpected(*first.error) : std::unexpected(cancelled(u"push"_s).error());
    }
    for (const JobSnapshot& job : std::as_const(ways)) {
        if (job.state != JobState::Done) {
            if (job.error) {
                adviseOn(context, job, *job.error);
                context->output->error(*job.error, false);
            }
            continue;
        }
        context->output->line(u"Pushed %1 to %2:%3: %4 moved, %5 already there."_s.arg(
            job.image, job.to, job.tags.join(u", "_s), bytesText(job.bytesTotal),
            countText(job.layersPresent + job.layersMounted, u"layer")));
        context->output->line(u"digest: "_s + job.rootDigest.toString());
    }
    context->output->result("push"_L1, {{"jobs"_L1, array}, {"partly"_L1, failed > 0}});
    return failed > 0 ? Exit::Partly : Exit::Done;
}

//! The push of an archive's image to one repository, which needs no store in between; nothing where it is to
//! be something else.
Task<Result<std::optional<ArchivePushRequest>>> straightFrom(ContextPtr context, Place place,
                                                             std::optional<LayerCompression> compression,
                                                             std::stop_token stop)
{
    const Arguments& arguments = context->arguments;
    const bool isPlain = !arguments.has("all-tags"_L1) && !arguments.has("platform"_L1)
        && !arguments.has("plan"_L1) && !arguments.has("referrers"_L1) && arguments.operands().size() == 1;
    if (!place.isArchive() || !isPlain)
        co_return std::optional<ArchivePushRequest>();
    const auto destination = Reference::parsePasted(arguments.operand(0));
    if (!destination || !destination->digest().isNull())
        co_return std::optional<ArchivePushRequest>(); // the long way says what is wrong
    auto contents = co_await inspectArchive(place.path, stop);
    if (!contents)
        co_return fail(std::move(contents.error()).at(Error::Origin::Source));
    ArchivePushRequest request;
    request.file = place.path;
    request.destination = *destination;
    request.profile = context->profile;
    request.compression = compression;
    const auto meant = Reference::parse(place.name.isEmpty() ? arguments.operand(0) : place.name);
    for (const ArchivedImage& image : std::as_const(contents->images)) {
        if (meant && image.names.contains(meant->canonical()))
            request.only = meant->canonical();
    }
    if (request.only.isEmpty() && (contents->images.size() != 1 || !place.name.isEmpty()))
        co_return std::optional<ArchivePushRequest>();
    if (arguments.has("cascade"_L1)) {
        if (const auto version = TagVersion::parse(destination->tag()))
            request.moreTags = version->cascade();
    }
    co_return std::optional<ArchivePushRequest>(std::move(request));
}

Task<Result<int>> pushStraight(ContextPtr context, ArchivePushRequest request, std::stop_token stop)
{
    const auto account = applyAccount(context, request.destination.registry());
    if (!account)
        co_return std::unexpected(account.error());
    const auto id = context->session->pushArchive(std::move(request));
    if (!id)
        co_return std::unexpected(id.error());
    const QStringList ids{*id};
    const QList<JobSnapshot> jobs = co_await endOfJobs(context, ids, stop);
    co_return concluded(context, jobs);
}

Task<Result<int>> push(ContextPtr context, std::stop_token stop)
{
    const Arguments& arguments = context->arguments;
    const auto place = Place::parse(arguments.value("from"_L1));
    if (!place)
        co_return std::unexpected(place.error());
    if (const auto paced = applyPace(context); !paced)
        co_return std::unexpected(paced.error());
    const auto compression = askedCompression(arguments);
    if (!compression)
        co_return std::unexpected(compression.error());
    if (compression->has_value() && !place->isArchive())
        co_return fail(Error::Code::InvalidInput, u"--compression"_s,
                       u"only layers of an archive are compressed; a store's go as they are"_s);
    const auto straight = co_await straightFrom(context, *place, *compression, stop);
    if (!straight)
        co_return std::unexpected(straight.error());
    if (straight->has_value()) {
        const auto done = co_await pushStraight(context, **straight, stop);
        co_return done;
    }
    std::optional<Platform> platform;
    if (arguments.has("platform"_L1)) {
        const auto parsed = Platform::parse(arguments.value("platform"_L1));
        if (!parsed)
            co_return std::unexpected(parsed.error());
        platform = *parsed;
    }
    const auto from = co_await openFrom(context, *place, *compression, stop);
    if (!from)
        co_return std::unexpected(from.error());
    const auto snapshot = co_await onWorker([store = from->store] { return store->snapshot(); });
    if (!snapshot)
        co_return std::unexpected(snapshot.error());

    QString name = arguments.operand(0);
    QStringList destinations = arguments.operands().sliced(1);
    if (!from->name.isEmpty()) {
        // The place names the image: the first operand is a destination too.
        destinations.prepend(name);
        name = from->name;
    }
    const PushChoice choice{.allTags = arguments.has("all-tags"_L1),
                            .cascade = arguments.has("cascade"_L1),
                            .mayBeTheOnly = from->name.isEmpty() && place->kind != Place::Kind::Store};
    auto requests = pushTargets(*snapshot, name, destinations, choice);
    if (!requests)
        co_return std::unexpected(std::move(requests.error()));
    QStringList registries;
    for (PushRequest& request : *requests) {
        request.profile = context->profile;
        registries.append(request.destination.registry());
        for (PushTarget& target : request.further) {
            target.profile = context->profile;
            registries.append(target.destination.registry());
        }
        request.platform = platform;
        request.referrers = arguments.has("referrers"_L1);
        request.storeDirectory = from->directory;
        request.isStorePassing = from->scratch != nullptr;
    }
    if (const auto accounts = applyAccounts(context, registries); !accounts)
        co_return std::unexpected(accounts.error());
    if (arguments.has("plan"_L1)) {
        auto shown = co_await showPlans(context, *requests, stop);
        co_return shown;
    }

    QStringList ids;
    for (const PushRequest& request : std::as_const(*requests)) {
        const auto id = context->session->push(request);
        if (!id) {
            co_await cancelJobs(context, ids);
            co_return std::unexpected(id.error());
        }
        ids.append(*id);
    }
    const QList<JobSnapshot> jobs = co_await endOfJobs(context, ids, stop);
    co_return concluded(context, jobs);
}

} // namespace

QList<Command> pushCommands()
{
    return {{.name = "push"_L1,
             .operands = "REF [DEST...]"_L1,
             .least = 1,
             .most = -1,
             .summary = "send an image to registries; without DEST to where its name says"_L1,
             .options =
                 QList<OptionSpec>{{"from"_L1, 0, "PLACE"_L1,
                                    "store (default), oci:DIR, oci-archive:FILE or docker-archive:FILE"_L1},
                                   {"all-tags"_L1, 'a', {}, "every tag of the repository REF"_L1},
                                   {"cascade"_L1, 0, {}, "2.1.106 also as 2.1, 2 and latest"_L1},
                                   {"platform"_L1, 0, "OS/ARCH[/V]"_L1, "only this one of several"_L1},
                                   {"referrers"_L1, 0, {}, "with signatures, SBOMs and the like of it"_L1},
                                   {"plan"_L1, 0, {}, "only show what would happen"_L1}}
                 + packingOptions() + paceOptions() + accountOptions(),
             .run = push}};
}

} // namespace Tagboat
