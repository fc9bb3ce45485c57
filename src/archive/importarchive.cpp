// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/archive.h"

#include "archive/archiveimport.h"
#include "archive/imagenames.h"
#include "base/logging.h"
#include "oci/mediatype.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

using ImportPtr = std::shared_ptr<ArchiveImport>;

//! Roots that are in, whose names are still to be set.
struct Root
{
    ManifestContent manifest;
    QStringList names;
};

Result<QStringList> canonicalNames(const QStringList& names)
{
    QStringList canonical;
    for (const QString& name : names) {
        QString full = canonicalName(name);
        if (full.isEmpty())
            return fail(Error::Code::InvalidInput, name, u"not a name with a tag"_s);
        canonical.append(std::move(full));
    }
    return canonical;
}

//! The manifest of a docker image with the layers as they were brought in. The same layers give the same
//! bytes.
ManifestContent manifestOf(const ArchiveImport& import, const DockerImage& image)
{
    Descriptor config;
    config.mediaType = MediaType::OciConfig;
    config.digest = image.id;
    config.size = image.config.size();
    QJsonArray layers;
    for (const DockerLayer& layer : image.layers)
        layers.append(import.layers.value(layer.diffId).toJson());
    const QJsonObject manifest{{u"schemaVersion"_s, 2},
                               {u"mediaType"_s, QString(MediaType::OciManifest)},
                               {u"config"_s, config.toJson()},
                               {u"layers"_s, layers}};
    ManifestContent content;
    content.bytes = QJsonDocument(manifest).toJson(QJsonDocument::Compact);
    content.descriptor.mediaType = MediaType::OciManifest;
    content.descriptor.digest = Digest::ofBytes(content.bytes);
    content.descriptor.size = content.bytes.size();
    return content;
}

//! What every image is entered by, last of all.
QList<Root> rootsOf(const ArchiveImport& import)
{
    QList<Root> roots;
    for (const OciImage& image : import.plan.oci)
        roots.append({image.manifests.constLast(), image.names});
    for (const DockerImage& image : import.plan.docker)
        roots.append({manifestOf(import, image), image.names});
    return roots;
}

//! Manifests that others point at, children before parents.
Task<Result<void>> importChildren(ImportPtr import, std::stop_token stop)
{
    QSet<Digest> pushed;
    const QList<OciImage> images = import->plan.oci;
    for (const OciImage& image : images) {
        const QList<ManifestContent> children = image.manifests.first(image.manifests.size() - 1);
        for (const ManifestContent& manifest : children) {
            if (pushed.contains(manifest.descriptor.digest))
                continue;
            pushed.insert(manifest.descriptor.digest);
            auto done = co_await import->destination->pushManifest(manifest, {}, stop);
            if (!done)
                co_return std::unexpected(std::move(done.error()));
        }
    }
    co_return Result<void>();
}

//! Leaves the one image that has this name.
Result<void> chooseOnly(ArchivePlan& plan, const QString& name, const QString& path)
{
    const auto isOther = [&name](const auto& image) { return !image.names.contains(name); };
    plan.oci.removeIf(isOther);
    plan.docker.removeIf(isOther);
    if (plan.oci.isEmpty() && plan.docker.isEmpty())
        return fail(Error::Code::NotFound, name, u"%1 holds no image of this name"_s.arg(path));
    return {};
}

//! Leaves the images that were chosen, under their new names, in the order of the archive.
Result<void> chooseImages(ArchivePlan& plan, const QList<ChosenImage>& chosen, const QString& path)
{
    QHash<qsizetype, QStringList> wanted;
    for (const ChosenImage& image : chosen) {
        const qsizetype inDocker = image.position - plan.oci.size();
        const bool isThere = image.position >= 0 && inDocker < plan.docker.size()
            && (inDocker < 0 ? plan.oci.at(image.position).id : plan.docker.at(inDocker).id) == image.id;
        if (!isThere)
            return fail(Error::Code::Conflict, path,
                        u"image %1 is not in it any more"_s.arg(image.id.shortHex()));
        auto names = canonicalNames(image.names);
        if (!names)
            return std::unexpected(std::move(names.error()));
        wanted.insert(image.position, std::move(*names));
    }
    const auto keep = [&wanted](auto& images, qsizetype first) {
        for (qsizetype i = images.size() - 1; i >= 0; --i) {
            if (const auto names = wanted.constFind(first + i); names != wanted.cend())
                images[i].names = *names;
            else
                images.removeAt(i);
        }
    };
    keep(plan.docker, plan.oci.size());
    keep(plan.oci, 0);
    return {};
}

