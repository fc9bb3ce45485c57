// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/taskgroup.h"
#include "content/verify.h"
#include "oci/imageconfig.h"
#include "oci/mediatype.h"
#include "registry/registryclient.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Self = std::shared_ptr<Repository>;

constexpr int ParallelChildren = 4;
constexpr qsizetype MaxChildren = 500;
constexpr int MaxDepth = 4;

//! An entry with what its config adds.
struct Described
{
    RemoteImage::Entry entry;
    QDateTime created;
};
using DescribedList = QList<Described>;

Task<Result<ImageConfig>> readConfig(Self self, Descriptor config, std::stop_token stop)
{
    const QString subject = config.digest.toString();
    if (config.size > MaxManifestSize)
        co_return fail(Error::Code::InvalidInput, subject,
                       u"the config is larger than the 4 MiB that may be"_s);
    auto source = co_await self->openBlob(config, 0, stop);
    if (!source)
        co_return fail(std::move(source.error()));
    auto bytes = co_await readAll(*source, MaxManifestSize, subject, stop);
    if (!bytes)
        co_return fail(std::move(bytes.error()));
    if (auto right = verifyBytes(*bytes, config, subject); !right)
        co_return fail(std::move(right.error()));
    Result<ImageConfig> parsed = ImageConfig::parse(*bytes, subject);
    co_return parsed;
}

Task<Result<void>> describeManifest(Self self, Manifest manifest, Descriptor asked,
                                    std::shared_ptr<Described> into, std::stop_token stop)
{
    RemoteImage::Entry& entry = into->entry;
    entry.manifest = asked;
    entry.platform = asked.platform.value_or(Platform());
    entry.configDigest = manifest.config().digest;
    entry.layers = manifest.layers();
    entry.size = manifest.contentSize();
    if (!manifest.isImage())
        co_return Result<void>();
    auto config = co_await readConfig(self, manifest.config(), stop);
    if (!config)
        co_return fail(std::move(config.error()).during(u"read config"_s));
    if (entry.platform.isEmpty())
        entry.platform = config->platform;
    into->created = config->created;
    const QList<ImageConfig::Step> steps = config->stepsOfLayers();
    for (const ImageConfig::Step& step : steps)
        entry.steps.append(step.createdBy);
    co_return Result<void>();
}

//! What one child of an index turns out to be: described, or an index with children of its own.
struct Child
{
    Descriptor descriptor;
    std::shared_ptr<Described> described;
    std::optional<Index> nested;
};

Task<Result<void>> describeChild(Self self, std::shared_ptr<Child> child, std::stop_token stop)
{
    auto content = co_await self->fetchManifest(child->descriptor.digest.toString(), stop);
    if (!content && content.error().code == Error::Code::NotFound) {
        // An index may name what was never pushed here.
        child->described->entry.manifest = child->descriptor;
        child->described->entry.platform = child->descriptor.platform.value_or(Platform());
        co_return Result<void>();
    }
    if (!content)
        co_return fail(std::move(content.error()));
    auto document = parseManifestOrIndex(content->bytes, content->descriptor.mediaType,
                                         child->descriptor.digest.toString());
    if (!document)
        co_return fail(std::move(document.error()));
    if (auto* index = std::get_if<Index>(&*document)) {
        child->nested = std::move(*index);
        co_return Result<void>();
    }
    auto done = co_await describeManifest(self, std::get<Manifest>(*document), child->descriptor,
                                          child->described, stop);
    co_return done;
}

//! All images of an index, those of nested indexes included, in order.
Task<Result<DescribedList>> describeIndex(Self self, Index root, std::stop_token stop)
{
    DescribedList all;
    QSet<Digest> seen{root.descriptor().digest};
    QList<Descriptor> pending = root.images();
    for (int depth = 0; depth < MaxDepth && !pending.isEmpty(); ++depth) {
        QList<std::shared_ptr<Child>> children;
        TaskGroup group(stop, ParallelChildren);
        for (const Descriptor& descriptor : std::as_const(pending)) {
            if (seen.contains(descriptor.digest) || seen.size() > MaxChildren)
                continue;
            seen.insert(descriptor.digest);
            const auto child =
                std::make_shared<Child>(descriptor, std::make_shared<Described>(), std::nullopt);
            children.append(child);
            group.spawn([self, child](std::stop_token inner) {
                return describeChild(self, child, std::move(inner));
            });
        }
        auto done = co_await group.join();
        if (!done)
            co_return fail(std::move(done.error()));
        pending.clear();
        for (const auto& child : std::as_const(children)) {
            if (child->nested)
                pending += child->nested->images();
            else
                all.append(*child->described);
        }
    }
    co_return all;
}

void put(const DescribedList& described, RemoteImage& image)
{
    const Platform host = Platform::host();
    int best = -1;
    for (const Described& one : described) {
        image.entries.append(one.entry);
        const int preference = host.preference(one.entry.platform);
        const bool isBetter = preference >= 0 && (best < 0 || preference < best);
        if (!image.created.isValid() || isBetter)
            image.created = one.created;
        if (isBetter)
            best = preference;
    }
}

Task<Result<RemoteImage>> describeAll(Self self, QString name, std::stop_token stop)
{
    RemoteImage image;
    auto root = co_await self->fetchManifest(name, stop);
    if (!root)
        co_return fail(std::move(root.error()));
    image.root = std::move(*root);
    auto document = parseManifestOrIndex(image.root.bytes, image.root.descriptor.mediaType, name);
    if (!document)
        co_return fail(std::move(document.error()));

    DescribedList described;
    if (const auto* manifest = std::get_if<Manifest>(&*document)) {
        const auto one = std::make_shared<Described>();
        auto done = co_await describeManifest(self, *manifest, image.root.descriptor, one, stop);
        if (!done)
            co_return fail(std::move(done.error()));
        described.append(*one);
        image.isArtifact = !manifest->isImage();
        if (image.isArtifact) {
            image.artifactType =
                manifest->artifactType().isEmpty() ? manifest->config().mediaType : manifest->artifactType();
        }
    } else {
        auto children = co_await describeIndex(self, std::get<Index>(*document), stop);
        if (!children)
            co_return fail(std::move(children.error()));
        described = std::move(*children);
    }
    put(described, image);
    co_return image;
}

} // namespace

Task<Result<RemoteImage>> Repository::describe(QString tagOrDigest, std::stop_token stop)
{
    return describeAll(shared_from_this(), std::move(tagOrDigest), std::move(stop));
}

} // namespace Tagboat
