// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oci/referenceglob.h"

namespace Tagboat {

namespace {

enum class Match { No, Yes, Broken };

//! One character or a set at the front of \a pattern against \a c; moves \a pattern on.
Match matchOne(QStringView& pattern, QChar c)
{
    const QChar front = pattern.front();
    pattern = pattern.sliced(1);
    if (front == u'?')
        return c == u'/' ? Match::No : Match::Yes;
    if (front == u'\\') {
        if (pattern.isEmpty())
            return Match::Broken;
        const QChar quoted = pattern.front();
        pattern = pattern.sliced(1);
        return quoted == c ? Match::Yes : Match::No;
    }
    if (front != u'[')
        return front == c ? Match::Yes : Match::No;

    const bool negated = pattern.startsWith(u'^');
    if (negated)
        pattern = pattern.sliced(1);
    bool found = false;
    bool first = true;
    const auto next = [&pattern]() -> QChar {
        if (pattern.startsWith(u'\\'))
            pattern = pattern.sliced(1);
        if (pattern.isEmpty())
            return {};
        const QChar value = pattern.front();
        pattern = pattern.sliced(1);
        return value;
    };
    while (first || !pattern.startsWith(u']')) {
        if (pattern.isEmpty())
            return Match::Broken;
        first = false;
        const QChar low = next();
        QChar high = low;
        if (pattern.startsWith(u'-')) {
            pattern = pattern.sliced(1);
            if (pattern.isEmpty() || pattern.startsWith(u']'))
                return Match::Broken;
            high = next();
        }
        if (low.isNull() || high.isNull())
            return Match::Broken;
        found = found || (low <= c && c <= high);
    }
    pattern = pattern.sliced(1);
    return found != negated ? Match::Yes : Match::No;
}

bool matches(QStringView pattern, QStringView text)
{
    // The usual single-star backtracking: a later star makes earlier choices irrelevant, so this is never
    // exponential.
    QStringView starPattern, starText;
    bool hasStar = false;
    while (true) {
        if (!pattern.isEmpty() && pattern.front() == u'*') {
            pattern = pattern.sliced(1);
            starPattern = pattern;
            starText = text;
            hasStar = true;
            continue;
        }
        if (text.isEmpty() && pattern.isEmpty())
            return true;
        if (!text.isEmpty() && !pattern.isEmpty()) {
            const Match one = matchOne(pattern, text.front());
            if (one == Match::Broken)
                return false;
            if (one == Match::Yes) {
                text = text.sliced(1);
                continue;
            }
        }
        if (!hasStar || starText.isEmpty() || starText.front() == u'/')
            return false;
        starText = starText.sliced(1);
        text = starText;
        pattern = starPattern;
    }
}

QStringView withoutTag(QStringView name)
{
    if (const auto at = name.indexOf(u'@'); at >= 0)
        name = name.first(at);
    const auto colon = name.lastIndexOf(u':');
    return colon > name.lastIndexOf(u'/') ? name.first(colon) : name;
}

} // namespace

bool isGlob(QStringView text)
{
    return text.contains(u'*') || text.contains(u'?') || text.contains(u'[');
}

bool matchesReference(QStringView pattern, QStringView familiarName)
{
    return matches(pattern, familiarName) || matches(pattern, withoutTag(familiarName));
}

} // namespace Tagboat
