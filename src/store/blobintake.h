// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/storewriter.h"

namespace Tagboat {

/*!
 * \brief StoreWriter::pushBlob: a blob of known digest, whatever of it lies in ingest/ already.
 *
 * What an earlier try left there, in this process or another, is gone on with: the source is opened at that
 * offset, or not at all where nothing is missing; one that cannot begin there (Corrupt, Unsupported,
 * InvalidInput) is opened at the beginning. A wrong digest after going on is tried once more from the
 * beginning, since the bytes of the earlier try may be the wrong ones.
 *
 * After an error or a stop what came is left for the next try, but for less than Ingest::LeastKept, for bytes
 * that proved wrong, and on a full disk, where somebody needs the room.
 */
[[nodiscard]] Task<Result<void>> takeInBlob(std::shared_ptr<StoreWriter::Shared> shared, Descriptor blob,
                                            SourceFactory open, ProgressCallback progress,
                                            std::stop_token stop);

//! Where \a failure is a full disk, gives back the room of what broke off before; what is stopped for it
//! afterwards leaves nothing either.
[[nodiscard]] Task<void> makeRoom(std::shared_ptr<StoreWriter::Shared> shared, Error::Code failure);

} // namespace Tagboat
