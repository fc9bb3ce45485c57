// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/digest.h"
#include "store/imagestore.h"

#include <QHash>
#include <QMap>
#include <QStringList>

#include <optional>
#include <vector>

// What an image was made from: values and rules, no I/O.
namespace Tagboat {

//! How it is known what an image's base is. The first that says anything counts.
enum class BaseSource {
    Annotation, //!< org.opencontainers.image.base.* on manifest, index or their descriptors (annotations.md)
    Label,      //!< the same among the labels of the config
    Provenance, //!< what BuildKit noted when it built the image (SLSA provenance)
    Layers,     //!< another image here whose layers it begins with
};
//! "annotation", "label", "provenance", "layers", as stored and in `--json`.
[[nodiscard]] QLatin1StringView toString(BaseSource source);
[[nodiscard]] std::optional<BaseSource> baseSourceFromString(QStringView text);

//! What an image's own documents say about its base.
struct DeclaredBase
{
    BaseSource source = BaseSource::Annotation;
    QString
        reference; //!< canonical, with a tag; empty: only the digest is known, or it was asked for by that
    Digest digest; //!< of the base's manifest or index when the image was made; null: not told
    friend bool operator==(const DeclaredBase&, const DeclaredBase&) = default;
};

//! From annotations or labels; nothing where they name none. A name that is no reference counts as none, and
//! so does "scratch".
[[nodiscard]] std::optional<DeclaredBase> declaredBase(const QMap<QString, QString>& annotations,
                                                       BaseSource source);
//! From the in-toto statement of a provenance attestation (SLSA 0.2 and 1.0, as BuildKit writes them). Only
//! where it names one image as material: of several nobody could tell which is the base.
[[nodiscard]] std::optional<DeclaredBase> baseOfProvenance(const QByteArray& statement);

/*!
 * \brief Finds bases by layers among the images of a store: an image whose whole list of diff IDs another
 * one's list begins with is its base, the longest such list before shorter ones.
 *
 * Diff IDs and not layer digests, so that a base is found however either of them is compressed. A prefix tree
 * for each platform: making it and asking it takes one step a layer, however many images there are. Keeps
 * places in the list it was made from, which must outlive it unchanged.
 */
class BaseFinder
{
public:
    explicit BaseFinder(const QList<StoredImage>& images);

    struct Match
    {
        const StoredImage* image = nullptr;
        const StoredPlatform* platform = nullptr;
        int layers = 0; //!< that both have
    };
    //! The base of \a platform of \a image; nothing where no other image is one. Of several with the same
    //! layers the tagged one, then the one made last, then by digest.
    [[nodiscard]] std::optional<Match> baseOf(const StoredImage& image, const StoredPlatform& platform) const;

private:
    struct Place
    {
        int image = -1;
        int platform = -1;
    };
    [[nodiscard]] bool isBetter(const Place& a, const Place& b) const;

    const QList<StoredImage>& m_images;
    QHash<std::pair<int, QString>, int> m_children; //!< node, diff ID or platform → node; 0 is the root
    std::vector<Place> m_ends;                      //!< of each node: the best image whose layers end there
};

} // namespace Tagboat
