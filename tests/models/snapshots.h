// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

//! Hand-made images for tests of models and pages.
namespace Tagboat::Samples {

[[nodiscard]] inline Digest digestOf(const QByteArray& text)
{
    return Digest::ofBytes(text);
}

[[nodiscard]] inline StoredLayer layer(const QByteArray& seed, qint64 size, const QString& step)
{
    StoredLayer made;
    made.descriptor.digest = digestOf(seed);
    made.descriptor.size = size;
    made.diffId = digestOf("diff of " + seed);
    made.step = step;
    return made;
}

//! An image with one platform; its digests come from \a seed.
[[nodiscard]] inline StoredImage image(const QByteArray& seed, const QStringList& names,
                                       const QList<StoredLayer>& layers = {})
{
    StoredImage made;
    made.target.digest = digestOf(QByteArray("manifest ") + seed);
    made.target.size = 500;
    made.id = digestOf(QByteArray("config ") + seed);
    made.names = names;
    StoredPlatform platform;
    platform.manifest = made.target;
    platform.platform.os = QStringLiteral("linux");
    platform.platform.architecture = QStringLiteral("amd64");
    platform.configDigest = made.id;
    platform.layers = layers;
    for (const StoredLayer& one : layers)
        platform.size += one.descriptor.size;
    made.platforms = {platform};
    made.size = made.unique = platform.size;
    return made;
}

} // namespace Tagboat::Samples
