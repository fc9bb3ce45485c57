// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/imagefilter.h"

#include "oci/referenceglob.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Filter
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::Filter)
};

using Kind = FilterTerm::Kind;

struct Key
{
    QLatin1StringView name;
    Kind kind;
};

constexpr std::array Keys{Key{"label"_L1, Kind::Label},   Key{"registry"_L1, Kind::Registry},
                          Key{"is"_L1, Kind::Untagged},   Key{"platform"_L1, Kind::Platform},
                          Key{"larger"_L1, Kind::Larger}, Key{"smaller"_L1, Kind::Smaller},
                          Key{"older"_L1, Kind::Older},   Key{"newer"_L1, Kind::Newer}};

constexpr std::array States{Key{"untagged"_L1, Kind::Untagged}, Key{"outdated"_L1, Kind::Outdated},
                            Key{"incomplete"_L1, Kind::Incomplete}, Key{"artifact"_L1, Kind::Artifact}};

template<typename List>
QString namesOf(const List& list)
{
    QStringList names;
    for (const Key& key : list)
        names.append(key.name);
    return names.join(u", ");
}

//! A word as it was typed.
struct Token
{
    QString text; //!< without its quotes and dash
    bool isNegated = false;
    bool isPlain = false; //!< begins with a quote: no key, no glob
};

QList<Token> tokensOf(const QString& text)
{
    QList<Token> tokens;
    Token token;
    bool isOpen = false;  // inside quotes
    bool isBegun = false; // something stands there, be it an empty pair of quotes
    const auto finish = [&] {
        if (isBegun && !token.text.isEmpty())
            tokens.append(token);
        token = {};
        isBegun = false;
    };
    for (const QChar c : text) {
        if (c == u'"') {
            if (!isBegun)
                token.isPlain = true;
            isBegun = true;
            isOpen = !isOpen;
        } else if (c.isSpace() && !isOpen) {
            finish();
            token.isNegated = false;
        } else if (c == u'-' && !isBegun && !token.isNegated) {
            token.isNegated = true;
        } else {
            token.text.append(c);
            isBegun = true;
        }
    }
    finish();
    return tokens;
}

//! Bytes: "100MB", "1.5 GiB", "800k", "123"; SI as everywhere in Tagboat.
std::optional<qint64> bytesIn(QStringView text)
{
    qsizetype end = 0;
    while (end < text.size() && (text[end].isDigit() || text[end] == u'.' || text[end] == u','))
        ++end;
    bool isNumber = false;
    const double number = text.first(end).toString().replace(u',', u'.').toDouble(&isNumber);
    if (!isNumber)
        return std::nullopt;
    const QString unit = text.sliced(end).trimmed().toString().toLower();
    constexpr std::array Prefixes{u'k', u'm', u'g', u't'};
    double factor = 1;
    if (!unit.isEmpty() && unit != "b"_L1) {
        const auto prefix = std::ranges::find(Prefixes, unit.front().unicode());
        if (prefix == Prefixes.end())
            return std::nullopt;
        const QStringView rest = QStringView(unit).sliced(1);
        if (!rest.isEmpty() && rest != "b"_L1 && rest != "i"_L1 && rest != "ib"_L1)
            return std::nullopt;
        factor = std::pow(rest.startsWith(u'i') ? 1024.0 : 1000.0, double(prefix - Prefixes.begin() + 1));
    }
    const double bytes = number * factor;
    return bytes < 9e18 ? std::optional(qint64(bytes)) : std::nullopt;
}

