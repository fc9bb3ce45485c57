// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/imagenames.h"
#include "ui/factsview.h"
#include "workbench/imagenews.h"

class QWidget;

// The words for what registries have that is not here.
namespace Tagboat {

class Workbench;

//! "by annotation", "by its layers".
[[nodiscard]] QString baseSourceText(BaseSource source);
//! "moved on, checked 2 hours ago".
[[nodiscard]] QString baseStateText(const TagNews& tag);
//! The same of a name of the image's own: "newer in registry, checked 2 hours ago".
[[nodiscard]] QString nameStateText(const TagNews& tag);
//! Why something is unknown, as a sentence without a full stop.
[[nodiscard]] QString doubtText(const TagNews& tag);
//! "Checking 12 of 40…".
[[nodiscard]] QString progressText(const NewsProgress& progress);
//! The base of an image and its names in their registries, for its overview. Keys: factBase,
//! factInRegistry; of actions: checkImageButton, pullBaseButton, pullNewerButton.
[[nodiscard]] QList<Fact> newsFacts(const Workbench& workbench, const StoredImage& image);
//! Does what one of those actions says.
void runNewsAction(const QString& key, const QString& argument, Workbench& workbench, QWidget* parent);

} // namespace Tagboat
