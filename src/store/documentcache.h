// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/manifest.h"
#include "store/imagestore.h"
#include "store/layoutfiles.h"

#include <QDateTime>

#include <memory>
#include <mutex>

namespace Tagboat {

//! What a stored manifest or index leads to; its bytes stay on the disk.
struct StoredDocument
{
    enum class Kind { Manifest, Index, Unknown };
    Kind kind = Kind::Unknown;
    QString mediaType;
    bool isImage = false; //!< a manifest whose config is an image config
    QString artifactType;
    Descriptor config;
    QList<Descriptor> layers;
    QList<Descriptor> children; //!< manifests and indexes that an index or an unknown document points at
    std::optional<Descriptor> subject;
    QList<Digest> mentioned; //!< every other digest in an unknown document
};

//! What lists show of an image config.
struct StoredConfig
{
    Platform platform;
    QDateTime created;
    QList<Digest> diffIds;
    QStringList steps;         //!< of layers, base first
    QList<StoredLabel> labels; //!< by key
};

using StoredDocumentPtr = std::shared_ptr<const StoredDocument>;
using StoredConfigPtr = std::shared_ptr<const StoredConfig>;

/*!
 * \brief Manifests, indexes and configs of the store, read, checked against their digest and parsed once.
 *
 * What a digest names never changes, so an answer stays right for as long as the file is there; whether it is
 * there the caller knows from the listing. Thread-safe. Errors: NotFound, DigestMismatch, Corrupt, Io.
 */
class DocumentCache
{
public:
    explicit DocumentCache(LayoutFiles files) : m_files(std::move(files)) { }

    //! A media type that we do not know is no error: see StoredDocument::mentioned.
    [[nodiscard]] Result<StoredDocumentPtr> document(const Descriptor& descriptor);
    [[nodiscard]] Result<StoredConfigPtr> config(const Descriptor& descriptor);
    void forget(const QList<Digest>& digests);

    //! Reads many side by side, where they are not known yet: of ten thousand one after the other would take
    //! its time. Errors come up when one of them is asked for.
    void readAhead(const QList<Descriptor>& documents, const BlobListing& there);
    void readConfigsAhead(const QList<Descriptor>& configs, const BlobListing& there);
    //! Takes over, once, what an earlier process has written to \a path.
    void load(const QString& path);
    //! Writes what is known of the blobs that are \a there to \a path, where that is much and much of it new.
    void save(const QString& path, const BlobListing& there);

    //! The bytes that \a descriptor names, from the disk and verified; its size may be -1 for any up to \a
    //! limit.
    [[nodiscard]] static Result<QByteArray> readVerified(const LayoutFiles& files,
                                                         const Descriptor& descriptor, qint64 limit);

private:
    //! The same text, kept in memory once: images on a common base repeat each other's digests and build
    //! steps.
    void share(StoredDocument& document);
    void share(Descriptor& descriptor);
    void share(StoredConfig& config);

    const LayoutFiles m_files;
    std::mutex m_mutex;
    QSet<Digest> m_digests;
    QSet<QString> m_texts;
    QHash<Digest, StoredDocumentPtr> m_documents;
    QHash<Digest, StoredConfigPtr> m_configs;
    bool m_isLoaded = false;
    qsizetype m_read = 0; // documents and configs that no file had
};

} // namespace Tagboat
