// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/workbench.h"

#include "workbench/transfersettings.h"
#include "workbench/workbenchprivate.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Opens on the engine thread and wires the queue's signals to the window's thread.
void openSession(const std::shared_ptr<EngineState>& state, const SessionPaths& paths, Workbench* workbench)
{
    auto session = Session::open(paths);
    if (!session) {
        state->openError = session.error();
        QMetaObject::invokeMethod(
            workbench, [workbench, error = session.error()] { Q_EMIT workbench->openFailed(error); });
        return;
    }
    state->session = std::move(*session);
    const TransferQueue* queue = &state->session->queue();
    QObject::connect(queue, &TransferQueue::changed, workbench, &Workbench::jobChanged, Qt::QueuedConnection);
    QObject::connect(queue, &TransferQueue::finished, workbench, &Workbench::jobFinished,
                     Qt::QueuedConnection);
    QObject::connect(queue, &TransferQueue::removed, workbench, &Workbench::jobRemoved, Qt::QueuedConnection);
    state->session->setNamesMoved([workbench](const QList<NameMove>& moves) {
        QMetaObject::invokeMethod(workbench, [workbench, moves] { Q_EMIT workbench->namesMoved(moves); });
    });
    QMetaObject::invokeMethod(workbench, [workbench] { Q_EMIT workbench->opened(); });
}

Task<Result<void>> closeSession(std::shared_ptr<Session> session)
{
    co_await session->close();
    co_return Result<void>();
}

} // namespace

Workbench::Workbench(SessionPaths paths, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(std::move(paths)))
{
    qRegisterMetaType<JobSnapshot>();
    d->storeTimer.setSingleShot(true);
    d->storeTimer.setInterval(150ms);
    connect(&d->storeTimer, &QTimer::timeout, this, &Workbench::storeChanged);
    connect(&d->watcher, &QFileSystemWatcher::directoryChanged, &d->storeTimer, qOverload<>(&QTimer::start));
    connect(this, &Workbench::opened, this, [this] {
        // The folder, not index.json: that is replaced by rename, which ends a watch on the file.
        d->watcher.addPath(d->paths.dataDirectory + u"/images"_s);
        // What is not there cannot be watched, and the first account may come from the command line.
        QDir().mkpath(d->paths.configDirectory);
        d->watcher.addPath(d->paths.configDirectory);
    });
    connect(&d->watcher, &QFileSystemWatcher::directoryChanged, this, [this](const QString& path) {
        if (path == d->paths.configDirectory)
            Q_EMIT profilesChanged();
    });
    connect(this, &Workbench::jobFinished, this, [this](const JobSnapshot& job) {
        if (job.kind == JobKind::Pull || job.kind == JobKind::Import)
            d->storeTimer.start();
        if (job.kind != JobKind::Push)
            return;
        d->lookForNews(this); // what was pushed is what the registry has
        for (const JobTarget& target : job.destinations()) {
            if (target.state == JobState::Done)
                Q_EMIT repositoryChanged(target.registry, target.repository);
        }
    });
    d->engine.post([state = d->state, where = d->paths, this] { openSession(state, where, this); });
}

Workbench::~Workbench()
{
    shutdown();
}

void Workbench::shutdown()
{
    if (d->isShutDown)
        return;
    d->isShutDown = true;
    // Jobs first, through their own ends, so that the journal is whole; then whatever else is under way.
    auto closed =
        d->call([](std::shared_ptr<Session> session, std::stop_token) { return closeSession(session); });
    closed.waitForFinished();
    d->engine.shutdown([state = d->state] {
        state->files.reset();
        state->session.reset();
    });
}

const SessionPaths& Workbench::paths() const
{
    return d->paths;
}

QFuture<Result<StoreSnapshot>> Workbench::images()
{
    auto listing = d->onStore([](ImageStore& store) { return store.snapshot(); });
    d->imagesListed(this, listing);
    return listing;
}

namespace {

Result<ImageDetails> readDetails(ImageStore& store, const Digest& id, const Platform& platform)
{
    auto image = store.image(id.toString());
    if (!image)
        return std::unexpected(std::move(image.error()));
    ImageDetails details;
    details.image = std::move(*image);
    auto root = store.readBlob(details.image.target);
    if (!root)
        return std::unexpected(std::move(root.error()));
    details.rootJson = std::move(*root);
    const auto& platforms = details.image.platforms;
    auto chosen = std::ranges::find(platforms, platform, &StoredPlatform::platform);
    if (chosen == platforms.end())
        chosen = std::ranges::find(platforms, true, &StoredPlatform::isPresent);
    if (chosen == platforms.end())
        return details;
    auto manifest = store.readBlob(chosen->manifest);
    if (!manifest)
        return std::unexpected(std::move(manifest.error()));
    details.manifestJson = std::move(*manifest);
    const auto parsed = Manifest::parse(details.manifestJson, chosen->manifest.mediaType, id.toString());
    if (!parsed)
        return std::unexpected(parsed.error());
    auto config = store.readBlob(parsed->config());
    if (!config)
        return std::unexpected(std::move(config.error()));
    details.configJson = std::move(*config);
    if (parsed->isImage()) {
        auto view = ImageConfig::parse(details.configJson, id.toString());
        if (!view)
            return std::unexpected(std::move(view.error()));
        details.config = std::move(*view);
    }
    return details;
}

} // namespace

QFuture<Result<ImageDetails>> Workbench::imageDetails(const Digest& imageId, const Platform& platform)
{
    return d->onStore(
        [imageId, platform](ImageStore& store) { return readDetails(store, imageId, platform); });
}

