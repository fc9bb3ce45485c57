// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/imagenews.h"
#include "workbench/newsmemory.h"

#include <QSet>

// From what is here and what registries said to what is to be shown: values in, values out, any thread.
namespace Tagboat {

//! "docker.io/library/nginx" of a canonical reference, tag and digest cut off.
[[nodiscard]] QString placeOf(const QString& reference);
//! The key of NewsKnowledge::answers for a digest at a place.
[[nodiscard]] QString atPlace(const QString& place, const Digest& digest);

//! By registry: configs that it is known to hold, and in which repositories (Journal::knownAt()).
using KnownPlaces = QHash<QString, QHash<Digest, QStringList>>;
//! What to ask the journal for: by registry the configs of images that have a name there.
[[nodiscard]] QHash<QString, QList<Digest>> placesToKnow(const QList<StoredImage>& images);

//! Whether a tag still points at a digest.
enum class Verdict {
    Same,
    Other,
    AskDigest, //!< a HEAD for the digest may tell
    ReadIndex, //!< only the index that the tag points at tells
    NoDigest,  //!< there is nothing to compare with
};

/*!
 * \brief Compares what a tag points at with the digest that it had.
 *
 * Either may be an index or the manifest of one platform, since builders note now one, now the other as the
 * base, and a pull for one platform keeps that one's manifest. They are the same where one is the other or an
 * index that is known to hold it. A manifest that came from another index of the same repository is another
 * thing, without a look into the new one (which is a pull at Docker Hub): the tag has moved on, if perhaps
 * for other platforms only.
 */
[[nodiscard]] Verdict compareTag(const QString& reference, const Digest& from, const RegistryAnswer& answer,
                                 const NewsKnowledge& known);

//! What is to be told of a tag that had \a from.
[[nodiscard]] TagNews judgeTag(const QString& reference, const Digest& from, const NewsKnowledge& known);

//! What is known of the images, and what there is to ask.
struct NewsView
{
    ImageNewsMap news;
    QHash<QString, QSet<Digest>> questions; //!< references, with what they are to be compared with
    QHash<Digest, QSet<QString>> ofImage;   //!< by root digest: its part of the questions
    QHash<Digest, LayerBase> learnt;        //!< to be remembered, by manifest
    QList<Digest> nameless;                 //!< roots of bases that have no name (any more)
    QList<Digest> unread;                   //!< manifests whose documents were not read yet
};

/*!
 * \brief Puts together what is known.
 *
 * A name is only compared with its registry where that is known to have had the image (it was pulled from
 * there or pushed there): a name that somebody gave here would else be told to a registry that knows nothing
 * of it, and found "newer" there where it was never the same. \a formerNames gives nameless bases the names
 * that they had, by root digest.
 */
[[nodiscard]] NewsView judgeNews(const QList<StoredImage>& images, const NewsKnowledge& known,
                                 const KnownPlaces& places, const QHash<Digest, QStringList>& formerNames);

} // namespace Tagboat
