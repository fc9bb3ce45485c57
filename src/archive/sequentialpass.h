// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/membertable.h"
#include "base/bytestream.h"

namespace Tagboat {

/*!
 * \brief Reads members of a compressed archive after the first walk, front to back, beginning anew where it
 * must.
 *
 * Functions of this class block and are for workers; sequentialSource() is for the event loop.
 */
class SequentialPass
{
public:
    explicit SequentialPass(QString path) : m_path(std::move(path)) { }

    //! Starts the way to \a member: what was opened before can no longer be read.
    [[nodiscard]] Result<void> begin(const ArchiveMember& member);
    //! Goes a part of the way; true when the member's data comes next.
    [[nodiscard]] Result<bool> approach(const ArchiveMember& member);
    [[nodiscard]] Result<QByteArray> read(qint64 maxSize) { return m_reader->read(maxSize); }
    //! Which begin() the position belongs to.
    [[nodiscard]] quint64 turn() const { return m_turn; }
    [[nodiscard]] qint64 fileBytes() const { return m_reader ? m_reader->fileBytes() : 0; }

private:
    const QString m_path;
    std::unique_ptr<TarReader> m_reader;
    int m_ordinal = -1;     // of the entry the reader stands at
    bool m_isFresh = false; // nothing of that entry was given out
    quint64 m_turn = 0;
};

//! Data of a member that the pass stands before.
[[nodiscard]] ByteSourcePtr sequentialSource(std::shared_ptr<SequentialPass> pass, qint64 size);

} // namespace Tagboat
