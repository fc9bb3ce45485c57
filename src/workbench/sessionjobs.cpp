// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/archivepush.h"
#include "workbench/copyends.h"
#include "workbench/importinto.h"
#include "workbench/recipes.h"
#include "workbench/sessionprivate.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

void describeProfile(JobTarget& job, const std::optional<Profile>& profile)
{
    if (!profile)
        return;
    job.profileName = profile->name;
    job.user = profile->user;
}

Task<Result<void>> pushToRegistry(ArchivePush push, ArchiveProgressCallback progress,
                                  std::shared_ptr<Digest> outcome, std::stop_token stop)
{
    auto root = co_await pushArchive(std::move(push), std::move(progress), stop);
    if (!root)
        co_return std::unexpected(std::move(root.error()));
    *outcome = root->digest;
    co_return Result<void>();
}

Task<Result<void>> importWithNames(std::shared_ptr<ImageStore> store, ImportRequest request,
                                   ArchiveProgressCallback progress, std::stop_token stop)
{
    ArchiveImportOptions options;
    options.names = request.names;
    options.images = request.images;
    options.compression = request.compression.value_or(LayerCompression());
    auto images =
        co_await importInto(std::move(store), request.file, std::move(options), std::move(progress), stop);
    if (!images)
        co_return std::unexpected(std::move(images.error()));
    co_return Result<void>();
}

} // namespace

Result<QString> Session::push(PushRequest request)
{
    // Here somebody can still mend it: nothing is queued that cannot all be begun.
    const QList<PushTarget> targets = request.targets();
    for (const PushTarget& target : targets) {
        if (const auto profile = d->choose(target.question(), target.profile); !profile)
            return std::unexpected(profile.error());
    }
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
    if (const auto push = archivePushFromRecipe(job.recipe))
        return archivePushJob(*push);
    return fail(Error::Code::Unsupported, job.image,
                u"what this transfer was made from is not known any more"_s);
}

Result<JobRequest> Session::pushJob(PushRequest request)
{
    QList<JobTarget> targets;
    const QList<PushTarget> wanted = request.targets();
    for (const PushTarget& target : wanted) {
        const auto tags = tagsOf(target);
        if (!tags)
            return std::unexpected(tags.error());
        JobTarget described;
        described.to = target.destination.familiarName();
        described.registry = target.destination.registry();
        described.repository = target.destination.repository();
        described.tags = *tags;
        // An account that is gone is told of by the target that wants it, when it is opened.
        if (const auto acting = d->choose(target.question(), target.profile)) {
            describeProfile(described, acting->profile);
            d->noteUse(*acting);
        }
        targets.append(described);
    }

    JobRequest job;
    job.description.kind = JobKind::Push;
    job.description.image = request.label.isEmpty() ? familiarLabel(request.image) : request.label;
    job.description.from = request.storeDirectory;
    static_cast<JobTarget&>(job.description) = targets.constFirst();
    if (targets.size() > 1)
        job.description.targets = targets;
    if (!request.isStorePassing)
        job.description.recipe = recipeOf(request);
    job.options = optionsOf(request);
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
    const auto acting = d->choose(request.question(), request.profile);
    if (!acting)
        return std::unexpected(acting.error());
    d->noteUse(*acting);

    JobRequest job;
    job.description.kind = JobKind::Pull;
    job.description.image = request.source.familiar();
    job.description.from = request.source.familiarName();
    job.description.to = request.storeDirectory;
    job.description.registry = request.source.registry();
    job.description.repository = request.source.repository();
    job.description.tags = {request.source.tagOrDigest()};
    describeProfile(job.description, acting->profile);
    if (!request.isStorePassing)
        job.description.recipe = recipeOf(request);
    job.options = optionsOf(request);
    const std::weak_ptr<Session> session = weak_from_this();
    job.open = [session, manifests = d->manifests, request = std::move(request)](std::stop_token stop) {
        return openPullEnds(session.lock(), manifests, request, std::move(stop));
    };
    return job;
}

Result<QString> Session::pushArchive(ArchivePushRequest request)
{
    auto job = archivePushJob(request);
    if (!job)
        return std::unexpected(std::move(job.error()));
    return d->queue->add(std::move(*job));
}

Result<JobRequest> Session::archivePushJob(const ArchivePushRequest& request)
{
    if (!QFileInfo::exists(request.file))
        return fail(
            Error::make(Error::Code::NotFound, request.file, u"no such file"_s).at(Error::Origin::Source));
    const auto tags = tagsOf(request.destination, request.moreTags);
    if (!tags)
        return std::unexpected(tags.error());
    const QString registry = request.destination.registry();
    const auto acting = d->choose(request.question(), request.profile);
    if (!acting)
        return std::unexpected(acting.error());
    d->noteUse(*acting);
    auto client = this->client(request.question(), request.profile);
    if (!client)
        return std::unexpected(std::move(client.error()));
    const auto compression = layerCompression(request.compression);
    if (!compression)
        return std::unexpected(compression.error());

    JobRequest job;
    job.description.kind = JobKind::Push;
    job.description.image =
        request.only.isEmpty() ? QFileInfo(request.file).fileName() : familiarLabel(request.only);
    job.description.from = request.file;
    job.description.to = request.destination.familiarName();
    job.description.registry = registry;
    job.description.repository = request.destination.repository();
    job.description.tags = *tags;
    describeProfile(job.description, acting->profile);
    job.description.recipe = recipeOf(request);
    job.outcome = std::make_shared<Digest>();
    job.terms = std::make_shared<WorkTerms>();
    ArchivePush push{.file = request.file,
                     .only = request.only,
                     .client = *client,
                     .repository = request.destination.repository(),
                     .tags = *tags,
                     .compression = *compression,
                     .journal = d->journal,
                     .terms = job.terms};
    job.run = [push = std::move(push), outcome = job.outcome](auto progress, std::stop_token stop) {
        auto report = [progress](const ArchiveProgress& p) { progress(p.bytesDone, p.bytesTotal, p.member); };
        return pushToRegistry(push, std::move(report), outcome, std::move(stop));
    };
    return job;
}

Result<QString> Session::import(ImportRequest request)
{
    if (!QFileInfo::exists(request.file))
        return fail(Error::Code::NotFound, request.file, u"no such file"_s);
    auto compression = layerCompression(request.compression);
    if (!compression)
        return std::unexpected(std::move(compression.error()));
    request.compression = *compression;
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
                             request.compression, std::move(report), std::move(stop));
    };
    return d->queue->add(std::move(job));
}

} // namespace Tagboat
