// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/openarchive.h"

namespace Tagboat {

//! The first walk over an archive, in steps short enough to be stopped between; for workers.
class ArchiveScan
{
public:
    [[nodiscard]] static Result<std::shared_ptr<ArchiveScan>> start(QString path);
    //! Goes some way; true when the walk is over and finish() may be called.
    [[nodiscard]] Result<bool> step();
    [[nodiscard]] qint64 fileBytes() const { return m_reader->fileBytes(); }
    [[nodiscard]] Result<OpenedArchivePtr> finish();

private:
    explicit ArchiveScan(QString path);
    [[nodiscard]] Result<qint64> take(TarEntry entry);

    std::shared_ptr<OpenedArchive> m_archive;
    std::unique_ptr<TarReader> m_reader;
    int m_entries = 0;
    qint64 m_documentBytes = 0;
};

} // namespace Tagboat
