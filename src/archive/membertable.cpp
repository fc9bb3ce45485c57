// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/membertable.h"

#include "archive/memberpath.h"

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

// An image has some hundred layers at most; this leaves room for archives of many images.
constexpr qsizetype MaxMembers = 100'000;
constexpr int MaxLinks = 40;
// In characters. Packed, long names would cost an archive next to nothing.
constexpr qsizetype MaxNames = 16 * 1024 * 1024;

} // namespace

Result<void> MemberTable::add(TarEntry entry, int ordinal, QByteArray head)
{
    if (entry.path.isEmpty()) // the root folder
        return {};
    if (const auto known = m_byPath.constFind(entry.path); known != m_byPath.cend()) {
        const bool areFolders =
            entry.kind == TarEntry::Kind::Directory && m_members.at(*known).kind == TarEntry::Kind::Directory;
        if (areFolders)
            return {};
        return fail(Error::Code::Corrupt, memberSubject(m_archive, entry.path), u"two members of one name"_s);
    }
    if (m_members.size() >= MaxMembers)
        return fail(Error::Code::Corrupt, m_archive, u"more than %1 members"_s.arg(MaxMembers));
    m_nameSize += entry.path.size() + entry.linkTarget.size();
    if (m_nameSize > MaxNames)
        return fail(Error::Code::Corrupt, m_archive, u"names that are too long"_s);
    m_isSimple = m_isSimple && entry.isSimple;
    m_byPath.insert(entry.path, m_members.size());
    m_members.append({.path = std::move(entry.path),
                      .kind = entry.kind,
                      .size = entry.size,
                      .linkTarget = std::move(entry.linkTarget),
                      .dataOffset = entry.dataOffset,
                      .ordinal = ordinal,
                      .head = std::move(head)});
    return {};
}

Result<void> MemberTable::check() const
{
    for (const ArchiveMember& member : m_members) {
        for (qsizetype slash = member.path.indexOf(u'/'); slash > 0;
             slash = member.path.indexOf(u'/', slash + 1)) {
            const auto parent = m_byPath.constFind(member.path.first(slash));
            if (parent == m_byPath.cend() || m_members.at(*parent).kind == TarEntry::Kind::Directory)
                continue;
            return fail(Error::Code::Corrupt, memberSubject(m_archive, member.path),
                        u"it lies below %1, which is no folder"_s.arg(m_members.at(*parent).path));
        }
    }
    return {};
}

Result<qsizetype> MemberTable::file(QStringView path) const
{
    auto wanted = memberPath(path, m_archive);
    if (!wanted)
        return std::unexpected(std::move(wanted.error()));
    for (int links = 0; links <= MaxLinks; ++links) {
        const auto found = m_byPath.constFind(*wanted);
        if (found == m_byPath.cend()) {
            const QString why = links == 0 ? u"not in the archive"_s
                                           : u"a link to %1, which is not in the archive"_s.arg(*wanted);
            return fail(Error::Code::NotFound, memberSubject(m_archive, path), why);
        }
        const ArchiveMember& member = m_members.at(*found);
        if (member.kind == TarEntry::Kind::File)
            return *found;
        if (member.kind == TarEntry::Kind::Directory)
            return fail(Error::Code::Corrupt, memberSubject(m_archive, path),
                        u"a folder where a file belongs"_s);
        wanted = member.linkTarget;
    }
    return fail(Error::Code::Corrupt, memberSubject(m_archive, path), u"links that lead in a circle"_s);
}

} // namespace Tagboat
