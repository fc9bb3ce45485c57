// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/layerclaims.h"

#include "base/logging.h"
#include "base/taskgroup.h"
#include "content/verify.h"
#include "oci/imageconfig.h"
#include "oci/mediatype.h"
#include "oci/tagversion.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! So many images are read at most, by two requests each. Docker Hub counts them as pulls.
constexpr int MostImages = 8;
//! Of other tags so many are looked at.
constexpr qsizetype MostOthers = 6;

//! As OCI has it: the manifest that will name the blob is one. Empty for what is no compressed layer.
QString ociType(const QString& mediaType)
{
    if (mediaType == MediaType::DockerLayerGzip || mediaType == MediaType::OciLayerGzip)
        return MediaType::OciLayerGzip;
    return mediaType == MediaType::OciLayerZstd ? mediaType : QString();
}

qsizetype commonLength(const QString& a, const QString& b)
{
    return std::ranges::mismatch(a, b).in1 - a.cbegin();
}

} // namespace

LayerClaims::LayerClaims(std::shared_ptr<Repository> repository, QStringList tags)
    : m_repository(std::move(repository)), m_tags(std::move(tags)), m_imagesLeft(MostImages)
{ }

Task<Result<QList<Descriptor>>> LayerClaims::of(std::shared_ptr<LayerClaims> self, Digest diffId,
                                                std::stop_token stop)
{
    // All ask at once, and one reads for them.
    auto turn = co_await self->m_turn.acquire(stop);
    if (!turn)
        co_return fail(std::move(turn.error()));
    while (!self->m_claims.contains(diffId) && self->m_read != Step::Others) {
        auto read = co_await readMore(self, stop);
        if (!read)
            co_return fail(std::move(read.error()));
    }
    co_return self->m_claims.value(diffId);
}

Task<Result<void>> LayerClaims::readMore(std::shared_ptr<LayerClaims> self, std::stop_token stop)
{
    QStringList tags = self->m_tags;
    if (self->m_read == Step::OwnTags) {
        auto others = co_await otherTags(self, stop);
        if (stop.stop_requested())
            co_return cancelled(u"look for layers"_s);
        tags = others ? *others : QStringList();
    }
    TaskGroup group(stop);
    for (const QString& tag : std::as_const(tags)) {
        group.spawn([self, tag](std::stop_token inner) { return readImage(self, tag, std::move(inner)); });
    }
    auto done = co_await group.join();
    if (done)
        self->m_read = self->m_read == Step::Nothing ? Step::OwnTags : Step::Others;
    co_return done;
}

Task<Result<QStringList>> LayerClaims::otherTags(std::shared_ptr<LayerClaims> self, std::stop_token stop)
{
    auto page = co_await self->m_repository->tags({}, stop);
    if (!page)
        co_return fail(std::move(page.error()));
    QStringList tags = std::move(page->items);
    tags.removeIf([&self](const QString& tag) { return self->m_tags.contains(tag); });
    // Those that look most like the one that is pushed, and of these the newest.
    const QString pushed = self->m_tags.value(0);
    std::ranges::sort(tags, [&pushed](const QString& a, const QString& b) {
        const qsizetype ofA = commonLength(a, pushed);
        const qsizetype ofB = commonLength(b, pushed);
        return ofA != ofB ? ofA > ofB : tagLessThan(b, a);
    });
    co_return tags.mid(0, MostOthers);
}

//! Fails only when it is stopped: whatever cannot be read can still be pushed.
Task<Result<void>> LayerClaims::readImage(std::shared_ptr<LayerClaims> self, QString tagOrDigest,
                                          std::stop_token stop)
{
    auto content = co_await self->m_repository->fetchManifest(tagOrDigest, stop);
    if (stop.stop_requested())
        co_return cancelled(u"look for layers"_s);
    auto document = content ? parseManifestOrIndex(content->bytes, content->descriptor.mediaType, tagOrDigest)
                            : Result<ManifestOrIndex>(fail(std::move(content.error())));
    if (!document) {
        qCDebug(lcTransfer).noquote() << "no claims:" << document.error().toString();
        co_return Result<void>();
    }
    auto read = co_await readDocument(self, std::move(*document), stop);
    co_return read;
}

Task<Result<void>> LayerClaims::readDocument(std::shared_ptr<LayerClaims> self, ManifestOrIndex document,
                                             std::stop_token stop)
{
    if (const auto* const manifest = std::get_if<Manifest>(&document)) {
        if (manifest->isImage() && self->m_imagesLeft-- > 0) {
            auto read = co_await readConfig(self, *manifest, stop);
            co_return read;
        }
        co_return Result<void>();
    }
    const QList<Descriptor> images = std::get<Index>(document).images();
    for (const Descriptor& image : images) {
        if (self->m_imagesLeft-- <= 0)
            break;
        auto content = co_await self->m_repository->fetchManifest(image.digest.toString(), stop);
        if (stop.stop_requested())
            co_return cancelled(u"look for layers"_s);
        if (!content)
            continue;
        const auto manifest = Manifest::parse(content->bytes, content->descriptor.mediaType, {});
        if (!manifest || !manifest->isImage())
            continue;
        auto read = co_await readConfig(self, *manifest, stop);
        if (!read)
            co_return read;
    }
    co_return Result<void>();
}

Task<Result<void>> LayerClaims::readConfig(std::shared_ptr<LayerClaims> self, Manifest manifest,
                                           std::stop_token stop)
{
    auto opened = co_await self->m_repository->openBlob(manifest.config(), 0, stop);
    if (opened) {
        const ByteSourcePtr source = verified(std::move(*opened), manifest.config());
        auto bytes = co_await readAll(source, MaxManifestSize, manifest.config().digest.toString(), stop);
        if (bytes)
            self->note(manifest, *bytes);
    }
    if (stop.stop_requested())
        co_return cancelled(u"look for layers"_s);
    co_return Result<void>();
}

void LayerClaims::note(const Manifest& manifest, const QByteArray& config)
{
    const auto parsed = ImageConfig::parse(config, manifest.config().digest.toString());
    // One layer more or less, and nobody knows which belongs to which.
    if (!parsed || parsed->diffIds.size() != manifest.layers().size())
        return;
    for (qsizetype i = 0; i < parsed->diffIds.size(); ++i) {
        const Descriptor& layer = manifest.layers().at(i);
        Descriptor claimed;
        claimed.mediaType = ociType(layer.mediaType);
        claimed.digest = layer.digest;
        claimed.size = layer.size;
        const Digest& diffId = parsed->diffIds.at(i);
        if (diffId.isNull() || claimed.mediaType.isEmpty())
            continue;
        QList<Descriptor>& claims = m_claims[diffId];
        const bool isKnown = std::ranges::any_of(
            claims, [&claimed](const Descriptor& other) { return other.digest == claimed.digest; });
        if (!isKnown)
            claims.append(claimed);
    }
}

} // namespace Tagboat
