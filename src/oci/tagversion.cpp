// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/tagversion.h"

#include <QList>

#include <algorithm>
#include <array>

namespace Tagboat {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MaxNumbers = 4;

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

qsizetype digitsAt(QStringView text, qsizetype from)
{
    qsizetype end = from;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    return end - from;
}

//! "rc", "rc1", "rc.2", "beta2": one of the words that mark a pre-release, then perhaps numbers.
bool marksPrerelease(QStringView word)
{
    constexpr std::array Words{"alpha"_L1, "beta"_L1,     "preview"_L1, "pre"_L1,   "rc"_L1,
                               "dev"_L1,   "snapshot"_L1, "nightly"_L1, "canary"_L1};
    for (const QLatin1StringView known : Words) {
        if (!word.startsWith(known, Qt::CaseInsensitive))
            continue;
        const QStringView rest = word.sliced(known.size());
        if (std::ranges::all_of(rest, [](QChar c) { return isDigit(c) || c == u'.'; }))
            return true;
    }
    return false;
}

//! Python's "3.14.0rc2", "3.14.0a1": a pre-release glued to the number.
bool marksGluedPrerelease(QStringView word)
{
    const bool isShort =
        word.size() >= 2 && (word[0] == u'a' || word[0] == u'b') && digitsAt(word, 1) == word.size() - 1;
    return isShort || (!word.isEmpty() && marksPrerelease(word));
}

int compareNumbers(QStringView a, QStringView b)
{
    while (a.size() > 1 && a.front() == u'0')
        a = a.sliced(1);
    while (b.size() > 1 && b.front() == u'0')
        b = b.sliced(1);
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

//! Text with runs of digits compared as numbers, so that "rc2" comes before "rc10".
int compareNaturally(QStringView a, QStringView b)
{
    qsizetype i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const qsizetype m = digitsAt(a, i), n = digitsAt(b, j);
            if (const int order = compareNumbers(a.sliced(i, m), b.sliced(j, n)); order != 0)
                return order;
            i += m;
            j += n;
        } else if (a[i] != b[j]) {
            return a[i] < b[j] ? -1 : 1;
        } else {
            ++i;
            ++j;
        }
    }
    const qsizetype left = a.size() - i, right = b.size() - j;
    return left < right ? -1 : left > right ? 1 : 0;
}

} // namespace

std::optional<TagVersion> TagVersion::parse(QStringView tag)
{
    TagVersion version;
    if (tag.startsWith(u'v')) {
        version.prefix = u"v"_s;
        tag = tag.sliced(1);
    }
    qsizetype at = 0;
    for (;;) {
        const qsizetype length = digitsAt(tag, at);
        bool fits = false;
        const qint64 number = tag.sliced(at, length).toLongLong(&fits);
        if (!fits || version.numbers.size() == MaxNumbers)
            return std::nullopt;
        version.numbers.append(number);
        at += length;
        if (at + 1 >= tag.size() || tag[at] != u'.' || !isDigit(tag[at + 1]))
            break;
        ++at;
    }
    QStringView rest = tag.sliced(at);
    if (rest.isEmpty())
        return version;
    if (rest.front() == u'-') {
        rest = rest.sliced(1);
        if (rest.isEmpty())
            return std::nullopt;
        const QList<QStringView> words = rest.split(u'-');
        version.m_prerelease = std::ranges::any_of(words, marksPrerelease);
    } else {
        if (!marksGluedPrerelease(rest.first(rest.contains(u'-') ? rest.indexOf(u'-') : rest.size())))
            return std::nullopt;
        version.m_prerelease = true;
    }
    version.suffix = rest.toString();
    return version;
}

QStringList TagVersion::cascade() const
{
    QStringList tags;
    if (m_prerelease)
        return tags;
    const QString flavour = suffix.isEmpty() ? QString() : u'-' + suffix;
    for (qsizetype count = numbers.size() - 1; count >= 1; --count) {
        QStringList parts;
        for (const qint64 number : numbers.first(count))
            parts.append(QString::number(number));
        tags.append(prefix + parts.join(u'.') + flavour);
    }
    if (suffix.isEmpty())
        tags.append(u"latest"_s);
    return tags;
}

QStringList TagVersion::cascadeAmong(const QStringList& others) const
{
    qsizetype inCommon = 0; // with any higher version: so many numbers, or more, may not move
    bool isHighest = true;
    for (const QString& other : others) {
        const auto rival = parse(other);
        if (!rival || rival->m_prerelease || rival->suffix != suffix || compare(*rival, *this) <= 0
            || (rival->numbers == numbers)) // the same, written otherwise
            continue;
        isHighest = false;
        qsizetype same = 0;
        while (same < numbers.size() && same < rival->numbers.size() - 1
               && numbers[same] == rival->numbers[same])
            ++same;
        inCommon = qMax(inCommon, same);
    }
    QStringList tags = cascade();
    if (isHighest)
        return tags;
    tags.removeAll(u"latest"_s);
    tags.removeIf([&](const QString& tag) {
        const auto shorter = parse(tag);
        return shorter && shorter->numbers.size() <= inCommon;
    });
    return tags;
}

int TagVersion::compare(const TagVersion& a, const TagVersion& b)
{
    for (qsizetype i = 0; i < qMax(a.numbers.size(), b.numbers.size()); ++i) {
        const qint64 ours = a.numbers.value(i), theirs = b.numbers.value(i);
        if (ours != theirs)
            return ours < theirs ? -1 : 1;
    }
    if (a.m_prerelease != b.m_prerelease)
        return a.m_prerelease ? -1 : 1;
    if (const int order = compareNaturally(a.suffix, b.suffix); order != 0)
        return order;
    if (a.numbers.size() != b.numbers.size())
        return a.numbers.size() < b.numbers.size() ? -1 : 1;
    return a.prefix.compare(b.prefix);
}

bool operator<(const TagOrder& a, const TagOrder& b)
{
    // Words ("latest", "stable", "main") stand after all versions: with the newest first they come on top.
    if (a.m_version.has_value() != b.m_version.has_value())
        return a.m_version.has_value();
    const int order =
        a.m_version ? TagVersion::compare(*a.m_version, *b.m_version) : compareNaturally(a.m_tag, b.m_tag);
    return order != 0 ? order < 0 : a.m_tag < b.m_tag;
}

bool tagLessThan(const QString& a, const QString& b)
{
    return TagOrder(a) < TagOrder(b);
}

} // namespace Tagboat
