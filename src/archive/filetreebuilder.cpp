// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/filetreebuilder.h"

#include <algorithm>
#include <limits>

namespace Tagboat {

namespace {

//! Positions of the children of each node, side by side and in the order of FileTree.
struct Families
{
    std::vector<int> first; //!< in children, by parent; one more at the end
    std::vector<int> children;
};

std::vector<bool> keptOf(const std::vector<DraftNode>& drafts, Keep keep)
{
    std::vector<bool> kept(drafts.size(), keep == Keep::All);
    kept[0] = true;
    for (size_t i = drafts.size(); keep == Keep::Changes && --i > 0;) {
        const FileNode& node = drafts[i].node;
        kept[i] = kept[i] || node.change != FileNode::Change::None || node.isOpaque;
        if (kept[i])
            kept[static_cast<size_t>(node.parent)] = true;
    }
    return kept;
}

Families familiesOf(const std::vector<DraftNode>& drafts, const std::vector<bool>& kept)
{
    Families families;
    families.first.assign(drafts.size() + 1, 0);
    for (size_t i = 1; i < drafts.size(); ++i) {
        if (kept[i])
            ++families.first[static_cast<size_t>(drafts[i].node.parent) + 1];
    }
    for (size_t i = 0; i < drafts.size(); ++i)
        families.first[i + 1] += families.first[i];
    families.children.resize(static_cast<size_t>(families.first.back()));
    std::vector<int> next = families.first;
    for (size_t i = 1; i < drafts.size(); ++i) {
        if (kept[i])
            families.children[static_cast<size_t>(next[static_cast<size_t>(drafts[i].node.parent)]++)] =
                static_cast<int>(i);
    }
    for (size_t i = 0; i < drafts.size(); ++i) {
        std::sort(families.children.begin() + families.first[i],
                  families.children.begin() + families.first[i + 1], [&](int a, int b) {
                      return FileTree::isBefore(drafts[static_cast<size_t>(a)].node,
                                                drafts[static_cast<size_t>(b)].node);
                  });
    }
    return families;
}

void addUp(std::vector<FileNode>& nodes)
{
    for (size_t i = nodes.size(); --i > 0;) {
        const FileNode& node = nodes[i];
        FileNode& folder = nodes[static_cast<size_t>(node.parent)];
        folder.size = addedUp(folder.size, node.size);
        folder.sizeBefore = addedUp(folder.sizeBefore, node.sizeBefore);
        folder.wasted = addedUp(folder.wasted, node.wasted);
        folder.files += node.kind == FileNode::Kind::Folder ? node.files : 1;
    }
}

} // namespace

qint64 addedUp(qint64 a, qint64 b)
{
    qint64 sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<qint64>::max() : sum;
}

PlacedTree makeFileTree(std::vector<DraftNode> drafts, Keep keep, bool isCutOff)
{
    const Families families = familiesOf(drafts, keptOf(drafts, keep));
    std::vector<FileNode> nodes;
    PlacedTree made;
    nodes.reserve(families.children.size() + 1);
    made.places.reserve(families.children.size() + 1);
    std::vector<int> origins; // which draft a node was
    origins.reserve(families.children.size() + 1);
    const auto take = [&](int draft, int parent) {
        DraftNode& from = drafts[static_cast<size_t>(draft)];
        from.node.parent = parent;
        nodes.push_back(std::move(from.node));
        made.places.push_back(from.place);
        origins.push_back(draft);
    };
    take(0, -1);
    for (size_t at = 0; at < nodes.size(); ++at) {
        const auto origin = static_cast<size_t>(origins[at]);
        nodes[at].firstChild = static_cast<int>(nodes.size());
        nodes[at].childCount = families.first[origin + 1] - families.first[origin];
        for (int child = families.first[origin]; child < families.first[origin + 1]; ++child)
            take(families.children[static_cast<size_t>(child)], static_cast<int>(at));
    }
    addUp(nodes);
    made.tree = std::make_shared<const FileTree>(std::move(nodes), isCutOff);
    return made;
}

} // namespace Tagboat
