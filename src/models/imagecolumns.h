// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagenames.h"
#include "models/roles.h"

#include <QVariant>

namespace Tagboat {

//! Columns and roles that the tree and the flat list of images have in common.
namespace ImageColumn {
enum : int { Name, ImageId, Platform, Created, Size, Unique, Shared, Count };
} // namespace ImageColumn

namespace ImageRole {
enum : int {
    CanonicalName =
        Role::FirstOwnRole, //!< QString; empty on a row that stands for an image with several or no names
    CanonicalNames,         //!< QStringList of the image
    Id,                     //!< QString, image ID with algorithm
    Digest,                 //!< QString, digest of the root manifest or index
    Names,                  //!< QStringList of familiar names of this row, what a filter matches
    Facts,                  //!< QString: ID, digest, platforms; what filter words may match besides names
    IsOutdated,             //!< bool: its base has moved on, or its registry has a newer one under its name
};
} // namespace ImageRole

[[nodiscard]] QVariant imageHeader(int column, int role);
//! A cell of a row that stands for a whole image.
[[nodiscard]] QVariant imageCell(const StoredImage& image, const QList<ShownName>& names, int column,
                                 int role);
//! A cell of a row below its image: one of several names.
[[nodiscard]] QVariant aliasCell(const StoredImage& image, const ShownName& name, int column, int role);
//! A cell of a flat list: one name with the figures of its image.
[[nodiscard]] QVariant tagCell(const StoredImage& image, const QList<ShownName>& names, const ShownName& name,
                               int column, int role);
//! True where nothing that a list shows differs.
[[nodiscard]] bool looksSame(const StoredImage& a, const StoredImage& b);

} // namespace Tagboat
