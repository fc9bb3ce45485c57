// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/randomimage/randomimage.h"

namespace Tagboat::Testing {

//! What one layer is made from; equal recipes give equal bytes.
struct LayerRecipe
{
    quint64 seed = 0;
    int number = 0; //!< 0 is the base
    qint64 size = 0;
    bool isCompressible = true;
    RandomImageOptions::Format format = RandomImageOptions::Format::Oci;
    RandomImageOptions::Compression compression = RandomImageOptions::Compression::Gzip;
    qint64 memoryLimit = 0;
};

//! Makes the layer, in memory or, above the limit, in a file in \a directory().
[[nodiscard]] RandomBlob randomLayer(const LayerRecipe& recipe, const std::function<QString()>& directory);

} // namespace Tagboat::Testing
