// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/outgoingfile.h"

#include <algorithm>

#ifdef Q_OS_LINUX
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#endif

namespace Tagboat {

#ifdef Q_OS_LINUX

namespace {

//! What the disk is asked for before its turn.
constexpr qint64 Ahead = 8 * 1024 * 1024;
//! The kernel cuts a larger wish down to about this.
constexpr qint64 Wish = 512 * 1024;

} // namespace

std::shared_ptr<OutgoingFile> OutgoingFile::open(const FileRange& range)
{
    // Not blocking, for a named pipe that has taken the file's place.
    const int descriptor =
        ::open(QFile::encodeName(range.path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return nullptr;
    std::shared_ptr<OutgoingFile> file(new OutgoingFile(descriptor, range.offset, range.size));
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)
        || status.st_size - range.offset < range.size)
        return nullptr;
    ::posix_fadvise(descriptor, range.offset, range.size, POSIX_FADV_SEQUENTIAL);
    file->readAhead();
    return file;
}

OutgoingFile::OutgoingFile(int descriptor, qint64 start, qint64 size)
    : m_descriptor(descriptor), m_start(start), m_size(size)
{ }

OutgoingFile::~OutgoingFile()
{
    ::close(m_descriptor);
}

void OutgoingFile::readAhead()
{
    const qint64 end = std::min(m_sent + Ahead, m_size);
    while (m_asked < end) {
        const qint64 size = std::min(Wish, m_size - m_asked);
        ::posix_fadvise(m_descriptor, m_start + m_asked, size, POSIX_FADV_WILLNEED);
        m_asked += size;
    }
}

bool OutgoingFile::readPiece()
{
    m_piece.resize(std::min(left(), PieceSize));
    m_taken = 0;
    const ssize_t size =
        ::pread(m_descriptor, m_piece.data(), static_cast<size_t>(m_piece.size()), m_start + m_sent);
    m_piece.truncate(std::max<ssize_t>(size, 0));
    return size > 0;
}

OutgoingFile::Step OutgoingFile::sendTo(qintptr socket, qint64 maxSize)
{
    const qint64 before = m_sent;
    const qint64 end = std::min(m_sent + maxSize, m_size);
    while (m_sent < end) {
        if (m_taken == m_piece.size() && !readPiece()) {
            if (m_sent > before)
                break; // next time
            return {.outcome = Step::Outcome::FileFailed};
        }
        const ssize_t count =
            ::send(static_cast<int>(socket), m_piece.constData() + m_taken,
                   static_cast<size_t>(m_piece.size() - m_taken), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && m_sent > before)
            break;
        if (count < 0 && errno != EAGAIN)
            return {.outcome = Step::Outcome::SocketFailed};
        if (count < 0)
            return {.outcome = Step::Outcome::SocketFull};
        m_taken += count;
        m_sent += count;
    }
    readAhead();
    return {.outcome = Step::Outcome::Sent, .size = m_sent - before};
}

bool OutgoingFile::isLoaded(qint64 maxSize) const
{
    // The last byte will do: files are read in their order.
    char byte = 0;
    const iovec place = {.iov_base = &byte, .iov_len = 1};
    const off_t last = m_start + m_sent + std::min(maxSize, left()) - 1;
    return ::preadv2(m_descriptor, &place, 1, last, RWF_NOWAIT) >= 0 || errno != EAGAIN;
}

void OutgoingFile::load(qint64 offset, qint64 size) const
{
    QByteArray buffer(std::min(size, PieceSize), Qt::Uninitialized);
    for (qint64 done = 0; done < size; done += buffer.size()) {
        const qint64 wanted = std::min<qint64>(buffer.size(), size - done);
        if (::pread(m_descriptor, buffer.data(), static_cast<size_t>(wanted), m_start + offset + done) <= 0)
            return; // sendTo() will say so
    }
}

#else

std::shared_ptr<OutgoingFile> OutgoingFile::open(const FileRange&)
{
    return nullptr;
}

OutgoingFile::~OutgoingFile() = default;

OutgoingFile::Step OutgoingFile::sendTo(qintptr, qint64)
{
    return {.outcome = Step::Outcome::FileFailed};
}

bool OutgoingFile::isLoaded(qint64) const
{
    return true;
}

void OutgoingFile::load(qint64, qint64) const { }

#endif

} // namespace Tagboat
