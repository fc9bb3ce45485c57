// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

#include <QtClassHelperMacros>

#include <memory>

namespace Tagboat {

/*!
 * \brief A part of a plain file that goes straight from the system's cache to a socket, past sources, workers
 * and Qt's buffers (preadv2(2) with RWF_NOWAIT, which only Linux has; elsewhere there are no such files).
 *
 * Not sendfile(2), although it spares a copy: what it sends was not touched by anybody, so the receiver on
 * the same machine waits for memory with each page, and is woken for each few. A registry took a third
 * longer.
 *
 * The file is read ahead some MiB, so that who sends hardly ever waits for the disk. Used on one thread, but
 * for load().
 */
class OutgoingFile
{
public:
    //! Null where the system, or the file system, does not do that, or the file is not what \a range says:
    //! the source of the bytes is to be read then, and tells what is wrong.
    [[nodiscard]] static std::shared_ptr<OutgoingFile> open(const FileRange& range);
    ~OutgoingFile();
    Q_DISABLE_COPY_MOVE(OutgoingFile)

    struct Step
    {
        enum class Outcome {
            Sent,         //!< `size` bytes, perhaps fewer than wished: the socket is full then
            SocketFull,   //!< nothing for now
            SocketFailed, //!< the other side has gone
            FileFailed,   //!< it became shorter, or cannot be read
        };
        Outcome outcome;
        qint64 size = 0;
    };
    //! Sends the next bytes, at most \a maxSize, as far as \a socket, which is not blocking, takes them.
    [[nodiscard]] Step sendTo(qintptr socket, qint64 maxSize);
    //! The next \a maxSize bytes are in memory as far as can be told; sending them does not wait for the
    //! disk.
    [[nodiscard]] bool isLoaded(qint64 maxSize) const;
    //! Waits until bytes \a offset to \a offset + \a size of the range are in memory. On a worker.
    void load(qint64 offset, qint64 size) const;

    //! Bytes of the range sent so far.
    [[nodiscard]] qint64 sent() const { return m_sent; }
    [[nodiscard]] qint64 left() const { return m_size - m_sent; }

private:
    OutgoingFile(int descriptor, qint64 start, qint64 size);
    void readAhead();
    [[nodiscard]] bool readPiece();

    const int m_descriptor;
    const qint64 m_start; // of the range in the file
    const qint64 m_size;
    qint64 m_sent = 0;
    qint64 m_asked = 0; // what the disk was asked for
    QByteArray m_piece; // read, and sent as far as m_taken
    qsizetype m_taken = 0;
};

} // namespace Tagboat
