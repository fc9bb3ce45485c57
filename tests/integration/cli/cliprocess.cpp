// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cliprocess.h"

#include <QCoreApplication>
#include <QDebug>
#include <QDir>
#include <QDirIterator>
#include <QEventLoop>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSocketNotifier>
#include <QTimer>

#include <csignal>
#include <pty.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr int Patience = 100'000; // ms; the sanitizers are slow, and so may the machine be

bool waitWithEvents(QProcess& process)
{
    if (process.state() == QProcess::NotRunning)
        return true;
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(Patience, &loop, &QEventLoop::quit);
    loop.exec();
    if (process.state() == QProcess::NotRunning)
        return true;
    process.kill();
    process.waitForFinished();
    return false;
}

} // namespace

QList<QJsonObject> CliRun::objects() const
{
    QList<QJsonObject> objects;
    const QList<QByteArray> lines = out.split('\n');
    for (const QByteArray& line : lines) {
        if (!line.isEmpty())
            objects.append(QJsonDocument::fromJson(line).object());
    }
    return objects;
}

QByteArray CliRun::all() const
{
    return "exit code " + QByteArray::number(exitCode) + "\nstandard output:\n" + out + "\nstandard error:\n"
        + error;
}

CliProcess::CliProcess() : m_environment(QProcessEnvironment::systemEnvironment())
{
    for (const QString& name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"XDG_RUNTIME_DIR"_s, u"XDG_DATA_HOME"_s,
                                u"XDG_CONFIG_HOME"_s, u"QT_QPA_PLATFORM"_s})
        m_environment.remove(name);
    m_environment.insert(u"HOME"_s, m_home.path());
    m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s,
                         u"unix:path="_s + m_home.filePath(u"nobody-listens"_s));
    m_environment.insert(u"TAGBOAT_DATA_DIR"_s, dataDirectory());
    m_environment.insert(u"TAGBOAT_CONFIG_DIR"_s, configDirectory());
}

void CliProcess::useSessionBus()
{
    for (const QString& name : {u"DBUS_SESSION_BUS_ADDRESS"_s, u"XDG_RUNTIME_DIR"_s})
        m_environment.insert(name, qEnvironmentVariable(name.toLatin1().constData()));
}

QString CliProcess::program()
{
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + u"/../bin/tagboat-cli"_s);
}

QStringList CliProcess::leftovers() const
{
    QStringList found;
    const QDir data(dataDirectory());
    QDirIterator files(data.path(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString name = data.relativeFilePath(files.next());
        if (name.startsWith("scratch-"_L1)
            || (name.startsWith("images/ingest/"_L1) && files.fileInfo().size() > 0))
            found.append(name);
    }
    return found;
}

void CliProcess::prepare(QProcess& process) const
{
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(m_home.path());
}

CliRun CliProcess::finish(QProcess& process)
{
    CliRun run;
    const bool ended = waitWithEvents(process);
    run.out = process.readAllStandardOutput();
    run.error = process.readAllStandardError();
    if (ended && process.exitStatus() == QProcess::NormalExit)
        run.exitCode = process.exitCode();
    else
        run.error += ended ? "\n(crashed)" : "\n(did not end)";
    return run;
}

CliRun CliProcess::runOther(const QString& program, const QStringList& arguments,
                            const QByteArray& input) const
{
    QProcess process;
    prepare(process);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    return finish(process);
}

CliRun CliProcess::runIn(const QString& script, const QStringList& arguments) const
{
    QProcess process;
    prepare(process);
    process.start(u"sh"_s, QStringList{u"-c"_s, script, program()} + arguments);
    process.closeWriteChannel();
    return finish(process);
}

CliRun CliProcess::runOnTerminal(const QStringList& arguments, int rows) const
{
    int master = -1;
    int terminal = -1;
    const winsize size{static_cast<unsigned short>(rows), 80, 0, 0};
    CliRun run;
    if (::openpty(&master, &terminal, nullptr, nullptr, &size) != 0) {
        run.error = "no terminal to be had";
        return run;
    }
    QByteArray drawn;
    const auto read = [&] {
        QByteArray piece(4096, '\0');
        const ssize_t count = ::read(master, piece.data(), static_cast<size_t>(piece.size()));
        drawn += piece.first(std::max<ssize_t>(0, count));
        return count > 0;
    };
    {
        QProcess process;
        prepare(process);
        QProcessEnvironment environment = process.processEnvironment();
        environment.insert(u"TERM"_s, u"xterm"_s);
        process.setProcessEnvironment(environment);
        process.setChildProcessModifier([terminal] { ::dup2(terminal, STDERR_FILENO); });
        QSocketNotifier notifier(master, QSocketNotifier::Read);
        QObject::connect(&notifier, &QSocketNotifier::activated, &notifier, [&] { read(); });
        process.start(program(), arguments);
        process.closeWriteChannel();
        run = finish(process);
    }
    ::close(terminal); // the last one: from here on the end of what was drawn is told
    while (read()) { }
    ::close(master);
    run.error += drawn;
    return run;
}

CliRun CliProcess::interrupt(const QStringList& arguments, int signal,
                             const std::function<bool(const QByteArray&)>& isTime) const
{
    QProcess process;
    prepare(process);
    QByteArray out;
    bool sent = false;
    const auto look = [&] {
        out += process.readAllStandardOutput();
        if (!sent && process.state() == QProcess::Running && isTime(out)) {
            sent = true;
            ::kill(static_cast<pid_t>(process.processId()), signal);
        }
    };
    QObject::connect(&process, &QProcess::readyReadStandardOutput, &process, look);
    QTimer clock;
    QObject::connect(&clock, &QTimer::timeout, &process, look);
    clock.start(5);
    process.start(program(), arguments);
    process.closeWriteChannel();
    CliRun run = finish(process);
    run.out = out + run.out;
    if (!sent)
        run.error += "\n(the time to interrupt never came)";
    return run;
}

QByteArray runTool(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.closeWriteChannel();
    if (!waitWithEvents(process) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        qWarning().noquote() << program << arguments << process.readAllStandardError();
        return {};
    }
    const QByteArray out = process.readAllStandardOutput();
    return out.isEmpty() ? QByteArrayLiteral("\n") : out;
}

} // namespace Tagboat
