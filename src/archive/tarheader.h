// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QMap>
#include <QString>

namespace Tagboat {

inline constexpr qint64 TarBlockSize = 512;

//! The bytes up to the next multiple of the block size.
[[nodiscard]] constexpr qint64 tarPadding(qint64 size)
{
    return (TarBlockSize - size % TarBlockSize) % TarBlockSize;
}

//! One header block of a tar, read but not yet believed.
struct TarHeader
{
    //! Corrupt where the block is no tar header: its checksum is wrong, a number is none.
    [[nodiscard]] static Result<TarHeader> parse(QByteArrayView block, const QString& subject);
    //! True if the checksum of a block fits; nothing else is looked at.
    [[nodiscard]] static bool isHeader(QByteArrayView block);
    [[nodiscard]] static bool isZero(QByteArrayView block);

    QByteArray name; //!< with the prefix of the POSIX form
    QByteArray linkTarget;
    qint64 size = 0;
    char type = '0';
    bool isLargeForm = false; //!< the size is in GNU's binary form
};

//! The records of a pax extended header; Corrupt where they break their form.
[[nodiscard]] Result<QMap<QByteArray, QByteArray>> parsePaxRecords(QByteArrayView bytes,
                                                                   const QString& subject);

} // namespace Tagboat
