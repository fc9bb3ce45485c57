// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "registrystate.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Tagboat::Testing {

namespace {

using State = UploadsRegistry::State;

RegistryReply blob(State& state, const RegistryRequest& request, const RegistryPath& path)
{
    if (request.method != "GET" && request.method != "HEAD")
        return RegistryReply::error(405, "UNSUPPORTED");
    if (!state.repositories.value(path.repository).blobs.contains(path.rest))
        return RegistryReply::error(404, "BLOB_UNKNOWN");
    const QByteArray tag = '"' + path.rest + '"';
    RegistryReply reply;
    reply.file = state.blobPath(path.rest);
    reply.size = QFileInfo(reply.file).size();
    reply.headers = {{"Content-Type", "application/octet-stream"},
                     {"Docker-Content-Digest", path.rest},
                     {"Accept-Ranges", "bytes"},
                     {"ETag", tag}};
    const QByteArray range = request.field("Range");
    const QByteArray condition = request.field("If-Range");
    if (!range.startsWith("bytes=") || (!condition.isEmpty() && condition != tag))
        return reply;
    const QList<QByteArray> ends = range.mid(6).split('-');
    const qint64 whole = reply.size;
    const qint64 first = ends.constFirst().toLongLong();
    const qint64 last = ends.value(1).isEmpty() ? whole - 1 : std::min(whole - 1, ends.value(1).toLongLong());
    if (first > last) {
        return RegistryReply::error(416, "RANGE_INVALID")
            .with("Content-Range", "bytes */" + QByteArray::number(whole));
    }
    reply.status = 206;
    reply.offset = first;
    reply.size = last - first + 1;
    return std::move(reply).with("Content-Range",
                                 "bytes " + QByteArray::number(first) + '-' + QByteArray::number(last) + '/'
                                     + QByteArray::number(whole));
}

//! All that a manifest or index names is there.
bool isWhole(const State::Repository& repository, const QJsonObject& manifest)
{
    const auto digestOf = [](const QJsonValue& descriptor) {
        return descriptor[QLatin1StringView("digest")].toString().toLatin1();
    };
    const QJsonArray layers = manifest.value(QLatin1StringView("layers")).toArray();
    const QJsonArray children = manifest.value(QLatin1StringView("manifests")).toArray();
    const QJsonValue config = manifest.value(QLatin1StringView("config"));
    return (config.isUndefined() || repository.blobs.contains(digestOf(config)))
        && std::ranges::all_of(
               layers, [&](const QJsonValue& layer) { return repository.blobs.contains(digestOf(layer)); })
        && std::ranges::all_of(children, [&](const QJsonValue& child) {
               return repository.manifests.contains(digestOf(child));
           });
}

RegistryReply putManifest(State& state, const RegistryRequest& request, const RegistryPath& path,
                          const QByteArray& bytes)
{
    Sha256 hash;
    hash.update(bytes);
    const QByteArray digest = hash.finish().toString().toLatin1();
    const bool isByDigest = path.rest.contains(':');
    if (isByDigest && path.rest != digest)
        return RegistryReply::error(400, "DIGEST_INVALID");
    const QJsonObject manifest = QJsonDocument::fromJson(bytes).object();
    if (manifest.isEmpty())
        return RegistryReply::error(400, "MANIFEST_INVALID");
    State::Repository& repository = state.repositories[path.repository];
    if (!isWhole(repository, manifest))
        return RegistryReply::error(400, "MANIFEST_BLOB_UNKNOWN");
    repository.manifests.insert(digest, {request.field("Content-Type"), bytes});
    if (!isByDigest)
        repository.tags.insert(path.rest, digest);
    return RegistryReply{.status = 201}
        .with("Location", "/v2/" + path.repository + "/manifests/" + digest)
        .with("Docker-Content-Digest", digest);
}

RegistryReply manifest(State& state, const RegistryRequest& request, const RegistryPath& path,
                       const QByteArray& body)
{
    if (request.method == "PUT")
        return putManifest(state, request, path, body);
    if (request.method != "GET" && request.method != "HEAD")
        return RegistryReply::error(405, "UNSUPPORTED");
    const State::Repository repository = state.repositories.value(path.repository);
    const QByteArray digest = repository.tags.value(path.rest, path.rest);
    const auto found = repository.manifests.constFind(digest);
    if (found == repository.manifests.cend())
        return RegistryReply::error(404, "MANIFEST_UNKNOWN");
    RegistryReply reply;
    reply.body = found->bytes;
    return std::move(reply)
        .with("Content-Type", found->type)
        .with("Docker-Content-Digest", digest)
        .with("ETag", '"' + digest + '"');
}

RegistryReply tagList(const State& state, const RegistryPath& path)
{
    const auto repository = state.repositories.constFind(path.repository);
    if (repository == state.repositories.cend())
        return RegistryReply::error(404, "NAME_UNKNOWN");
    QJsonArray tags;
    for (const QByteArray& tag : repository->tags.keys())
        tags.append(QString::fromLatin1(tag));
    const QJsonObject list{{QStringLiteral("name"), QString::fromLatin1(path.repository)},
                           {QStringLiteral("tags"), tags}};
    RegistryReply reply;
    reply.body = QJsonDocument(list).toJson(QJsonDocument::Compact);
    return std::move(reply).with("Content-Type", "application/json");
}

} // namespace

RegistryReply answerContent(State& state, const RegistryRequest& request, const QByteArray& body)
{
    if (request.path() == "/v2/" || request.path() == "/v2")
        return RegistryReply{.body = "{}"}.with("Content-Type", "application/json");
    if (const auto path = RegistryPath::parse(request.path(), "/blobs/"))
        return blob(state, request, *path);
    if (const auto path = RegistryPath::parse(request.path(), "/manifests/"))
        return manifest(state, request, *path, body);
    if (const auto path = RegistryPath::parse(request.path(), "/tags/"); path && path->rest == "list")
        return tagList(state, *path);
    return RegistryReply::error(404, "UNSUPPORTED");
}

} // namespace Tagboat::Testing
