// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/descriptor.h"

namespace Tagboat {

// Annotations that carry names on the descriptors of index.json (image-spec annotations.md; containerd).
inline constexpr QLatin1StringView RefNameAnnotation("org.opencontainers.image.ref.name");
inline constexpr QLatin1StringView ImageNameAnnotation("io.containerd.image.name");

//! The canonical reference of a name with a tag; empty where \a name is none (a digest alone names nothing).
[[nodiscard]] QString canonicalName(const QString& name);

/*!
 * \brief The canonical name that a descriptor of index.json carries; empty where it has none.
 *
 * `io.containerd.image.name` first, since it always is a full reference. `org.opencontainers.image.ref.name`
 * is whatever its writer liked: Docker, oras and crane put a bare tag there, containers tools what the user
 * typed. It is taken for a reference where it can be no tag, having a slash or a colon; a bare word says
 * nothing about the repository.
 */
[[nodiscard]] QString annotatedName(const Descriptor& descriptor);

} // namespace Tagboat
