// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "oci/descriptor.h"

#include <memory>

namespace Tagboat {

//! Incremental hash by OpenSSL EVP (ten times faster than QCryptographicHash); any thread, one at a time.
class Hasher
{
public:
    //! \a algorithm as in Digest: sha256, sha384, sha512.
    explicit Hasher(const QString& algorithm = QStringLiteral("sha256"));
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    Q_DISABLE_COPY(Hasher)

    void update(QByteArrayView bytes);
    //! The digest of all bytes so far; the hasher is used up.
    [[nodiscard]] Digest finish();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/*!
 * \brief Passes \a source through and fails with DigestMismatch as soon as it proves not to be \a expected.
 *
 * Too many bytes fail at once, too few or a wrong digest at the end, before the end is reported: whoever got
 * an empty piece has seen exactly the right bytes. Hashing runs on workers, overlapped with the consumer.
 */
[[nodiscard]] ByteSourcePtr verified(ByteSourcePtr source, Descriptor expected);

/*!
 * \brief A source that knows, once its end was read, what has passed through it.
 *
 * For bytes whose digest is only known at their end: a layer while it is compressed, a diff ID while a layer
 * is decompressed. Hashing runs on workers, overlapped with the consumer.
 */
class HashingSource : public ByteSource
{
public:
    //! Null until an empty piece was read.
    [[nodiscard]] virtual Digest digest() const = 0;
    [[nodiscard]] virtual qint64 bytesRead() const = 0;
};
[[nodiscard]] std::shared_ptr<HashingSource> hashing(ByteSourcePtr source);

//! Checks bytes in memory against a descriptor (size, digest): DigestMismatch with \a subject.
[[nodiscard]] Result<void> verifyBytes(QByteArrayView bytes, const Descriptor& expected,
                                       const QString& subject);

} // namespace Tagboat
