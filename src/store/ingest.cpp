// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/ingest.h"

#include "base/logging.h"
#include "store/lease.h"
#include "store/storelock.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// From here on waiting for the disk at once is better than leaving it all to the end.
constexpr qint64 LargeBlob = 4 * 1024 * 1024;

} // namespace

Result<std::shared_ptr<Ingest>> Ingest::create(const LayoutFiles& files, qint64 size)
{
    // Under the lock, so that no sweep sees the file before its mark of life.
    const auto lock = StoreLock::acquire(files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto path = files.newIngestPath(".part"_L1);
    if (!path)
        return std::unexpected(path.error());
    auto file = DiskFile::create(*path);
    if (!file)
        return fail(files.blamed(std::move(file.error())));
    // Not make_shared: the constructor is private.
    const std::shared_ptr<Ingest> ingest(new Ingest(files, std::move(*file)));
    const auto ready = ingest->m_file.lock(DiskFile::Lock::Exclusive, true).and_then([&](bool) {
        return ingest->m_file.reserve(size);
    });
    if (!ready)
        return fail(files.blamed(ready.error()));
    return ingest;
}

Ingest::~Ingest()
{
    discard();
}

Result<void> Ingest::write(QByteArrayView bytes)
{
    auto written = m_file.write(bytes);
    if (!written)
        return fail(m_files.blamed(std::move(written.error())));
    m_written += bytes.size();
    return {};
}

Result<void> Ingest::commit(const Digest& digest, PendingSync& pending)
{
    const auto synced = m_written >= LargeBlob ? m_file.sync() : Result<void>();
    const auto done = synced.and_then([&] { return m_files.placeBlob(m_file.path(), digest); });
    if (!done) {
        discard();
        return fail(m_files.blamed(done.error()));
    }
    pending.note(digest);
    m_isDone = true;
    m_file.close();
    return {};
}

void Ingest::discard()
{
    if (std::exchange(m_isDone, true))
        return;
    if (const auto removed = Disk::remove(m_file.path()); !removed)
        qCWarning(lcStore).noquote() << removed.error().toString();
    m_file.close();
}

qint64 IngestScan::abandonedBytes() const
{
    qint64 bytes = 0;
    for (const Leftover& leftover : abandoned)
        bytes += leftover.size;
    return bytes;
}

Result<IngestScan> scanIngest(const LayoutFiles& files, qint64 foreignGrace)
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
        if (!entry.name.startsWith("tagboat-"_L1)) {
            if (now - entry.modified >= foreignGrace)
                scan.abandoned.append({path, entry.size});
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
            scan.abandoned.append({path, entry.size});
        } else if (entry.name.endsWith(Lease::Ending)) {
            const auto read = Lease::read(*file, scan.leasedBlobs, scan.leasedManifests);
            if (!read)
                return std::unexpected(read.error());
        }
    }
    return scan;
}

} // namespace Tagboat
