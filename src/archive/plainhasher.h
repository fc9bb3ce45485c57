// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/verify.h"
#include "oci/mediatype.h"

#include <memory>

namespace Tagboat {

/*!
 * \brief Unpacks a gzip or zstd stream that passes by, only to hash its plain bytes.
 *
 * `decompressed()` pulls and keeps nothing of what it unpacks; here the compressed bytes are the ones that
 * are wanted, and whether they hold the layer they claim to hold is learned on the way, in the one pass a
 * stream allows. Any thread, one at a time.
 */
class PlainHasher
{
public:
    PlainHasher(MediaType::Compression compression, const QString& algorithm);
    ~PlainHasher();
    Q_DISABLE_COPY_MOVE(PlainHasher)

    //! Corrupt with \a subject where the stream is damaged.
    [[nodiscard]] Result<void> add(QByteArrayView bytes, const QString& subject);
    //! The digest of all plain bytes; Corrupt where the stream is cut off.
    [[nodiscard]] Result<Digest> finish(const QString& subject);

private:
    class Unpacker;
    class GzipUnpacker;
    class ZstdUnpacker;

    Hasher m_hasher;
    std::unique_ptr<Unpacker> m_unpacker;
};

//! Passes a gzip or zstd layer through; before its end is told its plain bytes are checked against \a diffId
//! (DigestMismatch with \a subject).
[[nodiscard]] ByteSourcePtr diffIdChecked(ByteSourcePtr source, MediaType::Compression compression,
                                          Digest diffId, QString subject);

} // namespace Tagboat
