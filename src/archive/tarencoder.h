// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <KTar>
#include <QBuffer>
#include <QByteArray>

namespace Tagboat {

/*!
 * \brief Makes what stands around the data of members in a tar: headers and padding by KArchive, the end
 * ourselves.
 *
 * KArchive writes no end of archive, and fails for members of 8 GiB and more, the next call then crashing:
 * those get a pax header from libarchive. Members are files of root with the time 0, so the same images give
 * the same bytes.
 */
class TarEncoder
{
public:
    TarEncoder();
    ~TarEncoder();
    Q_DISABLE_COPY_MOVE(TarEncoder)

    [[nodiscard]] Result<QByteArray> folder(const QString& path);
    //! What comes before the \a size bytes of the file \a path.
    [[nodiscard]] Result<QByteArray> beginFile(const QString& path, qint64 size);
    //! What comes after them.
    [[nodiscard]] Result<QByteArray> endFile(qint64 size);
    //! Two zero blocks, without which strict readers take the archive for cut off.
    [[nodiscard]] static QByteArray endOfArchive();

private:
    [[nodiscard]] QByteArray take();
    [[nodiscard]] std::unexpected<Error> failed(const QString& path) const;

    QBuffer m_buffer;
    KTar m_tar;
};

} // namespace Tagboat
