// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "savedimage.h"
#include "scratchfolder.h"

#include "archive/archive.h"
#include "store/imagestore.h"

namespace Tagboat::ArchiveTest {

//! A store of its own beside the folder for archives, gone at the end.
class StoreFixture : public ScratchFolder
{
public:
    StoreFixture();

    [[nodiscard]] Result<QList<ArchivedImage>> import(const QString& name, const QStringList& names = {},
                                                      std::stop_token stop = {},
                                                      ArchiveProgressCallback progress = {});
    [[nodiscard]] Result<QList<ArchivedImage>> importAs(const QString& name, ArchiveImportOptions options);
    [[nodiscard]] Result<ArchiveContents> inspect(const QString& name) const;
    [[nodiscard]] Result<void> exportTo(const QString& name, const QList<ExportItem>& items,
                                        ArchiveFormat format, std::optional<Platform> platform = {},
                                        std::stop_token stop = {}, ArchiveProgressCallback progress = {});
    //! Brings \a image into the store; says what went wrong.
    [[nodiscard]] QString fill(const Testing::RandomImage& image, const QStringList& names);

    //! All names in the store.
    [[nodiscard]] QStringList names() const;
    //! Files the store was writing and has neither finished nor removed.
    [[nodiscard]] QStringList unfinished() const;
    [[nodiscard]] int blobCount() const;
    //! What is wrong with an image in the store.
    [[nodiscard]] QStringList check(const QString& nameOrDigest, bool allPlatforms = true) const;

    std::shared_ptr<ImageStore> store;

private:
    QTemporaryDir m_storeFolder;
};

} // namespace Tagboat::ArchiveTest
