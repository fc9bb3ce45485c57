// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"
#include "workbench/imagebase.h"

#include <QDateTime>
#include <QHash>

#include <memory>
#include <optional>

namespace Tagboat {

class SqliteFile;
struct JobSnapshot;

//! What a registry said when it was asked for a tag or a digest.
struct RegistryAnswer
{
    Digest digest;                   //!< what is there; null: nothing
    QString mediaType;               //!< of it
    QDateTime checked;               //!< when it was said, UTC; invalid: it never was
    std::optional<Error> error = {}; //!< the last try since then failed
};

//! An index that was seen at a place, with the manifests it holds.
struct KnownIndex
{
    QString place; //!< "docker.io/library/nginx"; empty: one of the store
    QList<Digest> manifests;
};

//! A base that was found by layers, kept for when it has lost its name or is gone from here.
struct LayerBase
{
    QStringList references; //!< what it was called, canonical
    Digest digest;          //!< its root
    int layers = 0;
    friend bool operator==(const LayerBase&, const LayerBase&) = default;
};

//! All that is known without asking anybody. A value: copies share what they hold.
struct NewsKnowledge
{
    QHash<QString, RegistryAnswer> answers; //!< by canonical reference with a tag, or "place@digest"
    QHash<Digest, KnownIndex> indexes;
    QHash<Digest, QStringList> homes; //!< manifest → places where an index of these holds it
    //! By manifest of a platform: what its documents say; nothing where they were read and say nothing.
    QHash<Digest, std::optional<DeclaredBase>> declared;
    QHash<Digest, LayerBase> layerBases; //!< by manifest of a platform
    QHash<QString, QDateTime> resting;   //!< registries that said to wait, until when
    QDateTime checkedAll;                //!< when all images were asked for last; invalid: never
};

/*!
 * \brief `news.db` beside the history: what registries answered about tags, and what images are made from.
 *
 * Window and command line share it. Its loss costs a check, never an image: a broken file is begun anew.
 * Opened when it is first needed. Engine thread. What cannot be written is logged and forgotten at the end of
 * the program.
 */
class NewsMemory
{
public:
    explicit NewsMemory(QString file);
    ~NewsMemory();
    Q_DISABLE_COPY_MOVE(NewsMemory)

    //! As it is now, with what other processes have written.
    [[nodiscard]] const NewsKnowledge& knowledge();

    void noteAnswer(const QString& reference, const RegistryAnswer& answer);
    //! A try that failed; what was answered before stays.
    void noteFailure(const QString& reference, const Error& error);
    //! A pull got \a document for a tag or a digest of \a place: as good as an answer about that tag.
    void noteFetched(const QString& place, const QString& tagOrDigest, const ManifestContent& document);
    //! What was pushed is what its tags point at now.
    void notePushed(const JobSnapshot& job);
    //! An index that was fetched from \a place; anything else is passed over.
    void noteIndex(const QString& place, const ManifestContent& document);
    void noteDeclared(const QHash<Digest, std::optional<DeclaredBase>>& declared);
    void noteLayerBases(const QHash<Digest, LayerBase>& bases);
    void noteResting(const QString& registry, const QDateTime& until);
    void noteCheckedAll(const QDateTime& when);

private:
    //! There may be an answer that is wrong from now on. Where nobody ever asked, pushes and pulls need not
    //! be slowed down by it.
    [[nodiscard]] bool hasAnswers() const;
    [[nodiscard]] bool open();
    //! What is noted is to be put into m_knowledge, too: it was read already, or cannot be.
    [[nodiscard]] bool isInMemory() { return !open() || m_version >= 0; }
    void load();
    void keep(const Digest& index, const KnownIndex& known);
    void write(const QString& sql, const QList<QVariantList>& rows);

    QString m_path;
    std::unique_ptr<SqliteFile> m_file;
    bool m_hasFailed = false;
    qint64 m_version = -1; //!< SQLite's count of what other connections changed, when it was read last
    NewsKnowledge m_knowledge;
};

} // namespace Tagboat
