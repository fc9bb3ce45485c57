// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetree.h"

#include <QMap>
#include <QStringList>

#include <algorithm>
#include <deque>

namespace Tagboat::Testing {

//! Makes a FileTree by paths, with the sums of folders, for tests of what shows one.
class TreeBuilder
{
public:
    //! Folders above are made where they are not there yet. \a node needs neither name nor place.
    TreeBuilder& add(const QString& path, FileNode node)
    {
        m_entries.insert(path, std::move(node));
        const QString above = path.section(u'/', 0, -2);
        if (!above.isEmpty() && !m_entries.contains(above))
            folder(above);
        return *this;
    }
    TreeBuilder& folder(const QString& path)
    {
        FileNode node;
        node.kind = FileNode::Kind::Folder;
        node.mode = 0755;
        return add(path, node);
    }
    TreeBuilder& file(const QString& path, qint64 size, FileNode::Change change = FileNode::Change::None)
    {
        FileNode node;
        node.size = size;
        node.mode = 0644;
        node.layer = 0;
        node.change = change;
        return add(path, node);
    }

    [[nodiscard]] FileTreePtr take(bool isCutOff = false) const
    {
        std::vector<FileNode> nodes(1);
        nodes.front().kind = FileNode::Kind::Folder;
        std::vector<QString> paths{QString()};
        QMap<QString, QStringList> below;
        for (auto it = m_entries.begin(); it != m_entries.end(); ++it)
            below[it.key().section(u'/', 0, -2)].append(it.key());
        for (std::size_t at = 0; at < nodes.size(); ++at) {
            if (nodes[at].kind != FileNode::Kind::Folder)
                continue;
            QStringList children = below.value(paths[at]);
            std::ranges::stable_partition(children, [this](const QString& path) {
                return m_entries[path].kind == FileNode::Kind::Folder;
            });
            nodes[at].firstChild = int(nodes.size());
            nodes[at].childCount = int(children.size());
            for (const QString& path : std::as_const(children)) {
                FileNode node = m_entries[path];
                node.name = path.section(u'/', -1);
                node.parent = int(at);
                nodes.push_back(std::move(node));
                paths.push_back(path);
            }
        }
        for (std::size_t at = nodes.size() - 1; at > 0; --at) {
            const FileNode& node = nodes[at];
            FileNode& above = nodes[std::size_t(node.parent)];
            above.size += node.size;
            above.wasted += node.wasted;
            above.files += node.kind == FileNode::Kind::Folder ? node.files : 1;
        }
        return std::make_shared<const FileTree>(std::move(nodes), isCutOff);
    }

private:
    QMap<QString, FileNode> m_entries;
};

} // namespace Tagboat::Testing
