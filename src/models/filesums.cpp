// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/filesums.h"

#include "models/inbackground.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace Tagboat {

namespace {

//! Gathers files of several trees into one.
class WastedTree
{
public:
    WastedTree() { m_nodes.push_back({}); }

    void add(const FileTree& tree, int position)
    {
        FileNode node = tree.node(position);
        const int folder = folderLike(tree, node.parent);
        node.parent = folder;
        node.change = FileNode::Change::None;
        m_children[size_t(folder)].push_back(int(m_nodes.size()));
        for (int at = folder; at >= 0; at = m_nodes[size_t(at)].parent) {
            m_nodes[size_t(at)].wasted += node.wasted;
            m_nodes[size_t(at)].size += node.size;
            ++m_nodes[size_t(at)].files;
        }
        m_nodes.push_back(std::move(node));
        m_children.emplace_back();
    }

    //! Children stand side by side from here on.
    FileTreePtr take()
    {
        if (m_nodes.size() == 1)
            return nullptr;
        std::vector<FileNode> nodes;
        nodes.reserve(m_nodes.size());
        nodes.push_back(m_nodes.front());
        std::vector<int> sources{0};
        for (size_t at = 0; at < nodes.size(); ++at) {
            std::vector<int>& children = m_children[size_t(sources[at])];
            std::ranges::sort(children, [this](int a, int b) {
                const FileNode& left = m_nodes[size_t(a)];
                const FileNode& right = m_nodes[size_t(b)];
                const bool isLeftFolder = left.kind == FileNode::Kind::Folder;
                const bool isRightFolder = right.kind == FileNode::Kind::Folder;
                if (isLeftFolder != isRightFolder)
                    return isLeftFolder;
                const int names = left.name.compare(right.name);
                return names != 0 ? names < 0 : left.layer < right.layer;
            });
            nodes[at].firstChild = int(nodes.size());
            nodes[at].childCount = int(children.size());
            for (const int child : children) {
                nodes.push_back(m_nodes[size_t(child)]);
                nodes.back().parent = int(at);
                sources.push_back(child);
            }
        }
        return std::make_shared<const FileTree>(std::move(nodes), false);
    }

    WastedTree(const WastedTree&) = delete;
    WastedTree& operator=(const WastedTree&) = delete;

private:
    //! The folder here that is the one at \a position there.
    int folderLike(const FileTree& tree, int position)
    {
        if (position <= 0)
            return 0;
        const FileNode& there = tree.node(position);
        const int above = folderLike(tree, there.parent);
        int& found = m_folders[std::pair(above, there.name)];
        if (found == 0) {
            found = int(m_nodes.size());
            FileNode folder;
            folder.name = there.name;
            folder.parent = above;
            folder.kind = FileNode::Kind::Folder;
            folder.mode = there.mode;
            folder.user = there.user;
            folder.group = there.group;
            folder.modified = there.modified;
            m_children[size_t(above)].push_back(found);
            m_nodes.push_back(std::move(folder));
            m_children.emplace_back();
        }
        return found;
    }

    std::vector<FileNode> m_nodes;
    std::vector<std::vector<int>> m_children = std::vector<std::vector<int>>(1);
    QHash<std::pair<int, QString>, int> m_folders;
};

} // namespace

FileSums sumUp(const ImageFiles& files)
{
    FileSums sums;
    WastedTree wasted;
    for (const ImageFiles::Layer& layer : files.layers) {
        FileSums::Layer sum;
        const int count = layer.tree ? int(layer.tree->nodes().size()) : 0;
        for (int position = 1; position < count; ++position) {
            const FileNode& node = layer.tree->node(position);
            const bool isFolder = node.kind == FileNode::Kind::Folder;
            if (node.change == FileNode::Change::Deleted)
                ++sum.deleted;
            else if (isFolder)
                continue;
            else if (node.change == FileNode::Change::Added)
                ++sum.added;
            else if (node.change == FileNode::Change::Changed)
                ++sum.changed;
            if (!isFolder && node.wasted > 0) {
                sum.wasted += node.wasted;
                wasted.add(*layer.tree, position);
            }
        }
        sums.layers.append(sum);
    }
    sums.wasted = wasted.take();
    return sums;
}

QFuture<std::shared_ptr<const FileSums>> sumUpOnWorker(std::shared_ptr<const ImageFiles> files)
{
    return inBackground(
        [files = std::move(files)] { return std::make_shared<const FileSums>(sumUp(*files)); });
}

} // namespace Tagboat
