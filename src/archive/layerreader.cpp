// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/layerreader.h"

#include <algorithm>
#include <cstring>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView WhiteoutPrefix(".wh.");
constexpr QByteArrayView OpaqueName(".wh..wh..opq");
//! What AUFS kept for itself (`.wh..wh.plnk` and the like): no part of the file system.
constexpr QByteArrayView MetaPrefix(".wh..wh.");

//! What libarchive made of a name, unless a pax header knows better.
QByteArray textOf(const char* bytes, const LayerArchive& archive, const char* key)
{
    const QByteArrayView name(bytes ? bytes : "");
    const bool isPlain = bytes && std::ranges::all_of(name, [](char byte) { return uchar(byte) < 0x80; });
    const QByteArray written = isPlain ? QByteArray() : archive.paxRecord(key);
    return written.isNull() ? name.toByteArray() : written;
}

template<typename To>
To clamped(qint64 value)
{
    return static_cast<To>(std::clamp(value, qint64(0), qint64(std::numeric_limits<To>::max())));
}

FileNode::Kind kindOf(archive_entry* entry)
{
    if (archive_entry_hardlink(entry) || archive_entry_hardlink_utf8(entry))
        return FileNode::Kind::HardLink;
    switch (archive_entry_filetype(entry)) {
    case AE_IFDIR:
        return FileNode::Kind::Folder;
    case AE_IFLNK:
        return FileNode::Kind::SymbolicLink;
    case AE_IFCHR:
        return FileNode::Kind::CharacterDevice;
    case AE_IFBLK:
        return FileNode::Kind::BlockDevice;
    case AE_IFIFO:
        return FileNode::Kind::Fifo;
    default:
        return FileNode::Kind::File;
    }
}

} // namespace

Result<std::unique_ptr<LayerReader>> LayerReader::open(const QString& path, const LayerLimits& limits)
{
    auto archive = LayerArchive::open(path);
    if (!archive)
        return std::unexpected(std::move(archive.error()));
    return std::unique_ptr<LayerReader>(new LayerReader(std::move(*archive), limits));
}

LayerReader::LayerReader(std::unique_ptr<LayerArchive> archive, const LayerLimits& limits)
    : m_archive(std::move(archive)), m_limits(limits)
{
    m_content.entries.front().flags = LayerEntry::Parent;
    m_hashes.push_back(0);
}

bool LayerReader::step(std::chrono::milliseconds time)
{
    const auto until = LayerArchive::Clock::now() + time;
    for (int count = 0; !m_isOver; ++count) {
        // The clock is asked for some entries at a time, since one takes about a microsecond.
        if (count % 64 == 63 && LayerArchive::Clock::now() >= until)
            return false;
        switch (m_archive->next(until)) {
        case LayerArchive::Step::Entry:
            take(m_archive->entry());
            break;
        case LayerArchive::Step::Pause:
            if (m_archive->input().plainBytes() > m_limits.plainBytes) {
                m_failure = u"it unpacks to more than %1 bytes"_s.arg(m_limits.plainBytes);
                m_content.isCutOff = m_isOver = true;
            }
            return m_isOver;
        case LayerArchive::Step::Broken:
            m_failure = m_archive->problem();
            m_content.isBroken = true;
            [[fallthrough]];
        default:
            m_isOver = true;
            break;
        }
    }
    return true;
}

//! Into m_path: what stays inside, without the parts that say nothing.
void LayerReader::normalise(QByteArrayView name)
{
    m_path.resize(0);
    bool isOutside = false;
    while (!name.isEmpty()) {
        const qsizetype slash = name.indexOf('/');
        const QByteArrayView part = slash < 0 ? name : name.first(slash);
        name = slash < 0 ? QByteArrayView() : name.sliced(slash + 1);
        if (part.isEmpty() || part == ".")
            continue;
        if (part == "..") {
            isOutside = isOutside || m_path.isEmpty();
            m_path.truncate(std::max(m_path.lastIndexOf('/'), qsizetype(0)));
            continue;
        }
        if (!m_path.isEmpty())
            m_path.append('/');
        m_path.append(part);
    }
    m_outside += isOutside ? 1 : 0;
}

