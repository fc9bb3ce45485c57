// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "content/content.h"

#include <QStringList>

#include <memory>

namespace Tagboat::Testing {

struct CheckOptions
{
    //! Every image of an index has to be there; else at least one, and absent ones are passed over.
    bool allPlatforms = true;
};

/*!
 * \brief Walks an image and says what is wrong with it, one line each; empty: every byte is right.
 *
 * Checks digest and size of each manifest, config and layer, and the diff ID of each layer by decompressing
 * it. Does so by its own means (OpenSSL, zlib, libzstd), so that it can judge the content floor. Runs an
 * event loop inside.
 */
[[nodiscard]] QStringList checkImage(std::shared_ptr<ContentReader> reader, const QString& nameOrDigest,
                                     CheckOptions options = {});
//! The same for an OCI image layout, read from its files.
[[nodiscard]] QStringList checkLayout(const QString& folder, const Digest& digest, CheckOptions options = {});

} // namespace Tagboat::Testing
