// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/filecomparison.h"

namespace Tagboat {

using Change = FileNode::Change;
using Kind = FileNode::Kind;

namespace {

//! A file with several names is the same thing under each of them.
Kind comparedKind(Kind kind)
{
    return kind == Kind::HardLink ? Kind::File : kind;
}

bool isSameOutside(const FileNode& a, const FileNode& b)
{
    return comparedKind(a.kind) == comparedKind(b.kind) && a.mode == b.mode && a.user == b.user
        && a.group == b.group
        && (a.kind != b.kind || a.kind == Kind::HardLink || a.linkTarget == b.linkTarget);
}

} // namespace

FileComparison::FileComparison(const PlacedTree& left, const PlacedTree& right, const IsSame& isSame)
    : m_left(left), m_right(right)
{
    const FileNode& from = m_left.tree->root();
    const FileNode& to = m_right.tree->root();
    const bool isSameRoot = isSameOutside(from, to);
    std::ignore = add(to, {}, -1, isSameRoot ? Change::None : Change::Changed);
    m_waiting.push_back({0, 0, 0});
    while (!m_waiting.empty()) {
        const Pair pair = m_waiting.back();
        m_waiting.pop_back();
        compareFolders(pair.left, pair.right, pair.draft, isSame);
    }
}

int FileComparison::add(const FileNode& node, const ContentPlace& place, int parent, Change change)
{
    DraftNode& draft = m_drafts.emplace_back(DraftNode{node, place});
    draft.node.parent = parent;
    draft.node.change = change;
    draft.node.isOpaque = false;
    draft.node.firstChild = draft.node.childCount = draft.node.files = 0;
    draft.node.sizeBefore = draft.node.wasted = 0;
    if (draft.node.kind == Kind::Folder)
        draft.node.size = 0;
    if (change == Change::Deleted)
        std::swap(draft.node.size, draft.node.sizeBefore);
    return static_cast<int>(m_drafts.size()) - 1;
}

void FileComparison::addAll(const PlacedTree& tree, int position, int parent, Change change)
{
    std::vector<std::pair<int, int>> waiting{{position, parent}};
    while (!waiting.empty()) {
        const auto [at, below] = waiting.back();
        waiting.pop_back();
        const FileNode& node = tree.tree->node(at);
        const int draft = add(node, tree.places[static_cast<size_t>(at)], below, change);
        for (int child = node.firstChild; child < node.firstChild + node.childCount; ++child)
            waiting.emplace_back(child, draft);
    }
}

//! Both lists are sorted: folders first, then by name.
void FileComparison::compareFolders(int left, int right, int draft, const IsSame& isSame)
{
    const FileNode& from = m_left.tree->node(left);
    const FileNode& to = m_right.tree->node(right);
    for (int i = from.firstChild; i < from.firstChild + from.childCount; ++i) {
        const FileNode& node = m_left.tree->node(i);
        // What became a folder, or is none any more, stands elsewhere in the other list.
        const int other = m_right.tree->childNamed(right, node.name);
        if (other < 0)
            addAll(m_left, i, draft, Change::Deleted);
        else
            addPair(i, other, draft, isSame);
    }
    for (int i = to.firstChild; i < to.firstChild + to.childCount; ++i) {
        if (m_left.tree->childNamed(left, m_right.tree->node(i).name) < 0)
            addAll(m_right, i, draft, Change::Added);
    }
}

void FileComparison::addPair(int left, int right, int parent, const IsSame& isSame)
{
    const FileNode& from = m_left.tree->node(left);
    const FileNode& to = m_right.tree->node(right);
    const ContentPlace fromPlace = m_left.places[static_cast<size_t>(left)];
    const ContentPlace toPlace = m_right.places[static_cast<size_t>(right)];
    if (from.kind == Kind::Folder && to.kind == Kind::Folder) {
        const int draft = add(to, {}, parent, isSameOutside(from, to) ? Change::None : Change::Changed);
        m_waiting.push_back({left, right, draft});
        return;
    }
    if (from.kind == Kind::Folder || to.kind == Kind::Folder) {
        const int draft = add(to, toPlace, parent, Change::Changed);
        m_drafts[static_cast<size_t>(draft)].node.sizeBefore = from.size;
        for (int child = to.firstChild; child < to.firstChild + to.childCount; ++child)
            addAll(m_right, child, draft, Change::Added);
        return;
    }
    const bool hasBytes = comparedKind(from.kind) == Kind::File;
    const bool isSameHere =
        isSameOutside(from, to) && (!hasBytes || from.kind != to.kind || from.size == to.size);
    if (isSameHere && (!hasBytes || isSame(fromPlace, toPlace)))
        return;
    const int draft = add(to, toPlace, parent, Change::Changed);
    m_drafts[static_cast<size_t>(draft)].node.sizeBefore = from.size;
    if (isSameHere)
        m_doubts.push_back({fromPlace, toPlace, std::max(from.size, to.size), draft});
}

void FileComparison::settle(const Doubt& doubt, bool isSame)
{
    if (isSame)
        m_drafts[static_cast<size_t>(doubt.draft)].node.change = Change::None;
}

PlacedTree FileComparison::finish()
{
    const bool isCutOff = m_left.tree->isCutOff() || m_right.tree->isCutOff();
    return makeFileTree(std::move(m_drafts), Keep::Changes, isCutOff);
}

} // namespace Tagboat
