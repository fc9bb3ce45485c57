// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/layeredimage.h"

#include "oci/mediatype.h"
#include "support/randomimage/filters.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace Tagboat::Testing {

using namespace Qt::StringLiterals;
using Compression = RandomImageOptions::Compression;

namespace {

QLatin1StringView typeOf(Compression compression)
{
    switch (compression) {
    case Compression::Gzip:
        return MediaType::OciLayerGzip;
    case Compression::Zstd:
        return MediaType::OciLayerZstd;
    case Compression::None:
        break;
    }
    return MediaType::OciLayer;
}

RandomBlob document(const QJsonObject& object, QLatin1StringView type)
{
    RandomBlob blob;
    blob.bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
    blob.descriptor.mediaType = type;
    blob.descriptor.digest = Digest::ofBytes(blob.bytes);
    blob.descriptor.size = blob.bytes.size();
    return blob;
}

} // namespace

RandomBlob layerOf(const QByteArray& tar, Compression compression)
{
    RandomBlob blob;
    const BytesSink sink = [&](QByteArrayView bytes) { blob.bytes += bytes; };
    const auto filter = compression == Compression::Gzip ? gzipFilter(6, sink)
        : compression == Compression::Zstd               ? zstdFilter(3, sink)
                                                         : copyFilter(sink);
    if (!filter->write(tar) || !filter->finish())
        qFatal("cannot compress a layer");
    blob.descriptor.mediaType = typeOf(compression);
    blob.descriptor.digest = Digest::ofBytes(blob.bytes);
    blob.descriptor.size = blob.bytes.size();
    blob.diffId = Digest::ofBytes(tar);
    blob.tarSize = tar.size();
    return blob;
}

RandomBlob layerInFile(const QString& path, const Digest& diffId)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    Sha256 hash;
    while (!file.atEnd())
        hash.update(file.read(1 << 20));
    RandomBlob blob;
    blob.path = path;
    blob.diffId = diffId;
    const QByteArray head = file.seek(0) ? file.read(4) : QByteArray();
    const auto format = MediaType::sniffCompression(head);
    blob.descriptor.mediaType = typeOf(format == MediaType::Compression::Gzip       ? Compression::Gzip
                                           : format == MediaType::Compression::Zstd ? Compression::Zstd
                                                                                    : Compression::None);
    blob.descriptor.size = file.size();
    blob.descriptor.digest = hash.finish();
    return blob;
}

RandomImage imageOf(const QList<RandomBlob>& layers, const QStringList& steps)
{
    RandomImage image;
    QJsonArray diffIds;
    QJsonArray descriptors;
    for (const RandomBlob& layer : layers) {
        diffIds.append(layer.diffId.toString());
        descriptors.append(layer.descriptor.toJson());
        const auto isIt = [&](const RandomBlob& blob) {
            return blob.descriptor.digest == layer.descriptor.digest;
        };
        if (std::none_of(image.blobs.cbegin(), image.blobs.cend(), isIt))
            image.blobs.append(layer);
    }
    QJsonObject settings{{u"os"_s, u"linux"_s},
                         {u"architecture"_s, u"amd64"_s},
                         {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, diffIds}}}};
    QJsonArray history;
    for (const QString& step : steps)
        history.append(QJsonObject{{u"created_by"_s, step}});
    if (!history.isEmpty())
        settings.insert("history"_L1, history);
    const RandomBlob config = document(settings, MediaType::OciConfig);
    const RandomBlob manifest = document({{u"schemaVersion"_s, 2},
                                          {u"mediaType"_s, QString(MediaType::OciManifest)},
                                          {u"config"_s, config.descriptor.toJson()},
                                          {u"layers"_s, descriptors}},
                                         MediaType::OciManifest);
    image.blobs.append(config);
    image.target = manifest.descriptor;
    image.bytes = manifest.bytes;
    image.manifests.append({manifest.descriptor, manifest.bytes});
    return image;
}

} // namespace Tagboat::Testing
