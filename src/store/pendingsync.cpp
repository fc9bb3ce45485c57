// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/pendingsync.h"

namespace Tagboat {

namespace {

// Above this, one sync of the whole file system is quicker, even if it takes others' data along.
constexpr qsizetype MostOneByOne = 8;

Result<void> syncEach(const LayoutFiles& files, const QSet<Digest>& digests)
{
    QSet<QString> folders;
    for (const Digest& digest : digests) {
        const QString path = files.blobPath(digest);
        auto file = DiskFile::open(path);
        if (!file && file.error().code == Error::Code::NotFound)
            continue; // removed since: nobody needs it, or naming will find it missing
        if (!file)
            return std::unexpected(std::move(file.error()));
        if (auto synced = file->sync(); !synced)
            return synced;
        folders.insert(path.first(path.lastIndexOf(u'/')));
    }
    for (const QString& folder : folders) {
        if (auto synced = Disk::syncFolder(folder); !synced)
            return synced;
    }
    return {};
}

} // namespace

void PendingSync::note(const Digest& digest)
{
    const std::scoped_lock guard(m_mutex);
    m_digests.insert(digest);
}

Result<void> PendingSync::flush(const LayoutFiles& files)
{
    QSet<Digest> digests;
    {
        const std::scoped_lock guard(m_mutex);
        digests.swap(m_digests);
    }
    if (digests.isEmpty())
        return {};
    auto synced =
        digests.size() <= MostOneByOne ? syncEach(files, digests) : Disk::syncAll(files.blobsFolder());
    if (synced)
        return {};
    const std::scoped_lock guard(m_mutex);
    m_digests.unite(digests);
    return fail(files.blamed(std::move(synced.error())));
}

} // namespace Tagboat
