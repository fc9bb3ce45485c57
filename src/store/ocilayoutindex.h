// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/descriptor.h"
#include "store/namechange.h"

#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QStringList>

namespace Tagboat {

struct IndexText;

/*!
 * \brief A layout's index.json: which images there are, and what they are called.
 *
 * What we do not know in it (fields, annotations, entries that are no descriptors) is written back as it was
 * read. An entry's name is `io.containerd.image.name` where there is one, else
 * `org.opencontainers.image.ref.name`. Two entries of one name: the first counts, the other is warned about
 * and taken for nameless.
 */
class OciLayoutIndex
{
public:
    struct Entry
    {
        QByteArray json;                  //!< as it was read
        std::optional<Descriptor> target; //!< without the naming annotations; none where it is no descriptor
        QString name;                     //!< empty where none, or where an earlier entry has it
        QString refName;                  //!< org.opencontainers.image.ref.name as it stands
        bool isRepeated = false;          //!< an earlier entry has the name
    };

    //! Corrupt where it is no index (it names \a path). Not the limits of manifests: a store may hold many
    //! images.
    [[nodiscard]] static Result<OciLayoutIndex> parse(const QByteArray& bytes, const QString& path);
    //! The index of a layout without images.
    [[nodiscard]] static OciLayoutIndex empty();
    [[nodiscard]] QByteArray toBytes() const;

    [[nodiscard]] const QList<Entry>& entries() const { return m_entries; }
    [[nodiscard]] QStringList
    warnings() const; //!< entries that are no descriptors, names that stand there twice

    //! The entry called exactly \a name, else the one whose name means the same reference ("alpine:3" and
    //! "docker.io/library/alpine:3"); null where there is none.
    [[nodiscard]] const Entry* named(const QString& name) const;

    //! Points \a name (canonical) at \a target, wherever it pointed before; an image that loses its last name
    //! so stays as a nameless entry. Gives the former target.
    std::optional<Descriptor> setName(const QString& name, const Descriptor& target);
    //! Takes a name away; false where nothing is called so. An image's last name leaves a nameless entry.
    bool removeName(const QString& name);
    //! Sees to it that \a target has an entry, nameless where it has none yet.
    void keep(const Descriptor& target);
    //! Removes every entry of these digests, names and all.
    void removeTargets(const QSet<Digest>& digests);
    //! Names that mean something else than when this was read.
    [[nodiscard]] const QList<NameChange>& changes() const { return m_changes; }

    //! The canonical reference a stored name means; bare tags, which are no references, mean themselves.
    [[nodiscard]] static QString meaningOf(const QString& name);

private:
    //! True where \a entry is called \a name or means the same, repetitions included.
    [[nodiscard]] static bool isCalled(const Entry& entry, const QString& name, const QString& meaning);
    [[nodiscard]] bool isElsewhere(qsizetype position) const;
    void dropName(qsizetype position);
    void update(qsizetype position, const QJsonObject& json);
    void addEntries(const QByteArray& text, const IndexText& parts);
    void findRepetitions();

    QByteArray m_frame; //!< the document but for its manifests
    QByteArray m_text;  //!< what entries may point into
    QList<Entry> m_entries;
    QList<NameChange> m_changes;
    QString m_path;
};

} // namespace Tagboat
