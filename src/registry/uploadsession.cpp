// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/uploadsession.h"

#include "base/logging.h"
#include "base/worker.h"
#include "content/verify.h"
#include "net/redirect.h"
#include "registry/range.h"
#include "registry/registryclient.h"
#include "registry/scopes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

//! GHCR refuses more in one PATCH.
constexpr qint64 ChunkSize = 4 * 1024 * 1024;
constexpr qint64 MaxChunkSize = 64 * 1024 * 1024;
constexpr int ChunkAttempts = 3;
constexpr int CancelAttempts = 3;
constexpr std::chrono::seconds CancelPatience{3};
//! For the answer to bytes of a blob: a proxy hands them on only when it has all of them, and a registry may
//! copy the blob to where it stays before it says a word.
constexpr std::chrono::minutes StoringPatience{10};

//! Reads until \a size bytes are here or the source ends.
Task<Result<QByteArray>> readChunk(ByteSourcePtr source, qint64 size, std::stop_token stop)
{
    QByteArray chunk;
    while (chunk.size() < size) {
        const qint64 wanted = std::min(PieceSize, size - chunk.size());
        auto piece = co_await source->read(wanted, stop);
        if (!piece)
            co_return fail(std::move(piece.error()));
        if (piece->isEmpty())
            break;
        chunk += *piece;
    }
    co_return chunk;
}

} // namespace

HttpRequest UploadSession::request(const QByteArray& method, const QString& operation) const
{
    HttpRequest request;
    request.method = method;
    request.url = m_location;
    request.operation = operation;
    request.subject = m_client->registry() + u'/' + m_repository;
    request.followRedirects = false;
    return request;
}

QUrl UploadSession::closingUrl(const Digest& digest) const
{
    QByteArray url = m_location.toEncoded(QUrl::RemoveFragment);
    url += m_location.hasQuery() ? '&' : '?';
    url += "digest=" + QUrl::toPercentEncoding(digest.toString());
    return QUrl::fromEncoded(url);
}

Result<void> UploadSession::moveTo(const QUrl& asked, const HttpResponse& reply)
{
    const QByteArray location = reply.headers.value("Location");
    if (location.isEmpty())
        return {};
    auto next = redirectTarget(asked, location);
    if (!next)
        return fail(std::move(next.error()).during(u"push blob"_s));
    m_location = *next;
    return {};
}

Result<UploadSession::Ptr> UploadSession::fromReply(std::shared_ptr<RegistryClient> client,
                                                    const QString& repository, const QUrl& asked,
                                                    const HttpResponse& reply)
{
    const Ptr session(new UploadSession);
    session->m_client = std::move(client);
    session->m_repository = repository;
    if (auto moved = session->moveTo(asked, reply); !moved)
        return fail(std::move(moved.error()));
    if (session->m_location.isEmpty()) {
        return fail(Error::make(Error::Code::Corrupt, session->m_client->registry(),
                                u"the registry opened an upload but did not say where"_s)
                        .during(u"push blob"_s));
    }
    session->m_minChunk = std::max<qint64>(0, reply.headers.value("OCI-Chunk-Min-Length").toLongLong());
    return session;
}

