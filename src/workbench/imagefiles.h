// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetree.h"
#include "oci/digest.h"
#include "oci/platform.h"

#include <QList>

namespace Tagboat {

//! Whose files: one platform of an image of the embedded store.
struct FilesOf
{
    Digest target;     //!< root digest of the image
    Platform platform; //!< empty: the only one, else the host's
    friend bool operator==(const FilesOf&, const FilesOf&) = default;
};

//! What the Files tab shows of one platform of an image. Immutable; trees are shared, never copied.
struct ImageFiles
{
    struct Layer
    {
        Digest digest;
        bool isPresent = true; //!< else its tree is null
        FileTreePtr tree;      //!< what it adds, changes and deletes, against the layers below it
        QString problem;       //!< technical: why its tree is null or ends early
    };
    FileTreePtr merged;  //!< the file system that a container sees
    QList<Layer> layers; //!< base first
    qint64 wasted = 0;   //!< bytes of files that are in a layer and deleted or written anew by a later one
};

//! Where a layer listing stands while it is being made for the first time.
struct FilesProgress
{
    FilesOf of;
    qint64 bytesDone = 0; //!< compressed bytes of all layers read so far
    qint64 bytesTotal = 0;
};

//! A file inside an image: the one a container sees, or as a certain layer holds it.
struct FileInImage
{
    FilesOf image;
    QString path;   //!< as FileTree::pathOf
    int layer = -1; //!< -1: in the merged view
};

} // namespace Tagboat
