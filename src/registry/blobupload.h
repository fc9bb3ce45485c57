// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"
#include "registry/uploadsession.h"

namespace Tagboat {

//! Is \a blob in \a repository? Unknown where the registry gives no clear answer.
[[nodiscard]] Task<Result<Presence>> askForBlob(std::shared_ptr<RegistryClient> client, QString repository,
                                                Descriptor blob, std::stop_token stop);

//! What one push of one blob needs, and what is learnt for the next try of it.
struct BlobUpload
{
    std::shared_ptr<RegistryClient> client;
    QString repository;
    Descriptor blob;
    SourceFactory open;
    ProgressCallback progress;
    UploadSession::Ptr session; //!< opened already (by a mount that was none); may be null
    //! Sessions of this blob that broke off and could not be taken up again. Many mean a poor line: then it
    //! goes in chunks, since a proxy that gathers a request before it passes it on makes these resumable even
    //! where the registry itself loses what broke off.
    int lost = 0;
    //! The chunks the registry wants in place of the whole, as far as it has said so; 0: it has not.
    qint64 chunkSize = 0;
    qint64 offset = 0;        //!< of the last request with bytes
    bool isForgotten = false; //!< the registry says it does not know the session that was just used
};

/*!
 * \brief Brings one blob up: in one piece, or in chunks where that is refused, going on where an earlier push
 * broke off.
 *
 * A transient error (Error::isTransient()), a login that is not accepted any more and a stop leave the
 * session open and remembered in the client's UploadLedger; calling again asks the registry how much it has
 * and sends the rest. Anything else ends it; but where it was the end of a resumed upload that had another
 * digest, the blob is sent from its beginning first. What lies in a plain file is not hashed on the way, the
 * registry does that; other sources are checked as far as they are read from the beginning.
 */
[[nodiscard]] Task<Result<void>> uploadBlob(std::shared_ptr<BlobUpload> upload, std::stop_token stop);

} // namespace Tagboat
