// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "registry/registryclient.h"

namespace Tagboat {

//! A request about the manifest of a tag or digest, with the Accept that keeps a registry from converting it;
//! InvalidInput where \a name is neither.
[[nodiscard]] Result<HttpRequest> manifestRequest(const Repository& repository, const QByteArray& method,
                                                  const QString& name, const QString& operation);
//! The digest that \a name is; null for a tag.
[[nodiscard]] Digest askedDigest(const QString& name);

} // namespace Tagboat
