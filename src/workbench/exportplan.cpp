// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/exportplan.h"

#include "oci/mediatype.h"
#include "store/imagestore.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QStorageInfo>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 TarBlock = 512;
//! What layers of system images come to, unpacked, where their bytes do not tell.
constexpr double UsualRatio = 2.6;
//! index.json, manifest.json, folders and the end of the archive.
constexpr qint64 Frame = 8 * TarBlock + 2048;

qint64 inTar(qint64 size)
{
    return TarBlock + (size + TarBlock - 1) / TarBlock * TarBlock;
}

/*!
 * \brief About how many bytes a layer has, unpacked.
 *
 * The last four bytes of a gzip stream are the plain size, modulo 4 GiB (RFC 1952). Where it has several
 * members they tell of the last one only: what is less than the compressed bytes is not believed.
 */
qint64 plainSize(const ImageStore& store, const Descriptor& layer)
{
    const qint64 usual = qint64(double(layer.size) * UsualRatio);
    QFile file(store.blobPath(layer.digest));
    if (!file.open(QIODevice::ReadOnly))
        return usual;
    const auto compression = MediaType::sniffCompression(file.read(8));
    if (compression == MediaType::Compression::None)
        return layer.size;
    if (compression != MediaType::Compression::Gzip || !file.seek(file.size() - 4))
        return usual;
    const QByteArray end = file.read(4);
    if (end.size() < 4)
        return usual;
    qint64 told = qFromLittleEndian<quint32>(end.constData());
    constexpr qint64 Wrap = qint64(1) << 32;
    while (told < layer.size - layer.size / 50 && layer.size > Wrap / 8)
        told += Wrap;
    return told < layer.size / 2 ? usual : told;
}

//! The platforms of \a image that \a request would write.
QList<StoredPlatform> wanted(const StoredImage& image, const ExportRequest& request)
{
    QList<StoredPlatform> whole;
    std::ranges::copy_if(image.platforms, std::back_inserter(whole), &StoredPlatform::isPresent);
    const bool isOne = request.platform || request.format == ArchiveFormat::DockerArchive;
    if (!isOne || whole.isEmpty())
        return whole;
    if (!request.platform && whole.size() == 1)
        return whole;
    const Platform platform = request.platform.value_or(Platform::host());
    const StoredPlatform* best = nullptr;
    for (const StoredPlatform& one : std::as_const(whole)) {
        const int rank = platform.preference(one.platform);
        if (rank >= 0 && (!best || rank < platform.preference(best->platform)))
            best = &one;
    }
    return best ? QList<StoredPlatform>{*best} : QList<StoredPlatform>();
}

//! The size of one archive while it is added up.
class ArchiveSize
{
public:
    ArchiveSize(const ImageStore& store, const ExportRequest& request) : m_store(store), m_request(request)
    {
        const auto named = outerCompression(request.file);
        m_compression = request.compression.value_or(named.value_or(OuterCompression::None));
    }

    void add(const StoredPlatform& platform)
    {
        const bool isDocker = m_request.format == ArchiveFormat::DockerArchive;
        addBlob(platform.manifest.digest, platform.manifest.size);
        qint64 layers = 0;
        for (const StoredLayer& layer : platform.layers) {
            layers += layer.descriptor.size;
            if (m_seen.contains(layer.descriptor.digest) || !layer.isPresent)
                continue;
            qint64 size = layer.descriptor.size;
            if (isDocker) {
                const qint64 plain = plainSize(m_store, layer.descriptor);
                if (plain != size)
                    m_scratch = std::max(m_scratch, plain);
                if (m_compression == OuterCompression::None)
                    size = plain; // else it ends up about as small as it is now
            }
            addBlob(layer.descriptor.digest, size);
        }
        // What is left of the platform's size is its config.
        addBlob(platform.configDigest, std::max<qint64>(0, platform.size - layers - platform.manifest.size));
    }

    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] qint64 scratch() const { return m_scratch; }

private:
    void addBlob(const Digest& digest, qint64 size)
    {
        if (m_seen.contains(digest))
            return;
        m_seen.insert(digest);
        m_bytes += inTar(size);
    }

    const ImageStore& m_store;
    const ExportRequest& m_request;
    OuterCompression m_compression = OuterCompression::None;
    QSet<Digest> m_seen;
    qint64 m_bytes = Frame;
    qint64 m_scratch = 0;
};

void lookAtFile(ExportPlan& plan, const QString& path)
{
    const QFileInfo file(path);
    if (file.exists())
        plan.existing.append(path);
    const QFileInfo folder(file.absolutePath());
    if (plan.noFolder.isEmpty() && (!folder.isDir() || !folder.isWritable()))
        plan.noFolder = folder.filePath();
    if (plan.free >= 0 || !folder.isDir())
        return;
    const QStorageInfo disk(folder.filePath());
    if (disk.isValid() && disk.isReady())
        plan.free = disk.bytesAvailable();
}

} // namespace

Result<ExportPlan> planExport(const ImageStore& store, const QList<ExportRequest>& requests)
{
    const auto snapshot = store.snapshot();
    if (!snapshot)
        return std::unexpected(snapshot.error());
    QHash<Digest, const StoredImage*> images;
    for (const StoredImage& image : snapshot->images)
        images.insert(image.target.digest, &image);
    ExportPlan plan;
    for (const ExportRequest& request : requests) {
        lookAtFile(plan, request.file);
        ArchiveSize size(store, request);
        for (const ExportItem& item : request.items) {
            const StoredImage* const image = images.value(item.target.digest);
            if (!image)
                return fail(Error::Code::NotFound, item.target.digest.toString(), u"no such image"_s);
            for (const StoredPlatform& platform : image->platforms) {
                if (platform.isPresent && !platform.platform.isEmpty()
                    && !plan.platforms.contains(platform.platform))
                    plan.platforms.append(platform.platform);
            }
            const QList<StoredPlatform> chosen = wanted(*image, request);
            if (image->isArtifact && request.format == ArchiveFormat::DockerArchive)
                plan.artifacts.append(item.target.digest);
            else if (chosen.isEmpty())
                plan.incomplete.append(item.target.digest);
            for (const StoredPlatform& platform : chosen)
                size.add(platform);
        }
        plan.bytes += size.bytes();
        plan.scratch = std::max(plan.scratch, size.scratch());
    }
    return plan;
}

} // namespace Tagboat
