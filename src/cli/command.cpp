// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/command.h"

namespace Tagboat {

const QList<Command>& commands()
{
    static const QList<Command> all = accountCommands() + loginImportCommands() + ruleCommands()
        + pullCommands() + pushCommands() + imageCommands() + historyCommands() + fileCommands()
        + outdatedCommands() + storageCommands() + registryCommands() + referrerCommands() + archiveCommands()
        + nameCommands();
    return all;
}

const QList<OptionSpec>& globalOptions()
{
    using namespace Qt::StringLiterals;
    static const QList<OptionSpec> options = {
        {"json"_L1, 0, {}, "one JSON object a line: progress, and last a result or an error"_L1},
        {"data-dir"_L1, 0, "DIR"_L1, "where images and history are kept (else TAGBOAT_DATA_DIR)"_L1},
        {"profile"_L1, 0, "NAME"_L1, "the login profile to act as"_L1},
        {"verbose"_L1, 'v', {}, "say more, on standard error"_L1},
        {"help"_L1, 'h', {}, "this text, or that of a command"_L1},
        {"version"_L1, 0, {}, "the version"_L1},
    };
    return options;
}

QList<OptionSpec> accountOptions()
{
    using namespace Qt::StringLiterals;
    return {
        {"anonymous"_L1, 0, {}, "without any account, whatever profiles there are"_L1},
        {"username"_L1, 'u', "USER"_L1, "as this user for this command only; with --password-stdin"_L1},
        {"password-stdin"_L1, 0, {}, "read that user's password or token from standard input"_L1},
    };
}

} // namespace Tagboat
