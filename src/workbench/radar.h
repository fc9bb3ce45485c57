// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"
#include "workbench/imagenews.h"

#include <functional>
#include <memory>

/*!
 * \file
 * The golden base radar: which images stand on a base whose tag has moved on in its registry, and which have
 * a newer one in their registry under their own name. Engine thread.
 */
namespace Tagboat {

class Session;

//! What is known of \a images (of the session's store) without asking any registry.
[[nodiscard]] Task<Result<ImageNewsMap>> newsOf(std::shared_ptr<Session> session, QList<StoredImage> images,
                                                std::stop_token stop);

using NewsProgressCallback = std::function<void(const NewsProgress&)>;

/*!
 * \brief Asks the registries, and keeps what they answer (NewsMemory) as it comes: what a stopped check has
 * found out stays.
 *
 * One HEAD for each distinct reference, a few at a time at each registry, as whoever the rules say acts
 * there. Where builder or pull noted the manifest of one platform and the tag points at an index that was
 * never seen, a HEAD for that manifest follows; and if that does not tell, the index is read, once, which
 * costs a pull at Docker Hub and is done there only where \a question allows it. A registry that says to wait
 * (429) is asked no more until then, in later runs too; so is, for the rest of this run, one that does not
 * answer at all, and an account that is refused. Fails only when it is stopped.
 */
[[nodiscard]] Task<Result<NewsReport>> checkForNews(std::shared_ptr<Session> session,
                                                    QList<StoredImage> images, NewsQuestion question,
                                                    NewsProgressCallback progress, std::stop_token stop);

} // namespace Tagboat
