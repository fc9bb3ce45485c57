// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/imagenews.h"

#include <QList>

namespace Tagboat {

//! A base whose tag has moved on, with all images that stand on the old one.
struct OutdatedBase
{
    TagNews tag;
    BaseSource source = BaseSource::Annotation; //!< how it is known of the first of the images
    QList<Digest> images;                       //!< root digests, in the order of the list
};

//! A name here that means another image in its registry.
struct OutdatedName
{
    TagNews tag;
    Digest image; //!< root digest
};

//! A reference that could not be compared, or is not there any more.
struct LostTag
{
    TagNews tag;
    QList<Digest> images;
};

//! The view of all images that there is something newer for.
struct OutdatedView
{
    QList<OutdatedBase> bases; //!< the one with most images first
    QList<OutdatedName> names; //!< by name
    QList<LostTag> doubts;     //!< by name; those of one registry that does not answer stand together
    QList<LostTag> gone;       //!< that their registries have no more, by name
    int upToDate = 0;          //!< references that are as they were
    int notAsked = 0;          //!< references that nobody asked for yet
    [[nodiscard]] bool isEmpty() const { return bases.isEmpty() && names.isEmpty(); }
    [[nodiscard]] int outdatedImages() const; //!< each once
};

//! \a images gives the order, and which of the news count.
[[nodiscard]] OutdatedView outdatedView(const QList<StoredImage>& images, const ImageNewsMap& news);

} // namespace Tagboat
