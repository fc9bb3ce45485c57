// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/line.h"

namespace Tagboat {

//! Asked before each piece: false, or an error, ends the sending.
using BodyWanted = std::function<Result<bool>()>;

/*!
 * \brief Sends the body of \a request, whose head is on its way already; true when all of it was sent, false
 * when it was not wanted any more or the line went down.
 *
 * A body that lies in a plain file goes from there to the socket by itself where that can be
 * (Line::canSendFiles(), OutgoingFile); any other is read piece by piece. The error is the source's, or
 * Corrupt where its size is not the one announced. Memory: a few pieces.
 */
[[nodiscard]] Task<Result<bool>> sendBody(std::shared_ptr<Line> line, std::shared_ptr<Activity> activity,
                                          HttpRequest request, BodyWanted isWanted, std::stop_token stop);

} // namespace Tagboat