void LayerReader::take(archive_entry* entry)
{
    const QByteArray name = nameOf(entry);
    if (name.size() > LayerLimits::PathBytes) {
        ++m_tooLong;
        return;
    }
    normalise(name);
    if (m_path.isEmpty()) {
        // The root itself, "./": what it is allowed counts, it cannot be anything but a folder.
        if (kindOf(entry) == FileNode::Kind::Folder) {
            LayerEntry& root = m_content.entries.front();
            describe(root, entry);
            root.flags |= LayerEntry::Own;
        }
        return;
    }
    const qsizetype slash = m_path.lastIndexOf('/');
    const QByteArrayView folder = QByteArrayView(m_path).first(std::max(slash, qsizetype(0)));
    const QByteArrayView last = QByteArrayView(m_path).sliced(slash + 1);
    const bool isReserved = folder.startsWith(WhiteoutPrefix) || folder.contains(QByteArrayView("/.wh."));
    if (isReserved) {
        ++m_reserved;
        return;
    }
    if (last.startsWith(WhiteoutPrefix)) {
        const QByteArrayView hidden = last.sliced(WhiteoutPrefix.size());
        if (last == OpaqueName) {
            if (const int parent = folderOf(folder); parent >= 0)
                m_content.entries[static_cast<size_t>(parent)].flags |= LayerEntry::Opaque;
        } else if (hidden.isEmpty() || hidden == "." || hidden == "..") {
            ++m_reserved;
        } else if (!last.startsWith(MetaPrefix)) {
            if (const int parent = folderOf(folder); parent >= 0)
                takeWhiteout(parent, hidden);
        }
        return;
    }

    const int parent = folderOf(folder);
    if (parent < 0)
        return;
    LayerEntry described;
    describe(described, entry);
    m_shown.resize(0);
    appendShown(m_shown, last);
    if (const int position = child(parent, m_shown); position >= 0)
        putOwn(position, described);
}

QByteArray LayerReader::nameOf(archive_entry* entry) const
{
    const char* name = archive_entry_pathname(entry);
    // Of a sparse file the path is one made up for those who do not know of such.
    const QByteArray sparse = textOf(name, *m_archive, "GNU.sparse.name");
    return sparse == QByteArrayView(name ? name : "") ? textOf(name, *m_archive, "path") : sparse;
}

//! All but name, parent and marks.
void LayerReader::describe(LayerEntry& to, archive_entry* from)
{
    to.kind = kindOf(from);
    to.size = to.kind == FileNode::Kind::File ? std::max(archive_entry_size(from), la_int64_t(0)) : 0;
    to.modified = archive_entry_mtime(from);
    to.mode = static_cast<quint16>(archive_entry_perm(from) & 07777);
    to.user = clamped<quint32>(archive_entry_uid(from));
    to.group = clamped<quint32>(archive_entry_gid(from));
    to.ordinal = m_archive->ordinal();
    QByteArray link;
    if (to.kind == FileNode::Kind::HardLink)
        link = textOf(archive_entry_hardlink(from), *m_archive, "linkpath");
    else if (to.kind == FileNode::Kind::SymbolicLink)
        link = textOf(archive_entry_symlink(from), *m_archive, "linkpath");
    if (link.size() > LayerLimits::PathBytes) {
        ++m_tooLong;
        link.truncate(LayerLimits::PathBytes);
    }
    if (link.isEmpty() || !hasRoom(link.size() * 4))
        return;
    to.link = static_cast<quint32>(m_content.names.size());
    appendShown(m_content.names, link);
    to.linkSize = static_cast<quint16>(m_content.names.size() - to.link);
}

//! The entry of a folder, made if need be; -1 where there is no room for it.
int LayerReader::folderOf(QByteArrayView path)
{
    if (path == m_lastFolder && !m_content.entries[static_cast<size_t>(m_lastPosition)].has(LayerEntry::Dead))
        return m_lastPosition;
    int at = 0;
    QByteArrayView left = path;
    while (!left.isEmpty()) {
        const qsizetype slash = left.indexOf('/');
        m_shown.resize(0);
        appendShown(m_shown, slash < 0 ? left : left.first(slash));
        left = slash < 0 ? QByteArrayView() : left.sliced(slash + 1);
        at = child(at, m_shown);
        if (at < 0)
            return -1;
        at = asFolder(at);
    }
    m_lastFolder.assign(path);
    m_lastPosition = at;
    return at;
}

bool LayerReader::hasRoom(qsizetype nameBytes)
{
    if (m_content.names.size() + nameBytes <= m_limits.nameBytes)
        return true;
    m_content.isCutOff = m_isOver = true;
    return false;
}

