// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/archiveexport.h"

#include "archive/ociarchive.h"
#include "archive/outputfile.h"
#include "archive/tracedsource.h"
#include "content/compression.h"
#include "oci/mediatype.h"
#include "oci/reference.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! An image on its way into a docker-archive.
struct Image
{
    Descriptor config;
    QByteArray configBytes;
    QList<Descriptor> layers; //!< as they are stored
    QList<Digest> diffIds;
    QStringList names;
};

struct DockerExport
{
    QList<Image> images;
    QHash<Digest, Descriptor> plain;  //!< layers as they were written, by diff ID
    QList<ManifestContent> manifests; //!< of the plain layers, made once these are known; one for each image
};
using DockerExportPtr = std::shared_ptr<DockerExport>;

Task<Result<Image>> readImage(ArchiveExportPtr job, ExportItem item, std::stop_token stop)
{
    const QString subject = item.names.value(0, item.target.digest.toString());
    auto manifest = co_await chooseImage(job, item.target, job->platform, stop);
    if (!manifest)
        co_return std::unexpected(std::move(manifest.error()));
    if (!manifest->isImage())
        co_return fail(Error::Code::Unsupported, subject,
                       u"an artifact, which only an OCI archive can hold"_s);
    auto bytes = co_await readVerified(job, manifest->config(), std::move(stop));
    if (!bytes)
        co_return std::unexpected(std::move(bytes.error()));
    const auto config = ImageConfig::parse(*bytes, subject);
    if (!config)
        co_return std::unexpected(config.error());
    const bool isWhole = config->diffIds.size() == manifest->layers().size()
        && std::ranges::none_of(config->diffIds, &Digest::isNull);
    if (!isWhole)
        co_return fail(Error::Code::Corrupt, subject, u"the diff IDs of the config do not fit the layers"_s);
    Image image{manifest->config(), std::move(*bytes), manifest->layers(), config->diffIds, item.names};
    image.config.mediaType = MediaType::OciConfig;
    co_return Result<Image>(std::move(image));
}

/*!
 * \brief The plain tar of a layer under its diff ID.
 *
 * A tar tells a member's size before its bytes, and how large a layer is unpacked nobody knows before: it is
 * set aside in a file beside the archive. (Unpacking it twice would move it twice where the source is a
 * registry.)
 */
Task<Result<TarContent>> plainLayer(ArchiveExportPtr job, DockerExportPtr docker, Descriptor layer,
                                    Digest diffId, std::stop_token stop)
{
    const QString subject = layer.digest.toString();
    auto opened = co_await openVerified(job, layer, stop);
    if (!opened)
        co_return std::unexpected(std::move(opened.error()));
    Descriptor plain;
    plain.mediaType = MediaType::OciLayer;
    plain.digest = diffId;
    if (layer.digest == diffId) {
        plain.size = layer.size;
        docker->plain.insert(diffId, plain);
        co_return TarContent{blobPath(diffId), std::move(*opened), layer.size};
    }
    auto spooled =
        co_await spool(decompressed(std::move(*opened), subject), job->folder, diffId.algorithm(), stop);
    if (!spooled)
        co_return std::unexpected(std::move(spooled.error()));
    if (spooled->digest != diffId) {
        co_return fail(
            Error::Code::DigestMismatch, subject,
            u"unpacks to %1 where the config says %2"_s.arg(spooled->digest.toString(), diffId.toString()));
    }
    plain.size = spooled->source->size();
    docker->plain.insert(diffId, plain);
    co_return TarContent{blobPath(diffId), std::move(spooled->source), plain.size};
}

