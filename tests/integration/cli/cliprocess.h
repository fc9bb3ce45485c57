// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QTemporaryDir>

#include <functional>

namespace Tagboat {

//! What one run of `tagboat-cli` left.
struct CliRun
{
    int exitCode = -1; //!< -1: crashed or did not end
    QByteArray out;
    QByteArray error;

    [[nodiscard]] QList<QJsonObject>
    objects() const; //!< of `--json`; an empty one for a line that is no object
    [[nodiscard]] QJsonObject last() const { return objects().isEmpty() ? QJsonObject() : objects().last(); }
    [[nodiscard]] QString code() const { return last().value(QLatin1StringView("code")).toString(); }
    //! Everything, for the message of a test that fails.
    [[nodiscard]] QByteArray all() const;
};

/*!
 * \brief Runs the real `tagboat-cli` with a home of its own: no display, no session bus, no keychain.
 *
 * The test's event loop goes on meanwhile, so that servers of the test can answer it.
 */
class CliProcess
{
public:
    CliProcess();

    [[nodiscard]] QString dataDirectory() const { return m_home.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString configDirectory() const { return m_home.filePath(QStringLiteral("config")); }
    [[nodiscard]] QString path(const QString& name) const { return m_home.filePath(name); }
    [[nodiscard]] static QString program();
    //! Files below the data folder that no image accounts for: unfinished or scratch.
    [[nodiscard]] QStringList leftovers() const;

    CliRun run(const QStringList& arguments, const QByteArray& input = {}) const
    {
        return runOther(program(), arguments, input);
    }
    //! Another program in the same home.
    CliRun runOther(const QString& program, const QStringList& arguments, const QByteArray& input = {}) const;
    //! Runs through a shell: \a script gets the program as "$0" and the arguments as "$@".
    CliRun runIn(const QString& script, const QStringList& arguments) const;
    //! Runs with a terminal of \a rows lines as its standard error; what was drawn there is the run's
    //! `error`.
    CliRun runOnTerminal(const QStringList& arguments, int rows) const;
    //! Sends \a signal as soon as \a isTime says so of the output so far; asked whenever there is more of it,
    //! and every few milliseconds, since something else than the output may tell.
    CliRun interrupt(const QStringList& arguments, int signal,
                     const std::function<bool(const QByteArray& out)>& isTime) const;

    //! Keeps the environment's bus and keyring (see tests/support/withkeyring).
    void useSessionBus();
    void setVariable(const QString& name, const QString& value) { m_environment.insert(name, value); }

private:
    void prepare(QProcess& process) const;
    [[nodiscard]] static CliRun finish(QProcess& process);

    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
};

//! Runs another program to its end; what it printed, or an empty array where it failed (with a warning).
[[nodiscard]] QByteArray runTool(const QString& program, const QStringList& arguments);

} // namespace Tagboat
