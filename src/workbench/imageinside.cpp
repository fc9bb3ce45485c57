// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/imageinside.h"

#include "content/verify.h"
#include "oci/mediatype.h"
#include "store/imagestore.h"

#include <QFile>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

const QString TitleAnnotation = u"org.opencontainers.image.title"_s;
//! BuildKit's (docs/attestations/attestation-storage.md): the image that an entry of the index is about.
const QString SubjectAnnotation = u"vnd.docker.reference.digest"_s;
//! Of text that is worth to be looked at; a readme, a statement, an SBOM.
constexpr qint64 LargestText = 64 * 1024 * 1024;

//! Reads what is inside one image, piece by piece.
class InsideReader
{
public:
    InsideReader(const ImageStore& store, StoredImage image) : m_store(store), m_image(std::move(image)) { }

    ImageInside read(const Digest& wanted)
    {
        m_inside.root = m_image.target;
        const auto root = document(m_image.target);
        const auto* const index = root ? std::get_if<Index>(&*root) : nullptr;
        m_inside.isIndex = index || MediaType::isIndex(m_image.target.mediaType);
        if (!m_inside.isIndex) {
            addPlatforms();
            readChosen(m_image.target.digest);
            add(ImageDocument::Kind::Manifest, m_image.target, m_inside.platforms.value(0).platform);
            if (root)
                addContent(std::get<Manifest>(*root), m_inside.platforms.value(0).platform, false);
            return m_inside;
        }
        add(ImageDocument::Kind::Index, m_image.target, {});
        addPlatforms();
        if (index) {
            m_inside.annotations = index->annotations();
            addAttestations(*index);
        }
        readChosen(wanted);
        for (const InsidePlatform& platform : std::as_const(m_inside.platforms)) {
            addManifest(platform.manifest, platform.platform, false);
            for (const InsideAttestation& attestation : platform.attestations)
                addManifest(attestation.manifest, platform.platform, true);
        }
        for (const InsideAttestation& attestation : std::as_const(m_inside.attestations))
            addManifest(attestation.manifest, {}, true);
        return m_inside;
    }

private:
    [[nodiscard]] std::optional<ManifestOrIndex> document(const Descriptor& descriptor) const
    {
        auto bytes = m_store.readBlob(descriptor);
        if (!bytes)
            return std::nullopt;
        auto parsed =
            parseManifestOrIndex(std::move(*bytes), descriptor.mediaType, descriptor.digest.toString());
        return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
    }

    [[nodiscard]] std::optional<Manifest> manifest(const Descriptor& descriptor) const
    {
        auto parsed = document(descriptor);
        auto* const found = parsed ? std::get_if<Manifest>(&*parsed) : nullptr;
        return found ? std::optional(std::move(*found)) : std::nullopt;
    }

    void addPlatforms()
    {
        for (const StoredPlatform& stored : std::as_const(m_image.platforms)) {
            m_inside.platforms.append({.manifest = stored.manifest,
                                       .platform = stored.platform,
                                       .size = stored.size,
                                       .isPresent = stored.isPresent,
                                       .hasManifest = m_store.hasBlob(stored.manifest)});
        }
    }

    void addAttestations(const Index& index)
    {
        const QList<Descriptor> entries = index.manifests();
        for (const Descriptor& entry : entries) {
            if (!isAttestation(entry))
                continue;
            InsideAttestation attestation{
                .manifest = entry,
                .of = Digest::parse(entry.annotations.value(SubjectAnnotation)).value_or(Digest()),
                .isPresent = m_store.hasBlob(entry)};
            if (const auto its = manifest(entry)) {
                for (const Descriptor& layer : its->layers()) {
                    if (const QString predicate = predicateOf(layer.annotations); !predicate.isEmpty())
                        attestation.predicates.append(predicate);
                }
            }
            const auto about =
                std::ranges::find_if(m_inside.platforms, [&attestation](const InsidePlatform& platform) {
                    return platform.manifest.digest == attestation.of;
                });
            if (about != m_inside.platforms.end())
                about->attestations.append(attestation);
            else
                m_inside.attestations.append(attestation);
        }
    }

