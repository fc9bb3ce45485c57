// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <memory>
#include <vector>

namespace Tagboat {

//! One name of a file system as a list of an image's files shows it.
struct FileNode
{
    enum class Kind : quint8 { Folder, File, SymbolicLink, HardLink, CharacterDevice, BlockDevice, Fifo };
    //! What the layer that is looked at did to it, or how it differs from the other image; None in a merged
    //! view, and of folders that only stand there for what is in them.
    enum class Change : quint8 { None, Added, Changed, Deleted };

    QString name;       //!< without its folder; the root's is empty. What cannot be shown (bytes that are no
                        //!< UTF-8, control characters, changes of direction) is escaped, \xNN a byte
    int parent = -1;    //!< position in FileTree::nodes(); -1: the root
    int firstChild = 0; //!< children stand side by side, folders first, then by name
    int childCount = 0;
    Kind kind = Kind::File;
    Change change = Change::None;
    bool isOpaque = false; //!< a folder that hides all that layers below had in it (image-spec layer.md)
    int layer = -1;        //!< position of the layer that wrote it last, or deleted it; 0 is the base
    qint64 size = 0;       //!< bytes; of a folder those of all files below it
    qint64 sizeBefore = 0; //!< of what is changed or deleted: the bytes that were there before
    qint64 wasted = 0;     //!< bytes in layers under here that a later layer deletes or writes anew
    int files = 0;         //!< of a folder: names below it that are no folders
    quint32 mode = 0;      //!< permission bits, setuid and the like included
    quint32 user = 0;
    quint32 group = 0;
    qint64 modified = 0; //!< seconds since 1970
    QString linkTarget;  //!< of links: where they lead, as it stands in the layer
};

/*!
 * \brief A tree of files: all of an image, the changes of one layer, or what differs between two images.
 *
 * Immutable, made on a worker and then read by any thread. nodes().front() is the root. A hostile layer leads
 * to a tree that is cut off and says so, never to one that is too large for the memory.
 */
class FileTree
{
public:
    FileTree(std::vector<FileNode> nodes, bool isCutOff) : m_nodes(std::move(nodes)), m_isCutOff(isCutOff) { }

    [[nodiscard]] const std::vector<FileNode>& nodes() const { return m_nodes; }
    [[nodiscard]] const FileNode& node(int position) const { return m_nodes[static_cast<size_t>(position)]; }
    [[nodiscard]] const FileNode& root() const { return m_nodes.front(); }
    //! Entries were left out, since there were more than can be listed.
    [[nodiscard]] bool isCutOff() const { return m_isCutOff; }
    //! "usr/lib/os-release"; empty for the root.
    [[nodiscard]] QString pathOf(int position) const;
    //! Position of what is at \a path ("usr/lib", with or without a slash in front); -1 where nothing is.
    [[nodiscard]] int find(const QString& path) const;
    //! Position of the child of \a folder that is called so; -1 where there is none.
    [[nodiscard]] int childNamed(int folder, QStringView name) const;
    //! The order of children: folders first, then by name.
    [[nodiscard]] static bool isBefore(const FileNode& a, const FileNode& b);

private:
    std::vector<FileNode> m_nodes;
    bool m_isCutOff = false;
};
using FileTreePtr = std::shared_ptr<const FileTree>;

} // namespace Tagboat
