// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetreebuilder.h"
#include "archive/layerindex.h"
#include "archive/nametable.h"

namespace Tagboat {

/*!
 * \brief Puts layers on top of each other as a container's file system does (image-spec layer.md "Applying
 * changesets"), and notes what each of them does.
 *
 * Give it the layers base first, then take the trees. A folder over a folder keeps what is in it, unless it
 * is opaque or hidden by a whiteout of the same layer; anything over anything else takes its place. A name is
 * Changed when the layer has it anew, whether its bytes differ or not; a folder when its owner or permissions
 * do. Hard links are joined to their file, so that its bytes count once, and as wasted only when the last of
 * its names is gone. For workers.
 */
class LayerMerge
{
public:
    struct Limits
    {
        //! Nodes of all layers' trees together, of some 150 bytes each; the merged one has no more.
        int nodes = 1'000'000;
    };
    LayerMerge() : LayerMerge(Limits()) { }
    explicit LayerMerge(Limits limits);

    void add(const LayerIndex& layer);
    //! A layer that nothing is known of.
    void addMissing();

    struct Merged
    {
        PlacedTree files;
        std::vector<PlacedTree> layers; //!< null trees of missing ones
        qint64 wasted = 0;
    };
    //! Once, at the end.
    [[nodiscard]] Merged finish();

private:
    //! A name that stands in the merged view, or has stood there.
    struct Name
    {
        int parent = -1;
        int first = -1; // child
        int next = -1, previous = -1;
        int layer = 0; // with draft: where its FileNode is
        int draft = 0;
        int inode = -1;
        int touched = -1; // by which layer last
        quint32 hash = 0;
        qint64 wasted = 0; // by what stood here, or was deleted in here
        bool isAlive = true;
    };
    //! A file with several names.
    struct Inode
    {
        ContentPlace place;
        qint64 size = 0;
        int layer = 0, draft = 0; // of the name that has the bytes
        std::vector<int> names;   // also of such as stand there no more, or for something else
        int alive = 0;
    };
    struct Layer
    {
        std::vector<DraftNode> drafts;
        bool isMissing = false;
        bool isCutOff = false;
    };
    //! The layer that is being added.
    struct Pass;
    //! Where an entry of it belongs.
    struct Place
    {
        int parent = 0;
        quint32 hash = 0;
        int old = -1; //!< what stands there so far
        QString called;
    };

    [[nodiscard]] Name& name(int position) { return m_names[static_cast<size_t>(position)]; }
    [[nodiscard]] DraftNode& draftOf(int position)
    {
        const Name& of = name(position);
        return m_layers[static_cast<size_t>(of.layer)].drafts[static_cast<size_t>(of.draft)];
    }
    [[nodiscard]] bool isFolder(int position)
    {
        return draftOf(position).node.kind == FileNode::Kind::Folder;
    }
    [[nodiscard]] int find(int parent, const QString& called, quint32 hash);
    [[nodiscard]] int findPath(QByteArrayView path);
    [[nodiscard]] int addName(int parent, quint32 hash, int draft);
    void removeName(int position);
    [[nodiscard]] int addDraft(int parent, const QString& called, FileNode::Change change);

    [[nodiscard]] DraftNode rootOf(const LayerEntry& entry, int number);
    void visit(Pass& pass, size_t entry);
    void visitFolder(Pass& pass, size_t entry, const Place& place);
    void visitFile(Pass& pass, size_t entry, const Place& place);
    void deleteHidden(Pass& pass);
    void joinHardLinks(Pass& pass);
    void join(int link, int target);
    //! What was at a name, and below it.
    struct Gone
    {
        qint64 before = 0; //!< its bytes
        qint64 wasted = 0; //!< those that no name leads to any more, and what was wasted before
    };
    //! Takes everything from here down away. With \a draft it is listed as deleted, there.
    Gone kill(int position, int draft);
    [[nodiscard]] qint64 killFile(int position);
    [[nodiscard]] qint64 bytesOf(int position);
    void describeDeleted(int position, int draft);
    void promote(const Inode& inode, int number, const std::vector<int>& drafts,
                 std::vector<DraftNode>& merged);
    [[nodiscard]] PlacedTree mergedTree();

    Limits m_limits;
    std::vector<Name> m_names;
    std::vector<Inode> m_inodes;
    std::vector<Layer> m_layers;
    NameTable m_table;
    qint64 m_wasted = 0;
    int m_draftCount = 0;
};

} // namespace Tagboat
