// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What only Linux has: elsewhere the store does without or takes the long way.

#include "store/diskfile.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Tagboat {

Result<void> DiskFile::reserve(qint64 size)
{
#ifdef Q_OS_LINUX
    if (size <= 0)
        return {};
    int outcome = 0;
    do {
        outcome = ::fallocate(m_descriptor, FALLOC_FL_KEEP_SIZE, 0, size);
    } while (outcome != 0 && errno == EINTR);
    if (outcome != 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG))
        return fail(Error::fromErrno(errno, m_path, u"cannot set %1 bytes aside"_s.arg(size)));
#else
    Q_UNUSED(size)
#endif
    return {};
}

Result<qint64> DiskFile::writeDirect(QByteArrayView bytes)
{
    qint64 done = 0;
#ifdef Q_OS_LINUX
    // By and by rather than at opening: what does not fill a block is written in the ordinary way between.
    const int flags = ::fcntl(m_descriptor, F_GETFL);
    if (flags < 0 || ::fcntl(m_descriptor, F_SETFL, flags | O_DIRECT) != 0)
        return done; // tmpfs and others
    int outcome = 0;
    while (done < bytes.size() && outcome == 0) {
        const ssize_t count =
            ::write(m_descriptor, bytes.data() + done, static_cast<size_t>(bytes.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            outcome = errno;
        else
            done += count;
        if (done % DirectBlock != 0) // cut short by a limit; nothing direct can follow
            break;
    }
    if (::fcntl(m_descriptor, F_SETFL, flags) != 0)
        outcome = errno;
    if (outcome != 0 && outcome != EINVAL)
        return fail(Error::fromErrno(outcome, m_path, u"cannot write"));
#else
    Q_UNUSED(bytes)
#endif
    return done;
}

Result<void> Disk::syncAll(const QString& folder)
{
#ifdef Q_OS_LINUX
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(Error::fromErrno(errno, folder, u"cannot open the folder"));
    const int outcome = ::syncfs(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (outcome != 0)
        return fail(Error::fromErrno(outcome, folder, u"cannot bring the file system to disk"));
#else
    Q_UNUSED(folder)
    ::sync();
#endif
    return {};
}

} // namespace Tagboat
