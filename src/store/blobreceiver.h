// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "oci/descriptor.h"
#include "store/ingest.h"

namespace Tagboat {

struct ReceivedBlob
{
    Digest digest;
    qint64 size = 0;
};

/*!
 * \brief Writes all of \a source to \a file while hashing it, and gives the digest of what came.
 *
 * One piece is being read while the one before it is hashed and written, side by side on workers: memory is
 * bounded by two pieces. Where \a expected knows its size, more or fewer bytes are a DigestMismatch. The file
 * is left to the caller, also after an error: nobody works on it any more when this returns.
 */
[[nodiscard]] Task<Result<ReceivedBlob>> receiveBlob(std::shared_ptr<Ingest> file, ByteSourcePtr source,
                                                     Descriptor expected, ProgressCallback progress,
                                                     std::stop_token stop);

} // namespace Tagboat
