// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transfer/processmark.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto Prefix = "run-"_L1;
// Being made: not locked yet, and not to be taken for one whose process is gone.
constexpr auto Unfinished = "new-"_L1;

QString pathOf(const QString& folder, const QString& name)
{
    return folder + u'/' + Prefix + name;
}

int openFile(const QString& path, int flags)
{
    int descriptor = -1;
    do {
        descriptor = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

} // namespace

ProcessMark::ProcessMark(QString path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) { }

ProcessMark::~ProcessMark()
{
    QFile::remove(m_path);
    ::close(m_descriptor);
}

Result<std::unique_ptr<ProcessMark>> ProcessMark::make(const QString& folder, const QString& name)
{
    if (!QDir().mkpath(folder))
        return fail(Error::Code::Io, folder, u"the folder cannot be made"_s);
    const QString unfinished = folder + u'/' + Unfinished + name;
    const int descriptor = openFile(unfinished, O_RDWR | O_CREAT | O_EXCL);
    if (descriptor < 0)
        return fail(Error::fromErrno(errno, unfinished, u"make mark"));
    std::unique_ptr<ProcessMark> mark(new ProcessMark(unfinished, descriptor));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return fail(Error::fromErrno(errno, unfinished, u"lock mark"));
    const QString path = pathOf(folder, name);
    if (!QFile::rename(unfinished, path))
        return fail(Error::Code::Io, path, u"the mark cannot be made"_s);
    mark->m_path = path;
    return mark;
}

bool ProcessMark::exists(const QString& folder, const QString& name)
{
    return QFile::exists(pathOf(folder, name));
}

bool ProcessMark::isGone(const QString& folder, const QString& name)
{
    const int descriptor = openFile(pathOf(folder, name), O_RDONLY);
    if (descriptor < 0)
        return errno == ENOENT;
    const bool isLocked = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0;
    ::close(descriptor);
    return !isLocked;
}

void ProcessMark::sweep(const QString& folder)
{
    const QStringList files = QDir(folder).entryList({Prefix + u'*'}, QDir::Files);
    for (const QString& file : files) {
        if (isGone(folder, file.mid(Prefix.size())))
            QFile::remove(folder + u'/' + file);
    }
}

} // namespace Tagboat
