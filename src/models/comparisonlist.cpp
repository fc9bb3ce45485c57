// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/comparisonlist.h"

#include "models/filetext.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! English in every language: somebody reads it by a program.
QLatin1StringView wordOf(FileNode::Change change)
{
    switch (change) {
    case FileNode::Change::Added:
        return "added"_L1;
    case FileNode::Change::Changed:
        return "changed"_L1;
    case FileNode::Change::Deleted:
        return "deleted"_L1;
    case FileNode::Change::None:
        break;
    }
    return "same"_L1;
}

} // namespace

ComparisonSums sumUpComparison(const FileTree& tree)
{
    ComparisonSums sums;
    for (const FileNode& node : tree.nodes()) {
        if (node.kind == FileNode::Kind::Folder)
            continue;
        switch (node.change) {
        case FileNode::Change::Added:
            ++sums.added;
            sums.bytesAdded += node.size;
            break;
        case FileNode::Change::Changed:
            ++sums.changed;
            sums.growth += node.size - node.sizeBefore;
            break;
        case FileNode::Change::Deleted:
            ++sums.deleted;
            sums.bytesDeleted += node.sizeBefore;
            break;
        case FileNode::Change::None:
            break;
        }
    }
    return sums;
}

QByteArray comparisonList(const FileTree& tree, const FileFilter& filter)
{
    const FileHits hits = findFiles(tree, filter, {});
    QByteArray list = "change\tpath\tbytes before\tbytes after\n"_ba;
    for (const int position : hits.list) {
        const FileNode& node = tree.node(position);
        if (node.change == FileNode::Change::None)
            continue;
        const bool wasThere = node.change != FileNode::Change::Added;
        const bool isThere = node.change != FileNode::Change::Deleted;
        list += QByteArray(wordOf(node.change)) + "\t/" + shownFileName(tree.pathOf(position)).toUtf8() + '\t'
            + (wasThere ? QByteArray::number(node.sizeBefore) : QByteArray()) + '\t'
            + (isThere ? QByteArray::number(node.size) : QByteArray()) + '\n';
    }
    return list;
}

} // namespace Tagboat
