// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/presence.h"

#include "net/redirect.h"

namespace Tagboat {

Result<Presence> presenceOf(const Result<HttpResponse>& reply)
{
    if (reply)
        return Presence::Present;
    const Error& error = reply.error();
    // Sent on to where it lies; whether that place likes a HEAD is another matter.
    if (isRedirect(error.httpStatus))
        return Presence::Present;
    if (error.httpStatus == 404)
        return Presence::Absent;
    const bool isRefused = error.code == Error::Code::Unauthorized || error.code == Error::Code::Denied;
    if (error.httpStatus == 0 || isRefused || error.isTransient())
        return std::unexpected(error);
    return Presence::Unknown;
}

} // namespace Tagboat
