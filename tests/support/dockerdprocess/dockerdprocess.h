// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace Tagboat {

//! What a command of the docker client left.
struct DockerReply
{
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
    [[nodiscard]] bool isDone() const { return exitCode == 0; }
};

/*!
 * \brief A real dockerd of its own: the classic image store on plain folders, no network, no containers of
 * others.
 *
 * Needs root and a mount namespace it may use (the devroot has both). It listens on a unix socket in a
 * temporary folder and pulls from and pushes to registries on loopback, where dockerd allows plain HTTP by
 * itself. Ends with this object, and with the test program if that crashes. Its log is printed when start()
 * fails.
 */
class DockerdProcess
{
public:
    DockerdProcess();
    ~DockerdProcess();
    Q_DISABLE_COPY_MOVE(DockerdProcess)

    //! Starts it and waits until it answers; false after a minute, with the reason as a warning.
    [[nodiscard]] bool start();
    void stop();

    [[nodiscard]] QString socketPath() const { return m_directory.filePath(QStringLiteral("socket")); }
    [[nodiscard]] QString host() const; //!< for DOCKER_HOST
    //! DOCKER_CONFIG of its clients; not made until somebody wants something there.
    [[nodiscard]] QString configFolder() const { return m_directory.filePath(QStringLiteral("config")); }
    //! Runs `docker ARGUMENTS` against it, at most two minutes.
    [[nodiscard]] DockerReply docker(const QStringList& arguments, const QByteArray& input = {}) const;
    //! `docker image inspect`; empty where there is no such image.
    [[nodiscard]] QJsonObject inspect(const QString& image) const;
    //! Removes every image.
    void clear() const;
    [[nodiscard]] QByteArray log() const;

private:
    [[nodiscard]] bool answers() const;

    QTemporaryDir m_directory;
    QProcess m_process;
};

} // namespace Tagboat
