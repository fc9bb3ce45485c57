// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "base/task.h"
#include "oci/descriptor.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace Tagboat {

//! Unknown is never taken for Absent by a caller that could lose something by it; it may cost a needless
//! transfer.
enum class Presence { Present, Absent, Unknown };

//! A manifest or index as exact bytes with the descriptor they have been verified against.
struct ManifestContent
{
    Descriptor descriptor;
    QByteArray bytes;
};

/*!
 * \brief A place one can read images from: a repository of a registry, the embedded store, an archive.
 *
 * Held by shared_ptr, used on the engine thread only. Implementations are stateless between calls or guard
 * their state, since several calls run at once. `name` is what the place itself calls an image: tag or digest
 * in a repository, a canonical reference or a digest in a store. Errors carry the name or digest as subject;
 * the caller sets Origin.
 */
class ContentReader
{
public:
    virtual ~ContentReader() = default;
    //! The root descriptor of a name or digest, without moving its content where that is possible (HEAD).
    [[nodiscard]] virtual Task<Result<Descriptor>> resolve(QString name, std::stop_token stop) = 0;
    //! Bytes of a manifest or index by name or digest: verified, at most MaxManifestSize.
    [[nodiscard]] virtual Task<Result<ManifestContent>> fetchManifest(QString nameOrDigest,
                                                                      std::stop_token stop) = 0;
    //! A blob's bytes from \a offset. The source is **not** trusted to be right: wrap it in verified()
    //! (content/verify.h) or push it to a writer, which verifies.
    [[nodiscard]] virtual Task<Result<ByteSourcePtr>> openBlob(Descriptor blob, qint64 offset,
                                                               std::stop_token stop) = 0;
    //! Manifests that say in their `subject` that they are about this one: signatures, SBOMs, attestations
    //! (distribution-spec 1.1 "Listing Referrers"). None is no error. What a place lists may be wrong: the
    //! caller looks at each one's subject. A place that keeps no such list has none.
    [[nodiscard]] virtual Task<Result<QList<Descriptor>>> referrers(Digest subject, std::stop_token stop);
};

/*!
 * \brief Bytes that are made while they travel, whose size and digest are known only at their end: a layer
 * while it is being compressed.
 */
struct StreamedBlob
{
    QString mediaType;
    //! Makes them from their beginning; called again where what was made is needed once more.
    std::function<Task<Result<ByteSourcePtr>>(std::stop_token stop)> make;
    //! Stands for what they are made from, and how: equal keys, equal bytes. A place that can goes on with
    //! what an earlier try, of any process, brought there under the same key. Null: every try begins anew.
    Digest key = {};
    //! Put around what goes over a line, to pace it. May be empty.
    std::function<ByteSourcePtr(ByteSourcePtr source)> paced = {};
    //! Asked when a try broke off in a way that may pass: true after a pause, where it is to go on. May be
    //! empty: never.
    std::function<Task<bool>(Error error, std::stop_token stop)> again = {};

    //! Of bytes that can be had only once.
    [[nodiscard]] static StreamedBlob once(QString mediaType, ByteSourcePtr source);
};

/*!
 * \brief A place one can put images into. Same rules as ContentReader.
 *
 * The order that keeps every place whole: blobs, child manifests, the root manifest, its names last.
 */
class ContentWriter
{
public:
    virtual ~ContentWriter() = default;
    [[nodiscard]] virtual Task<Result<Presence>> blobPresence(Descriptor blob, std::stop_token stop) = 0;
    [[nodiscard]] virtual Task<Result<Presence>> manifestPresence(Descriptor manifest,
                                                                  std::stop_token stop) = 0;
    //! Where a name points now; nothing if it does not exist.
    [[nodiscard]] virtual Task<Result<std::optional<Descriptor>>> current(QString name,
                                                                          std::stop_token stop) = 0;
    //! Stores a blob under its digest, verified while streaming (size, digest, trailing bytes) by the writer
    //! or the server. Nothing is visible under the digest unless it is right. \a open may be called several
    //! times (resume).
    [[nodiscard]] virtual Task<Result<void>> pushBlob(Descriptor blob, SourceFactory open,
                                                      ProgressCallback progress, std::stop_token stop) = 0;
    //! Stores bytes whose digest is known only at their end. Each try tells \a progress first from where it
    //! goes on: 0 where nothing of what was sent before is left.
    [[nodiscard]] virtual Task<Result<Descriptor>> pushStream(StreamedBlob stream, ProgressCallback progress,
                                                              std::stop_token stop) = 0;
    //! Takes a blob over from another repository of the same place without moving it; false: has to be
    //! pushed.
    [[nodiscard]] virtual Task<Result<bool>> mountBlob(Descriptor blob, QString fromRepository,
                                                       std::stop_token stop) = 0;
    //! Stores a manifest or index; with \a names also points these at it (atomically where the place can),
    //! without only under its digest.
    [[nodiscard]] virtual Task<Result<void>> pushManifest(ManifestContent manifest, QStringList names,
                                                          std::stop_token stop) = 0;
};

} // namespace Tagboat
