// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/dockerdprocess/dockerdprocess.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>

#include <csignal>
#include <sys/mount.h>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tagboat {

namespace {

constexpr int PollMs = 50;
constexpr int CommandMs = 120'000;

} // namespace

DockerdProcess::DockerdProcess()
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_directory.filePath(u"log"_s));
    // The containerd it starts ends with it in the same way.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

DockerdProcess::~DockerdProcess()
{
    stop();
}

QString DockerdProcess::host() const
{
    return u"unix://"_s + socketPath();
}

QByteArray DockerdProcess::log() const
{
    QFile file(m_directory.filePath(u"log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool DockerdProcess::answers() const
{
    QLocalSocket socket;
    socket.connectToServer(socketPath());
    if (!socket.waitForConnected(1'000))
        return false;
    socket.write("GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n");
    QByteArray reply;
    while (socket.waitForReadyRead(5'000))
        reply += socket.readAll();
    return reply.startsWith("HTTP/1.1 200");
}

bool DockerdProcess::start()
{
    m_process.start(u"dockerd"_s,
                    {u"--host"_s, host(), u"--data-root"_s, m_directory.filePath(u"data"_s), u"--exec-root"_s,
                     m_directory.filePath(u"exec"_s), u"--pidfile"_s, m_directory.filePath(u"pid"_s),
                     u"--storage-driver=vfs"_s, u"--bridge=none"_s, u"--iptables=false"_s,
                     u"--ip6tables=false"_s});
    if (!m_process.waitForStarted()) {
        qWarning("dockerd: %s", qPrintable(m_process.errorString()));
        return false;
    }
    const QDeadlineTimer deadline(60s);
    while (!deadline.hasExpired() && m_process.state() == QProcess::Running) {
        if (answers())
            return true;
        m_process.waitForFinished(PollMs);
    }
    qWarning("dockerd does not answer:\n%s", log().constData());
    stop();
    return false;
}

void DockerdProcess::stop()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(20'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    // It makes its folder a mount of its own, and does not always take that away; no folder can be removed
    // below one.
    ::umount2(QFile::encodeName(m_directory.filePath(u"data"_s)).constData(), MNT_DETACH);
}

DockerReply DockerdProcess::docker(const QStringList& arguments, const QByteArray& input) const
{
    QProcess client;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DOCKER_HOST"_s, host());
    environment.insert(u"DOCKER_CONFIG"_s, configFolder()); // nothing of the user's
    client.setProcessEnvironment(environment);
    client.start(u"docker"_s, arguments);
    client.write(input);
    client.closeWriteChannel();
    DockerReply reply;
    if (!client.waitForFinished(CommandMs)) {
        reply.errors = "docker: " + client.errorString().toUtf8();
        client.kill();
        client.waitForFinished();
        return reply;
    }
    reply.exitCode = client.exitStatus() == QProcess::NormalExit ? client.exitCode() : -1;
    reply.output = client.readAllStandardOutput();
    reply.errors = client.readAllStandardError();
    return reply;
}

QJsonObject DockerdProcess::inspect(const QString& image) const
{
    return QJsonDocument::fromJson(docker({u"image"_s, u"inspect"_s, image}).output).array().at(0).toObject();
}

void DockerdProcess::clear() const
{
    const QByteArrayList ids = docker({u"image"_s, u"ls"_s, u"-aq"_s, u"--no-trunc"_s}).output.split('\n');
    for (const QByteArray& id : ids) {
        if (!id.isEmpty())
            (void)docker({u"image"_s, u"rm"_s, u"-f"_s, QString::fromLatin1(id)});
    }
}

} // namespace Tagboat
