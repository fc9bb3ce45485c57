// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "content/verify.h"

#include <openssl/evp.h>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

struct Algorithm
{
    QLatin1StringView name;
    const EVP_MD* (*method)();
};

//! The algorithms a Digest can have.
const Algorithm& algorithmOf(const QString& name)
{
    static constexpr Algorithm Known[] = {
        {"sha256"_L1, EVP_sha256}, {"sha384"_L1, EVP_sha384}, {"sha512"_L1, EVP_sha512}};
    for (const Algorithm& algorithm : Known) {
        if (algorithm.name == name)
            return algorithm;
    }
    qFatal("no such digest algorithm: %s", qPrintable(name));
}

} // namespace

struct Hasher::Private
{
    explicit Private(const QString& name) : algorithm(algorithmOf(name)), context(EVP_MD_CTX_new())
    {
        if (!context || EVP_DigestInit_ex(context, algorithm.method(), nullptr) != 1)
            qFatal("OpenSSL offers no %s", algorithm.name.data());
    }
    ~Private() { EVP_MD_CTX_free(context); }
    Q_DISABLE_COPY_MOVE(Private)

    const Algorithm& algorithm;
    EVP_MD_CTX* context;
};

Hasher::Hasher(const QString& algorithm) : d(std::make_unique<Private>(algorithm)) { }
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(QByteArrayView bytes)
{
    EVP_DigestUpdate(d->context, bytes.data(), static_cast<size_t>(bytes.size()));
}

Digest Hasher::finish()
{
    unsigned char value[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(d->context, value, &size);
    return Digest::fromRaw(d->algorithm.name, QByteArrayView(value, static_cast<qsizetype>(size)));
}

Result<void> verifyBytes(QByteArrayView bytes, const Descriptor& expected, const QString& subject)
{
    if (bytes.size() != expected.size)
        return fail(Error::Code::DigestMismatch, subject,
                    u"%1 bytes instead of the %2 of %3"_s.arg(bytes.size())
                        .arg(expected.size)
                        .arg(expected.digest.toString()));
    Hasher hasher(expected.digest.algorithm());
    hasher.update(bytes);
    const Digest actual = hasher.finish();
    if (actual != expected.digest)
        return fail(Error::Code::DigestMismatch, subject,
                    u"the bytes have the digest %1 instead of %2"_s.arg(actual.toString(),
                                                                        expected.digest.toString()));
    return {};
}

} // namespace Tagboat
