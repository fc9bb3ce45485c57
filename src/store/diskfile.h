// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace Tagboat {

/*!
 * \brief An open file of the store: the one place of this floor that speaks to the operating system.
 *
 * Symbolic links are never followed at the last part of a path: a layout that somebody else made must not
 * lead out of its folder. Locks are advisory (flock) and belong to this object, so two DiskFiles exclude each
 * other within one process just as well as between two. Errors name the path.
 */
class DiskFile
{
public:
    enum class Lock { Shared, Exclusive };

    DiskFile() = default;
    ~DiskFile();
    DiskFile(DiskFile&& other) noexcept;
    DiskFile& operator=(DiskFile&& other) noexcept;
    Q_DISABLE_COPY(DiskFile)

    //! For reading; only a plain file will do (a link, folder or pipe is Corrupt).
    [[nodiscard]] static Result<DiskFile> open(const QString& path);
    //! For writing; the file must not exist yet.
    [[nodiscard]] static Result<DiskFile> create(const QString& path);
    //! For reading and writing on, made if need be; the position is its beginning. Only a plain file will do.
    [[nodiscard]] static Result<DiskFile> openToContinue(const QString& path);
    //! For locking: made if need be, opened for reading where it may not be written.
    [[nodiscard]] static Result<DiskFile> openToLock(const QString& path);

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] Result<qint64> size() const;
    //! Up to \a size bytes from the current position; empty at the end.
    [[nodiscard]] Result<QByteArray> read(qint64 size);
    //! The whole file; more than \a limit bytes is InvalidInput.
    [[nodiscard]] Result<QByteArray> readAll(qint64 limit);
    [[nodiscard]] Result<void> write(QByteArrayView bytes);
    /*!
     * \brief Writes past the page cache (O_DIRECT), which costs a fraction of the CPU time for what nobody
     * reads back soon.
     *
     * The position, the length and the address of \a bytes are multiples of DirectBlock. Gives how many bytes
     * were written; fewer where the file system takes no more in this way: the rest is for write().
     */
    [[nodiscard]] Result<qint64> writeDirect(QByteArrayView bytes);
    //! What disks and file systems in use ask of writeDirect(); where more is asked, it writes nothing.
    static constexpr qint64 DirectBlock = PieceAlignment;
    //! Cuts the file off at \a size and goes on writing there. What reserve() set aside beyond is let go.
    [[nodiscard]] Result<void> truncate(qint64 size);
    //! Sets \a size bytes of disk aside, so that a full disk is known before the first byte arrives. The
    //! file's length stays as it is; file systems that cannot are left alone.
    [[nodiscard]] Result<void> reserve(qint64 size);
    //! Content and length are on the disk when it returns.
    [[nodiscard]] Result<void> sync();
    //! False where somebody else holds a lock that excludes this one; \a wait waits for it instead.
    [[nodiscard]] Result<bool> lock(Lock kind, bool wait = false);
    //! True while `path()` still is this very file.
    [[nodiscard]] bool isAtItsPath() const;
    void close();

private:
    [[nodiscard]] static Result<DiskFile> openPlain(const QString& path, int flags);
    DiskFile(int descriptor, QString path) : m_descriptor(descriptor), m_path(std::move(path)) { }
    int m_descriptor = -1;
    QString m_path;
};

//! One entry of a folder as a listing gives it.
struct FolderEntry
{
    enum class Kind { File, Folder, Other }; //!< links are Other
    QString name;
    Kind kind = Kind::Other;
    qint64 size = 0;
    qint64 modified = 0; //!< seconds since 1970
};

namespace Disk {

//! What stands at \a path, links not followed; nothing where nothing does.
[[nodiscard]] Result<std::optional<FolderEntry>> entry(const QString& path);
//! Everything in a folder but "." and ".."; NotFound where the folder is missing, Corrupt where it is a link.
[[nodiscard]] Result<QList<FolderEntry>> list(const QString& folder);
//! True where this user may make files in \a folder (it is there, and on no read-only file system).
[[nodiscard]] bool isWritable(const QString& folder);
//! Makes one folder (its parent must be there); fine if it exists.
[[nodiscard]] Result<void> makeFolder(const QString& path);
//! Moves \a from over \a to, atomically. It lasts once the folder is synced.
[[nodiscard]] Result<void> moveOver(const QString& from, const QString& to);
[[nodiscard]] Result<void> syncFolder(const QString& path);
//! Brings to disk whatever was written to the file system of \a folder, by anybody.
[[nodiscard]] Result<void> syncAll(const QString& folder);
//! Fine if there is nothing.
[[nodiscard]] Result<void> remove(const QString& path);
//! Sets the time of last change to now.
[[nodiscard]] Result<void> touch(const QString& path);

} // namespace Disk

} // namespace Tagboat
