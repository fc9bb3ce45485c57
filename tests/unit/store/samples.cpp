// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "content/verify.h"
#include "oci/mediatype.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat::StoreTest {

namespace {

QByteArray bytesOf(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Task<Result<ByteSourcePtr>> openMemory(QByteArray bytes, qint64 offset, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    co_return memorySource(bytes.sliced(offset));
}

Blob manifestOf(const Blob& config, const QList<Blob>& layers, const Descriptor& subject)
{
    QJsonArray list;
    for (const Blob& layer : layers)
        list.append(layer.descriptor.toJson());
    QJsonObject object = {{u"schemaVersion"_s, 2},
                          {u"mediaType"_s, MediaType::OciManifest},
                          {u"config"_s, config.descriptor.toJson()},
                          {u"layers"_s, list}};
    if (!subject.digest.isNull())
        object.insert(u"subject"_s, subject.toJson());
    if (config.descriptor.mediaType == MediaType::OciEmpty)
        object.insert(u"artifactType"_s, u"application/vnd.example.note"_s);
    return blobOf(MediaType::OciManifest, bytesOf(object));
}

} // namespace

qint64 Image::size() const
{
    qint64 bytes = manifest.size() + config.size();
    for (const Blob& layer : layers)
        bytes += layer.size();
    return bytes;
}

Blob blobOf(QLatin1StringView mediaType, const QByteArray& bytes)
{
    Blob blob;
    blob.bytes = bytes;
    blob.descriptor.mediaType = mediaType;
    blob.descriptor.digest = Digest::ofBytes(bytes);
    blob.descriptor.size = bytes.size();
    return blob;
}

Blob layerOf(const QByteArray& seed, qint64 size)
{
    QByteArray bytes = seed;
    while (bytes.size() < size)
        bytes += Digest::ofBytes(bytes.last(std::min<qsizetype>(bytes.size(), 64))).hex().toLatin1();
    bytes.truncate(size);
    return blobOf(MediaType::OciLayer, bytes);
}

Image imageOf(const QList<Blob>& layers, const QString& architecture, int year)
{
    QJsonArray diffIds;
    QJsonArray history;
    for (qsizetype i = 0; i < layers.size(); ++i) {
        diffIds.append(layers.at(i).digest().toString());
        history.append(QJsonObject{{u"created_by"_s, u"COPY step%1 /"_s.arg(i)}});
    }
    Image image;
    image.config =
        blobOf(MediaType::OciConfig,
               bytesOf({{u"architecture"_s, architecture},
                        {u"os"_s, u"linux"_s},
                        {u"created"_s, u"%1-05-06T07:08:09Z"_s.arg(year)},
                        {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, diffIds}}},
                        {u"history"_s, history}}));
    image.layers = layers;
    image.manifest = manifestOf(image.config, layers, {});
    return image;
}

Image artifactOf(const Blob& content, const Descriptor& subject)
{
    Image artifact;
    artifact.config = blobOf(MediaType::OciEmpty, "{}");
    artifact.layers = {content};
    artifact.manifest = manifestOf(artifact.config, artifact.layers, subject);
    return artifact;
}

Blob indexOf(const QList<Image>& images)
{
    QJsonArray list;
    for (const Image& image : images) {
        const QJsonObject config = QJsonDocument::fromJson(image.config.bytes).object();
        QJsonObject child = image.manifest.descriptor.toJson();
        child.insert(u"platform"_s,
                     QJsonObject{{u"os"_s, config.value("os"_L1)},
                                 {u"architecture"_s, config.value("architecture"_L1)}});
        list.append(child);
    }
    return blobOf(
        MediaType::OciIndex,
        bytesOf({{u"schemaVersion"_s, 2}, {u"mediaType"_s, MediaType::OciIndex}, {u"manifests"_s, list}}));
}

SourceFactory sourceOf(const QByteArray& bytes)
{
    return
        [bytes](qint64 offset, std::stop_token stop) { return openMemory(bytes, offset, std::move(stop)); };
}

Result<void> pushBlob(const std::shared_ptr<ContentWriter>& writer, const Blob& blob)
{
    return QCoro::waitFor(writer->pushBlob(blob.descriptor, sourceOf(blob.bytes), {}, {}));
}

Result<void> pushManifest(const std::shared_ptr<ContentWriter>& writer, const Blob& manifest,
                          const QStringList& names)
{
    return QCoro::waitFor(writer->pushManifest({manifest.descriptor, manifest.bytes}, names, {}));
}

Result<void> pushImage(const std::shared_ptr<ContentWriter>& writer, const Image& image,
                       const QStringList& names)
{
    for (const Blob& layer : image.layers) {
        if (auto pushed = pushBlob(writer, layer); !pushed)
            return pushed;
    }
    if (auto pushed = pushBlob(writer, image.config); !pushed)
        return pushed;
    return pushManifest(writer, image.manifest, names);
}

Result<void> pushImage(const std::shared_ptr<ImageStore>& store, const Image& image, const QStringList& names)
{
    return pushImage(store->writer(), image, names);
}

QStringList filesIn(const QString& folder)
{
    QStringList files;
    QDirIterator entries(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (entries.hasNext())
        files.append(QDir(folder).relativeFilePath(entries.next()));
    files.sort();
    return files;
}

QStringList unfinishedIn(const QString& store)
{
    QStringList files = filesIn(store + u"/ingest"_s);
    files.removeIf([](const QString& name) { return name.endsWith(".lease"_L1); });
    return files;
}

qint64 bytesOfBlobs(const QString& store)
{
    qint64 bytes = 0;
    const QStringList files = filesIn(store + u"/blobs"_s);
    for (const QString& file : files)
        bytes += QFileInfo(store + u"/blobs/"_s + file).size();
    return bytes;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly)
        && file.write(content) == content.size() && file.flush();
}

bool makeOlder(const QString& path, std::chrono::seconds age)
{
    QFile file(path);
    const QDateTime then = QDateTime::currentDateTimeUtc().addSecs(-age.count());
    return file.open(QIODevice::ReadWrite) && file.setFileTime(then, QFileDevice::FileModificationTime);
}

bool makeBlobsOlder(const QString& store, std::chrono::seconds age)
{
    const QStringList files = filesIn(store + u"/blobs"_s);
    return std::ranges::all_of(
        files, [&](const QString& file) { return makeOlder(store + u"/blobs/"_s + file, age); });
}

const StoredImage* findImage(const StoreSnapshot& snapshot, const Digest& target)
{
    const auto found = std::ranges::find(snapshot.images, target,
                                         [](const StoredImage& image) { return image.target.digest; });
    return found == snapshot.images.end() ? nullptr : &*found;
}

} // namespace Tagboat::StoreTest
