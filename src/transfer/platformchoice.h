// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "transfer/imagewalk.h"

namespace Tagboat {

/*!
 * \brief The manifest below \a root that runs best on \a wanted, fetched; \a root itself where it is no
 * index.
 *
 * Entries without a platform are told apart by their configs. NotFound names the platforms there are.
 */
[[nodiscard]] Task<Result<Digest>> choosePlatform(ImageWalk::Ptr walk, Digest root, Platform wanted,
                                                  std::stop_token stop);

} // namespace Tagboat
