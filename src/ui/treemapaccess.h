// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Tagboat {

//! Makes treemaps known to screen readers; once is enough, more does no harm.
void installTreemapAccess();

} // namespace Tagboat
