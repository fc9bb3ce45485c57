// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/httpclient.h"

namespace Tagboat {

//! The caller's fields and what every request carries; neither Host nor what tells the body's length.
[[nodiscard]] HttpHeaders wireHeaders(const HttpRequest& request);
//! Content-Length of a reply, that to a HEAD too; -1 where it says none.
[[nodiscard]] qint64 announcedLength(const HttpHeaders& headers);

} // namespace Tagboat