//! The moment that was so long ago, or the date itself.
std::optional<qint64> momentIn(QStringView text, const QDateTime& now)
{
    if (const QDate date = QDate::fromString(text.toString(), Qt::ISODate); date.isValid())
        return date.startOfDay(QTimeZone::systemTimeZone()).toSecsSinceEpoch();
    qsizetype end = 0;
    while (end < text.size() && text[end].isDigit())
        ++end;
    bool isNumber = false;
    const int number = text.first(end).toInt(&isNumber);
    if (!isNumber || number > 100'000)
        return std::nullopt;
    const QString unit = text.sliced(end).toString().toLower();
    if (unit == "h"_L1)
        return now.addSecs(-3600 * qint64(number)).toSecsSinceEpoch();
    if (unit == "d"_L1)
        return now.addDays(-number).toSecsSinceEpoch();
    if (unit == "w"_L1)
        return now.addDays(-7 * qint64(number)).toSecsSinceEpoch();
    if (unit == "mo"_L1)
        return now.addMonths(-number).toSecsSinceEpoch();
    if (unit == "y"_L1)
        return now.addYears(-number).toSecsSinceEpoch();
    return std::nullopt;
}

//! True where the words are one slip of the hand apart: a letter missing, too many, wrong, or two swapped.
bool isSlip(QStringView typed, QStringView meant)
{
    if (typed.size() > meant.size())
        std::swap(typed, meant);
    if (meant.size() - typed.size() > 1 || typed == meant)
        return false;
    qsizetype same = 0;
    while (same < typed.size() && typed[same] == meant[same])
        ++same;
    if (typed.size() < meant.size())
        return typed.sliced(same) == meant.sliced(same + 1);
    if (typed.sliced(same + 1) == meant.sliced(same + 1))
        return true;
    return same + 1 < typed.size() && typed[same] == meant[same + 1] && typed[same + 1] == meant[same]
        && typed.sliced(same + 2) == meant.sliced(same + 2);
}

//! Makes conditions of words, and hints of what is none.
class Reader
{
public:
    explicit Reader(const QDateTime& now) : m_now(now) { }

    void read(const Token& token)
    {
        m_token = &token;
        const QString& text = token.text;
        if (token.isPlain) {
            add(Kind::Word, text.toLower());
        } else if (text.startsWith(u'>') || text.startsWith(u'<')) {
            QStringView size = QStringView(text).sliced(1);
            if (size.startsWith(u'='))
                size = size.sliced(1);
            readSize(text.startsWith(u'>') ? Kind::Larger : Kind::Smaller, text.first(1), size);
        } else if (const qsizetype colon = text.indexOf(u':'); colon > 0 && readKey(text, colon)) {
            return;
        } else if (isGlob(text)) {
            add(Kind::Glob, text);
        } else {
            add(Kind::Word, text.toLower());
        }
    }

    QList<FilterTerm> terms;
    QStringList hints;

private:
    void add(Kind kind, const QString& text = {}, qint64 number = 0)
    {
        FilterTerm term;
        term.kind = kind;
        term.isNegated = m_token->isNegated;
        term.text = text;
        term.number = number;
        terms.append(term);
    }

    //! False where what stands before the colon is no key.
    bool readKey(const QString& text, qsizetype colon)
    {
        const QString name = text.first(colon).toLower();
        const QString value = text.sliced(colon + 1);
        const auto key = std::ranges::find(Keys, name, &Key::name);
        if (key == Keys.end()) {
            const auto meant = std::ranges::find_if(
                Keys, [&](const Key& known) { return isSlip(name, QString(known.name)); });
            if (meant != Keys.end() && name.size() > 1)
                hints.append(
                    Filter::tr("“%1” is looked for in names. Did you mean “%2:”?").arg(text, meant->name));
            return false;
        }
        if (name == "is"_L1) {
            readState(value);
            return true;
        }
        switch (key->kind) {
        case Kind::Larger:
        case Kind::Smaller:
            readSize(key->kind, name + u':', value);
            break;
        case Kind::Older:
        case Kind::Newer:
            readMoment(key->kind, name, value);
            break;
        case Kind::Label:
            readLabel(value);
            break;
        default:
            if (value.isEmpty())
                hints.append(key->kind == Kind::Registry
                                 ? Filter::tr("“registry:” needs a host, as in registry:ghcr.io")
                                 : Filter::tr("“platform:” needs one, as in platform:linux/arm64"));
            else
                add(key->kind, value.toLower());
            break;
        }
        return true;
    }

    void readState(const QString& value)
    {
        const auto state = std::ranges::find(States, value.toLower(), &Key::name);
        if (state != States.end())
            add(state->kind);
        else if (value.isEmpty())
            hints.append(Filter::tr("“is:” takes one of: %1").arg(namesOf(States)));
        else
            hints.append(
                Filter::tr("“is:%1” is not known; “is:” takes one of: %2").arg(value, namesOf(States)));
    }

    void readSize(Kind kind, const QString& before, QStringView value)
    {
        if (const auto bytes = bytesIn(value))
            add(kind, {}, *bytes);
        else
            hints.append(Filter::tr("“%1%2” is no size; write for example %3")
                             .arg(before, value, QString(before + u"100MB")));
    }

    void readMoment(Kind kind, const QString& name, QStringView value)
    {
        if (const auto moment = momentIn(value, m_now))
            add(kind, {}, *moment);
        else
            hints.append(Filter::tr("“%1:%2” is no time; write for example %1:12h, %1:30d, %1:2w, %1:6mo, "
                                    "%1:1y or %1:2026-01-31")
                             .arg(name, value));
    }

    void readLabel(const QString& value)
    {
        const qsizetype equals = value.indexOf(u'=');
        const QString key = equals < 0 ? value : value.first(equals);
        if (key.isEmpty()) {
            hints.append(
                Filter::tr("“label:” needs a key, as in label:maintainer or label:stage=production"));
            return;
        }
        add(Kind::Label, key);
        if (equals >= 0)
            terms.last().value = value.sliced(equals + 1);
    }

    QDateTime m_now;
    const Token* m_token = nullptr;
};

} // namespace

ImageFilter ImageFilter::parse(const QString& text, const QDateTime& now)
{
    Reader reader(now);
    const QList<Token> tokens = tokensOf(text);
    for (const Token& token : tokens)
        reader.read(token);
    ImageFilter filter;
    filter.m_terms = std::move(reader.terms);
    filter.m_hints = std::move(reader.hints);
    return filter;
}

bool ImageFilter::asksFor(FilterTerm::Kind kind) const
{
    return std::ranges::any_of(m_terms, [kind](const FilterTerm& term) { return term.kind == kind; });
}

QStringList ImageFilter::keys()
{
    QStringList keys;
    for (const Key& key : Keys)
        keys.append(key.name + u':');
    return keys;
}

QStringList ImageFilter::states()
{
    QStringList states;
    for (const Key& state : States)
        states.append(state.name);
    return states;
}

QString ImageFilter::quoted(const QString& text)
{
    const bool needsQuotes = std::ranges::any_of(text, [](QChar c) { return c.isSpace(); });
    return needsQuotes ? QString(u'"' + text + u'"') : text;
}

} // namespace Tagboat
