// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/layermerge.h"

#include <algorithm>

namespace Tagboat {

using Change = FileNode::Change;
using Kind = FileNode::Kind;

namespace {

constexpr quint32 UsualFolderMode = 0755; // of folders that no entry describes

void describe(FileNode& node, const LayerEntry& entry, const LayerIndex& layer)
{
    node.kind = entry.kind;
    node.size = entry.size;
    node.mode = entry.mode;
    node.user = entry.user;
    node.group = entry.group;
    node.modified = entry.modified;
    if (entry.linkSize > 0)
        node.linkTarget = QString::fromUtf8(layer.linkOf(entry));
}

bool isSameFolder(const FileNode& a, const FileNode& b)
{
    return a.mode == b.mode && a.user == b.user && a.group == b.group;
}

} // namespace

struct LayerMerge::Pass
{
    const LayerIndex& layer;
    int number;
    std::vector<int> drafts; //!< of each entry; -1: none
    std::vector<int> names;
    std::vector<bool> hides; //!< an opaque folder, or inside one: nothing of layers below shows through
    std::vector<size_t> opaque;
    std::vector<size_t> hardLinks;
};

LayerMerge::LayerMerge(Limits limits) : m_limits(limits)
{
    // The root is there before the first layer; it has a draft in each of them.
    m_names.emplace_back();
}

int LayerMerge::find(int parent, const QString& called, quint32 hash)
{
    return m_table.find(hash, [&](int position) {
        const Name& at = name(position);
        return at.parent == parent && at.isAlive && draftOf(position).node.name == called;
    });
}

int LayerMerge::findPath(QByteArrayView path)
{
    std::vector<int> way{0};
    while (!path.isEmpty()) {
        const qsizetype slash = path.indexOf('/');
        const QByteArrayView part = slash < 0 ? path : path.first(slash);
        path = slash < 0 ? QByteArrayView() : path.sliced(slash + 1);
        if (part.isEmpty() || part == ".")
            continue;
        if (part == "..") {
            if (way.size() > 1)
                way.pop_back();
            continue;
        }
        const int found = find(way.back(), QString::fromUtf8(part), NameTable::hash(way.back(), part));
        if (found < 0)
            return -1;
        way.push_back(found);
    }
    return way.back();
}

int LayerMerge::addName(int parent, quint32 hash, int draft)
{
    const int position = static_cast<int>(m_names.size());
    Name added;
    added.parent = parent;
    added.layer = static_cast<int>(m_layers.size()) - 1;
    added.draft = draft;
    added.touched = added.layer;
    added.hash = hash;
    added.next = name(parent).first;
    if (added.next >= 0)
        name(added.next).previous = position;
    name(parent).first = position;
    m_names.push_back(added);
    m_table.insert(hash, position);
    return position;
}

//! From its folder. It stays in the table, where find() passes over what is not alive.
void LayerMerge::removeName(int position)
{
    const Name& gone = name(position);
    if (gone.previous >= 0)
        name(gone.previous).next = gone.next;
    else
        name(gone.parent).first = gone.next;
    if (gone.next >= 0)
        name(gone.next).previous = gone.previous;
}

int LayerMerge::addDraft(int parent, const QString& called, Change change)
{
    Layer& layer = m_layers.back();
    if (m_draftCount >= m_limits.nodes) {
        layer.isCutOff = true;
        return -1;
    }
    ++m_draftCount;
    DraftNode& draft = layer.drafts.emplace_back();
    draft.node.name = called;
    draft.node.parent = parent;
    draft.node.change = change;
    draft.node.layer = static_cast<int>(m_layers.size()) - 1;
    return static_cast<int>(layer.drafts.size()) - 1;
}

void LayerMerge::addMissing()
{
    m_layers.emplace_back().isMissing = true;
}

//! The root's draft, which every layer has whether it says so or not.
DraftNode LayerMerge::rootOf(const LayerEntry& entry, int number)
{
    const bool isFirst = m_names.front().touched < 0;
    DraftNode draft;
    FileNode& node = draft.node;
    if (!isFirst)
        node = draftOf(0).node;
    const FileNode was = node;
    node.kind = Kind::Folder;
    node.change = isFirst ? Change::Added : Change::None;
    node.isOpaque = entry.has(LayerEntry::Opaque);
    if (entry.has(LayerEntry::Own)) {
        node.layer = number;
        node.mode = entry.mode;
        node.user = entry.user;
        node.group = entry.group;
        node.modified = entry.modified;
        if (!isFirst && !isSameFolder(node, was))
            node.change = Change::Changed;
    } else if (isFirst) {
        node.layer = number;
        node.mode = UsualFolderMode;
    }
    return draft;
}

void LayerMerge::add(const LayerIndex& index)
{
    const int number = static_cast<int>(m_layers.size());
    const LayerEntry& root = index.entries().front();
    DraftNode rootDraft = rootOf(root, number);
    Layer& layer = m_layers.emplace_back();
    layer.isCutOff = index.isCutOff();
    const size_t count = index.entries().size();
    layer.drafts.reserve(count);
    layer.drafts.push_back(std::move(rootDraft));
    Name& top = m_names.front();
    top.layer = top.touched = number;
    top.draft = 0;

    Pass pass{index,
              number,
              std::vector<int>(count, -1),
              std::vector<int>(count, -1),
              std::vector<bool>(count, false),
              {},
              {}};
    pass.drafts[0] = pass.names[0] = 0;
    if (root.has(LayerEntry::Opaque)) {
        pass.hides[0] = true;
        pass.opaque.push_back(0);
    }
    for (size_t i = 1; i < count; ++i)
        visit(pass, i);
    deleteHidden(pass);
    joinHardLinks(pass);
}

void LayerMerge::visit(Pass& pass, size_t i)
{
    const LayerEntry& entry = pass.layer.entries()[i];
    const int parent = pass.names[entry.parent];
    if (entry.has(LayerEntry::Dead) || parent < 0)
        return;
    const QByteArrayView utf8 = pass.layer.nameOf(entry);
    Place place{parent, NameTable::hash(parent, utf8), -1, QString::fromUtf8(utf8)};
    place.old = find(parent, place.called, place.hash);
    pass.hides[i] =
        pass.hides[entry.parent] || entry.has(LayerEntry::Opaque) || entry.has(LayerEntry::Whiteout);
    if (!entry.isThere()) {
        const int draft = addDraft(pass.drafts[entry.parent], place.called, Change::Deleted);
        if (place.old >= 0)
            name(parent).wasted = addedUp(name(parent).wasted, kill(place.old, draft).wasted);
        return;
    }
    pass.drafts[i] = addDraft(pass.drafts[entry.parent], place.called, Change::Added);
    if (pass.drafts[i] < 0)
        return; // no room, nor for what is in it
    if (entry.isFolder())
        visitFolder(pass, i, place);
    else
        visitFile(pass, i, place);
}

void LayerMerge::visitFolder(Pass& pass, size_t i, const Place& place)
{
    const LayerEntry& entry = pass.layer.entries()[i];
    const bool stays = place.old >= 0 && isFolder(place.old);
    const auto draft = static_cast<size_t>(pass.drafts[i]);
    FileNode node = m_layers.back().drafts[draft].node;
    node.kind = Kind::Folder;
    node.mode = UsualFolderMode;
    if (stays) {
        const FileNode& was = draftOf(place.old).node;
        node.change = Change::None;
        node.mode = was.mode;
        node.user = was.user;
        node.group = was.group;
        node.modified = was.modified;
        if (!entry.has(LayerEntry::Own))
            node.layer = was.layer;
    }
    if (entry.has(LayerEntry::Own)) {
        describe(node, entry, pass.layer);
        node.size = 0;
        if (stays && !isSameFolder(node, draftOf(place.old).node))
            node.change = Change::Changed;
    }
    node.isOpaque = entry.has(LayerEntry::Opaque) || (stays && entry.has(LayerEntry::Whiteout));

    int at = place.old;
    if (stays) {
        name(at).layer = name(at).touched = pass.number;
        name(at).draft = static_cast<int>(draft);
    } else {
        Gone gone;
        if (place.old >= 0) {
            gone = kill(place.old, -1);
            node.change = Change::Changed;
            node.sizeBefore = gone.before;
        }
        at = addName(place.parent, place.hash, static_cast<int>(draft));
        name(at).wasted = gone.wasted;
    }
    m_layers.back().drafts[draft].node = std::move(node);
    pass.names[i] = at;
    if (pass.hides[i])
        pass.opaque.push_back(i);
}

void LayerMerge::visitFile(Pass& pass, size_t i, const Place& place)
{
    const LayerEntry& entry = pass.layer.entries()[i];
    const int draft = pass.drafts[i];
    Gone gone;
    if (place.old >= 0)
        gone = kill(place.old, -1);
    DraftNode& to = m_layers.back().drafts[static_cast<size_t>(draft)];
    describe(to.node, entry, pass.layer);
    if (place.old >= 0) {
        to.node.change = Change::Changed;
        to.node.sizeBefore = gone.before;
    }
    if (entry.kind == Kind::File)
        to.place = {pass.number, entry.ordinal};
    else if (entry.kind == Kind::HardLink)
        pass.hardLinks.push_back(i);
    const int at = addName(place.parent, place.hash, draft);
    name(at).wasted = gone.wasted;
    pass.names[i] = at;
}

//! What layers below have in opaque folders, and this one has not.
void LayerMerge::deleteHidden(Pass& pass)
{
    for (const size_t i : pass.opaque) {
        const int folder = pass.names[i];
        for (int child = name(folder).first; child >= 0;) {
            const int next = name(child).next;
            if (name(child).touched != pass.number) {
                const QString called = draftOf(child).node.name;
                const int draft = addDraft(pass.drafts[i], called, Change::Deleted);
                name(folder).wasted = addedUp(name(folder).wasted, kill(child, draft).wasted);
            }
            child = next;
        }
    }
}

void LayerMerge::joinHardLinks(Pass& pass)
{
    const std::vector<LayerEntry>& entries = pass.layer.entries();
    // In the order of the tar, since a link may lead to another one before it.
    std::ranges::sort(pass.hardLinks, {}, [&](size_t i) { return entries[i].ordinal; });
    for (const size_t i : pass.hardLinks) {
        const int link = pass.names[i];
        const int target = findPath(pass.layer.linkOf(entries[i]));
        if (target >= 0 && target != link && !isFolder(target))
            join(link, target);
    }
}

void LayerMerge::join(int link, int target)
{
    if (name(target).inode < 0) {
        const Name& at = name(target);
        m_inodes.push_back(
            {draftOf(target).place, draftOf(target).node.size, at.layer, at.draft, {target}, 1});
        name(target).inode = static_cast<int>(m_inodes.size()) - 1;
    }
    name(link).inode = name(target).inode;
    Inode& inode = m_inodes[static_cast<size_t>(name(link).inode)];
    inode.names.push_back(link);
    ++inode.alive;
    draftOf(link).place = inode.place;
}

LayerMerge::Gone LayerMerge::kill(int position, int draft)
{
    removeName(position);
    Gone gone;
    std::vector<std::pair<int, int>> waiting{{position, draft}};
    while (!waiting.empty()) {
        const auto [at, listed] = waiting.back();
        waiting.pop_back();
        if (listed >= 0)
            describeDeleted(at, listed);
        gone.wasted = addedUp(gone.wasted, name(at).wasted);
        if (!isFolder(at)) {
            gone.before = addedUp(gone.before, bytesOf(at));
            gone.wasted = addedUp(gone.wasted, killFile(at));
        }
        name(at).isAlive = false;
        for (int child = name(at).first; child >= 0; child = name(child).next) {
            const QString called = draftOf(child).node.name;
            waiting.emplace_back(child, listed < 0 ? -1 : addDraft(listed, called, Change::Deleted));
        }
    }
    return gone;
}

qint64 LayerMerge::bytesOf(int position)
{
    return draftOf(position).node.size;
}

//! The bytes that no name leads to any more.
qint64 LayerMerge::killFile(int position)
{
    const Name& gone = name(position);
    int layer = gone.layer;
    int draft = gone.draft;
    qint64 bytes = bytesOf(position);
    if (gone.inode >= 0) {
        Inode& inode = m_inodes[static_cast<size_t>(gone.inode)];
        if (--inode.alive > 0)
            return 0;
        layer = inode.layer;
        draft = inode.draft;
        bytes = inode.size;
    }
    m_layers[static_cast<size_t>(layer)].drafts[static_cast<size_t>(draft)].node.wasted = bytes;
    m_wasted = addedUp(m_wasted, bytes);
    return bytes;
}

void LayerMerge::describeDeleted(int position, int draft)
{
    const DraftNode was = draftOf(position);
    DraftNode& deleted = m_layers.back().drafts[static_cast<size_t>(draft)];
    deleted.place = was.place;
    deleted.node.kind = was.node.kind;
    deleted.node.sizeBefore = was.node.size;
    deleted.node.mode = was.node.mode;
    deleted.node.user = was.node.user;
    deleted.node.group = was.node.group;
    deleted.node.modified = was.node.modified;
    deleted.node.linkTarget = was.node.linkTarget;
}

//! Where the name that had the bytes is gone, another one of the file has them.
void LayerMerge::promote(const Inode& inode, int number, const std::vector<int>& drafts,
                         std::vector<DraftNode>& merged)
{
    if (inode.alive == 0 || inode.place.layer < 0)
        return;
    int heir = -1;
    for (const int position : inode.names) {
        const Name& at = name(position);
        if (!at.isAlive || at.inode != number)
            continue;
        if (at.layer == inode.layer && at.draft == inode.draft)
            return;
        if (heir < 0)
            heir = drafts[static_cast<size_t>(position)];
    }
    if (heir < 0)
        return;
    FileNode& node = merged[static_cast<size_t>(heir)].node;
    node.kind = Kind::File;
    node.size = inode.size;
    node.linkTarget.clear();
}

PlacedTree LayerMerge::mergedTree()
{
    std::vector<DraftNode> merged;
    merged.reserve(m_names.size());
    std::vector<int> drafts(m_names.size(), -1);
    bool isCutOff = false;
    for (const Layer& layer : m_layers)
        isCutOff = isCutOff || layer.isCutOff;
    for (size_t i = 0; i < m_names.size(); ++i) {
        const Name& at = m_names[i];
        if (!at.isAlive)
            continue;
        drafts[i] = static_cast<int>(merged.size());
        DraftNode& draft = merged.emplace_back();
        if (at.touched >= 0)
            draft = draftOf(static_cast<int>(i));
        else
            draft.node.kind = Kind::Folder; // the root of an image that nothing is known of
        draft.node.parent = i == 0 ? -1 : drafts[static_cast<size_t>(at.parent)];
        draft.node.change = Change::None;
        draft.node.isOpaque = false;
        draft.node.sizeBefore = 0;
        draft.node.wasted = at.wasted;
    }
    for (size_t i = 0; i < m_inodes.size(); ++i)
        promote(m_inodes[i], static_cast<int>(i), drafts, merged);
    return makeFileTree(std::move(merged), Keep::All, isCutOff);
}

LayerMerge::Merged LayerMerge::finish()
{
    Merged made;
    made.files = mergedTree();
    made.wasted = m_wasted;
    m_table = {};
    m_names = {};
    for (Layer& layer : m_layers) {
        made.layers.push_back(layer.isMissing
                                  ? PlacedTree()
                                  : makeFileTree(std::move(layer.drafts), Keep::Changes, layer.isCutOff));
        layer.drafts = {};
    }
    return made;
}

} // namespace Tagboat
