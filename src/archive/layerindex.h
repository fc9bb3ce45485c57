// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetree.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Tagboat {

/*!
 * \brief A name in a layer: what the layer holds there, hides there (a whiteout), or both.
 *
 * Plain bytes without padding, since a cache file holds them as they are.
 */
struct LayerEntry
{
    enum Flag : quint8 {
        Own = 1,      //!< the layer has an entry of this name: the members below say what
        Parent = 2,   //!< others lie below: a folder, even where it is not Own
        Whiteout = 4, //!< hides what layers below have here (`.wh.NAME`)
        Opaque = 8,   //!< hides all that layers below have in this folder (`.wh..wh..opq`)
        Dead = 16,    //!< a later entry of the same layer took its place
    };

    qint64 size = 0;
    qint64 modified = 0;
    quint32 parent = 0; //!< position in LayerIndex::entries(), before this one
    quint32 name = 0;   //!< where it begins in the names
    quint32 link = 0;
    quint32 ordinal = 0; //!< which entry of the tar it is, from 0
    quint32 user = 0;
    quint32 group = 0;
    quint16 nameSize = 0;
    quint16 linkSize = 0;
    quint16 mode = 0;
    FileNode::Kind kind = FileNode::Kind::Folder;
    quint8 flags = 0;

    [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
    //! There is something of this name, not only something hidden.
    [[nodiscard]] bool isThere() const { return (flags & (Own | Parent)) != 0; }
    [[nodiscard]] bool isFolder() const { return isThere() && (!has(Own) || kind == FileNode::Kind::Folder); }
};
static_assert(sizeof(LayerEntry) == 48 && std::is_trivially_copyable_v<LayerEntry>);

/*!
 * \brief The names in one layer, without the files' contents: what a look at an image needs of it.
 *
 * Names are UTF-8, normalised and escaped (see appendShown()); the first entry is the root. Immutable.
 */
class LayerIndex
{
public:
    struct Content
    {
        std::vector<LayerEntry> entries{1}; //!< parents before what is in them
        QByteArray names;
        QString problem;       //!< what is not as it should be, for people; empty: nothing
        bool isCutOff = false; //!< there were more entries than can be listed
        bool isBroken = false; //!< the layer could not be read to its end
    };
    explicit LayerIndex(Content content) : m_content(std::move(content)) { }

    [[nodiscard]] const std::vector<LayerEntry>& entries() const { return m_content.entries; }
    [[nodiscard]] QByteArrayView nameOf(const LayerEntry& entry) const
    {
        return QByteArrayView(m_content.names).sliced(entry.name, entry.nameSize);
    }
    [[nodiscard]] QByteArrayView linkOf(const LayerEntry& entry) const
    {
        return QByteArrayView(m_content.names).sliced(entry.link, entry.linkSize);
    }
    [[nodiscard]] const QByteArray& names() const { return m_content.names; }
    [[nodiscard]] const QString& problem() const { return m_content.problem; }
    [[nodiscard]] bool isCutOff() const { return m_content.isCutOff; }
    [[nodiscard]] bool isBroken() const { return m_content.isBroken; }

private:
    Content m_content;
};
using LayerIndexPtr = std::shared_ptr<const LayerIndex>;

//! Adds a name to \a to as people may see it: UTF-8, with `\\xNN` for each byte of what is no UTF-8, a
//! control character, or turns the direction of writing.
void appendShown(QByteArray& to, QByteArrayView name);

} // namespace Tagboat
