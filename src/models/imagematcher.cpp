// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagefilter.h"
#include "models/imagerows.h"
#include "oci/referenceglob.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Kind = FilterTerm::Kind;

constexpr qsizetype MostWords = 64;

bool concernsName(const FilterTerm& term)
{
    return term.kind == Kind::Word || term.kind == Kind::Glob || term.kind == Kind::Registry;
}

//! Equal but for case; a * stands for anything.
bool fits(QStringView pattern, QStringView text)
{
    const qsizetype star = pattern.indexOf(u'*');
    if (star < 0)
        return pattern.compare(text, Qt::CaseInsensitive) == 0;
    if (!text.startsWith(pattern.first(star), Qt::CaseInsensitive))
        return false;
    const QStringView rest = pattern.sliced(star + 1);
    for (qsizetype from = star; from <= text.size(); ++from) {
        if (fits(rest, text.sliced(from)))
            return true;
        if (!rest.contains(u'*')) // only the end is left to compare
            return text.size() - star >= rest.size()
                && text.last(rest.size()).compare(rest, Qt::CaseInsensitive) == 0;
    }
    return false;
}

bool hasLabel(const StoredImage& image, const FilterTerm& term)
{
    return std::ranges::any_of(image.platforms, [&](const StoredPlatform& platform) {
        return std::ranges::any_of(platform.labels, [&](const StoredLabel& label) {
            return fits(term.text, label.key) && (!term.value || fits(*term.value, label.value));
        });
    });
}

//! "linux/arm64" fits linux/arm64/v8, "arm64" fits it, too.
bool isFor(const Platform& platform, QStringView wanted)
{
    const QString text = platform.toString().toLower();
    if (text.startsWith(wanted) && (text.size() == wanted.size() || text[wanted.size()] == u'/'))
        return true;
    const auto parts = QStringView(text).split(u'/');
    return !wanted.contains(u'/') && parts.contains(wanted);
}

bool isForPlatform(const StoredImage& image, const QString& wanted)
{
    return std::ranges::any_of(image.platforms, [&](const StoredPlatform& entry) {
        return (entry.isPresent || image.platforms.size() == 1) && isFor(entry.platform, wanted);
    });
}

bool holds(const FilterTerm& term, const StoredImage& image, bool isOutdated)
{
    switch (term.kind) {
    case Kind::Label:
        return hasLabel(image, term);
    case Kind::Untagged:
        return image.names.isEmpty() && !isAttached(image);
    case Kind::Outdated:
        return isOutdated;
    case Kind::Incomplete:
        return !image.platforms.isEmpty()
            && std::ranges::none_of(image.platforms, &StoredPlatform::isPresent);
    case Kind::Artifact:
        return image.isArtifact;
    case Kind::Platform:
        return isForPlatform(image, term.text);
    case Kind::Larger:
        return image.size > term.number;
    case Kind::Smaller:
        return image.size < term.number;
    case Kind::Older:
        return image.created.isValid() && image.created.toSecsSinceEpoch() < term.number;
    case Kind::Newer:
        return image.created.isValid() && image.created.toSecsSinceEpoch() >= term.number;
    case Kind::Word:
    case Kind::Glob:
    case Kind::Registry:
        break;
    }
    return true;
}

//! The search of the C library: many times as quick as any that has to mind upper case.
bool contains(const QByteArray& text, const QByteArray& word)
{
    return ::memmem(text.constData(), std::size_t(text.size()), word.constData(), std::size_t(word.size()));
}

//! Most words have letters that no digest has.
bool mayBeInDigest(QStringView word)
{
    return std::ranges::all_of(word, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || c == u':' || c == u's' || c == u'h';
    });
}

bool isInFacts(const ImageRow& row, const FilterTerm& term, const QByteArray& word)
{
    const StoredImage& image = row.image;
    const QString& text = term.text;
    return contains(row.platforms, word)
        || (image.names.isEmpty() && namelessText(image).contains(text, Qt::CaseInsensitive))
        || (mayBeInDigest(text)
            && (image.id.toString().contains(text) || image.target.digest.toString().contains(text)));
}

} // namespace

ImageMatcher::ImageMatcher(const ImageFilter& filter)
{
    for (const FilterTerm& term : filter.terms()) {
        if (!concernsName(term))
            m_ofImage.append(term);
        else if (m_ofName.size() < MostWords) {
            m_ofName.append(term);
            m_words.append(term.text.toUtf8());
        }
    }
}

bool ImageMatcher::setImage(const ImageRow& image, bool isOutdated)
{
    if (m_image == &image && m_wasOutdated == isOutdated)
        return m_isPossible;
    m_wasOutdated = isOutdated;
    m_isPossible = look(image, isOutdated);
    return m_isPossible;
}

bool ImageMatcher::look(const ImageRow& image, bool isOutdated)
{
    m_image = &image;
    m_isInFacts = 0;
    for (const FilterTerm& term : std::as_const(m_ofImage)) {
        if (holds(term, image.image, isOutdated) == term.isNegated)
            return false;
    }
    for (qsizetype i = 0; i < m_ofName.size(); ++i) {
        const FilterTerm& term = m_ofName[i];
        if (term.kind != Kind::Word)
            continue;
        if (!isInFacts(image, term, m_words[i])) {
            if (!term.isNegated && !contains(image.foldedNames, m_words[i]))
                return false; // none of its names has it, either
            continue;
        }
        if (term.isNegated)
            return false;
        m_isInFacts |= quint64(1) << i;
    }
    return true;
}

bool ImageMatcher::accepts(const ShownName* name) const
{
    for (qsizetype i = 0; i < m_ofName.size(); ++i) {
        const FilterTerm& term = m_ofName[i];
        bool isThere = (m_isInFacts >> i & 1) != 0;
        if (name && term.kind == Kind::Word)
            isThere = isThere || contains(name->folded, m_words[i]);
        else if (name && term.kind == Kind::Glob)
            isThere = matchesReference(term.text, name->familiar);
        else if (name)
            isThere =
                name->canonical.startsWith(term.text) && name->canonical.indexOf(u'/') >= term.text.size();
        if (isThere == term.isNegated)
            return false;
    }
    return true;
}

bool ImageMatcher::acceptsAny() const
{
    if (m_image->names.isEmpty())
        return accepts(nullptr);
    return m_ofName.isEmpty()
        || std::ranges::any_of(m_image->names, [this](const ShownName& name) { return accepts(&name); });
}

} // namespace Tagboat
