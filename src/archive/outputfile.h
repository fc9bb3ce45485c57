// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "oci/digest.h"

namespace Tagboat {

/*!
 * \brief Writes all of \a source to \a path: beside it first, synced, then renamed over it.
 *
 * After an error or a stop nothing new is there, and what was at \a path still is.
 */
[[nodiscard]] Task<Result<void>> writeFile(ByteSourcePtr source, QString path, std::stop_token stop);

//! Bytes set aside in a file without a name.
struct Spooled
{
    ByteSourcePtr source; //!< knows its size
    Digest digest;        //!< by the algorithm asked for
};

/*!
 * \brief Sets all of \a source aside in a temporary file in \a folder, for what needs a size before the first
 * byte.
 *
 * The file goes with the source, and with the program, however it ends.
 */
[[nodiscard]] Task<Result<Spooled>> spool(ByteSourcePtr source, QString folder, QString algorithm,
                                          std::stop_token stop);

} // namespace Tagboat
