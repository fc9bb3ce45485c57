// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"
#include "net/httpclient.h"

namespace Tagboat {

//! What a HEAD says about whether something is there. No answer at all is an error, and so is "not for you".
[[nodiscard]] Result<Presence> presenceOf(const Result<HttpResponse>& reply);

} // namespace Tagboat
