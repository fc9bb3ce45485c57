// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/randomimage/randomimage.h"

#include "oci/mediatype.h"
#include "support/randomimage/randombytes.h"
#include "support/randomimage/randomlayer.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <algorithm>

namespace Tagboat::Testing {

using namespace Qt::StringLiterals;
using Format = RandomImageOptions::Format;

namespace {

Descriptor describe(const QByteArray& bytes, QLatin1StringView mediaType)
{
    Descriptor descriptor;
    descriptor.mediaType = mediaType;
    descriptor.digest = Digest::ofBytes(bytes);
    descriptor.size = bytes.size();
    return descriptor;
}

QByteArray compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

//! Another seed for another purpose, so that images of neighbouring seeds have nothing in common.
quint64 derived(quint64 seed, quint64 purpose)
{
    return RandomBytes(seed ^ RandomBytes(purpose).next()).next();
}

class Maker
{
public:
    Maker(quint64 seed, const RandomImageOptions& options) : m_seed(seed), m_options(options) { }

    RandomImage make()
    {
        const QList<Platform> platforms = m_options.platforms;
        if (platforms.isEmpty()) {
            addImage({.os = u"linux"_s,
                      .architecture = u"amd64"_s,
                      .variant = {},
                      .osVersion = {},
                      .osFeatures = {}},
                     0);
            m_image.target = m_image.manifests.first().descriptor;
            m_image.target.platform.reset();
            m_image.bytes = m_image.manifests.first().bytes;
            return m_image;
        }
        for (qsizetype i = 0; i < platforms.size(); ++i)
            addImage(platforms[i], static_cast<quint64>(i));
        if (m_options.hasAttestation)
            addAttestation();
        addIndex();
        return m_image;
    }

private:
    bool isOci() const { return m_options.format == Format::Oci; }

    QString directory()
    {
        if (!m_options.directory.isEmpty())
            return m_options.directory;
        if (!m_image.directory)
            m_image.directory = std::make_shared<QTemporaryDir>();
        return m_image.directory->path();
    }

    Descriptor add(RandomBlob blob)
    {
        Descriptor descriptor = blob.descriptor;
        const bool isKnown =
            std::ranges::contains(m_image.blobs, descriptor.digest,
                                  [](const RandomBlob& known) { return known.descriptor.digest; });
        if (!isKnown)
            m_image.blobs.append(std::move(blob));
        return descriptor;
    }

    Descriptor add(const QByteArray& bytes, QLatin1StringView mediaType)
    {
        RandomBlob blob;
        blob.descriptor = describe(bytes, mediaType);
        blob.bytes = bytes;
        return add(std::move(blob));
    }

    RandomBlob layer(int number, quint64 platform)
    {
        LayerRecipe recipe;
        const bool isShared = number < m_options.sharedLayers;
        recipe.seed = derived(isShared ? m_options.sharedSeed : derived(m_seed, platform),
                              1000U + static_cast<quint64>(number));
        recipe.number = number;
        recipe.size = m_options.layerSizes[number];
        recipe.isCompressible = m_options.isCompressible;
        recipe.format = m_options.format;
        recipe.compression = m_options.compression[number % m_options.compression.size()];
        recipe.memoryLimit = m_options.memoryLimit;
        return randomLayer(recipe, [this] { return directory(); });
    }

