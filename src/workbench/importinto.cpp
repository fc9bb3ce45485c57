// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/importinto.h"

#include "base/worker.h"
#include "store/imagestore.h"

namespace Tagboat {

Task<Result<QList<ArchivedImage>>> importInto(std::shared_ptr<ImageStore> store, QString file,
                                              ArchiveImportOptions options, ArchiveProgressCallback progress,
                                              std::stop_token stop)
{
    // Held to the end: its lease is all that keeps a sweep from an image that is not listed yet.
    const auto writer = store->writer(NameCause::Import);
    auto images = co_await importArchive(file, writer, options, std::move(progress), stop);
    if (!images)
        co_return std::unexpected(std::move(images.error()));
    for (const ArchivedImage& image : *images) {
        if (!image.names.isEmpty())
            continue;
        auto listed =
            co_await onWorker([store, target = image.target] { return store->setNames(target, {}); });
        if (!listed)
            co_return std::unexpected(std::move(listed.error()));
    }
    co_return Result<QList<ArchivedImage>>(std::move(*images));
}

} // namespace Tagboat
