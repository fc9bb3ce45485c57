// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/imagenews.h"

#include <QSet>
#include <QVariant>

namespace Tagboat {

//! What the lists of images show of the news beside their own cells: badges, what is read aloud of them, and
//! ImageRole::IsOutdated.
class NewsCells
{
public:
    //! Gives the root digests of the images whose cells are to be painted anew.
    QSet<Digest> set(const ImageNewsMap& news);
    //! What a row is about: an image with all its names, one name and its image, or a name below its image.
    enum class Row { Image, Tag, Alias };
    //! \a cell of \a image with its news. \a name is the canonical one of a tag or alias.
    [[nodiscard]] QVariant with(const QVariant& cell, const StoredImage& image, Row row, const QString& name,
                                int column, int role) const;

private:
    ImageNewsMap m_news;
};

} // namespace Tagboat
