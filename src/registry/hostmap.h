// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QUrl>

namespace Tagboat {

/*!
 * \brief Where the API of a registry, named as in references, is to be reached: "docker.io" at
 * https://registry-1.docker.io, loopback by http unless its certificate \a isPinned, others by https or,
 * where
 * \a plainHttp, by http.
 *
 * InvalidInput where the name is no host, or its port none.
 */
[[nodiscard]] Result<QUrl> apiUrl(const QString& registry, bool plainHttp, bool isPinned = false);

} // namespace Tagboat
