// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/ingest.h"

#include "base/logging.h"
#include "store/storelock.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// From here on waiting for the disk at once is better than leaving it all to the end, and going past the page
// cache better than through it.
constexpr qint64 LargeBlob = 4 * 1024 * 1024;

//! The file of a digest, locked; nothing where somebody else has it, or where it is no file to work with.
std::optional<DiskFile> lockPartial(const QString& path)
{
    while (true) {
        auto file = DiskFile::openToContinue(path);
        if (!file) {
            qCInfo(lcStore).noquote() << "not going on with" << path << file.error().toString();
            return std::nullopt;
        }
        const auto isLocked = file->lock(DiskFile::Lock::Exclusive);
        if (!isLocked || !*isLocked)
            return std::nullopt;
        // Whoever had it may have finished it, or thrown it away, before we got the lock.
        if (file->isAtItsPath())
            return std::move(*file);
    }
}

} // namespace

Ingest::Ingest(LayoutFiles files, DiskFile file, qint64 size, bool isNamed)
    : m_files(std::move(files)), m_file(std::move(file)), m_size(size), m_isNamed(isNamed)
{ }

Result<std::shared_ptr<Ingest>> Ingest::create(const LayoutFiles& files, qint64 size)
{
    // Under the lock, so that no sweep sees the file before its mark of life.
    const auto lock = StoreLock::acquire(files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto path = files.newIngestPath(LayoutFiles::PartialEnding);
    if (!path)
        return std::unexpected(path.error());
    auto file = DiskFile::create(*path);
    if (!file)
        return fail(files.blamed(std::move(file.error())));
    // Not make_shared: the constructor is private.
    const std::shared_ptr<Ingest> ingest(new Ingest(files, std::move(*file), size, false));
    if (const auto locked = ingest->m_file.lock(DiskFile::Lock::Exclusive, true); !locked)
        return fail(files.blamed(locked.error()));
    if (const auto reserved = ingest->reserve(); !reserved)
        return std::unexpected(reserved.error());
    return ingest;
}

Result<std::shared_ptr<Ingest>> Ingest::take(const LayoutFiles& files, const Digest& digest, qint64 size)
{
    if (size < LeastKept || digest.isNull())
        return create(files, size);
    {
        const auto lock = StoreLock::acquire(files, StoreLock::Kind::Shared);
        if (!lock)
            return std::unexpected(lock.error());
        auto taken = takeLocked(files, digest, size);
        if (!taken || *taken)
            return taken;
    }
    // Whoever looks what lies in ingest/ tries the locks of the files there, under the shared lock of the
    // store: alone with the exclusive one, a lock that is held means a writer.
    if (const auto lock = StoreLock::acquire(files, StoreLock::Kind::Exclusive, std::chrono::seconds(2))) {
        auto taken = takeLocked(files, digest, size);
        if (!taken || *taken)
            return taken;
    }
    return create(files, size);
}

//! Null where somebody else has the file.
Result<std::shared_ptr<Ingest>> Ingest::takeLocked(const LayoutFiles& files, const Digest& digest,
                                                   qint64 size)
{
    if (auto made = Disk::makeFolder(files.ingestFolder()); !made)
        return fail(files.blamed(std::move(made.error())));
    auto file = lockPartial(files.partialPath(digest));
    if (!file)
        return nullptr;
    const std::shared_ptr<Ingest> ingest(new Ingest(files, std::move(*file), size, true));
    const auto there = ingest->m_file.size();
    const auto ready = there.and_then([&](qint64 length) {
        ingest->m_length = length;
        // More than the whole is none of it.
        return length > size ? ingest->beginAnew() : ingest->reserve();
    });
    if (ready)
        return ingest;
    ingest->discard();
    return fail(files.blamed(ready.error()));
}

Ingest::~Ingest()
{
    if (!m_isDone)
        static_cast<void>(keep());
}

Result<void> Ingest::reserve()
{
    if (auto reserved = m_file.reserve(m_size); !reserved)
        return fail(m_files.blamed(std::move(reserved.error())));
    return {};
}

Result<QByteArray> Ingest::readBack(qint64 size)
{
    return m_file.read(size);
}

Result<void> Ingest::write(const QList<QByteArray>& pieces)
{
    // A small blob is soon written, and soon read: the page cache is right for it.
    if (!m_blocks && (m_size < 0 || m_size >= LargeBlob))
        m_blocks.emplace(m_length);
    for (const QByteArray& piece : pieces) {
        auto written = m_blocks ? m_blocks->write(m_file, piece) : m_file.write(piece);
        if (!written)
            return fail(m_files.blamed(std::move(written.error())));
        m_length += piece.size();
    }
    auto written = m_blocks ? m_blocks->writeBlocks(m_file) : Result<void>();
    if (!written)
        return fail(m_files.blamed(std::move(written.error())));
    return {};
}

Result<void> Ingest::flush()
{
    auto flushed = m_blocks ? m_blocks->flush(m_file) : Result<void>();
    m_blocks.reset();
    return flushed;
}

Result<void> Ingest::resume()
{
    return reserve();
}

Result<void> Ingest::beginAnew()
{
    m_blocks.reset();
    m_length = 0;
    if (auto emptied = m_file.truncate(0); !emptied)
        return fail(m_files.blamed(std::move(emptied.error())));
    return reserve();
}

bool Ingest::keep()
{
    if (m_isDone)
        return false;
    const auto kept = m_isNamed && m_length >= LeastKept
        ? flush().and_then([&] { return m_file.truncate(m_length); })
        : fail(Error::Code::NotFound, m_file.path(), u"is not worth keeping"_s);
    if (!kept)
        discard();
    return kept.has_value();
}

Result<void> Ingest::commit(const Digest& digest, PendingSync& pending)
{
    // Whoever tidied the folder by hand may have made room for another writer's file of this name.
    const auto isHere = m_file.isAtItsPath()
        ? Result<void>()
        : fail(Error::Code::Io, m_file.path(), u"was taken away while it was written"_s);
    const auto done = isHere.and_then([&] { return flush(); })
                          .and_then([&] { return m_length >= LargeBlob ? m_file.sync() : Result<void>(); })
                          .and_then([&] { return m_files.placeBlob(m_file.path(), digest); });
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
    m_blocks.reset();
    const auto removed = m_file.isAtItsPath() ? Disk::remove(m_file.path()) : Result<void>();
    if (!removed)
        qCWarning(lcStore).noquote() << removed.error().toString();
    m_file.close();
}

} // namespace Tagboat
