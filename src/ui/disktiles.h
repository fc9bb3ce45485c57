// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "ui/treemap.h"

#include <QHash>

#include <vector>

namespace Tagboat {

//! A treemap's rectangles with what each stands for.
struct DiskTiles
{
    struct Meaning
    {
        int layer = -1; //!< position in the platform's layers
        Digest image;   //!< ID, where it is one image's; null otherwise
    };
    QList<TreemapTile> tiles;
    QStringList groups;
    std::vector<Meaning> meanings; //!< of tiles
    QHash<Digest, int> groupOf;    //!< of images, by root digest
};

//! The layers of one platform, each once, and what else the image has on the disk. \a titles names the
//! store's images by ID.
[[nodiscard]] DiskTiles tilesOf(const StoredImage& image, int platform, const QHash<Digest, QString>& titles);
//! All bytes of the store: a group an image with the layers that only it has, one of shared layers, one of
//! what no image needs. Beyond the largest, images and shared layers are summed up.
[[nodiscard]] DiskTiles tilesOf(const StoreSnapshot& store, const QHash<Digest, QString>& titles);

//! "nginx:alpine and acme/golden-python:3.13", "nginx:alpine, app:1 and 4 more": the images that hold a
//! layer, too. \a others: how many there are.
[[nodiscard]] QString sharersText(const QList<Digest>& some, int others,
                                  const QHash<Digest, QString>& titles);

} // namespace Tagboat
