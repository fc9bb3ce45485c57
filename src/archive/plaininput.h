// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace Tagboat {

/*!
 * \brief The plain bytes of an archive file, front to back; blocking, for workers, one at a time.
 *
 * Bytes that end early inside a compressed file are Corrupt; it is the tar reader that knows when plain ones
 * do.
 */
class PlainInput
{
public:
    virtual ~PlainInput() = default;
    //! Fills \a buffer; less than \a size only at the end.
    [[nodiscard]] virtual Result<qint64> read(char* buffer, qint64 size) = 0;
    //! Passes over \a size bytes; less only at the end.
    [[nodiscard]] virtual Result<qint64> skip(qint64 size) = 0;
    //! Bytes of the file itself that are used up: the measure of progress.
    [[nodiscard]] virtual qint64 fileBytes() const = 0;
};

//! A plain file; skips without reading.
[[nodiscard]] Result<std::unique_ptr<PlainInput>> openPlainInput(const QString& path);
//! A file compressed by gzip, xz, zstd or bzip2, unpacked by libarchive.
[[nodiscard]] Result<std::unique_ptr<PlainInput>> openCompressedInput(const QString& path);

} // namespace Tagboat
