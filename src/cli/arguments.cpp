// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/arguments.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

template<typename Matches>
const OptionSpec* find(const QList<OptionSpec>& options, Matches matches)
{
    const auto found = std::find_if(options.cbegin(), options.cend(), matches);
    return found == options.cend() ? nullptr : &*found;
}

std::unexpected<Error> misused(const QString& word, const QString& message)
{
    return fail(Error::make(Error::Code::InvalidInput, word, message).during(u"read the command line"_s));
}

} // namespace

Result<Arguments> Arguments::parse(const QStringList& words, const QList<OptionSpec>& options)
{
    Arguments arguments;
    const auto keep = [&arguments](const OptionSpec& option, const QString& value) {
        arguments.m_values[option.name].prepend(value);
    };
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString& word = words[i];
        if (word == "--"_L1) {
            arguments.m_operands.append(words.mid(i + 1));
            break;
        }
        if (!word.startsWith(u'-') || word == "-"_L1) {
            arguments.m_operands.append(word);
            continue;
        }
        if (word.startsWith("--"_L1)) {
            const qsizetype equals = word.indexOf(u'=');
            const QString name = word.mid(2, equals < 0 ? -1 : equals - 2);
            const OptionSpec* option = find(options, [&](const OptionSpec& o) { return o.name == name; });
            if (!option)
                return misused(word, u"unknown option --%1"_s.arg(name));
            if (option->value.isEmpty()) {
                if (equals >= 0)
                    return misused(word, u"option --%1 takes no value"_s.arg(name));
                keep(*option, {});
            } else if (equals >= 0) {
                keep(*option, word.mid(equals + 1));
            } else if (i + 1 < words.size()) {
                keep(*option, words[++i]);
            } else {
                return misused(word, u"option --%1 needs a value: %2"_s.arg(name, option->value));
            }
            continue;
        }
        for (qsizetype at = 1; at < word.size(); ++at) {
            const QChar letter = word[at];
            const OptionSpec* option = find(
                options, [&](const OptionSpec& o) { return o.letter && letter == QLatin1Char(o.letter); });
            if (!option)
                return misused(word, u"unknown option -%1"_s.arg(letter));
            if (option->value.isEmpty()) {
                keep(*option, {});
                continue;
            }
            if (at + 1 < word.size())
                keep(*option, word.mid(at + 1));
            else if (i + 1 < words.size())
                keep(*option, words[++i]);
            else
                return misused(word, u"option -%1 needs a value: %2"_s.arg(letter).arg(option->value));
            break;
        }
    }
    return arguments;
}

} // namespace Tagboat
