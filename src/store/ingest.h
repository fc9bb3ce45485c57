// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/blockwriter.h"
#include "store/pendingsync.h"

#include <memory>
#include <optional>

namespace Tagboat {

/*!
 * \brief A blob on its way in: a file in ingest/ that becomes a blob by rename, stays for a later try, or
 * vanishes.
 *
 * Its flock says that a living process writes it, so that sweeping can tell it from what a crash left behind.
 * Where the digest is known beforehand the file is named after it (LayoutFiles::partialPath) and outlives a
 * broken line, a stop, a killed process: the next take() of the same digest goes on from there. Its length is
 * at any moment that of the bytes it truly holds, but for a power cut: what a process finds there it has to
 * hash again. Large files go past the page cache. Disk functions: call them on a worker, one at a time.
 */
class Ingest
{
public:
    //! Less is sooner transferred again than looked after.
    static constexpr qint64 LeastKept = 64 * 1024;

    //! A file nobody can go on with. \a size bytes are set aside at once (-1: unknown).
    [[nodiscard]] static Result<std::shared_ptr<Ingest>> create(const LayoutFiles& files, qint64 size);
    //! The file of this digest, with what lies there of it; as create() where somebody else is writing it,
    //! or where it cannot be worked with.
    [[nodiscard]] static Result<std::shared_ptr<Ingest>> take(const LayoutFiles& files, const Digest& digest,
                                                              qint64 size);
    //! Keeps what can be gone on with and removes the rest.
    ~Ingest();
    Q_DISABLE_COPY_MOVE(Ingest)

    //! Bytes written, those of earlier tries included.
    [[nodiscard]] qint64 length() const { return m_length; }
    //! The next of the bytes that were there when the file was taken; all of them have to be read before
    //! anything is written.
    [[nodiscard]] Result<QByteArray> readBack(qint64 size);
    [[nodiscard]] Result<void> write(const QList<QByteArray>& pieces);
    //! Goes on with what keep() has left.
    [[nodiscard]] Result<void> resume();
    //! Forgets all bytes.
    [[nodiscard]] Result<void> beginAnew();
    //! Brings all bytes to the file and gives back the room set aside for the others, until resume(). False
    //! where nothing is worth keeping: then the file is removed.
    [[nodiscard]] bool keep();
    //! Gives the bytes their place under \a digest, which the caller has checked. Large blobs go to disk at
    //! once, the others when \a pending is flushed.
    [[nodiscard]] Result<void> commit(const Digest& digest, PendingSync& pending);
    //! Removes the file, if it was not committed.
    void discard();

private:
    Ingest(LayoutFiles files, DiskFile file, qint64 size, bool isNamed);
    [[nodiscard]] static Result<std::shared_ptr<Ingest>> takeLocked(const LayoutFiles& files,
                                                                    const Digest& digest, qint64 size);
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<void> reserve();

    const LayoutFiles m_files;
    DiskFile m_file;
    const qint64 m_size;  //!< -1: unknown
    const bool m_isNamed; //!< after its digest
    qint64 m_length = 0;
    std::optional<BlockWriter> m_blocks; //!< while a large blob is being written
    bool m_isDone = false;
};

} // namespace Tagboat
