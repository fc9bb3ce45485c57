// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/imagewalk.h"

#include "base/logging.h"
#include "base/taskgroup.h"
#include "content/verify.h"
#include "transfer/origin.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// All manifests of one image together; 4 MiB of index could otherwise name gigabytes of manifests.
constexpr qint64 MaxDocuments = 64 * 1024 * 1024;
constexpr int ParallelRequests = 6;

Task<Result<QByteArray>> readSmallBlob(ImageWalk::Ptr walk, Descriptor blob, std::stop_token stop)
{
    auto source = co_await walk->source.reader->openBlob(blob, 0, stop);
    if (!source)
        co_return std::unexpected(std::move(source.error()));
    const ByteSourcePtr checked = verified(std::move(*source), blob);
    auto bytes = co_await readAll(checked, MaxManifestSize, blob.digest.toString(), stop);
    co_return bytes;
}

} // namespace

std::unexpected<Error> ImageWalk::failure(Error::Code code, const QString& message) const
{
    return failAtSource(Error::make(code, subject(), message), u"read image"_s);
}

Task<Result<Digest>> ImageWalk::fetchDocument(Ptr walk, QString name, std::optional<Descriptor> expected,
                                              std::stop_token stop)
{
    std::function<Task<Result<ManifestContent>>(std::stop_token)> work = [walk, name](std::stop_token inner) {
        return walk->source.reader->fetchManifest(name, std::move(inner));
    };
    auto fetched = co_await withRetries<ManifestContent>(work, walk->retry, {}, stop);
    if (!fetched)
        co_return failAtSource(std::move(fetched.error()), u"read manifest"_s);

    const Digest digest = fetched->descriptor.digest;
    if (expected
        && (digest != expected->digest
            || (expected->size >= 0 && fetched->descriptor.size != expected->size))) {
        co_return failAtSource(Error::make(Error::Code::DigestMismatch, expected->digest.toString(),
                                           u"the manifest is not the one that was asked for"_s),
                               u"read manifest"_s);
    }
    if (walk->nodes.contains(digest))
        co_return digest;
    walk->documentBytes += fetched->bytes.size();
    if (walk->documentBytes > MaxDocuments)
        co_return walk->failure(Error::Code::Unsupported, u"the image has too many manifests"_s);

    auto document = parseManifestOrIndex(fetched->bytes, fetched->descriptor.mediaType, name);
    if (!document)
        co_return failAtSource(std::move(document.error()), u"read manifest"_s);
    ImageNode node{std::move(*fetched), std::move(*document)};
    // Names and other annotations of a place's own listing stay there.
    node.content.descriptor = descriptorOf(node.document);
    walk->nodes.insert(digest, node);
    co_return digest;
}

Task<Result<void>> ImageWalk::fetchChild(Ptr walk, Descriptor child, std::stop_token stop)
{
    if (child.platform && !child.platform->isEmpty() && !child.platform->isUnknown())
        walk->platforms.insert(child.digest, *child.platform);
    if (walk->nodes.contains(child.digest))
        co_return Result<void>();
    auto fetched = co_await fetchDocument(walk, child.digest.toString(), child, stop);
    if (fetched)
        co_return Result<void>();
    if (fetched.error().code != Error::Code::NotFound)
        co_return std::unexpected(std::move(fetched.error()));
    walk->missing.insert(child.digest);
    co_return Result<void>();
}

Task<Result<void>> ImageWalk::fetchDescendants(Ptr walk, Digest root, std::stop_token stop)
{
    QList<Digest> indexes{root};
    QSet<Digest> seen{root};
    for (int depth = 0; !indexes.isEmpty(); ++depth) {
        if (depth == MaxDepth)
            co_return walk->failure(Error::Code::Unsupported, u"indexes are nested too deeply"_s);
        QList<Descriptor> children;
        for (const Digest& digest : std::as_const(indexes)) {
            const auto* index = std::get_if<Index>(&walk->nodes.find(digest)->document);
            if (!index)
                continue;
            for (const Descriptor& child : index->manifests()) {
                if (!seen.contains(child.digest)) {
                    seen.insert(child.digest);
                    children.append(child);
                }
            }
        }
        TaskGroup group(stop, ParallelRequests);
        for (const Descriptor& child : std::as_const(children))
            group.spawn(
                [walk, child](std::stop_token inner) { return fetchChild(walk, child, std::move(inner)); });
        auto joined = co_await group.join();
        if (!joined)
            co_return std::unexpected(std::move(joined.error()));
        indexes.clear();
        for (const Descriptor& child : std::as_const(children)) {
            const auto node = walk->nodes.constFind(child.digest);
            if (node != walk->nodes.cend() && std::holds_alternative<Index>(node->document))
                indexes.append(child.digest);
        }
    }
    co_return Result<void>();
}

Task<Result<void>> ImageWalk::readConfig(Ptr walk, Digest manifestDigest, bool isRoot, std::stop_token stop)
{
    const auto* manifest = std::get_if<Manifest>(&walk->nodes.find(manifestDigest)->document);
    if (!manifest || !manifest->isImage() || manifest->config().size > MaxManifestSize)
        co_return Result<void>();
    const Descriptor config = manifest->config();
    if (walk->configBytes.contains(config.digest))
        co_return Result<void>();

    std::function<Task<Result<QByteArray>>(std::stop_token)> work = [walk, config](std::stop_token inner) {
        return readSmallBlob(walk, config, std::move(inner));
    };
    auto bytes = co_await withRetries<QByteArray>(work, walk->retry, {}, stop);
    if (!bytes) {
        if (bytes.error().code == Error::Code::NotFound && !isRoot) {
            walk->missing.insert(manifestDigest);
            co_return Result<void>();
        }
        co_return failAtSource(std::move(bytes.error()), u"read config"_s);
    }
    walk->configBytes.insert(config.digest, *bytes);
    auto view = ImageConfig::parse(*bytes, config.digest.toString());
    if (view)
        walk->configs.insert(config.digest, *view);
    else // the bytes are what the manifest names: copied as they are, only the words for the rows are lost
        qCWarning(lcTransfer) << "config cannot be read:" << view.error().toString();
    co_return Result<void>();
}

Task<Result<void>> ImageWalk::readConfigs(Ptr walk, Digest root, std::stop_token stop)
{
    TaskGroup group(stop, ParallelRequests);
    const QList<Digest> digests = walk->nodes.keys();
    for (const Digest& digest : digests) {
        group.spawn([walk, digest, isRoot = digest == root](std::stop_token inner) {
            return readConfig(walk, digest, isRoot, std::move(inner));
        });
    }
    auto joined = co_await group.join();
    co_return joined;
}

Platform ImageWalk::platformOf(const Digest& manifestDigest) const
{
    if (const auto named = platforms.constFind(manifestDigest); named != platforms.cend())
        return *named;
    const auto node = nodes.constFind(manifestDigest);
    if (node == nodes.cend())
        return {};
    const auto* manifest = std::get_if<Manifest>(&node->document);
    return manifest ? configs.value(manifest->config().digest).platform : Platform();
}

QString ImageWalk::listed(const QList<Descriptor>& entries) const
{
    QStringList names;
    for (const Descriptor& entry : entries) {
        const Platform platform = entry.platform ? *entry.platform : platformOf(entry.digest);
        names.append(platform.isEmpty() ? entry.digest.toString() : platform.toString());
    }
    names.removeDuplicates();
    return names.join(u", "_s);
}

} // namespace Tagboat
