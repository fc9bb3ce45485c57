// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/registryprocess/tokensigner.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <memory>
#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

template<auto function>
struct Deleter
{
    template<typename T>
    void operator()(T* pointer) const
    {
        function(pointer);
    }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using BioPtr = std::unique_ptr<BIO, Deleter<BIO_free>>;
using SignaturePtr = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;

constexpr int FieldBytes = 32; // of P-256

QByteArray base64Url(const QByteArray& bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray base64Url(const QJsonObject& object)
{
    return base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

KeyPtr keyFrom(const QByteArray& pem)
{
    const BioPtr bio(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    return KeyPtr(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

QByteArray derSignature(const QByteArray& message, EVP_PKEY* key)
{
    const ContextPtr context(EVP_MD_CTX_new());
    const auto* bytes = reinterpret_cast<const unsigned char*>(message.constData());
    const auto size = static_cast<size_t>(message.size());
    size_t length = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1
        || EVP_DigestSign(context.get(), nullptr, &length, bytes, size) != 1)
        return {};
    QByteArray der(static_cast<qsizetype>(length), Qt::Uninitialized);
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(der.data()), &length, bytes, size)
        != 1)
        return {};
    der.truncate(static_cast<qsizetype>(length));
    return der;
}

//! A token wants the two numbers side by side (RFC 7518 §3.4), OpenSSL gives them wrapped in ASN.1.
QByteArray rawSignature(const QByteArray& der)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.constData());
    const SignaturePtr signature(d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));
    QByteArray raw(2 * FieldBytes, '\0');
    auto* out = reinterpret_cast<unsigned char*>(raw.data());
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, FieldBytes) != FieldBytes
        || BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + FieldBytes, FieldBytes) != FieldBytes)
        return {};
    return raw;
}

} // namespace

TokenSigner::TokenSigner() : m_certificate(TestCertificate::make({u"DNS:tokens"_s})) { }

QByteArray TokenSigner::sign(const QJsonObject& claims) const
{
    const QString certificate = QString::fromLatin1(m_certificate.certificate.toDer().toBase64());
    const QJsonObject header{
        {"typ"_L1, "JWT"_L1}, {"alg"_L1, "ES256"_L1}, {"x5c"_L1, QJsonArray{certificate}}};
    const QByteArray message = base64Url(header) + '.' + base64Url(claims);
    const KeyPtr key = keyFrom(m_certificate.key.toPem());
    const QByteArray signature = key ? rawSignature(derSignature(message, key.get())) : QByteArray();
    if (signature.isEmpty())
        qFatal("the token cannot be signed");
    return message + '.' + base64Url(signature);
}

} // namespace Tagboat
