// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"
#include "store/storecore.h"

namespace Tagboat {

//! The store as a place to read images from; names are canonical or familiar references, digests, image IDs.
class StoreReader : public ContentReader
{
public:
    explicit StoreReader(std::shared_ptr<StoreCore> core) : m_core(std::move(core)) { }

    Task<Result<Descriptor>> resolve(QString name, std::stop_token stop) override;
    Task<Result<ManifestContent>> fetchManifest(QString nameOrDigest, std::stop_token stop) override;
    //! Knows its file: a sender may read that directly.
    Task<Result<ByteSourcePtr>> openBlob(Descriptor blob, qint64 offset, std::stop_token stop) override;

    //! What an entry of index.json leads to and says it is about \a subject, in the order of the index.
    Task<Result<QList<Descriptor>>> referrers(Digest subject, std::stop_token stop) override;

private:
    const std::shared_ptr<StoreCore> m_core;
};

} // namespace Tagboat