    QByteArray config(const Platform& platform, const QList<RandomBlob>& layers) const
    {
        QJsonArray diffIds, history;
        for (qsizetype i = 0; i < layers.size(); ++i) {
            diffIds.append(layers[i].diffId.toString());
            const QString step = u"/bin/sh -c #(nop) ADD layer%1 in / "_s.arg(i);
            history.append(QJsonObject{{u"created"_s, u"2024-05-01T12:00:00Z"_s}, {u"created_by"_s, step}});
        }
        history.append(QJsonObject{{u"created"_s, u"2024-05-01T12:00:00Z"_s},
                                   {u"created_by"_s, u"/bin/sh -c #(nop)  CMD [\"/bin/sh\"]"_s},
                                   {u"empty_layer"_s, true}});
        QJsonObject object = platform.toJson();
        object.insert("created"_L1, u"2024-05-01T12:00:00.123456789Z"_s);
        object.insert("author"_L1, u"randomImage"_s);
        object.insert(
            "config"_L1,
            QJsonObject{{u"Cmd"_s, QJsonArray{u"/bin/sh"_s}},
                        {u"Env"_s, QJsonArray{u"PATH=/usr/bin:/bin"_s}},
                        {u"Labels"_s, QJsonObject{{u"io.tagboat.test.seed"_s, QString::number(m_seed)}}}});
        object.insert("rootfs"_L1, QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, diffIds}});
        if (m_options.hasHistory)
            object.insert("history"_L1, history);
        return compact(object);
    }

    void addManifest(const QByteArray& bytes, const Platform& platform,
                     const QMap<QString, QString>& annotations)
    {
        Descriptor descriptor = describe(bytes, isOci() ? MediaType::OciManifest : MediaType::DockerManifest);
        descriptor.platform = platform;
        descriptor.annotations = annotations;
        m_image.manifests.append({descriptor, bytes});
    }

    QByteArray manifest(const Descriptor& config, const QJsonArray& layers) const
    {
        const QLatin1StringView type = isOci() ? MediaType::OciManifest : MediaType::DockerManifest;
        return compact({{u"schemaVersion"_s, 2},
                        {u"mediaType"_s, QString(type)},
                        {u"config"_s, config.toJson()},
                        {u"layers"_s, layers}});
    }

    void addImage(const Platform& platform, quint64 number)
    {
        QList<RandomBlob> layers;
        QJsonArray descriptors;
        for (int i = 0; i < m_options.layerSizes.size(); ++i) {
            layers.append(layer(i, number));
            descriptors.append(layers.last().descriptor.toJson());
        }
        const Descriptor configured =
            add(config(platform, layers), isOci() ? MediaType::OciConfig : MediaType::DockerConfig);
        for (RandomBlob& made : layers)
            add(std::move(made));
        addManifest(manifest(configured, descriptors), platform, {});
    }

    void addAttestation()
    {
        const ManifestContent about = m_image.manifests.first();
        const QByteArray statement = compact({{u"_type"_s, u"https://in-toto.io/Statement/v0.1"_s},
                                              {u"subject"_s, about.descriptor.digest.toString()}});
        const Descriptor layer = add(statement, "application/vnd.in-toto+json"_L1);
        Platform unknown;
        unknown.os = unknown.architecture = u"unknown"_s;
        QJsonObject config = unknown.toJson();
        config.insert(
            "rootfs"_L1,
            QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, QJsonArray{layer.digest.toString()}}});
        const Descriptor configured = add(compact(config), MediaType::OciConfig);
        addManifest(manifest(configured, {layer.toJson()}), unknown,
                    {{u"vnd.docker.reference.type"_s, u"attestation-manifest"_s},
                     {u"vnd.docker.reference.digest"_s, about.descriptor.digest.toString()}});
    }

    void addIndex()
    {
        const QLatin1StringView type = isOci() ? MediaType::OciIndex : MediaType::DockerList;
        QJsonArray manifests;
        for (const ManifestContent& child : std::as_const(m_image.manifests))
            manifests.append(child.descriptor.toJson());
        m_image.bytes =
            compact({{u"schemaVersion"_s, 2}, {u"mediaType"_s, QString(type)}, {u"manifests"_s, manifests}});
        m_image.target = describe(m_image.bytes, type);
    }

    quint64 m_seed;
    const RandomImageOptions& m_options;
    RandomImage m_image;
};

Task<Result<ByteSourcePtr>> opened(ByteSourcePtr source)
{
    co_return Result<ByteSourcePtr>(std::move(source));
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s: %s", qPrintable(path), qPrintable(file.errorString()));
}