Task<Result<TarContent>> manifestContent(DockerExportPtr docker, Image image)
{
    QJsonArray layers;
    for (const Digest& diffId : std::as_const(image.diffIds))
        layers.append(docker->plain.value(diffId).toJson());
    const QJsonObject manifest{{u"schemaVersion"_s, 2},
                               {u"mediaType"_s, QString(MediaType::OciManifest)},
                               {u"config"_s, image.config.toJson()},
                               {u"layers"_s, layers}};
    ManifestContent content;
    content.bytes = QJsonDocument(manifest).toJson(QJsonDocument::Compact);
    content.descriptor.mediaType = MediaType::OciManifest;
    content.descriptor.digest = Digest::ofBytes(content.bytes);
    content.descriptor.size = content.bytes.size();
    docker->manifests.append(content);
    co_return TarContent{blobPath(content.descriptor.digest), memorySource(content.bytes),
                         content.bytes.size()};
}

Task<Result<TarContent>> indexContent(DockerExportPtr docker)
{
    QJsonArray entries;
    for (qsizetype i = 0; i < docker->images.size(); ++i)
        appendEntries(entries, docker->manifests.at(i).descriptor, docker->images.at(i).names);
    const QByteArray bytes = indexDocument(entries);
    co_return TarContent{u"index.json"_s, memorySource(bytes), bytes.size()};
}

QByteArray manifestJson(const QList<Image>& images)
{
    QJsonArray list;
    for (const Image& image : images) {
        QJsonArray layers;
        for (const Digest& diffId : image.diffIds)
            layers.append(blobPath(diffId));
        QJsonArray tags;
        for (const QString& name : image.names) {
            // Whole, though `docker save` shortens them: of an archive of several images podman takes a short
            // name for one of localhost. Docker reads both.
            if (const auto reference = Reference::parse(name))
                tags.append(reference->canonical());
        }
        list.append(QJsonObject{{u"Config"_s, blobPath(image.config.digest)},
                                {u"RepoTags"_s, tags.isEmpty() ? QJsonValue() : QJsonValue(tags)},
                                {u"Layers"_s, layers}});
    }
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

//! Two manifests of one config, compressed in two ways, are one image here.
void addImage(QList<Image>& images, Image image)
{
    for (Image& known : images) {
        if (known.config.digest != image.config.digest)
            continue;
        known.names += image.names;
        known.names.removeDuplicates();
        return;
    }
    images.append(std::move(image));
}

} // namespace

Task<Result<QList<TarStep>>> dockerSteps(ArchiveExportPtr job, QList<ExportItem> items, std::stop_token stop)
{
    auto docker = std::make_shared<DockerExport>();
    for (const ExportItem& item : std::as_const(items)) {
        auto image = co_await readImage(job, item, stop);
        if (!image)
            co_return std::unexpected(std::move(image.error()));
        addImage(docker->images, std::move(*image));
    }

    // Docker and podman read manifest.json wherever it stands; it is known early, index.json only at the end.
    QList<TarStep> steps{layoutFile(), tarFile(u"manifest.json"_s, manifestJson(docker->images)),
                         tarFolder(u"blobs"_s)};
    QSet<QString> algorithms;
    const auto folderFor = [&](const Digest& digest) {
        if (algorithms.contains(digest.algorithm()))
            return;
        algorithms.insert(digest.algorithm());
        steps.append(tarFolder(u"blobs/"_s + digest.algorithm()));
    };
    QSet<Digest> written;
    for (const Image& image : std::as_const(docker->images)) {
        folderFor(image.config.digest);
        steps.append(tarFile(blobPath(image.config.digest), image.configBytes));
        for (qsizetype i = 0; i < image.layers.size(); ++i) {
            const Digest diffId = image.diffIds.at(i);
            if (written.contains(diffId))
                continue;
            written.insert(diffId);
            folderFor(diffId);
            const Descriptor layer = image.layers.at(i);
            job->bytesTotal += layer.size;
            steps.append([job, docker, layer, diffId](std::stop_token inner) {
                return plainLayer(job, docker, layer, diffId, std::move(inner));
            });
        }
    }
    folderFor(Digest::ofBytes({})); // manifests are named by sha256
    for (const Image& image : std::as_const(docker->images))
        steps.append([docker, image](std::stop_token) { return manifestContent(docker, image); });
    steps.append([docker](std::stop_token) { return indexContent(docker); });
    co_return Result<QList<TarStep>>(std::move(steps));
}

} // namespace Tagboat
