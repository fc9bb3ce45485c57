// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/imagestore.h"

#include "store/cleanup.h"
#include "store/removal.h"
#include "store/snapshot.h"
#include "store/storenames.h"
#include "store/storeopening.h"
#include "store/storereader.h"
#include "store/storewriter.h"
#include "store/usage.h"
#include "store/verification.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Tagboat {

struct ImageStore::Private
{
    Private(const QString& directory, Naming naming)
        : core(std::make_shared<StoreCore>(directory, naming == Naming::AsGiven))
    { }
    const std::shared_ptr<StoreCore> core;
};

ImageStore::ImageStore(std::unique_ptr<Private> priv) : d(std::move(priv)) { }

ImageStore::~ImageStore() = default;

Result<std::shared_ptr<ImageStore>> ImageStore::open(const QString& directory, Naming naming)
{
    if (directory.isEmpty())
        return fail(Error::Code::InvalidInput, directory, u"no folder given for the image store"_s);
    auto priv = std::make_unique<Private>(QDir::cleanPath(QFileInfo(directory).absoluteFilePath()), naming);
    if (auto opened = openLayout(priv->core->files); !opened)
        return std::unexpected(std::move(opened.error()));
    return std::shared_ptr<ImageStore>(new ImageStore(std::move(priv)));
}

const QString& ImageStore::directory() const
{
    return d->core->files.directory();
}

Result<StoreSnapshot> ImageStore::snapshot() const
{
    const auto lock = StoreLock::acquire(d->core->files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto view = StoreView::take(*d->core, *lock);
    if (!view)
        return std::unexpected(view.error());
    auto snapshot = makeSnapshot(*view, *d->core);
    if (!d->core->namesAsGiven)
        d->core->documents.save(d->core->files.documentsPath(), view->graph.listing());
    return snapshot;
}

Result<Descriptor> ImageStore::resolve(const QString& nameOrId) const
{
    return resolveImage(*d->core, nameOrId);
}

Result<StoredImage> ImageStore::image(const QString& nameOrId) const
{
    const auto target = resolve(nameOrId);
    if (!target)
        return std::unexpected(target.error());
    auto images = snapshot();
    if (!images)
        return std::unexpected(std::move(images.error()));
    const auto holds = [&](const StoredImage& image) {
        const auto isIt = [&](const StoredPlatform& platform) {
            return platform.manifest.digest == target->digest;
        };
        return std::ranges::any_of(image.platforms, isIt);
    };
    auto found = std::ranges::find(images->images, target->digest,
                                   [](const StoredImage& image) { return image.target.digest; });
    if (found == images->images.end())
        found = std::ranges::find_if(images->images, holds);
    if (found == images->images.end()) // removed since it was resolved
        return fail(Error::Code::NotFound, nameOrId, u"no image of the store is called so"_s);
    return *found;
}

QString ImageStore::blobPath(const Digest& digest) const
{
    return d->core->files.blobPath(digest);
}

bool ImageStore::hasBlob(const Descriptor& blob) const
{
    const auto there = d->core->files.blob(blob.digest);
    return there && *there && (blob.size < 0 || (*there)->size == blob.size);
}

Result<QByteArray> ImageStore::readBlob(const Descriptor& blob, qint64 limit) const
{
    return DocumentCache::readVerified(d->core->files, blob, limit);
}

Result<QMap<QString, Descriptor>> ImageStore::setNames(const Descriptor& target, const QStringList& names)
{
    const NameCauseScope cause(NameCause::Tag);
    return pointNames(*d->core, target, names, nullptr);
}

Result<void> ImageStore::removeNames(const QStringList& names)
{
    const NameCauseScope cause(NameCause::Remove);
    return dropNames(*d->core, names);
}

Result<RemovalPlan> ImageStore::planRemoval(const QStringList& names, const QList<Digest>& images) const
{
    return planImageRemoval(*d->core, names, images);
}

Result<GarbageReport> ImageStore::removeImages(const QList<Digest>& ids)
{
    const NameCauseScope cause(NameCause::Delete);
    return removeStoredImages(*d->core, ids);
}

Result<DiskUsage> ImageStore::diskUsage() const
{
    const auto lock = StoreLock::acquire(d->core->files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto view = StoreView::take(*d->core, *lock);
    if (!view)
        return std::unexpected(view.error());
    return UsageCount(*view, view->leased(*d->core)).total();
}

Result<GarbageReport> ImageStore::collectGarbage(bool dryRun, bool untaggedImages, std::chrono::seconds grace,
                                                 bool unfinishedDownloads)
{
    const NameCauseScope cause(NameCause::CleanUp);
    return collectStoreGarbage(*d->core, dryRun, untaggedImages, grace, unfinishedDownloads);
}

Result<CleanUpPlan> ImageStore::planCleanUp(const CleanUpRules& rules) const
{
    return planStoreCleanUp(*d->core, rules);
}

Result<CleanUpReport> ImageStore::cleanUp(const CleanUpPlan& plan, const std::vector<bool>& chosen)
{
    const NameCauseScope cause(NameCause::CleanUp);
    return cleanUpStore(*d->core, plan, chosen);
}

Result<VerifyReport> ImageStore::verify(const QString& nameOrId, std::stop_token stop) const
{
    return verifyImages(*d->core, nameOrId, std::move(stop));
}

Result<GarbageReport> ImageStore::removeDamaged(const QList<Digest>& blobs, std::stop_token stop)
{
    return removeDamagedBlobs(*d->core, blobs, std::move(stop));
}

std::shared_ptr<ContentReader> ImageStore::reader()
{
    return std::make_shared<StoreReader>(d->core);
}

std::shared_ptr<ContentWriter> ImageStore::writer(NameCause cause)
{
    return std::make_shared<StoreWriter>(d->core, cause);
}

void ImageStore::observeNames(NameObserver observer)
{
    d->core->files.names().observe(std::move(observer));
}

} // namespace Tagboat
