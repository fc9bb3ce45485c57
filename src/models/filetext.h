// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "archive/filetree.h"
#include "models/roles.h"

#include <QString>

// The wording of what is inside an image, one for lists, sentences and screen readers.
namespace Tagboat {

//! A name, path or link target as lists show it: line breaks, other control characters and those that turn
//! the direction of writing are escaped, since whoever made the layer chose them.
[[nodiscard]] QString shownFileName(const QString& name);
//! "rwxr-xr-x"; setuid, setgid and sticky as `ls` writes them.
[[nodiscard]] QString formatPermissions(quint32 mode);
//! "file", "folder", "link": in a sentence.
[[nodiscard]] QString formatFileKind(FileNode::Kind kind);
//! "added", "changed", "deleted"; empty for None.
[[nodiscard]] QString formatFileChange(FileNode::Change change);
//! The tone of its badge.
[[nodiscard]] Tone toneOf(FileNode::Change change);
//! "12,345 files", "1 file".
[[nodiscard]] QString formatFileCount(int count);
//! A date that a file carries, short; an en dash for none and for the 1970 of reproducible builds.
[[nodiscard]] QString formatFileTime(qint64 secondsSinceEpoch);
//! True for what has bytes that can be read: files, and links to them.
[[nodiscard]] bool hasContent(const FileNode& node);

} // namespace Tagboat
