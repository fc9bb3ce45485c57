// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/manifest.h"
#include "oci/mediatype.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

//! Artifacts in an OCI image layout, written as the tools that make them do.
namespace Tagboat::Testing {

inline QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void writeFile(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(path.section(u'/', 0, -2));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

inline QString blobFile(const QString& folder, const Digest& digest)
{
    return folder + QStringLiteral("/blobs/") + digest.algorithm() + u'/' + digest.hex();
}

inline Descriptor writeBlob(const QString& folder, const QString& mediaType, const QByteArray& bytes,
                            const QMap<QString, QString>& annotations = {})
{
    Descriptor descriptor;
    descriptor.mediaType = mediaType;
    descriptor.digest = Digest::ofBytes(bytes);
    descriptor.size = bytes.size();
    descriptor.annotations = annotations;
    writeFile(blobFile(folder, descriptor.digest), bytes);
    return descriptor;
}

struct Artifact
{
    QString artifactType = {}; //!< of the manifest; may be empty
    QString configType = QString(MediaType::OciEmpty);
    QByteArray config = "{}";
    QList<Descriptor> layers = {};
    std::optional<Descriptor> subject = {};
    QMap<QString, QString> annotations = {};
};

inline QJsonObject objectOf(const QMap<QString, QString>& pairs)
{
    QJsonObject object;
    for (const auto& [key, value] : pairs.asKeyValueRange())
        object.insert(key, value);
    return object;
}

//! Writes the artifact's documents into the layout at \a folder and lists it there under \a name, where that
//! is not empty.
inline Descriptor writeArtifact(const QString& folder, const QString& name, const Artifact& artifact)
{
    QJsonArray layers;
    for (const Descriptor& layer : artifact.layers)
        layers.append(layer.toJson());
    QJsonObject manifest{
        {QStringLiteral("schemaVersion"), 2},
        {QStringLiteral("mediaType"), QString(MediaType::OciManifest)},
        {QStringLiteral("config"), writeBlob(folder, artifact.configType, artifact.config).toJson()},
        {QStringLiteral("layers"), layers}};
    if (!artifact.artifactType.isEmpty())
        manifest.insert(QStringLiteral("artifactType"), artifact.artifactType);
    if (artifact.subject)
        manifest.insert(QStringLiteral("subject"), artifact.subject->toJson());
    if (!artifact.annotations.isEmpty())
        manifest.insert(QStringLiteral("annotations"), objectOf(artifact.annotations));
    Descriptor target = writeBlob(folder, QString(MediaType::OciManifest),
                                  QJsonDocument(manifest).toJson(QJsonDocument::Compact));

    const QString indexPath = folder + QStringLiteral("/index.json");
    QJsonObject index = QJsonDocument::fromJson(readFile(indexPath)).object();
    index.insert(QStringLiteral("schemaVersion"), 2);
    QJsonArray entries = index[u"manifests"].toArray();
    Descriptor entry = target;
    if (!name.isEmpty())
        entry.annotations.insert(QStringLiteral("org.opencontainers.image.ref.name"), name);
    entries.append(entry.toJson());
    index.insert(QStringLiteral("manifests"), entries);
    writeFile(indexPath, QJsonDocument(index).toJson(QJsonDocument::Compact));
    writeFile(folder + QStringLiteral("/oci-layout"), R"({"imageLayoutVersion":"1.0.0"})");
    return target;
}

} // namespace Tagboat::Testing
