// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/lease.h"

#include "base/logging.h"
#include "store/pendingsync.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr qint64 YoungBlob = 5 * 60; // seconds
constexpr qint64 MaxLeaseSize = 64 * 1024 * 1024;

QByteArray lineFor(const Digest& digest, Lease::Kind kind)
{
    return (kind == Lease::Kind::Manifest ? "manifest "_ba : "blob "_ba) + digest.toString().toLatin1()
        + '\n';
}

} // namespace

Lease::~Lease()
{
    if (!m_file.isOpen())
        return;
    if (const auto removed = Disk::remove(m_file.path()); !removed)
        qCWarning(lcStore).noquote() << removed.error().toString();
}

Result<bool> Lease::claim(const Digest& digest, qint64 size, Kind kind)
{
    const auto lock = StoreLock::acquire(m_files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    if (const auto noted = note(digest, kind); !noted)
        return fail(m_files.blamed(noted.error()));
    const auto blob = m_files.blob(digest);
    if (!blob)
        return std::unexpected(blob.error());
    if (!*blob || (size >= 0 && (*blob)->size != size))
        return false;
    // Somebody else may have put it there just now; the system brings everything to disk within a minute
    // anyway.
    if (QDateTime::currentSecsSinceEpoch() - (*blob)->modified < YoungBlob)
        m_pending.note(digest);
    // Programs that know nothing of leases go by the time. Somebody else's file may not let us, and the lease
    // will do.
    if (const auto touched = Disk::touch(m_files.blobPath(digest)); !touched)
        qCInfo(lcStore).noquote() << touched.error().toString();
    return true;
}

QSet<Digest> Lease::claimed() const
{
    const std::scoped_lock guard(m_mutex);
    return m_claimed;
}

void Lease::release(const QSet<Digest>& digests, const StoreLock& lock)
{
    Q_UNUSED(lock)
    const std::scoped_lock guard(m_mutex);
    if (m_held.removeIf([&](auto held) { return digests.contains(held.key()); }) == 0)
        return;
    QByteArray lines;
    for (auto held = m_held.cbegin(); held != m_held.cend(); ++held)
        lines += lineFor(held.key(), held.value());
    const auto written = m_file.truncate(0).and_then([&] { return m_file.write(lines); });
    if (!written)
        qCWarning(lcStore).noquote() << written.error().toString();
    m_size = lines.size();
}

Result<void> Lease::read(DiskFile& file, QSet<Digest>& blobs, QSet<Digest>& manifests)
{
    const auto bytes = file.readAll(MaxLeaseSize);
    if (!bytes)
        return std::unexpected(bytes.error());
    const QList<QByteArray> lines = bytes->split('\n');
    for (const QByteArray& line : lines) {
        const auto digest = Digest::parse(QString::fromLatin1(line.sliced(line.indexOf(' ') + 1)));
        if (digest)
            (line.startsWith("manifest ") ? manifests : blobs).insert(*digest);
    }
    return {};
}

Result<void> Lease::note(const Digest& digest, Kind kind)
{
    const std::scoped_lock guard(m_mutex);
    m_claimed.insert(digest);
    const auto held = m_held.constFind(digest);
    if (held != m_held.constEnd() && (*held == kind || *held == Kind::Manifest))
        return {};
    if (!m_file.isOpen()) {
        if (auto begun = begin(); !begun)
            return begun;
    }
    const QByteArray line = lineFor(digest, kind);
    if (auto written = m_file.write(line); !written) {
        // Half a line must not swallow the next one.
        if (const auto cut = m_file.truncate(m_size); !cut)
            return cut;
        return written;
    }
    m_size += line.size();
    m_held.insert(digest, kind);
    return {};
}

//! Called under the store's lock: no sweep sees the file before its mark of life.
Result<void> Lease::begin()
{
    const auto path = m_files.newIngestPath(Ending);
    if (!path)
        return std::unexpected(path.error());
    auto file = DiskFile::create(*path);
    if (!file)
        return std::unexpected(std::move(file.error()));
    const auto locked = file->lock(DiskFile::Lock::Exclusive, true);
    if (!locked)
        return std::unexpected(locked.error());
    m_file = std::move(*file);
    return {};
}

} // namespace Tagboat
