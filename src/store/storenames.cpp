// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storenames.h"

#include "oci/reference.h"
#include "store/lease.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

const OciLayoutIndex::Entry* entryNamed(const OciLayoutIndex& index, const QString& name)
{
    if (const auto* entry = index.named(name))
        return entry;
    const auto reference = Reference::parse(name);
    return reference ? index.named(reference->canonical()) : nullptr;
}

Result<std::optional<Descriptor>> targetOfName(StoreCore& core, const QString& name)
{
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    const auto index = readIndex(core.files);
    if (!index)
        return std::unexpected(index.error());
    const auto* entry = entryNamed(*index, name);
    return entry ? entry->target : std::nullopt;
}

Result<QStringList> keptNames(const StoreCore& core, const QStringList& names)
{
    if (core.namesAsGiven) {
        if (names.contains(QString()))
            return fail(Error::Code::InvalidInput, {}, u"an empty name"_s);
        return names;
    }
    QStringList canonical;
    for (const QString& name : names) {
        auto reference = Reference::parse(name);
        if (!reference)
            return std::unexpected(std::move(reference.error()));
        canonical.append(reference->canonical());
    }
    return canonical;
}

Result<QMap<QString, Descriptor>> pointNames(StoreCore& core, const Descriptor& target,
                                             const QStringList& names, Lease* lease)
{
    const auto kept = keptNames(core, names);
    if (!kept)
        return std::unexpected(kept.error());
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Exclusive);
    if (!lock)
        return std::unexpected(lock.error());
    const auto there = core.files.blob(target.digest);
    if (!there)
        return std::unexpected(there.error());
    if (!*there || (*there)->size != target.size)
        return fail(Error::Code::NotFound, target.digest.toString(), u"not in the image store"_s);

    QSet<Digest> needed;
    if (lease) {
        needed = reachOf(target, core.documents);
        const QSet<Digest> claimed = lease->claimed();
        for (const Digest& digest : std::as_const(needed)) {
            const auto blob =
                claimed.contains(digest) ? core.files.blob(digest) : Result<std::optional<BlobFile>>();
            if (!blob)
                return std::unexpected(blob.error());
            if (claimed.contains(digest) && !*blob) {
                return fail(Error::Code::Conflict, digest.toString(),
                            u"was removed from the image store meanwhile"_s);
            }
        }
    }

    auto index = readIndex(core.files);
    if (!index)
        return std::unexpected(std::move(index.error()));
    const auto isTarget = [&](const OciLayoutIndex::Entry& entry) {
        return entry.target && entry.target->digest == target.digest;
    };
    // A writer has seen to it that all it leads to is on the disk; here nobody has.
    if (!lease && std::ranges::none_of(index->entries(), isTarget)) {
        if (auto synced = Disk::syncAll(core.files.blobsFolder()); !synced)
            return fail(core.files.blamed(std::move(synced.error())));
    }
    QMap<QString, Descriptor> before;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (const auto former = index->setName(kept->at(i), target))
            before.insert(names.at(i), *former);
    }
    if (names.isEmpty())
        index->keep(target);
    if (const auto written = writeIndex(core.files, *index, *lock); !written)
        return std::unexpected(written.error());
    // A referrer without a name holds nothing yet: what it is about may get its name after it.
    if (lease && !names.isEmpty())
        lease->release(needed, *lock);
    return before;
}

Result<void> dropNames(StoreCore& core, const QStringList& names)
{
    const auto lock = StoreLock::acquire(core.files, StoreLock::Kind::Exclusive);
    if (!lock)
        return std::unexpected(lock.error());
    auto index = readIndex(core.files);
    if (!index)
        return std::unexpected(std::move(index.error()));
    QSet<QString> stored;
    for (const QString& name : names) {
        const auto* entry = entryNamed(*index, name);
        if (!entry)
            return fail(Error::Code::NotFound, name, u"no image of the store is called so"_s);
        stored.insert(entry->name);
    }
    for (const QString& name : std::as_const(stored))
        index->removeName(name);
    return writeIndex(core.files, *index, *lock);
}

} // namespace Tagboat
