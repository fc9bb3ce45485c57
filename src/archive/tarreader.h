// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/plaininput.h"

#include <memory>
#include <optional>

namespace Tagboat {

struct TarHeader;

//! A member as its headers describe it.
struct TarEntry
{
    enum class Kind { File, Directory, SymLink, HardLink };

    QString path; //!< checked and normalised (memberPath); empty for the root directory
    Kind kind = Kind::File;
    qint64 size = 0;
    QString linkTarget;    //!< a path inside the archive, normalised
    qint64 dataOffset = 0; //!< in the plain bytes
    bool isSimple = true;  //!< one header of the oldest form tells it all: no extension, less than 8 GiB
};

/*!
 * \brief Walks over a tar front to back and believes nothing: the one tar parser for plain and unpacked
 * bytes.
 *
 * Other readers are kind to broken archives (KArchive and libarchive alike): they
 * skip damaged headers, take a cut-off file for the end, let names lead anywhere. Here all of that is an
 * error that names the member: Corrupt for what breaks the format or leaves the archive, Unsupported for
 * forms that are no part of an image archive (sparse files, multi-volume). An archive that has no two zero
 * blocks at its end is cut off.
 *
 * Understands ustar, GNU long names and binary sizes, pax names and sizes. Blocking, for workers, one at a
 * time.
 */
class TarReader
{
public:
    TarReader(std::unique_ptr<PlainInput> input, QString archive);
    ~TarReader();
    Q_DISABLE_COPY_MOVE(TarReader)

    //! The next member; nothing at the proper end. Data of the last one that was not read is passed over.
    [[nodiscard]] Result<std::optional<TarEntry>> next();
    //! Data of the current member, 1 to \a maxSize bytes; empty at its end.
    [[nodiscard]] Result<QByteArray> read(qint64 maxSize);
    //! Passes over at most \a maxSize bytes of the current member's data.
    [[nodiscard]] Result<void> skip(qint64 maxSize);
    [[nodiscard]] qint64 remaining() const { return m_remaining; }
    [[nodiscard]] qint64 fileBytes() const { return m_input->fileBytes(); }

private:
    struct Extension;

    [[nodiscard]] Result<QByteArray> readBlock();
    [[nodiscard]] Result<void> finishMember();
    [[nodiscard]] Result<void> checkEnd();
    [[nodiscard]] Result<QByteArray> readExtension(qint64 size);
    [[nodiscard]] Result<void> takeExtension(const TarHeader& header, Extension& extension);
    [[nodiscard]] Result<TarEntry> describe(const TarHeader& header, const Extension& extension);
    [[nodiscard]] Result<TarEntry::Kind> kindOf(char type, bool isNamedAsFolder) const;
    [[nodiscard]] std::unexpected<Error> notTar() const;
    [[nodiscard]] std::unexpected<Error> cutOff() const;
    [[nodiscard]] QString subject() const;

    const std::unique_ptr<PlainInput> m_input;
    const QString m_archive;
    QString m_member;       // the current one, for errors
    qint64 m_position = 0;  // in the plain bytes
    qint64 m_remaining = 0; // data of the current member
    qint64 m_padding = 0;
    bool m_atEnd = false;
};

} // namespace Tagboat
