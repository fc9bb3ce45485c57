// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetreebuilder.h"
#include "archive/layercontents.h"
#include "base/task.h"
#include "store/imagestore.h"
#include "workbench/imagefiles.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace Tagboat {

//! ImageFiles with what it takes to find the files' bytes.
struct ListedImage
{
    ImageFiles files;
    Digest manifest;
    QList<Descriptor> layers;         //!< as in the manifest
    std::vector<ContentPlace> places; //!< of the merged tree's nodes
    std::vector<std::vector<ContentPlace>> layerPlaces;
    bool isWhole = true; //!< every layer is here, and was read to its end
};
using ListedImagePtr = std::shared_ptr<const ListedImage>;

/*!
 * \brief Lists, compares and reads the files inside the images of a store.
 *
 * The first look at a layer reads it from end to end (size checked, digest not: a list does no harm, and
 * `verify` tells what is damaged) and keeps its index in `cache/layers` below the data folder, which both
 * programs share; every later look takes the index. Two calls for the same image share one listing, and the
 * last few results are kept. On one thread with an event loop; the work is done on workers, in portions, so
 * that others get their turn. See Workbench for the errors.
 */
class FileListings
{
public:
    FileListings(std::shared_ptr<ImageStore> store, const QString& dataDirectory);
    ~FileListings();
    Q_DISABLE_COPY_MOVE(FileListings)

    //! Called on the calling thread, at most twenty times a second, while layers are read the first time.
    using Progress = std::function<void(const FilesProgress& progress)>;

    [[nodiscard]] Task<Result<ListedImagePtr>> list(FilesOf of, Progress progress, std::stop_token stop);
    //! Stops a listing under way, unless compare(), stream() or save() needs it.
    void stop(const FilesOf& of);
    [[nodiscard]] Task<Result<FileTreePtr>> compare(FilesOf left, FilesOf right, Progress progress,
                                                    std::stop_token stop);
    //! Gives the bytes of a file to \a receiver, which is called on a worker; see LayerContents.
    [[nodiscard]] Task<Result<void>> stream(FileInImage file, LayerContents::Receiver receiver,
                                            std::stop_token stop);
    [[nodiscard]] Task<Result<QByteArray>> read(FileInImage file, qint64 limit, std::stop_token stop);
    [[nodiscard]] Task<Result<void>> save(FileInImage file, QString toFile, std::stop_token stop);

    struct State;

private:
    std::shared_ptr<State> m_state;
};

//! Where \a path leads in \a tree, links followed as from inside a container: never out of it. NotFound, or
//! InvalidInput where links lead in a circle.
[[nodiscard]] Result<int> followPath(const FileTree& tree, const QString& path);

} // namespace Tagboat
