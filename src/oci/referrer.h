// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/manifest.h"

namespace Tagboat {

//! The manifest that \a document is about; nothing where it stands for itself.
[[nodiscard]] std::optional<Descriptor> subjectOf(const ManifestOrIndex& document);

//! The entry for \a document in a list of referrers: its descriptor with its artifact type, else the type of
//! its config, and its annotations (distribution-spec 1.1 "Pushing Manifests with Subject").
[[nodiscard]] Descriptor referrerEntry(const ManifestOrIndex& document);

/*!
 * \brief What a referrer is, in a word for lists: "signature", "SBOM", "attestation" or another word of
 * artifactKind(), else its artifact type, else "referrer".
 */
[[nodiscard]] QString referrerKind(const QString& artifactType);

/*!
 * \brief The tag under which clients keep the list of referrers where a registry keeps none
 * (distribution-spec 1.1 "Referrers Tag Schema"): `sha256-` and the hex digits.
 *
 * The algorithm is cut to 32 characters, the digits to 64.
 */
[[nodiscard]] QString referrersTag(const Digest& subject);

//! What a tag is about that names no image, but what is attached to one: a list of referrers, or cosign's
//! `sha256-<hex>.sig`, `.att` and `.sbom`. Nothing for other tags, and where digits were cut off.
[[nodiscard]] std::optional<Digest> subjectOfTag(const QString& tag);

} // namespace Tagboat
