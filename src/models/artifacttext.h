// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/artifact.h"
#include "store/imagestore.h"

namespace Tagboat {

//! What an image of the store is besides a container image, as far as the snapshot tells. An older signature
//! of cosign has an image's config and no platform: its layers say what it is.
[[nodiscard]] ArtifactKind artifactKindOf(const StoredImage& image);
//! In the person's language, for badges and in sentences: "signature", "Helm chart"; None: "image".
[[nodiscard]] QString artifactWord(ArtifactKind kind);
//! Name of the icon that stands for it.
[[nodiscard]] QString artifactIcon(ArtifactKind kind);
//! What an attestation states, in a word or two: "SBOM (SPDX)", "provenance (SLSA 1)"; the type itself where
//! nobody knows it.
[[nodiscard]] QString predicateText(const QString& predicateType);

} // namespace Tagboat
