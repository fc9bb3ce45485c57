// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "content/verify.h"
#include "oci/descriptor.h"
#include "store/ingest.h"

namespace Tagboat {

//! A blob that is being received: what has come, written and hashed. It lasts from one try to the next.
struct Reception
{
    std::shared_ptr<Ingest> file;
    std::shared_ptr<Hasher> hasher;
    qint64 received = 0;  //!< bytes in the file and in the hash
    qint64 resumedAt = 0; //!< how many of them are from earlier tries
    bool isSound = true;  //!< false once a write has failed: file and hash may differ
};
using ReceptionPtr = std::shared_ptr<Reception>;

/*!
 * \brief Brings all of \a source to the end of what \a reception holds, hashing it on the way.
 *
 * A batch is read while the one before it is hashed and written, side by side on workers: two batches of half
 * a megabyte, or of a whole one where no other blob is being received, are all the memory it takes, and the
 * block writer's buffer where pieces do not suit the disk. On a slow line batches are small, so that little
 * is lost with a killed process. Where \a expected knows its size, more or fewer bytes are a
 * DigestMismatch; the digest itself is the caller's to compare. \a progress counts from the beginning of the
 * blob. Also after an error or a stop everything that came is in the file and the hash, unless writing
 * failed, and nobody works on them any more.
 */
[[nodiscard]] Task<Result<void>> receiveBlob(ReceptionPtr reception, ByteSourcePtr source,
                                             Descriptor expected, ProgressCallback progress,
                                             std::stop_token stop);

} // namespace Tagboat
