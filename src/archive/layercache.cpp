// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/layercache.h"

#include "archive/layerindexfile.h"
#include "base/logging.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryFile>

#include <algorithm>
#include <filesystem>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! Larger than any index there may be (LayerLimits).
constexpr qint64 MaxFile = 512 * 1024 * 1024;
//! A file being written is not left alone for longer; then its writer is no more.
constexpr qint64 AbandonedAfter = 3600;
constexpr QLatin1StringView PartSuffix(".part");

void touch(const QString& path)
{
    std::error_code ignored;
    std::filesystem::last_write_time(path.toStdString(), std::filesystem::file_time_type::clock::now(),
                                     ignored);
}

} // namespace

QString LayerCache::pathOf(const Digest& layer) const
{
    return m_folder + u'/' + layer.algorithm() + u'/' + layer.hex();
}

LayerIndexPtr LayerCache::load(const Digest& layer, qint64 layerSize) const
{
    QFile file(pathOf(layer));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || file.size() > MaxFile)
        return nullptr;
    const QByteArray bytes = file.readAll();
    LayerIndexPtr index = readLayerIndex(bytes, layerSize);
    if (index)
        touch(file.fileName());
    else
        qCDebug(lcArchive) << "the index of" << layer.toString() << "cannot be used";
    return index;
}

void LayerCache::store(const Digest& layer, qint64 layerSize, const LayerIndex& index) const
{
    if (index.isBroken())
        return;
    const QString path = pathOf(layer);
    const QByteArray bytes = writeLayerIndex(index, layerSize);
    QTemporaryFile file(path + u"-XXXXXX"_s + PartSuffix);
    // Not synced: what a crash leaves of it has a wrong checksum.
    if (bytes.isEmpty() || !QDir().mkpath(m_folder + u'/' + layer.algorithm()) || !file.open()
        || file.write(bytes) != bytes.size() || !file.flush()) {
        qCDebug(lcArchive) << "cannot keep the index of" << layer.toString() << file.errorString();
        return;
    }
    std::error_code error;
    std::filesystem::rename(file.fileName().toStdString(), path.toStdString(), error);
    if (error)
        qCDebug(lcArchive) << "cannot keep the index of" << layer.toString() << error.message();
    else
        file.setAutoRemove(false);
}

void LayerCache::tidy(const std::function<bool(const Digest&)>& isWanted) const
{
    struct File
    {
        QString path;
        qint64 size;
        QDateTime used;
    };
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::vector<File> files;
    qint64 bytes = 0;
    QDirIterator entries(m_folder, QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo info = entries.nextFileInfo();
        if (info.fileName().endsWith(PartSuffix)) {
            if (info.lastModified().secsTo(now) > AbandonedAfter)
                QFile::remove(info.filePath());
            continue;
        }
        const auto digest = Digest::parse(QString(info.dir().dirName() + u':' + info.fileName()));
        if (!digest || !isWanted(*digest)) {
            QFile::remove(info.filePath());
            continue;
        }
        files.push_back({info.filePath(), info.size(), info.lastModified()});
        bytes += info.size();
    }
    std::ranges::sort(files, {}, &File::used);
    for (const File& file : files) {
        if (bytes <= m_maxBytes)
            break;
        if (QFile::remove(file.path))
            bytes -= file.size;
    }
}

} // namespace Tagboat
