// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "oci/digest.h"

#include <QByteArray>

#include <functional>
#include <memory>

// Plain uses of OpenSSL, zlib and libzstd by which the tests make and judge content, apart from src/content.

namespace Tagboat::Testing {

using BytesSink = std::function<void(QByteArrayView)>;

//! SHA-256 of what passes by.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Q_DISABLE_COPY_MOVE(Sha256)
    void update(QByteArrayView bytes);
    [[nodiscard]] Digest finish();
    [[nodiscard]] qint64 size() const { return m_size; }

private:
    struct Private;
    std::unique_ptr<Private> d;
    qint64 m_size = 0;
};

//! Bytes in, other bytes out into a sink.
class Filter
{
public:
    virtual ~Filter() = default;
    //! False where the bytes cannot be what they should be.
    [[nodiscard]] virtual bool write(QByteArrayView bytes) = 0;
    //! False where the input ended too early.
    [[nodiscard]] virtual bool finish() = 0;
};

[[nodiscard]] std::unique_ptr<Filter> copyFilter(BytesSink sink);
//! \a level as zlib's; 0 stores.
[[nodiscard]] std::unique_ptr<Filter> gzipFilter(int level, BytesSink sink);
[[nodiscard]] std::unique_ptr<Filter> zstdFilter(int level, BytesSink sink);
//! Decompresses what the first bytes say it is: gzip, zstd, or nothing of these.
[[nodiscard]] std::unique_ptr<Filter> unpackFilter(BytesSink sink);

} // namespace Tagboat::Testing
