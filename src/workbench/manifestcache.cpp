// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/manifestcache.h"

namespace Tagboat {

std::optional<ManifestContent> ManifestCache::find(const Digest& digest) const
{
    const ManifestContent* known = m_manifests.object(digest);
    return known ? std::optional(*known) : std::nullopt;
}

void ManifestCache::keep(const ManifestContent& manifest)
{
    const auto cost = int(manifest.bytes.size() / 1024 + 1);
    m_manifests.insert(manifest.descriptor.digest, new ManifestContent(manifest), cost);
}

namespace {

struct Shared
{
    std::shared_ptr<ContentReader> reader;
    QString place;
    std::shared_ptr<ManifestCache> cache;
};

Task<Result<ManifestContent>> fetchThrough(std::shared_ptr<Shared> shared, QString nameOrDigest,
                                           std::stop_token stop)
{
    Digest digest;
    if (auto parsed = Digest::parse(nameOrDigest)) {
        digest = *parsed;
    } else if (shared->cache->hasSeen(shared->place + u':' + nameOrDigest)) {
        auto current = co_await shared->reader->resolve(nameOrDigest, stop);
        if (!current)
            co_return std::unexpected(std::move(current.error()));
        digest = current->digest;
    }
    if (!digest.isNull()) {
        if (auto known = shared->cache->find(digest)) {
            shared->cache->tell(shared->place, nameOrDigest, *known);
            co_return Result<ManifestContent>(std::move(*known));
        }
    }
    auto fetched =
        co_await shared->reader->fetchManifest(digest.isNull() ? nameOrDigest : digest.toString(), stop);
    if (fetched) {
        shared->cache->keep(*fetched);
        shared->cache->noteName(shared->place + u':' + nameOrDigest);
        shared->cache->tell(shared->place, nameOrDigest, *fetched);
    }
    co_return fetched;
}

class CachedReader : public ContentReader
{
public:
    explicit CachedReader(std::shared_ptr<Shared> shared) : m_shared(std::move(shared)) { }

    Task<Result<Descriptor>> resolve(QString name, std::stop_token stop) override
    {
        return m_shared->reader->resolve(std::move(name), std::move(stop));
    }
    Task<Result<ManifestContent>> fetchManifest(QString nameOrDigest, std::stop_token stop) override
    {
        return fetchThrough(m_shared, std::move(nameOrDigest), std::move(stop));
    }
    Task<Result<ByteSourcePtr>> openBlob(Descriptor blob, qint64 offset, std::stop_token stop) override
    {
        return m_shared->reader->openBlob(std::move(blob), offset, std::move(stop));
    }
    Task<Result<QList<Descriptor>>> referrers(Digest subject, std::stop_token stop) override
    {
        return m_shared->reader->referrers(std::move(subject), std::move(stop));
    }

private:
    std::shared_ptr<Shared> m_shared;
};

} // namespace

std::shared_ptr<ContentReader> cachedReader(std::shared_ptr<ContentReader> reader, QString place,
                                            std::shared_ptr<ManifestCache> cache)
{
    return std::make_shared<CachedReader>(
        std::make_shared<Shared>(Shared{std::move(reader), std::move(place), std::move(cache)}));
}

} // namespace Tagboat
