// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/registryclient.h"

namespace Tagboat {

/*
 * The index under referrersTag() that clients keep where a registry does not list referrers itself, as
 * distribution before version 3 does not (distribution-spec 1.1 "Unavailable Referrers API").
 */

//! What the index lists; nothing where there is no such tag, or it names something that is no index.
[[nodiscard]] Task<Result<QList<Descriptor>>> readReferrersTag(std::shared_ptr<Repository> repository,
                                                               Digest subject, std::stop_token stop);

/*!
 * \brief Adds \a entry to the index of what refers to \a subject, if it is not there.
 *
 * Nobody guards such an index: what is there is read, added to and written (with If-Match where the registry
 * gave an ETag), then read again. Entries that were seen and are gone, ours or others', are written again,
 * a few times; entries whose manifests are gone are dropped where the registry takes none of these. Within
 * this client one change of an index waits for the other. Unknown members of the index stay as they are.
 * Conflict where the tag names something that is no index, or others keep changing it.
 */
[[nodiscard]] Task<Result<void>> enterInReferrersTag(std::shared_ptr<Repository> repository, Digest subject,
                                                     Descriptor entry, std::stop_token stop);

/*!
 * \brief Takes \a referrer, which was removed, out of the index of what refers to \a subject, if it is there
 * (distribution-spec 1.1 "Deleting Manifests").
 *
 * By the same rules as entering. Where nothing is left the index is removed, too, or kept empty where the
 * registry does not remove it. A tag that names something else lists nobody, and is left alone.
 */
[[nodiscard]] Task<Result<void>> takeOutOfReferrersTag(std::shared_ptr<Repository> repository, Digest subject,
                                                       Digest referrer, std::stop_token stop);

} // namespace Tagboat
