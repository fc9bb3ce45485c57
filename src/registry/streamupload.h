// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"
#include "registry/uploadsession.h"

namespace Tagboat {

//! What one push of one stream needs, and what is learnt for the next.
struct StreamUpload
{
    std::shared_ptr<RegistryClient> client;
    QString repository;
    StreamedBlob stream;
    ProgressCallback progress;
    //! The chunks the registry wants in place of a body of unknown length, as far as it has said so; 0: it
    //! has not.
    qint64 chunkSize = 0;
    //! Sessions under this key that broke off and could not be taken up again. Many mean a poor line, as in
    //! BlobUpload.
    int lost = 0;
    //! All of it was made once, and is this; whether it arrived was not heard.
    std::optional<Descriptor> made;
};

/*!
 * \brief Sends a stream whose size and digest are known only at its end, and gives both.
 *
 * As it comes, with one PATCH; in chunks of known size, the last with the closing PUT (some registries refuse
 * an empty one), where that is refused. What broke off goes on where the registry has it, after
 * StreamedBlob::again said so: the last bytes are kept for that, what lies further back is made anew and not
 * sent. Sessions of streams with a key are remembered in the client's UploadLedger, as uploadBlob() does with
 * blobs, so that a later push goes on as well. A session that turns out to hold other bytes than were made
 * now is given up, and the stream sent from its beginning.
 */
[[nodiscard]] Task<Result<Descriptor>> uploadStream(std::shared_ptr<StreamUpload> upload,
                                                    std::stop_token stop);

} // namespace Tagboat
