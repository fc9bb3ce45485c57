// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "ui/importcheck.h"

class QWidget;

namespace Tagboat {

class Workbench;

/*!
 * \brief Asks where and how, and queues the export of \a images.
 *
 * \a name (canonical), where not empty, is the only name the archive gives to a single image at first.
 */
void openExportDialog(Workbench& workbench, QWidget* parent, const QList<StoredImage>& images,
                      const QString& name);
//! Asks for archives and imports them as importFiles() does.
void openImportDialog(Workbench& workbench, QWidget* parent, const ImportListener& listener);
//! See ImportCheck.
void importFiles(Workbench& workbench, QWidget* parent, const QStringList& files,
                 const ImportListener& listener);

} // namespace Tagboat
