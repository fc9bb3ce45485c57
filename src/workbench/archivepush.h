// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/archive.h"
#include "registry/registryclient.h"
#include "transfer/journal.h"
#include "transfer/queue.h"

#include <memory>

namespace Tagboat {

//! From an archive straight to a registry.
struct ArchivePush
{
    QString file;
    QString only; //!< canonical reference of the image in there; empty: the only one
    std::shared_ptr<RegistryClient> client;
    QString repository;
    QStringList tags;
    std::optional<LayerCompression> compression; //!< of plain layers; empty: any
    std::shared_ptr<Journal> journal;            //!< may be null
    std::shared_ptr<WorkTerms> terms;            //!< of the queue that runs it; may be null
};

/*!
 * \brief Pushes an image of an archive without unpacking it first: layers are compressed while they go up.
 *
 * A layer that was compressed before (in the way that is asked for, if one is), whose bytes had its diff ID
 * then, is not read at all where the repository has the outcome, or another of the registry, that it can be
 * mounted from. What is transient is tried again; layers that are up stay up, and one that broke off goes on
 * where the registry has it, also in a later push of the archive: what it has is made again and not sent.
 * Gives the root that the tags point at now.
 */
[[nodiscard]] Task<Result<Descriptor>> pushArchive(ArchivePush push, ArchiveProgressCallback progress,
                                                   std::stop_token stop);

} // namespace Tagboat
