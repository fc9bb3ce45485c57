// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/filetree.h"

#include <algorithm>

namespace Tagboat {

bool FileTree::isBefore(const FileNode& a, const FileNode& b)
{
    const bool isFolder = a.kind == FileNode::Kind::Folder;
    if (isFolder != (b.kind == FileNode::Kind::Folder))
        return isFolder;
    return a.name < b.name;
}

QString FileTree::pathOf(int position) const
{
    qsizetype size = -1;
    for (int at = position; at > 0; at = node(at).parent)
        size += node(at).name.size() + 1;
    if (size < 0)
        return {};
    QString path(size, u'/');
    for (int at = position; at > 0; at = node(at).parent) {
        const QString& name = node(at).name;
        size -= name.size();
        std::ranges::copy(name, path.data() + size);
        --size;
    }
    return path;
}

int FileTree::childNamed(int folder, QStringView name) const
{
    const auto first = m_nodes.begin() + node(folder).firstChild;
    const auto last = first + node(folder).childCount;
    const auto isFolder = [](const FileNode& child) { return child.kind == FileNode::Kind::Folder; };
    const auto files = std::partition_point(first, last, isFolder);
    const auto isBeforeName = [](const FileNode& child, QStringView wanted) { return child.name < wanted; };
    for (const auto& [from, to] : {std::pair(first, files), std::pair(files, last)}) {
        const auto found = std::lower_bound(from, to, name, isBeforeName);
        if (found != to && found->name == name)
            return static_cast<int>(found - m_nodes.begin());
    }
    return -1;
}

int FileTree::find(const QString& path) const
{
    int at = 0;
    for (const QStringView name : QStringView(path).tokenize(u'/', Qt::SkipEmptyParts)) {
        at = childNamed(at, name);
        if (at < 0)
            return -1;
    }
    return at;
}

} // namespace Tagboat
