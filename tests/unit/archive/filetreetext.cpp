// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "filetreetext.h"

namespace Tagboat::ArchiveTest {

using namespace Qt::StringLiterals;

QStringList textOf(const FileTree& tree, bool withChanges)
{
    QStringList lines;
    for (int i = 1; i < static_cast<int>(tree.nodes().size()); ++i) {
        const FileNode& node = tree.node(i);
        const bool isFolder = node.kind == FileNode::Kind::Folder;
        QString line = tree.pathOf(i);
        if (isFolder)
            line += u'/';
        else if (node.kind == FileNode::Kind::File && node.change != FileNode::Change::Deleted)
            line += u" %1"_s.arg(node.size);
        if (!isFolder && node.sizeBefore > 0)
            line += u" -%1"_s.arg(node.sizeBefore);
        if (!node.linkTarget.isEmpty())
            line += (node.kind == FileNode::Kind::HardLink ? u" is "_s : u" -> "_s) + node.linkTarget;
        if (node.isOpaque)
            line += u'!';
        lines.append(line + u'\n' + QLatin1StringView(" ACD").sliced(static_cast<int>(node.change), 1));
    }
    lines.sort();
    for (QString& line : lines) {
        const QString letter = line.sliced(line.size() - 1);
        line.chop(2);
        if (withChanges)
            line = letter + u' ' + line;
    }
    return lines;
}

} // namespace Tagboat::ArchiveTest
