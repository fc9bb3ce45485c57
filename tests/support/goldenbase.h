// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/randomimage/randomimage.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

//! A base image, what it becomes later, and images that are made from it.
namespace Tagboat::Testing {

//! Two layers that imageOnBase() begins with.
[[nodiscard]] inline RandomImage baseImage()
{
    return randomImage(7001, {.layerSizes = {20'000, 60'000}, .sharedLayers = 2, .sharedSeed = 77});
}

//! What the base's tag points at once it has moved on.
[[nodiscard]] inline RandomImage newerBaseImage()
{
    return randomImage(7002, {.layerSizes = {20'000, 60'000}});
}

[[nodiscard]] inline RandomImage imageOnBase(quint64 seed)
{
    return randomImage(seed, {.layerSizes = {20'000, 60'000, 5'000}, .sharedLayers = 2, .sharedSeed = 77});
}

//! An image for one platform with annotations on its manifest, as builders write them.
[[nodiscard]] inline RandomImage annotated(RandomImage image, const QMap<QString, QString>& annotations)
{
    QJsonObject manifest = QJsonDocument::fromJson(image.bytes).object();
    QJsonObject all;
    for (auto it = annotations.begin(); it != annotations.end(); ++it)
        all.insert(it.key(), it.value());
    manifest.insert(QStringLiteral("annotations"), all);
    image.bytes = QJsonDocument(manifest).toJson(QJsonDocument::Compact);
    image.target.digest = Digest::ofBytes(image.bytes);
    image.target.size = image.bytes.size();
    image.manifests = {image.root()};
    return image;
}

[[nodiscard]] inline QMap<QString, QString> baseAnnotations(const QString& name, const Digest& digest)
{
    return {{QStringLiteral("org.opencontainers.image.base.name"), name},
            {QStringLiteral("org.opencontainers.image.base.digest"), digest.toString()}};
}

//! Puts an image into a registry on loopback, by another program than the one under test. \a name:
//! "127.0.0.1:5000/golden/python:3.13". \a login: "user:password".
[[nodiscard]] inline bool putIntoRegistry(const RandomImage& image, const QString& name,
                                          const QString& login = {})
{
    const QTemporaryDir folder;
    image.writeLayout(folder.path() + QStringLiteral("/layout"), {QStringLiteral("it")});
    QStringList arguments{QStringLiteral("copy"), QStringLiteral("--all"),
                          QStringLiteral("--preserve-digests"), QStringLiteral("--dest-tls-verify=false")};
    if (!login.isEmpty())
        arguments += {QStringLiteral("--dest-creds"), login};
    arguments += {QStringLiteral("oci:") + folder.path() + QStringLiteral("/layout:it"),
                  QStringLiteral("docker://") + name};
    QProcess skopeo;
    skopeo.start(QStringLiteral("skopeo"), arguments);
    if (skopeo.waitForFinished(60'000) && skopeo.exitCode() == 0)
        return true;
    qWarning("%s", skopeo.readAllStandardError().constData());
    return false;
}

} // namespace Tagboat::Testing
