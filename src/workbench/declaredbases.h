// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/imagebase.h"

#include <QHash>

#include <stop_token>

namespace Tagboat {

using DeclaredBases = QHash<Digest, std::optional<DeclaredBase>>;

/*!
 * \brief Reads what images say about their bases, by manifest of a platform, of those that \a known lacks.
 *
 * In order: annotations of the manifest, of its descriptor in the index, of the index, of the layout's own
 * entry; labels of the config; BuildKit's provenance where that is here. Platforms that are not here are left
 * out; documents that cannot be read say nothing. Touches the disk: call it on a worker. A stop ends it with
 * what was read so far.
 */
[[nodiscard]] DeclaredBases readDeclaredBases(const ImageStore& store, const QList<StoredImage>& images,
                                              const DeclaredBases& known, std::stop_token stop);

} // namespace Tagboat
