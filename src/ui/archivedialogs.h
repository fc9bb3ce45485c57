// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "ui/errortext.h"

#include <functional>

class QWidget;

namespace Tagboat {

class Workbench;

/*!
 * \brief Asks for a file and format and queues the export of \a images.
 *
 * \a name (canonical), where not empty, is the only name the archive gives to a single image. \a failed is
 * told when the export could not be queued.
 */
void openExportDialog(Workbench& workbench, QWidget* parent, const QList<StoredImage>& images,
                      const QString& name, std::function<void(const ErrorText&)> failed);
//! Asks for archives and queues their import.
void openImportDialog(Workbench& workbench, QWidget* parent, std::function<void(const ErrorText&)> failed);
void importFiles(Workbench& workbench, QWidget* context, const QStringList& files,
                 const std::function<void(const ErrorText&)>& failed);

} // namespace Tagboat
