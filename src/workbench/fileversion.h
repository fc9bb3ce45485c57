// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>

#include <sys/stat.h>

namespace Tagboat {

/*!
 * \brief Tells one version of a file from another, for those who keep what they have read of it.
 *
 * By the time of its last change of any kind: that of its contents stays behind where a file is copied with
 * its times, and where it only becomes readable.
 */
struct FileVersion
{
    dev_t device = 0;
    ino_t number = 0;
    off_t size = -1; //!< -1: there is none
    timespec changed = {};
    bool isPlain = false; //!< neither a folder nor a pipe

    [[nodiscard]] static FileVersion of(const QString& path)
    {
        struct stat status = {};
        if (::stat(QFile::encodeName(path).constData(), &status) != 0)
            return {};
        return {.device = status.st_dev,
                .number = status.st_ino,
                .size = status.st_size,
                .changed = status.st_ctim,
                .isPlain = S_ISREG(status.st_mode)};
    }
    [[nodiscard]] bool exists() const { return size >= 0; }
    friend bool operator==(const FileVersion& a, const FileVersion& b)
    {
        return a.device == b.device && a.number == b.number && a.size == b.size
            && a.changed.tv_sec == b.changed.tv_sec && a.changed.tv_nsec == b.changed.tv_nsec;
    }
};

} // namespace Tagboat
