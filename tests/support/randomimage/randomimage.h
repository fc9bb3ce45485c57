// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/bytestream.h"
#include "content/content.h"
#include "oci/manifest.h"

#include <QList>
#include <QStringList>

#include <memory>

class QTemporaryDir;

namespace Tagboat::Testing {

//! What randomImage() makes; the defaults are a small OCI image of three gzip layers for linux/amd64.
struct RandomImageOptions
{
    enum class Format { Oci, Docker };
    enum class Compression { None, Gzip, Zstd };

    Format format = Format::Oci;
    QList<qint64> layerSizes{20'000, 60'000, 5'000};   //!< bytes of file contents of each layer, base first
    QList<Compression> compression{Compression::Gzip}; //!< of the layers, taken in turn
    bool isCompressible = true;
    QList<Platform> platforms{}; //!< where not empty: an index with an image for each
    bool hasAttestation = false; //!< adds an entry as BuildKit does; needs platforms
    int sharedLayers = 0; //!< this many base layers come from sharedSeed, so that images have them in common
    quint64 sharedSeed = 1;
    bool hasHistory = true;
    QString directory{}; //!< for blobs above memoryLimit; where empty, a temporary folder that lives as long
                         //!< as the image
    qint64 memoryLimit = 4 * 1024 * 1024;
};

//! A config or a layer: in memory, or in a file where it is large.
struct RandomBlob
{
    Descriptor descriptor;
    QByteArray bytes;
    QString path;  //!< empty: bytes holds it
    Digest diffId; //!< of a layer, else null
    qint64 tarSize = 0;

    [[nodiscard]] QByteArray read() const;
    [[nodiscard]] ByteSourcePtr open(qint64 offset = 0) const;
    [[nodiscard]] SourceFactory factory() const; //!< keeps no reference to this object, but needs its file
};

struct RandomImage
{
    Descriptor target;                //!< the index, or the only manifest
    QByteArray bytes;                 //!< of the target
    QList<ManifestContent> manifests; //!< the images, in the order of the platforms; attestations last
    QList<RandomBlob> blobs;          //!< configs and layers, each once
    std::shared_ptr<QTemporaryDir> directory;

    [[nodiscard]] bool isIndex() const
    {
        return manifests.isEmpty() || manifests.first().descriptor.digest != target.digest;
    }
    //! Config digest of a single image, digest of an index.
    [[nodiscard]] Digest id() const;
    [[nodiscard]] const RandomBlob& blob(const Digest& digest) const; //!< which must be there
    //! Config and layers of manifests[\a index].
    [[nodiscard]] QList<RandomBlob> blobsOf(qsizetype index = 0) const;
    [[nodiscard]] ManifestContent root() const { return {target, bytes}; }
    //! Serves the image under its digests and \a names.
    [[nodiscard]] std::shared_ptr<ContentReader> reader(const QStringList& names) const;
    //! Writes an OCI image layout: new at an absent or empty \a folder, else the image is added.
    void writeLayout(const QString& folder, const QStringList& names) const;
    //! Writes the form `skopeo copy dir:FOLDER …` reads, which takes Docker's media types too (`oci:` does
    //! not).
    void writeSkopeoFolder(const QString& folder) const;
};

/*!
 * \brief An image whose every byte follows from \a seed and \a options.
 *
 * The layers are tar files of a few files each (plain, a long name, a non-ASCII one, a link, a whiteout of a
 * file of the layer below), compressed by zlib and libzstd, hashed by OpenSSL directly: nothing of Tagboat
 * that a test could want to judge takes part but the oci floor's values. Large layers are streamed to disk.
 */
[[nodiscard]] RandomImage randomImage(quint64 seed, const RandomImageOptions& options = {});

} // namespace Tagboat::Testing
