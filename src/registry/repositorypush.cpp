// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "content/verify.h"
#include "net/redirect.h"
#include "registry/manifestrequest.h"
#include "registry/openuploads.h"
#include "registry/scopes.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Self = std::shared_ptr<Repository>;
using Code = Error::Code;

//! What a HEAD says about whether something is there. No answer at all is an error, and so is "not for you".
Result<Presence> presenceOf(const Result<HttpResponse>& reply)
{
    if (reply)
        return Presence::Present;
    const Error& error = reply.error();
    // Sent on to where it lies; whether that place likes a HEAD is another matter.
    if (isRedirect(error.httpStatus))
        return Presence::Present;
    if (error.httpStatus == 404)
        return Presence::Absent;
    const bool isRefused = error.code == Code::Unauthorized || error.code == Code::Denied;
    if (error.httpStatus == 0 || isRefused || error.isTransient())
        return std::unexpected(error);
    return Presence::Unknown;
}

Task<Result<Presence>> askForBlob(Self self, Descriptor blob, std::stop_token stop)
{
    HttpRequest request;
    request.method = "HEAD";
    request.url = self->client()->url(u"/v2/%1/blobs/%2"_s.arg(self->path(), blob.digest.toString()));
    request.operation = u"look up blob"_s;
    request.subject = blob.digest.toString();
    request.followRedirects = false;
    const auto reply = co_await self->client()->send(request, pushScopes(self->path()), stop);
    co_return presenceOf(reply);
}

Task<Result<Presence>> askForManifest(Self self, Descriptor manifest, std::stop_token stop)
{
    auto request = manifestRequest(*self, "HEAD", manifest.digest.toString(), u"look up manifest"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    const auto reply = co_await self->client()->send(*request, pushScopes(self->path()), stop);
    co_return presenceOf(reply);
}

//! Some registries and the proxies in front of them do not take a blob in one piece, and say so with one of
//! these.
bool isWorthTryingInChunks(const Error& error)
{
    const int status = error.httpStatus;
    return status == 404 || status == 405 || status == 411 || status == 413 || status == 501;
}

enum class Way { OnePiece, Chunks };

Task<Result<void>> uploadOnce(UploadSession::Ptr session, Way way, Descriptor blob, SourceFactory open,
                              ProgressCallback progress, std::stop_token stop)
{
    auto source = co_await open(0, stop);
    if (!source)
        co_return fail(std::move(source.error()));
    // The registry verifies too, but only at the end, and not every one does.
    const ByteSourcePtr right = verified(std::move(*source), blob);
    if (way == Way::OnePiece) {
        auto done = co_await UploadSession::put(session, blob, right, progress, stop);
        co_return done;
    }
    auto sent = co_await UploadSession::putInChunks(session, right, progress, stop);
    if (!sent)
        co_return fail(std::move(sent.error()));
    co_return Result<void>();
}

Task<Result<void>> upload(Self self, UploadSession::Ptr session, Descriptor blob, SourceFactory open,
                          ProgressCallback progress, std::stop_token stop)
{
    bool isFresh = !session;
    bool hasRenewed = false;
    Way way = Way::OnePiece;
    while (true) {
        if (!session) {
            auto started = co_await UploadSession::start(self->client(), self->path(), stop);
            if (!started)
                co_return fail(std::move(started.error()));
            session = *started;
        }
        auto done = co_await uploadOnce(session, way, blob, open, progress, stop);
        if (done)
            co_return Result<void>();
        Error error = std::move(done.error());
        if (error.code != Code::Network && error.code != Code::Timeout) // nobody is there to be told
            co_await UploadSession::cancel(session);
        session.reset();
        if (stop.stop_requested())
            co_return fail(std::move(error));

        if (!isFresh && error.code == Code::NotFound) {
            isFresh = true; // the session that came from a mount is forgotten over there
        } else if (!hasRenewed && error.code == Code::Unauthorized && error.operation != "log in"_L1) {
            hasRenewed = true; // the token ran out on the way; the client has learnt from it
        } else if (way == Way::OnePiece && isWorthTryingInChunks(error)) {
            qCInfo(lcRegistry).noquote() << "upload in one piece refused, trying chunks:" << error.toString();
            way = Way::Chunks;
        } else {
            co_return fail(std::move(error));
        }
        if (progress)
            progress(0);
    }
}

Task<Result<Descriptor>> uploadStream(Self self, QString mediaType, ByteSourcePtr source,
                                      ProgressCallback progress, std::stop_token stop)
{
    auto session = co_await UploadSession::start(self->client(), self->path(), stop);
    if (!session)
        co_return fail(std::move(session.error()));
    auto blob = co_await UploadSession::putInChunks(*session, source, progress, stop);
    if (!blob) {
        co_await UploadSession::cancel(*session);
        co_return fail(std::move(blob.error()));
    }
    blob->mediaType = mediaType;
    co_return blob;
}

struct MountAnswer
{
    bool isMounted = false;
    UploadSession::Ptr session;
};

Task<Result<MountAnswer>> mount(Self self, Descriptor blob, QString from, std::stop_token stop)
{
    HttpRequest request;
    request.method = "POST";
    request.url = self->client()->url(u"/v2/%1/blobs/uploads/"_s.arg(self->path()));
    request.url.setQuery(
        u"mount=%1&from=%2"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(blob.digest.toString())),
                                  QString::fromLatin1(QUrl::toPercentEncoding(from))));
    request.operation = u"mount blob"_s;
    request.subject = blob.digest.toString();
    auto reply = co_await self->client()->send(request, mountScopes(self->path(), from), stop);
    if (!reply) {
        // Whatever a registry has against mounting, pushing may do; it will say so itself if not.
        const int status = reply.error().httpStatus;
        if (status >= 400 && status < 500 && status != 429 && reply.error().operation == request.operation)
            co_return MountAnswer();
        co_return fail(std::move(reply.error()));
    }
    MountAnswer answer;
    answer.isMounted = reply->status == 201;
    if (reply->status == 202) {
        auto session = UploadSession::fromReply(self->client(), self->path(), reply->url, *reply);
        if (session)
            answer.session = *session;
    }
    co_return answer;
}

