// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/ociarchive.h"

#include "archive/imagenames.h"
#include "archive/memberpath.h"
#include "base/logging.h"
#include "content/verify.h"
#include "oci/jsonobject.h"
#include "oci/mediatype.h"

#include <QSet>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! Indexes that hold indexes: deeper than this nobody builds them.
constexpr int MaxDepth = 8;

//! What one walk from a root collects.
struct Graph
{
    OpenedArchivePtr archive;
    OciImage image;
    QSet<Digest> seenBlobs;
    QSet<Digest> seenManifests;
};

Error missing(const OpenedArchivePtr& archive, const Digest& digest)
{
    return Error::make(Error::Code::Corrupt, memberSubject(archive->path(), blobPath(digest)),
                       u"it is needed but not in the archive"_s);
}

//! The bytes of a manifest or index in the archive; nothing where they are not there.
Task<Result<std::optional<QByteArray>>> verifiedDocument(OpenedArchivePtr archive, Descriptor descriptor,
                                                         std::stop_token stop)
{
    const QString path = blobPath(descriptor.digest);
    auto member = archive->table().file(path);
    if (!member && member.error().code == Error::Code::NotFound)
        co_return std::nullopt;
    if (!member)
        co_return std::unexpected(std::move(member.error()));
    auto bytes = co_await readDocument(archive, *member, std::move(stop));
    if (!bytes)
        co_return std::unexpected(std::move(bytes.error()));
    if (auto right = verifyBytes(*bytes, descriptor, memberSubject(archive->path(), path)); !right)
        co_return std::unexpected(std::move(right.error()));
    co_return std::optional(std::move(*bytes));
}

Result<void> collectBlobs(Graph& graph, const Manifest& manifest)
{
    for (const Descriptor& blob : manifest.blobs()) {
        const bool isLayer = blob.digest != manifest.config().digest;
        graph.image.hasPlainLayers = graph.image.hasPlainLayers
            || (isLayer
                && (blob.mediaType == MediaType::OciLayer || blob.mediaType == MediaType::DockerLayer));
        if (graph.seenBlobs.contains(blob.digest))
            continue;
        graph.seenBlobs.insert(blob.digest);
        const auto member = graph.archive->table().file(blobPath(blob.digest));
        if (member) {
            const qint64 size = graph.archive->table().at(*member).size;
            if (size != blob.size) {
                return fail(Error::Code::Corrupt,
                            memberSubject(graph.archive->path(), graph.archive->table().at(*member).path),
                            u"has %1 bytes where the manifest says %2"_s.arg(size).arg(blob.size));
            }
            graph.image.blobs.append(blob);
            continue;
        }
        if (member.error().code != Error::Code::NotFound)
            return std::unexpected(member.error());
        // Layers that may not be redistributed are fetched from elsewhere, and left out by those who obey.
        if (!MediaType::isForeignLayer(blob.mediaType) && !graph.image.incomplete)
            graph.image.incomplete = missing(graph.archive, blob.digest);
    }
    return {};
}

Task<Result<bool>> walk(std::shared_ptr<Graph> graph, Descriptor descriptor, int depth, std::stop_token stop);

Task<Result<void>> walkIndex(std::shared_ptr<Graph> graph, Index index, int depth, std::stop_token stop)
{
    bool isAnyThere = index.images().isEmpty();
    for (const Descriptor& entry : index.manifests()) {
        auto isThere = co_await walk(graph, entry, depth + 1, stop);
        if (!isThere)
            co_return std::unexpected(std::move(isThere.error()));
        isAnyThere = isAnyThere || (*isThere && !isAttestation(entry));
    }
    if (!isAnyThere && !graph->image.incomplete)
        graph->image.incomplete = missing(graph->archive, index.images().constFirst().digest);
    co_return Result<void>();
}

//! Collects \a descriptor and what is below it; false where it is not in the archive.
Task<Result<bool>> walk(std::shared_ptr<Graph> graph, Descriptor descriptor, int depth, std::stop_token stop)
{
    if (graph->seenManifests.contains(descriptor.digest))
        co_return true;
    const QString subject = memberSubject(graph->archive->path(), blobPath(descriptor.digest));
    if (depth > MaxDepth)
        co_return fail(Error::Code::Corrupt, subject, u"indexes nested too deep"_s);
    auto bytes = co_await verifiedDocument(graph->archive, descriptor, stop);
    if (!bytes)
        co_return std::unexpected(std::move(bytes.error()));
    if (!*bytes)
        co_return false;
    graph->seenManifests.insert(descriptor.digest);
    auto document = parseManifestOrIndex(**bytes, descriptor.mediaType, subject);
    if (!document)
        co_return std::unexpected(std::move(document.error()));
    if (const auto* index = std::get_if<Index>(&*document)) {
        auto done = co_await walkIndex(graph, *index, depth, std::move(stop));
        if (!done)
            co_return std::unexpected(std::move(done.error()));
    } else {
        const auto& manifest = std::get<Manifest>(*document);
        if (auto done = collectBlobs(*graph, manifest); !done)
            co_return std::unexpected(std::move(done.error()));
        if (manifest.isImage())
            graph->image.configs.append(manifest.config().digest);
    }
    ManifestContent content{descriptorOf(*document), **bytes};
    content.descriptor.platform = descriptor.platform;
    graph->image.manifests.append(std::move(content));
    co_return true;
}