int LayerReader::add(int parent, QByteArrayView name, quint32 hash)
{
    if (m_content.entries.size() >= static_cast<size_t>(m_limits.entries)) {
        m_content.isCutOff = m_isOver = true;
        return -1;
    }
    if (!hasRoom(name.size()))
        return -1;
    LayerEntry entry;
    entry.parent = static_cast<quint32>(parent);
    entry.name = static_cast<quint32>(m_content.names.size());
    entry.nameSize = static_cast<quint16>(name.size());
    m_content.names.append(name);
    m_content.entries.push_back(entry);
    m_hashes.push_back(hash);
    return static_cast<int>(m_content.entries.size()) - 1;
}

int LayerReader::child(int parent, QByteArrayView name)
{
    const quint32 hash = NameTable::hash(parent, name);
    const int found = m_table.find(hash, [&](int position) {
        const LayerEntry& entry = m_content.entries[static_cast<size_t>(position)];
        return entry.parent == static_cast<quint32>(parent)
            && QByteArrayView(m_content.names).sliced(entry.name, entry.nameSize) == name;
    });
    if (found >= 0)
        return found;
    const int added = add(parent, name, hash);
    if (added >= 0)
        m_table.insert(hash, added);
    return added;
}

//! Others are to lie below it: where it was something else, it is that no more.
int LayerReader::asFolder(int position)
{
    LayerEntry& entry = m_content.entries[static_cast<size_t>(position)];
    if (entry.has(LayerEntry::Own) && entry.kind != FileNode::Kind::Folder) {
        entry.flags &= static_cast<quint8>(~LayerEntry::Own);
        entry.kind = FileNode::Kind::Folder;
        entry.size = 0;
        entry.linkSize = 0;
    }
    entry.flags |= LayerEntry::Parent;
    return position;
}

//! What \a described says is at \a position now.
void LayerReader::putOwn(int position, const LayerEntry& described)
{
    const auto put = [&](LayerEntry& entry) {
        LayerEntry changed = described;
        changed.parent = entry.parent;
        changed.name = entry.name;
        changed.nameSize = entry.nameSize;
        changed.flags = entry.flags | LayerEntry::Own;
        entry = changed;
    };
    LayerEntry& old = m_content.entries[static_cast<size_t>(position)];
    if (!old.has(LayerEntry::Parent) || described.kind == FileNode::Kind::Folder) {
        put(old);
        return;
    }
    // What was in the folder goes with it, so the name begins anew.
    const quint32 hash = m_hashes[static_cast<size_t>(position)];
    const QByteArray name = QByteArrayView(m_content.names).sliced(old.name, old.nameSize).toByteArray();
    const int fresh = add(static_cast<int>(old.parent), name, hash);
    if (fresh < 0)
        return;
    LayerEntry& dead = m_content.entries[static_cast<size_t>(position)];
    LayerEntry& entry = m_content.entries[static_cast<size_t>(fresh)];
    entry.flags = dead.flags & LayerEntry::Whiteout;
    dead.flags |= LayerEntry::Dead;
    m_table.replace(hash, position, fresh);
    m_lastFolder.clear(); // may lie inside
    m_lastPosition = 0;
    put(entry);
}

void LayerReader::takeWhiteout(int parent, QByteArrayView hidden)
{
    m_shown.resize(0);
    appendShown(m_shown, hidden);
    if (const int position = child(parent, m_shown); position >= 0)
        m_content.entries[static_cast<size_t>(position)].flags |= LayerEntry::Whiteout;
}

QString LayerReader::problems() const
{
    QStringList lines;
    if (!m_failure.isEmpty())
        lines.append(m_failure);
    if (m_content.isCutOff && m_failure.isEmpty())
        lines.append(u"there are more entries than can be listed"_s);
    if (m_outside > 0)
        lines.append(u"%1 names lead out of the layer by \"..\", and are listed inside"_s.arg(m_outside));
    if (m_reserved > 0)
        lines.append(u"%1 names that only whiteouts may have are left out"_s.arg(m_reserved));
    if (m_tooLong > 0)
        lines.append(u"%1 names or links of more than %2 bytes are left out or cut off"_s.arg(m_tooLong).arg(
            LayerLimits::PathBytes));
    return lines.join(u"; ");
}

LayerIndexPtr LayerReader::finish()
{
    m_content.problem = problems();
    m_content.names.squeeze();
    m_content.entries.shrink_to_fit();
    return std::make_shared<const LayerIndex>(std::move(m_content));
}

} // namespace Tagboat
