// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/imagefiles.h"

#include <QFuture>
#include <QList>

#include <memory>

namespace Tagboat {

//! What the Files tab says of an image's layers beside their trees.
struct FileSums
{
    struct Layer
    {
        int added = 0, changed = 0, deleted = 0; //!< names that are no folders, or are deleted folders
        qint64 wasted = 0;                       //!< bytes that later layers delete or write anew
    };
    QList<Layer> layers; //!< as those of the ImageFiles
    //! All wasted files, a node for each layer that holds one; null where there are none. A folder's `wasted`
    //! is the sum of those below it.
    FileTreePtr wasted;
};

//! Walks over all layers: for a worker.
[[nodiscard]] FileSums sumUp(const ImageFiles& files);
//! The same on a worker.
[[nodiscard]] QFuture<std::shared_ptr<const FileSums>> sumUpOnWorker(std::shared_ptr<const ImageFiles> files);

} // namespace Tagboat
