// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetree.h"

namespace Tagboat {

//! Where the bytes of a file lie: which entry of which layer's tar. A layer below 0: nowhere.
struct ContentPlace
{
    int layer = -1;
    quint32 ordinal = 0;
    friend bool operator==(const ContentPlace&, const ContentPlace&) = default;
    friend auto operator<=>(const ContentPlace&, const ContentPlace&) = default;
};

//! A tree, and for each of its nodes where the bytes are: of a hard link those of the file, of what is
//! deleted those that were there before.
struct PlacedTree
{
    FileTreePtr tree;
    std::vector<ContentPlace> places;
};

//! A node on its way into a tree, with its parent's position among the drafts, which is before its own.
struct DraftNode
{
    FileNode node;
    ContentPlace place = {};
};

enum class Keep {
    All,
    Changes //!< what has Change::None stays only where something changed below it; the root does always
};

/*!
 * \brief Sorts drafts into a tree and adds up its folders.
 *
 * \a drafts[0] is the root; of a node's `size`, `sizeBefore` and `wasted` only its own part is given.
 */
[[nodiscard]] PlacedTree makeFileTree(std::vector<DraftNode> drafts, Keep keep, bool isCutOff);

//! Sums of a hostile layer's sizes stop at the largest number.
[[nodiscard]] qint64 addedUp(qint64 a, qint64 b);

} // namespace Tagboat
