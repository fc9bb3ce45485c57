// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"

#include <QStringList>

namespace Tagboat::StoreTest {

//! Bytes with what points at them.
struct Blob
{
    Descriptor descriptor;
    QByteArray bytes;
    [[nodiscard]] qint64 size() const { return bytes.size(); }
    [[nodiscard]] const Digest& digest() const { return descriptor.digest; }
};

struct Image
{
    Blob manifest;
    Blob config;
    QList<Blob> layers;
    //! Bytes of all its blobs.
    [[nodiscard]] qint64 size() const;
};

[[nodiscard]] Blob blobOf(QLatin1StringView mediaType, const QByteArray& bytes);
//! \a size bytes that follow from \a seed.
[[nodiscard]] Blob layerOf(const QByteArray& seed, qint64 size);
//! An image of these layers for linux/\a architecture, made in the given year; different architectures and
//! years give different configs.
[[nodiscard]] Image imageOf(const QList<Blob>& layers, const QString& architecture, int year = 2024);
//! An artifact (empty config) of one blob, with a subject where \a subject has a digest.
[[nodiscard]] Image artifactOf(const Blob& content, const Descriptor& subject);
[[nodiscard]] Blob indexOf(const QList<Image>& images);

[[nodiscard]] SourceFactory sourceOf(const QByteArray& bytes);
[[nodiscard]] Result<void> pushBlob(const std::shared_ptr<ContentWriter>& writer, const Blob& blob);
[[nodiscard]] Result<void> pushManifest(const std::shared_ptr<ContentWriter>& writer, const Blob& manifest,
                                        const QStringList& names);
[[nodiscard]] Result<void> pushImage(const std::shared_ptr<ContentWriter>& writer, const Image& image,
                                     const QStringList& names);
//! With a writer of its own, gone when this returns.
[[nodiscard]] Result<void> pushImage(const std::shared_ptr<ImageStore>& store, const Image& image,
                                     const QStringList& names);

//! What `storeagent receive` reads at a time.
inline constexpr qint64 SlowPiece = 16 * 1024;

//! Every plain file below \a folder, as paths relative to it, sorted.
[[nodiscard]] QStringList filesIn(const QString& folder);
//! What lies in ingest/, leases aside.
[[nodiscard]] QStringList unfinishedIn(const QString& store);
[[nodiscard]] qint64 bytesOfBlobs(const QString& store);
[[nodiscard]] QByteArray contentOf(const QString& path);
[[nodiscard]] bool writeFile(const QString& path, const QByteArray& content);
//! Makes a file look as if it had last been changed so long ago.
[[nodiscard]] bool makeOlder(const QString& path, std::chrono::seconds age);
[[nodiscard]] bool makeBlobsOlder(const QString& store, std::chrono::seconds age);
[[nodiscard]] const StoredImage* findImage(const StoreSnapshot& snapshot, const Digest& target);

} // namespace Tagboat::StoreTest
