// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "workbench/imagefiles.h"

#include <functional>

class QWidget;

namespace Tagboat {

class Workbench;

//! Asks where to put a file of an image, as a file dialog over \a parent (saveFileDialog), and saves it. \a
//! then gets where it went and what came of it; it is not called where nothing was chosen.
void openSaveFileDialog(Workbench& workbench, QWidget* parent, const FileInImage& file,
                        std::function<void(const QString& toFile, const Result<void>& saved)> then);
//! The last part of a path, fit for every file system.
[[nodiscard]] QString proposedFileName(const QString& path);

} // namespace Tagboat
