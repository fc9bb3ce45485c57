// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/reference.h"

#include "oci/pastedreference.h"

#include <QList>

#include <algorithm>

namespace Tagboat {

using namespace Qt::StringLiterals;

// distribution/reference regexp.go and normalize.go, read by hand: all of it is ASCII and anchored.
namespace {

constexpr qsizetype MaxRepositoryLength = 255;
constexpr qsizetype MaxTagLength = 128;
constexpr auto DefaultRegistry = "docker.io"_L1;
constexpr auto LegacyDefaultRegistry = "index.docker.io"_L1;
constexpr auto DefaultNamespace = "library/"_L1;
constexpr auto DefaultTag = "latest"_L1;

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isLowerAlnum(QChar c)
{
    return (c >= u'a' && c <= u'z') || isDigit(c);
}

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isAlnum(QChar c)
{
    return isLetter(c) || isDigit(c);
}

bool isHexDigit(QChar c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

bool consistsOf(QStringView text, bool (*accept)(QChar))
{
    return !text.isEmpty() && std::ranges::all_of(text, accept);
}

//! `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
bool isPathComponent(QStringView text)
{
    if (text.isEmpty() || !isLowerAlnum(text.front()) || !isLowerAlnum(text.back()))
        return false;
    for (qsizetype i = 0; i < text.size();) {
        if (isLowerAlnum(text[i])) {
            ++i;
            continue;
        }
        const QChar separator = text[i];
        qsizetype length = 1;
        while (text[i + length] == separator) // ends at the last character, which is none
            ++length;
        if (!isLowerAlnum(text[i + length]))
            return false;
        const bool fits =
            (separator == u'.' && length == 1) || (separator == u'_' && length <= 2) || separator == u'-';
        if (!fits)
            return false;
        i += length;
    }
    return true;
}

bool isPath(QStringView text)
{
    const QList<QStringView> components = text.split(u'/');
    return std::ranges::all_of(components, isPathComponent);
}

bool isDomainLabel(QStringView label)
{
    return consistsOf(label, [](QChar c) { return isAlnum(c) || c == u'-'; }) && label.front() != u'-'
        && label.back() != u'-';
}

//! Host and port: labels or an IPv6 address in brackets, then perhaps `:digits`.
bool isDomain(QStringView text)
{
    QStringView host = text;
    QStringView rest;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 0
            || !consistsOf(text.sliced(1, end - 1), [](QChar c) { return isHexDigit(c) || c == u':'; }))
            return false;
        rest = text.sliced(end + 1);
    } else {
        const qsizetype colon = text.indexOf(u':');
        if (colon >= 0) {
            host = text.first(colon);
            rest = text.sliced(colon);
        }
        const QList<QStringView> labels = host.split(u'.');
        if (!std::ranges::all_of(labels, isDomainLabel))
            return false;
    }
    return rest.isEmpty() || (rest.startsWith(u':') && consistsOf(rest.sliced(1), isDigit));
}

//! `[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}`: what the grammar takes for a digest.
bool looksLikeDigest(QStringView text)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon <= 0 || text.size() - colon - 1 < 32 || !consistsOf(text.sliced(colon + 1), isHexDigit))
        return false;
    bool wordBegins = true;
    for (const QChar c : text.first(colon)) {
        if (wordBegins ? isLetter(c) : isAlnum(c))
            wordBegins = false;
        else if (!wordBegins && (c == u'-' || c == u'_' || c == u'+' || c == u'.'))
            wordBegins = true;
        else
            return false;
    }
    return !wordBegins;
}

bool isBareId(QStringView text)
{
    return text.size() == 64
        && consistsOf(text, [](QChar c) { return isDigit(c) || (c >= u'a' && c <= u'f'); });
}

//! True where the part before the first slash names a registry and not a namespace.
bool namesRegistry(QStringView first)
{
    return first == "localhost"_L1 || first.contains(u'.') || first.contains(u':')
        || first.toString().toLower() != first;
}

std::unexpected<Error> invalid(QStringView input, QString why)
{
    return fail(Error::Code::InvalidInput, input.toString(), std::move(why));
}

} // namespace

Result<Reference> Reference::parse(QStringView text)
{
    Result<Reference> reference = parseAsGiven(text);
    if (reference && reference->m_tag.isEmpty() && reference->m_digest.isNull()) {
        reference->m_tag = DefaultTag;
        reference->m_tagDefault = true;
    }
    return reference;
}

Result<Reference> Reference::parsePasted(QStringView text)
{
    const QString name = referenceInPastedText(text);
    Result<Reference> reference = parse(name);
    if (!reference)
        reference.error().subject = text.trimmed().toString();
    return reference;
}

