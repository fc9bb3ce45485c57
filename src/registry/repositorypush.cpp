// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "content/verify.h"
#include "oci/referrer.h"
#include "registry/blobupload.h"
#include "registry/manifestrequest.h"
#include "registry/openuploads.h"
#include "registry/presence.h"
#include "registry/referrerstag.h"
#include "registry/scopes.h"
#include "registry/streamupload.h"
#include "registry/vendor.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Self = std::shared_ptr<Repository>;

Task<Result<Presence>> askForManifest(Self self, Descriptor manifest, std::stop_token stop)
{
    auto request = manifestRequest(*self, "HEAD", manifest.digest.toString(), u"look up manifest"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    const auto reply = co_await self->client()->send(*request, pushScopes(self->path()), stop);
    co_return presenceOf(reply);
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
    request.isRepeatable = true;
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

Task<Result<bool>> notMounted()
{
    co_return false;
}

Task<void> nothingToDo()
{
    co_return;
}

//! True where the registry says that it has noted what the manifest refers to.
Task<Result<bool>> put(Self self, ManifestContent manifest, QString name, std::stop_token stop)
{
    auto request = manifestRequest(*self, "PUT", name, u"push manifest"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    request->headers.set("Content-Type", manifest.descriptor.mediaType.toLatin1());
    request->body = manifest.bytes;
    request->isRepeatable = true;
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
    co_return reply->headers.contains("OCI-Subject");
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
    bool isSubjectNoted = false;
    for (const QString& tag : std::as_const(tags)) {
        auto done = co_await put(self, manifest, tag, stop);
        if (!done)
            co_return fail(std::move(done.error()));
        isSubjectNoted = *done;
    }
    if (isSubjectNoted)
        co_return Result<void>();
    auto document = parseManifestOrIndex(manifest.bytes, manifest.descriptor.mediaType, digest);
    const auto subject = document ? subjectOf(*document) : std::nullopt;
    if (!subject)
        co_return Result<void>();
    auto entered = co_await enterInReferrersTag(self, subject->digest, referrerEntry(*document), stop);
    co_return entered;
}

} // namespace

Task<Result<Presence>> Repository::blobPresence(Descriptor blob, std::stop_token stop)
{
    return askForBlob(m_client, m_path, std::move(blob), std::move(stop));
}

Task<Result<Presence>> Repository::manifestPresence(Descriptor manifest, std::stop_token stop)
{
    return askForManifest(shared_from_this(), std::move(manifest), std::move(stop));
}

Task<Result<void>> Repository::pushBlob(Descriptor blob, SourceFactory open, ProgressCallback progress,
                                        std::stop_token stop)
{
    return pushBlobTo(shared_from_this(), m_uploads, std::move(blob), std::move(open), std::move(progress),
                      std::move(stop));
}

Task<Result<Descriptor>> Repository::pushStream(StreamedBlob stream, ProgressCallback progress,
                                                std::stop_token stop)
{
    return pushStreamTo(shared_from_this(), m_uploads, std::move(stream), std::move(progress),
                        std::move(stop));
}

Task<Result<bool>> Repository::mountBlob(Descriptor blob, QString fromRepository, std::stop_token stop)
{
    if (!vendorTraits(m_client->registry()).mounts)
        return notMounted();
    return mountOrOpen(shared_from_this(), m_uploads, std::move(blob), std::move(fromRepository),
                       std::move(stop));
}

Task<Result<void>> Repository::pushBlobTo(std::shared_ptr<Repository> self,
                                          std::shared_ptr<OpenUploads> uploads, Descriptor blob,
                                          SourceFactory open, ProgressCallback progress, std::stop_token stop)
{
    const auto upload = std::make_shared<BlobUpload>();
    upload->client = self->client();
    upload->repository = self->path();
    upload->blob = blob;
    upload->open = std::move(open);
    upload->progress = std::move(progress);
    upload->session = uploads->take(blob.digest);
    upload->lost = uploads->lost(blob.digest);
    upload->chunkSize = uploads->chunkSize;
    auto done = co_await uploadBlob(upload, stop);
    uploads->noteLost(blob.digest, done ? 0 : upload->lost);
    const bool goesOn = done || stop.stop_requested() || done.error().isTransient()
        || done.error().code == Error::Code::Unauthorized;
    if (goesOn)
        uploads->chunkSize = upload->chunkSize;
    co_return done;
}

Task<Result<Descriptor>> Repository::pushStreamTo(std::shared_ptr<Repository> self,
                                                  std::shared_ptr<OpenUploads> uploads, StreamedBlob stream,
                                                  ProgressCallback progress, std::stop_token stop)
{
    const Digest key = stream.key;
    const auto upload = std::make_shared<StreamUpload>();
    upload->client = self->client();
    upload->repository = self->path();
    upload->stream = std::move(stream);
    upload->progress = std::move(progress);
    upload->chunkSize = uploads->streamChunkSize;
    if (!key.isNull()) {
        upload->lost = uploads->lost(key);
        if (const auto made = uploads->unheardOf.constFind(key); made != uploads->unheardOf.cend())
            upload->made = *made;
    }
    auto blob = co_await uploadStream(upload, stop);
    if (!key.isNull()) {
        uploads->noteLost(key, blob ? 0 : upload->lost);
        uploads->unheardOf.remove(key);
        if (!blob && upload->made)
            uploads->unheardOf.insert(key, *upload->made);
    }
    uploads->streamChunkSize = upload->chunkSize;
    co_return blob;
}

Task<Result<bool>> Repository::mountOrOpen(std::shared_ptr<Repository> self,
                                           std::shared_ptr<OpenUploads> uploads, Descriptor blob,
                                           QString from, std::stop_token stop)
{
    auto answer = co_await mount(self, blob, from, stop);
    if (!answer)
        co_return fail(std::move(answer.error()));
    if (answer->session && uploads->has(blob.digest)) // one is enough
        co_await UploadSession::cancel(answer->session);
    else if (answer->session)
        uploads->keep(blob.digest, answer->session);
    co_return answer->isMounted;
}

Task<void> Repository::forgetMount(Descriptor blob)
{
    const UploadSession::Ptr session = m_uploads->take(blob.digest);
    return session ? UploadSession::cancel(session) : nothingToDo();
}

Task<Result<void>> Repository::pushManifest(ManifestContent manifest, QStringList tags, std::stop_token stop)
{
    return putAll(shared_from_this(), std::move(manifest), std::move(tags), std::move(stop));
}

} // namespace Tagboat