//! What only the config tells: the ID of a single image, and its platform.
Task<Result<void>> describeImage(std::shared_ptr<Graph> graph, std::stop_token stop)
{
    OciImage& image = graph->image;
    image.id = image.target.digest;
    if (MediaType::isIndex(image.target.mediaType))
        co_return Result<void>();
    auto manifest = Manifest::parse(image.manifests.constLast().bytes, image.target.mediaType,
                                    memberSubject(graph->archive->path(), blobPath(image.target.digest)));
    if (!manifest)
        co_return std::unexpected(std::move(manifest.error()));
    image.id = manifest->config().digest;
    if (!manifest->isImage() || image.incomplete)
        co_return Result<void>();
    auto bytes = co_await verifiedDocument(graph->archive, manifest->config(), std::move(stop));
    if (!bytes)
        co_return std::unexpected(std::move(bytes.error()));
    const auto config =
        ImageConfig::parse(**bytes, memberSubject(graph->archive->path(), blobPath(image.id)));
    if (!config)
        co_return std::unexpected(config.error());
    image.platform = config->platform;
    co_return Result<void>();
}

Task<Result<OciImage>> readImage(OpenedArchivePtr archive, Descriptor root, std::stop_token stop)
{
    auto graph = std::make_shared<Graph>();
    graph->archive = archive;
    auto isThere = co_await walk(graph, root, 0, stop);
    if (!isThere)
        co_return std::unexpected(std::move(isThere.error()));
    if (!*isThere) {
        graph->image.target = root;
        graph->image.incomplete = missing(archive, root.digest);
        co_return Result<OciImage>(std::move(graph->image));
    }
    graph->image.target = graph->image.manifests.constLast().descriptor;
    auto described = co_await describeImage(graph, std::move(stop));
    if (!described)
        co_return std::unexpected(std::move(described.error()));
    co_return Result<OciImage>(std::move(graph->image));
}

Task<Result<void>> checkLayoutVersion(OpenedArchivePtr archive, std::stop_token stop)
{
    auto member = archive->table().file(u"oci-layout");
    if (!member)
        co_return std::unexpected(std::move(member.error()));
    auto bytes = co_await readDocument(archive, *member, std::move(stop));
    if (!bytes)
        co_return std::unexpected(std::move(bytes.error()));
    const QString subject = memberSubject(archive->path(), u"oci-layout");
    const auto layout = parseJsonObject(*bytes, subject);
    if (!layout)
        co_return std::unexpected(layout.error());
    const QString version = layout->value("imageLayoutVersion"_L1).toString();
    if (version != "1.0.0"_L1)
        co_return fail(Error::Code::Unsupported, subject,
                       u"unknown version of the image layout: '%1'"_s.arg(version));
    co_return Result<void>();
}

//! Children of an index that are listed beside it, without a name, are no images of their own.
void dropListedChildren(QList<OciImage>& images)
{
    QSet<Digest> children;
    for (const OciImage& image : std::as_const(images)) {
        for (const ManifestContent& manifest : image.manifests) {
            if (manifest.descriptor.digest != image.target.digest)
                children.insert(manifest.descriptor.digest);
        }
    }
    images.removeIf([&](const OciImage& image) {
        return image.names.isEmpty() && children.contains(image.target.digest);
    });
}

} // namespace

QString blobPath(const Digest& digest)
{
    return u"blobs/"_s + digest.algorithm() + u'/' + digest.hex();
}

Task<Result<QList<OciImage>>> readOciImages(OpenedArchivePtr archive, std::stop_token stop)
{
    QList<OciImage> images;
    if (!archive->table().contains(u"oci-layout"_s) || !archive->table().contains(u"index.json"_s))
        co_return Result<QList<OciImage>>(std::move(images));
    auto version = co_await checkLayoutVersion(archive, stop);
    if (!version)
        co_return std::unexpected(std::move(version.error()));
    auto member = archive->table().file(u"index.json");
    if (!member)
        co_return std::unexpected(std::move(member.error()));
    auto bytes = co_await readDocument(archive, *member, stop);
    if (!bytes)
        co_return std::unexpected(std::move(bytes.error()));
    const auto index = Index::parse(std::move(*bytes), {}, memberSubject(archive->path(), u"index.json"));
    if (!index)
        co_return std::unexpected(index.error());

    QHash<Digest, qsizetype> known;
    QSet<QString> usedNames;
    const QList<Descriptor> roots = index->manifests();
    for (const Descriptor& root : roots) {
        if (!root.mediaType.isEmpty() && !MediaType::isIndex(root.mediaType)
            && !MediaType::isManifest(root.mediaType)) {
            qCWarning(lcArchive) << archive->path() << "holds something of unknown kind" << root.mediaType;
            continue;
        }
        if (!known.contains(root.digest)) {
            auto image = co_await readImage(archive, root, stop);
            if (!image)
                co_return std::unexpected(std::move(image.error()));
            known.insert(root.digest, images.size());
            images.append(std::move(*image));
        }
        const QString name = annotatedName(root);
        if (name.isEmpty())
            continue;
        if (usedNames.contains(name)) {
            qCWarning(lcArchive) << archive->path() << "gives the name" << name << "twice; the first counts";
            continue;
        }
        usedNames.insert(name);
        images[known.value(root.digest)].names.append(name);
    }
    dropListedChildren(images);
    co_return Result<QList<OciImage>>(std::move(images));
}

} // namespace Tagboat