Result<Reference> Reference::parseRepository(QStringView text)
{
    Result<Reference> reference = parseAsGiven(text);
    if (reference && !reference->m_digest.isNull())
        return invalid(text, u"a repository name must not contain a digest"_s);
    if (reference && !reference->m_tag.isEmpty())
        return invalid(text, u"a repository name must not contain a tag"_s);
    return reference;
}

Result<Reference> Reference::parseAsGiven(QStringView text)
{
    if (isBareId(text))
        return invalid(text, u"cannot specify 64-byte hexadecimal strings"_s);

    Reference reference;
    const qsizetype slash = text.indexOf(u'/');
    QString remainder;
    if (slash >= 0 && namesRegistry(text.first(slash))) {
        reference.m_registry = text.first(slash).toString();
        if (reference.m_registry == LegacyDefaultRegistry)
            reference.m_registry = DefaultRegistry;
        remainder = text.sliced(slash + 1).toString();
    } else {
        reference.m_registry = DefaultRegistry;
        reference.m_registryDefault = true;
        remainder = text.toString();
    }
    if (reference.m_registry == DefaultRegistry && !remainder.contains(u'/')) {
        remainder.prepend(DefaultNamespace);
        reference.m_namespaceDefault = true;
    }

    const QStringView rest(remainder);
    const qsizetype firstColon = rest.indexOf(u':');
    const QString named = (firstColon < 0 ? rest : rest.first(firstColon)).toString();
    if (named.toLower() != named)
        return invalid(text, u"repository name must be lowercase"_s);

    const qsizetype at = rest.indexOf(u'@');
    const QStringView nameAndTag = at < 0 ? rest : rest.first(at);
    const qsizetype colon = nameAndTag.indexOf(u':');
    const QStringView path = colon < 0 ? nameAndTag : nameAndTag.first(colon);
    const bool isWellFormed = isDomain(reference.m_registry) && isPath(path)
        && (colon < 0 || isValidTag(nameAndTag.sliced(colon + 1)))
        && (at < 0 || looksLikeDigest(rest.sliced(at + 1)));
    if (!isWellFormed)
        return invalid(text, u"invalid reference format"_s);
    if (path.size() > MaxRepositoryLength)
        return invalid(text, u"repository name must not be more than 255 characters"_s);

    reference.m_repository = path.toString();
    if (colon >= 0)
        reference.m_tag = nameAndTag.sliced(colon + 1).toString();
    if (at >= 0) {
        Result<Digest> digest = Digest::parse(rest.sliced(at + 1));
        if (!digest)
            return invalid(text, std::move(digest.error().message));
        reference.m_digest = std::move(*digest);
    }
    return reference;
}

QString Reference::canonical() const
{
    if (isNull())
        return {};
    QString text = m_registry + u'/' + m_repository;
    if (!m_tag.isEmpty())
        text += u':' + m_tag;
    if (!m_digest.isNull())
        text += u'@' + m_digest.toString();
    return text;
}

QString Reference::familiar() const
{
    QString text = familiarName();
    if (!m_tag.isEmpty())
        text += u':' + m_tag;
    if (!m_digest.isNull())
        text += u'@' + m_digest.toString();
    return text;
}

QString Reference::familiarName() const
{
    if (isNull())
        return {};
    if (m_registry != DefaultRegistry)
        return m_registry + u'/' + m_repository;
    if (m_repository.startsWith(DefaultNamespace) && m_repository.count(u'/') == 1)
        return m_repository.sliced(DefaultNamespace.size());
    // Docker shortens "docker.io/localhost/x" too, and then reads it as another registry; we keep what makes
    // it right.
    const qsizetype slash = m_repository.indexOf(u'/');
    if (slash < 0 || namesRegistry(QStringView(m_repository).first(slash)))
        return m_registry + u'/' + m_repository;
    return m_repository;
}

QString Reference::tagOrDigest() const
{
    return m_digest.isNull() ? m_tag : m_digest.toString();
}

Result<Reference> Reference::withTag(QStringView tag) const
{
    if (!isValidTag(tag))
        return invalid(tag, u"invalid tag format"_s);
    Reference copy = *this;
    copy.m_tag = tag.toString();
    copy.m_tagDefault = false;
    copy.m_digest = {};
    return copy;
}

Reference Reference::withDigest(Digest digest) const
{
    Reference copy = *this;
    copy.m_tag.clear();
    copy.m_tagDefault = false;
    copy.m_digest = std::move(digest);
    return copy;
}

bool Reference::isValidTag(QStringView tag)
{
    return tag.size() <= MaxTagLength
        && consistsOf(tag, [](QChar c) { return isAlnum(c) || c == u'_' || c == u'.' || c == u'-'; })
        && tag.front() != u'.' && tag.front() != u'-';
}

bool Reference::isValidRepository(QStringView repository)
{
    return repository.size() <= MaxRepositoryLength && isPath(repository);
}

} // namespace Tagboat
