// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/artifacttext.h"

#include "oci/mediatype.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Artifacts
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Artifacts)
};

} // namespace

ArtifactKind artifactKindOf(const StoredImage& image)
{
    const StoredLayer layer =
        image.platforms.isEmpty() ? StoredLayer() : image.platforms.first().layers.value(0);
    const QString& layerType = layer.descriptor.mediaType;
    if (!image.isArtifact) {
        // Only what is no file system can be something else; most images end here.
        const bool isFileSystem = layerType.isEmpty() || layerType.contains(".tar"_L1);
        if (isFileSystem || image.platforms.size() > 1)
            return ArtifactKind::None;
    }
    const ArtifactKind kind =
        artifactKind(image.artifactType, layerType, predicateOf(layer.descriptor.annotations));
    const bool isFiles = kind == ArtifactKind::Other
        && layer.descriptor.annotations.contains(u"org.opencontainers.image.title"_s);
    if (isFiles)
        return ArtifactKind::Files;
    return image.isArtifact && kind == ArtifactKind::None ? ArtifactKind::Other : kind;
}

QString artifactWord(ArtifactKind kind)
{
    switch (kind) {
    case ArtifactKind::None:
        return Artifacts::tr("image");
    case ArtifactKind::Signature:
        return Artifacts::tr("signature");
    case ArtifactKind::Sbom:
        return Artifacts::tr("SBOM");
    case ArtifactKind::Attestation:
        return Artifacts::tr("attestation");
    case ArtifactKind::Provenance:
        return Artifacts::tr("provenance");
    case ArtifactKind::HelmChart:
        return Artifacts::tr("Helm chart");
    case ArtifactKind::WebAssembly:
        return Artifacts::tr("WebAssembly module");
    case ArtifactKind::Policy:
        return Artifacts::tr("policy");
    case ArtifactKind::Files:
        return Artifacts::tr("files");
    case ArtifactKind::Model:
        return Artifacts::tr("AI model");
    case ArtifactKind::Other:
        break;
    }
    return Artifacts::tr("artifact");
}

QString artifactIcon(ArtifactKind kind)
{
    switch (kind) {
    case ArtifactKind::None:
        return u"image"_s;
    case ArtifactKind::Signature:
        return u"lock"_s;
    case ArtifactKind::Sbom:
    case ArtifactKind::Attestation:
    case ArtifactKind::Provenance:
        return u"json"_s;
    case ArtifactKind::HelmChart:
        return u"repository"_s;
    case ArtifactKind::WebAssembly:
    case ArtifactKind::Model:
        return u"layers"_s;
    case ArtifactKind::Policy:
        return u"ok"_s;
    default:
        return u"details"_s;
    }
}

QString predicateText(const QString& predicateType)
{
    if (predicateType.contains("spdx"_L1, Qt::CaseInsensitive))
        return Artifacts::tr("SBOM (SPDX)");
    if (predicateType.contains("cyclonedx"_L1, Qt::CaseInsensitive))
        return Artifacts::tr("SBOM (CycloneDX)");
    if (predicateType.contains("slsa.dev/provenance/v1"_L1))
        return Artifacts::tr("provenance (SLSA 1)");
    if (predicateType.contains("slsa.dev/provenance"_L1))
        return Artifacts::tr("provenance (SLSA 0.2)");
    if (predicateType.contains("vuln"_L1))
        return Artifacts::tr("known vulnerabilities");
    if (predicateType.contains("openvex"_L1))
        return Artifacts::tr("exploitability (VEX)");
    return predicateType;
}

} // namespace Tagboat
