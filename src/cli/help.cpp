// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/help.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

QString textOf(const QList<OptionSpec>& options)
{
    QStringList left;
    for (const OptionSpec& option : options) {
        QString form = option.letter ? u"-%1, --%2"_s.arg(QLatin1Char(option.letter)).arg(option.name)
                                     : u"    --%1"_s.arg(option.name);
        if (!option.value.isEmpty())
            form += u' ' + option.value;
        left.append(form);
    }
    qsizetype width = 0;
    for (const QString& form : std::as_const(left))
        width = std::max(width, form.size());
    QString text;
    for (qsizetype i = 0; i < options.size(); ++i)
        text += u"  "_s + left[i].leftJustified(width + 2) + options[i].help + u'\n';
    return text;
}

} // namespace

QString usageOf(const Command& command)
{
    QString usage = u"tagboat-cli "_s + command.name;
    if (!command.options.isEmpty())
        usage += u" [OPTIONS]"_s;
    if (!command.operands.isEmpty())
        usage += u' ' + command.operands;
    return usage;
}

QString helpOf(const Command& command)
{
    QString text = u"Usage: "_s + usageOf(command) + u"\n\n"_s + command.summary + u'\n';
    if (!command.options.isEmpty())
        text += u"\nOptions:\n"_s + textOf(command.options);
    return text + u"\nOptions of every command:\n"_s + textOf(globalOptions());
}

QString generalHelp()
{
    QString text = u"Usage: tagboat-cli [OPTIONS] COMMAND [ARGUMENTS]\n\n"
                   "Pushes, pulls, names and tidies container images.\n\nCommands:\n"_s;
    for (const Command& command : commands())
        text += u"  "_s + QString(command.name).leftJustified(10) + command.summary + u'\n';
    text += u"\nOptions:\n"_s + textOf(globalOptions());
    text +=
        u"\ntagboat-cli COMMAND --help tells about a command. Exit codes: 0 done, 1 failed, 2 wrong usage, "
        "3 partly done,\n130 cancelled.\n"_s;
    return text;
}

} // namespace Tagboat
