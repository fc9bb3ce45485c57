// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/layercache.h"
#include "base/wakeup.h"
#include "workbench/filelistings.h"

#include <optional>

namespace Tagboat {

//! A listing under way, and those who wait for it.
struct FileFlight
{
    FilesOf of;
    std::stop_source stop;
    int pins = 0; //!< calls that need it whoever else does not
    std::vector<FileListings::Progress> listeners;
    std::vector<Wakeup> waiters;
    std::optional<Result<ListedImagePtr>> result;
};
using FileFlightPtr = std::shared_ptr<FileFlight>;

struct FileListings::State
{
    State(std::shared_ptr<ImageStore> in, const QString& cacheFolder)
        : store(std::move(in)), cache(cacheFolder)
    { }

    const std::shared_ptr<ImageStore> store;
    const LayerCache cache;
    std::vector<FileFlightPtr> flights;
    QList<ListedImagePtr> recent; //!< used last first
};
using FileListingsState = std::shared_ptr<FileListings::State>;

//! What one portion of work on a worker takes, about: others wait no longer for a thread, a stop no longer to
//! be heard.
inline constexpr std::chrono::milliseconds FilePortion{30};

//! The listing that all calls for \a of share.
[[nodiscard]] Task<Result<ListedImagePtr>> sharedListing(FileListingsState state, FilesOf of, bool isPinned,
                                                         FileListings::Progress progress,
                                                         std::stop_token stop);
//! Runs \a contents to its end.
[[nodiscard]] Task<Result<void>> runContents(std::shared_ptr<LayerContents> contents, std::stop_token stop);
//! Opens a pass over the blob of \a layer.
[[nodiscard]] Task<Result<std::shared_ptr<LayerContents>>> openContents(FileListingsState state,
                                                                        Descriptor layer,
                                                                        std::vector<quint32> ordinals,
                                                                        LayerContents::Receiver receiver);

//! Which manifest of the store \a of means, and its layers.
struct LocatedImage
{
    Digest manifest;
    QList<Descriptor> layers;
};
[[nodiscard]] Result<LocatedImage> locateImage(const ImageStore& store, const FilesOf& of);

} // namespace Tagboat
