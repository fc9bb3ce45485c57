// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scratchfolder.h"

#include <QDir>
#include <QFile>
#include <QProcess>

namespace Tagboat::ArchiveTest {

using namespace Qt::StringLiterals;

QString ScratchFolder::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

QString ScratchFolder::run(const QString& script) const
{
    QProcess process;
    process.setWorkingDirectory(path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"bash"_s, {u"-euc"_s, script});
    if (!process.waitForFinished(120'000))
        return process.errorString();
    const QString output = QString::fromUtf8(process.readAll());
    return process.exitCode() == 0 ? QString() : u"exit code %1: %2"_s.arg(process.exitCode()).arg(output);
}

QStringList ScratchFolder::files() const
{
    return QDir(path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace Tagboat::ArchiveTest
