// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"
#include "store/blobreceiver.h"
#include "store/lease.h"
#include "store/storecore.h"

namespace Tagboat {

/*!
 * \brief The store as a place to put images into, for one job.
 *
 * What this writer has found in the store or written is leased while it lives and until a name leads there,
 * so that no sweep or removal, of any process, takes it away under the image being put together.
 */
class StoreWriter : public ContentWriter
{
public:
    StoreWriter(std::shared_ptr<StoreCore> core, NameCause cause);

    Task<Result<Presence>> blobPresence(Descriptor blob, std::stop_token stop) override;
    Task<Result<Presence>> manifestPresence(Descriptor manifest, std::stop_token stop) override;
    Task<Result<std::optional<Descriptor>>> current(QString name, std::stop_token stop) override;
    Task<Result<void>> pushBlob(Descriptor blob, SourceFactory open, ProgressCallback progress,
                                std::stop_token stop) override;
    Task<Result<Descriptor>> pushStream(StreamedBlob stream, ProgressCallback progress,
                                        std::stop_token stop) override;
    //! The store is one place: what is here need not be moved.
    Task<Result<bool>> mountBlob(Descriptor blob, QString fromRepository, std::stop_token stop) override;
    //! Conflict where a blob this writer relied on was removed meanwhile: push again. A manifest with a
    //! `subject` gets a nameless entry where it gets no name, so that a referrer lives as long as what it
    //! refers to.
    Task<Result<void>> pushManifest(ManifestContent manifest, QStringList names,
                                    std::stop_token stop) override;

    struct Shared
    {
        Shared(std::shared_ptr<StoreCore> opened, NameCause namesFor);
        const std::shared_ptr<StoreCore> core;
        const NameCause cause;
        PendingSync pending;
        Lease lease;
        //! Blobs whose source broke off: another try goes on without hashing again. Their files stay locked,
        //! and are left for any process to go on with when this writer is let go.
        QHash<Digest, ReceptionPtr> brokenOff;
        bool isDiskFull = false; //!< then nothing of this job is kept that takes room
    };

private:
    const std::shared_ptr<Shared> m_shared;
};

} // namespace Tagboat