    //! Config, annotations and what an artifact is, of the manifest that is looked at.
    void readChosen(const Digest& wanted)
    {
        const auto chosen = std::ranges::find_if(m_inside.platforms, [&wanted](const InsidePlatform& one) {
            return one.manifest.digest == wanted;
        });
        const Descriptor target = chosen != m_inside.platforms.end() ? chosen->manifest : m_image.target;
        const auto found = manifest(target);
        if (!found)
            return;
        m_inside.manifest = found->descriptor();
        (m_inside.isIndex ? m_inside.manifestAnnotations : m_inside.annotations) = found->annotations();
        m_inside.artifact = artifactFacts(m_store, *found, m_image.names);
        if (!found->isImage())
            return;
        const auto bytes = m_store.readBlob(found->config());
        auto config = bytes ? ImageConfig::parse(*bytes, found->config().digest.toString())
                            : Result<ImageConfig>(std::unexpected(bytes.error()));
        if (!config)
            return;
        m_inside.config = std::move(*config);
        m_inside.hasConfig = true;
    }

    void add(ImageDocument::Kind kind, const Descriptor& descriptor, const Platform& platform,
             bool isOfAttestation = false, const QString& title = {})
    {
        if (m_seen.contains(descriptor.digest))
            return;
        m_seen.insert(descriptor.digest);
        m_inside.documents.append({.kind = kind,
                                   .descriptor = descriptor,
                                   .platform = platform,
                                   .isAttestation = isOfAttestation,
                                   .title = title,
                                   .isPresent = m_store.hasBlob(descriptor)});
    }

    void addManifest(const Descriptor& descriptor, const Platform& platform, bool isOfAttestation)
    {
        add(ImageDocument::Kind::Manifest, descriptor, platform, isOfAttestation);
        if (const auto found = manifest(descriptor))
            addContent(*found, platform, isOfAttestation);
    }

    void addContent(const Manifest& found, const Platform& platform, bool isOfAttestation)
    {
        add(ImageDocument::Kind::Config, found.config(), platform, isOfAttestation);
        for (const Descriptor& layer : found.layers()) {
            if (!isTextual(layer.mediaType) || layer.size > LargestText)
                continue;
            const QString name = layer.annotations.value(TitleAnnotation);
            add(ImageDocument::Kind::Blob, layer, platform, isOfAttestation,
                name.isEmpty() ? predicateOf(layer.annotations) : name);
        }
    }

    const ImageStore& m_store;
    const StoredImage m_image;
    ImageInside m_inside;
    QSet<Digest> m_seen; // artifacts share one empty config
};

} // namespace

Result<ImageInside> readInside(const ImageStore& store, const Digest& target, const Digest& manifest)
{
    auto image = store.image(target.toString());
    if (!image)
        return std::unexpected(std::move(image.error()));
    return InsideReader(store, std::move(*image)).read(manifest);
}

Result<DocumentBytes> readDocument(const ImageStore& store, const Descriptor& descriptor)
{
    DocumentBytes document;
    document.descriptor = descriptor;
    QFile file(store.blobPath(descriptor.digest));
    if (!file.exists())
        return fail(Error::Code::NotFound, descriptor.digest.toString(), u"not on this computer"_s);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Code::Io, file.fileName(), file.errorString());
    Hasher hasher(descriptor.digest.algorithm());
    constexpr qint64 Piece = 1024 * 1024;
    for (;;) {
        const QByteArray piece = file.read(Piece);
        if (piece.isEmpty())
            break;
        hasher.update(piece);
        document.size += piece.size();
        document.bytes +=
            piece.first(std::min<qint64>(piece.size(), DocumentBytes::MostBytes - document.bytes.size()));
    }
    if (file.error() != QFileDevice::NoError)
        return fail(Error::Code::Io, file.fileName(), file.errorString());
    document.digest = hasher.finish();
    return document;
}

} // namespace Tagboat