QFuture<Result<void>> Workbench::tag(const QString& image, const QStringList& canonicalNames)
{
    return d->onStore([image, canonicalNames](ImageStore& store) -> Result<void> {
        const auto target = store.resolve(image);
        if (!target)
            return std::unexpected(target.error());
        const auto before = store.setNames(*target, canonicalNames);
        if (!before)
            return std::unexpected(before.error());
        return {};
    });
}

QFuture<Result<void>> Workbench::removeNames(const QStringList& canonicalNames)
{
    return d->onStore([canonicalNames](ImageStore& store) { return store.removeNames(canonicalNames); });
}

QFuture<Result<RemovalPlan>> Workbench::planRemoval(const QStringList& names, const QList<Digest>& images)
{
    return d->onStore([names, images](ImageStore& store) { return store.planRemoval(names, images); });
}

QFuture<Result<GarbageReport>> Workbench::removeImages(const QList<Digest>& images)
{
    return d->onStore([images](ImageStore& store) { return store.removeImages(images); });
}

QFuture<Result<GarbageReport>> Workbench::collectGarbage(bool dryRun, bool untaggedImages)
{
    return d->onStore(
        [dryRun, untaggedImages](ImageStore& store) { return store.collectGarbage(dryRun, untaggedImages); });
}

QFuture<Result<ArchiveContents>> Workbench::inspectArchive(const QString& file)
{
    return d->call([file](std::shared_ptr<Session>, std::stop_token stop) {
        return Tagboat::inspectArchive(file, stop);
    });
}

QFuture<Result<ExportPlan>> Workbench::planExport(const QList<ExportRequest>& requests)
{
    return d->onStore([requests](ImageStore& store) { return Tagboat::planExport(store, requests); });
}

QFuture<Result<ImageInside>> Workbench::imageInside(const Digest& target, const Digest& manifest)
{
    return d->onStore([target, manifest](ImageStore& store) { return readInside(store, target, manifest); });
}

QFuture<Result<DocumentBytes>> Workbench::imageDocument(const Descriptor& descriptor)
{
    return d->onStore([descriptor](ImageStore& store) { return readDocument(store, descriptor); });
}

QFuture<Result<PushPreview>> Workbench::planPush(const PushRequest& request)
{
    return d->call([request](std::shared_ptr<Session> session, std::stop_token stop) {
        return session->planPush(request, std::move(stop));
    });
}

QFuture<Result<PullPreview>> Workbench::planPull(const PullRequest& request)
{
    return d->call([request](std::shared_ptr<Session> session, std::stop_token stop) {
        return session->planPull(request, std::move(stop));
    });
}

namespace {

template<typename T>
Task<Result<T>> ready(Result<T> result)
{
    co_return Result<T>(std::move(result));
}

} // namespace

QFuture<Result<QString>> Workbench::push(const PushRequest& request)
{
    return d->call([request](std::shared_ptr<Session> session, std::stop_token) {
        return ready(session->push(request));
    });
}

QFuture<Result<QString>> Workbench::pull(const PullRequest& request)
{
    return d->call([request](std::shared_ptr<Session> session, std::stop_token) {
        return ready(session->pull(request));
    });
}

QFuture<Result<QString>> Workbench::import(const ImportRequest& request)
{
    return d->call([request](std::shared_ptr<Session> session, std::stop_token) {
        return ready(session->import(request));
    });
}

QFuture<Result<QString>> Workbench::exportImages(const ExportRequest& request)
{
    return d->call([request](std::shared_ptr<Session> session, std::stop_token) {
        return ready(session->exportImages(request));
    });
}

QFuture<Result<QList<JobSnapshot>>> Workbench::jobs()
{
    return d->call([](std::shared_ptr<Session> session, std::stop_token) {
        return ready(Result<QList<JobSnapshot>>(session->queue().jobs()));
    });
}

void Workbench::cancelJob(const QString& id)
{
    d->onSession([id](Session& session) { session.queue().cancel(id); });
}

void Workbench::pauseJob(const QString& id)
{
    d->onSession([id](Session& session) { session.queue().pause(id); });
}

void Workbench::resumeJob(const QString& id)
{
    d->onSession([id](Session& session) { session.queue().resume(id); });
}

void Workbench::moveJob(const QString& id, int position)
{
    d->onSession([id, position](Session& session) { session.queue().move(id, position); });
}

void Workbench::retryJob(const QString& id)
{
    d->onSession([id](Session& session) { session.queue().retry(id); });
}

void Workbench::clearFinishedJobs()
{
    d->onSession([](Session& session) { session.queue().clearFinished(); });
}

qint64 Workbench::transferRate() const
{
    return TransferSettings(d->paths.configDirectory).bytesPerSecond();
}

void Workbench::setTransferRate(qint64 bytesPerSecond)
{
    d->onSession([bytesPerSecond](Session& session) { session.setTransferRate(bytesPerSecond); });
}

std::optional<LayerCompression> Workbench::layerCompression() const
{
    return TransferSettings(d->paths.configDirectory).compression().value_or(std::nullopt);
}

void Workbench::setLayerCompression(const std::optional<LayerCompression>& compression)
{
    TransferSettings(d->paths.configDirectory).setCompression(compression);
}

qint64 Workbench::registryRate(const QString& registry) const
{
    return TransferSettings(d->paths.configDirectory).registryBytesPerSecond(registry);
}

void Workbench::setRegistryRate(const QString& registry, qint64 bytesPerSecond)
{
    d->onSession(
        [registry, bytesPerSecond](Session& session) { session.setRegistryRate(registry, bytesPerSecond); });
}

void Workbench::setJobRate(const QString& id, qint64 bytesPerSecond)
{
    d->onSession([id, bytesPerSecond](Session& session) { session.queue().setJobRate(id, bytesPerSecond); });
}

} // namespace Tagboat