Task<Result<void>> put(Self self, ManifestContent manifest, QString name, std::stop_token stop)
{
    auto request = manifestRequest(*self, "PUT", name, u"push manifest"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    request->headers.set("Content-Type", manifest.descriptor.mediaType.toLatin1());
    request->body = manifest.bytes;
    auto reply = co_await self->client()->send(*request, pushScopes(self->path()), stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    const auto stored = Digest::parse(QString::fromLatin1(reply->headers.value("Docker-Content-Digest")));
    if (stored && stored->algorithm() == manifest.descriptor.digest.algorithm()
        && *stored != manifest.descriptor.digest) {
        co_return fail(Error::make(Error::Code::DigestMismatch, request->subject,
                                   u"the registry stored %1 in place of %2"_s.arg(
                                       stored->toString(), manifest.descriptor.digest.toString()))
                           .during(request->operation));
    }
    co_return Result<void>();
}

Task<Result<void>> putAll(Self self, ManifestContent manifest, QStringList tags, std::stop_token stop)
{
    const QString operation = u"push manifest"_s;
    const QString digest = manifest.descriptor.digest.toString();
    if (manifest.bytes.size() > MaxManifestSize) {
        co_return fail(Error::make(Error::Code::InvalidInput, digest,
                                   u"the manifest is %1 bytes, more than the 4 MiB that may be"_s.arg(
                                       manifest.bytes.size()))
                           .during(operation));
    }
    if (auto same = verifyBytes(manifest.bytes, manifest.descriptor, digest); !same)
        co_return fail(std::move(same.error()).during(operation));
    for (const QString& tag : std::as_const(tags)) {
        if (!Reference::isValidTag(tag))
            co_return fail(Error::make(Error::Code::InvalidInput, tag, u"not a tag"_s).during(operation));
    }
    if (tags.isEmpty())
        tags.append(digest);
    for (const QString& tag : std::as_const(tags)) {
        auto done = co_await put(self, manifest, tag, stop);
        if (!done)
            co_return fail(std::move(done.error()));
    }
    co_return Result<void>();
}

} // namespace

Task<Result<Presence>> Repository::blobPresence(Descriptor blob, std::stop_token stop)
{
    return askForBlob(shared_from_this(), std::move(blob), std::move(stop));
}

Task<Result<Presence>> Repository::manifestPresence(Descriptor manifest, std::stop_token stop)
{
    return askForManifest(shared_from_this(), std::move(manifest), std::move(stop));
}

Task<Result<void>> Repository::pushBlob(Descriptor blob, SourceFactory open, ProgressCallback progress,
                                        std::stop_token stop)
{
    UploadSession::Ptr session = m_uploads->take(blob.digest);
    return upload(shared_from_this(), std::move(session), std::move(blob), std::move(open),
                  std::move(progress), std::move(stop));
}

Task<Result<Descriptor>> Repository::pushStream(QString mediaType, ByteSourcePtr source,
                                                ProgressCallback progress, std::stop_token stop)
{
    return uploadStream(shared_from_this(), std::move(mediaType), std::move(source), std::move(progress),
                        std::move(stop));
}

Task<Result<bool>> Repository::mountBlob(Descriptor blob, QString fromRepository, std::stop_token stop)
{
    return mountOrOpen(shared_from_this(), m_uploads, std::move(blob), std::move(fromRepository),
                       std::move(stop));
}

Task<Result<bool>> Repository::mountOrOpen(std::shared_ptr<Repository> self,
                                           std::shared_ptr<OpenUploads> uploads, Descriptor blob,
                                           QString from, std::stop_token stop)
{
    auto answer = co_await mount(self, blob, from, stop);
    if (!answer)
        co_return fail(std::move(answer.error()));
    if (answer->session)
        uploads->keep(blob.digest, answer->session);
    co_return answer->isMounted;
}

Task<Result<void>> Repository::pushManifest(ManifestContent manifest, QStringList tags, std::stop_token stop)
{
    return putAll(shared_from_this(), std::move(manifest), std::move(tags), std::move(stop));
}

} // namespace Tagboat
