// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "savedimage.h"

#include "tarbuilder.h"

#include "oci/mediatype.h"
#include "support/randomimage/filters.h"

#include <QFile>
#include <QJsonDocument>

namespace Tagboat::ArchiveTest {

using namespace Qt::StringLiterals;
using Testing::RandomBlob;
using Testing::RandomImage;

namespace {

QByteArray json(const QJsonValue& value)
{
    return value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                           : QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

QString blobName(const Digest& digest)
{
    return u"blobs/"_s + digest.algorithm() + u'/' + digest.hex();
}

QJsonValue repoTags(const QStringList& names)
{
    return names.isEmpty() ? QJsonValue() : QJsonValue(QJsonArray::fromStringList(names));
}

void addLayout(Members& members, const QJsonArray& entries)
{
    members.set(u"index.json"_s,
                json(QJsonObject{{u"schemaVersion"_s, 2},
                                 {u"mediaType"_s, QString(MediaType::OciIndex)},
                                 {u"manifests"_s, entries}}));
    members.set(u"oci-layout"_s, R"({"imageLayoutVersion": "1.0.0"})");
}

} // namespace

void Members::set(const QString& name, const QByteArray& bytes)
{
    if (!m_bytes.contains(name))
        m_names.append(name);
    m_bytes.insert(name, bytes);
}

void Members::remove(const QString& name)
{
    m_names.removeAll(name);
    m_bytes.remove(name);
}

QByteArray Members::value(const QString& name) const
{
    return m_bytes.value(name);
}

void Members::moveToEnd(const QString& name)
{
    m_names.removeAll(name);
    m_names.append(name);
}

QByteArray Members::tar() const
{
    TarBuilder tar;
    for (const QString& name : m_names) {
        const QByteArray& bytes = *m_bytes.constFind(name);
        if (bytes.startsWith("-> "))
            tar.symLink(name.toUtf8(), bytes.sliced(3));
        else
            tar.file(name.toUtf8(), bytes);
    }
    return tar.end().bytes();
}

bool Members::write(const QString& path) const
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(tar()) > 0;
}

Platform linuxOn(const QString& architecture)
{
    Platform platform;
    platform.os = u"linux"_s;
    platform.architecture = architecture;
    return platform;
}

QByteArray plainLayer(const RandomBlob& layer)
{
    QByteArray plain;
    const auto filter =
        Testing::unpackFilter([&](QByteArrayView bytes) { plain.append(bytes.data(), bytes.size()); });
    return filter->write(layer.read()) && filter->finish() ? plain : QByteArray();
}

QList<RandomBlob> layersOf(const RandomImage& image)
{
    QList<RandomBlob> layers;
    const QList<RandomBlob> blobs = image.blobsOf();
    for (const RandomBlob& blob : blobs) {
        if (!blob.diffId.isNull())
            layers.append(blob);
    }
    return layers;
}

RandomBlob configOf(const RandomImage& image)
{
    return image.blob(image.id());
}

Members dockerArchive(const QList<Saved>& images)
{
    Members members;
    QJsonArray manifests;
    QMap<Digest, QString> places;
    for (const Saved& saved : images) {
        QJsonArray layers;
        const QList<RandomBlob> blobs = layersOf(saved.image);
        for (qsizetype i = 0; i < blobs.size(); ++i) {
            // Docker called each layer of each image by an ID of its own, and linked those that it had
            // already.
            const QString id =
                Digest::ofBytes(QByteArray(saved.image.id().toString().toLatin1() + QByteArray::number(i)))
                    .hex();
            const QString place = id + u"/layer.tar"_s;
            members.set(id + u"/VERSION"_s, "1.0");
            members.set(id + u"/json"_s, "{}");
            if (const auto known = places.constFind(blobs.at(i).diffId); known != places.cend())
                members.set(place, "-> ../" + known->toUtf8());
            else
                members.set(place, plainLayer(blobs.at(i)));
            if (!places.contains(blobs.at(i).diffId))
                places.insert(blobs.at(i).diffId, place);
            layers.append(place);
        }
        const QString config = saved.image.id().hex() + u".json"_s;
        members.set(config, configOf(saved.image).read());
        manifests.append(QJsonObject{
            {u"Config"_s, config}, {u"RepoTags"_s, repoTags(saved.names)}, {u"Layers"_s, layers}});
    }
    members.set(u"manifest.json"_s, json(manifests));
    members.set(u"repositories"_s, "{\"nobody/reads\":{\"this\":\"0\"}}");
    return members;
}

Members hybridArchive(const QList<Saved>& images)
{
    Members members;
    QJsonArray manifests;
    QJsonArray entries;
    for (const Saved& saved : images) {
        QJsonArray paths;
        QJsonArray layers;
        const QList<RandomBlob> blobs = layersOf(saved.image);
        for (const RandomBlob& blob : blobs) {
            Descriptor layer;
            layer.mediaType = MediaType::OciLayer;
            layer.digest = blob.diffId;
            layer.size = blob.tarSize;
            layers.append(layer.toJson());
            paths.append(blobName(blob.diffId));
            members.set(blobName(blob.diffId), plainLayer(blob));
        }
        const RandomBlob config = configOf(saved.image);
        members.set(blobName(config.descriptor.digest), config.read());
        const QByteArray bytes = json(QJsonObject{{u"schemaVersion"_s, 2},
                                                  {u"mediaType"_s, QString(MediaType::OciManifest)},
                                                  {u"config"_s, config.descriptor.toJson()},
                                                  {u"layers"_s, layers}});
        Descriptor target;
        target.mediaType = MediaType::OciManifest;
        target.digest = Digest::ofBytes(bytes);
        target.size = bytes.size();
        members.set(blobName(target.digest), bytes);
        for (const QString& name : saved.names) {
            Descriptor named = target;
            named.annotations.insert(u"io.containerd.image.name"_s, u"docker.io/"_s + name);
            named.annotations.insert(u"org.opencontainers.image.ref.name"_s, name.section(u':', -1));
            entries.append(named.toJson());
        }
        manifests.append(QJsonObject{{u"Config"_s, blobName(config.descriptor.digest)},
                                     {u"RepoTags"_s, repoTags(saved.names)},
                                     {u"Layers"_s, paths}});
    }
    members.set(u"manifest.json"_s, json(manifests));
    addLayout(members, entries);
    return members;
}

Members ociArchive(const QList<Saved>& images)
{
    Members members;
    QJsonArray entries;
    for (const Saved& saved : images) {
        for (const RandomBlob& blob : saved.image.blobs)
            members.set(blobName(blob.descriptor.digest), blob.read());
        for (const ManifestContent& manifest : saved.image.manifests)
            members.set(blobName(manifest.descriptor.digest), manifest.bytes);
        members.set(blobName(saved.image.target.digest), saved.image.bytes);
        if (saved.names.isEmpty())
            entries.append(saved.image.target.toJson());
        for (const QString& name : saved.names) {
            Descriptor named = saved.image.target;
            named.annotations.insert(u"org.opencontainers.image.ref.name"_s, name);
            entries.append(named.toJson());
        }
    }
    addLayout(members, entries);
    return members;
}

void editIndex(Members& members, const std::function<void(QJsonObject&)>& change)
{
    QJsonObject index = QJsonDocument::fromJson(members.value(u"index.json"_s)).object();
    change(index);
    members.set(u"index.json"_s, json(index));
}

void editManifests(Members& members, const std::function<void(QJsonArray&)>& change)
{
    QJsonArray manifests = QJsonDocument::fromJson(members.value(u"manifest.json"_s)).array();
    change(manifests);
    members.set(u"manifest.json"_s, json(manifests));
}

} // namespace Tagboat::ArchiveTest
