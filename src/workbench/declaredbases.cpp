// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/declaredbases.h"

#include "oci/imageconfig.h"
#include "oci/manifest.h"
#include "oci/mediatype.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! Reads the documents of one image, its index at most once.
class ImageReader
{
public:
    ImageReader(const ImageStore& store, const StoredImage& image) : m_store(store), m_image(image) { }

    std::optional<DeclaredBase> baseOf(const StoredPlatform& platform)
    {
        const auto bytes = m_store.readBlob(platform.manifest);
        if (!bytes)
            return std::nullopt;
        const auto manifest = Manifest::parse(*bytes, platform.manifest.mediaType, {});
        if (!manifest)
            return std::nullopt;
        if (auto base = declaredBase(manifest->annotations(), BaseSource::Annotation))
            return base;
        if (auto base = ofIndex(platform))
            return base;
        if (auto base = declaredBase(m_image.target.annotations, BaseSource::Annotation))
            return base;
        if (auto base = ofConfig(*manifest))
            return base;
        return ofProvenance(platform);
    }

private:
    const Index* index()
    {
        if (!m_hasRead && MediaType::isIndex(m_image.target.mediaType)) {
            if (const auto bytes = m_store.readBlob(m_image.target)) {
                if (auto parsed = Index::parse(*bytes, m_image.target.mediaType, {}))
                    m_index = std::move(*parsed);
            }
        }
        m_hasRead = true;
        return m_index ? &*m_index : nullptr;
    }

    std::optional<DeclaredBase> ofIndex(const StoredPlatform& platform)
    {
        const Index* const above = index();
        if (!above)
            return std::nullopt;
        const auto entry =
            std::ranges::find(above->manifests(), platform.manifest.digest, &Descriptor::digest);
        if (entry != above->manifests().end()) {
            if (auto base = declaredBase(entry->annotations, BaseSource::Annotation))
                return base;
        }
        return declaredBase(above->annotations(), BaseSource::Annotation);
    }

    [[nodiscard]] std::optional<DeclaredBase> ofConfig(const Manifest& manifest) const
    {
        if (!manifest.isImage())
            return std::nullopt;
        const auto bytes = m_store.readBlob(manifest.config());
        if (!bytes)
            return std::nullopt;
        const auto config = ImageConfig::parse(*bytes, {});
        return config ? declaredBase(config->labels, BaseSource::Label) : std::nullopt;
    }

    //! BuildKit keeps an attestation manifest beside the image, whose layers are in-toto statements.
    std::optional<DeclaredBase> ofProvenance(const StoredPlatform& platform)
    {
        const Index* const above = index();
        if (!above)
            return std::nullopt;
        for (const Descriptor& entry : above->manifests()) {
            const bool isAbout = isAttestation(entry)
                && entry.annotations.value(u"vnd.docker.reference.digest"_s)
                    == platform.manifest.digest.toString();
            if (!isAbout)
                continue;
            const auto bytes = m_store.readBlob(entry);
            const auto manifest = bytes ? Manifest::parse(*bytes, entry.mediaType, {})
                                        : Result<Manifest>(std::unexpected(bytes.error()));
            if (!manifest)
                continue;
            for (const Descriptor& layer : manifest->layers()) {
                if (!layer.annotations.value(u"in-toto.io/predicate-type"_s)
                         .startsWith("https://slsa.dev/provenance/"_L1))
                    continue;
                if (const auto statement = m_store.readBlob(layer))
                    return baseOfProvenance(*statement);
            }
        }
        return std::nullopt;
    }

    const ImageStore& m_store;
    const StoredImage& m_image;
    std::optional<Index> m_index;
    bool m_hasRead = false;
};

} // namespace

DeclaredBases readDeclaredBases(const ImageStore& store, const QList<StoredImage>& images,
                                const DeclaredBases& known, std::stop_token stop)
{
    DeclaredBases bases;
    for (const StoredImage& image : images) {
        if (stop.stop_requested())
            break;
        if (image.isArtifact)
            continue;
        ImageReader reader(store, image);
        for (const StoredPlatform& platform : image.platforms) {
            const Digest& manifest = platform.manifest.digest;
            if (platform.isPresent && !known.contains(manifest) && !bases.contains(manifest))
                bases.insert(manifest, reader.baseOf(platform));
        }
    }
    return bases;
}

} // namespace Tagboat
