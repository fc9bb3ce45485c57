// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registry/uploadsession.h"

#include "base/logging.h"
#include "net/redirect.h"
#include "registry/range.h"
#include "registry/registryclient.h"
#include "registry/scopes.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr int CancelAttempts = 3;
constexpr std::chrono::seconds CancelPatience{4};
//! For the answer to bytes of a blob: a proxy hands them on only when it has all of them, and a registry may
//! copy the blob to where it stays before it says a word.
constexpr std::chrono::minutes StoringPatience{10};

//! "0-99" is the first hundred; unlike elsewhere in HTTP there is no unit before it (distribution-spec).
QByteArray contentRange(qint64 offset, qint64 size)
{
    return QByteArray::number(offset) + '-' + QByteArray::number(offset + size - 1);
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
    request.isRepeatable = true; // a session too many does no harm
    request.operation = u"push blob"_s;
    request.subject = client->registry() + u'/' + repository;
    auto reply = co_await client->send(request, pushScopes(repository), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    Result<Ptr> session = fromReply(client, repository, reply->url, *reply);
    co_return session;
}

UploadSession::Ptr UploadSession::at(std::shared_ptr<RegistryClient> client, const QString& repository,
                                     const QUrl& location)
{
    const Ptr session(new UploadSession);
    session->m_client = std::move(client);
    session->m_repository = repository;
    session->m_location = location;
    return session;
}

HttpRequest UploadSession::bytesRequest(const QByteArray& method, qint64 offset, qint64 size,
                                        ByteSourcePtr source, const ProgressCallback& progress) const
{
    HttpRequest request = this->request(method, u"push blob"_s);
    request.replyTimeout = StoringPatience;
    request.headers.set("Content-Type", "application/octet-stream");
    if (size == 0)
        return request;
    request.bodySource = std::move(source);
    request.bodySize = size;
    if (progress)
        request.uploadProgress = [progress, offset](qint64 sent) { progress(offset + sent); };
    return request;
}

Task<Result<void>> UploadSession::put(Ptr self, Descriptor blob, qint64 offset, ByteSourcePtr source,
                                      ProgressCallback progress, std::stop_token stop)
{
    HttpRequest request = self->bytesRequest("PUT", offset, blob.size - offset, std::move(source), progress);
    request.url = self->closingUrl(blob.digest);
    request.subject = blob.digest.toString();
    if (offset > 0 && offset < blob.size)
        request.headers.set("Content-Range", contentRange(offset, blob.size - offset));
    auto reply = co_await self->m_client->send(std::move(request), pushScopes(self->m_repository), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (progress)
        progress(blob.size);
    co_return Result<void>();
}

Task<Result<void>> UploadSession::patch(Ptr self, qint64 offset, qint64 size, ByteSourcePtr source,
                                        ProgressCallback progress, std::stop_token stop)
{
    HttpRequest request = self->bytesRequest("PATCH", offset, size, std::move(source), progress);
    request.headers.set("Content-Range", contentRange(offset, size));
    auto done = co_await sendPatch(self, std::move(request), stop);
    co_return done;
}

Task<Result<void>> UploadSession::patchAll(Ptr self, qint64 offset, ByteSourcePtr source,
                                           ProgressCallback progress, std::stop_token stop)
{
    HttpRequest request = self->bytesRequest("PATCH", offset, -1, std::move(source), progress);
    auto done = co_await sendPatch(self, std::move(request), stop);
    co_return done;
}

Task<Result<void>> UploadSession::sendPatch(Ptr self, HttpRequest request, std::stop_token stop)
{
    const QUrl asked = request.url;
    auto reply = co_await self->m_client->send(std::move(request), pushScopes(self->m_repository), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    Result<void> moved = self->moveTo(asked, *reply);
    co_return moved;
}

//! What the registry has of this upload; takes over where it is now.
Task<Result<HttpResponse>> UploadSession::askStatus(Ptr self, HttpRequest request, std::stop_token stop)
{
    auto reply = co_await self->m_client->send(request, pushScopes(self->m_repository), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (auto moved = self->moveTo(request.url, *reply); !moved)
        co_return fail(std::move(moved.error()));
    if (reply->headers.contains("OCI-Chunk-Min-Length"))
        self->m_minChunk = std::max<qint64>(0, reply->headers.value("OCI-Chunk-Min-Length").toLongLong());
    co_return reply;
}

Task<Result<qint64>> UploadSession::status(Ptr self, qint64 most, std::stop_token stop)
{
    auto reply = co_await askStatus(self, self->request("GET", u"push blob"_s), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    const auto bytes = uploadedBytes(reply->headers.value("Range"), most == 1);
    if (!bytes || *bytes > most) {
        co_return fail(Error::Code::Corrupt, self->m_client->registry(),
                       u"the registry does not say how much of the upload it has"_s);
    }
    co_return *bytes;
}

bool isSessionForgotten(const Error& error, bool inChunks)
{
    const bool isNamed = error.response.contains("BLOB_UPLOAD_UNKNOWN"_L1)
        || error.response.contains("BLOB_UPLOAD_INVALID"_L1);
    return error.httpStatus == 404 && (isNamed || inChunks);
}

Task<void> UploadSession::cancel(Ptr self)
{
    // Also, and mostly, wanted after a stop: hence no token of the caller's, and little patience, for all of
    // it together (a login may be needed first).
    std::stop_source deadline;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [&deadline] { deadline.request_stop(); });
    timer.start(CancelPatience);
    for (int attempt = 1; attempt <= CancelAttempts; ++attempt) {
        const HttpRequest request = self->request("DELETE", u"cancel upload"_s);
        auto reply =
            co_await self->m_client->send(request, removeScopes(self->m_repository), deadline.get_token());
        if (reply)
            co_return;
        qCDebug(lcRegistry).noquote() << reply.error().toString();
        // The address of an upload holds how much of it there is (distribution), which a stop in the middle
        // made untrue; the status tells the right one.
        if (reply.error().httpStatus != 404 && reply.error().httpStatus != 416)
            co_return;
        const HttpRequest question = self->request("GET", u"cancel upload"_s);
        auto status = co_await askStatus(self, question, deadline.get_token());
        if (!status)
            co_return;
    }
}

} // namespace Tagboat
