// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/imagefiles.h"

#include <QJsonObject>

// How `files` shows trees: lines for people, objects for programs.
namespace Tagboat {

//! Which of a tree's nodes are shown, front to back as a person reads them: each folder before what is in it.
//! From \a from down; with \a changesOnly only what has a change.
[[nodiscard]] QList<int> nodesBelow(const FileTree& tree, int from, bool changesOnly);

//! "C -rwxr-xr-x 0:0 1.20 MB 2024-05-01 12:00 usr/bin/env -> …", a line each; the letter (A, C or D) only
//! with
//! \a withChanges.
[[nodiscard]] QString linesOf(const FileTree& tree, const QList<int>& nodes, bool withChanges);
[[nodiscard]] QJsonObject jsonOf(const FileTree& tree, int node);

//! What a layer does, in numbers.
struct ChangeCounts
{
    int added = 0, changed = 0, deleted = 0; //!< names that are no folders
    qint64 addedBytes = 0, changedBytes = 0, deletedBytes = 0;
};
[[nodiscard]] ChangeCounts changesOf(const FileTree& tree);

} // namespace Tagboat
