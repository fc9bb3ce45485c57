// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/folderscan.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

Result<void> addFile(MemberTable& table, const QFileInfo& info, const QString& name, int ordinal)
{
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Code::Io, info.filePath(), file.errorString());
    TarEntry entry;
    entry.path = name;
    entry.size = file.size();
    return table.add(std::move(entry), ordinal, file.read(MemberTable::HeadSize));
}

} // namespace

Result<std::shared_ptr<OpenedArchive>> openFolder(const QString& path)
{
    const QString folder = QDir::cleanPath(path);
    const auto archive = std::shared_ptr<OpenedArchive>(new OpenedArchive(folder));
    archive->m_isFolder = true;
    int ordinal = 0;
    for (const QString& name : {u"oci-layout"_s, u"index.json"_s, u"manifest.json"_s}) {
        const QFileInfo info(folder + u'/' + name);
        if (!info.isFile() || info.isSymLink())
            continue;
        if (auto added = addFile(archive->m_table, info, name, ordinal++); !added)
            return std::unexpected(std::move(added.error()));
    }
    if (ordinal == 0) {
        return fail(Error::Code::Unsupported, path,
                    u"no image archive: a folder without oci-layout, index.json or manifest.json"_s);
    }
    QDirIterator blobs(folder + u"/blobs"_s, QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                       QDirIterator::Subdirectories);
    while (blobs.hasNext()) {
        const QFileInfo info = blobs.nextFileInfo();
        archive->m_fileSize += info.size();
        const QString name = info.filePath().sliced(folder.size() + 1);
        if (auto added = addFile(archive->m_table, info, name, ordinal++); !added)
            return std::unexpected(std::move(added.error()));
    }
    return archive;
}

} // namespace Tagboat
