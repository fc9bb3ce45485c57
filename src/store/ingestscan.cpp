// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/ingestscan.h"

#include "store/ingest.h"
#include "store/lease.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

qint64 bytesOf(const QList<IngestScan::Leftover>& leftovers)
{
    qint64 bytes = 0;
    for (const IngestScan::Leftover& leftover : leftovers)
        bytes += leftover.size;
    return bytes;
}

//! Whether a later push is going to use the bytes of this file.
bool isUseful(const LayoutFiles& files, const Digest& digest, const FolderEntry& entry, qint64 age)
{
    if (digest.isNull() || entry.size < Ingest::LeastKept || age >= UnfinishedGrace.count())
        return false;
    const auto blob = files.blob(digest);
    return !blob || !*blob || (*blob)->size < entry.size;
}

} // namespace

qint64 IngestScan::abandonedBytes() const
{
    return bytesOf(abandoned);
}

qint64 IngestScan::unfinishedBytes() const
{
    return bytesOf(unfinished);
}

Result<IngestScan> scanIngest(const LayoutFiles& files)
{
    IngestScan scan;
    const auto entries = Disk::list(files.ingestFolder());
    if (!entries && entries.error().code == Error::Code::NotFound)
        return scan;
    if (!entries)
        return std::unexpected(entries.error());
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    for (const FolderEntry& entry : *entries) {
        if (entry.kind != FolderEntry::Kind::File)
            continue;
        const QString path = files.ingestFolder() + u'/' + entry.name;
        const qint64 age = now - entry.modified;
        if (!entry.name.startsWith(LayoutFiles::OurPrefix)) {
            if (age >= ForeignIngestGrace.count())
                scan.abandoned.append({path, entry.size, {}});
            continue;
        }
        // A lock that can be shared is one that its maker no longer holds. What cannot be opened may well be
        // alive.
        auto file = DiskFile::open(path);
        if (!file)
            continue;
        const auto isDead = file->lock(DiskFile::Lock::Shared);
        if (!isDead)
            continue;
        if (*isDead) {
            const Digest digest = LayoutFiles::digestOfPartial(entry.name);
            auto& kind = isUseful(files, digest, entry, age) ? scan.unfinished : scan.abandoned;
            kind.append({path, entry.size, digest});
        } else if (entry.name.endsWith(Lease::Ending)) {
            const auto read = Lease::read(*file, scan.leasedBlobs, scan.leasedManifests);
            if (!read)
                return std::unexpected(read.error());
        }
    }
    return scan;
}

} // namespace Tagboat
