// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

namespace Tagboat {

//! How an archive as a whole is compressed.
enum class OuterCompression { None, Gzip, Zstd, Xz };

//! By the last suffix (.gz, .tgz, .zst, .tzst, .xz, .txz); InvalidInput for one that promises what we cannot
//! write.
[[nodiscard]] Result<OuterCompression> outerCompression(const QString& path);
//! "none", "gzip", "zstd", "xz"; InvalidInput for anything else.
[[nodiscard]] Result<OuterCompression> parseOuterCompression(const QString& text);
//! ".tar", ".tar.gz", ".tar.zst", ".tar.xz".
[[nodiscard]] QString archiveSuffix(OuterCompression compression);
//! \a path without whatever ending says that it is an archive: "ui_v1" of "ui_v1.tar.gz" and of "ui_v1.tgz".
[[nodiscard]] QString withoutArchiveSuffix(const QString& path);
//! \a source compressed; gzip and zstd are our own (content/compression.h), on all cores; xz is libarchive's.
[[nodiscard]] ByteSourcePtr compressed(ByteSourcePtr source, OuterCompression compression);

} // namespace Tagboat
