// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/archive.h"
#include "archive/openarchive.h"
#include "oci/imageconfig.h"

#include <optional>

namespace Tagboat {

//! An image of an OCI archive with all that has to be brought in for it.
struct OciImage
{
    Descriptor target;
    Digest id;
    QStringList names;
    Platform platform;
    QList<ManifestContent> manifests; //!< each once, children before parents, the root last
    QList<Descriptor> blobs;          //!< each once, those that are in the archive
    QList<Digest> configs;            //!< of its image manifests
    bool hasPlainLayers = false;      //!< a layer is stored uncompressed
    std::optional<Error> incomplete;  //!< what is missing in the archive, if it is not whole
};

//! The member that holds content by its digest.
[[nodiscard]] QString blobPath(const Digest& digest);

/*!
 * \brief Reads the images that index.json names; an archive without `oci-layout` and index.json has none.
 *
 * Several descriptors of one digest are one image with several names. Of an index some platforms may be
 * absent altogether (a partial store was exported), but what is there must be whole. Errors: Unsupported
 * (another version of the layout), Corrupt and DigestMismatch with the member's name.
 */
[[nodiscard]] Task<Result<QList<OciImage>>> readOciImages(OpenedArchivePtr archive, std::stop_token stop);

} // namespace Tagboat
