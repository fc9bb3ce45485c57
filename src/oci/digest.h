// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <QHashFunctions>
#include <QString>

#include <compare>

namespace Tagboat {

/*!
 * \brief `algorithm:hex` that names bytes; always validated, so a non-null Digest is safe as a file name.
 *
 * sha256 (64), sha384 (96) and sha512 (128 lowercase hex digits) are known; anything else is an error
 * (image-spec descriptor.md "Digests"; go-digest).
 */
class Digest
{
public:
    Digest() = default;
    [[nodiscard]] static Result<Digest> parse(QStringView text);
    //! sha256 over bytes in memory.
    [[nodiscard]] static Digest ofBytes(QByteArrayView bytes);
    //! From a finished hash; \a rawHash is the binary value of \a algorithm ("sha256").
    [[nodiscard]] static Digest fromRaw(QLatin1StringView algorithm, QByteArrayView rawHash);

    [[nodiscard]] bool isNull() const { return m_text.isEmpty(); }
    [[nodiscard]] QString algorithm() const;
    [[nodiscard]] QString hex() const;
    //! The first 12 hex digits, the form lists show.
    [[nodiscard]] QString shortHex() const;
    [[nodiscard]] const QString& toString() const { return m_text; }

    friend bool operator==(const Digest&, const Digest&) = default;
    friend auto operator<=>(const Digest& a, const Digest& b) { return a.m_text.compare(b.m_text) <=> 0; }
    friend size_t qHash(const Digest& digest, size_t seed = 0) noexcept { return qHash(digest.m_text, seed); }

private:
    QString m_text;
};

} // namespace Tagboat

template<>
struct std::hash<Tagboat::Digest>
{
    size_t operator()(const Tagboat::Digest& digest) const noexcept { return qHash(digest); }
};
