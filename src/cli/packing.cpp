// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/packing.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

QList<OptionSpec> packingOptions()
{
    return {{"compression"_L1, 0, "KIND[:LEVEL]"_L1,
             "of layers that an archive holds plain: gzip[:1-9] or zstd[:1-19]"_L1}};
}

Result<std::optional<LayerCompression>> askedCompression(const Arguments& arguments)
{
    if (!arguments.has("compression"_L1))
        return std::optional<LayerCompression>();
    const auto compression = LayerCompression::parse(arguments.value("compression"_L1));
    if (!compression)
        return std::unexpected(compression.error());
    return std::optional(*compression);
}

} // namespace Tagboat
