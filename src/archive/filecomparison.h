// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetreebuilder.h"

#include <functional>
#include <utility>

namespace Tagboat {

/*!
 * \brief What one file system adds, changes and deletes against another.
 *
 * A file is Changed where its kind, size, permissions, owner, link target or bytes differ; when it was
 * written does not count, or every rebuilt image would differ everywhere. A folder by owner and permissions.
 * Most bytes need no look: the trees know which layer wrote a file. Where that does not tell, the pair is in
 * doubt(). Give it the trees, ask doubt(), settle each, and take finish(). For workers.
 */
class FileComparison
{
public:
    //! True where the bytes at both places are known to be the same: of one layer.
    using IsSame = std::function<bool(const ContentPlace& left, const ContentPlace& right)>;

    FileComparison(const PlacedTree& left, const PlacedTree& right, const IsSame& isSame);

    struct Doubt
    {
        ContentPlace left, right;
        qint64 size = 0;
        int draft = 0;
    };
    [[nodiscard]] const std::vector<Doubt>& doubts() const { return m_doubts; }
    //! The bytes of a doubt are the same, or not.
    void settle(const Doubt& doubt, bool isSame);
    //! Once. `sizeBefore` is the size on the left, `layer` that of the right; of what is deleted of the left.
    [[nodiscard]] PlacedTree finish();

private:
    void compareFolders(int left, int right, int draft, const IsSame& isSame);
    [[nodiscard]] int add(const FileNode& node, const ContentPlace& place, int parent,
                          FileNode::Change change);
    //! All of a folder that stands on one side only.
    void addAll(const PlacedTree& tree, int position, int parent, FileNode::Change change);
    void addPair(int left, int right, int parent, const IsSame& isSame);

    const PlacedTree m_left;
    const PlacedTree m_right;
    std::vector<DraftNode> m_drafts;
    std::vector<Doubt> m_doubts;
    struct Pair
    {
        int left, right, draft;
    };
    std::vector<Pair> m_waiting; // folders of both sides
};

} // namespace Tagboat