void writeBlob(const QString& path, const RandomBlob& blob)
{
    if (QFile::exists(path))
        return;
    if (blob.path.isEmpty())
        writeFile(path, blob.bytes);
    else if (!QFile::copy(blob.path, path))
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

QByteArray RandomBlob::read() const
{
    if (path.isEmpty())
        return bytes;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

ByteSourcePtr RandomBlob::open(qint64 offset) const
{
    if (path.isEmpty())
        return memorySource(bytes.sliced(offset));
    Result<ByteSourcePtr> source = fileSource(path, offset);
    if (!source)
        qFatal("cannot read %s", qPrintable(path));
    return *source;
}

SourceFactory RandomBlob::factory() const
{
    return [blob = *this](qint64 offset, std::stop_token) { return opened(blob.open(offset)); };
}

Digest RandomImage::id() const
{
    if (isIndex())
        return target.digest;
    const Result<Manifest> manifest = Manifest::parse(bytes, target.mediaType, u"random image"_s);
    if (!manifest)
        qFatal("%s", qPrintable(manifest.error().toString()));
    return manifest->config().digest;
}

const RandomBlob& RandomImage::blob(const Digest& digest) const
{
    const auto found =
        std::ranges::find(blobs, digest, [](const RandomBlob& known) { return known.descriptor.digest; });
    if (found == blobs.end())
        qFatal("the random image has no blob %s", qPrintable(digest.toString()));
    return *found;
}

QList<RandomBlob> RandomImage::blobsOf(qsizetype index) const
{
    const ManifestContent& content = manifests.at(index);
    const Result<Manifest> manifest =
        Manifest::parse(content.bytes, content.descriptor.mediaType, u"random image"_s);
    if (!manifest)
        qFatal("%s", qPrintable(manifest.error().toString()));
    QList<RandomBlob> result{blob(manifest->config().digest)};
    for (const Descriptor& layer : manifest->layers())
        result.append(blob(layer.digest));
    return result;
}

void RandomImage::writeLayout(const QString& folder, const QStringList& names) const
{
    const QString blobFolder = folder + "/blobs/sha256/"_L1;
    QDir().mkpath(blobFolder);
    writeFile(folder + "/oci-layout"_L1, R"({"imageLayoutVersion":"1.0.0"})");
    for (const RandomBlob& blob : blobs)
        writeBlob(blobFolder + blob.descriptor.digest.hex(), blob);
    for (const ManifestContent& manifest : manifests)
        writeFile(blobFolder + manifest.descriptor.digest.hex(), manifest.bytes);
    writeFile(blobFolder + target.digest.hex(), bytes);

    const QString indexPath = folder + "/index.json"_L1;
    QJsonArray entries;
    if (QFile file(indexPath); file.open(QIODevice::ReadOnly))
        entries = QJsonDocument::fromJson(file.readAll())["manifests"_L1].toArray();
    for (const QString& name : names.isEmpty() ? QStringList{QString()} : names) {
        Descriptor entry = target;
        if (!name.isEmpty())
            entry.annotations.insert(u"org.opencontainers.image.ref.name"_s, name);
        entries.append(entry.toJson());
    }
    writeFile(indexPath,
              compact({{u"schemaVersion"_s, 2},
                       {u"mediaType"_s, QString(MediaType::OciIndex)},
                       {u"manifests"_s, entries}}));
}

void RandomImage::writeSkopeoFolder(const QString& folder) const
{
    QDir().mkpath(folder);
    writeFile(folder + "/version"_L1, "Directory Transport Version: 1.1\n");
    writeFile(folder + "/manifest.json"_L1, bytes);
    for (const ManifestContent& manifest : manifests)
        writeFile(folder + u'/' + manifest.descriptor.digest.hex() + ".manifest.json"_L1, manifest.bytes);
    for (const RandomBlob& blob : blobs)
        writeBlob(folder + u'/' + blob.descriptor.digest.hex(), blob);
}

RandomImage randomImage(quint64 seed, const RandomImageOptions& options)
{
    return Maker(seed, options).make();
}

} // namespace Tagboat::Testing
