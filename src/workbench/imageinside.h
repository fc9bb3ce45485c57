// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "oci/imageconfig.h"
#include "workbench/artifactfacts.h"

namespace Tagboat {

class ImageStore;

//! A document of an image: where it stands among the others. Its bytes are read when somebody wants to see
//! them.
struct ImageDocument
{
    enum class Kind { Index, Manifest, Config, Blob };
    Kind kind = Kind::Manifest;
    Descriptor descriptor;
    Platform platform = {};     //!< below an index: whose it is
    bool isAttestation = false; //!< of `platform`
    QString title = {};         //!< of a blob: its file name or predicate type; empty: it has none
    bool isPresent = true;
};

//! An attestation that BuildKit put beside an image into its index.
struct InsideAttestation
{
    Descriptor manifest;
    Digest of; //!< the image manifest it is about
    bool isPresent = true;
    QStringList predicates = {}; //!< predicate types, as far as its manifest is here
};

//! One platform of an index.
struct InsidePlatform
{
    Descriptor manifest;
    Platform platform;
    qint64 size = 0;         //!< with config and layers where its manifest is here, else of the manifest
    bool isPresent = true;   //!< with all its layers
    bool hasManifest = true; //!< the manifest is, at least
    QList<InsideAttestation> attestations = {};
};

//! What the details of an image show besides what the snapshot tells.
struct ImageInside
{
    Descriptor root;
    bool isIndex = false;
    QMap<QString, QString> annotations; //!< of the root
    Descriptor manifest;                //!< the one whose config follows; null digest where none is here
    QMap<QString, QString> manifestAnnotations; //!< of that, where it is not the root
    bool hasConfig = false;
    ImageConfig config;
    QList<InsidePlatform> platforms;       //!< in the index's order; one where there is no index
    QList<InsideAttestation> attestations; //!< that are about no platform of the index
    QList<ImageDocument> documents;        //!< the root first; of each platform manifest and config
    ArtifactFacts artifact;                //!< of `manifest`; None for an image
};

/*!
 * \brief Reads all documents of the image \a target, but for layers.
 *
 * \a manifest is the one of `platforms` whose config is wanted; null: that of a single image. What is missing
 * or cannot be read is told of in the result, since people look here to find out. Blocking, for workers.
 * Errors: those of ImageStore::image().
 */
[[nodiscard]] Result<ImageInside> readInside(const ImageStore& store, const Digest& target,
                                             const Digest& manifest);

//! A document as it lies on the disk, whatever its digest should be.
struct DocumentBytes
{
    static constexpr qint64 MostBytes = 4 * 1024 * 1024; //!< that are given
    Descriptor descriptor;                               //!< as asked for
    QByteArray bytes;                                    //!< the first MostBytes
    Digest digest;                                       //!< of all that lies there
    qint64 size = 0;                                     //!< of all that lies there

    [[nodiscard]] bool isWhole() const { return bytes.size() == size; }
    [[nodiscard]] bool isSound() const
    {
        return digest == descriptor.digest && (descriptor.size < 0 || descriptor.size == size);
    }
};

//! NotFound, Io. Blocking, for workers.
[[nodiscard]] Result<DocumentBytes> readDocument(const ImageStore& store, const Descriptor& descriptor);

} // namespace Tagboat
