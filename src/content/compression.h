// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "base/result.h"

#include <QString>

namespace Tagboat {

/*!
 * \brief How plain layers are compressed.
 *
 * gzip is what every client and registry takes; zstd (image-spec
 * "application/vnd.oci.image.layer.v1.tar+zstd") is smaller and quicker to unpack, and wants Docker 23,
 * containerd 1.5, podman 2 or newer to read it.
 */
struct LayerCompression
{
    enum class Kind { Gzip, Zstd };
    static constexpr int DefaultGzipLevel = 2, HighestGzipLevel = 9;
    //! Higher ones exist and want hundreds of megabytes for each block.
    static constexpr int DefaultZstdLevel = 3, HighestZstdLevel = 19;

    Kind kind = Kind::Gzip;
    int level = DefaultGzipLevel; //!< from 1: larger is slower and smaller

    //! "gzip", "zstd", "gzip:9", "zstd:19"; InvalidInput for anything else.
    [[nodiscard]] static Result<LayerCompression> parse(const QString& text);
    [[nodiscard]] QString toString() const;  //!< with its level
    [[nodiscard]] QString mediaType() const; //!< of a layer that was compressed like this
    //! The same bytes give the same bytes as long as this is the same: kind, level, and the libraries that do
    //! it.
    [[nodiscard]] QString maker() const;
    friend bool operator==(const LayerCompression&, const LayerCompression&) = default;
};

/*!
 * \brief \a source compressed, made piece by piece on workers.
 *
 * Cut into blocks that are compressed apart from each other: what comes out depends on the bytes and on
 * LayerCompression::maker() alone, not on the pieces they come in nor on the number of threads.
 */
[[nodiscard]] ByteSourcePtr compressedBy(const LayerCompression& compression, ByteSourcePtr source);

//! compressedBy() gzip, quickly.
[[nodiscard]] ByteSourcePtr gzipped(ByteSourcePtr source);

/*!
 * \brief The plain bytes of \a source, whatever it is compressed with: gzip (several members too), zstd, or
 * not at all; decided by the first bytes, not by any media type.
 *
 * A broken or truncated stream is Corrupt with \a subject; more than \a limit plain bytes (-1: none) is
 * Corrupt as well, so that a bomb ends early.
 */
[[nodiscard]] ByteSourcePtr decompressed(ByteSourcePtr source, QString subject, qint64 limit = -1);

} // namespace Tagboat
