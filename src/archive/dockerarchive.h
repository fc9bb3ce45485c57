// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/archive.h"
#include "archive/openarchive.h"

namespace Tagboat {

//! A layer of a docker-archive: a member that has, once unpacked, the diff ID the config states.
struct DockerLayer
{
    qsizetype member = 0;
    Digest diffId;
};

//! An image of a docker-archive (`manifest.json`).
struct DockerImage
{
    QByteArray config; //!< exact bytes: their digest is the image ID
    Digest id;
    QString configPath;
    QList<DockerLayer> layers; //!< base first
    QStringList names;         //!< canonical
    Platform platform;
};

/*!
 * \brief Reads the images that manifest.json names; an archive without it has none.
 *
 * The legacy `repositories` and the `json`, `VERSION` beside layers are not read: manifest.json has said it
 * all since Docker 1.10. Errors: Corrupt and DigestMismatch with the member's name.
 */
[[nodiscard]] Task<Result<QList<DockerImage>>> readDockerImages(OpenedArchivePtr archive,
                                                                std::stop_token stop);

} // namespace Tagboat
