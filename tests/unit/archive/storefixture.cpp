// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storefixture.h"

#include "support/randomimage/checkimage.h"

#include <QCoro/QCoroTask>
#include <QDirIterator>
#include <QFile>

namespace Tagboat::ArchiveTest {

using namespace Qt::StringLiterals;

StoreFixture::StoreFixture()
{
    const auto opened = ImageStore::open(m_storeFolder.filePath(u"store"_s));
    if (!opened)
        qFatal("no store: %s", qPrintable(opened.error().toString()));
    store = *opened;
}

Result<QList<ArchivedImage>> StoreFixture::import(const QString& name, const QStringList& names,
                                                  std::stop_token stop, ArchiveProgressCallback progress)
{
    return QCoro::waitFor(
        importArchive(path(name), store->writer(), {.names = names}, std::move(progress), std::move(stop)));
}

Result<QList<ArchivedImage>> StoreFixture::importAs(const QString& name, ArchiveImportOptions options)
{
    return QCoro::waitFor(importArchive(path(name), store->writer(), std::move(options), {}, {}));
}

Result<ArchiveContents> StoreFixture::inspect(const QString& name) const
{
    return QCoro::waitFor(inspectArchive(path(name), {}));
}

Result<void> StoreFixture::exportTo(const QString& name, const QList<ExportItem>& items, ArchiveFormat format,
                                    std::optional<Platform> platform, std::stop_token stop,
                                    ArchiveProgressCallback progress)
{
    return QCoro::waitFor(exportArchive(items, store->reader(), path(name), format, std::move(platform), {},
                                        std::move(progress), std::move(stop)));
}

QString StoreFixture::fill(const Testing::RandomImage& image, const QStringList& names)
{
    if (!ociArchive({{image, names}}).write(path(u"fill.tar"_s)))
        return u"cannot write"_s;
    const auto imported = import(u"fill.tar"_s);
    QFile::remove(path(u"fill.tar"_s));
    return imported ? QString() : imported.error().toString();
}

QStringList StoreFixture::names() const
{
    const auto snapshot = store->snapshot();
    if (!snapshot)
        return {snapshot.error().toString()};
    QStringList names;
    for (const StoredImage& image : snapshot->images)
        names += image.names;
    names.sort();
    return names;
}

QStringList StoreFixture::unfinished() const
{
    QStringList files;
    QDirIterator ingest(m_storeFolder.filePath(u"store/ingest"_s), QDir::Files, QDirIterator::Subdirectories);
    while (ingest.hasNext()) {
        const QFileInfo file = ingest.nextFileInfo();
        if (!file.fileName().endsWith(u".lease"_s))
            files.append(file.fileName());
    }
    return files;
}

int StoreFixture::blobCount() const
{
    return static_cast<int>(
        QDir(m_storeFolder.filePath(u"store/blobs/sha256"_s)).entryList(QDir::Files).size());
}

QStringList StoreFixture::check(const QString& nameOrDigest, bool allPlatforms) const
{
    return Testing::checkImage(store->reader(), nameOrDigest, {.allPlatforms = allPlatforms});
}

} // namespace Tagboat::ArchiveTest