void report(const ArchiveProgressCallback& progress, ArchiveProgress state)
{
    if (progress)
        progress(std::move(state));
}

} // namespace

Error blamedOnArchive(Error error)
{
    if (error.code == Error::Code::Cancelled)
        return error;
    return std::move(error).during(ReadArchiveOperation).at(Error::Origin::Source);
}

Task<Result<ArchiveContents>> inspectArchive(QString path, std::stop_token stop)
{
    auto archive = co_await openArchive(std::move(path), {}, stop);
    if (!archive)
        co_return fail(blamedOnArchive(std::move(archive.error())));
    auto plan = co_await planArchive(*archive, std::move(stop));
    if (!plan)
        co_return fail(blamedOnArchive(std::move(plan.error())));
    co_return contentsOf(*plan, **archive);
}

Task<Result<QList<ArchivedImage>>> importArchive(QString path, std::shared_ptr<ContentWriter> destination,
                                                 ArchiveImportOptions options,
                                                 ArchiveProgressCallback progress, std::stop_token stop)
{
    auto wanted = options.namesAreTags ? Result<QStringList>(options.names) : canonicalNames(options.names);
    if (!wanted)
        co_return std::unexpected(std::move(wanted.error()));
    // How long the walk takes is not known where the file has to be unpacked for it.
    const auto walked = [progress](qint64 bytes) { report(progress, {bytes, 0, {}}); };
    auto archive = co_await openArchive(path, walked, stop);
    if (!archive)
        co_return fail(blamedOnArchive(std::move(archive.error())));
    auto plan = co_await planArchive(*archive, stop);
    if (!plan)
        co_return fail(blamedOnArchive(std::move(plan.error())));
    if (!options.only.isEmpty()) {
        if (auto chosen = chooseOnly(*plan, options.only, path); !chosen)
            co_return fail(blamedOnArchive(std::move(chosen.error())));
    }
    if (!options.images.isEmpty()) {
        if (auto chosen = chooseImages(*plan, options.images, path); !chosen)
            co_return fail(blamedOnArchive(std::move(chosen.error())));
    }
    QList<ArchivedImage> images = contentsOf(*plan, **archive).images;
    if (!wanted->isEmpty()) {
        if (images.size() != 1) {
            co_return fail(Error::Code::InvalidInput, path,
                           u"holds %1 images, so that one name would not do for them"_s.arg(images.size()));
        }
        for (OciImage& image : plan->oci)
            image.names = *wanted;
        for (DockerImage& image : plan->docker)
            image.names = *wanted;
    }

    auto import = std::make_shared<ArchiveImport>();
    import->archive = *archive;
    import->plan = std::move(*plan);
    import->destination = destination;
    import->options = options;
    import->progress = progress;
    auto blobs = co_await importBlobs(import, stop);
    if (!blobs)
        co_return std::unexpected(std::move(blobs.error()));
    auto children = co_await importChildren(import, stop);
    if (!children)
        co_return std::unexpected(std::move(children.error()));
    if (stop.stop_requested())
        co_return cancelled(u"import archive"_s);

    // From here on nothing is left that the archive could be to blame for, and a stop would leave some names
    // set and others not: it comes too late.
    const QList<Root> roots = rootsOf(*import);
    for (qsizetype i = 0; i < roots.size(); ++i) {
        const Root root = roots.at(i);
        auto done = co_await destination->pushManifest(root.manifest, root.names, {});
        if (!done)
            co_return std::unexpected(std::move(done.error()));
        images[i].target = root.manifest.descriptor;
        images[i].names = root.names;
    }
    report(progress, {import->bytesTotal, import->bytesTotal, {}});
    co_return Result<QList<ArchivedImage>>(std::move(images));
}

} // namespace Tagboat
