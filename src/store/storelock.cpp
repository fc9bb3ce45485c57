// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storelock.h"

#include <QDeadlineTimer>
#include <QThread>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using namespace std::chrono_literals;

// flock knows no time limit, so the lock is asked for again and again; the pause stays below what anybody
// notices.
constexpr std::chrono::microseconds FirstPause = 200us;
constexpr std::chrono::microseconds LongestPause = 10ms;

//! False when the deadline came first.
Result<bool> lockBefore(const QDeadlineTimer& deadline, DiskFile& file, DiskFile::Lock kind)
{
    auto pause = FirstPause;
    while (true) {
        const auto locked = file.lock(kind);
        if (!locked || *locked || deadline.hasExpired())
            return locked;
        QThread::sleep(pause);
        pause = std::min(pause * 2, LongestPause);
    }
}

} // namespace

Result<StoreLock> StoreLock::acquire(const LayoutFiles& files, Kind kind, std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    const auto wanted = kind == Kind::Shared ? DiskFile::Lock::Shared : DiskFile::Lock::Exclusive;
    while (true) {
        auto file = DiskFile::openToLock(files.lockPath());
        if (!file && kind == Kind::Shared && !Disk::isWritable(files.directory()))
            return StoreLock(DiskFile());
        if (!file)
            return fail(files.blamed(std::move(file.error())));
        const auto locked = lockBefore(deadline, *file, wanted);
        if (!locked)
            return fail(files.blamed(locked.error()));
        if (!*locked) {
            return fail(Error::make(Error::Code::Timeout, files.directory(),
                                    u"another program keeps the image store locked"_s)
                            .during(u"lock the image store"_s));
        }
        // Whoever tidied the folder by hand may have taken the file away while we waited for it.
        if (file->isAtItsPath())
            return StoreLock(std::move(*file));
    }
}

} // namespace Tagboat
