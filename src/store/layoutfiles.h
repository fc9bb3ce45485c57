// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/digest.h"
#include "store/diskfile.h"
#include "store/namechange.h"

#include <QHash>

#include <memory>
#include <mutex>

namespace Tagboat {

//! A blob as the folder listing shows it.
struct BlobFile
{
    qint64 size = 0;
    qint64 modified = 0; //!< seconds since 1970
};
using BlobListing = QHash<Digest, BlobFile>;

//! Whom to tell of names that change.
class NameWatch
{
public:
    void observe(NameObserver observer);
    void tell(const QList<NameChange>& changes);

private:
    std::mutex m_mutex;
    NameObserver m_observer;
};

struct IndexMemory;

/*!
 * \brief Where things lie in a layout, and the few ways in which files get there.
 *
 * Blob paths are made from validated digests only. Errors of writing are Io or DiskFull about the
 * store's folder, with the file as their cause: that folder is what the person at the screen knows.
 */
class LayoutFiles
{
public:
    explicit LayoutFiles(QString directory);

    //! Files of ours in ingest/ begin so; everything else there is another program's.
    static constexpr QLatin1StringView OurPrefix = QLatin1StringView("tagboat-");
    static constexpr QLatin1StringView PartialEnding = QLatin1StringView(".part");

    [[nodiscard]] const QString& directory() const { return m_directory; }
    [[nodiscard]] QString markerPath() const;
    [[nodiscard]] QString indexPath() const;
    [[nodiscard]] QString lockPath() const;
    [[nodiscard]] QString documentsPath() const; //!< see packDocuments(); only our own layout has one
    [[nodiscard]] QString ingestFolder() const;
    [[nodiscard]] QString blobsFolder() const;
    [[nodiscard]] QString blobPath(const Digest& digest) const; //!< empty for a null digest

    //! A name in ingest/ that nobody has yet; the folder is made if need be.
    [[nodiscard]] Result<QString> newIngestPath(QLatin1StringView ending) const;
    //! Where the bytes of a blob wait for the rest of it; whose they are stands in the name, so that any
    //! later process can go on.
    [[nodiscard]] QString partialPath(const Digest& digest) const;
    //! The digest in the name of such a file; null for any other name.
    [[nodiscard]] static Digest digestOfPartial(const QString& fileName);
    //! Replaces a file of the layout by \a bytes, atomically and durably; call it under the exclusive lock.
    [[nodiscard]] Result<void> replace(const QString& path, const QByteArray& bytes) const;
    //! Moves a finished file from ingest/ to its digest's place; see PendingSync for when that lasts.
    [[nodiscard]] Result<void> placeBlob(const QString& from, const Digest& digest) const;

    //! A blob that is a plain file; nothing if it is not here.
    [[nodiscard]] Result<std::optional<BlobFile>> blob(const Digest& digest) const;
    //! Every blob: plain files with a digest's name. Whatever else lies there is none of ours.
    [[nodiscard]] Result<BlobListing> listBlobs() const;
    //! Refuses a layout whose folders are links.
    [[nodiscard]] Result<void> checkFolders() const;

    //! Tells an error of writing by the store's folder.
    [[nodiscard]] Error blamed(Error error) const;
    //! One for the layout, however many copies of this there are.
    [[nodiscard]] NameWatch& names() const { return *m_names; }
    //! What was read of index.json last; likewise one for the layout.
    [[nodiscard]] const std::shared_ptr<IndexMemory>& indexMemory() const { return m_indexMemory; }

private:
    QString m_directory;
    std::shared_ptr<NameWatch> m_names = std::make_shared<NameWatch>();
    std::shared_ptr<IndexMemory> m_indexMemory;
};

} // namespace Tagboat
