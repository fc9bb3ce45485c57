// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

namespace Tagboat {

//! How an archive as a whole is compressed, told by its name.
enum class OuterCompression { None, Gzip, Zstd, Xz };

//! By the last suffix (.gz, .tgz, .zst, .tzst, .xz, .txz); InvalidInput for one that promises what we cannot
//! write.
[[nodiscard]] Result<OuterCompression> outerCompression(const QString& path);
//! \a source compressed; gzip is our own (content/compression.h), the others are libarchive's.
[[nodiscard]] ByteSourcePtr compressed(ByteSourcePtr source, OuterCompression compression);

} // namespace Tagboat
