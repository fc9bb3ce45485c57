// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/archive.h"

namespace Tagboat {

class ImageStore;

/*!
 * \brief Brings the images of the archive \a file into \a store and lists every one of them.
 *
 * Like importArchive(), which knows nothing of a store's list: an image without a name is one of it all the
 * same, to be named, pushed or deleted there. Errors: those of importArchive() and of ImageStore::setNames().
 */
[[nodiscard]] Task<Result<QList<ArchivedImage>>> importInto(std::shared_ptr<ImageStore> store, QString file,
                                                            ArchiveImportOptions options,
                                                            ArchiveProgressCallback progress,
                                                            std::stop_token stop);

} // namespace Tagboat
