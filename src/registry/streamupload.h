// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/uploadsession.h"

namespace Tagboat {

/*!
 * \brief Sends a stream whose size and digest are known only at its end, as it comes, and gives both.
 *
 * Nothing is kept of it: where it breaks off it has to be made anew.
 */
[[nodiscard]] Task<Result<Descriptor>> uploadStream(UploadSession::Ptr session, ByteSourcePtr source,
                                                    ProgressCallback progress, std::stop_token stop);

//! A registry, or a proxy before it, does not take a body of unknown length; chunks may do.
[[nodiscard]] bool isStreamRefused(const Error& error);

/*!
 * \brief The same in chunks of known size.
 *
 * Each chunk is kept until the registry has it, so that after a lost connection what is missing of it can be
 * sent again. The last chunk goes with the closing PUT (some registries refuse an empty one).
 */
[[nodiscard]] Task<Result<Descriptor>> uploadInChunks(UploadSession::Ptr session, QString registry,
                                                      ByteSourcePtr source, ProgressCallback progress,
                                                      std::stop_token stop);

} // namespace Tagboat
