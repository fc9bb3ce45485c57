// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/imagebase.h"

#include <QDateTime>
#include <QHash>
#include <QMetaType>

#include <optional>

// What registries have that images here have not: values that window and command line show.
namespace Tagboat {

enum class NewsState {
    NotAsked, //!< nobody has asked the registry
    UpToDate, //!< the tag points at what it pointed at
    MovedOn,  //!< the tag points at something else now
    Gone,     //!< the registry has no such tag (any more)
    Unknown,  //!< it could not be found out: never taken for any of the others
};
[[nodiscard]] QLatin1StringView toString(NewsState state); //!< "not-asked", "up-to-date", …, for `--json`

//! A tag in its registry, compared with one digest of it that is known here.
struct TagNews
{
    //! Why a state is Unknown.
    enum class Doubt {
        None,
        Failed,    //!< `error`
        NoDigest,  //!< the image names its base without saying which digest that had
        CostsPull, //!< only a look into the index would tell, which this registry counts as a pull
    };

    QString reference; //!< canonical, with a tag
    NewsState state = NewsState::NotAsked;
    Digest from;       //!< what is here, or what the image was made from; null: not known
    Digest to;         //!< what the registry has; null where that is not known
    QDateTime checked; //!< when the registry answered last, UTC; invalid: never
    Doubt doubt = Doubt::None;
    //! What went wrong when it was asked last; also where an answer before that still stands.
    std::optional<Error> error = {};
};

//! The base of one or more platforms of an image, and its tags in their registries.
struct BaseNews
{
    BaseSource source = BaseSource::Annotation;
    QString name;          //!< canonical reference it is called by; empty: only its digest is known
    Digest digest;         //!< what the image was made from; null: not told
    int layers = 0;        //!< BaseSource::Layers: how many layers both have
    QStringList platforms; //!< of the image that stand on it, as text; empty where the image has one only
    QList<TagNews> tags;   //!< of the base; more than one where it is an image here with several names
    [[nodiscard]] NewsState state() const; //!< MovedOn where any tag has; Unknown before UpToDate before Gone
};

//! All that is to be told of one image.
struct ImageNews
{
    QList<BaseNews> bases; //!< empty: none is known; several where platforms differ
    QList<TagNews> tags;   //!< its own names, as far as their registries are known to have had the image

    [[nodiscard]] bool isBaseOutdated() const;    //!< a base has moved on
    [[nodiscard]] bool isNewerInRegistry() const; //!< a name of its own has
    [[nodiscard]] bool isNewerInRegistry(const QString& canonicalName) const;
    [[nodiscard]] bool isOutdated() const { return isBaseOutdated() || isNewerInRegistry(); }
    //! The last time any registry answered about it; invalid: never.
    [[nodiscard]] QDateTime checked() const;
};

[[nodiscard]] bool operator==(const TagNews& a, const TagNews& b); //!< errors by their text
[[nodiscard]] bool operator==(const BaseNews& a, const BaseNews& b);
[[nodiscard]] bool operator==(const ImageNews& a, const ImageNews& b);

//! By root digest. An image without a known base and without a name that can be asked for is left out.
using ImageNewsMap = QHash<Digest, ImageNews>;

//! Which images to ask for, and how far to go.
struct NewsQuestion
{
    QList<Digest> images; //!< root digests; empty: all
    //! A registry that counts the reading of an index as a pull may be read from, where nothing else tells.
    bool mayCostPulls = false;
};

//! How far a check is.
struct NewsProgress
{
    int asked = 0; //!< references answered, or given up
    int total = 0;
};

//! What came of a check.
struct NewsReport
{
    int asked = 0;  //!< references that the registries were asked for
    int failed = 0; //!< of these so many got no answer
    //! Registries that said to wait, and until when.
    QHash<QString, QDateTime> resting;
};

} // namespace Tagboat

Q_DECLARE_METATYPE(Tagboat::NewsReport)
