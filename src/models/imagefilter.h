// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayList>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Tagboat {

struct ImageRow;
struct ShownName;
struct StoredImage;

//! One condition of a filter.
struct FilterTerm
{
    enum class Kind {
        Word,     //!< anywhere in a name, ID, digest or platform
        Glob,     //!< the name, as `docker image ls --filter reference=` takes it
        Label,    //!< a label of the image: its key, perhaps its value
        Registry, //!< beginning of the host in the name
        Untagged,
        Outdated,   //!< its base has moved on, or its registry has a newer one
        Incomplete, //!< parts of it are not here
        Artifact,
        Platform,
        Larger, //!< than `number` bytes
        Smaller,
        Older, //!< made before `number`, seconds since 1970
        Newer,
    };
    Kind kind = Kind::Word;
    bool isNegated = false;
    QString text = {};                 //!< word in lower case, glob, key of a label, host, platform
    std::optional<QString> value = {}; //!< of a label
    qint64 number = 0;

    friend bool operator==(const FilterTerm&, const FilterTerm&) = default;
};

/*!
 * \brief What somebody typed to narrow a list of images; all of its conditions must hold.
 *
 * Words apart by blanks; double quotes keep blanks together and make a plain word of what they begin with; a
 * leading dash turns a condition round. Keys: label:KEY, label:KEY=VALUE, registry:HOST, is:untagged,
 * is:outdated, is:incomplete, is:artifact, platform:linux/arm64, larger:100MB or >100MB, smaller:1GB or
 * <1GB, older:30d, newer:2w (h, d, w, mo, y, or a date as 2026-01-31). A word with *, ? or [ is the glob of
 * `docker image ls --filter reference=`. What cannot be understood is left out and explained in hints().
 */
class ImageFilter
{
public:
    ImageFilter() = default;
    [[nodiscard]] static ImageFilter parse(const QString& text,
                                           const QDateTime& now = QDateTime::currentDateTimeUtc());

    [[nodiscard]] bool isEmpty() const { return m_terms.isEmpty(); }
    [[nodiscard]] const QList<FilterTerm>& terms() const { return m_terms; }
    [[nodiscard]] bool asksFor(FilterTerm::Kind kind) const;
    //! A sentence for each word that was not understood, or perhaps not meant.
    [[nodiscard]] const QStringList& hints() const { return m_hints; }
    friend bool operator==(const ImageFilter& a, const ImageFilter& b) { return a.m_terms == b.m_terms; }

    //! The keys, with the colon, in the order in which they are offered.
    [[nodiscard]] static QStringList keys();
    //! What may follow `is:`.
    [[nodiscard]] static QStringList states();
    //! \a text as one word of a filter, in quotes where it needs them.
    [[nodiscard]] static QString quoted(const QString& text);

private:
    QList<FilterTerm> m_terms;
    QStringList m_hints;
};

/*!
 * \brief Asks a filter about one image after the other.
 *
 * What concerns the image as a whole is decided once for all of its names. At most 64 words are looked for.
 */
class ImageMatcher
{
public:
    explicit ImageMatcher(const ImageFilter& filter);

    //! False where no row of the image can match, whatever its name. \a image is kept by reference.
    [[nodiscard]] bool setImage(const ImageRow& image, bool isOutdated);
    //! Of the image that was set; null for a row without a name.
    [[nodiscard]] bool accepts(const ShownName* name) const;
    //! One of its names, or none where it has none.
    [[nodiscard]] bool acceptsAny() const;

private:
    [[nodiscard]] bool look(const ImageRow& image, bool isOutdated);

    QList<FilterTerm> m_ofImage;
    QList<FilterTerm> m_ofName;
    QByteArrayList m_words; // theirs, UTF-8
    const ImageRow* m_image = nullptr;
    bool m_wasOutdated = false;
    bool m_isPossible = false;
    quint64 m_isInFacts = 0; // a bit for each of m_ofName: the word is found in ID, digest or platform
};

} // namespace Tagboat
