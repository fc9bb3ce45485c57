// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/layerindex.h"

namespace Tagboat {

/*!
 * \brief The form in which a cache file keeps the index of a layer of \a layerSize compressed bytes.
 *
 * A head with mark, version and byte order, then one zstd frame with a checksum. Not meant for another
 * machine, nor for another version: what cannot be read is made anew from the layer.
 */
[[nodiscard]] QByteArray writeLayerIndex(const LayerIndex& index, qint64 layerSize);
//! Null where \a bytes are not such a form, or break any promise that LayerIndex makes.
[[nodiscard]] LayerIndexPtr readLayerIndex(QByteArrayView bytes, qint64 layerSize);

} // namespace Tagboat
