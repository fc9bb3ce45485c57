// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/copyends.h"
#include "workbench/importinto.h"
#include "workbench/recipes.h"
#include "workbench/sessionprivate.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

void describeProfile(JobSnapshot& job, const std::optional<Profile>& profile)
{
    if (!profile)
        return;
    job.profileName = profile->name;
    job.user = profile->user;
}

Task<Result<void>> importWithNames(std::shared_ptr<ImageStore> store, ImportRequest request,
                                   ArchiveProgressCallback progress, std::stop_token stop)
{
    auto images =
        co_await importInto(std::move(store), request.file, request.names, std::move(progress), stop);
    if (!images)
        co_return std::unexpected(std::move(images.error()));
    co_return Result<void>();
}

} // namespace

Result<QString> Session::push(PushRequest request)
{
    auto job = pushJob(std::move(request));
    if (!job)
        return std::unexpected(std::move(job.error()));
    return d->queue->add(std::move(*job));
}

Result<JobRequest> Session::remake(const JobSnapshot& job)
{
    if (auto push = pushFromRecipe(job.recipe))
        return pushJob(std::move(*push));
    if (auto pull = pullFromRecipe(job.recipe))
        return pullJob(std::move(*pull));
    return fail(Error::Code::Unsupported, job.image,
                u"what this transfer was made from is not known any more"_s);
}

Result<JobRequest> Session::pushJob(PushRequest request)
{
    const auto tags = tagsOf(request);
    if (!tags)
        return std::unexpected(tags.error());
    const auto profile = d->choose(request.destination.registry(), request.profile);
    if (!profile)
        return std::unexpected(profile.error());
    if (*profile && !(*profile)->id.isEmpty())
        d->profiles->touch((*profile)->id);

    JobRequest job;
    job.description.kind = JobKind::Push;
    job.description.image = request.label.isEmpty() ? familiarLabel(request.image) : request.label;
    job.description.from = request.storeDirectory;
    job.description.to = request.destination.familiarName();
    job.description.registry = request.destination.registry();
    job.description.repository = request.destination.repository();
    job.description.tags = *tags;
    describeProfile(job.description, *profile);
    job.description.recipe = recipeOf(request);
    job.options.platform = request.platform;
    job.options.platformMustFit = true;
    const std::weak_ptr<Session> session = weak_from_this();
    // Weak: the queue belongs to the session, and a job must not keep its own queue alive.
    job.open = [session, request = std::move(request)](std::stop_token stop) {
        return openPushEnds(session.lock(), request, std::move(stop));
    };
    return job;
}

Result<QString> Session::pull(PullRequest request)
{
    auto job = pullJob(std::move(request));
    if (!job)
        return std::unexpected(std::move(job.error()));
    return d->queue->add(std::move(*job));
}

Result<JobRequest> Session::pullJob(PullRequest request)
{
    const auto profile = d->choose(request.source.registry(), request.profile);
    if (!profile)
        return std::unexpected(profile.error());
    if (*profile && !(*profile)->id.isEmpty())
        d->profiles->touch((*profile)->id);

    JobRequest job;
    job.description.kind = JobKind::Pull;
    job.description.image = request.source.familiar();
    job.description.from = request.source.familiarName();
    job.description.to = request.storeDirectory;
    job.description.registry = request.source.registry();
    job.description.repository = request.source.repository();
    job.description.tags = {request.source.tagOrDigest()};
    describeProfile(job.description, *profile);
    job.description.recipe = recipeOf(request);
    job.options = optionsOf(request);
    const std::weak_ptr<Session> session = weak_from_this();
    job.open = [session, manifests = d->manifests, request = std::move(request)](std::stop_token stop) {
        return openPullEnds(session.lock(), manifests, request, std::move(stop));
    };
    return job;
}

Result<QString> Session::import(ImportRequest request)
{
    if (!QFileInfo::exists(request.file))
        return fail(Error::Code::NotFound, request.file, u"no such file"_s);
    JobRequest job;
    job.description.kind = JobKind::Import;
    job.description.image = QFileInfo(request.file).fileName();
    job.description.from = request.file;
    job.run = [store = d->store, request = std::move(request)](auto progress, std::stop_token stop) {
        auto report = [progress](const ArchiveProgress& p) { progress(p.bytesDone, p.bytesTotal, p.member); };
        return importWithNames(store, request, std::move(report), std::move(stop));
    };
    return d->queue->add(std::move(job));
}

Result<QString> Session::exportImages(ExportRequest request)
{
    if (request.items.isEmpty())
        return fail(Error::Code::InvalidInput, request.file, u"no image to export"_s);
    JobRequest job;
    job.description.kind = JobKind::Export;
    const QStringList names = request.items.first().names;
    job.description.image =
        names.isEmpty() ? request.items.first().target.digest.shortHex() : familiarLabel(names.first());
    if (request.items.size() > 1)
        job.description.image += u" +%1"_s.arg(request.items.size() - 1);
    job.description.to = request.file;
    job.run = [store = d->store, request = std::move(request)](auto progress, std::stop_token stop) {
        auto report = [progress](const ArchiveProgress& p) { progress(p.bytesDone, p.bytesTotal, p.member); };
        return exportArchive(request.items, store->reader(), request.file, request.format, request.platform,
                             std::move(report), std::move(stop));
    };
    return d->queue->add(std::move(job));
}

} // namespace Tagboat
