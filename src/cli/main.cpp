// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/memory.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/interrupt.h"

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

//! A command line that was understood: which command, and with what.
struct Invocation
{
    const Command* command = nullptr;
    ContextPtr context;
    SessionPaths paths;
};

const Command* commandNamed(const QString& name)
{
    for (const Command& command : commands()) {
        if (command.name == name)
            return &command;
    }
    return nullptr;
}

//! The command's name is the first word that is no option and no option's value.
qsizetype positionOfCommand(const QStringList& words)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (words[i] == "--data-dir"_L1 || words[i] == "--profile"_L1)
            ++i;
        else if (!words[i].startsWith(u'-'))
            return i;
    }
    return -1;
}

int complain(const Output& output, const Error& error, const QString& usage)
{
    output.usage(error, usage);
    return Exit::Usage;
}

//! Understands the command line; without an invocation the program is over, with this exit code.
std::expected<Invocation, int> understand(QStringList words)
{
    const Output early(words.contains(u"--json"_s), false);
    const QString general = u"tagboat-cli [OPTIONS] COMMAND [ARGUMENTS]; tagboat-cli --help tells more"_s;
    const qsizetype at = positionOfCommand(words);
    const Command* command = at < 0 ? nullptr : commandNamed(words[at]);
    if (at >= 0 && !command)
        return std::unexpected(complain(
            early, Error::make(Error::Code::InvalidInput, words[at], u"no such command: %1"_s.arg(words[at])),
            general));
    if (command)
        words.removeAt(at);
    auto arguments =
        Arguments::parse(words, globalOptions() + (command ? command->options : QList<OptionSpec>()));
    if (!arguments)
        return std::unexpected(complain(early, arguments.error(), command ? usageOf(*command) : general));
    if (arguments->has("help"_L1) || (words.isEmpty() && !command)) {
        const QByteArray text = (command ? helpOf(*command) : generalHelp()).toUtf8();
        std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()),
                    arguments->has("help"_L1) ? stdout : stderr);
        return std::unexpected(arguments->has("help"_L1) ? Exit::Done : Exit::Usage);
    }
    if (arguments->has("version"_L1)) {
        std::puts("tagboat-cli " TAGBOAT_VERSION);
        return std::unexpected(Exit::Done);
    }
    if (!command)
        return std::unexpected(
            complain(early, Error::make(Error::Code::InvalidInput, {}, u"a command is missing"_s), general));
    const qsizetype count = arguments->operands().size();
    if (count < command->least || (command->most >= 0 && count > command->most)) {
        const QString message =
            count < command->least ? u"an argument is missing"_s : u"there are too many arguments"_s;
        return std::unexpected(complain(early, Error::make(Error::Code::InvalidInput, command->name, message),
                                        usageOf(*command)));
    }

    Invocation invocation{command, std::make_shared<Context>(), SessionPaths::standard()};
    invocation.context->isVerbose = arguments->has("verbose"_L1);
    invocation.context->output =
        std::make_shared<Output>(arguments->has("json"_L1), invocation.context->isVerbose);
    invocation.context->profile = arguments->value("profile"_L1);
    if (const QString folder = arguments->value("data-dir"_L1); !folder.isEmpty())
        invocation.paths.dataDirectory = QDir::cleanPath(QDir::current().absoluteFilePath(folder));
    invocation.context->arguments = std::move(*arguments);
    return invocation;
}

int codeOf(const Result<int>& result, Output& output)
{
    if (result)
        return *result;
    output.error(result.error());
    return result.error().code == Error::Code::Cancelled ? Exit::Cancelled : Exit::Failed;
}

//! Runs the command to its end, whatever that is, closes what was opened, and ends the event loop.
Task<void> execute(Invocation invocation, std::stop_token stop)
{
    const ContextPtr context = invocation.context;
    if (invocation.command->needsSession) {
        auto session = Session::open(invocation.paths);
        if (!session) {
            QCoreApplication::exit(codeOf(std::unexpected(std::move(session.error())), *context->output));
            co_return;
        }
        context->session = std::move(*session);
    }
    const Result<int> result = co_await invocation.command->run(context, stop);
    if (context->session)
        co_await context->session->close();
    const int code = codeOf(result, *context->output);
    context->session.reset();
    QCoreApplication::exit(code);
}

} // namespace

int main(int argc, char* argv[])
{
    keepFreedMemory();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"tagboat-cli"_s);
    QCoreApplication::setOrganizationName(u"tagboat"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TAGBOAT_VERSION));

    auto invocation = understand(QCoreApplication::arguments().sliced(1));
    if (!invocation)
        return invocation.error();
    if (invocation->context->isVerbose)
        QLoggingCategory::setFilterRules(u"tagboat.*=true"_s);

    const Interrupt interrupt;
    // The event loop has to run before anything can end it.
    QTimer::singleShot(0, &application,
                       [&] { std::ignore = execute(std::move(*invocation), interrupt.token()); });
    return QCoreApplication::exec();
}
