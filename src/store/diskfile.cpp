// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/diskfile.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! A link where a file should be shows as ELOOP; that is a layout nobody of good will makes.
std::unexpected<Error> failedOpen(int number, const QString& path, QStringView doing)
{
    if (number == ELOOP)
        return fail(Error::Code::Corrupt, path, u"is a symbolic link where a plain file belongs"_s);
    return fail(Error::fromErrno(number, path, doing));
}

int openRetrying(const QString& path, int flags, mode_t mode = 0)
{
    int descriptor = -1;
    do {
        descriptor = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC | O_NOFOLLOW, mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

} // namespace

DiskFile::~DiskFile()
{
    close();
}

DiskFile::DiskFile(DiskFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_path(std::move(other.m_path))
{ }

DiskFile& DiskFile::operator=(DiskFile&& other) noexcept
{
    if (this != &other) {
        close();
        m_descriptor = std::exchange(other.m_descriptor, -1);
        m_path = std::move(other.m_path);
    }
    return *this;
}

Result<DiskFile> DiskFile::openPlain(const QString& path, int flags)
{
    // Not blocking, so that a named pipe is refused below rather than waited for.
    DiskFile file(openRetrying(path, flags | O_NONBLOCK, 0666), path);
    if (!file.isOpen())
        return failedOpen(errno, path, u"cannot open");
    struct stat status = {};
    if (::fstat(file.m_descriptor, &status) != 0)
        return fail(Error::fromErrno(errno, path, u"cannot examine"));
    if (!S_ISREG(status.st_mode))
        return fail(Error::Code::Corrupt, path, u"is not a plain file"_s);
    return file;
}

Result<DiskFile> DiskFile::open(const QString& path)
{
    return openPlain(path, O_RDONLY);
}

Result<DiskFile> DiskFile::openToContinue(const QString& path)
{
    return openPlain(path, O_RDWR | O_CREAT);
}

Result<DiskFile> DiskFile::create(const QString& path)
{
    DiskFile file(openRetrying(path, O_RDWR | O_CREAT | O_EXCL, 0666), path);
    if (!file.isOpen())
        return failedOpen(errno, path, u"cannot create");
    return file;
}

Result<DiskFile> DiskFile::openToLock(const QString& path)
{
    DiskFile file(openRetrying(path, O_RDWR | O_CREAT, 0666), path);
    if (!file.isOpen() && (errno == EACCES || errno == EPERM || errno == EROFS)) {
        const int reason = errno;
        file = DiskFile(openRetrying(path, O_RDONLY), path);
        if (!file.isOpen())
            return fail(Error::fromErrno(reason, path, u"cannot create"));
    }
    if (!file.isOpen())
        return failedOpen(errno, path, u"cannot open");
    return file;
}

Result<qint64> DiskFile::size() const
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0)
        return fail(Error::fromErrno(errno, m_path, u"cannot examine"));
    return status.st_size;
}

Result<QByteArray> DiskFile::read(qint64 size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    qint64 done = 0;
    while (done < size) {
        const ssize_t count = ::read(m_descriptor, bytes.data() + done, static_cast<size_t>(size - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail(Error::fromErrno(errno, m_path, u"cannot read"));
        if (count == 0)
            break;
        done += count;
    }
    bytes.truncate(done);
    return bytes;
}

Result<QByteArray> DiskFile::readAll(qint64 limit)
{
    const auto length = size();
    if (!length)
        return std::unexpected(length.error());
    if (*length > limit) {
        return fail(Error::Code::InvalidInput, m_path,
                    u"%1 bytes are more than the %2 allowed"_s.arg(*length).arg(limit));
    }
    return read(*length);
}

Result<void> DiskFile::write(QByteArrayView bytes)
{
    qint64 done = 0;
    while (done < bytes.size()) {
        const ssize_t count =
            ::write(m_descriptor, bytes.data() + done, static_cast<size_t>(bytes.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail(Error::fromErrno(errno, m_path, u"cannot write"));
        done += count;
    }
    return {};
}

Result<void> DiskFile::truncate(qint64 size)
{
    if (::ftruncate(m_descriptor, size) != 0 || ::lseek(m_descriptor, size, SEEK_SET) < 0)
        return fail(Error::fromErrno(errno, m_path, u"cannot shorten"));
    return {};
}

Result<void> DiskFile::sync()
{
    if (::fsync(m_descriptor) != 0)
        return fail(Error::fromErrno(errno, m_path, u"cannot bring to disk"));
    return {};
}

Result<bool> DiskFile::lock(Lock kind, bool wait)
{
    const int operation = (kind == Lock::Shared ? LOCK_SH : LOCK_EX) | (wait ? 0 : LOCK_NB);
    while (::flock(m_descriptor, operation) != 0) {
        if (errno == EWOULDBLOCK)
            return false;
        if (errno != EINTR)
            return fail(Error::fromErrno(errno, m_path, u"cannot lock"));
    }
    return true;
}

bool DiskFile::isAtItsPath() const
{
    struct stat mine = {};
    struct stat there = {};
    return ::fstat(m_descriptor, &mine) == 0 && ::lstat(QFile::encodeName(m_path).constData(), &there) == 0
        && mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
}

void DiskFile::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

} // namespace Tagboat
