// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/imagestore.h"
#include "support/randomimage/randomimage.h"

#include <QProcess>
#include <QStringList>

namespace Tagboat::StoreTest {

//! Runs skopeo, umoci or oras; its standard output, or Io with what it had to say.
[[nodiscard]] Result<QByteArray> judge(const QString& program, const QStringList& arguments);

//! Puts an image into the store the way a pull does: blobs, manifests, the root and its names.
[[nodiscard]] Result<void> store(const std::shared_ptr<ImageStore>& into, const Testing::RandomImage& image,
                                 const QStringList& names);

} // namespace Tagboat::StoreTest