Task<Result<UploadSession::Ptr>> UploadSession::start(std::shared_ptr<RegistryClient> client,
                                                      QString repository, std::stop_token stop)
{
    HttpRequest request;
    request.method = "POST";
    request.url = client->url(u"/v2/%1/blobs/uploads/"_s.arg(repository));
    request.operation = u"push blob"_s;
    request.subject = client->registry() + u'/' + repository;
    auto reply = co_await client->send(request, pushScopes(repository), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    Result<Ptr> session = fromReply(client, repository, reply->url, *reply);
    co_return session;
}

Task<Result<void>> UploadSession::put(Ptr self, Descriptor blob, ByteSourcePtr source,
                                      ProgressCallback progress, std::stop_token stop)
{
    HttpRequest request = self->request("PUT", u"push blob"_s);
    request.replyTimeout = StoringPatience;
    request.subject = blob.digest.toString();
    request.url = self->closingUrl(blob.digest);
    request.headers.set("Content-Type", "application/octet-stream");
    if (blob.size > 0) {
        request.bodySource = std::move(source);
        request.bodySize = blob.size;
        request.uploadProgress = progress;
    }
    auto reply = co_await self->m_client->send(std::move(request), pushScopes(self->m_repository), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (progress)
        progress(blob.size);
    co_return Result<void>();
}

//! What the registry has of this upload; takes over where it is now.
Task<Result<HttpResponse>> UploadSession::askStatus(Ptr self, HttpRequest request, std::stop_token stop)
{
    auto reply = co_await self->m_client->send(request, pushScopes(self->m_repository), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (auto moved = self->moveTo(request.url, *reply); !moved)
        co_return fail(std::move(moved.error()));
    co_return reply;
}

//! How many bytes the registry has. \a sent is what it may have at most.
Task<Result<qint64>> UploadSession::uploaded(Ptr self, qint64 sent, std::stop_token stop)
{
    auto reply = co_await askStatus(self, self->request("GET", u"push blob"_s), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    const auto bytes = uploadedBytes(reply->headers.value("Range"), sent == 1);
    if (!bytes || *bytes > sent) {
        co_return fail(Error::Code::Corrupt, self->m_client->registry(),
                       u"the registry does not say how much of the upload it has"_s);
    }
    co_return *bytes;
}

//! One chunk. After a lost connection or a dispute about the offset the registry is asked what it has.
Task<Result<void>> UploadSession::patch(Ptr self, qint64 start, QByteArray chunk, std::stop_token stop)
{
    const qint64 end = start + chunk.size();
    qint64 position = start;
    for (int attempt = 1;; ++attempt) {
        HttpRequest request = self->request("PATCH", u"push blob"_s);
        request.replyTimeout = StoringPatience;
        request.headers.set("Content-Type", "application/octet-stream");
        request.headers.set("Content-Range",
                            QByteArray::number(position) + '-' + QByteArray::number(end - 1));
        request.body = position == start ? chunk : chunk.sliced(position - start);
        auto reply = co_await self->m_client->send(request, pushScopes(self->m_repository), stop);
        if (reply) {
            Result<void> moved = self->moveTo(request.url, *reply);
            co_return moved;
        }
        const bool isWorthAsking = reply.error().isTransient() || reply.error().httpStatus == 416;
        if (!isWorthAsking || attempt == ChunkAttempts)
            co_return fail(std::move(reply.error()));
        auto there = co_await uploaded(self, end, stop);
        if (!there || *there < start)
            co_return fail(std::move(reply.error()));
        if (*there == end)
            co_return Result<void>();
        position = *there;
    }
}

Task<Result<Descriptor>> UploadSession::putInChunks(Ptr self, ByteSourcePtr source, ProgressCallback progress,
                                                    std::stop_token stop)
{
    if (self->m_minChunk > MaxChunkSize) {
        co_return fail(Error::make(Error::Code::Unsupported, self->m_client->registry(),
                                   u"the registry wants pieces larger than Tagboat sends"_s)
                           .during(u"push blob"_s));
    }
    const qint64 chunkSize = std::max(ChunkSize, self->m_minChunk);
    const auto hasher = std::make_shared<Hasher>();
    qint64 sent = 0;
    auto chunk = co_await readChunk(source, chunkSize, stop);
    while (chunk) {
        const auto bytes = std::make_shared<QByteArray>(*chunk);
        co_await onWorker([hasher, bytes] {
            hasher->update(*bytes);
            return true;
        });
        QByteArray next;
        if (chunk->size() == chunkSize) {
            auto more = co_await readChunk(source, chunkSize, stop);
            if (!more)
                co_return fail(std::move(more.error()));
            next = std::move(*more);
        }
        if (next.isEmpty())
            break;
        auto done = co_await patch(self, sent, *chunk, stop);
        if (!done)
            co_return fail(std::move(done.error()));
        sent += chunk->size();
        if (progress)
            progress(sent);
        chunk = std::move(next);
    }
    if (!chunk)
        co_return fail(std::move(chunk.error()));

    Descriptor blob;
    blob.digest = hasher->finish();
    blob.size = sent + chunk->size();
    HttpRequest request = self->request("PUT", u"push blob"_s);
    request.replyTimeout = StoringPatience;
    request.subject = blob.digest.toString();
    request.url = self->closingUrl(blob.digest);
    request.headers.set("Content-Type", "application/octet-stream");
    if (sent > 0)
        request.headers.set("Content-Range",
                            QByteArray::number(sent) + '-' + QByteArray::number(blob.size - 1));
    request.body = *chunk;
    auto reply = co_await self->m_client->send(request, pushScopes(self->m_repository), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (progress)
        progress(blob.size);
    co_return blob;
}

Task<void> UploadSession::cancel(Ptr self)
{
    // Also, and mostly, wanted after a stop: hence no token of the caller's, and little patience.
    for (int attempt = 1; attempt <= CancelAttempts; ++attempt) {
        HttpRequest request = self->request("DELETE", u"cancel upload"_s);
        request.idleTimeout = CancelPatience;
        auto reply = co_await self->m_client->send(request, removeScopes(self->m_repository), {});
        if (reply)
            co_return;
        qCDebug(lcRegistry).noquote() << reply.error().toString();
        // The address of an upload holds how much of it there is (distribution), which a stop in the middle
        // made untrue; the status tells the right one.
        if (reply.error().httpStatus != 404 && reply.error().httpStatus != 416)
            co_return;
        HttpRequest question = self->request("GET", u"cancel upload"_s);
        question.idleTimeout = CancelPatience;
        auto status = co_await askStatus(self, question, {});
        if (!status)
            co_return;
    }
}

} // namespace Tagboat
