// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace Tagboat::ArchiveTest {

//! A folder for archives, gone at the end.
class ScratchFolder
{
public:
    [[nodiscard]] QString path(const QString& name = {}) const { return m_folder.filePath(name); }
    //! Writes a file and gives its path; ends the test program where that fails.
    QString write(const QString& name, const QByteArray& bytes) const;
    //! Runs a shell script in the folder; gives what it said if it failed.
    [[nodiscard]] QString run(const QString& script) const;
    [[nodiscard]] QStringList files() const;

private:
    QTemporaryDir m_folder;
};

//! All of a file; empty where it is not there.
[[nodiscard]] QByteArray contentOf(const QString& path);

} // namespace Tagboat::ArchiveTest
