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
