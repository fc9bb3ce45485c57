// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "transfer/processmark.h"

#include <QTemporaryDir>

#include <memory>

namespace Tagboat {

class ImageStore;

//! Where images come from or go to besides a registry: `store`, `oci:DIR[:NAME]`, `oci-archive:FILE[:NAME]`,
//! `docker-archive:FILE[:NAME]`, as skopeo spells them.
struct Place
{
    enum class Kind { Store, OciDirectory, OciArchive, DockerArchive };
    Kind kind = Kind::Store;
    QString path; //!< folder or file
    QString name; //!< name in there; empty: not given

    //! Empty text is the store. Docker and Podman are Unsupported so far.
    [[nodiscard]] static Result<Place> parse(const QString& text);
    [[nodiscard]] bool isArchive() const { return kind == Kind::OciArchive || kind == Kind::DockerArchive; }
};

/*!
 * \brief An image store that lasts as long as this object: what an archive passes through on its way to or
 * from a registry.
 *
 * A process that is killed leaves its store behind, gigabytes maybe. So the folder holds a ProcessMark, and
 * whoever makes the next store removes those whose mark nobody holds any more.
 */
class ScratchStore
{
public:
    //! In \a dataDirectory, which has the room that images need.
    [[nodiscard]] static Result<std::shared_ptr<ScratchStore>> make(const QString& dataDirectory);
    [[nodiscard]] const std::shared_ptr<ImageStore>& store() const { return m_store; }

private:
    explicit ScratchStore(const QString& pattern) : m_folder(pattern) { }
    std::unique_ptr<ProcessMark> m_mark; //!< goes last: until then the folder is somebody's
    QTemporaryDir m_folder;
    std::shared_ptr<ImageStore> m_store;
};

} // namespace Tagboat
