// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/diskfile.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Tagboat::Disk {

namespace {

FolderEntry entryOf(QString name, const struct stat& status)
{
    FolderEntry entry;
    entry.name = std::move(name);
    if (S_ISREG(status.st_mode))
        entry.kind = FolderEntry::Kind::File;
    else if (S_ISDIR(status.st_mode))
        entry.kind = FolderEntry::Kind::Folder;
    entry.size = status.st_size;
    entry.modified = status.st_mtime;
    return entry;
}

QString parentOf(const QString& path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    return slash <= 0 ? u"/"_s : path.first(slash);
}

} // namespace

Result<std::optional<FolderEntry>> entry(const QString& path)
{
    struct stat status = {};
    if (::lstat(QFile::encodeName(path).constData(), &status) == 0)
        return entryOf(path.sliced(path.lastIndexOf(u'/') + 1), status);
    if (errno == ENOENT || errno == ENOTDIR)
        return std::nullopt;
    return fail(Error::fromErrno(errno, path, u"cannot examine"));
}

Result<QList<FolderEntry>> list(const QString& folder)
{
    const int descriptor =
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        if (errno == ELOOP || errno == ENOTDIR)
            return fail(Error::Code::Corrupt, folder, u"is a link or a file where a folder belongs"_s);
        return fail(Error::fromErrno(errno, folder, u"cannot open the folder"));
    }
    const std::unique_ptr<DIR, void (*)(DIR*)> stream(::fdopendir(descriptor),
                                                      [](DIR* open) { ::closedir(open); });
    if (!stream) {
        const int reason = errno;
        ::close(descriptor);
        return fail(Error::fromErrno(reason, folder, u"cannot list the folder"));
    }
    QList<FolderEntry> entries;
    while (true) {
        errno = 0;
        const dirent* next = ::readdir(stream.get());
        if (!next) {
            if (errno != 0)
                return fail(Error::fromErrno(errno, folder, u"cannot list the folder"));
            return entries;
        }
        const QByteArray name(next->d_name);
        if (name == "." || name == "..")
            continue;
        struct stat status = {};
        if (::fstatat(::dirfd(stream.get()), name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno == ENOENT) // gone since it was listed
                continue;
            return fail(Error::fromErrno(errno, folder + u'/' + QFile::decodeName(name), u"cannot examine"));
        }
        entries.append(entryOf(QFile::decodeName(name), status));
    }
}

bool isWritable(const QString& folder)
{
    return ::faccessat(AT_FDCWD, QFile::encodeName(folder).constData(), W_OK | X_OK, AT_EACCESS) == 0;
}

Result<void> makeFolder(const QString& path)
{
    if (::mkdir(QFile::encodeName(path).constData(), 0777) == 0)
        return syncFolder(parentOf(path));
    if (errno != EEXIST)
        return fail(Error::fromErrno(errno, path, u"cannot make the folder"));
    const auto there = entry(path);
    if (!there)
        return std::unexpected(there.error());
    if (!*there || (*there)->kind != FolderEntry::Kind::Folder)
        return fail(Error::Code::Corrupt, path, u"is a link or a file where a folder belongs"_s);
    return {};
}

Result<void> moveOver(const QString& from, const QString& to)
{
    if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return fail(Error::fromErrno(errno, to, u"cannot put in place"));
    return {};
}

Result<void> syncFolder(const QString& path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(Error::fromErrno(errno, path, u"cannot open the folder"));
    // Some file systems know no sync of folders and say EINVAL: they have nothing to bring to disk.
    const int outcome = ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
    ::close(descriptor);
    if (outcome != 0)
        return fail(Error::fromErrno(outcome, path, u"cannot bring the folder to disk"));
    return {};
}

Result<void> remove(const QString& path)
{
    if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT)
        return fail(Error::fromErrno(errno, path, u"cannot remove"));
    return {};
}

Result<void> touch(const QString& path)
{
    if (::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), nullptr, AT_SYMLINK_NOFOLLOW) != 0)
        return fail(Error::fromErrno(errno, path, u"cannot renew its time"));
    return {};
}

} // namespace Tagboat::Disk
