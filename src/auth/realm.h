// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QUrl>

namespace Tagboat {

//! The token server that a challenge of \a registry names; relative ones are resolved. Denied where it fails
//! checkRealm().
[[nodiscard]] Result<QUrl> realmUrl(const QString& realm, const QUrl& registry);

/*!
 * \brief May the password of \a registry be sent to \a realm?
 *
 * Not by http where the registry is spoken to by https, and not to a loopback, link-local or private address
 * literal unless the registry itself is there: a registry must not be able to have the password carried into
 * this network.
 */
[[nodiscard]] Result<void> checkRealm(const QUrl& realm, const QUrl& registry);

} // namespace Tagboat
