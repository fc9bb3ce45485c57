// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/artifact.h"

#include "oci/mediatype.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Sign
{
    QLatin1StringView part; //!< of a media type
    ArtifactKind kind;
};

//! What types say that say all; the first that fits counts.
constexpr std::array Signs{
    Sign{"cosign.artifact.sig"_L1, ArtifactKind::Signature},
    Sign{"cosign.simplesigning"_L1, ArtifactKind::Signature},
    Sign{"cncf.notary.signature"_L1, ArtifactKind::Signature},
    Sign{"cosign.artifact.sbom"_L1, ArtifactKind::Sbom},
    Sign{"cosign.artifact.att"_L1, ArtifactKind::Attestation},
    Sign{"spdx"_L1, ArtifactKind::Sbom},
    Sign{"cyclonedx"_L1, ArtifactKind::Sbom},
    Sign{"syft"_L1, ArtifactKind::Sbom},
    Sign{"slsa.dev/provenance"_L1, ArtifactKind::Provenance},
    Sign{"in-toto"_L1, ArtifactKind::Attestation},
    Sign{"docker.attestation"_L1, ArtifactKind::Attestation},
    Sign{"dsse.envelope"_L1, ArtifactKind::Attestation},
    Sign{"cncf.helm."_L1, ArtifactKind::HelmChart},
    Sign{"wasm"_L1, ArtifactKind::WebAssembly},
    Sign{"openpolicyagent"_L1, ArtifactKind::Policy},
    Sign{"cncf.kyverno"_L1, ArtifactKind::Policy},
    Sign{"kubewarden"_L1, ArtifactKind::Policy},
    Sign{"gatekeeper"_L1, ArtifactKind::Policy},
    Sign{"docker.ai.model"_L1, ArtifactKind::Model},
    Sign{"cncf.model"_L1, ArtifactKind::Model},
    Sign{"ollama.image.model"_L1, ArtifactKind::Model},
};

ArtifactKind kindOfType(const QString& type)
{
    for (const Sign& sign : Signs) {
        if (type.contains(sign.part, Qt::CaseInsensitive))
            return sign.kind;
    }
    return ArtifactKind::None;
}

bool isPredicateSbom(const QString& predicate)
{
    return predicate.contains("spdx"_L1, Qt::CaseInsensitive)
        || predicate.contains("cyclonedx"_L1, Qt::CaseInsensitive);
}

//! An attestation by what it states.
ArtifactKind kindOfPredicate(const QString& predicate)
{
    if (isPredicateSbom(predicate))
        return ArtifactKind::Sbom;
    return predicate.contains("slsa.dev/provenance"_L1) ? ArtifactKind::Provenance
                                                        : ArtifactKind::Attestation;
}

} // namespace

QString predicateOf(const QMap<QString, QString>& annotations)
{
    for (const QLatin1StringView key :
         {PredicateAnnotation, CosignPredicateAnnotation, BundlePredicateAnnotation}) {
        if (const QString predicate = annotations.value(key); !predicate.isEmpty())
            return predicate;
    }
    return {};
}

ArtifactKind artifactKind(const QString& artifactType, const QString& layerType, const QString& predicate)
{
    // A bundle holds a signature of an image, or one of what is stated about it.
    if (artifactType.contains("sigstore.bundle"_L1) || layerType.contains("sigstore.bundle"_L1)) {
        const bool isPlain = predicate.isEmpty() || predicate.contains("sigstore.dev/cosign/sign"_L1);
        return isPlain ? ArtifactKind::Signature : kindOfPredicate(predicate);
    }
    ArtifactKind kind = kindOfType(artifactType);
    if (kind == ArtifactKind::None)
        kind = kindOfType(layerType);
    if (kind == ArtifactKind::Attestation && !predicate.isEmpty())
        return kindOfPredicate(predicate);
    if (kind != ArtifactKind::None)
        return kind;
    if (MediaType::isImageConfig(artifactType) || artifactType.isEmpty())
        return ArtifactKind::None;
    // What oras gives where nobody says what it is, and what it pushes then are files.
    const bool isUnknown =
        artifactType.startsWith("application/vnd.unknown."_L1) || artifactType == MediaType::OciEmpty;
    return isUnknown ? ArtifactKind::Files : ArtifactKind::Other;
}

ArtifactKind artifactKind(const Manifest& manifest)
{
    const Descriptor layer = manifest.layers().value(0);
    QString predicate = predicateOf(layer.annotations);
    if (predicate.isEmpty())
        predicate = predicateOf(manifest.annotations());
    const QString& type =
        manifest.artifactType().isEmpty() ? manifest.config().mediaType : manifest.artifactType();
    const ArtifactKind kind = artifactKind(type, layer.mediaType, predicate);
    // Files by their names, whatever somebody called their sum.
    const bool isFiles =
        kind == ArtifactKind::Other && layer.annotations.contains(u"org.opencontainers.image.title"_s);
    return isFiles ? ArtifactKind::Files : kind;
}

bool isTextual(const QString& mediaType)
{
    const QString type = MediaType::withoutParameters(mediaType);
    return type.endsWith("+json"_L1) || type.endsWith("/json"_L1) || type.startsWith("text/"_L1)
        || type.endsWith("+yaml"_L1) || type.endsWith("/yaml"_L1) || type.endsWith("/x-yaml"_L1)
        || type.endsWith("+xml"_L1) || type.endsWith("/xml"_L1) || type.endsWith("+rego"_L1)
        || type.endsWith(".prov"_L1);
}

QString toString(ArtifactKind kind)
{
    switch (kind) {
    case ArtifactKind::None:
    case ArtifactKind::Other:
        break;
    case ArtifactKind::Signature:
        return u"signature"_s;
    case ArtifactKind::Sbom:
        return u"SBOM"_s;
    case ArtifactKind::Attestation:
        return u"attestation"_s;
    case ArtifactKind::Provenance:
        return u"provenance"_s;
    case ArtifactKind::HelmChart:
        return u"Helm chart"_s;
    case ArtifactKind::WebAssembly:
        return u"WebAssembly module"_s;
    case ArtifactKind::Policy:
        return u"policy"_s;
    case ArtifactKind::Files:
        return u"files"_s;
    case ArtifactKind::Model:
        return u"model"_s;
    }
    return {};
}

} // namespace Tagboat
