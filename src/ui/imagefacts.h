// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "ui/factsview.h"
#include "workbench/imageinside.h"

namespace Tagboat {

/*!
 * \brief The overview of an image: what it is, what its author says of it, how it runs; of an artifact, what
 * it is about and what its payload tells.
 *
 * \a inside is of the platform that is shown; null: not read yet. Links are web addresses, or "image:" and a
 * digest.
 */
[[nodiscard]] QList<Fact> imageFacts(const StoredImage& image, const ImageInside* inside);

//! Links of facts that lead to another image begin so; a digest follows.
inline constexpr QLatin1StringView ImageLink("image:");

} // namespace Tagboat
