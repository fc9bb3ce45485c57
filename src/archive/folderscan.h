// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/openarchive.h"

namespace Tagboat {

/*!
 * \brief A folder that holds what an image archive holds, unpacked: an OCI image layout, as a rule.
 *
 * Of it only the plain files that an archive has are members: `oci-layout`, `index.json`, `manifest.json` and
 * what lies below `blobs`. Links are not followed. Unsupported where it holds no layout; Corrupt, as
 * MemberTable::add(). Blocking, for workers.
 */
[[nodiscard]] Result<std::shared_ptr<OpenedArchive>> openFolder(const QString& path);

} // namespace Tagboat
