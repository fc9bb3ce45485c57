// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/filelistingsprivate.h"

#include "oci/imageconfig.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr int MaxDepth = 4; // of indexes in indexes

//! Of an entry that does not say, its config tells.
Platform platformOf(const ImageStore& store, const Descriptor& entry)
{
    if (entry.platform && !entry.platform->isEmpty())
        return *entry.platform;
    const auto bytes = store.readBlob(entry);
    if (!bytes)
        return {};
    const auto manifest = Manifest::parse(*bytes, entry.mediaType, entry.digest.toString());
    const auto config = manifest ? store.readBlob(manifest->config()) : Result<QByteArray>(QByteArray());
    if (!config)
        return {};
    const auto parsed = ImageConfig::parse(*config, entry.digest.toString());
    return parsed ? parsed->platform : Platform();
}

//! The entry that is meant: just that platform, else what runs best on it.
std::optional<Descriptor> chosen(const ImageStore& store, const Index& index, const Platform& wanted)
{
    std::optional<Descriptor> best;
    int bestPreference = std::numeric_limits<int>::max();
    for (const Descriptor& entry : index.images()) {
        if (!store.hasBlob(entry))
            continue;
        const Platform platform = platformOf(store, entry);
        if (!wanted.isEmpty() && platform == wanted)
            return entry;
        const Platform& runs = wanted.isEmpty() ? Platform::host() : wanted;
        int preference = runs.preference(platform);
        if (preference < 0 && (wanted.isEmpty() || platform.isEmpty()))
            preference = std::numeric_limits<int>::max() - 1; // better than none
        if (preference >= 0 && preference < bestPreference) {
            best = entry;
            bestPreference = preference;
        }
    }
    return best;
}

} // namespace

Result<LocatedImage> locateImage(const ImageStore& store, const FilesOf& of)
{
    const QString subject = of.target.toString();
    auto at = store.resolve(subject);
    if (!at)
        return std::unexpected(std::move(at.error()));
    for (int depth = 0; depth <= MaxDepth; ++depth) {
        auto bytes = store.readBlob(*at);
        if (!bytes)
            return std::unexpected(std::move(bytes.error()));
        const auto document = parseManifestOrIndex(std::move(*bytes), at->mediaType, subject);
        if (!document)
            return std::unexpected(document.error());
        if (const auto* manifest = std::get_if<Manifest>(&*document)) {
            if (!manifest->isImage())
                return fail(Error::Code::Unsupported, subject, u"an artifact holds no file system"_s);
            return LocatedImage{manifest->descriptor().digest, manifest->layers()};
        }
        const auto entry = chosen(store, std::get<Index>(*document), of.platform);
        if (!entry) {
            return fail(Error::Code::NotFound, subject,
                        u"no image for %1 is here"_s.arg(of.platform.isEmpty() ? u"any platform"_s
                                                                               : of.platform.toString()));
        }
        *at = *entry;
    }
    return fail(Error::Code::Unsupported, subject, u"indexes are nested too deeply"_s);
}

} // namespace Tagboat
