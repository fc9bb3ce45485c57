// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"

#include <QByteArray>

#include <optional>

namespace Tagboat {

//! `Content-Range` of a 206: "bytes 5-9/10" (RFC 9110 §14.4).
struct ContentRange
{
    qint64 first = 0;
    qint64 last = 0;
    qint64 total = -1; //!< "*" where the server does not know

    [[nodiscard]] static std::optional<ContentRange> parse(QByteArrayView field);
};

//! Bytes an upload session holds by its `Range` field: "0-99" is 100 bytes. Lenient: "bytes=0-99", and Quay's
//! "0--1". "0-0" is nothing or one byte; taken for nothing unless \a sentOneByte.
[[nodiscard]] std::optional<qint64> uploadedBytes(QByteArrayView field, bool sentOneByte);

//! \a source without its first \a count bytes: for a server that does not know ranges. Corrupt where it is
//! shorter.
[[nodiscard]] ByteSourcePtr skipping(ByteSourcePtr source, qint64 count, QString subject);

} // namespace Tagboat
