// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/task.h"
#include "cli/arguments.h"
#include "cli/output.h"
#include "workbench/session.h"

#include <memory>

namespace Tagboat {

//! How the program ends; also what scripts may rely on.
namespace Exit {
inline constexpr int Done = 0, Failed = 1, Usage = 2, Partly = 3, Cancelled = 130;
}

//! What a running command works with.
struct Context
{
    Arguments arguments;
    std::shared_ptr<Output> output;
    std::shared_ptr<Session> session; //!< null for commands that need none
    QString profile;                  //!< --profile
    bool isVerbose = false;
};
using ContextPtr = std::shared_ptr<Context>;

/*!
 * \brief One command of `tagboat-cli`: what it takes, what the help says of it, and what it does.
 *
 * `run` writes its result to the output itself and gives the exit code (Done or Partly); an error is written
 * by the caller. It is a free coroutine that holds its context by value.
 */
struct Command
{
    QLatin1StringView name = {};
    QLatin1StringView operands = {}; //!< as in the help: "REF [DEST...]"
    int least = 0, most = 0;         //!< operands; most -1: any number
    QLatin1StringView summary = {};
    QList<OptionSpec> options = {};
    bool needsSession = true;
    Task<Result<int>> (*run)(ContextPtr context, std::stop_token stop) = nullptr;
};

//! All commands, in the order of the help.
[[nodiscard]] const QList<Command>& commands();
//! Options that stand before or after the name of any command.
[[nodiscard]] const QList<OptionSpec>& globalOptions();
//! Options of commands that talk to a registry: as whom.
[[nodiscard]] QList<OptionSpec> accountOptions();

// One function a group of commands, each in the file of that name.
[[nodiscard]] QList<Command> accountCommands();     //!< login logout profiles
[[nodiscard]] QList<Command> loginImportCommands(); //!< import-logins
[[nodiscard]] QList<Command> ruleCommands();        //!< rules rule
[[nodiscard]] QList<Command> pullCommands();        //!< pull
[[nodiscard]] QList<Command> pushCommands();        //!< push
[[nodiscard]] QList<Command> imageCommands();       //!< images inspect tag rm
[[nodiscard]] QList<Command> fileCommands();        //!< files
[[nodiscard]] QList<Command> outdatedCommands();    //!< outdated
[[nodiscard]] QList<Command> historyCommands();     //!< history undo
[[nodiscard]] QList<Command> storageCommands();     //!< df gc verify
[[nodiscard]] QList<Command> registryCommands();    //!< repos tags
[[nodiscard]] QList<Command> referrerCommands();    //!< referrers
[[nodiscard]] QList<Command> archiveCommands();     //!< import export
[[nodiscard]] QList<Command> nameCommands();        //!< name

} // namespace Tagboat
