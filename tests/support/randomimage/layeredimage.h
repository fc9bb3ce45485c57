// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/randomimage/randomimage.h"

namespace Tagboat::Testing {

//! A layer of just this tar.
[[nodiscard]] RandomBlob
layerOf(const QByteArray& tar,
        RandomImageOptions::Compression compression = RandomImageOptions::Compression::Gzip);
//! A layer that stands in a file already, compressed by gzip.
[[nodiscard]] RandomBlob layerInFile(const QString& path, const Digest& diffId);
//! An OCI image for linux/amd64 of just these layers, base first, with their build \a steps where given.
[[nodiscard]] RandomImage imageOf(const QList<RandomBlob>& layers, const QStringList& steps = {});

} // namespace Tagboat::Testing
