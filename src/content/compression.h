// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

namespace Tagboat {

//! \brief gzip (ISA-L, deterministic: no name, no time) of \a source, made piece by piece on workers.
[[nodiscard]] ByteSourcePtr gzipped(ByteSourcePtr source);

/*!
 * \brief The plain bytes of \a source, whatever it is compressed with: gzip (several members too), zstd, or
 * not at all; decided by the first bytes, not by any media type.
 *
 * A broken or truncated stream is Corrupt with \a subject; more than \a limit plain bytes (-1: none) is
 * Corrupt as well, so that a bomb ends early.
 */
[[nodiscard]] ByteSourcePtr decompressed(ByteSourcePtr source, QString subject, qint64 limit = -1);

} // namespace Tagboat
