// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/digest.h"

#include <QCryptographicHash>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

//! Hex digits of an algorithm; 0 where it is not known.
qsizetype hexLength(QStringView algorithm)
{
    if (algorithm == "sha256"_L1)
        return 64;
    if (algorithm == "sha384"_L1)
        return 96;
    if (algorithm == "sha512"_L1)
        return 128;
    return 0;
}

bool isLowerHex(QStringView text)
{
    for (const QChar c : text) {
        if (!((c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f')))
            return false;
    }
    return true;
}

bool isLowerAlnum(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
}

//! `[a-z0-9]+([.+_-][a-z0-9]+)*`: the algorithm part of any digest, whether we know it or not.
bool looksLikeAlgorithm(QStringView text)
{
    bool mayEnd = false;
    for (const QChar c : text) {
        if (isLowerAlnum(c))
            mayEnd = true;
        else if (mayEnd && (c == u'.' || c == u'+' || c == u'_' || c == u'-'))
            mayEnd = false;
        else
            return false;
    }
    return mayEnd;
}

//! `[a-zA-Z0-9=_-]+`: the encoded part of any digest.
bool looksEncoded(QStringView text)
{
    for (const QChar c : text) {
        if (!isLowerAlnum(c) && !(c >= u'A' && c <= u'Z') && c != u'=' && c != u'_' && c != u'-')
            return false;
    }
    return !text.isEmpty();
}

} // namespace

Result<Digest> Digest::parse(QStringView text)
{
    const auto refuse = [text](QString why) {
        return fail(Error::Code::InvalidInput, text.toString(), std::move(why));
    };
    const qsizetype colon = text.indexOf(u':');
    if (colon <= 0 || colon + 1 == text.size())
        return refuse(u"invalid checksum digest format"_s);
    const QStringView algorithm = text.first(colon);
    const QStringView hex = text.sliced(colon + 1);
    const qsizetype length = hexLength(algorithm);
    if (length == 0) {
        if (looksLikeAlgorithm(algorithm) && looksEncoded(hex))
            return refuse(u"unsupported digest algorithm"_s);
        return refuse(u"invalid checksum digest format"_s);
    }
    if (hex.size() != length)
        return refuse(u"invalid checksum digest length"_s);
    if (!isLowerHex(hex))
        return refuse(u"invalid checksum digest format"_s);
    Digest digest;
    digest.m_text = text.toString();
    return digest;
}

Digest Digest::ofBytes(QByteArrayView bytes)
{
    return fromRaw("sha256"_L1, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
}

Digest Digest::fromRaw(QLatin1StringView algorithm, QByteArrayView rawHash)
{
    Q_ASSERT(hexLength(QString(algorithm)) == rawHash.size() * 2);
    Digest digest;
    digest.m_text = algorithm + u':' + QLatin1StringView(rawHash.toByteArray().toHex());
    return digest;
}

QString Digest::algorithm() const
{
    return m_text.first(qMax<qsizetype>(0, m_text.indexOf(u':')));
}

QString Digest::hex() const
{
    return m_text.sliced(m_text.indexOf(u':') + 1);
}

QString Digest::shortHex() const
{
    return hex().first(qMin<qsizetype>(12, hex().size()));
}

} // namespace Tagboat
