// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/linepool.h"

namespace Tagboat {

/*!
 * \brief Sends a request over a line of our own and returns when the head of the reply is here.
 *
 * For streamed bodies, either way: a reply that comes while the body is still being sent ends the sending
 * when it is no success, and receiving costs a fraction of what it does by Qt's manager. And for unix
 * sockets, of whose replies Qt would take one that breaks off between two chunks for complete. A GET or HEAD
 * that a line which had served before did not answer is sent again over another. Memory: a few pieces,
 * however large the bodies.
 */
[[nodiscard]] Task<Result<HttpStream>> sendOverLine(std::shared_ptr<LinePool> pool, HttpRequest request,
                                                    Target target, std::stop_token stop);

} // namespace Tagboat
