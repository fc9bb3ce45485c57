// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetree.h"

#include <QList>
#include <QString>

#include <stop_token>
#include <vector>

namespace Tagboat {

/*!
 * \brief What of a list of files is wanted.
 *
 * The text is words, all of which have to be in the path, and at least one of them in the name itself; case
 * does not count. A word with `*`, `?` or `[` in it is a pattern for the whole name, or, where it has a slash
 * too, for the whole path: `*` and `?` stop at a slash, `**` does not.
 */
struct FileFilter
{
    QString text;
    QList<FileNode::Change> changes; //!< only what is one of these; empty: whatever happened to it

    [[nodiscard]] bool isEmpty() const { return text.simplified().isEmpty() && changes.isEmpty(); }
    //! The first word that is no pattern, for marking it where it is found; may be empty.
    [[nodiscard]] QString plainWord() const;
    friend bool operator==(const FileFilter&, const FileFilter&) = default;
};

//! What a filter leaves of a tree.
struct FileHits
{
    //! Of each node how many of its children are shown; Hidden where it is not shown itself.
    std::vector<int> shownChildren;
    static constexpr int Hidden = -1;
    //! What matches, in the order of the tree: files, and with a text also folders.
    std::vector<int> list;
    //! Folders that lead to the first MostOpened matches, from above.
    std::vector<int> toOpen;
    static constexpr int MostOpened = 200;
    int files = 0;      //!< in `list`, folders aside
    qint64 bytes = 0;   //!< of these
    bool isAll = false; //!< nothing was filtered

    [[nodiscard]] bool isShown(int position) const
    {
        return shownChildren[static_cast<size_t>(position)] != Hidden;
    }
};

//! Takes some tens of milliseconds for 100,000 names: for a worker. A stop gives what was found so far.
[[nodiscard]] FileHits findFiles(const FileTree& tree, const FileFilter& filter, const std::stop_token& stop);

//! Bytes that are or were behind a name: of what is deleted those that were there before.
[[nodiscard]] inline qint64 bytesOf(const FileNode& node)
{
    return node.change == FileNode::Change::Deleted ? node.sizeBefore : node.size;
}

} // namespace Tagboat
