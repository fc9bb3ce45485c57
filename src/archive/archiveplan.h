// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/dockerarchive.h"
#include "archive/ociarchive.h"

namespace Tagboat {

//! The images of an archive and from which of its two descriptions each is brought in.
struct ArchivePlan
{
    ArchiveFormat format = ArchiveFormat::OciArchive;
    QList<OciImage> oci;       //!< all of them whole
    QList<DockerImage> docker; //!< no image stands in both lists
};

/*!
 * \brief Reads both descriptions an archive may have, and decides.
 *
 * Docker since version 25 writes an OCI layout and manifest.json into one archive. An image that both
 * describe is taken from the layout, which keeps its digest, with the names of both; but from manifest.json
 * where the layout lacks a part of it (Docker leaves out untagged images and platforms), and where its layers
 * are stored plain: that manifest was only made up by `docker save`, and its layers shall be compressed on
 * the way in. Unsupported where there is no image at all, Corrupt where one is not whole in either
 * description.
 */
[[nodiscard]] Task<Result<ArchivePlan>> planArchive(OpenedArchivePtr archive, std::stop_token stop);

//! What a list shows of the plan.
[[nodiscard]] ArchiveContents contentsOf(const ArchivePlan& plan, const OpenedArchive& archive);

} // namespace Tagboat
