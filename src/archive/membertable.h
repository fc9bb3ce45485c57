// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/tarreader.h"

#include <QHash>
#include <QList>

namespace Tagboat {

//! A member of an archive, found by the first walk over it.
struct ArchiveMember
{
    QString path;
    TarEntry::Kind kind = TarEntry::Kind::File;
    qint64 size = 0;
    QString linkTarget;
    qint64 dataOffset = 0; //!< in the plain bytes
    int ordinal = 0;       //!< the how-manieth entry of the tar it is
    QByteArray head;       //!< its first bytes, enough to tell how it is compressed
};

/*!
 * \brief All members of one archive by path.
 *
 * One path, one member: of two of the same name readers take the first or the last, so a file that is checked
 * could be another than the one that is used.
 */
class MemberTable
{
public:
    static constexpr qint64 HeadSize = 16;

    explicit MemberTable(QString archive) : m_archive(std::move(archive)) { }

    //! Corrupt for a second member of one path and for too many members; folders may be told of twice.
    [[nodiscard]] Result<void> add(TarEntry entry, int ordinal, QByteArray head);
    //! Once all are added: Corrupt where a member lies below one that is no folder.
    [[nodiscard]] Result<void> check() const;

    [[nodiscard]] const QList<ArchiveMember>& members() const { return m_members; }
    [[nodiscard]] const ArchiveMember& at(qsizetype index) const { return m_members.at(index); }
    //! The file a path names, links inside the archive followed; NotFound, or Corrupt for loops and for a
    //! path that leads outside.
    [[nodiscard]] Result<qsizetype> file(QStringView path) const;
    [[nodiscard]] bool contains(const QString& path) const { return m_byPath.contains(path); }
    //! No member needs more than the oldest form of header: KArchive reads such archives right.
    [[nodiscard]] bool isSimple() const { return m_isSimple; }
    void setDataOffset(qsizetype index, qint64 offset) { m_members[index].dataOffset = offset; }

private:
    const QString m_archive;
    QList<ArchiveMember> m_members;
    QHash<QString, qsizetype> m_byPath;
    bool m_isSimple = true;
    qsizetype m_nameSize = 0; // of all paths and link targets
};

} // namespace Tagboat
