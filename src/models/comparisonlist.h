// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/filefilter.h"

#include <memory>

namespace Tagboat {

//! How much differs between two images, folders aside.
struct ComparisonSums
{
    int added = 0, changed = 0, deleted = 0;
    qint64 bytesAdded = 0;
    qint64 bytesDeleted = 0;
    qint64 growth = 0; //!< of what is changed; negative: it became smaller
};

//! These walk over the whole tree of a comparison: for a worker.
[[nodiscard]] ComparisonSums sumUpComparison(const FileTree& tree);
//! A line for each file that \a filter leaves: what happened, path, bytes before, bytes after, parted by
//! tabs; with a line of titles.
[[nodiscard]] QByteArray comparisonList(const FileTree& tree, const FileFilter& filter);

} // namespace Tagboat
