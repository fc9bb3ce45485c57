// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/credentialsource.h"
#include "oci/mediatype.h"
#include "registry/registryclient.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/resulttest.h"

#include <QDirIterator>

namespace Tagboat {

inline const std::stop_token Go;

[[nodiscard]] inline std::shared_ptr<RegistryClient> anonymousClient(const std::shared_ptr<HttpClient>& http,
                                                                     const QString& registry)
{
    return std::make_shared<RegistryClient>(http, registry, noCredential(), RegistryClient::Options());
}

[[nodiscard]] inline Descriptor blobOf(const QByteArray& bytes)
{
    Descriptor descriptor;
    descriptor.mediaType = MediaType::OciLayer;
    descriptor.digest = Digest::ofBytes(bytes);
    descriptor.size = bytes.size();
    return descriptor;
}

[[nodiscard]] inline SourceFactory factoryOf(const QByteArray& bytes)
{
    return [bytes](qint64 offset, std::stop_token) -> Task<Result<ByteSourcePtr>> {
        return [](QByteArray rest) -> Task<Result<ByteSourcePtr>> {
            co_return memorySource(rest);
        }(bytes.mid(offset));
    };
}

[[nodiscard]] inline Result<void> pushBytes(const std::shared_ptr<Repository>& to, const QByteArray& bytes)
{
    return QCoro::waitFor(to->pushBlob(blobOf(bytes), factoryOf(bytes), {}, Go));
}

[[nodiscard]] inline Result<QByteArray> readBack(const std::shared_ptr<Repository>& from,
                                                 const Descriptor& blob, qint64 offset = 0)
{
    auto source = QCoro::waitFor(from->openBlob(blob, offset, Go));
    if (!source)
        return std::unexpected(source.error());
    return QCoro::waitFor(readAll(*source, 64 * 1024 * 1024, blob.digest.toString(), Go));
}

//! Everything of an image, in the order that keeps a registry whole.
[[nodiscard]] inline Result<void> pushImage(const std::shared_ptr<Repository>& to,
                                            const Testing::RandomImage& image, const QStringList& tags)
{
    for (const Testing::RandomBlob& blob : image.blobs) {
        auto pushed = QCoro::waitFor(to->pushBlob(blob.descriptor, blob.factory(), {}, Go));
        if (!pushed)
            return pushed;
    }
    for (const ManifestContent& manifest : image.manifests) {
        auto pushed = QCoro::waitFor(to->pushManifest(manifest, {}, Go));
        if (!pushed)
            return pushed;
    }
    return QCoro::waitFor(to->pushManifest(image.root(), tags, Go));
}

//! Uploads that the registry has not forgotten; of those it has, it keeps empty folders.
[[nodiscard]] inline int openUploads(const RegistryProcess& registry, const QString& path)
{
    int count = 0;
    QDirIterator files(registry.storage()
                           + QStringLiteral("/docker/registry/v2/repositories/%1/_uploads").arg(path),
                       {QStringLiteral("startedat")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        ++count;
    }
    return count;
}

} // namespace Tagboat
