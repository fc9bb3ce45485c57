// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "content/verify.h"
#include "oci/mediatype.h"
#include "registry/manifestrequest.h"
#include "registry/openuploads.h"
#include "registry/partsource.h"
#include "registry/range.h"
#include "registry/scopes.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Self = std::shared_ptr<Repository>;

//! What the headers of a manifest reply tell; nothing where they do not tell all.
std::optional<Descriptor> describedByHeaders(const HttpHeaders& headers)
{
    Descriptor descriptor;
    descriptor.mediaType = MediaType::withoutParameters(QString::fromLatin1(headers.value("Content-Type")));
    const auto digest = Digest::parse(QString::fromLatin1(headers.value("Docker-Content-Digest")));
    bool hasSize = false;
    descriptor.size = headers.value("Content-Length").toLongLong(&hasSize);
    if (!digest || !hasSize || descriptor.size <= 0
        || !(MediaType::isManifest(descriptor.mediaType) || MediaType::isIndex(descriptor.mediaType)))
        return std::nullopt;
    descriptor.digest = *digest;
    return descriptor;
}

//! A refusal of a HEAD comes without words, and some registries do not know HEAD: worth asking by GET.
bool isWorthAskingByGet(const Error& error)
{
    const int status = error.httpStatus;
    return error.response.isEmpty()
        && (status == 400 || status == 401 || status == 403 || status == 405 || status == 406);
}

Result<ManifestContent> checkedManifest(QByteArray bytes, const HttpStream& reply, const Digest& asked,
                                        const QString& subject)
{
    if (!asked.isNull()) {
        Descriptor expected;
        expected.digest = asked;
        expected.size = bytes.size();
        if (auto same = verifyBytes(bytes, expected, subject); !same)
            return fail(std::move(same.error()));
    }
    // A type that says nothing is left to the document; one that says something must not contradict it.
    QString type = MediaType::withoutParameters(QString::fromLatin1(reply.headers.value("Content-Type")));
    if (!type.contains("manifest"_L1) && !type.contains("image.index"_L1))
        type.clear();
    auto document = parseManifestOrIndex(bytes, type, subject);
    if (!document)
        return fail(std::move(document.error()));
    ManifestContent content;
    content.descriptor = descriptorOf(*document);
    content.bytes = std::move(bytes);
    if (!asked.isNull())
        content.descriptor.digest = asked; // as it was asked for, sha512 too
    else if (const QByteArray told = reply.headers.value("Docker-Content-Digest");
             !told.isEmpty() && told != content.descriptor.digest.toString().toLatin1())
        qCInfo(lcRegistry).noquote() << subject << "has" << content.descriptor.digest.toString()
                                     << "but the registry says" << told;
    return content;
}

