// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/manifest.h"

namespace Tagboat {

//! What a manifest is that describes no container image.
enum class ArtifactKind {
    None, //!< an image
    Signature,
    Sbom,
    Attestation,
    Provenance, //!< an attestation of how something was built (SLSA)
    HelmChart,
    WebAssembly,
    Policy,
    Files, //!< what oras and its like push: files by their names
    Model, //!< of machine learning
    Other,
};

//! Annotation of a layer that says what an attestation in it states: BuildKit's, cosign's, sigstore bundles'.
inline constexpr QLatin1StringView PredicateAnnotation("in-toto.io/predicate-type");
inline constexpr QLatin1StringView CosignPredicateAnnotation("predicateType");
inline constexpr QLatin1StringView BundlePredicateAnnotation("dev.sigstore.bundle.predicateType");

/*!
 * \brief What something is by its media types, any of which may be empty.
 *
 * \a artifactType is the manifest's, else that of its config; \a layerType that of its first layer, since
 * cosign's older signatures have an image's config. \a predicate is the type of an attestation's predicate.
 * Sources: image-spec manifest.md "Guidelines for Artifact Usage"; cosign specs/SIGNATURE_SPEC.md,
 * ATTESTATION_SPEC.md and SBOM_SPEC.md; notaryproject signature-specification.md; helm.sh "Helm OCI MIME
 * types"; CNCF TAG Runtime "Wasm OCI artifact layout"; BuildKit docs/attestations.
 */
[[nodiscard]] ArtifactKind artifactKind(const QString& artifactType, const QString& layerType = {},
                                        const QString& predicate = {});
[[nodiscard]] ArtifactKind artifactKind(const Manifest& manifest);

//! The predicate type that a layer's annotations tell; empty where they tell none.
[[nodiscard]] QString predicateOf(const QMap<QString, QString>& annotations);

//! True for a blob that is text to read: JSON, or plain text.
[[nodiscard]] bool isTextual(const QString& mediaType);

//! A word for scripts and lists: "signature", "SBOM", "attestation", "provenance", "Helm chart", "WebAssembly
//! module", "policy", "files", "model"; empty for None and Other.
[[nodiscard]] QString toString(ArtifactKind kind);

} // namespace Tagboat
