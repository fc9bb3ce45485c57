// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "net/httpclient.h"
#include "oci/descriptor.h"

#include <memory>

namespace Tagboat {

class RegistryClient;

/*!
 * \brief One upload of one blob (distribution-spec "Pushing blobs"): opened by a POST, fed by PUT or PATCH,
 * ended by a PUT or cancel().
 *
 * Always uses the newest Location, whose query it keeps as it is. Where that is on another host, that host
 * gets no credentials (RegistryClient::send sees to it), and it must not be a place a registry has no
 * business to send anybody to (redirectTarget()).
 *
 * Coroutines are static and take the session by shared_ptr. One at a time.
 */
class UploadSession
{
public:
    using Ptr = std::shared_ptr<UploadSession>;

    //! Opens an upload. This is also what fetches the token with the right to push, before a byte of the blob
    //! travels.
    [[nodiscard]] static Task<Result<Ptr>> start(std::shared_ptr<RegistryClient> client, QString repository,
                                                 std::stop_token stop);
    //! The session that a 202 opened (a start, or a mount that could not be done).
    [[nodiscard]] static Result<Ptr> fromReply(std::shared_ptr<RegistryClient> client,
                                               const QString& repository, const QUrl& asked,
                                               const HttpResponse& reply);

    //! The whole blob with one PUT.
    [[nodiscard]] static Task<Result<void>> put(Ptr self, Descriptor blob, ByteSourcePtr source,
                                                ProgressCallback progress, std::stop_token stop);
    //! Piece by piece with PATCH, the last piece with the closing PUT (some registries refuse an empty one);
    //! for sources of unknown size, and where one large body is refused. Gives digest and size of what went
    //! up.
    [[nodiscard]] static Task<Result<Descriptor>>
    putInChunks(Ptr self, ByteSourcePtr source, ProgressCallback progress, std::stop_token stop);
    //! Tells the registry to forget what came so far. Failure is ignored: it tidies up by itself after some
    //! days.
    [[nodiscard]] static Task<void> cancel(Ptr self);

private:
    UploadSession() = default;

    [[nodiscard]] HttpRequest request(const QByteArray& method, const QString& operation) const;
    [[nodiscard]] QUrl closingUrl(const Digest& digest) const;
    [[nodiscard]] Result<void> moveTo(const QUrl& asked, const HttpResponse& reply);
    [[nodiscard]] static Task<Result<void>> patch(Ptr self, qint64 start, QByteArray chunk,
                                                  std::stop_token stop);
    [[nodiscard]] static Task<Result<HttpResponse>> askStatus(Ptr self, HttpRequest request,
                                                              std::stop_token stop);
    [[nodiscard]] static Task<Result<qint64>> uploaded(Ptr self, qint64 sent, std::stop_token stop);

    std::shared_ptr<RegistryClient> m_client;
    QString m_repository;
    QUrl m_location;
    qint64 m_minChunk = 0;
};

} // namespace Tagboat