Task<Result<ManifestContent>> fetch(Self self, QString name, QStringList scopes, std::stop_token stop)
{
    auto request = manifestRequest(*self, "GET", name, u"read manifest"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    const QString subject = request->subject;
    auto reply = co_await self->client()->open(*request, scopes, stop);
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (reply->contentLength > MaxManifestSize) {
        co_return fail(Error::make(Error::Code::InvalidInput, subject,
                                   u"the manifest is %1 bytes, more than the 4 MiB that may be"_s.arg(
                                       reply->contentLength))
                           .during(request->operation));
    }
    auto bytes = co_await readAll(reply->body, MaxManifestSize, subject, stop);
    reply->body.reset();
    if (!bytes)
        co_return fail(std::move(bytes.error()).during(request->operation));
    Result<ManifestContent> content = checkedManifest(std::move(*bytes), *reply, askedDigest(name), subject);
    if (!content)
        co_return fail(std::move(content.error()).during(request->operation));
    co_return content;
}

Task<Result<Descriptor>> find(Self self, QString name, QStringList scopes, std::stop_token stop)
{
    auto request = manifestRequest(*self, "HEAD", name, u"look up"_s);
    if (!request)
        co_return fail(std::move(request.error()));
    auto reply = co_await self->client()->send(*request, scopes, stop);
    if (!reply && !isWorthAskingByGet(reply.error()))
        co_return fail(std::move(reply.error()));
    if (reply) {
        const auto descriptor = describedByHeaders(reply->headers);
        const Digest asked = askedDigest(name);
        if (descriptor && (asked.isNull() || asked == descriptor->digest))
            co_return *descriptor;
    }
    auto content = co_await fetch(self, name, scopes, stop);
    if (!content)
        co_return fail(std::move(content.error()));
    co_return content->descriptor;
}

Result<ByteSourcePtr> bodyFrom(HttpStream reply, const Descriptor& blob, qint64 offset)
{
    const QString subject = blob.digest.toString();
    if (offset == 0 || reply.status != 206)
        return skipping(std::move(reply.body), offset, subject);
    const auto range = ContentRange::parse(reply.headers.value("Content-Range"));
    const bool fits =
        range && range->first == offset && (range->total < 0 || blob.size < 0 || range->total == blob.size);
    if (!fits) {
        return fail(Error::make(Error::Code::Corrupt, subject,
                                u"the registry sent another part of the blob than was asked for"_s)
                        .during(u"read blob"_s));
    }
    return std::move(reply.body);
}

//! A validator that stands for the bytes themselves (RFC 9110 §8.8.1): a weak one cannot answer for a part.
bool isStrong(const QByteArray& etag)
{
    return etag.size() > 2 && etag.startsWith('"') && etag.endsWith('"');
}

Task<Result<ByteSourcePtr>> readBlob(Self self, std::shared_ptr<QHash<Digest, QByteArray>> etags,
                                     Descriptor blob, qint64 offset, std::stop_token stop)
{
    if (blob.size >= 0 && offset == blob.size && offset > 0)
        co_return memorySource({});
    HttpRequest request;
    request.url = self->client()->url(u"/v2/%1/blobs/%2"_s.arg(self->path(), blob.digest.toString()));
    request.operation = u"read blob"_s;
    request.subject = blob.digest.toString();
    if (offset > 0) {
        request.headers.set("Range", "bytes=" + QByteArray::number(offset) + '-');
        // Where something else lies there now, the whole comes instead of a part that does not fit.
        if (const QByteArray etag = etags->value(blob.digest); !etag.isEmpty())
            request.headers.set("If-Range", etag);
    }
    auto reply = co_await self->client()->open(request, pullScopes(self->path()), stop);
    if (!reply && offset > 0 && reply.error().httpStatus == 416) {
        // What is there is shorter than what we have of it: nothing to go on with.
        reply.error().code = Error::Code::Corrupt;
    }
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (const QByteArray etag = reply->headers.value("ETag"); isStrong(etag))
        etags->insert(blob.digest, etag);
    // Only where no length was told: else HTTP itself notices.
    const bool tellsLength = reply->contentLength >= 0;
    Result<ByteSourcePtr> source = bodyFrom(std::move(*reply), blob, offset);
    if (source && !tellsLength && blob.size > offset)
        source = unbroken(std::move(*source), blob.size - offset, blob.digest.toString());
    co_return source;
}

Task<Result<std::optional<Descriptor>>> findCurrent(Self self, QString tag, std::stop_token stop)
{
    // Asked on the way to a push: the token is fetched for that at once.
    auto found = co_await find(self, tag, pushScopes(self->path()), stop);
    if (found)
        co_return std::optional<Descriptor>(std::move(*found));
    if (found.error().code == Error::Code::NotFound)
        co_return std::optional<Descriptor>();
    co_return fail(std::move(found.error()));
}

} // namespace

Digest askedDigest(const QString& name)
{
    return name.contains(u':') ? Digest::parse(name).value_or(Digest()) : Digest();
}

Result<HttpRequest> manifestRequest(const Repository& repository, const QByteArray& method,
                                    const QString& name, const QString& operation)
{
    const bool isDigest = name.contains(u':');
    HttpRequest request;
    request.method = method;
    request.operation = operation;
    request.subject =
        repository.client()->registry() + u'/' + repository.path() + (isDigest ? u'@' : u':') + name;
    if (isDigest) {
        if (auto digest = Digest::parse(name); !digest)
            return fail(std::move(digest.error()).during(operation));
    } else if (!Reference::isValidTag(name)) {
        return fail(
            Error::make(Error::Code::InvalidInput, request.subject, u"not a tag"_s).during(operation));
    }
    request.url = repository.client()->url(u"/v2/%1/manifests/%2"_s.arg(repository.path(), name));
    request.headers.set("Accept", MediaType::manifestAccept());
    return request;
}

Repository::Repository(std::shared_ptr<RegistryClient> client, QString path)
    : m_client(std::move(client)), m_path(std::move(path)), m_uploads(std::make_shared<OpenUploads>()),
      m_etags(std::make_shared<QHash<Digest, QByteArray>>())
{ }

Repository::~Repository() = default;

Task<Result<Descriptor>> Repository::resolve(QString tagOrDigest, std::stop_token stop)
{
    return find(shared_from_this(), std::move(tagOrDigest), pullScopes(m_path), std::move(stop));
}

Task<Result<ManifestContent>> Repository::fetchManifest(QString tagOrDigest, std::stop_token stop)
{
    return fetch(shared_from_this(), std::move(tagOrDigest), pullScopes(m_path), std::move(stop));
}

Task<Result<ByteSourcePtr>> Repository::openBlob(Descriptor blob, qint64 offset, std::stop_token stop)
{
    return readBlob(shared_from_this(), m_etags, std::move(blob), offset, std::move(stop));
}

Task<Result<std::optional<Descriptor>>> Repository::current(QString tag, std::stop_token stop)
{
    return findCurrent(shared_from_this(), std::move(tag), std::move(stop));
}

} // namespace Tagboat
