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
    //! A session that was opened before and is at \a location; ask for its status() first.
    [[nodiscard]] static Ptr at(std::shared_ptr<RegistryClient> client, const QString& repository,
                                const QUrl& location);

    [[nodiscard]] const QUrl& location() const { return m_location; }
    //! Every chunk but the last must have so many bytes.
    [[nodiscard]] qint64 minChunk() const { return m_minChunk; }

    //! How many bytes the registry has, of at most \a most that may be there. An error of the registry's
    //! (404, 416 …) means that it does not know the session, or not under this address: distribution before
    //! version 3 keeps the offset in the address, so that a session that broke off in the middle of a request
    //! is lost.
    [[nodiscard]] static Task<Result<qint64>> status(Ptr self, qint64 most, std::stop_token stop);
    //! Sends \a size bytes that follow the \a offset that are there, with one PATCH.
    [[nodiscard]] static Task<Result<void>> patch(Ptr self, qint64 offset, qint64 size, ByteSourcePtr source,
                                                  ProgressCallback progress, std::stop_token stop);
    //! Sends all of \a source, whose size nobody knows and which follows the \a offset bytes that are there,
    //! with one PATCH (as Docker does, so that every registry knows it).
    [[nodiscard]] static Task<Result<void>> patchAll(Ptr self, qint64 offset, ByteSourcePtr source,
                                                     ProgressCallback progress, std::stop_token stop);
    //! Sends what follows the \a offset bytes of \a blob that are there, with one PUT, and ends the upload.
    //! \a source may be null where nothing is left. \a progress counts from the blob's beginning.
    [[nodiscard]] static Task<Result<void>> put(Ptr self, Descriptor blob, qint64 offset,
                                                ByteSourcePtr source, ProgressCallback progress,
                                                std::stop_token stop);
    //! Tells the registry to forget what came so far. Failure is ignored: it tidies up by itself after some
    //! days.
    [[nodiscard]] static Task<void> cancel(Ptr self);

private:
    UploadSession() = default;

    [[nodiscard]] HttpRequest request(const QByteArray& method, const QString& operation) const;
    [[nodiscard]] HttpRequest bytesRequest(const QByteArray& method, qint64 offset, qint64 size,
                                           ByteSourcePtr source, const ProgressCallback& progress) const;
    [[nodiscard]] static Task<Result<void>> sendPatch(Ptr self, HttpRequest request, std::stop_token stop);
    [[nodiscard]] QUrl closingUrl(const Digest& digest) const;
    [[nodiscard]] Result<void> moveTo(const QUrl& asked, const HttpResponse& reply);
    [[nodiscard]] static Task<Result<HttpResponse>> askStatus(Ptr self, HttpRequest request,
                                                              std::stop_token stop);

    std::shared_ptr<RegistryClient> m_client;
    QString m_repository;
    QUrl m_location;
    qint64 m_minChunk = 0;
};

//! The registry does not know the session that a request with bytes was for, or not any more: it was
//! restarted, another node answers, its purge was quicker. Also what it says to a PUT that it has carried
//! out, when that comes again. \a inChunks: a bare 404 does not mean that it takes no chunks.
[[nodiscard]] bool isSessionForgotten(const Error& error, bool inChunks);

} // namespace Tagboat
